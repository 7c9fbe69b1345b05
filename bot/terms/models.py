"""Terms: what somebody wants from a person who hurt them, and the one person who carries it for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId, ServerId
from bot.terms.errors import CarryingClosed
from bot.text import is_blank

KEPT = timedelta(days=365)
"""How long terms are kept after they were last written."""
LAPSES_AFTER = timedelta(days=14)
AGAIN_AFTER = timedelta(days=90)
"""How long nothing that the same person asks reaches somebody who said no or handed it back."""
AGAIN_AFTER_TAKEN_BACK = timedelta(days=30)
"""The same for a question that its author took back. Otherwise it could be asked again every minute."""
KEPT_AFTER_END = timedelta(days=30)
"""How long a carrying that has ended is kept, without its text, so that an old button says that it has."""


class Want(StrEnum):
    """What somebody may want. The values are sealed, and stand in the custom_ids of forms as their place."""

    CONTACT = "contact"
    AWAY = "away"
    KNOW = "know"
    HELP = "help"
    ANSWER = "answer"
    SORRY_LATER = "sorry_later"
    SORRY_WRITTEN = "sorry_written"
    SORRY = "sorry"
    OTHERS = "others"
    NOTHING = "nothing"


class Outcome(StrEnum):
    """What the carrier can say about how it went."""

    BROUGHT = "brought"
    KEPT = "kept"
    PARTLY = "partly"
    NOT = "not"
    COULDNT = "couldnt"
    NOT_YET = "not_yet"
    """It takes back what was pressed by mistake."""


class TermsText(Struct, frozen=True):
    """What they want: what they chose, in the order of `Want`, and their own words."""

    wants: tuple[Want, ...] = ()
    words: str = ""

    @classmethod
    def of(cls, wants: Iterable[Want], words: str) -> "TermsText":
        chosen = {*wants}
        return cls(tuple(want for want in Want if want in chosen), "" if is_blank(words) else words)

    @property
    def blank(self) -> bool:
        return not self.wants and is_blank(self.words)


class OwnTerms(Struct, frozen=True):
    """The terms that one person keeps.

    written: how often they were written. The sealed text is bound to that number. tells: whether they want a
    direct message when their carrier says how it went.
    """

    id: str
    author: PersonId
    made_at: datetime
    goes_at: datetime
    written: int = 0
    tells: bool = False
    revision: int = 0

    def rewritten(self, now: datetime) -> "OwnTerms":
        return replace(self, written=self.written + 1, goes_at=now + KEPT)


class CarryState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    CLOSED = "closed"
    """It was never agreed to: declined, lapsed, taken back or parted; nothing reveals which."""
    ENDED = "ended"
    """It was agreed to, and is over: withdrawn, handed back or parted."""


class Carrying(Struct, frozen=True):
    """One person who was asked to carry somebody's terms, and what became of it.

    server: where the two know each other by their names.
    asked_at: when its author last asked, and from when on it waits for the carrier.
    shown_until: how long its author sees it unless it is agreed to: as waiting, or as having ended.
    rests_until: until when asking again doesn't reach the carrier. The row doesn't stay for it.
    withheld: a boundary stands between the two, or the carrier wasn't to be reached.
    let: which writing its author let the carrier read. given: which one the carrier has. Under a boundary
    the two differ. stale: it was changed after the carrier had been told of it.
    said: what the carrier said came of it. came: the same, as its author can see it.
    """

    id: str
    server: ServerId
    author: PersonId
    carrier: PersonId
    asked_at: datetime
    shown_until: datetime | None
    state: CarryState = CarryState.OPEN
    withheld: bool = False
    rests_until: datetime | None = None
    let: int | None = None
    given: int | None = None
    stale: bool = False
    seen: bool = False
    said: Outcome | None = None
    came: Outcome | None = None
    came_at: datetime | None = None
    came_seen: bool = False
    ended_at: datetime | None = None
    revision: int = 0

    @property
    def agreed(self) -> bool:
        return self.state is CarryState.AGREED

    @property
    def over(self) -> bool:
        return self.state in (CarryState.CLOSED, CarryState.ENDED)

    @property
    def lapses_at(self) -> datetime:
        return self.asked_at + LAPSES_AFTER

    @property
    def forgotten_at(self) -> datetime:
        """When the row is no longer needed. Only of one that is over.

        Its author sees in /privacy that there is a row. So this depends on nothing that they can't see
        anyway: neither on an answer, nor on a rest.
        """
        ended = self.ended_at if self.state is CarryState.ENDED else None
        over = (ended or self.asked_at) + KEPT_AFTER_END
        return over if self.shown_until is None else max(over, self.shown_until)

    def rests(self, now: datetime) -> bool:
        """Whether the carrier is to be left alone by its author now."""
        return self.rests_until is not None and now < self.rests_until

    def other(self, than: PersonId) -> PersonId:
        """Return the other of the two. Raises NotYours for anybody else."""
        if than not in (self.author, self.carrier):
            raise NotYours
        return self.carrier if than == self.author else self.author

    # -- what each of the two sees --------------------------------------------------------------

    def waits(self, now: datetime) -> bool:
        """Whether its author sees it as waiting for an answer, whatever became of it."""
        waiting = self.state in (CarryState.OPEN, CarryState.CLOSED)
        return waiting and self.shown_until is not None and now < self.shown_until

    def shows_end(self, now: datetime) -> bool:
        """Whether its author sees that it has ended without them."""
        ended = self.state is CarryState.ENDED
        return ended and self.shown_until is not None and now < self.shown_until

    def shown(self, now: datetime) -> bool:
        """Whether its author sees anything of it."""
        return self.agreed or self.waits(now) or self.shows_end(now)

    def reaches(self, person: PersonId, now: datetime) -> bool:
        """Whether it waits for this person's answer. Boundaries that were set later are not considered."""
        waiting = self.state is CarryState.OPEN and person == self.carrier
        return waiting and not self.withheld and now < self.lapses_at

    @property
    def readable(self) -> bool:
        """Whether the carrier can read it now."""
        return self.agreed and self.given is not None and not self.stale

    @property
    def as_author_sees(self) -> "Carrying":
        """Return it without what only its carrier knows. A no looks as if it had not been answered."""
        state = CarryState.OPEN if self.state is CarryState.CLOSED else self.state
        return replace(
            self, state=state, rests_until=None, withheld=False,
            given=None, stale=False, seen=False, said=None,
        )  # fmt: skip

    @property
    def as_carrier_sees(self) -> "Carrying":
        """Return it without what only its author knows. `given` is what they can read."""
        return replace(
            self, shown_until=None, withheld=False, let=None,
            came=None, came_at=None, came_seen=False,
        )  # fmt: skip

    # -- moves ----------------------------------------------------------------------------------

    def moved(self, server: ServerId) -> "Carrying":
        """Let the two know each other from another server from now on."""
        return replace(self, server=server)

    def again(self, now: datetime, server: ServerId, *, withheld: bool) -> "Carrying":
        """Ask once more. Nothing of the last time stays but how long the carrier is to be left alone."""
        return Carrying(
            self.id, server, self.author, self.carrier, now, now + LAPSES_AFTER, withheld=withheld,
            rests_until=self.rests_until, revision=self.revision,
        )  # fmt: skip

    def accepted(self) -> "Carrying":
        if self.state is not CarryState.OPEN:
            raise CarryingClosed
        return replace(self, state=CarryState.AGREED)

    def declined(self, now: datetime) -> "Carrying":
        """Close it for the carrier. Its author sees no change."""
        return replace(self, state=CarryState.CLOSED).rested(now)

    def closed(self) -> "Carrying":
        """Close it for the carrier without an answer of theirs. Its author sees no change."""
        return replace(self, state=CarryState.CLOSED)

    def taken_back(self, now: datetime) -> "Carrying":
        """Close an unanswered one for both. If its author saw it waiting, the carrier is left alone."""
        rested = self.rested(now, AGAIN_AFTER_TAKEN_BACK) if self.waits(now) else self
        return replace(rested, state=CarryState.CLOSED, shown_until=None)

    def unsaid(self) -> "Carrying":
        """Let it look unanswered to its author, who was not told that the carrier agreed."""
        return replace(self, state=CarryState.CLOSED, **_NOTHING_GIVEN)

    def ended(self, now: datetime, *, shows: bool) -> "Carrying":
        """End it for both. `shows`: whether its author is to see that it has ended.

        A word that its author has read goes, as it does when the carrier is erased. One that they haven't
        read stays: it may be all that they ever get to hear.
        """
        if self.state is not CarryState.AGREED:
            raise CarryingClosed
        return replace(
            self.unheard() if self.came_seen else self,
            state=CarryState.ENDED,
            ended_at=now,
            shown_until=now + KEPT_AFTER_END if shows else None,
            **_NOTHING_GIVEN,
        )

    def forgotten(self) -> "Carrying":
        """Let its author see nothing more of it, because they ask somebody else or delete their terms."""
        return replace(self.unheard(), shown_until=None)

    def rested(self, now: datetime, span: timedelta = AGAIN_AFTER) -> "Carrying":
        """Let the carrier be left alone by this author for so long, or for longer if they are already."""
        until = now + span
        return replace(self, rests_until=until if self.rests_until is None else max(until, self.rests_until))

    def unheard(self) -> "Carrying":
        """Let its author see nothing of how it went."""
        return replace(self, came=None, came_at=None, came_seen=False)

    def let_read(self, written: int, *, given: bool) -> "Carrying":
        """Record that its author lets this writing be read. Without `given`, the carrier sees no change."""
        if not self.agreed:
            raise CarryingClosed
        if not given:
            return replace(self, let=written)
        return replace(self, let=written, given=written, stale=False, seen=False)

    def changed(self, *, told: bool) -> "Carrying":
        """Take the earlier writing from the carrier. `told`: whether they had been told of it."""
        return replace(self, given=None, seen=False, stale=self.stale or told)

    def ungiven(self) -> "Carrying":
        """Take from the carrier what they weren't told of. Its author sees no change."""
        return replace(self, given=None, seen=False)

    def says(self, outcome: Outcome, now: datetime, *, passes: bool) -> "Carrying":
        """Record how it went. Without `passes`, its author sees no change."""
        if not self.agreed:
            raise CarryingClosed
        if not passes:
            return replace(self, said=outcome)
        return replace(self, said=outcome, came=outcome, came_at=now, came_seen=False)


_NOTHING_GIVEN: dict[str, Any] = {"given": None, "stale": False, "seen": False, "let": None}
