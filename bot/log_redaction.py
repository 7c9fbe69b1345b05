"""The second wall of the log: what a value may look like, whatever was handed to a logger.

The first wall is the code, which logs fixed sentences and values that say nothing about anyone. If it once
fails, in our code or in a library, what looks like a secret, a name or a text is replaced here.
"""

import logging
import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

TEXT, BYTES, SECRET, ADDRESS, CUT = "[text]", "[bytes]", "[secret]", "[address]", "…"

KEYS_OF_TEXT = frozenset(
    {
        *("alarm", "at", "level", "logger", "message", "traceback"),
        *("code", "error", "error_id", "event_name", "fields", "id", "kind", "outcome", "part", "path"),
        *("pool", "state_dir", "version", "what", "why", "zone"),
    }
)
"""The names of values that may be text: types, kinds, reasons, paths of the operator's, random ids of rows.

Any other value is a number, a yes or no, or nothing.
"""
LONGEST_TEXT = 300
LONGEST_MESSAGE = 500
_LONGEST_WORD = 120

_ID = re.compile(r"[0-9]{15,}")
"""An id of Discord. discord.py logs whole URLs, with people and their direct messages."""
_TOKEN = re.compile(r"[\w-]{20,40}\.[\w-]{4,10}\.[\w-]{20,}", re.ASCII)
"""A bot's token: three parts, of which the first is the bot's id in base64."""
_URL_TOKEN = re.compile(r"(/(?:webhooks|interactions)/[^/\s]{1,40}/)[^/\s?]+")
"""What follows the id in the URL of a webhook or an interaction lets anybody answer in its place."""
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_OPAQUE = re.compile(r"[\w=-]{50,}", re.ASCII)
"""A key, a session or a token, of which nobody could read anything."""
_WORD = re.compile(r"[\w./:@#?&=%+~,*$<>-]*", re.ASCII)
"""What a library may log beside its own sentence: a number, a method, a URL, the name of an event."""
_WARNING = re.compile(r"(.{1,300}?:\d{1,7}: \w{1,60}Warning):")
"""How a warning begins: where it was given, and its type. What follows may be anything."""
_CONTROLS = dict.fromkeys(
    (*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\ufffd",
)
"""Characters that change what a terminal shows."""


def value(name: str, given: object) -> object:
    """Return what is logged of a value of this name."""
    match given:
        case float():
            # A number with many digits would be taken for an id.
            return round(given, 3)
        case None | int() | Enum():
            return given
        case str() if name == "traceback":
            return given
        case str() if name in KEYS_OF_TEXT:
            most = LONGEST_MESSAGE if name == "message" else LONGEST_TEXT
            return _OPAQUE.sub(SECRET, given[:most]).translate(_CONTROLS)
    return _hidden(given)


def arguments(
    given: tuple[object, ...] | Mapping[str, object] | None,
) -> tuple[object, ...] | Mapping[str, object] | None:
    """Return what is logged of the arguments of a record. A single mapping may be written whole."""
    if isinstance(given, Mapping):
        return {str(argument(key, 0)): argument(one) for key, one in given.items()}
    return given and tuple(argument(one) for one in given)


def argument(given: object, depth: int = 4) -> object:
    """Return what is logged of a value that another library puts into its sentence."""
    match given:
        case None | int() | float():
            return given
        case BaseException():
            return type(given).__name__
        case Mapping() if depth:
            return {argument(key, 0): argument(one, depth - 1) for key, one in given.items()}
        case tuple() if depth:
            return tuple(argument(one, depth - 1) for one in given)
        case list() | set() | frozenset() if depth:
            return [argument(one, depth - 1) for one in given]
        case str() if len(given) <= _LONGEST_WORD and _WORD.fullmatch(given):
            return given
    return _hidden(given)


def warning(text: str) -> str:
    """Return where a warning was given, and its type."""
    found = _WARNING.match(text)
    return found[1] if found else TEXT


def line(text: str) -> str:
    """Return a whole line of the log, or several with frames, without ids, tokens and addresses."""
    if "/webhooks/" in text or "/interactions/" in text:
        text = _URL_TOKEN.sub(rf"\1{SECRET}", text)
    if "@" in text:
        text = _ADDRESS.sub(ADDRESS, text)
    return _ID.sub(CUT, _TOKEN.sub(SECRET, text))


def may_be_written(lowest: Mapping[str, int]) -> "logging._FilterType":
    """Return a filter for records below the level that is set for their logger, or for one above it.

    A logger's own level can be changed by any library. This can't.
    """

    @lru_cache(maxsize=1000)
    def least(name: str) -> int:
        while name and name not in lowest:
            name = name.rpartition(".")[0]
        return lowest.get(name, logging.INFO)

    return lambda record: record.levelno >= least(record.name)


def _hidden(given: object) -> str:
    """Return what kind of thing was left out."""
    match given:
        case str():
            return TEXT
        case bytes() | bytearray() | memoryview():
            return BYTES
    return f"[{type(given).__name__}]"
