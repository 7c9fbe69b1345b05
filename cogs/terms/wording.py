"""How terms are written out, and how they are read again from a card that shows them."""

from collections.abc import Iterable

from bot.errors import NotYours
from bot.terms.models import TermsText, Want
from bot.ui import plain
from cogs.terms import strings

_MARK = "• "
_LETTERS = dict(zip(Want, "abcdefghij", strict=True))
"""A letter for each thing that somebody can want. They stand in custom_ids, so they never change."""


def written(text: TermsText) -> str:
    """Return what somebody chose, a line for each, and below that their own words."""
    chosen = "\n".join(f"{_MARK}{strings.WANTS[want]}" for want in text.wants)
    return "\n\n".join(part for part in (chosen, text.words) if part)


def shown_again(shown: str, wants: tuple[Want, ...]) -> TermsText:
    """Return the terms that stand in the block of a card; nothing if it has none.

    They are nowhere else before somebody keeps them. What was chosen is known from the button.
    """
    block = plain.in_block(shown)
    if not block:
        return TermsText()
    lines = block.split("\n")[len(wants) :]
    if wants and lines and not lines[0]:
        lines = lines[1:]
    return TermsText.of(wants, "\n".join(lines))


def letters(wants: Iterable[Want]) -> str:
    """Return what was chosen as the argument of a custom_id."""
    return "".join(_LETTERS[want] for want in wants)


def wants_of(argument: str) -> tuple[Want, ...]:
    """Return what an argument says was chosen. Raises NotYours for anything else."""
    named = {letter: want for want, letter in _LETTERS.items()}
    if not {*argument} <= named.keys():
        raise NotYours
    return TermsText.of((named[letter] for letter in argument), "").wants


def chosen(values: Iterable[str]) -> tuple[Want, ...]:
    """Return what was chosen in the select. Raises NotYours for an option that wasn't offered."""
    try:
        return TermsText.of((Want(value) for value in values), "").wants
    except ValueError:
        raise NotYours from None
