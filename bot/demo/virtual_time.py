"""Let APScheduler follow the pretend clock.

SimCord moves `discord.utils.utcnow` alone, and APScheduler reads the time in another way.
"""

from datetime import datetime, tzinfo
from importlib import import_module
from typing import Any

import discord

_MODULES = (
    "apscheduler.schedulers.base",
    "apscheduler.executors.base",
    "apscheduler.job",
    "apscheduler.triggers.base",
    "apscheduler.triggers.date",
    "apscheduler.triggers.interval",
    "apscheduler.triggers.cron",
    "apscheduler.triggers.calendarinterval",
)


class _LikeDatetime(type):
    """Like `datetime` in everything but `now`: the constructor, the class methods, and `isinstance`."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)

    def __call__(cls, *args: Any, **kwargs: Any) -> datetime:
        return datetime(*args, **kwargs)  # noqa: DTZ001 - whatever APScheduler asks for

    def __getattr__(cls, name: str) -> Any:
        return getattr(datetime, name)


class _FollowingDatetime(metaclass=_LikeDatetime):
    @staticmethod
    def now(tz: tzinfo | None = None) -> datetime:
        moment = discord.utils.utcnow()
        return moment.astimezone(tz) if tz is not None else moment.astimezone().replace(tzinfo=None)


def follow_virtual_time() -> None:
    """Let APScheduler read `discord.utils.utcnow`: SimCord's clock on its server, else the real one."""
    for name in _MODULES:
        module = import_module(name)
        if getattr(module, "datetime", None) is datetime:
            module.__dict__["datetime"] = _FollowingDatetime
