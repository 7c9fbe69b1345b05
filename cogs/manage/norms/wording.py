"""Pages of norms and of what changed in them; the words for both are those that members read."""

from collections.abc import Sequence

from bot.ui.components import Button, Said
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.norms.wording import counts, paged


def said(yes: int, concerns: int) -> str:
    """What members have answered."""
    return counts(yes, concerns) if yes + concerns else strings.NOTHING_SAID


class Leaves:
    """Blocks of text on as many cards as they need, and the one of them that a button names."""

    def __init__(self, blocks: Sequence[str], number: str) -> None:
        self._pages = ["\n\n".join(page) for page in paged(blocks)]
        self._at = at(self._pages, number)

    def said(self, heading: str) -> list[Said]:
        """Nothing where there is no block."""
        text = self._pages[self._at]
        return [Said(heading, text)] if text else []

    def turning(self, verb: str, argument: str = "") -> list[Button]:
        """Only where there are several. The page is the verb's argument, or its word after one."""
        back, ahead = str(self._at - 1), str(self._at + 1)
        return [
            *([Button(strings.BACK, _page(verb, argument, back))] if self._at else []),
            *([Button(strings.NEXT, _page(verb, argument, ahead))] if int(ahead) < len(self._pages) else []),
        ]

    def small(self, below: str = "") -> str:
        """Which page it is, where there are several, and what else stands small."""
        count = len(self._pages)
        page = strings.PAGE.format(number=self._at + 1, count=count) if count > 1 else ""
        return "\n".join(line for line in (page, below) if line)


def at(pages: Sequence[object], number: str) -> int:
    """The page that a button names, kept within those there are."""
    return min(int(number) if number.isdecimal() else 0, len(pages) - 1)


def _page(verb: str, argument: str, number: str) -> str:
    return to(verb, argument, number) if argument else to(verb, number)
