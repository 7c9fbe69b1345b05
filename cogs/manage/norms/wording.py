"""Text of norms and their changes, split into pages. It is worded as members read it."""

from collections.abc import Sequence

from bot.norms.models import VersionState
from bot.ui.components import Button, Said
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.norms.wording import counts, paged

_ENDED = (VersionState.NOT_RATIFIED, VersionState.REPLACED, VersionState.WITHDRAWN)


def said(yes: int, concerns: int = 0, state: VersionState = VersionState.OPEN) -> str:
    """Return what members have answered, in words: in the past tense if they can't answer any more."""
    past = state in _ENDED
    if not yes + concerns and state is VersionState.NOT_RATIFIED:
        return strings.NOBODY_ANSWERED
    if not yes + concerns:
        return strings.NOBODY_WAS_IN if past else strings.NOTHING_SAID
    return counts(yes, concerns, past=past)


class Leaves:
    """Blocks of text on as many pages as they need, and the page that a button names."""

    def __init__(self, blocks: Sequence[str], number: str) -> None:
        self._pages = ["\n\n".join(page) for page in paged(blocks)]
        self._at = at(self._pages, number)

    def said(self, heading: str) -> list[Said]:
        """Return the text of the page under a heading; nothing if there is no text."""
        text = self._pages[self._at]
        return [Said(heading, text)] if text else []

    def turning(self, verb: str, argument: str = "") -> list[Button]:
        """Return the buttons to the other pages.

        The number of a page is the verb's argument, or the word after it.
        """
        back, ahead = str(self._at - 1), str(self._at + 1)
        return [
            *([Button(strings.BACK, _page(verb, argument, back))] if self._at else []),
            *([Button(strings.NEXT, _page(verb, argument, ahead))] if int(ahead) < len(self._pages) else []),
        ]

    def small(self, below: str = "") -> str:
        """Return the number of the page if there are several, and `below` under it, for the small print."""
        count = len(self._pages)
        page = strings.PAGE.format(number=self._at + 1, count=count) if count > 1 else ""
        return "\n".join(line for line in (page, below) if line)


def at(pages: Sequence[object], number: str) -> int:
    """Return the index that a button names, limited to the pages that exist."""
    return min(int(number) if number.isdecimal() else 0, len(pages) - 1)


def _page(verb: str, argument: str, number: str) -> str:
    return to(verb, argument, number) if argument else to(verb, number)
