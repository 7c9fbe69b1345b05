"""When the bot must wake up next, since the pretend clock has to stop there."""

from datetime import datetime, timedelta
from typing import Any

_A_TURN = timedelta(seconds=1)


async def next_due(bot: Any) -> datetime | None:
    """Return the next time at which the bot must wake up, or None for a bot without services."""
    services = getattr(bot, "services", None)
    if services is None:
        return None
    if services.dm_dispatcher.busy or services.channel_dispatcher.busy:
        # Between two requests a message waits for its turn. It must be sent before the clock moves on.
        now: datetime = bot.now()
        return now + _A_TURN
    times = [await timed.next_due() for timed in services.wakeup._timed]
    return min((at for at in times if at is not None), default=None)
