"""Read `data/`: each file as a dataclass, each folder as a collection of them."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.content.guardrails import Guardrails, Phrases
from bot.content.helplines import Country
from bot.content.models import Written
from bot.content.packs import Pack, Stories

WORLD = "world"
Shape = TypeVar("Shape", bound=Written)


# Cached, since building a validator takes longer than all its reading, and many files have the same shape.
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


class Unreadable(Exception):
    """A file of `data/` can't be used. The message says which one, where in it, and why."""


def read(file: Traversable, shape: type[Shape]) -> Shape:
    """Read one file as that dataclass. Raises Unreadable for missing or unknown keys and texts too long."""
    try:
        found: Shape = _adapter(shape).validate_python(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError as missing:
        raise Unreadable(f"{_place(file)} is missing") from missing
    except tomllib.TOMLDecodeError as broken:
        raise Unreadable(f"{_place(file)}: {broken}") from broken
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Unreadable(f"{_place(file)}: {where}: {first['msg']}") from wrong
    return found


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
