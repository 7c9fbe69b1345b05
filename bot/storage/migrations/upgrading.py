"""Alembic, driven from the code: no ini file, no command line."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def script() -> ScriptDirectory:
    """The revisions in `versions/`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config)


def to_head(connection: Connection) -> None:
    """Run every revision that the file does not have yet, on this connection and in its transaction."""
    revisions = script()

    def steps(at: tuple[str, ...], _context: MigrationContext) -> list[object]:
        return list(revisions._upgrade_revs("head", at))  # noqa: SLF001 - what alembic's own upgrade command calls

    with EnvironmentContext(Config(), revisions, fn=steps) as environment:
        environment.configure(connection=connection, render_as_batch=True)
        environment.run_migrations()
