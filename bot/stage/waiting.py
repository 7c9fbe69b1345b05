"""What the bot waits for next: where the clock must stop on its way."""

from datetime import datetime
from typing import Any


async def next_due(bot: Any) -> datetime | None:
    """The earliest time for which the bot's alarm is needed; None for a bot without a house."""
    house = getattr(bot, "house", None)
    if house is None:
        return None
    times = [await timed.next_due() for timed in house.alarm._timed]
    return min((at for at in times if at is not None), default=None)
