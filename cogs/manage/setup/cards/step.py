"""A part of the setup as a card, with the buttons `Next` and `Back`."""

from collections.abc import Callable

from bot.content.library import Library
from bot.ui.components import Button, Card, Tone
from bot.ui.custom_id import to
from cogs.manage.setup import strings
from cogs.manage.setup.cards.agree import agree
from cogs.manage.setup.cards.asks import asks
from cogs.manage.setup.cards.channels import channels
from cogs.manage.setup.cards.country import country
from cogs.manage.setup.cards.packs import packs
from cogs.manage.setup.cards.part import AGREE, ASKS, CHANNEL, COUNTRY, LAST, PACK, Mode, Part, leads
from cogs.manage.setup.here import Here

PARTS: dict[int, Callable[[Library, Here, Mode], Part]] = {
    COUNTRY: country,
    CHANNEL: channels,
    PACK: packs,
    AGREE: agree,
    ASKS: asks,
}


def step(number: int, library: Library, here: Here, mode: Mode, notice: str = "") -> Card:
    """Show the part with that number. `notice` says what a press has just done."""
    title, said, rows = PARTS[number](library, here, mode)
    head = title if mode is Mode.ALONE else strings.STEP.format(number=number, all=LAST, title=title)
    text = "\n\n".join(part for part in (notice, *said) if part)
    return Card(head, text, rows=(*rows, _onward(number, here, mode)))


def _onward(number: int, here: Here, mode: Mode) -> list[Button]:
    """Return the buttons that lead on.

    After the last step, and in the mode ALONE, they lead to the summary.
    """
    summary = to("manage.summary")
    if mode is Mode.ALONE:
        return [Button(strings.DONE, summary, Tone.CHIEF)]
    back = [Button(strings.BACK, leads(number - 1, mode))] if number > COUNTRY else []
    on = summary if number == LAST else leads(number + 1, mode)
    without = number == PACK and not here.drafted
    return [Button(strings.NOT_NOW if without else strings.NEXT, on, Tone.CHIEF), *back]
