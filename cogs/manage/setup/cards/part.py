"""What the parts of the setup have in common."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.ui.components import Button, Choice, Option, Row
from bot.ui.custom_id import to

COUNTRY, CHANNEL, PACK, AGREE, ASKS, WELCOME = range(1, 7)
"""The numbers of the parts, in their order."""
LAST = WELCOME


class Mode(StrEnum):
    """STEP: the part is one of the steps, with `Next`. ALONE: it is changed alone, from the summary."""

    STEP = "step"
    ALONE = "alone"


class Part(NamedTuple):
    """A part of the setup: its title, its paragraphs, and its selects and buttons.

    chief: the button that does what the part is for, before `Next`. If there is one, `Next` is quiet.
    """

    title: str
    said: Sequence[str]
    rows: Sequence[Row]
    small: str = ""
    chief: Button | None = None


def leads(number: int, mode: Mode) -> str:
    """Return the custom_id of a button that shows this part."""
    return to("manage.step", str(number), mode)


def numbers(
    prompt: str, leads: str, current: int, offered: Sequence[int], said: Callable[[int], str]
) -> Choice:
    """Return a select of numbers. The current number is offered even if it is not one of the usual ones."""
    options = [Option(said(one), str(one), chosen=one == current) for one in sorted({*offered, current})]
    return Choice(prompt, leads, options)
