"""What people get to see of a night. Everything that is shown of somebody else comes from here."""

from collections.abc import Collection, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.ids import PersonId, ServerId
from bot.nights import card_store, hand_store, look_store, member_store, store
from bot.nights.errors import LookClosed, NightOver
from bot.nights.models import CALLED_LATELY, Hand, Look, Member, MemberState, Night, NightCard
from bot.nights.sealed import SealedNights
from bot.people.service import People
from bot.people.strangers import Named
from bot.slice_context import SliceContext
from bot.storage.transaction import reads
from bot.storage.tx import Tx


class Companion(Struct, frozen=True):
    """Somebody else in the night. apart: the reader has set a boundary with them."""

    member: str
    person: PersonId
    name: str
    apart: bool = False


class LooksOut(Struct, frozen=True):
    """One wish as its owner sees it. `name` may be empty. Unanswered, declined and withheld are alike.

    member: the place in the night of whoever was asked.
    """

    id: str
    member: str
    name: str
    agreed: bool


class LooksAfter(Struct, frozen=True):
    """One person whom the reader looks out for. `member`: that person's place in the night."""

    id: str
    member: str
    name: str


class NightView(Struct, frozen=True):
    """A night as one of the people in it sees it."""

    night: Night
    member: Member
    card: NightCard
    companions: tuple[Companion, ...] = ()
    look_out: tuple[LooksOut, ...] = ()
    look_after: tuple[LooksAfter, ...] = ()

    @property
    def looked_after(self) -> bool:
        """Whether anybody has said yes to looking out for them."""
        return any(one.agreed for one in self.look_out)


class Offered(Struct, frozen=True):
    """An invitation as the person sees it who was invited. `name` is the inviter's, and may be empty."""

    member: Member
    night: Night
    name: str


class Wished(Struct, frozen=True):
    """A wish as the person sees it who is asked. `name` is the owner's, and may be empty."""

    look: Look
    night: Night
    name: str


class BetweenNights(Struct, frozen=True):
    """What somebody can see of nights between them and another person."""

    together: bool = False
    """Both are in the same night."""
    looks: bool = False
    """One of the two looks out for the other."""
    wished: bool = False
    """They asked the other person to look out for them, or to be in a night, and see no answer yet."""


class Friend(Struct, frozen=True):
    """What somebody sees of a friend whom they look out for: until noon, and only while they do."""

    look: Look
    night: Night
    member: Member
    name: str
    card: NightCard
    hand: Hand | None = None

    def with_hand(self, hand: Hand | None) -> "Friend":
        """Return it with this call, if that is newer: one that was made without the database."""
        newer = hand is not None and (self.hand is None or self.hand.made_at < hand.made_at)
        return replace(self, hand=hand) if newer else self

    @property
    def home(self) -> bool:
        return self.member.home_said_at is not None

    def called_lately(self, now: datetime) -> bool:
        """Whether they have called for a hand in the last hour, and haven't said that they are home."""
        return self.hand is not None and not self.home and now - self.hand.made_at < CALLED_LATELY

    @property
    def late(self) -> bool:
        """Whether it came late that they haven't said that they are home."""
        return self.member.told_late


