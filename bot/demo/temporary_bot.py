"""Where the bot keeps its files on the pretend server, and how it is built."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.demo.server import Build
    from bot.settings import Settings
    from bot.vault.keyring import Keyring


def temporary(state: Path) -> "Settings":
    """Return settings with all files in this directory, also the key. No `.env` is read."""
    from bot.settings import Settings

    return Settings(_env_file=None, state_dir=state, key_file=state / "keys.json")


def kept_in(settings: "Settings", state: Path) -> "Settings":
    """Return the same settings with all files in this directory."""
    return settings.changed(state_dir=state, key_file=state / "keys.json")


def bot_in(settings: "Settings | None", state: Path) -> "Build":
    """Return a function that makes the real bot on the pretend clock."""
    from bot.app import build
    from bot.state_dir import file_keys
    from bot.storage.migrate import empty
    from bot.vault.keyring import Keyring

    chosen = settings if settings is not None else temporary(state)
    if not chosen.key_path.exists():
        # Otherwise the bot would make it, and ask to keep a copy. This one goes with the directory.
        _keys().save(chosen.key_path)
    if not chosen.database_path.exists():
        # Creating the schema for each server took as long as everything else at its start.
        chosen.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        chosen.database_path.write_bytes(empty(file_keys(Keyring.load(chosen.key_path))))
    return lambda: build(chosen, now=discord.utils.utcnow)


@cache
def _keys() -> "Keyring":
    """Return one keyring for all servers of this process, so that the empty database is encrypted once."""
    from bot.vault.keyring import Keyring

    return Keyring.fresh()
