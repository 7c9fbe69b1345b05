"""What the bot waits for next: where the clock must stop on its way."""

from datetime import datetime
from typing import Any


async def next_due(bot: Any) -> datetime | None:
    """The earliest time that stands on the bot's agenda or in its outbox; None for a bot without a house."""
    house = getattr(bot, "house", None)
    if house is None:
        return None
    times = [await house.agenda.next_due(), await house.courier.next_due()]
    return min((at for at in times if at is not None), default=None)
