"""The server in which a moderator uses `/manage`."""

from bot.errors import NotYours
from bot.ids import ServerId
from bot.ui.context import InteractionContext


def here(ctx: InteractionContext) -> ServerId:
    """Return the server in which the button was pressed. It is never taken from the custom_id."""
    if ctx.server is None:
        raise NotYours
    return ctx.server
