"""What the parts of a set-up have in common."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from bot.ui.components import Choice, Option, Row
from bot.ui.custom_id import to

COUNTRY, CHANNEL, PACK, AGREE, ASKS = range(1, 6)
"""The parts, in the order in which they are gone through."""
LAST = ASKS


class Mode(StrEnum):
    """Whether a part is a step on the way, which `Next` follows, or changed alone, from the summary."""

    STEP = "step"
    ALONE = "alone"


class Part(NamedTuple):
    """What a part says, paragraph by paragraph, and what can be chosen in it."""

    title: str
    said: Sequence[str]
    rows: Sequence[Row]


def leads(number: int, mode: Mode) -> str:
    """Where a button leads that shows this part."""
    return to("manage.step", str(number), mode)


def numbers(
    prompt: str, leads: str, current: int, offered: Sequence[int], said: Callable[[int], str]
) -> Choice:
    """A select of numbers. The present value is included even if it is not one of the usual ones."""
    options = [Option(said(one), str(one), chosen=one == current) for one in sorted({*offered, current})]
    return Choice(prompt, leads, options)
