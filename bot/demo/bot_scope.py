"""What a service begins counts as the bot's own work, also if a test or the demo called the service.

SimCord moves the clock only for tasks that the bot began, and waits only for those. A service that is called
from outside wakes Wakeup and the dispatcher, and the tasks that they begin would run on the real clock.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from simcord import Env

from bot.demo.simcord_internals import bot_scope

Hears = Callable[[datetime], None]


def keep_inside(env: Env, bot: Any) -> None:
    """Run the calls that wake Wakeup and the dispatcher as the bot's own. A second call changes nothing."""
    services = getattr(bot, "services", None)
    if services is None:
        return
    wakers = [(timed, "on_earlier") for timed in services.wakeup._timed] + [
        (services.outbox, "on_waiting"),
        (services.channel_posts, "on_waiting"),
    ]
    for holder, name in wakers:
        hears = getattr(holder, name)
        if hears is not None and not hasattr(hears, "inside"):
            setattr(holder, name, _inside(env, hears))


def _inside(env: Env, hears: Hears) -> Hears:
    def hear(at: datetime) -> None:
        with bot_scope(env):
            hears(at)

    hear.__dict__["inside"] = True
    return hear
