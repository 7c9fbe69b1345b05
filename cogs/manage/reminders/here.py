"""Where a moderator stands."""

from bot.errors import NotYours
from bot.ids import ServerId
from bot.ui.context import InteractionContext


def here(ctx: InteractionContext) -> ServerId:
    """The server stood in: it is never taken from what was pressed."""
    if ctx.server is None:
        raise NotYours
    return ctx.server
