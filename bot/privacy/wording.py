"""How the page of an export says what is in a record: in words, and without what only programs need."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot.privacy import strings
from bot.scheduling.cadence import LAST, Cadence

Record = Mapping[str, Any]


def lines(table: str, record: Record, server_name: Callable[[Any], Any]) -> list[tuple[str, str]]:
    """Return the names and values of a record as people read them, without what is empty."""
    found: list[tuple[str, str]] = []
    for column, value in record.items():
        shown = server_name(value) if column == "server" else value
        if f"{table}.{column}" in strings.LEFT_OUT or shown is None or shown == "":
            continue
        if isinstance(shown, dict):
            fields = {str(name): str(text) for name, text in shown.items() if text}
            found += [(strings.PARTS.get(name, name), text) for name, text in fields.items()]
        else:
            found.append((strings.COLUMNS[column], _said(table, column, shown, record)))
    return found


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _said(table: str, column: str, value: Any, record: Record) -> str:
    words = strings.VALUES.get(f"{table}.{column}")
    if words is not None:
        return words.get(str(value), str(value))
    match value:
        case bool():
            return strings.YES if value else strings.NO
        case datetime():
            return f"{day(value)}, {value.astimezone(UTC):%H:%M}"
        case date():
            return day(value)
        case int() if column in strings.TIMES_OF_DAY:
            return f"{value // 60:02}:{value % 60:02}"
        case int() if column == "day":
            return _repeated_on(value, record)
        case str() if column == "kind" and table == "outbox":
            return strings.FEATURES.get(value.partition(".")[0], value)
        case _:
            return str(value)


def _repeated_on(value: int, record: Record) -> str:
    """Return the day on which something repeats, as `Cadence` counts it."""
    if record["cadence"] != Cadence.MONTHLY:
        return strings.WEEKDAYS[value]
    return strings.LAST_DAY if value == LAST else strings.DAY_OF_MONTH.format(day=value)
