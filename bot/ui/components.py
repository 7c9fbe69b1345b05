"""The one card style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import discord

from bot.ui import plain

PAGE = 2400
"""Characters of somebody's own words on one card, after escaping: the rest of the room is ours."""


class Tone(Enum):
    """How much a button asks to be pressed."""

    CHIEF = discord.ButtonStyle.primary
    QUIET = discord.ButtonStyle.secondary


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    custom_id: str
    """The custom_id, made by `custom_id.to`."""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    value: str
    description: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A select; `least` to `most` of its options at once."""

    prompt: str
    custom_id: str
    options: Sequence[Option]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A select of one member of the server stood in."""

    prompt: str
    custom_id: str


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """A select of one text channel of the server stood in; `chosen` is the id of the one set already."""

    prompt: str
    custom_id: str
    chosen: int | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A line of our Markdown with its own button at its side."""

    text: str
    button: Button


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's own words: a heading of ours, and what they typed, already escaped (`said`, `pages`)."""

    heading: str
    text: str


Row = Choice | PersonChoice | ChannelChoice | Beside | Sequence[Button]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that comes with a card; with an `alt` text it is a picture, and shown as one."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything one message shows. `text` is ours, in Markdown; `said` is people's own words, kept apart."""

    title: str
    text: str = ""
    said: Sequence[Said] = ()
    after: str = ""
    rows: Sequence[Row] = ()
    small: str = ""
    attached: Attached | None = None
    support: bool = True
    country: str = ""
    """The country's code with which `Support` and its like open; empty: that of the server they stand in."""

    def within(self, country: str | None) -> "Card":
        """The same, where the server it is about is known: in DMs nothing else tells the country."""
        return replace(self, country=country or "")


def said(heading: str, text: str) -> Said:
    """Their words on one card, where they surely fit (400 characters at most)."""
    return Said(heading, plain.escaped(text))


def pages(spoken: Sequence[tuple[str, str]], room: int = PAGE) -> list[list[Said]]:
    """(heading, words as typed) laid on as many cards as they need: nothing is cut, and headings repeat."""
    laid: list[list[Said]] = [[]]
    left = room
    for heading, text in spoken:
        if not text:
            continue
        whole = plain.escaped(text)
        for piece in [whole] if len(whole) <= left else plain.split(text, room):
            if laid[-1] and len(piece) > left:
                laid.append([])
                left = room
            laid[-1].append(Said(heading, piece))
            left -= len(piece)
    return laid
