"""A database on a PostgreSQL server, as commands use it: one connection at a time, without an event loop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, NullPool, create_engine, inspect, make_url, text

from bot.storage.copies import Health, ParkedCount
from bot.storage.postgres import CONNECTING, DRIVER, ONE_WRITER, options, plainly
from bot.storage.source import Rows
from bot.storage.unavailable import DriverMissing

T = TypeVar("T")

NAME = "plumbline command"
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :bots"
)
_PARKED = "SELECT kind, parked, count(*) FROM agenda WHERE parked IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
_REVISION = "SELECT version_num FROM alembic_version"
_SHOWN = ("server_version", "server_version_num", "server_encoding", "autovacuum")
_LOCK = text(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")


class InUse(Exception):
    """A bot is connected to the database."""


class Facts(Struct, frozen=True):
    """What `plumbline doctor` says about a server. version: like 15.4. major: like 15."""

    version: str
    major: int
    encoding: str
    vacuums: bool
    now: datetime


@contextmanager
def connected(url: str, **settings: str) -> Iterator[Connection]:
    """Yield a connection, in a transaction that is undone unless it is committed.

    `settings`: of the server, for this connection. Raises DriverMissing and StorageUnavailable.
    """
    try:
        engine = create_engine(
            make_url(url).set(drivername=DRIVER),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={**CONNECTING, "application_name": NAME, "options": options(settings)},
        )
    except ModuleNotFoundError as missing:
        raise DriverMissing from missing
    try:
        with plainly(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def alone(url: str) -> Iterator[Connection]:
    """Yield a connection that no bot can write beside. Its statements may take any time.

    Raises InUse and StorageUnavailable.
    """
    with connected(url, statement_timeout="0", lock_timeout="10s") as connection:
        connection.execute(_LOCK)
        if connection.execute(_OTHERS, {"bots": CONNECTING["application_name"]}).scalar():
            raise InUse
        yield connection


class ServerSource(Struct, frozen=True):
    """The database on the server. Its address isn't shown, because it can have a password in it."""

    url: str
    there: bool = True

    def __repr__(self) -> str:
        return "ServerSource()"

    def look(self, work: Callable[[Rows], T]) -> T:
        with connected(self.url, default_transaction_read_only="on") as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            return work(partial(_rows_on_server, connection))

    def has(self, table: str) -> bool:
        with connected(self.url) as connection:
            return inspect(connection).has_table(table)

    def health(self) -> Health:
        """Return it as whole: the server itself looks after its files."""
        with connected(self.url, default_transaction_read_only="on") as connection:
            tables = {*inspect(connection).get_table_names()}
            rows = partial(_rows_on_server, connection)
            revision = next(iter(rows(_REVISION)), (None,))[0] if "alembic_version" in tables else None
            parked = rows(_PARKED) if "agenda" in tables else ()
            return Health(True, revision, tuple(ParkedCount(*row) for row in parked))


def facts(url: str) -> Facts:
    """Raises StorageUnavailable."""
    with connected(url) as connection:
        shown = {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in _SHOWN}
        number = int(shown["server_version_num"])
        return Facts(
            shown["server_version"].partition(" ")[0], number // 10_000, shown["server_encoding"],
            shown["autovacuum"] == "on", connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one(),
        )  # fmt: skip


def _rows_on_server(
    connection: Connection, statement: str, values: Mapping[str, Any] | None = None
) -> Sequence[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(statement), values or {})]
