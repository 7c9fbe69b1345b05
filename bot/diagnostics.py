"""`plumbline doctor`: examine this installation, and if asked, what Discord says about it."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot import settings, strings
from bot.delivery import report
from bot.monitoring.alarms import BACKUP_OLD, LOGINS_LOW, SPARE_BYTES
from bot.monitoring.monitor import free_bytes, size
from bot.settings import Misconfigured, Settings
from bot.state_dir import source
from bot.storage.copies import Health
from bot.storage.file_keys import WrongKey
from bot.storage.source import Source
from bot.storage.unavailable import DriverMissing, StorageUnavailable
from bot.vault.deletion_file import DeletionFile, DeletionsUnusable
from bot.vault.keyring import KeyFileMissing, KeyFileUnusable, Keyring, open_to_others
from bot.vault.usage import fits

if TYPE_CHECKING:
    from bot.content.helplines import Country


OLDEST_SERVER = 15
CLOCKS_APART = timedelta(seconds=5)


class Mark(StrEnum):
    """How a finding is marked. If any is WRONG, `plumbline check` exits with status 1."""

    RIGHT = strings.CHECK_RIGHT
    WARNED = strings.CHECK_WARNED
    WRONG = strings.CHECK_WRONG


class Finding(Struct, frozen=True):
    """One line of the result."""

    mark: Mark
    what: str


def examine(now: datetime) -> list[Finding]:
    """Examine everything, or only the settings if they can't be used."""
    try:
        config = settings.load()
    except Misconfigured as wrong:
        return [Finding(Mark.WRONG, problem) for problem in wrong.problems]
    return [
        _right(strings.SETTINGS_FINE),
        *_token(config),
        *_state(config),
        *_keys(config),
        *_database(config, now),
        *_deletions(config),
        *_backups(config, now),
        *_disk(config),
        *_lines(now.date()),
    ]


async def examine_online(config: Settings) -> list[Finding]:
    """Ask Discord about the application that the token belongs to. Nothing is changed there."""
    # What asks Discord is imported here, because most examinations don't.
    from bot import startup_errors
    from bot.ui.discord_check import application, same_commands

    try:
        seen = await application(config.secret_token())
    except Misconfigured:
        return []  # `_token` has said so
    except Exception as error:  # `ending` knows which are expected; all others are raised again
        ended = startup_errors.ending(error, config)
        if ended is None:
            raise
        return [Finding(Mark.WRONG, ended.sentence)]
    in_sync = same_commands(await _commands(), seen.commands)
    return [
        _right(strings.ONLINE_TOKEN.format(name=seen.name)),
        _either(not seen.by_http, strings.ONLINE_GATEWAY, Finding(Mark.WRONG, strings.ONLINE_BY_HTTP)),
        _either(
            seen.can_be_invited, strings.ONLINE_INVITABLE, Finding(Mark.WRONG, strings.ONLINE_CODE_GRANT)
        ),
        _right(strings.ONLINE_PUBLIC if seen.anybody else strings.ONLINE_PRIVATE),
        _either(not seen.for_users, strings.ONLINE_SERVERS, Finding(Mark.WARNED, strings.ONLINE_USERS)),
        _either(not seen.privileged, strings.ONLINE_INTENTS, Finding(Mark.WARNED, strings.ONLINE_PRIVILEGED)),
        _either(bool(seen.terms), strings.ONLINE_TERMS, Finding(Mark.WARNED, strings.ONLINE_NO_TERMS)),
        _either(bool(seen.privacy), strings.ONLINE_PRIVACY, Finding(Mark.WARNED, strings.ONLINE_NO_PRIVACY)),
        _either(
            seen.logins_left >= LOGINS_LOW,
            strings.ONLINE_LOGINS.format(count=seen.logins_left),
            Finding(Mark.WARNED, strings.ONLINE_LOGINS_LOW.format(count=seen.logins_left)),
        ),
        _either(in_sync, strings.ONLINE_COMMANDS, Finding(Mark.WARNED, strings.ONLINE_NOT_IN_SYNC)),
        _right(strings.ONLINE_INVITE.format(link=seen.invite)),
    ]


async def _commands() -> list[dict[str, Any]]:
    """Return the commands of this version. They need the whole bot, but none of its files."""
    from bot.app import build
    from bot.ui.syncing import payload

    with TemporaryDirectory() as empty:
        bot = build(Settings(_env_file=None, _environ={}, state_dir=Path(empty)))
        await bot.load_cogs()
        return payload(bot.tree)


