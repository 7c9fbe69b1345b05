"""Show the label of a person. Nothing else shows people's names.

`bot/people/labels.py` makes the labels, told apart from those of namesakes. A label is empty if the person
has no name in the server; then it is said here that they left.
"""

from bot.people.labels import LONGEST
from bot.text import is_blank
from bot.ui import plain, strings


def option(label: str) -> str:
    """Return what an option shows: plain text, never empty."""
    return plain.option(label, strings.SOMEONE_FIRST, LONGEST)


def within(label: str) -> str:
    """Return the same, to stand within the sentence of an option."""
    return plain.option(label, strings.SOMEONE, LONGEST)


def cell(label: str) -> str:
    """Return what a file of values shows, where nothing has to be escaped or cut."""
    return strings.SOMEONE if is_blank(label) else label


def name(label: str) -> str:
    """Return what a card's text shows: escaped, and isolated so that it can't change the text direction."""
    return plain.name(label, strings.SOMEONE, LONGEST)


def name_first(label: str) -> str:
    """Return the same, to begin a sentence with."""
    return plain.name(label, strings.SOMEONE_FIRST, LONGEST)