class NightQueries:
    """Reads nights for the people in them."""

    circle = member_store.KNOWN
    """Selects the people whom the reader has to do with by a night, for labels."""

    def __init__(
        self, context: SliceContext, sealed: SealedNights, people: People, boundaries: Boundaries
    ) -> None:
        self._db = context.db
        self._sealed = sealed
        self._people = people
        self._boundaries = boundaries

    @reads
    async def people_in_open(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return everybody who is in a night, for the daily check of who has left."""
        return {(one.server, one.person) for one in await member_store.everybody(tx)}

    @reads
    async def mine(self, tx: Tx, by: PersonId, now: datetime) -> list[NightView]:
        """Return the nights that they are in and that are not destroyed yet, the next one first."""
        found = []
        for member in await member_store.of_person(tx, by):
            night = await store.get(tx, member.night)
            if member.here and night is not None and now < night.destroyed_at:
                found.append(await self.view(tx, night, member))
        return sorted(found, key=lambda one: one.night.starts_at)

    @reads
    async def kept(self, tx: Tx, by: PersonId) -> NightCard:
        """Return the card that they keep for next time; a blank one if they keep none."""
        kept = await card_store.of(tx, by)
        return NightCard() if kept is None else await self._sealed.kept(tx, kept)

    @reads
    async def between(self, tx: Tx, by: PersonId, other: PersonId, now: datetime) -> BetweenNights:
        """Return what `by` sees between the two. A boundary that the other has set changes nothing in it."""
        together = looks = wished = False
        for mine in await member_store.of_person(tx, by):
            night = await store.get(tx, mine.night)
            if not mine.here or night is None or not night.planned(now):
                continue
            together |= any(one.person == other for one, _ in await self.seen(tx, by, night.id))
            for look in await look_store.of_night(tx, night.id):
                looks |= look.agreed and {look.owner, look.looker} == {by, other}
                wished |= look.waits and (look.owner, look.looker) == (by, other)
        # A no looks like no answer, also here.
        unanswered = (MemberState.INVITED, MemberState.CLOSED)
        invited = await member_store.between(tx, by, other)
        wished |= any(one.person == other and one.state in unanswered for one in invited)
        return BetweenNights(together, looks, wished)

    # -- in the caller's transaction ------------------------------------------------------------

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return which of these people are in a night or invited to one, and where their names are shown."""
        found = await member_store.with_people(tx, persons)
        called = {(one.server, one.person) for one in found if one.here}
        return Named(frozenset(one.person for one in found), frozenset(called))

    async def here(self, tx: Tx, by: PersonId, id: str) -> tuple[Night, Member]:
        """Return a place of theirs in a night. Raises NightOver if there is none, or none any more."""
        member = await member_store.get(tx, id)
        night = None if member is None else await store.get(tx, member.night)
        if member is None or night is None or member.person != by or not member.here:
            raise NightOver
        return night, member

    async def seen(self, tx: Tx, reader: PersonId, night: str) -> list[tuple[Member, bool]]:
        """Return everybody else in the night whom the reader sees, and whether they are kept apart.

        Somebody who has set a boundary with the reader is not among them. Somebody with whom the reader has
        set one is: that shows nothing that was not there before, and the reader should know who comes.
        """
        others = [one for one in await member_store.of(tx, night) if one.here and one.person != reader]
        meets = await self._boundaries.may_meet_each(tx, reader, [one.person for one in others])
        found = []
        for one in others:
            apart = meets[one.person].withheld
            if not apart or not await self._boundaries.has(tx, one.person, reader):
                found.append((one, apart))
        return found

    async def apart(self, tx: Tx, one: PersonId, other: PersonId) -> bool:
        """Whether a boundary stands between the two, so that nothing passes."""
        return (await self._boundaries.may_meet(tx, one, other)).withheld

    async def view(self, tx: Tx, night: Night, member: Member) -> NightView:
        me, server = member.person, night.server
        seen = await self.seen(tx, me, night.id)
        asked = [one for one in await look_store.for_owner(tx, night.id, me) if one.shown]
        after = [one for one in await look_store.by_looker(tx, night.id, me) if one.agreed]
        there = {one.person: one for one, _ in seen}
        wanted = {*there, *(one.looker for one in asked), *(one.owner for one in after)}
        names = await self._people.labels(tx, me, server, dict.fromkeys(wanted))
        return NightView(
            night,
            member,
            await self._sealed.card(tx, member),
            tuple(Companion(one.id, one.person, names.get(one.person, ""), apart) for one, apart in seen),
            tuple(
                LooksOut(one.id, there[one.looker].id, names.get(one.looker, ""), one.agreed)
                for one in asked
                if one.looker in there
            ),
            tuple(
                LooksAfter(one.id, there[one.owner].id, names.get(one.owner, ""))
                for one in after
                if one.owner in there
            ),
        )

    async def offered(self, tx: Tx, member: Member, night: Night) -> Offered:
        name = "" if member.asked_by is None else await self.name(tx, member.person, night, member.asked_by)
        return Offered(member, night, name)

    async def wished(self, tx: Tx, look: Look) -> Wished:
        night = await store.get(tx, look.night)
        if night is None:
            raise LookClosed
        return Wished(look, night, await self.name(tx, look.looker, night, look.owner))

    async def friend(self, tx: Tx, look: Look, now: datetime) -> Friend:
        """Return what a looker sees of their friend. Raises LookClosed once they don't look out any more."""
        night = await store.get(tx, look.night)
        owner = await member_store.place(tx, look.night, look.owner)
        if night is None or owner is None or not (look.agreed and owner.here and night.planned(now)):
            raise LookClosed
        return Friend(
            look,
            night,
            owner,
            await self.name(tx, look.looker, night, look.owner),
            await self._sealed.card(tx, owner),
            await hand_store.last(tx, night.id, look.owner),
        )

    async def name(self, tx: Tx, reader: PersonId, night: Night, person: PersonId) -> str:
        """Return what somebody is called there; empty if they have no name there any more."""
        return (await self._people.labels(tx, reader, night.server, {person: None})).get(person, "")

    async def waiting(self, tx: Tx, person: PersonId, now: datetime) -> Sequence[Offered]:
        found = []
        for member in await member_store.of_person(tx, person):
            night = await store.get(tx, member.night)
            if member.reaches(person) and night is not None and night.planned(now):
                found.append(await self.offered(tx, member, night))
        return found

    async def others_in(self, tx: Tx, night: Night, person: PersonId) -> bool:
        """Whether this person is in another night at that time."""
        for member in await member_store.of_person(tx, person):
            other = await store.get(tx, member.night) if member.state is MemberState.IN else None
            if other is not None and other.id != night.id and other.overlaps(night.hours):
                return True
        return False