def _either(right: bool, what: str, otherwise: Finding) -> Finding:
    return _right(what) if right else otherwise


def _token(config: Settings) -> Iterator[Finding]:
    try:
        token = config.secret_token()
    except Misconfigured as wrong:
        yield from (Finding(Mark.WRONG, problem) for problem in wrong.problems)
        return
    parts = token.split(".")
    yield (
        _right(strings.TOKEN_FINE)
        if len(parts) == 3 and all(parts)
        else Finding(Mark.WARNED, strings.TOKEN_SHAPE)
    )


def _state(config: Settings) -> Iterator[Finding]:
    path = config.state_dir
    if not path.exists():
        yield _right(strings.STATE_NONE_YET.format(path=path))
    elif not path.is_dir() or not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(Mark.WRONG, strings.STATE_SHUT.format(path=path))
    elif open_to_others(path):
        yield Finding(Mark.WRONG, strings.STATE_OPEN.format(path=path))
    else:
        yield _right(strings.STATE_FINE.format(path=path))


def _keys(config: Settings) -> Iterator[Finding]:
    path = config.key_path
    try:
        Keyring.load(path)
    except FileNotFoundError:
        if config.database_url is not None:
            yield Finding(Mark.WRONG, strings.KEYS_NOT_MADE.format(path=path))
        elif config.database_path.exists():
            yield Finding(Mark.WRONG, strings.KEYS_MISSING.format(path=path))
        else:
            yield _right(strings.KEY_NONE_YET.format(path=path))
    except OSError:
        yield Finding(Mark.WRONG, strings.KEYS_SHUT.format(path=path))
    except KeyFileUnusable:
        yield Finding(Mark.WRONG, strings.KEY_UNUSABLE.format(path=path))
    else:
        if open_to_others(path):
            yield Finding(Mark.WRONG, strings.KEYS_OPEN.format(path=path))
        else:
            yield _right(strings.KEYS_FINE.format(path=path))


def _database(config: Settings, now: datetime) -> Iterator[Finding]:
    if config.database_url is not None:
        yield from _server(config, config.database_url, now)
        return
    path = config.database_path
    if not path.exists():
        yield _right(strings.DATABASE_NONE_YET.format(path=path))
        return
    try:
        place = source(config)
    except (KeyFileMissing, KeyFileUnusable, OSError):
        return  # `_keys` has said so
    try:
        health = place.health()
    except WrongKey:
        yield Finding(Mark.WRONG, strings.KEYS_DO_NOT_FIT.format(keys=config.key_path, path=path))
        return
    except StorageUnavailable:
        yield Finding(Mark.WRONG, strings.DATABASE_UNREADABLE.format(path=path))
        return
    if not health.whole:
        yield Finding(Mark.WRONG, strings.DATABASE_BROKEN.format(path=path))
        return
    yield from _rows(place, health, str(path), strings.DATABASE_FINE.format(path=path), now)


def _server(config: Settings, url: str, now: datetime) -> Iterator[Finding]:
    """Look at the server, and at the database on it."""
    from bot.storage.server import ServerSource, facts

    place = ServerSource(url)
    try:
        found, health = facts(url), place.health()
    except DriverMissing:
        yield Finding(Mark.WRONG, strings.SERVER_NOT_INSTALLED)
        return
    except StorageUnavailable:
        yield Finding(Mark.WRONG, strings.SERVER_UNREACHABLE)
        return
    if found.major < OLDEST_SERVER:
        yield Finding(Mark.WRONG, strings.SERVER_OLD.format(version=found.version))
    if found.encoding != "UTF8":
        yield Finding(Mark.WRONG, strings.SERVER_ENCODING.format(encoding=found.encoding))
    if not found.vacuums:
        yield Finding(Mark.WARNED, strings.SERVER_KEEPS)
    if (apart := abs(found.now - now)) > CLOCKS_APART:
        seconds = round(apart.total_seconds())
        yield Finding(Mark.WARNED, strings.SERVER_CLOCK.format(seconds=seconds))
    if health.revision is None:
        yield _right(strings.SERVER_EMPTY)
        return
    if not _opens(config, place):
        named = strings.DATABASE_OF_SERVER
        yield Finding(Mark.WRONG, strings.KEYS_DO_NOT_FIT.format(keys=config.key_path, path=named))
    fine = strings.SERVER_FINE.format(version=found.version, revision=health.revision)
    yield from _rows(place, health, strings.DATABASE_OF_SERVER, fine, now)


