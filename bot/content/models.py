"""Cards, forms and lists of `data/`. Each checks its texts when it is made, so that they fit."""

import re
from enum import StrEnum
from typing import Self

from msgspec import Struct

from bot.text import is_blank

CARD_MOST = 1_200
LABEL_MOST = 80
_PLACEHOLDER = re.compile(r"{(\w*)}")
_KNOWN = frozenset({"emergency", "days", "name", "country", "operator", "time"})


def within(text: str, most: int, what: str) -> None:
    """Raises ValueError, with the name `what`, if the text is empty or has more than `most` characters."""
    if is_blank(text):
        raise ValueError(f"{what} is empty")
    if len(text) > most:
        raise ValueError(f"{what} has {len(text)} characters, at most {most} fit")


def steady(key: str) -> None:
    """Raises ValueError unless the key can be stored in rows and custom_ids."""
    if not re.fullmatch(r"[a-z0-9_]{1,20}", key):
        raise ValueError(f"the key {key!r} must be short, in small letters")


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces in the text."""
    return frozenset(_PLACEHOLDER.findall(text))


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A table in a file of `data/`. A key that it does not have is refused, so a misspelt one is found."""


class Written(Part, frozen=True):
    """What every file says about itself: its sources, and whether a practitioner has read it."""

    sources: tuple[str, ...]
    reviewed: bool

    def __post_init__(self) -> None:
        if not self.sources or any(is_blank(source) for source in self.sources):
            raise ValueError("a file names its sources")


class CardText(Part, frozen=True):
    """A short text with a title, in Discord's Markdown. `filled` replaces placeholders like `{emergency}`."""

    title: str
    body: str

    def __post_init__(self) -> None:
        within(self.title, LABEL_MOST, "the title")
        within(self.body, CARD_MOST, "the body")
        if unknown := self.needs - _KNOWN:
            raise ValueError(f"nothing fills {sorted(unknown)}")

    @property
    def needs(self) -> frozenset[str]:
        """The names of the placeholders, which `filled` needs."""
        return placeholders(self.title + self.body)

    def filled(self, **values: str) -> Self:
        """Return the card with its placeholders replaced. Raises KeyError if one is missing."""
        given = {name: values[name] for name in self.needs}
        return type(self)(_fill(self.title, given), _fill(self.body, given))


def _fill(text: str, given: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: given[found[1]], text)


class ChoiceText(Part, frozen=True):
    """One thing to choose. Its key is stored in rows and custom_ids, and never changes."""

    key: str
    label: str

    def __post_init__(self) -> None:
        within(self.label, LABEL_MOST, "the label")
        steady(self.key)


class FieldText(Part, frozen=True):
    """One field of a form, of at most `most` characters as typed. With `choices` it is a select."""

    key: str
    label: str
    description: str
    most: int
    required: bool
    choices: tuple[ChoiceText, ...] = ()

    def __post_init__(self) -> None:
        within(self.label, 45, f"the label of {self.key}")
        within(self.description, 100, f"the description of {self.key}")
        if not 1 <= self.most <= 4_000:
            raise ValueError(f"{self.key} must take 1 to 4000 characters")


class FormName(StrEnum):
    """The names of the forms. Each has a file in `data/forms/`."""

    OFF = "off"
    SAID = "said"
    PUSHED = "pushed"
    SAW = "saw"
    NAMED = "named"
    ANSWER = "answer"
    ANSWER_OTHERS = "answer_others"
    """For an answer to somebody who saw something, or whose friend did something."""
    PLAN = "plan"
    DIFFERENT = "different"
    PAIR = "pair"
    NOTE = "note"
    NORM = "norm"
    QUESTION = "question"
    CONCERN = "concern"
    SUGGESTION = "suggestion"
    LOCAL = "local"
    REPORT = "report"
    TERMS = "terms"
    BAR = "bar"
    COMMITMENT = "commitment"
    REQUEST = "request"
    MEETING = "meeting"
    NIGHT = "night"
    ZONE = "zone"


class FormText(Written, frozen=True):
    """A form: its title, the text above its fields, and one to four fields."""

    title: str
    above: str
    fields: tuple[FieldText, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.title, 45, "the title")
        within(self.above, 300, "the line above")
        if not 1 <= len(self.fields) <= 4:
            raise ValueError("a form has one to four fields")
        if len({field.key for field in self.fields}) < len(self.fields):
            raise ValueError("two fields have the same key")

    def field(self, key: str) -> FieldText:
        """Return the field with that key. Raises KeyError."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)
