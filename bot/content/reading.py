"""Read `data/`: each file as a structure, each folder as a collection of them."""

import re
from datetime import date, time
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import TypeVar

import msgspec
import tomli

from bot.content.guardrails import Guardrails, Phrases
from bot.content.helplines import Country
from bot.content.models import Written
from bot.content.night import AfterNight, BeforeNight, DuringNight, NightTexts, QuickTexts
from bot.content.packs import Pack, Stories
from bot.content.path import STEPS, AsideText, CitedText, CompanionText, GateText, PathTexts, StepText

WORLD = "world"
_ABOUT_A_KEY = re.compile(r"Object (?:(?P<missing>missing required)|contains unknown) field `(?P<key>.*)`")
Shape = TypeVar("Shape", bound=Written)


class Unreadable(Exception):
    """A file of `data/` can't be used. The message says which one, where in it, and why."""


def read(file: Traversable, shape: type[Shape]) -> Shape:
    """Read one file as that structure. Raises Unreadable for missing or unknown keys and texts too long."""
    try:
        told = tomli.loads(file.read_text("utf-8"))
        return msgspec.convert(told, shape, builtin_types=(date, time))
    except FileNotFoundError as missing:
        raise Unreadable(f"{_place(file)} is missing") from missing
    except tomli.TOMLDecodeError as broken:
        raise Unreadable(f"{_place(file)}: {broken}") from broken
    except msgspec.ValidationError as wrong:
        raise Unreadable(f"{_place(file)}: {_first(wrong)}") from None


def _first(wrong: msgspec.ValidationError) -> str:
    """Return where in the file the first mistake is, and what it is."""
    said, _, where = str(wrong).partition(" - at `$")
    steps = [step.strip("]`") for step in where.replace("[", ".").split(".") if step]
    if about_a_key := _ABOUT_A_KEY.fullmatch(said):
        steps.append(about_a_key["key"])
        said = "it is missing" if about_a_key["missing"] else "there is no such key"
    return f"{'.'.join(steps)}: {said}" if steps else said


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


def path(folder: Traversable) -> PathTexts:
    """Read the files of a path: one for each step, and those about it."""
    return PathTexts(
        {step: read(folder / f"{step}.toml", StepText) for step in STEPS},
        read(folder / "gate.toml", GateText),
        read(folder / "companion.toml", CompanionText),
        read(folder / "afraid.toml", AsideText),
        read(folder / "cited.toml", CitedText),
    )


def night(folder: Traversable) -> NightTexts:
    """Read the files of a night: before it, during it, in the minute after a call, and the day after."""
    return NightTexts(
        read(folder / "before.toml", BeforeNight),
        read(folder / "during.toml", DuringNight),
        read(folder / "quick.toml", QuickTexts),
        read(folder / "after.toml", AfterNight),
    )


def guardrails(folder: Traversable) -> Guardrails:
    """Read the list of every language. Raises Unreadable if a phrase means different things in two."""
    try:
        return Guardrails([read(file, Phrases) for file in _tomls(folder)])
    except ValueError as wrong:
        raise Unreadable(f"{_place(folder)}: {wrong}") from wrong
