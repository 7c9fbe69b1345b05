"""The library: all texts and helplines of `data/`, read and checked once at start."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self

from msgspec import Struct

from bot.content import helplines, pages, reading
from bot.content.callin import Occasion, What
from bot.content.guardrails import Guardrails
from bot.content.helplines import Country, Helpline, Stale, SupportPage, SupportTopic
from bot.content.models import FormName, FormText, Written
from bot.content.night import NightTexts
from bot.content.packs import PACKS, Pack, Stories, Story
from bot.content.path import PathTexts
from bot.content.reading import WORLD, Unreadable, read
from bot.content.texts import (
    AlongsideTexts,
    AnsweringTexts,
    BeforeTexts,
    CarrierTexts,
    ContactTexts,
    ListeningTexts,
    NextSteps,
    PairTexts,
    Questions,
    Short,
    SupportTexts,
    TalkTexts,
    TermsTexts,
    ThinkTexts,
)
from bot.content.told import Told

__all__ = ["WORLD", "Library", "Unreadable"]

_SAME = {"gb": "uk"}


class Library(Struct, frozen=True):
    """Every text and helpline. Where a method takes a country's code, None means anywhere."""

    before: BeforeTexts
    talk: TalkTexts
    think: ThinkTexts
    contact: ContactTexts
    told: Told
    callin: Mapping[What, Occasion]
    alongside: AlongsideTexts
    guardrails: Guardrails
    answering: AnsweringTexts
    listening: ListeningTexts
    under18: Short
    steps: NextSteps
    pair: PairTexts
    path: PathTexts
    night: NightTexts
    terms: TermsTexts
    carrier: CarrierTexts
    receiving: Short
    support_questions: Questions
    limit_questions: Questions
    support_texts: SupportTexts
    forms: Mapping[FormName, FormText]
    by_code: Mapping[str, Country]
    packs: Mapping[str, Pack]
    vignettes: tuple[Stories, ...]

    @classmethod
    def load(cls, data: Traversable | None = None) -> Self:
        """Read everything from the installed `data`. Raises Unreadable for the first mistake found."""
        root = data if data is not None else files("data")
        said = root / "guidance"
        return cls(
            before=read(said / "before.toml", BeforeTexts),
            talk=read(said / "talk.toml", TalkTexts),
            think=read(said / "think.toml", ThinkTexts),
            contact=read(said / "contact.toml", ContactTexts),
            told=read(said / "told.toml", Told),
            callin={what: read(root / "callin" / f"{what}.toml", Occasion) for what in What},
            alongside=read(said / "alongside.toml", AlongsideTexts),
            guardrails=reading.guardrails(root / "guardrails"),
            answering=read(said / "answering.toml", AnsweringTexts),
            listening=read(said / "listening.toml", ListeningTexts),
            under18=read(said / "under18.toml", Short),
            steps=read(said / "steps.toml", NextSteps),
            pair=read(said / "pair.toml", PairTexts),
            path=reading.path(root / "path"),
            night=reading.night(root / "night"),
            terms=read(said / "terms.toml", TermsTexts),
            carrier=read(root / "path" / "carrier.toml", CarrierTexts),
            receiving=read(root / "path" / "receiving.toml", Short),
            support_questions=read(root / "prompts" / "support.toml", Questions),
            limit_questions=read(root / "prompts" / "limit.toml", Questions),
            support_texts=read(said / "support.toml", SupportTexts),
            forms={name: read(root / "forms" / f"{name}.toml", FormText) for name in FormName},
            by_code=reading.countries(root / "support"),
            packs={code: reading.pack(root / "norms" / f"{code}.toml", code) for code in PACKS},
            vignettes=reading.vignettes(root / "vignettes"),
        )

    def form(self, name: FormName | str) -> FormText:
        """Return the form of that name. Raises ValueError if there is none."""
        return self.forms[FormName(name)]

    def longest(self, key: str) -> int:
        """Return how many characters a field with this key takes at most, in whichever form it is."""
        every = [field for form in self.forms.values() for field in form.fields]
        return max([field.most for field in every if field.key == key] or [field.most for field in every])

    def question(self, number: int) -> str:
        """Return the question of a check-in.

        Questions of support and of limits take turns, each list over and over.
        """
        turn, limit = divmod(number, 2)
        asked = (self.limit_questions if limit else self.support_questions).questions
        return asked[turn % len(asked)]

    @property
    def stories(self) -> Mapping[str, Story]:
        """Every story by its key, in the order of the file names and of the stories in each file."""
        return {story.key: story for theme in self.vignettes for story in theme.stories}

    def countries(self) -> tuple[Country, ...]:
        """Return the countries sorted by name, and at the end the one for everywhere else."""
        return tuple(sorted(self.by_code.values(), key=lambda country: (country.code == WORLD, country.name)))

    def country(self, code: str | None) -> Country:
        """Return the country of that code, or the one for everywhere else if the code is unknown."""
        code = code or WORLD
        return self.by_code.get(_SAME.get(code, code), self.by_code[WORLD])

    def emergency(self, code: str | None) -> str:
        """Return the emergency number there, in words that fit after "call"."""
        return self.country(code).emergency

    def support(self, code: str | None, topic: SupportTopic | str) -> SupportPage:
        """Return the page of `/support` for that topic."""
        return pages.page(self.support_texts, self.country(code), self.country(WORLD), SupportTopic(topic))

    def under_18(self, code: str | None) -> SupportPage:
        """Return the page for people under 18, and for those who worry about one."""
        return pages.under_18(self.support_texts, self.country(code), self.country(WORLD))

    def worried(self, code: str | None) -> tuple[Helpline, ...]:
        """Return the helplines there for people who worry about what they did. Often there are none."""
        return self.country(code).behind(SupportTopic.WORRIED)

    def stale(self, today: date) -> tuple[Stale, ...]:
        """Return the helplines that nobody has checked for 180 days, for `plumbline check`."""
        return helplines.stale(self.countries(), today)

    @property
    def reviewed(self) -> bool:
        """Whether a practitioner has read every file."""
        return all(text.reviewed for text in self._written())

    def sources(self) -> tuple[str, ...]:
        """Every source that a file names, once each, in alphabetical order."""
        return tuple(
            sorted({source for text in self._written() for source in text.sources}, key=str.casefold)
        )

    def _written(self) -> tuple[Written, ...]:
        single = (self.before, self.talk, self.think, self.contact, self.answering, self.listening)
        more = (self.under18, self.steps, self.support_texts, self.terms, self.carrier, self.receiving)
        pairs = (self.pair, self.support_questions, self.limit_questions)
        groups = (self.told, *self.callin.values(), *self.packs.values(), *self.vignettes)
        beside = (self.alongside, *self.guardrails.lists)
        return (
            *single,
            *more,
            *pairs,
            *self.path.files,
            *self.night.files,
            *self.forms.values(),
            *self.by_code.values(),
            *groups,
            *beside,
        )


@cache
def installed() -> Library:
    """Return the library that is installed with the bot. It is read once in a process."""
    return Library.load()
