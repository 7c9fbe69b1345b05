"""The cards of `/inbox`."""

from collections.abc import Sequence

from bot.ui.components import Beside, Button, Card, Row, Tone
from bot.ui.custom_id import to
from bot.ui.inbox import InboxEntry
from cogs.me.inbox import strings

ON_A_PAGE = 6


def inbox(entries: Sequence[InboxEntry], page: int) -> Card:
    """Show six on a page, each with its own `Open`. If `page` no longer exists, show the last one."""
    if not entries:
        return Card(strings.EMPTY_TITLE, strings.EMPTY)
    page = min(page, (len(entries) - 1) // ON_A_PAGE)
    first = page * ON_A_PAGE
    here = entries[first : first + ON_A_PAGE]
    rows: list[Row] = [
        Beside(entry.text, Button(strings.OPEN, entry.custom_id, Tone.CHIEF)) for entry in here
    ]
    more = len(entries) > ON_A_PAGE
    if more:
        rows.append(_turn(len(entries), page))
    counted = (
        strings.COUNTED.format(first=first + 1, last=first + len(here), all=len(entries)) if more else ""
    )
    return Card(strings.TITLE, rows=rows, small=counted)


def closed(line: str) -> Card:
    """Say that a message has closed. `line` is the entry that it had in `/inbox`."""
    about = strings.CLOSED_ABOUT.format(line=line)
    return Card(strings.CLOSED_TITLE, f"{about}\n\n{strings.CLOSED}")


def _turn(count: int, page: int) -> Sequence[Button]:
    back = [Button(strings.BACK, to("inbox.show", str(page - 1)))] if page else []
    ahead = (page + 1) * ON_A_PAGE < count
    return (*back, *([Button(strings.NEXT, to("inbox.show", str(page + 1)))] if ahead else []))
