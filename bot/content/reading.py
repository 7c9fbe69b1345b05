"""Read `data/`: each file as a dataclass, each folder as a collection of them."""

import tomllib
from datetime import date, time
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import PurePath
from types import GenericAlias
from typing import Any, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, IterableValidationError, transform_error
from cattrs.errors import ForbiddenExtraKeysError

from bot.content.guardrails import Guardrails, Phrases
from bot.content.helplines import Country
from bot.content.models import Written
from bot.content.packs import Pack, Stories

WORLD = "world"
_PLAIN = (str, int, bool, date, time)
Shape = TypeVar("Shape", bound=Written)


class Unreadable(Exception):
    """A file of `data/` can't be used. The message says which one, where in it, and why."""


def read(file: Traversable, shape: type[Shape]) -> Shape:
    """Read one file as that dataclass. Raises Unreadable for missing or unknown keys and texts too long."""
    try:
        return _structured(tomllib.loads(file.read_text("utf-8")), shape)
    except FileNotFoundError as missing:
        raise Unreadable(f"{_place(file)} is missing") from missing
    except tomllib.TOMLDecodeError as broken:
        raise Unreadable(f"{_place(file)}: {broken}") from broken
    except (ClassValidationError, IterableValidationError) as wrong:
        raise Unreadable(f"{_place(file)}: {_first(wrong)}") from None


def _structured(told: dict[str, Any], shape: type[Shape]) -> Shape:
    """Make the dataclass. Only a file with a mistake needs the converter that says where the mistake is.

    That converter writes longer code for each dataclass, which would take a seventh of the time in which all
    files are read.
    """
    try:
        return _quick.structure(told, shape)
    except Exception:  # noqa: BLE001 - whatever is wrong, the other converter finds it again, and its place
        return _explaining.structure(told, shape)


def _exactly(value: Any, kind: type[Any]) -> Any:
    """Return a value of TOML as it is, if it has this type: 1 is no text, and true is no number."""
    if type(value) is not kind:
        raise ValueError(f"{value!r} should be of the type {kind.__name__}")
    return value


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _all_of(converter: Converter, value: Any, kind: type[Any]) -> Any:
    """Return the members of a list. A text would be one as well, letter by letter."""
    if not isinstance(value, list):
        raise ValueError(f"{value!r} should be a list")
    members: Any = GenericAlias(list, get_args(kind)[0])
    return tuple(converter.structure(value, members))


def _first(wrong: ClassValidationError | IterableValidationError) -> str:
    """Return where in the file the first mistake is, and what it is."""
    said, _, where = transform_error(wrong, "", _said)[0].rpartition(" @ ")
    steps = where.replace("[", ".").replace("]", "").strip(".")
    return f"{steps}: {said}" if steps else said


def _said(error: BaseException, _kind: type[Any] | None) -> str:
    match error:
        case ForbiddenExtraKeysError():
            return f"{', '.join(sorted(error.extra_fields))}: there is no such key"
        case KeyError():
            return "it is missing"
        case _:
            return str(error)


def _converter(*, explains: bool) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=explains)
    converter.register_structure_hook_func(lambda kind: kind in _PLAIN, _exactly)
    converter.register_structure_hook_func(_is_tuple, partial(_all_of, converter))
    return converter


_quick, _explaining = _converter(explains=False), _converter(explains=True)


def _place(file: Traversable) -> str:
    """Return the file's name with its folder, since two folders may have a file of the same name."""
    return "/".join(PurePath(str(file)).parts[-2:])


def _tomls(folder: Traversable) -> list[Traversable]:
    """Return the TOML files of a folder, sorted by name."""
    return sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)


def pack(file: Traversable, code: str) -> Pack:
    pack = read(file, Pack)
    if pack.code != code:
        raise Unreadable(f"{_place(file)}: its code is {pack.code!r}")
    return pack


def vignettes(folder: Traversable) -> tuple[Stories, ...]:
    """Read the file of every theme. Raises Unreadable if a key or a topic occurs twice."""
    found: list[Stories] = []
    taken: set[tuple[str, str]] = set()
    for file in _tomls(folder):
        found.append(read(file, Stories))
        for story in found[-1].stories:
            for mark in (("key", story.key), ("topic", story.topic.casefold())):
                if mark in taken:
                    raise Unreadable(f"{_place(file)}: the {mark[0]} {mark[1]!r} stands twice")
                taken.add(mark)
    return tuple(found)


def countries(folder: Traversable) -> dict[str, Country]:
    """Read the file of every country, by code, which is the file's name."""
    found: dict[str, Country] = {}
    for file in _tomls(folder):
        country = read(file, Country)
        if file.name != f"{country.code}.toml":
            raise Unreadable(f"{file.name}: its code is {country.code!r}")
        found[country.code] = country
    if WORLD not in found:
        raise Unreadable("world.toml is missing")
    return found


def guardrails(folder: Traversable) -> Guardrails:
    """Read the list of every language. Raises Unreadable if a phrase means different things in two."""
    try:
        return Guardrails([read(file, Phrases) for file in _tomls(folder)])
    except ValueError as wrong:
        raise Unreadable(f"{_place(folder)}: {wrong}") from wrong
