"""Changes of nights that presses, timers and events share, with their timers and messages."""

from datetime import datetime
from typing import Protocol

from bot.ids import PersonId, new_id
from bot.nights import hand_store, look_store, member_store, notifications, store, timers
from bot.nights.models import Hand, Look, Member, MemberState, Night
from bot.nights.posts import NightPosts
from bot.nights.sealed import SealedNights
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class StandsBy(Protocol):
    """What holds nights in memory (`standing_by.py`).

    It is named by what it can do, since it asks for itself who may meet. Whoever changes something must, too.
    """

    def comes(self, tx: Tx, night: Night) -> None: ...
    def touch(self, tx: Tx, night: str, person: PersonId) -> None: ...
    def ends(self, tx: Tx, night: str) -> None: ...


class NightMoves:
    """Changes nights inside a transaction of the caller."""

    def __init__(
        self, context: SliceContext, sealed: SealedNights, posts: NightPosts, standing_by: StandsBy
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._posts = posts
        self._standing_by = standing_by

    # -- a night --------------------------------------------------------------------------------

    async def add(self, tx: Tx, night: Night, now: datetime) -> None:
        """Store a new night with its timers. One that has begun has its first question at once."""
        await store.add(tx, night)
        self._standing_by.comes(tx, night)
        await self._agenda.put(tx, timers.STARTS, night.id, max(night.starts_at, now))
        await self._agenda.put(tx, timers.NOON, night.id, night.noon_at)
        await self._agenda.put(tx, timers.DESTROY, night.id, night.destroyed_at)

    async def destroy(self, tx: Tx, night: Night, now: datetime) -> None:
        """Delete everything about a night, with its keys, timers and messages."""
        self._standing_by.ends(tx, night.id)
        await self._posts.take_down(tx, night, now)
        members = await member_store.of(tx, night.id)
        about = [one.id for one in members]
        about += [one.id for one in await look_store.of_night(tx, night.id)]
        about += [one.id for one in await hand_store.of_night(tx, night.id)]
        for subject in about:
            await self._outbox.close(tx, subject, now)
        for member in members:
            await self._agenda.clear(tx, member.id, timers.OF_MEMBER)
            await self._sealed.forget(tx, member)
        await self._agenda.clear(tx, night.id, timers.OF_NIGHT)
        await store.remove(tx, night.id)

    # -- a member -------------------------------------------------------------------------------

    def touch(self, tx: Tx, night: str, person: PersonId) -> None:
        """Let what is held in memory of somebody change with this transaction."""
        self._standing_by.touch(tx, night, person)

    async def keep(self, tx: Tx, member: Member, content: bytes | None = None) -> Member:
        """Store a member, with the timers that their times need."""
        kept = await member_store.keep(tx, member, content)
        self.touch(tx, kept.night, kept.person)
        if kept.state is not MemberState.INVITED:
            await self._agenda.drop(tx, timers.PART, kept.id)
        if kept.check_at is None:
            await self._agenda.drop(tx, timers.CHECK, kept.id)
        if kept.asked_at is None:
            await self._agenda.clear(tx, kept.id, (timers.HOME, timers.MISSED))
        return kept

    async def ask_home(self, tx: Tx, member: Member, night: Night) -> None:
        """Put the question whether they are home on the agenda, unless it is too late for one."""
        await self._agenda.clear(tx, member.id, (timers.HOME, timers.MISSED))
        if member.asked_at is not None and member.asked_at < night.noon_at:
            await self._agenda.put(tx, timers.HOME, member.id, member.asked_at)

    async def check_on(self, tx: Tx, member: Member) -> None:
        """Put the question that they asked for on the agenda."""
        if member.check_at is not None:
            await self._agenda.put(tx, timers.CHECK, member.id, member.check_at)

    async def leave(self, tx: Tx, member: Member, now: datetime) -> None:
        """Let somebody be in a night no more.

        Whoever looks out for them, and whomever they look out for, is told at once. Their card goes. What
        they called for stays: a friend who is on the way must still find it.
        """
        for look in await look_store.of_person(tx, member.person, member.night):
            await self.part(tx, look, member.person, now, calls_stay=look.owner == member.person)
        await self._agenda.clear(tx, member.id, timers.OF_MEMBER)
        await self._outbox.close(tx, member.id, now)
        await self._sealed.forget(tx, member)
        await self.keep(tx, member.left())
        await member_store.empty(tx, member.id)
        night = await store.get(tx, member.night)
        here = [one for one in await member_store.of(tx, member.night) if one.here]
        if night is not None and not here:
            await self.destroy(tx, night, now)

    async def close(self, tx: Tx, member: Member) -> None:
        """Close an invitation. Whoever sent it sees no change, because they see none of it."""
        if member.state is MemberState.INVITED:
            await self.keep(tx, member.closed())

    async def remove(self, tx: Tx, member: Member, now: datetime) -> None:
        """Delete somebody's row, with its key, timers and messages."""
        await self._agenda.clear(tx, member.id, timers.OF_MEMBER)
        await self._outbox.close(tx, member.id, now)
        await self._sealed.forget(tx, member)
        self.touch(tx, member.night, member.person)
        await member_store.remove(tx, member.id)

    async def forget_hand(self, tx: Tx, hand: Hand, now: datetime) -> None:
        """Delete a call, with the messages about it."""
        await self._outbox.close(tx, hand.id, now)
        self.touch(tx, hand.night, hand.caller)
        await hand_store.remove(tx, hand.id)

    # -- who looks out for whom -----------------------------------------------------------------

    async def part(
        self, tx: Tx, look: Look, one: PersonId, now: datetime, *, calls_stay: bool = False
    ) -> None:
        """End a look because `one` of the two left, stopped or was parted. The other is told, if it held.

        What was not agreed to is not shown to its owner any more, whether it waited or had been declined.
        calls_stay: what they called for before is still shown to the friend, who may be on the way.
        """
        if look.agreed:
            if not calls_stay:
                await self._end_calls(tx, look, now)
            await self._end(tx, look, one, now)
        elif look.waits:
            await self._outbox.close(tx, look.id, now)
            await look_store.keep(tx, look.taken_back())

    async def unsay(self, tx: Tx, look: Look, now: datetime) -> None:
        """Take back a yes of which the owner was not told."""
        await self._end_calls(tx, look, now)
        await self._outbox.close(tx, look.id, now)
        self.touch(tx, look.night, look.owner)
        await look_store.keep(tx, look.unsaid())

    async def _end_calls(self, tx: Tx, look: Look, now: datetime) -> None:
        for hand in await hand_store.of_night(tx, look.night):
            if hand.caller == look.owner:
                await self._outbox.close(tx, hand.id, now, person=look.looker)

    async def _end(self, tx: Tx, look: Look, one: PersonId, now: datetime) -> None:
        await self._outbox.close(tx, look.id, now)
        owner = await member_store.place(tx, look.night, look.owner)
        if owner is not None:
            kinds = (notifications.MISSED, notifications.HEARD)
            await self._outbox.close(tx, owner.id, now, kinds=kinds, person=look.looker)
        self.touch(tx, look.night, look.owner)
        ended = await look_store.keep(tx, look.ended(now))
        night = await store.get(tx, look.night)
        if night is not None and night.planned(now):
            await self._outbox.tell(
                tx, ended.other(one), notifications.GONE, ended.id, now,
                server=ended.server, urgent=night.watched(now),
            )  # fmt: skip

    async def unname(self, tx: Tx, look: Look, person: PersonId) -> None:
        """Put another id in this person's place. The other can still press an old button."""
        await look_store.unname(tx, look.id, person, PersonId(new_id()))
