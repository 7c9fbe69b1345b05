"""The vital signs of the running bot: what can be seen of it at one moment."""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct


class Phase(StrEnum):
    """How far the bot is between its start and its end. The value is what is said about it."""

    STARTING = "starting"
    UPGRADING = "opening the database, which may have to be upgraded"
    RUNNING = "running"
    STOPPING = "stopping"


class Overdue(Struct, frozen=True):
    """What should have been done before, and since when: the kind of a timer, a message or a post."""

    kind: str
    since: datetime


class Vitals(Struct, frozen=True):
    """What is seen at one moment. What can't be told is None.

    connected: how many shards Discord has said to be ready; shards: how many there are.
    silent: how long nothing has come from Discord on the shard that has been silent the longest.
    storage: why nothing can be stored now, in words; None if it can.
    overdue: the oldest thing that is due, and that nothing holds back.
    free_bytes: on the disk of the state folder; needed_bytes: what a copy of the database would need there.
    clock_ahead: how far this machine's clock is ahead of Discord's.
    logins_left: in this day, by the bot's own limit.
    backup_age: of the newest backup, or since the start if there is none; None if none is to be made.
    rehearsal_age: the same of the last rehearsal of a restore.
    """

    at: datetime
    phase: Phase
    connected: int = 0
    shards: int = 0
    silent: timedelta | None = None
    storage: str | None = None
    overdue: Overdue | None = None
    free_bytes: int | None = None
    needed_bytes: int = 0
    clock_ahead: timedelta | None = None
    logins_left: int | None = None
    backup_age: timedelta | None = None
    rehearsal_age: timedelta | None = None

    @property
    def ready(self) -> bool:
        """Whether people get answers: it has started, Discord is connected, and something can be stored."""
        return self.phase is Phase.RUNNING and 0 < self.shards == self.connected and self.storage is None
