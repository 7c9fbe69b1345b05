"""Turn a card into Discord components."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from zlib import crc32

import discord
from msgspec.structs import replace

from bot.logs import get_logger
from bot.ui import strings
from bot.ui.components import (
    Attached,
    Beside,
    Button,
    Card,
    ChannelChoice,
    Choice,
    PersonChoice,
    RoleChoice,
    Row,
)
from bot.ui.custom_id import to

log = get_logger(__name__)

ACCENT = discord.Colour(0x6E8CA0)
ROOM = 4000
"""The most characters of text that Discord takes in one message, in all components together."""
_ACROSS = 5
"""The most buttons in one row."""
_BY_COUNTRY = frozenset({to("support.open"), to("contact.open")})

Item = discord.ui.Item[discord.ui.LayoutView]


def laid(card: Card) -> discord.ui.LayoutView:
    """Return the card as a view that discord.py doesn't store, since the router handles its interactions."""
    view = discord.ui.LayoutView(timeout=None)
    card = _fitted(card)
    head = "\n".join(part for part in (_title(card), card.text) if part)
    if not card.said:
        view.add_item(_container([head, card.after, _small(card.small)], [*_shown(card), *_rows(card)]))
    else:
        view.add_item(_container([head], []))
        for spoken in card.said:
            view.add_item(
                discord.ui.Container(discord.ui.TextDisplay(f"**{spoken.heading}**\n{spoken.text}"))
            )
        view.add_item(_container([card.after, _small(card.small)], [*_shown(card), *_rows(card)]))
    view.stop()
    return view


def files(card: Card) -> list[discord.File]:
    """Return the files to send with the card. Make new ones each time, since sending uses them up."""
    one = card.attached
    return [] if one is None else [discord.File(BytesIO(one.content), one.name, description=one.alt or None)]


def _fitted(card: Card) -> Card:
    """Return the card with people's words cut if Discord would refuse it for its length.

    That happens only to a text that is longer than its field allows, which no honest client sends.
    """
    over = sum(map(len, _texts(card))) - ROOM
    if over <= 0:
        return card
    log.warning("A card was too long, and was cut", count=over)
    said = list(card.said)
    for at in sorted(range(len(said)), key=lambda at: -len(said[at].text)):
        kept = max(0, len(said[at].text) - max(0, over) - 1)
        over -= len(said[at].text) - kept - 1
        # A backslash at the end would escape the character that says that something is missing.
        said[at] = replace(said[at], text=said[at].text[:kept].rstrip("\\") + "…")
        if over <= 0:
            break
    return replace(card, said=said)


def _texts(card: Card) -> Iterator[str]:
    """Yield every text of a card, with the marks that are put around it."""
    yield from (f"{_title(card)}\n", card.text, card.after, _small(card.small))
    yield from (f"**{spoken.heading}**\n{spoken.text}" for spoken in card.said)
    yield from (row.text for row in card.rows if isinstance(row, Beside))


def _title(card: Card) -> str:
    return f"{'#' if card.large else '###'} {card.title}" if card.title else ""


def _shown(card: Card) -> list[Item]:
    match card.attached:
        case None:
            return []
        case Attached(alt=""):
            return [discord.ui.File(f"attachment://{card.attached.name}")]
        case Attached():
            picture = discord.MediaGalleryItem(
                f"attachment://{card.attached.name}", description=card.attached.alt
            )
            return [discord.ui.MediaGallery(picture)]


def _container(texts: Sequence[str], rows: Sequence[Item]) -> discord.ui.Container[discord.ui.LayoutView]:
    shown: list[discord.ui.Item[discord.ui.LayoutView]] = [
        discord.ui.TextDisplay(text) for text in texts if text
    ]
    return discord.ui.Container(*shown, *rows, accent_colour=ACCENT)


def _small(text: str) -> str:
    return "\n".join(f"-# {line}" for line in text.splitlines() if line)


def _rows(card: Card) -> list[Item]:
    rows = [list(row) if isinstance(row, Sequence) else row for row in card.rows if row]
    support = [Button(strings.SUPPORT, to("support.open"))] if card.support else []
    close = [Button(strings.CLOSE, to("cards.close"))] if card.close else []
    for button in (*support, *close):
        last = rows[-1] if rows else None
        if isinstance(last, list) and len(last) < _ACROSS:
            last.append(button)
        else:
            rows.append([button])
    return [_row(row, card.country) for row in rows]


def _row(row: Row, country: str) -> Item:
    match row:
        case Choice():
            return discord.ui.ActionRow(_select(row))
        case PersonChoice():
            return discord.ui.ActionRow(
                discord.ui.UserSelect(
                    custom_id=row.custom_id,
                    placeholder=row.prompt,
                    id=_own(row.custom_id),
                    max_values=row.most,
                )
            )
        case ChannelChoice():
            return discord.ui.ActionRow(_channel_select(row))
        case RoleChoice():
            return discord.ui.ActionRow(_role_select(row))
        case Beside():
            return discord.ui.Section(row.text, accessory=_button(row.button, country))
        case _:
            return discord.ui.ActionRow(*(_button(button, country) for button in row))


def _button(button: Button, country: str) -> discord.ui.Button[discord.ui.LayoutView]:
    custom_id = button.custom_id + (country if button.custom_id in _BY_COUNTRY else "")
    return discord.ui.Button(label=button.label, custom_id=custom_id, style=button.tone.value)


def _channel_select(choice: ChannelChoice) -> discord.ui.ChannelSelect[discord.ui.LayoutView]:
    current = [] if choice.chosen is None else [discord.Object(choice.chosen, type=discord.TextChannel)]
    return discord.ui.ChannelSelect(
        custom_id=choice.custom_id,
        id=_own(choice.custom_id),
        placeholder=choice.prompt,
        channel_types=[discord.ChannelType.text, discord.ChannelType.news],
        default_values=current,
    )


def _role_select(choice: RoleChoice) -> discord.ui.RoleSelect[discord.ui.LayoutView]:
    current = [] if choice.chosen is None else [discord.Object(choice.chosen, type=discord.Role)]
    return discord.ui.RoleSelect(
        custom_id=choice.custom_id,
        id=_own(choice.custom_id),
        placeholder=choice.prompt,
        default_values=current,
    )


def _select(choice: Choice) -> discord.ui.Select[discord.ui.LayoutView]:
    options = [
        discord.SelectOption(label=o.label, value=o.value, description=o.description, default=o.chosen)
        for o in choice.options
    ]
    return discord.ui.Select(
        custom_id=choice.custom_id,
        id=_own(choice.custom_id),
        placeholder=choice.prompt,
        options=options,
        min_values=choice.least,
        max_values=min(choice.most, len(options)),
    )


def _own(custom_id: str) -> int:
    """Return a component id made from the custom_id.

    By default the id is the component's position, and then a select that replaces another one in the same
    position would still show what was chosen in the old one.
    """
    return crc32(custom_id.encode()) & 0x7FFFFFFF or 1
