"""Binding many rows to one statement: SQLAlchemy takes longer to bind a row than SQLite to write it."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects.sqlite import dialect


def bound(statement: Executable, rows: Sequence[dict[str, Any]]) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the statement and its rows as the driver takes them; all rows have the same keys."""
    text, values, turned, fixed = _compiled(statement, tuple(rows[0]))
    if fixed:
        rows = [fixed | row for row in rows]
    return text, [_turned(list(values(row)), turned) for row in rows]


def _turned(values: list[Any], turned: Sequence[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    for place, turn in turned:
        if values[place] is not None:
            values[place] = turn(values[place])
    return tuple(values)


@lru_cache(maxsize=32)
def _compiled(
    statement: Any, keys: tuple[str, ...]
) -> tuple[str, Callable[[Any], Any], Sequence[tuple[int, Any]], dict[str, Any]]:
    """Its text for the driver, what takes the values from a row in their order, which must be turned how,
    and what the statement itself holds.

    Kept by the statement itself: it is a constant, or is compiled anew each time.
    """
    compiled = statement.compile(dialect=dialect(), column_keys=list(keys))
    names = compiled.positiontup
    turned = [(names.index(name), turn) for name, turn in compiled._bind_processors.items()]
    fixed = {name: compiled.params[name] for name in names if name not in keys}
    # Of one name alone, itemgetter would give its value, and no tuple of it.
    values = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    return str(compiled), values, turned, fixed
