"""The one card style."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

import discord

from bot.ui import plain, words
from bot.ui.route import to

ACCENT = discord.Colour(0x6E8CA0)
ROOM = 4000
"""Characters of text in one message, all its parts together."""
PAGE = 2400
"""Characters of somebody's own words on one card, after escaping: the rest of the room is ours."""


class Tone(Enum):
    """How much a button asks to be pressed."""

    CHIEF = discord.ButtonStyle.primary
    QUIET = discord.ButtonStyle.secondary


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    leads: str
    """The custom_id, made by `route.to`."""
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
    leads: str
    options: Sequence[Option]
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A select of one member of the server stood in."""

    prompt: str
    leads: str


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


_ACROSS = 5
"""Buttons in one row."""
Item = discord.ui.Item[discord.ui.LayoutView]
Row = Choice | PersonChoice | Beside | Sequence[Button]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything one message shows. `text` is ours, in Markdown; `said` is people's own words, kept apart."""

    title: str
    text: str = ""
    said: Sequence[Said] = ()
    after: str = ""
    rows: Sequence[Row] = ()
    small: str = ""
    support: bool = True
    country: str = ""
    """The country's code with which `Support` and its like open; empty: that of the server they stand in."""

    def within(self, country: str | None) -> "Card":
        """The same, where the server it is about is known: in DMs nothing else tells the country."""
        return replace(self, country=country or "")


_BY_COUNTRY = frozenset({to("support.open"), to("contact.open")})


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


def laid(card: Card) -> discord.ui.LayoutView:
    """The card as a view that discord.py does not keep: every press of it enters by the door."""
    view = discord.ui.LayoutView(timeout=None)
    head = "\n".join(part for part in (f"### {card.title}" if card.title else "", card.text) if part)
    if not card.said:
        view.add_item(_container([head, card.after, _small(card.small)], [*_rows(card)]))
    else:
        view.add_item(_container([head], []))
        for spoken in card.said:
            view.add_item(
                discord.ui.Container(discord.ui.TextDisplay(f"**{spoken.heading}**\n{spoken.text}"))
            )
        view.add_item(_container([card.after, _small(card.small)], [*_rows(card)]))
    view.stop()
    return view


def _container(texts: Sequence[str], rows: Sequence[Item]) -> discord.ui.Container[discord.ui.LayoutView]:
    shown: list[discord.ui.Item[discord.ui.LayoutView]] = [
        discord.ui.TextDisplay(text) for text in texts if text
    ]
    return discord.ui.Container(*shown, *rows, accent_colour=ACCENT)


def _small(text: str) -> str:
    return "\n".join(f"-# {line}" for line in text.splitlines() if line)


def _rows(card: Card) -> list[Item]:
    rows = [list(row) if isinstance(row, Sequence) else row for row in card.rows if row]
    if card.support:
        support = Button(words.SUPPORT, to("support.open"))
        last = rows[-1] if rows else None
        if isinstance(last, list) and len(last) < _ACROSS:
            last.append(support)
        else:
            rows.append([support])
    return [_row(row, card.country) for row in rows]


def _row(row: Choice | PersonChoice | Beside | list[Button], country: str) -> Item:
    match row:
        case Choice():
            return discord.ui.ActionRow(_select(row))
        case PersonChoice():
            return discord.ui.ActionRow(discord.ui.UserSelect(custom_id=row.leads, placeholder=row.prompt))
        case Beside():
            return discord.ui.Section(row.text, accessory=_button(row.button, country))
        case _:
            return discord.ui.ActionRow(*(_button(button, country) for button in row))


def _button(button: Button, country: str) -> discord.ui.Button[discord.ui.LayoutView]:
    leads = button.leads + (country if button.leads in _BY_COUNTRY else "")
    return discord.ui.Button(label=button.label, custom_id=leads, style=button.tone.value)


def _select(choice: Choice) -> discord.ui.Select[discord.ui.LayoutView]:
    options = [
        discord.SelectOption(label=o.label, value=o.value, description=o.description, default=o.chosen)
        for o in choice.options
    ]
    return discord.ui.Select(
        custom_id=choice.leads,
        placeholder=choice.prompt,
        options=options,
        min_values=choice.least,
        max_values=min(choice.most, len(options)),
    )
