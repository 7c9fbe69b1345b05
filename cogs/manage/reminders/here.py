"""Where a moderator stands."""

from bot.errors import NotYours
from bot.ids import ServerId
from bot.ui.press import Press


def here(press: Press) -> ServerId:
    """The server stood in: it is never taken from what was pressed."""
    if press.server is None:
        raise NotYours
    return press.server