def _opens(config: Settings, place: Source) -> bool:
    """Whether the key file opens what is in the database. If it can't be read, `_keys` has said so."""
    try:
        return fits(place, Keyring.load(config.key_path))
    except (OSError, KeyFileUnusable):
        return True


def _rows(place: Source, health: Health, name: str, fine: str, now: datetime) -> Iterator[Finding]:
    from bot.storage.migrate import HEAD

    if (health.revision or "") > HEAD:
        yield Finding(Mark.WRONG, strings.DATABASE_NEWER.format(path=name))
    elif health.revision != HEAD:
        yield Finding(Mark.WARNED, strings.DATABASE_OLDER)
    else:
        yield _right(fine)
    for one in health.parked:
        what = strings.PARKED.format(count=one.count, kind=one.kind, error=one.error)
        yield Finding(Mark.WRONG, what)
    if not health.parked:
        yield _right(strings.PARKED_NONE)
    if health.revision == HEAD:
        yield _deliveries(place, name, now.date())


def _deletions(config: Settings) -> Iterator[Finding]:
    path = config.deletions_path
    try:
        there, ring = path.exists(), Keyring.load(config.key_path)
        DeletionFile(path, ring).last()
    except DeletionsUnusable:
        yield Finding(Mark.WRONG, strings.DELETIONS_UNUSABLE.format(path=path))
    except (OSError, KeyFileUnusable):
        return  # what is said about the key file and the state folder says enough
    else:
        yield _right((strings.DELETIONS_FINE if there else strings.DELETIONS_NONE_YET).format(path=path))


def _backups(config: Settings, now: datetime) -> Iterator[Finding]:
    """Say whether backups are made. On a new installation there is nothing to back up yet."""
    if config.database_url is None and not config.database_path.exists():
        return
    if config.backup_key is None:
        yield Finding(Mark.WARNED, strings.BACKUPS_NOT_SET_UP)
    elif not config.last_backup_path.exists():
        yield Finding(Mark.WARNED, strings.BACKUPS_NONE)
    else:
        made_at = datetime.fromtimestamp(config.last_backup_path.stat().st_mtime, UTC)
        said = (strings.BACKUPS_FINE if now - made_at < BACKUP_OLD else strings.BACKUPS_OLD).format(
            at=made_at
        )
        yield _right(said) if now - made_at < BACKUP_OLD else Finding(Mark.WARNED, said)


def _disk(config: Settings) -> Iterator[Finding]:
    if not config.state_dir.is_dir():
        return
    free, needed = free_bytes(config), size(config) + SPARE_BYTES
    megabytes = free // 10**6
    yield (
        _right(strings.DISK_FINE.format(megabytes=megabytes))
        if free >= needed
        else Finding(Mark.WARNED, strings.DISK_SMALL.format(megabytes=megabytes))
    )


def _deliveries(place: Source, name: str, today: date) -> Finding:
    stuck = report.how_many_need_a_look(place, datetime.combine(today, time(), UTC))
    if stuck is None:
        return Finding(Mark.WRONG, strings.DATABASE_BROKEN.format(path=name))
    if not stuck:
        return _right(strings.DELIVERIES_FINE)
    return Finding(Mark.WARNED, strings.DELIVERIES_STUCK.format(count=stuck))


def _lines(today: date) -> Iterator[Finding]:
    from bot.content.library import Library, Unreadable

    try:
        library = Library.load()
    except Unreadable as broken:
        yield Finding(Mark.WRONG, str(broken))
        return
    old = library.stale(today)
    for line in old:
        what = strings.LINES_OLD.format(country=line.country, name=line.name, seen_on=line.seen_on)
        yield Finding(Mark.WARNED, what)
    if not old:
        yield _right(strings.LINES_FINE)
    yield from (_right(_columns(country)) for country in library.countries())


def _columns(country: "Country") -> str:
    """Say which of the five columns of the table of helplines a country has, and which it doesn't have."""
    words = dict(strings.COLUMNS)
    has = [words.pop(column) for column in country.columns()]
    listed = strings.COLUMNS_BETWEEN.join(has)
    if not words:
        return strings.COUNTRY_HAS.format(country=country.name, has=listed)
    lacks = strings.COLUMNS_BETWEEN.join(words.values())
    return strings.COUNTRY_LACKS.format(country=country.name, has=listed, lacks=lacks)


def _right(what: str) -> Finding:
    return Finding(Mark.RIGHT, what)
