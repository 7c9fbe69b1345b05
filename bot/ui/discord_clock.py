"""Compare this machine's clock with Discord's, which stands in the header Date of each of its answers."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from discord.http import Route

_ANSWERS_WITHIN = aiohttp.ClientTimeout(10)


async def clock_ahead(now: Callable[[], datetime]) -> timedelta | None:
    """Return how far this machine's clock is ahead, to a second or two; None if Discord doesn't say."""
    try:
        async with (
            aiohttp.ClientSession(timeout=_ANSWERS_WITHIN) as session,
            # It needs no token, and Discord answers it from a cache.
            session.get(f"{Route.BASE}/gateway") as answer,
        ):
            told = parsedate_to_datetime(answer.headers["Date"])
            return now() - told
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
