"""What moderators see of reminders."""

from dataclasses import dataclass
from datetime import datetime

from bot.norms.model import Norm
from bot.reminders.model import Expected, Reminder, Turn


@dataclass(frozen=True, slots=True)
class Shown:
    """A reminder and its next times, five at most; before events, each with the event at its place."""

    reminder: Reminder
    times: tuple[datetime, ...] = ()
    events: tuple[Expected, ...] = ()

    @property
    def next_at(self) -> datetime | None:
        return self.times[0] if self.times else None


@dataclass(frozen=True, slots=True)
class Home:
    """All of a server's; whether it has norms in force, without which only stories come."""

    shown: tuple[Shown, ...]
    norms: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would be posted next; without a turn there is nothing to be shown."""

    shown: Shown
    turn: Turn | None
    norm: Norm | None = None
