"""Bind many rows to one statement, since SQLAlchemy takes longer to bind a row than SQLite to write it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects.sqlite import dialect


def bound(statement: Executable, rows: Sequence[dict[str, Any]]) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the SQL text and the rows' values as the driver takes them. All rows have the same keys."""
    text, values, converters, fixed = _compiled(statement, tuple(rows[0]))
    if fixed:
        rows = [fixed | row for row in rows]
    return text, [_converted(list(values(row)), converters) for row in rows]


def _converted(values: list[Any], converters: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    for place, convert in converters:
        if values[place] is not None:
            values[place] = convert(values[place])
    return tuple(values)


@lru_cache(maxsize=32)
def _compiled(
    statement: Any, keys: tuple[str, ...]
) -> tuple[str, Callable[[Any], Any], Sequence[tuple[int, Any]], dict[str, Any]]:
    """Compile the statement for rows with these keys.

    Return its SQL text, a function that takes the values from a row in order, the positions of values that
    must be converted with their converters, and the values that the statement itself holds. The cache uses
    the statement object as its key, so only a statement that is a constant is compiled once.
    """
    compiled = statement.compile(dialect=dialect(), column_keys=list(keys))
    names = compiled.positiontup
    converters = [(names.index(name), convert) for name, convert in compiled._bind_processors.items()]
    fixed = {name: compiled.params[name] for name in names if name not in keys}
    # For a single name, itemgetter would return the value and not a tuple.
    values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    return str(compiled), values, converters, fixed
