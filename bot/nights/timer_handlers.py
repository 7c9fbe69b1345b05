"""What happens when the timers of nights are due.

Each handler reads the row's own time. What is more than three hours late isn't sent any more: the bot was
off, and a question about a night that is over would only frighten people. The question of the next day comes.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.boundaries.service import Boundaries
from bot.nights import card_store, hand_store, look_store, member_store, notifications, store, timers
from bot.nights.cards import NightCards
from bot.nights.models import Member, MemberState, Night, in_time
from bot.nights.moves import NightMoves
from bot.nights.posts import NightPosts
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class NightTimers:
    """One handler for each kind of timer. Each reads the current state before it acts."""

    def __init__(
        self,
        context: SliceContext,
        moves: NightMoves,
        posts: NightPosts,
        cards: NightCards,
        boundaries: Boundaries,
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._moves = moves
        self._posts = posts
        self._cards = cards
        self._boundaries = boundaries

    async def start(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask everybody how they are, because their night has begun."""
        for id in subjects:
            night = await store.get(tx, id)
            # A night that is planned late has begun before: as long as it isn't over, nothing is too late.
            if night is not None and night.begun(now) and now < night.ends_at:
                for member in await member_store.of(tx, id):
                    if member.here:
                        await self._ask(tx, member, notifications.START, now)

    async def check(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask those who wanted to be asked now."""
        for id in subjects:
            member = await member_store.get(tx, id)
            if member is None or not member.here or member.check_at is None:
                continue
            if in_time(member.check_at, now):
                await self._ask(tx, member, notifications.CHECK, now)

    async def home(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Ask whether they are home, and put on the agenda what follows if they don't answer."""
        for id in subjects:
            member = await member_store.get(tx, id)
            due = None if member is None else member.asked_at
            if member is None or due is None or member.home_asked_at is not None or not in_time(due, now):
                continue
            asked = await self._moves.keep(tx, replace(member, home_asked_at=now))
            await self._ask(tx, asked, notifications.HOME, now)
            if asked.told_at is not None:
                await self._agenda.put(tx, timers.MISSED, asked.id, asked.told_at)

    async def missed(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Tell those who look out for somebody that they haven't said that they are home."""
        for id in subjects:
            member = await member_store.get(tx, id)
            due = None if member is None else member.told_at
            if member is None or due is None or member.missed_at is not None or not in_time(due, now):
                continue
            told = await self._moves.keep(tx, replace(member, missed_at=now))
            looks = await look_store.looking_out(tx, told.night, told.person)
            meets = await self._boundaries.may_meet_each(tx, told.person, [one.looker for one in looks])
            for look in looks:
                await self._outbox.close(tx, told.id, now, kinds=(notifications.HEARD,), person=look.looker)
                await self._outbox.tell(
                    tx, look.looker, notifications.MISSED, told.id, now,
                    other=told.person, server=told.server, alarm=True,
                    withheld=meets[look.looker].withheld,
                )  # fmt: skip

    async def noon(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Close what was about the night itself, and ask everybody how it was."""
        for id in subjects:
            night = await store.get(tx, id)
            if night is not None and night.noon_at <= now < night.destroyed_at:
                await self._noon(tx, night, now)

    async def destroy(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete everything about a night, a day after its end."""
        for id in subjects:
            night = await store.get(tx, id)
            if night is not None and night.destroyed_at <= now:
                await self._moves.destroy(tx, night, now)

    async def part(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Withhold an invitation that nobody has accepted, because of a boundary that was set after it."""
        for id in subjects:
            member = await member_store.get(tx, id)
            if member is not None and member.state is MemberState.INVITED:
                await self._moves.keep(tx, replace(member, withheld=True))

    async def forget_card(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Delete a kept card that wasn't used for half a year."""
        for id in subjects:
            kept = await card_store.get(tx, id)
            if kept is not None and kept.goes_at <= now:
                await self._cards.remove(tx, kept)

    # -- inside ---------------------------------------------------------------------------------

    async def _ask(self, tx: Tx, member: Member, kind: str, now: datetime) -> None:
        # In quiet hours too: a night is mostly within them, and they chose to be asked.
        await self._outbox.tell(tx, member.person, kind, member.id, now, server=member.server, urgent=True)
        self._moves.touch(tx, member.night, member.person)

    async def _noon(self, tx: Tx, night: Night, now: datetime) -> None:
        await self._posts.take_down(tx, night, now)
        for hand in await hand_store.of_night(tx, night.id):
            await self._outbox.close(tx, hand.id, now)
        for look in await look_store.of_night(tx, night.id):
            await self._outbox.close(
                tx, look.id, now, kinds=(notifications.WISH, notifications.AGREED, notifications.GONE)
            )
        for member in await member_store.of(tx, night.id):
            await self._outbox.close(tx, member.id, now, kinds=notifications.DURING)
            await self._agenda.clear(tx, member.id, timers.OF_MEMBER)
            if member.here:
                await self._outbox.tell(
                    tx, member.person, notifications.NOON, member.id, now, server=member.server
                )
