"""The commands `plumbline keys`: they list, rotate, retire and destroy keys, and make a pair for backups.

Like all commands, each imports what it needs by itself (`bot/cli.py`).
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from bot import strings
from bot.command_errors import (
    key_file_said,
    keys_said,
    load_settings,
    permission_said,
    refuse,
    unreadable_database_said,
    unreadable_server_said,
    wrong_key_name_said,
)
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.vault.keyring import Keyring
    from bot.vault.usage import KeyUse


@click.group(help=strings.KEYS, invoke_without_command=True)
@click.pass_context
def keys(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        path = load_settings().key_path
        with permission_said():
            print((strings.KEY_AT if path.exists() else strings.KEY_NONE_YET).format(path=path))


@keys.command("new", help=strings.KEYS_NEW)
def new() -> None:
    from bot.state_dir import prepare
    from bot.vault.keyring import Keyring

    told = load_settings()
    with permission_said():
        if told.key_path.exists():
            refuse(strings.KEY_THERE.format(path=told.key_path))
        if told.key_file is None:
            prepare(told)
        Keyring.fresh().save(told.key_path)
    print(strings.KEY_MADE.format(path=told.key_path))


@keys.command("list", help=strings.KEYS_LIST)
def list_keys() -> None:
    from bot.vault.keyring import Keyring

    told = load_settings()
    with key_file_said(told):
        ring = Keyring.load(told.key_path)
        found = _uses(told, ring)
    for one in found:
        print(strings.KEY_LINE.format(name=one.name, use=_described(one)))
    if (total := sum(one.data_keys for one in found)) > 0:
        done = sum(one.data_keys for one in found if one.current)
        print(strings.KEY_PROGRESS.format(done=done, all=total))
    if any(one.has_file for one in found if not one.current):
        print(strings.KEY_FILE_FOLLOWS)


@keys.command(help=strings.KEYS_ADD)
def add() -> None:
    from bot.vault.keyring import changing

    told = load_settings()
    with key_file_said(told), changing(told.key_path) as ring:
        more = ring.with_another()
        more.save(told.key_path)
    print(strings.KEY_ADDED.format(path=told.key_path, name=more.newest))


@keys.command(help=strings.KEYS_USE)
@click.argument("name")
def use(name: str) -> None:
    from bot.vault.keyring import changing

    told = load_settings()
    with wrong_key_name_said(name), key_file_said(told), changing(told.key_path) as ring:
        ring.using(name).save(told.key_path)
    print(strings.KEY_USED.format(path=told.key_path, name=name))


@keys.command(help=strings.ROTATE)
def rotate() -> None:
    from bot.vault.keyring import changing

    told = load_settings()
    if told.instances > 1:
        refuse(strings.KEY_ROTATES_IN_TWO)
    with key_file_said(told), changing(told.key_path) as ring:
        rotated = ring.rotated()
        rotated.save(told.key_path)
    print(strings.KEY_ROTATED.format(path=told.key_path, name=rotated.current))


@keys.command(help=strings.RETIRE)
@click.argument("name")
def retire(name: str) -> None:
    from bot.vault.keyring import Keyring, changing

    told = load_settings()
    with wrong_key_name_said(name), key_file_said(told), changing(told.key_path) as ring:
        _changed_unless_needed(told, ring, name, Keyring.without_use_of).save(told.key_path)
    print(strings.KEY_RETIRED_NOW.format(name=name))


@keys.command(help=strings.DESTROY)
@click.argument("name")
@click.option("--yes", is_flag=True, help=strings.YES)
def destroy(name: str, yes: bool) -> None:
    from bot.vault.keyring import Keyring, changing

    told = load_settings()
    with wrong_key_name_said(name), key_file_said(told):
        _changed_unless_needed(told, Keyring.load(told.key_path), name, Keyring.without)
        if not (yes or click.confirm(strings.KEY_DESTROY_ASK.format(name=name))):
            refuse(strings.KEY_NOT_DESTROYED)
        with changing(told.key_path) as ring:
            _changed_unless_needed(told, ring, name, Keyring.without).save(told.key_path)
    print(strings.KEY_DESTROYED.format(name=name, path=told.key_path))


@keys.command("backup", help=strings.KEYS_BACKUP)
def backup_pair() -> None:
    from bot.backups.age import new_pair

    pair = new_pair()
    print(strings.BACKUP_PAIR.format(public=pair.public, private=pair.private))


def _uses(told: Settings, ring: "Keyring") -> "list[KeyUse]":
    from bot.state_dir import source
    from bot.vault.usage import uses

    path = told.database_path.absolute()
    with (
        keys_said(told, path),
        unreadable_server_said(told),
        unreadable_database_said(path) if told.database_url is None else nullcontext(),
    ):
        return uses(ring, source(told), path if told.database_url is None else None)


def _described(one: "KeyUse") -> str:
    state = strings.KEY_OLDER
    if one.current or one.retired:
        state = strings.KEY_CURRENT if one.current else strings.KEY_RETIRED
    if not one.needed:
        return f"{state}; {strings.KEY_OPENS_NOTHING}"
    opens = strings.KEY_OPENS.format(count=one.data_keys)
    return "; ".join((state, opens, *((strings.KEY_OPENS_FILE,) if one.has_file else ())))


def _changed_unless_needed(
    told: Settings, ring: "Keyring", name: str, change: "Callable[[Keyring, str], Keyring]"
) -> "Keyring":
    """Return the keyring with one key changed. Refuse it if the database needs that key.

    That can be so of a retired key, too, if a backup was restored since.
    """
    changed = change(ring, name)
    if any(one.needed for one in _uses(told, ring) if one.name == name):
        refuse(strings.KEY_IN_USE.format(name=name))
    return changed
