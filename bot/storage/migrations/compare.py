"""The schema of a file and the schema that the tables declare, in a form in which they can be compared."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, MetaData, create_engine

from bot.storage.schema import metadata
from bot.storage.triggers import triggers

Schema = dict[tuple[str, str], str]
"""The statement that creates each object, by its kind (table, index or trigger) and its name."""

_BOT = Path(__file__).parents[2]
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|\S""")


def every_table() -> MetaData:
    """Import each module of the bot in which a table is declared, and return the metadata of them all."""
    for path in sorted(_BOT.rglob("*.py")):
        parts = path.relative_to(_BOT.parent).with_suffix("").parts
        source = path.read_text("utf-8")
        if parts[-1] != "compare" and "bot.storage.schema" in source and "metadata" in source:
            import_module(".".join(parts))
    return metadata


def found(connection: Connection) -> Schema:
    """Return the schema of this file, without the objects that SQLite and Alembic need for themselves."""
    rows = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND tbl_name <> 'alembic_version'"
    )
    return {(row.type, row.name): row.sql for row in rows}


def declared(tables: MetaData) -> Schema:
    """Return the schema that a new file would have if it were created from the tables, without migrations."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        tables.create_all(connection)
        for statement in (one for table in tables.sorted_tables for one in triggers(table)):
            connection.exec_driver_sql(statement)
        schema = found(connection)
    engine.dispose()
    return schema


def lines(schema: Schema) -> set[str]:
    """Return the schema in pieces: each index, each trigger, and each column and constraint of each table.

    Two schemas are the same if their pieces are. The order of columns doesn't count: a column that a
    migration adds comes last in the file, wherever it is declared.
    """
    return {
        f"{kind} {name}: {piece}"
        for (kind, name), sql in schema.items()
        for piece in (_pieces(sql) if kind == "table" else [plain(sql)])
    }


def plain(sql: str) -> str:
    """Return the statement with one space between tokens, and without quotes around names."""
    return " ".join(_tokens(sql))


def _tokens(sql: str) -> list[str]:
    return [token.strip('"') for token in _TOKEN.findall(sql)]


def _pieces(sql: str) -> Iterator[str]:
    """Yield each column and constraint in the brackets of a CREATE TABLE, and then what follows them."""
    tokens = _tokens(sql)
    depth, piece = 1, list[str]()
    for token in tokens[tokens.index("(") + 1 :]:
        depth += (token == "(") - (token == ")")
        if (token, depth) in {(",", 1), (")", 0)}:
            yield " ".join(piece)
            piece = []
        else:
            piece.append(token)
    if piece:
        yield " ".join(piece)
