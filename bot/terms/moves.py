"""Changes of terms and carryings that presses, timers and events share, with their timers and messages."""

from datetime import datetime

from bot.ids import PersonId, new_id
from bot.people.service import People
from bot.reports.models import Start
from bot.reports.quotas import Quotas
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.terms import carrying_store, notifications, store
from bot.terms.models import Carrying, CarryState, OwnTerms, TermsText
from bot.terms.sealed import SealedTerms
from bot.terms.timers import FORGET, GOES, LAPSE, PART


class TermsMoves:
    """Changes terms and carryings inside a transaction of the caller."""

    def __init__(
        self, context: SliceContext, sealed: SealedTerms, people: People, servers: Servers, quotas: Quotas
    ) -> None:
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._people = people
        self._servers = servers
        self._quotas = quotas

    # -- what somebody keeps --------------------------------------------------------------------

    async def add(self, tx: Tx, own: OwnTerms, text: TermsText) -> OwnTerms:
        await store.add(tx, own, await self._sealed.seal(tx, own, text))
        await self._agenda.put(tx, GOES, own.id, own.goes_at)
        return own

    async def rewrite(self, tx: Tx, own: OwnTerms, text: TermsText, now: datetime) -> OwnTerms:
        """Store another text. The key of the earlier one goes with it."""
        again = own.rewritten(now)
        await self._sealed.forget(tx, own)
        kept = await store.keep(tx, again, await self._sealed.seal(tx, again, text))
        await self._agenda.put(tx, GOES, kept.id, kept.goes_at)
        return kept

    async def remove(self, tx: Tx, own: OwnTerms, now: datetime) -> None:
        """Delete terms with their key and timer. Whoever was asked to carry them sees them taken back."""
        for carrying in await carrying_store.asked_by(tx, own.author):
            await self.withdraw(tx, carrying, now)
        await self._agenda.drop(tx, GOES, own.id)
        await self._sealed.forget(tx, own)
        await store.remove(tx, own.id)

    # -- who carries it -------------------------------------------------------------------------

    async def keep(self, tx: Tx, carrying: Carrying) -> Carrying:
        """Store a carrying, with the timers that its state needs."""
        kept = await carrying_store.keep(tx, carrying)
        if kept.state is CarryState.OPEN:
            await self._agenda.drop(tx, FORGET, kept.id)
            await self._agenda.put(tx, LAPSE, kept.id, kept.lapses_at)
        else:
            await self._agenda.drop(tx, LAPSE, kept.id)
        if kept.over:
            await self._agenda.put(tx, FORGET, kept.id, kept.forgotten_at)
        if kept.state is CarryState.ENDED or (kept.over and kept.shown_until is None):
            await self._agenda.drop(tx, PART, kept.id)
        return kept

    async def withdraw(self, tx: Tx, carrying: Carrying, now: datetime) -> Carrying:
        """Take it back for its author, who then sees nothing of it. The carrier is told, if they agreed."""
        if carrying.agreed:
            return await self._end(tx, carrying.forgotten().ended(now, shows=False), now, tell_carrier=True)
        if carrying.shown_until is None:
            return carrying
        if carrying.state is CarryState.ENDED:
            return await self.keep(tx, carrying.forgotten())
        return await self.keep(tx, carrying.taken_back(now))

    async def hand_back(self, tx: Tx, carrying: Carrying, now: datetime) -> Carrying:
        """End it for its carrier.

        Its author is told that much. If they had not been told of the yes, it looks unanswered instead.
        """
        if carrying.state is CarryState.OPEN:
            return await self.keep(tx, carrying.closed())
        if not carrying.agreed:
            return carrying
        if await self.untold(tx, carrying):
            return await self._end(tx, carrying.unsaid(), now)
        return await self._end(tx, carrying.ended(now, shows=True), now, tell_author=True)

    async def part(self, tx: Tx, carrying: Carrying, one: PersonId, now: datetime) -> None:
        """End it because one of the two left or was erased. Only the other is told."""
        if one == carrying.carrier:
            await self.hand_back(tx, carrying.unheard(), now)
        elif carrying.agreed:
            # They didn't take it back themselves, so they see that nobody carries it any more.
            await self._end(tx, carrying.ended(now, shows=True), now, tell_carrier=True)
        elif carrying.state is not CarryState.ENDED and carrying.shown_until is not None:
            await self.keep(tx, carrying.taken_back(now))

    async def end_for_both(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        """End it for a reason that is neither's alone: both are told."""
        ended = carrying.ended(now, shows=True)
        await self._end(tx, ended, now, tell_author=True, tell_carrier=True)

    async def unname(self, tx: Tx, carrying: Carrying, person: PersonId, now: datetime) -> None:
        """Put another id in this person's place, whichever side is theirs. It has ended by now.

        The other can still press an old button. Nobody can be asked again any sooner.
        """
        await self._keep_rest(tx, carrying, now)
        await carrying_store.unname(tx, carrying.id, person, PersonId(new_id()))

    async def take_away(self, tx: Tx, before: Carrying, after: Carrying, now: datetime) -> Carrying:
        """Take the text from the carrier, who goes on carrying, and close the messages about it."""
        await self._sealed.take_away(tx, before)
        await self._outbox.close(tx, before.id, now, kinds=(notifications.LET, notifications.CHANGED))
        return await self.keep(tx, after)

    async def untold(self, tx: Tx, carrying: Carrying) -> bool:
        """Whether its author was not told yet that the carrier agreed."""
        return await self._outbox.untold(tx, carrying.author, (notifications.AGREED,), carrying.id)

    async def elsewhere(self, tx: Tx, carrying: Carrying) -> Carrying | None:
        """Return it in another server that the two share, because it can't stay in its own; None if none is.

        Only one that is being carried moves. An invitation waits in the server in which it was sent.
        """
        if not carrying.agreed:
            return None
        both = [await self._people.servers(tx, one) for one in (carrying.author, carrying.carrier)]
        for server in both[0]:
            if server == carrying.server or server not in both[1]:
                continue
            if not (await self._servers.get(tx, server)).minors:
                return carrying.moved(server)
        return None

    async def remove_carrying(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        """Delete a carrying with its key, timers and messages. Nobody can be asked again any sooner."""
        await self._keep_rest(tx, carrying, now)
        await self._sealed.take_away(tx, carrying)
        await self._outbox.close(tx, carrying.id, now)
        await self._agenda.clear(tx, carrying.id, (LAPSE, FORGET, PART))
        await carrying_store.remove(tx, carrying.id)

    # -- inside ---------------------------------------------------------------------------------

    async def _keep_rest(self, tx: Tx, carrying: Carrying, now: datetime) -> None:
        """Let the carrier be left alone for as long as the row says, also without the row."""
        if carrying.rests_until is not None:
            who = (carrying.author, carrying.carrier)
            await self._quotas.rest(tx, Start.CARRIER, *who, now, carrying.rests_until)

    async def _end(
        self, tx: Tx, ended: Carrying, now: datetime, *, tell_carrier: bool = False, tell_author: bool = False
    ) -> Carrying:
        """Store the end, destroy the carrier's copy, and close what was said about it."""
        await self._sealed.take_away(tx, ended)
        await self._outbox.close(tx, ended.id, now)
        kept = await self.keep(tx, ended)
        for person, kind, tells in (
            (ended.carrier, notifications.ENDED, tell_carrier),
            (ended.author, notifications.STOPPED, tell_author),
        ):
            if tells:
                await self._outbox.tell(tx, person, kind, ended.id, now, server=ended.server)
        return kept
