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
from cogs.manage.setup.cards.part import AGREE, ASKS, CHANNEL, COUNTRY, LAST, PACK, WELCOME, Mode, Part, leads
from cogs.manage.setup.cards.welcome import welcome
from cogs.manage.setup.here import Here

PARTS: dict[int, Callable[[Library, Here, Mode], Part]] = {
    COUNTRY: country,
    CHANNEL: channels,
    PACK: packs,
    AGREE: agree,
    ASKS: asks,
    WELCOME: welcome,
}


def step(number: int, library: Library, here: Here, mode: Mode, notice: str = "") -> Card:
    """Show the part with that number. `notice` says what a press has just done."""
    part = PARTS[number](library, here, mode)
    head = (
        part.title if mode is Mode.ALONE else strings.STEP.format(number=number, all=LAST, title=part.title)
    )
    text = "\n\n".join(one for one in (notice, *part.said) if one)
    return Card(head, text, rows=(*part.rows, _onward(number, part, mode)), small=part.small)


def _onward(number: int, part: Part, mode: Mode) -> list[Button]:
    """Return the buttons that lead on.

    After the last step, and in the mode ALONE, they lead to the summary.
    """
    summary = to("manage.summary")
    tone = Tone.CHIEF if part.chief is None else Tone.QUIET
    chief = [] if part.chief is None else [part.chief]
    if mode is Mode.ALONE:
        return [*chief, Button(strings.DONE, summary, tone)]
    back = [Button(strings.BACK, leads(number - 1, mode))] if number > COUNTRY else []
    on = summary if number == LAST else leads(number + 1, mode)
    return [*chief, Button(strings.NEXT, on, tone), *back]
