"""`make migration NAME=add_x` writes the next revision from the tables. The running bot never imports this.

Alembic finds most of the differences. It compares neither triggers nor the conditions of partial indexes, so
these are compared here. Then the new revision is run on an empty file. If the result is not yet what the
tables declare, the command says what has to be written by hand, and exits with status 1.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.migrate import MIGRATIONS, alembic_config
from bot.storage.migrations.body import ByHand, body
from bot.storage.migrations.compare import declared, every_table, found, lines

_NAME = re.compile(r"(?=.{1,40}$)[a-z][a-z0-9]*(_[a-z0-9]+)*")
_PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def main(name: str) -> int:
    """Write the revision and print what was done. Return 1 if something has to be written by hand."""
    try:
        written = write(name, every_table(), MIGRATIONS)
    except ByHand as left:
        print(left)
        return 1
    if written is None:
        print("The migrations already make the schema that the tables declare. Nothing was written.")
        return 0
    print(f"Wrote {written}. Read it, and add a test with rows for it to tests/store/test_revisions.py.")
    return 0


def write(name: str, tables: MetaData, migrations: Path) -> Path | None:
    """Write the revision that leads from the newest one to these tables. Return None if nothing differs.

    Raises ByHand, either before the file is written, or after it if something has to be added to the file.
    """
    if _NAME.fullmatch(name) is None:
        raise ByHand(
            f"NAME={name} can't name a revision: use at most 40 small letters, digits and single underscores,"
            " as in `make migration NAME=add_x`."
        )
    wanted = lines(declared(tables))
    with _at_head(migrations) as connection:
        if lines(found(connection)) == wanted:
            return None
        code = body(connection, tables)
    path = _write(name, code, migrations)
    _try_out(path, wanted, migrations)
    return path


@contextmanager
def _at_head(migrations: Path) -> Iterator[Connection]:
    """Yield an empty database in memory with the schema of the newest revision."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            command.upgrade(alembic_config(connection, migrations), "head")
            yield connection
    finally:
        engine.dispose()


def _write(name: str, code: str, migrations: Path) -> Path:
    """Write the file with the next number, and format it like the rest of the project."""
    scripts = ScriptDirectory(migrations, messaging_opts={"quiet": True})
    number = int(scripts.get_current_head() or 0) + 1
    message = name.replace("_", " ").capitalize()
    script = scripts.generate_revision(f"{number:04}", message, upgrades=indent(code, "    ").strip())
    assert script is not None
    path = Path(script.path)
    ruff = [sys.executable, "-m", "ruff", "format", "--quiet", f"--config={_PROJECT}", str(path)]
    subprocess.run(ruff, check=True)
    return path


def _try_out(path: Path, wanted: set[str], migrations: Path) -> None:
    """Run the new revision on an empty file. Raises ByHand with what is still missing there."""
    try:
        with _at_head(migrations) as connection:
            made = lines(found(connection))
    except SQLAlchemyError as failed:
        raise ByHand(f"Wrote {path}, which fails and must be mended by hand: {failed}") from failed
    if left := [
        *(f"  missing  {line}" for line in sorted(wanted - made)),
        *(f"  too much {line}" for line in sorted(made - wanted)),
    ]:
        told = f"Wrote {path}, but it doesn't make all that the tables declare. Add the rest by hand:"
        raise ByHand("\n".join([told, *left]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
