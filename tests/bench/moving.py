"""`plumbline move` with 100,000 asks, to a server and back: run by hand, because it takes minutes.

`python -m tests.bench.moving [ASKS]` prints how many rows were moved, and how long each way took.
"""

import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.state_dir import file_keys
from bot.storage import migrate, moving
from bot.storage.migrations.compare import every_table
from bot.vault.keyring import Keyring
from tests.database_file import open_file
from tests.databases import address

ASKS = 100_000
_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :asks) "
_SEALED = "randomblob(300)"


def main(asks: int) -> None:
    with TemporaryDirectory(prefix="plumbline-moving-") as folder:
        place = Path(folder)
        ring, file = Keyring.fresh(), place / "plumbline.db"
        ring.save(place / "keys.json")
        file.write_bytes(migrate.empty(file_keys(ring)))
        _fill(file, asks)
        url, tables = address(place, empty=True), every_table()
        began = time.monotonic()
        there = moving.to_server(file, file_keys(ring), url, tables)
        between = time.monotonic()
        back = moving.to_file(url, place / "back.db", file_keys(ring), tables)
        ended = time.monotonic()
        assert there == back
        size = file.stat().st_size // 2**20
        ways = f"to the server in {between - began:.0f} s, back in {ended - between:.0f} s"
        print(f"{there.rows:,} rows ({size} MiB) {ways}")


def _fill(file: Path, asks: int) -> None:
    """Write so many asks, each with two people who were asked, with what waits and what was sent."""
    with closing(open_file(file)) as connection:
        connection.execute("BEGIN")
        for table in ("asks", "askings", "data_keys", "outbox", "agenda"):
            columns = connection.execute(
                f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}')"
            ).fetchall()
            values = ", ".join(_value(name, kind.upper()) for name, kind, _ in columns)
            for copy in range(2 if table in ("askings", "outbox", "data_keys") else 1):
                connection.execute(
                    f"{_NUMBERS} INSERT INTO {table} SELECT {values.replace('{copy}', str(copy))} FROM n",
                    {"asks": asks},
                )
        connection.execute("COMMIT")


def _value(name: str, kind: str) -> str:
    if "BLOB" in kind:
        return _SEALED
    if "CHAR" in kind or "TEXT" in kind:
        return f"'{name[:4]}-{{copy}}-' || i"
    return "i" if "BIGINT" in kind else "0"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ASKS)
