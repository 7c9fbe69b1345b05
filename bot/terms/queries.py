"""What an author and a carrier get to see."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.people.strangers import Named
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx
from bot.terms import carrying_store, store
from bot.terms.models import Carrying, CarryState, OwnTerms, TermsText
from bot.terms.sealed import SealedTerms


class Asked(Struct, frozen=True):
    """Whom an author asked last, as the author sees it.

    name: empty if they have none any more, and once it has ended: then it looks as if they had been erased.
    """

    carrying: Carrying
    name: str
    waits: bool
    ended: bool

    @property
    def agreed(self) -> bool:
        return self.carrying.agreed


class TermsView(Struct, frozen=True):
    """What an author sees: what they keep, and who was asked to carry it, if anybody was."""

    own: OwnTerms
    text: TermsText
    asked: Asked | None = None

    @property
    def let(self) -> bool:
        """Whether they have let their carrier read it as it is now."""
        return self.asked is not None and self.asked.agreed and self.asked.carrying.let == self.own.written

    @property
    def let_before(self) -> bool:
        """Whether they have let their carrier read an earlier writing of it, and not this one."""
        return not self.let and self.asked is not None and self.asked.carrying.let is not None


class Carried(Struct, frozen=True):
    """What a carrier sees: from whom it is, and its text if they can read it. `name` may be empty."""

    carrying: Carrying
    name: str
    text: TermsText = TermsText()


class TermsQueries:
    """Reads terms for their author, and for whoever carries them."""

    circle = carrying_store.KNOWN
    """Selects the people whom the reader asked to carry something, and whose terms they carry, for labels."""

    def __init__(self, context: SliceContext, sealed: SealedTerms, people: People) -> None:
        self._db = context.db
        self._sealed = sealed
        self._people = people

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everybody who carries something and for whom, for the daily check of who has left."""
        return {
            (one.server, who) for one in await carrying_store.agreed(tx) for who in (one.author, one.carrier)
        }

    @reads
    async def between(self, tx: Tx, by: PersonId, other: PersonId, now: datetime) -> tuple[bool, bool]:
        """Return whether `by` sees that the other carries or was asked to carry something of theirs, and
        whether `by` carries something of the other's.

        The other person can notice that either ends. A boundary that they set changes nothing in it.
        """
        found = await carrying_store.of(tx, by, other)
        mine = any(one.author == by and (one.agreed or one.waits(now)) for one in found)
        return mine, any(one.carrier == by and one.agreed for one in found)

    # -- in the caller's transaction ------------------------------------------------------------

    async def named(self, tx: Tx, persons: Collection[PersonId], now: datetime) -> Named:
        """Return which of these people were asked to carry something, and where their names are shown."""
        asked = await carrying_store.with_carriers(tx, persons)
        called = {
            (one.server, one.carrier)
            for one in asked
            if one.waits(now) or one.state in (CarryState.OPEN, CarryState.AGREED)
        }
        return Named(frozenset(one.carrier for one in asked), frozenset(called))

    async def view(self, tx: Tx, own: OwnTerms, now: datetime) -> TermsView:
        text = await self._sealed.text(tx, own)
        current = await self.current(tx, own.author, now)
        return TermsView(own, text, None if current is None else await self.asked(tx, current, now))

    async def current(self, tx: Tx, author: PersonId, now: datetime) -> Carrying | None:
        """Return whom the author asked last, if they see anything of it."""
        found: Sequence[Carrying] = await carrying_store.asked_by(tx, author)
        return next((one for one in found if one.shown(now)), None)

    async def asked(self, tx: Tx, carrying: Carrying, now: datetime) -> Asked:
        ended = carrying.state is CarryState.ENDED
        name = "" if ended else await self.name(tx, carrying, carrying.author)
        return Asked(carrying.as_author_sees, name, carrying.waits(now), carrying.shows_end(now))

    async def carried(self, tx: Tx, carrying: Carrying) -> Carried:
        """Return what the carrier can see: the copy that they were let read, never the terms themselves."""
        name = await self.name(tx, carrying, carrying.carrier)
        return Carried(carrying.as_carrier_sees, name, await self._sealed.given(tx, carrying))

    async def name(self, tx: Tx, carrying: Carrying, reader: PersonId) -> str:
        """Return what the other of the two is called; empty if they have no name there any more."""
        other = carrying.other(reader)
        return (await self._people.labels(tx, reader, carrying.server, {other: None})).get(other, "")

    async def of(self, tx: Tx, author: PersonId) -> OwnTerms | None:
        return await store.of(tx, author)
