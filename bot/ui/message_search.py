"""Look for a message of the bot in a channel, by a button that only this message has."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import discord

from bot.delivery.outcome import Delivered, SearchPage

PAGE = 100
"""How many messages one request returns."""


async def search(
    channel: discord.PartialMessageable,
    part: str,
    since: datetime,
    before: int | None,
    bot: discord.ClientUser | None,
) -> Delivered | SearchPage:
    """Read one page of a channel, the newest first, for the bot's message with `part` in a custom_id.

    since: nothing older can be it. before: only messages older than this one are read.
    """
    end = None if before is None else discord.Object(before)
    oldest, read = 0, 0
    # Only without `after` does discord.py ask for the newest messages.
    async for message in channel.history(limit=PAGE, before=end):
        if message.author == bot and any(part in one for one in custom_ids(message.components)):
            return Delivered(message.id)
        oldest, read = message.id, read + 1
    more = read == PAGE and discord.utils.snowflake_time(oldest) >= since
    return SearchPage(oldest if more else None)


def custom_ids(components: Iterable[Any]) -> Iterator[str]:
    """Yield the custom_ids of these components and of those inside them."""
    for component in components:
        if getattr(component, "custom_id", None) is not None:
            yield component.custom_id
        yield from custom_ids(getattr(component, "children", ()))
