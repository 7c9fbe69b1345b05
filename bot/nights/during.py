"""The night itself: `I'm fine`, `I need a hand`, `Still out`, `I'm home`, and the day after."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.errors import NotYours
from bot.ids import PersonId, new_id
from bot.nights import hand_store, look_store, member_store, notifications, store
from bot.nights.errors import LookClosed, NightOver, NoSuchTime
from bot.nights.hours import times
from bot.nights.models import SAME_CALL, Call, Hand, Heard, Look, Member, Night, Quick, Reached
from bot.nights.moves import NightMoves
from bot.nights.queries import NightQueries, NightView
from bot.nights.standby import Standby
from bot.people.service import People
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx


class Caller(Struct, frozen=True):
    """Who made a call, as a friend sees it. `name` may be empty.

    member: their place in the night; None if they have left it since. The friend may be on the way, so they
    still read what to do, but nothing that the caller wrote.
    """

    night: Night
    name: str
    member: str | None


class During:
    """What people press during a night. No bar and no age is asked here: nobody loses a way out at night."""

    def __init__(
        self,
        context: SliceContext,
        moves: NightMoves,
        queries: NightQueries,
        people: People,
        boundaries: Boundaries,
        standby: Standby,
    ) -> None:
        self._db = context.db
        self._outbox = context.outbox
        self._moves = moves
        self._queries = queries
        self._people = people
        self._boundaries = boundaries
        self._standby = standby

    # -- when to ask ----------------------------------------------------------------------------

    @writes
    async def home_by(self, tx: Tx, by: PersonId, id: str, at: datetime | None, now: datetime) -> NightView:
        """Say by when they'll be home, or that they don't want to be asked.

        Once the night has begun it stays, unless they hadn't said anything: somebody may join late. Raises
        NoSuchTime if it isn't one of those offered, or has passed.
        """
        night, mine = await self._queries.here(tx, by, id)
        if at is not None and at not in {one.at for one in times(night.hours, night.zone, now)}:
            raise NoSuchTime
        if at != mine.home_at:
            if night.begun(now) and mine.home_at is not None:
                raise NoSuchTime
            mine = await self._moves.keep(tx, mine.home_by(at))
            await self._moves.ask_home(tx, mine, night)
        return await self._queries.view(tx, night, mine)

    @writes
    async def check_at(self, tx: Tx, by: PersonId, id: str, at: datetime | None, now: datetime) -> NightView:
        """Ask to be asked at that time how they are. Raises NoSuchTime."""
        night, mine = await self._queries.here(tx, by, id)
        if at is not None and at not in {one.at for one in times(night.hours, night.zone, now)}:
            raise NoSuchTime
        mine = await self._moves.keep(tx, replace(mine, check_at=at))
        await self._moves.check_on(tx, mine)
        return await self._queries.view(tx, night, mine)

    # -- answering ------------------------------------------------------------------------------

    @reads
    async def asked(self, tx: Tx, by: PersonId, id: str) -> NightView:
        """Return their night, for a question that they have opened."""
        night, mine = await self._queries.here(tx, by, id)
        return await self._queries.view(tx, night, mine)

    @writes
    async def fine(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Say that they're fine. It is told to nobody, and kept nowhere."""
        _, mine = await self._queries.here(tx, by, id)
        kinds = (notifications.START, notifications.CHECK)
        await self._outbox.close(tx, mine.id, now, kinds=kinds, person=by)

    @writes
    async def still_out(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Member:
        """Move the question by an hour, once for each question.

        Return their place; `asked_at` says when they are asked again.

        After noon they are not asked again: see `Night.noon_at`. Those who were told that they hadn't
        answered are told that they have.
        """
        night, mine = await self._queries.here(tx, by, id)
        if mine.home_asked_at is None or mine.home_said_at is not None:
            return mine
        await self._outbox.close(tx, mine.id, now, kinds=(notifications.HOME,), person=by)
        await self._heard(tx, mine, now)
        moved = await self._moves.keep(tx, mine.later(now))
        await self._moves.ask_home(tx, moved, night)
        return moved

    @writes
    async def home(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Member:
        """Say that they're home. Only those who were told that they hadn't answered hear it."""
        _, mine = await self._queries.here(tx, by, id)
        if mine.home_said_at is not None:
            return mine
        kinds = (notifications.START, notifications.CHECK, notifications.HOME)
        await self._outbox.close(tx, mine.id, now, kinds=kinds, person=by)
        await self._heard(tx, mine, now)
        return await self._moves.keep(tx, mine.said_home(now))

    # -- I need a hand --------------------------------------------------------------------------

    @writes
    async def call(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Call:
        """Tell those who look out for them, ahead of everything and in quiet hours too.

        Within two minutes a second press is the same call. Later it is a new one, with new messages.
        """
        night, mine = await self._queries.here(tx, by, id)
        if not night.watched(now):
            raise NightOver
        last = await hand_store.last(tx, night.id, by)
        if last is not None and now < last.made_at + SAME_CALL:
            return await self._call(tx, night, last)
        hand = Hand(new_id(), night.id, night.server, mine.person, now)
        await hand_store.add(tx, hand)
        looks = await look_store.looking_out(tx, night.id, by)
        meets = await self._boundaries.may_meet_each(tx, by, [one.looker for one in looks])
        for look in looks:
            await self._outbox.tell(
                tx, look.looker, notifications.HAND, hand.id, now,
                other=by, server=night.server, alarm=True, withheld=meets[look.looker].withheld,
            )  # fmt: skip
        self._moves.touch(tx, night.id, by)
        tx.afterwards(partial(self._standby.began, mine.id, hand))
        return await self._call(tx, night, hand)

    @writes
    async def quick(self, tx: Tx, by: PersonId, id: str, quick: Quick, now: datetime) -> Call:
        """Say what it is. Those who look out for them see it on the card that they open."""
        hand = await self._hand(tx, by, id)
        night, _ = await self._place(tx, hand)
        if not night.watched(now):
            raise NightOver
        await hand_store.say(tx, id, quick)
        self._moves.touch(tx, night.id, by)
        return await self._call(tx, night, replace(hand, quick=quick))

    @reads
    async def reached(self, tx: Tx, by: PersonId, id: str) -> Call:
        """Return who has the message by now, as far as Discord says."""
        hand = await self._hand(tx, by, id)
        night, _ = await self._place(tx, hand)
        return await self._call(tx, night, hand)

    @reads
    async def caller(self, tx: Tx, by: PersonId, hand: str, now: datetime) -> Caller:
        """Return who made this call, to those who looked out for them then.

        Raises LookClosed if a boundary stands between the two, and NotYours for everybody else and once the
        night is over.
        """
        found = await hand_store.get(tx, hand)
        look = None if found is None else await look_store.between(tx, found.night, found.caller, by)
        night = None if found is None else await store.get(tx, found.night)
        if found is None or look is None or night is None or not (look.agreed or look.is_over):
            raise NotYours
        if (await self._boundaries.may_meet(tx, by, found.caller)).withheld:
            raise LookClosed
        night.require_planned(now)
        place = await member_store.place(tx, night.id, found.caller)
        there = place is not None and place.here and look.agreed
        name = await self._queries.name(tx, by, night, found.caller)
        return Caller(night, name, place.id if place is not None and there else None)

    # -- the day after --------------------------------------------------------------------------

    @writes
    async def thank(self, tx: Tx, by: PersonId, id: str, now: datetime) -> int:
        """Thank those who looked out for them, once. Return how many there are.

        Raises NotYours before noon.
        """
        night, mine = await self._queries.here(tx, by, id)
        if night.planned(now):
            raise NotYours
        looks = await look_store.looking_out(tx, night.id, by)
        if mine.thanked_at is None:
            await self._moves.keep(tx, replace(mine, thanked_at=now))
            meets = await self._boundaries.may_meet_each(tx, by, [one.looker for one in looks])
            for look in looks:
                await self._outbox.tell(
                    tx, look.looker, notifications.THANKS, look.id, now,
                    other=by, server=night.server, withheld=meets[look.looker].withheld,
                )  # fmt: skip
        return len(looks)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, kind: str, now: datetime) -> None:
        """Close a message, because its person has opened it."""
        await self._outbox.close(tx, id, now, kinds=(kind,), person=by)

    # -- inside ---------------------------------------------------------------------------------

    async def _heard(self, tx: Tx, mine: Member, now: datetime) -> None:
        """Tell those who were told that they hadn't answered that they have."""
        if mine.missed_at is None:
            return
        looks = await look_store.looking_out(tx, mine.night, mine.person)
        meets = await self._boundaries.may_meet_each(tx, mine.person, [one.looker for one in looks])
        for look in looks:
            alarmed = await self._about(tx, look, mine.id, notifications.MISSED)
            await self._outbox.close(
                tx, mine.id, now,
                kinds=(notifications.MISSED, notifications.HEARD), person=look.looker,
            )  # fmt: skip
            if alarmed is not None:
                await self._outbox.tell(
                    tx, look.looker, notifications.HEARD, mine.id, now,
                    other=mine.person, server=mine.server, urgent=True,
                    withheld=meets[look.looker].withheld,
                )  # fmt: skip

    async def _call(self, tx: Tx, night: Night, hand: Hand) -> Call:
        looks: Sequence[Look] = await look_store.looking_out(tx, night.id, hand.caller)
        names = await self._people.labels(
            tx, hand.caller, night.server, dict.fromkeys(one.looker for one in looks)
        )
        friends = []
        for look in looks:
            message = await self._about(tx, look, hand.id, notifications.HAND)
            heard = _heard(message)
            if heard is Heard.REACHED:
                # If the database fails now, they are not told again.
                self._standby.heard(hand.id, look.id, heard)
            friends.append(Reached(names.get(look.looker, ""), heard))
        return Call(hand, night, tuple(friends))

    async def _about(self, tx: Tx, look: Look, subject: str, kind: str) -> OutboxMessage | None:
        found = await self._outbox.about(tx, look.looker, [subject])
        return next((one for one in found if one.kind == kind), None)

    async def _hand(self, tx: Tx, by: PersonId, id: str) -> Hand:
        hand = await hand_store.get(tx, id)
        if hand is None or hand.caller != by:
            raise NotYours
        return hand

    async def _place(self, tx: Tx, hand: Hand) -> tuple[Night, Member]:
        place = await member_store.place(tx, hand.night, hand.caller)
        if place is None:
            raise NightOver
        return await self._queries.here(tx, hand.caller, place.id)


def _heard(message: OutboxMessage | None) -> Heard:
    """Return whether a message arrived. None if it has ended: the account is gone, or nobody was told."""
    if message is None:
        return Heard.NOT
    if message.state is MessageState.SENT:
        return Heard.REACHED
    return Heard.TRYING if message.waiting else Heard.NOT
