"""The text that can be seen on a card, line by line, as it stands beside its picture."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from simcord.enums import SELECT_TYPES, ComponentType

from bot.demo.client.reading import options_of
from bot.demo.client.screen import Screen
from bot.demo.client.view import label_of

_NOT_SEEN = re.compile(r"[\u2066-\u2069]|\*\*|^(?:#{1,3}|-#) ", re.MULTILINE)
"""Marks of direction, and Discord's marks for headings, small print and bold letters."""
_TIME = re.compile(r"<t:(\d+)(?::(\w))?>")
_CHANNEL = re.compile(r"<#(\d+)>")
_FORMATS = {"d": "%d/%m/%Y", "D": "%-d %B %Y", "t": "%H:%M", "F": "%A, %-d %B %Y, %H:%M"}
"""How the page shows each of Discord's formats of a time; `f` is the usual one."""


def visible(screen: Screen) -> str:
    """Return the card's texts, with its buttons and selects in brackets where they stand."""
    lines = "\n".join(line.rstrip() for line in _lines(screen.message.components)) + "\n"
    channels = screen.channel_names()
    return _CHANNEL.sub(lambda found: f"#{channels[int(found[1])]}", lines)


def _lines(components: list[Any]) -> Iterator[str]:
    for one in components:
        kind = one.get("type")
        if kind == ComponentType.TEXT_DISPLAY:
            yield from _plain(str(one["content"])).splitlines()
        elif kind == ComponentType.ACTION_ROW:
            yield " ".join(_control(part) for part in one["components"])
        elif kind == ComponentType.SECTION:
            yield from _lines(one["components"])
            yield from _lines([{"type": ComponentType.ACTION_ROW, "components": [one["accessory"]]}])
        else:
            yield from _lines(one.get("components") or [])


def _control(control: dict[str, Any]) -> str:
    if control.get("type") not in SELECT_TYPES:
        return f"[{label_of(control)}]"
    chosen = [option.label for option in options_of(control) if option.chosen]
    return f"[{_plain(', '.join(chosen) or control.get('placeholder') or '')} ▾]"


def _plain(text: str) -> str:
    return _TIME.sub(_spoken, _NOT_SEEN.sub("", text))


def _spoken(time: re.Match[str]) -> str:
    at = datetime.fromtimestamp(int(time[1]), UTC)
    return at.strftime(_FORMATS.get(time[2] or "f", "%-d %b %Y, %H:%M"))
