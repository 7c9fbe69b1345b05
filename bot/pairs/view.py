"""What one of the two sees of a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.pairs.check_in import CheckIn
from bot.pairs.model import Change, Pair, Side, Words


@dataclass(frozen=True, slots=True)
class Draft:
    """A pair before both have written: for its starter, or for the one who is asked. `name`: the other's."""

    pair: Pair
    name: str
    words: Words
    mine: bool
    """Whether the one who sees it started it."""


@dataclass(frozen=True, slots=True)
class View:
    """A pair that both agreed to, as one of the two sees it; `side` is their own, `name` the other's."""

    pair: Pair
    side: Side
    name: str
    mine: Words
    theirs: Words
    change: Change | None = None
    """Other terms that they are putting to the other, sent or not yet."""
    offered: Change | None = None
    """Other terms that the other has put to them."""
    open_check_in: CheckIn | None = None
    shared: int = 0
    """How much the other has shared that can be read."""
    unread: bool = False
    """Whether what the other wrote for them was not shown before."""

    @property
    def paused_until(self) -> datetime | None:
        both = (self.pair.paused_until, self.side.hushed_until)
        return max((until for until in both if until is not None), default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A check-in as the one who is asked sees it. `next_at`: their next; None where it is the last."""

    check_in: CheckIn
    name: str
    note: str
    next_at: datetime | None
    renewing: bool = False
    """Whether they have said that they would go on."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What the other shared: how it was, and a note, if there is one; which of how many, newest first."""

    check_in: CheckIn
    name: str
    note: str
    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Wished:
    """The other would like to talk; `name` is theirs."""

    check_in: CheckIn
    name: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One's own note, or what one shared; which of how many, newest first. `running`: does the pair?"""

    check_in: CheckIn
    name: str
    note: str
    number: int
    count: int
    running: bool


@dataclass(frozen=True, slots=True)
class Months:
    """One's own check-ins in a span of months, in order. `earlier`, `later`: whether there are others."""

    pair: Pair
    name: str
    first_month: tuple[int, int]
    """Year and month."""
    count: int
    check_ins: Sequence[CheckIn]
    earlier: bool
    later: bool
