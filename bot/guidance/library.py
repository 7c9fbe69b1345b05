"""The library: all of `data/` that the bot speaks from, read and checked once, at start."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePath
from typing import Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.guidance import lines, pages
from bot.guidance.lines import Country, Door, Line, Stale, SupportPage
from bot.guidance.model import Form, FormName, Written
from bot.guidance.packs import PACKS, Pack, Stories, Story
from bot.guidance.texts import Before, Contact, Pair, Questions, Short, Steps, Support, Talk, Think

WORLD = "world"
_SAME = {"gb": "uk"}
Shape = TypeVar("Shape", bound=Written)


class Unreadable(Exception):
    """A file of `data/` that cannot be used: which one, where in it, and why."""


@dataclass(frozen=True, slots=True)
class Library:
    """Every text and line, typed; a method that takes a country's code takes None for anywhere."""

    before: Before
    talk: Talk
    think: Think
    contact: Contact
    answering: Short
    listening: Short
    under18: Short
    steps: Steps
    pair: Pair
    support_questions: Questions
    limit_questions: Questions
    support_texts: Support
    forms: Mapping[FormName, Form]
    by_code: Mapping[str, Country]
    packs: Mapping[str, Pack]
    vignettes: tuple[Stories, ...]

    @classmethod
    def load(cls, data: Traversable | None = None) -> Self:
        """Read everything from the installed `data`; the first thing wrong is raised as Unreadable."""
        root = data if data is not None else files("data")
        said = root / "guidance"
        return cls(
            before=_read(said / "before.toml", Before),
            talk=_read(said / "talk.toml", Talk),
            think=_read(said / "think.toml", Think),
            contact=_read(said / "contact.toml", Contact),
            answering=_read(said / "answering.toml", Short),
            listening=_read(said / "listening.toml", Short),
            under18=_read(said / "under18.toml", Short),
            steps=_read(said / "steps.toml", Steps),
            pair=_read(said / "pair.toml", Pair),
            support_questions=_read(root / "prompts" / "support.toml", Questions),
            limit_questions=_read(root / "prompts" / "limit.toml", Questions),
            support_texts=_read(said / "support.toml", Support),
            forms={name: _read(root / "forms" / f"{name}.toml", Form) for name in FormName},
            by_code=_countries(root / "support"),
            packs={code: _pack(root / "norms" / f"{code}.toml", code) for code in PACKS},
            vignettes=_vignettes(root / "vignettes"),
        )

    def form(self, name: FormName | str) -> Form:
        """The form of that name; KeyError if there is none."""
        return self.forms[FormName(name)]

    def question(self, number: int) -> str:
        """A check-in's question: support and limit in turn, none again before all of its kind were asked."""
        turn, limit = divmod(number, 2)
        asked = (self.limit_questions if limit else self.support_questions).questions
        return asked[turn % len(asked)]

    @property
    def stories(self) -> Mapping[str, Story]:
        """Every story by its key, in the order of the files' names and of the stories in each."""
        return {story.key: story for theme in self.vignettes for story in theme.stories}

    def countries(self) -> tuple[Country, ...]:
        """The countries to choose from, by name, and last the one for everywhere else."""
        return tuple(sorted(self.by_code.values(), key=lambda country: (country.code == WORLD, country.name)))

    def country(self, code: str | None) -> Country:
        """The country of that code; where it is unknown, the one for everywhere else."""
        code = code or WORLD
        return self.by_code.get(_SAME.get(code, code), self.by_code[WORLD])

    def emergency(self, code: str | None) -> str:
        """The emergency number there, as words that can stand after "call"."""
        return self.country(code).emergency

    def support(self, code: str | None, door: Door | str) -> SupportPage:
        """The page of `/support` behind that door."""
        return pages.page(self.support_texts, self.country(code), self.country(WORLD), Door(door))

    def under_18(self, code: str | None) -> SupportPage:
        """The page for somebody under 18, or somebody who knows of one."""
        return pages.under_18(self.support_texts, self.country(code), self.country(WORLD))

    def worried(self, code: str | None) -> tuple[Line, ...]:
        """Lines there for someone worried about what they did; often none."""
        return self.country(code).behind(Door.WORRIED)

    def stale(self, today: date) -> tuple[Stale, ...]:
        """Entries that nobody has looked at for 180 days, for `plumbline check`."""
        return lines.stale(self.countries(), today)

    @property
    def reviewed(self) -> bool:
        """Whether a practitioner has read every file."""
        return all(text.reviewed for text in self._written())

    def sources(self) -> tuple[str, ...]:
        """Every source that a file credits, once each, in alphabetical order."""
        return tuple(
            sorted({source for text in self._written() for source in text.sources}, key=str.casefold)
        )

    def _written(self) -> tuple[Written, ...]:
        single = (self.before, self.talk, self.think, self.contact, self.answering, self.listening)
        more = (self.under18, self.steps, self.support_texts)
        pairs = (self.pair, self.support_questions, self.limit_questions)
        groups = (*self.packs.values(), *self.vignettes)
        return (*single, *more, *pairs, *self.forms.values(), *self.by_code.values(), *groups)


def _read(file: Traversable, shape: type[Shape]) -> Shape:
    """One file as that dataclass; a key too many or too few, or a text too long, is Unreadable."""
    try:
        return TypeAdapter(shape).validate_python(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError as missing:
        raise Unreadable(f"{_place(file)} is missing") from missing
    except tomllib.TOMLDecodeError as broken:
        raise Unreadable(f"{_place(file)}: {broken}") from broken
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Unreadable(f"{_place(file)}: {where}: {first['msg']}") from wrong


def _place(file: Traversable) -> str:
    """The file with its folder, since two folders may hold a `support.toml`."""
    return "/".join(PurePath(str(file)).parts[-2:])


def _tomls(folder: Traversable) -> list[Traversable]:
    """The files in it that a text may stand in, by name, whatever the order on the disk."""
    return sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)


def _pack(file: Traversable, code: str) -> Pack:
    pack = _read(file, Pack)
    if pack.code != code:
        raise Unreadable(f"{_place(file)}: its code is {pack.code!r}")
    return pack


def _vignettes(folder: Traversable) -> tuple[Stories, ...]:
    """Every theme's file; a key or a topic that stands twice, in one file or two, is Unreadable."""
    found: list[Stories] = []
    taken: set[tuple[str, str]] = set()
    for file in _tomls(folder):
        found.append(_read(file, Stories))
        for story in found[-1].stories:
            for mark in (("key", story.key), ("topic", story.topic.casefold())):
                if mark in taken:
                    raise Unreadable(f"{_place(file)}: the {mark[0]} {mark[1]!r} stands twice")
                taken.add(mark)
    return tuple(found)


def _countries(folder: Traversable) -> dict[str, Country]:
    """Every country's file, by code; the code is the file's name."""
    found: dict[str, Country] = {}
    for file in _tomls(folder):
        country = _read(file, Country)
        if file.name != f"{country.code}.toml":
            raise Unreadable(f"{file.name}: its code is {country.code!r}")
        found[country.code] = country
    if WORLD not in found:
        raise Unreadable("world.toml is missing")
    return found
