"""Cards: what one message of the bot shows, and the parts that it is made of."""

from collections.abc import Sequence
from enum import Enum

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.text import is_blank
from bot.ui import plain

PAGE = 2400
"""Characters of people's own words on one card, after escaping. The rest is left for the bot's text."""


class Tone(Enum):
    """How much a button stands out."""

    CHIEF = discord.ButtonStyle.primary
    QUIET = discord.ButtonStyle.secondary


class Button(Struct, frozen=True):
    label: str
    custom_id: str
    """The button's custom_id, which `custom_id.to` returns."""
    tone: Tone = Tone.QUIET


class Option(Struct, frozen=True):
    label: str
    value: str
    description: str | None = None
    chosen: bool = False


class Choice(Struct, frozen=True):
    """A select, in which `least` to `most` options can be chosen."""

    prompt: str
    custom_id: str
    options: Sequence[Option]
    least: int = 1
    most: int = 1


class PersonChoice(Struct, frozen=True):
    """A select of at most `most` members of the server in which it is shown."""

    prompt: str
    custom_id: str
    most: int = 1


class ChannelChoice(Struct, frozen=True):
    """A select of one text channel of the server in which it is shown. `chosen` is the current one's id."""

    prompt: str
    custom_id: str
    chosen: int | None = None


class RoleChoice(Struct, frozen=True):
    """A select of one role of the server in which it is shown. `chosen` is the current one's id."""

    prompt: str
    custom_id: str
    chosen: int | None = None


class Beside(Struct, frozen=True):
    """The bot's own text in Markdown, with a button beside it."""

    text: str
    button: Button


class Said(Struct, frozen=True):
    """A person's own words, already escaped (see `said`, `pages`), under a heading of the bot's."""

    heading: str
    text: str


Row = Choice | PersonChoice | ChannelChoice | RoleChoice | Beside | Sequence[Button]


class Attached(Struct, frozen=True):
    """A file that is sent with a card. With an `alt` text it is shown as a picture."""

    name: str
    content: bytes
    alt: str = ""


class Card(Struct, frozen=True):
    """Everything that one message shows. `text` is the bot's, in Markdown; `said` is people's own words."""

    title: str
    text: str = ""
    said: Sequence[Said] = ()
    after: str = ""
    rows: Sequence[Row] = ()
    small: str = ""
    attached: Attached | None = None
    support: bool = True
    country: str = ""
    """The code of the country for which `Support` opens. Empty means the country of the current server."""
    close: bool = False
    """Whether it has `Close`, which deletes it at once: somebody may look over their shoulder."""
    large: bool = False
    """Whether its title is shown large, for somebody who reads it at night and has drunk."""

    def within(self, country: str | None) -> "Card":
        """Return the card with this country. It is needed in DMs, where there is no current server."""
        return replace(self, country=country or "")


def said(heading: str, text: str) -> Said:
    """Escape a person's words for one card. Only for texts that always fit (400 characters at most)."""
    return Said(heading, plain.escaped(text))


def pages(spoken: Sequence[tuple[str, str]], room: int = PAGE) -> list[list[Said]]:
    """Split (heading, words as typed) pairs over as many cards as they need. Nothing is cut off.

    A heading is repeated on each card on which its words go on.
    """
    cards: list[list[Said]] = [[]]
    left = room
    for heading, text in spoken:
        if is_blank(text):
            continue
        whole = plain.escaped(text)
        for piece in [whole] if len(whole) <= left else plain.split(text, room):
            if cards[-1] and len(piece) > left:
                cards.append([])
                left = room
            cards[-1].append(Said(heading, piece))
            left -= len(piece)
    return cards
