"""The settings of this installation, read once from the environment and `.env`."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs import validators
from dotenv import dotenv_values

from bot import strings

PREFIX = "PLUMBLINE_"


class Misconfigured(Exception):
    """Some settings can't be used. There is one sentence for each, and none repeats a value."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
FORMATS = ("text", "json")


def _upper(value: str) -> str:
    return value.upper()


def _lower(value: str) -> str:
    return value.lower()


def _path(value: str | Path | None) -> Path | None:
    return None if value is None else Path(value)


def _within(least: int, most: int, default: int) -> Any:
    return attrs.field(default=default, converter=int, validator=[validators.ge(least), validators.le(most)])


@attrs.frozen(init=False)
class Settings:
    """The settings. `.env.example` lists all of them. An empty value means the default."""

    # Not in the repr, which could end up in a log.
    token: str | None = attrs.field(default=None, repr=False)
    token_file: Path | None = attrs.field(default=None, converter=_path)
    state_dir: Path = attrs.field(default=Path("state"), converter=Path)
    # It may have a password in it.
    database_url: str | None = attrs.field(
        default=None, repr=False, validator=validators.optional(validators.matches_re(r"postgres(ql)?://\S+"))
    )
    instances: int = _within(1, 64, default=1)
    instance: int = _within(0, 63, default=0)
    shards: int | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(int),
        validator=validators.optional([validators.ge(1), validators.le(4096)]),
    )
    key_file: Path | None = attrs.field(default=None, converter=_path)
    deletions: Path | None = attrs.field(default=None, converter=_path)
    backup_key: str | None = attrs.field(
        default=None, validator=validators.optional(validators.matches_re(r"age1[0-9a-z]{58}"))
    )
    log_level: str = attrs.field(default="INFO", converter=_upper, validator=validators.in_(LEVELS))
    log_format: str = attrs.field(default="text", converter=_lower, validator=validators.in_(FORMATS))
    monitoring: str = attrs.field(
        default="", validator=validators.matches_re(r"((\[[\da-fA-F:.]+\]|[\w.-]+):\d{1,5})?")
    )
    requests_per_second: int = _within(1, 45, default=45)
    new_dms_per_minute: int = _within(1, 60, default=6)
    operator: str = attrs.field(default="", validator=validators.max_len(100))
    source_url: str = attrs.field(
        default="", validator=[validators.matches_re(r"(https?://[^\s<>]+)?"), validators.max_len(300)]
    )

    def __init__(
        self, *, _env_file: str | None = ".env", _environ: Mapping[str, str] = os.environ, **given: Any
    ) -> None:
        """Take what is given, and the rest from the environment or else from that file.

        Raises ValueError for a value that can't be used, and UnicodeDecodeError if the file is not UTF-8.
        """
        self.__attrs_init__(**_told(_env_file, _environ) | given)

    def changed(self, **values: Any) -> "Settings":
        """Return the same settings with some other values."""
        return attrs.evolve(self, **values)

    @property
    def database_path(self) -> Path:
        return self.state_dir / "plumbline.db"

    @property
    def database_named(self) -> str:
        """What to call the database. The address of one on a server may have a password in it."""
        return str(self.database_path) if self.database_url is None else strings.DATABASE_OF_SERVER

    @property
    def key_path(self) -> Path:
        """Where the key file is, or will be."""
        return self.key_file or self.state_dir / "keys.json"

    @property
    def deletions_path(self) -> Path:
        """Where the deletion log is, or will be."""
        return self.deletions or self.state_dir / "deletions.log"

    @property
    def last_backup_path(self) -> Path:
        """What `plumbline backup` touches when it has made one."""
        return self.state_dir / "last-backup"

    @property
    def last_rehearsal_path(self) -> Path:
        """What `plumbline rehearse` touches when a backup could be restored."""
        return self.state_dir / "last-rehearsal"

    @property
    def monitoring_address(self) -> tuple[str, int] | None:
        """Where the page about the bot's health is, as host and port; None if there is to be none."""
        host, _, port = self.monitoring.rpartition(":")
        return (host.removeprefix("[").removesuffix("]"), int(port)) if self.monitoring else None

    @property
    def backup_copy_path(self) -> Path:
        """Where the copy is while a backup is being made. It is encrypted like the database."""
        return self.state_dir / "plumbline.db.backup"

    @property
    def backup_lock_path(self) -> Path:
        return self.state_dir / "backup.lock"

    @property
    def rehearsal_path(self) -> Path:
        """The folder in which a restore is rehearsed."""
        return self.state_dir / "rehearsal"

    @property
    def rehearsal_lock_path(self) -> Path:
        return self.state_dir / "rehearsal.lock"

    @property
    def restored_path(self) -> Path:
        """Where the database is while it is being restored."""
        return self.state_dir / "plumbline.db.restoring"

    def secret_token(self) -> str:
        """Return the bot's token, from the setting or its file. Raises Misconfigured if there is none."""
        if self.token is not None and self.token_file is not None:
            raise Misconfigured(strings.TOKEN_TWICE)
        if self.token_file is not None:
            return _token(_read(self.token_file), self.token_file)
        if self.token is None:
            raise Misconfigured(strings.NO_TOKEN)
        return _token(self.token)


_NAMES = frozenset(PREFIX + field.name.upper() for field in attrs.fields(Settings))


def load() -> Settings:
    """Read the settings. Raises Misconfigured with a sentence for each one that is wrong."""
    try:
        told = _told(".env", os.environ)
    except UnicodeDecodeError:
        raise Misconfigured(strings.ENV_FILE_UNREADABLE) from None
    except PermissionError:
        raise Misconfigured(strings.ENV_FILE_SHUT) from None
    wrong = [name for name, value in told.items() if not _fits(name, value)]
    if wrong:
        raise Misconfigured(*(strings.should_be(name, PREFIX) for name in wrong))
    settings = Settings()
    if problems := [*_at_odds(settings)]:
        raise Misconfigured(*problems)
    return settings


def _at_odds(settings: Settings) -> Iterator[str]:
    """Yield a sentence for each setting that doesn't go together with the others."""
    if settings.instances > 1 and settings.database_url is None:
        yield strings.INSTANCES_NEED_A_SERVER
    if settings.instance >= settings.instances:
        yield strings.INSTANCE_TOO_HIGH.format(most=settings.instances - 1)
    if settings.instances > (settings.shards or 1):
        yield strings.INSTANCES_NEED_SHARDS.format(least=settings.instances)


def _fits(name: str, value: str) -> bool:
    try:
        Settings(_env_file=None, _environ={}, **{name: value})
    except ValueError:
        return False
    return True


def _told(file: str | None, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what is set and not empty, by the names of the fields. Upper and lower case are the same."""
    written = {} if file is None else dotenv_values(file, encoding="utf-8")
    return {
        name.upper().removeprefix(PREFIX).lower(): value
        for name, value in (*written.items(), *environ.items())
        if name.upper() in _NAMES and value
    }


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(strings.TOKEN_FILE_UNREADABLE) from None


def _token(text: str, file: Path | None = None) -> str:
    token = text.strip()
    if file is not None and not token:
        raise Misconfigured(strings.TOKEN_EMPTY.format(path=file))
    if not token or any(letter.isspace() for letter in token):
        raise Misconfigured(strings.TOKEN_ODD)
    return token
