"""Bars: for 30 days somebody can't start anything with others in a server. A second moderator confirms it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.models import DiscordUser
from bot.people.service import People
from bot.people.strangers import Named
from bot.reports import bar_store, store
from bot.reports.errors import BarGone, Barred, BarredAlready, BarsYourself, BarUnwritten
from bot.reports.models import KEPT_PROPOSAL, Bar
from bot.reports.notifications import BAR_WAITS
from bot.reports.sealed import SealedReports
from bot.reports.timers import BAR_ENDS
from bot.servers.service import Servers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.text import is_blank

BEGUN_TOGETHER, BEGUN_ALONE, LIFTED = "bar_begun", "bar_begun_alone", "bar_lifted"
"""The entries in the server's log. Their values are ids of bars, since the log itself isn't sealed."""


NOBODY = PersonId("")
"""In the place of a moderator who is not known any more."""


class BarView(Struct, frozen=True):
    """A bar as moderators see it.

    name: whom it is about, and by whom it was proposed; empty if they have no name here.
    waits_for: the names of those who can confirm it. may_confirm: whether the moderator who looks can.
    """

    bar: Bar
    name: str
    by: str
    reason: str
    waits_for: tuple[str, ...] = ()
    may_confirm: bool = False
    own: bool = False
    """Whether the moderator who looks has proposed it."""


class Bars:
    """Proposes, confirms and lifts bars, and is the one place that says whether somebody is barred."""

    def __init__(
        self, context: SliceContext, sealed: SealedReports, people: People, servers: Servers
    ) -> None:
        self._db = context.db
        self._vault = context.vault
        self._agenda = context.agenda
        self._outbox = context.outbox
        self._sealed = sealed
        self._people = people
        self._servers = servers

    async def require_free(self, tx: Tx, server: ServerId, person: PersonId) -> None:
        """Raises Barred if they can't start anything there. Call it in the transaction of the start."""
        holding = await bar_store.holding(tx, server)
        if not holding:
            return
        account = await self.account(tx, person)
        for bar in holding:
            if bar.account == account:
                raise Barred(bar.until, server)

    # -- proposing ------------------------------------------------------------------------------

    @writes
    async def consider(
        self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, now: datetime
    ) -> BarView:
        """Return what a bar for this member would be. Nothing is proposed yet."""
        account = await self.account(tx, await self._people.someone(tx, user, now))
        return await self._view(tx, await self._new(tx, by, account, server, None, now), by)

    @reads
    async def consider_from(self, tx: Tx, by: PersonId, server: ServerId, id: str, now: datetime) -> BarView:
        """Return the same for the author of what was reported to this moderator in this server."""
        account = await self._reported(tx, by, server, id)
        return await self._view(tx, await self._new(tx, by, account, server, id, now), by)

    @writes
    async def propose_for(
        self, tx: Tx, by: PersonId, server: ServerId, user: DiscordUser, reason: str, now: datetime
    ) -> BarView:
        """Propose a bar for a member. Raises BarUnwritten, BarsYourself or BarredAlready."""
        account = await self.account(tx, await self._people.someone(tx, user, now))
        return await self._propose(tx, by, account, server, reason, None, now)

    @writes
    async def propose_from(
        self, tx: Tx, by: PersonId, server: ServerId, id: str, reason: str, now: datetime
    ) -> BarView:
        """Propose a bar for the author of what was reported to this moderator, like `propose_for`."""
        account = await self._reported(tx, by, server, id)
        return await self._propose(tx, by, account, server, reason, id, now)

    @writes
    async def confirm(self, tx: Tx, by: PersonId, server: ServerId, id: str, now: datetime) -> BarView:
        """Let a proposed bar hold, as a second moderator. A second time changes nothing.

        If nobody is left who could confirm it, whoever proposed it can.
        """
        bar = await self._seen(tx, by, server, id)
        if bar.holds:
            return await self._view(tx, bar, by)
        others = await self._others(tx, bar)
        if by not in others and (others or by != bar.by):
            raise NotYours
        return await self._view(tx, await self._hold(tx, bar, by, now, alone=not others), by)

    @writes
    async def lift(self, tx: Tx, by: PersonId, server: ServerId, id: str, now: datetime) -> BarView:
        """Lift a bar early, or take back one's own proposal. Whom a bar is about can do neither.

        Any moderator can lift a bar, which is logged. What another one proposed lapses if nobody confirms it:
        otherwise a friend of the person could make it vanish, and nobody would know.
        """
        bar = await self._seen(tx, by, server, id)
        if not bar.holds and by != bar.by:
            raise NotYours
        view = await self._view(tx, bar, by)
        if bar.holds:
            await self._servers.log.note(tx, server, by, now, [(LIFTED, bar.id, "_")])
        await self.remove(tx, [bar], now)
        return view

    # -- looking --------------------------------------------------------------------------------

    @reads
    async def every(self, tx: Tx, by: PersonId, server: ServerId) -> list[BarView]:
        """Return the bars there, without those about the moderator who looks."""
        bars = [bar for bar in await bar_store.every(tx, server) if await self._may_see(tx, bar, by)]
        names = await self._names(tx, server, bars)
        return [await self._view(tx, bar, by, names) for bar in bars]

    @reads
    async def show(self, tx: Tx, by: PersonId, server: ServerId, id: str) -> BarView:
        """Return one bar. Raises BarGone."""
        return await self._view(tx, await self._seen(tx, by, server, id), by)

    @writes
    async def read(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Close the message that a bar waits for this moderator, because they have seen it."""
        await self._outbox.close(tx, id, now, kinds=(BAR_WAITS,), person=by)

    @reads
    async def told(self, tx: Tx, server: ServerId, ids: Collection[str]) -> Mapping[str, BarView]:
        """Return those of these bars that still hold, for the log of the server."""
        bars = await bar_store.these(tx, server, ids)
        names = await self._names(tx, server, bars)
        return {bar.id: await self._view(tx, bar, bar.by, names) for bar in bars}

    # -- in the caller's transaction ------------------------------------------------------------

    async def account(self, tx: Tx, person: PersonId) -> bytes | None:
        """Return the hash by which a bar recognises this person's account; None if nobody knows it."""
        return (await self.accounts(tx, [person])).get(person)

    async def accounts(self, tx: Tx, persons: Collection[PersonId]) -> dict[PersonId, bytes]:
        """Return the same for many people, without those whose account nobody knows."""
        fingers = await self._people.fingers(tx, persons)
        return {person: self._account(finger) for person, finger in fingers.items()}

    async def end(self, tx: Tx, ids: Collection[str], now: datetime) -> None:
        """Remove bars whose time is over, and proposals that nobody has confirmed."""
        found = [bar for id in ids if (bar := await bar_store.get(tx, id)) is not None and bar.until <= now]
        await self.remove(tx, found, now)

    async def remove(self, tx: Tx, bars: Collection[Bar], now: datetime) -> None:
        """Delete bars with their reasons, timers and messages."""
        for bar in bars:
            await self._sealed.forget(tx, bar.id)
            await self._agenda.drop(tx, BAR_ENDS, bar.id)
            await self._outbox.close(tx, bar.id, now)
        await bar_store.remove(tx, [bar.id for bar in bars])

    async def named(self, tx: Tx, persons: Collection[PersonId], _now: datetime) -> Named:
        """Return which of these people have a bar. Moderators can see their name where it is.

        Otherwise a name that vanishes would tell them who has never used the bot.
        """
        bars = await bar_store.everywhere(tx)
        if not bars:
            return Named()
        fingers = await self._people.fingers(tx, persons)
        accounts = {self._account(finger): person for person, finger in fingers.items()}
        return Named.here([(bar.server, accounts[bar.account]) for bar in bars if bar.account in accounts])

    async def forget_moderator(self, tx: Tx, moderator: PersonId, now: datetime) -> None:
        """Delete what a moderator wrote about bars, and that it was them. What holds goes on, for nobody."""
        bars = await bar_store.proposed_by(tx, moderator)
        await self.remove(tx, [bar for bar in bars if not bar.holds], now)
        for bar in bars:
            if bar.holds:
                await self._sealed.forget(tx, bar.id)
                await bar_store.keep(tx, replace(bar, by=NOBODY))

    # -- inside ---------------------------------------------------------------------------------

    async def _propose(
        self,
        tx: Tx,
        by: PersonId,
        account: bytes | None,
        server: ServerId,
        reason: str,
        report: str | None,
        now: datetime,
    ) -> BarView:
        bar = await self._new(tx, by, account, server, report, now)
        if is_blank(reason):
            raise BarUnwritten
        await bar_store.add(tx, bar, await self._sealed.seal_reason(tx, bar, reason))
        await self._agenda.put(tx, BAR_ENDS, bar.id, bar.until)
        others = await self._others(tx, bar)
        if not others:
            return await self._view(tx, await self._hold(tx, bar, by, now, alone=True), by)
        people = await self._people.these(tx, others)
        for one in others:
            resting = people[one].resting(now)
            await self._outbox.tell(tx, one, BAR_WAITS, bar.id, now, server=server, quietly=resting)
        return await self._view(tx, bar, by)

    async def _new(
        self,
        tx: Tx,
        by: PersonId,
        account: bytes | None,
        server: ServerId,
        report: str | None,
        now: datetime,
    ) -> Bar:
        """Return a bar that isn't stored. Raises BarsYourself, BarredAlready, or NotYours for no account."""
        if account is None:
            raise NotYours
        if account == await self.account(tx, by):
            raise BarsYourself
        for known in await bar_store.every(tx, server):
            if known.account == account and await self._may_see(tx, known, by):
                raise BarredAlready(known.id)
        return Bar(new_id(), server, account, by, now, now + KEPT_PROPOSAL, report=report)

    async def _hold(self, tx: Tx, bar: Bar, by: PersonId, now: datetime, *, alone: bool) -> Bar:
        held = bar.confirmed(now)
        await bar_store.keep(tx, held)
        await self._agenda.put(tx, BAR_ENDS, bar.id, held.until)
        await self._outbox.close(tx, bar.id, now)
        same = [one for one in await bar_store.every(tx, bar.server) if one.account == bar.account]
        await self.remove(tx, [one for one in same if one.id != bar.id], now)
        entry = BEGUN_ALONE if alone else BEGUN_TOGETHER
        await self._servers.log.note(tx, bar.server, by, now, [(entry, "_", bar.id)])
        return held

    async def _others(self, tx: Tx, bar: Bar) -> list[PersonId]:
        """Return who can confirm a bar: the other readers of its report, or else the other moderators.

        If a report has only one reader, the other moderators see the bar and its reason, as if it came from
        no report. Whoever sends a report to one moderator alone must not be able to bar somebody with them.
        """
        moderators = await self._servers.moderators(tx, bar.server)
        accounts = await self.accounts(tx, moderators)
        able = [one for one in moderators if one != bar.by and accounts[one] != bar.account]
        read = {} if bar.report is None else await store.ticks(tx, bar.report)
        return [one for one in able if read.get(one)] or able

    async def _seen(self, tx: Tx, by: PersonId, server: ServerId, id: str) -> Bar:
        """Return a bar of this server that this moderator may see. Raises BarGone."""
        bar = await bar_store.get(tx, id)
        if bar is None or bar.server != server or not await self._may_see(tx, bar, by):
            raise BarGone
        return bar

    async def _may_see(self, tx: Tx, bar: Bar, by: PersonId) -> bool:
        """Whether a moderator may see a bar. Nobody sees one about themselves.

        One that was proposed from a report and isn't confirmed is seen by those alone who can confirm it, so
        that a moderator to whom a report wasn't sent doesn't learn of it.
        """
        if bar.account == await self.account(tx, by):
            return False
        return bar.holds or bar.report is None or by == bar.by or by in await self._others(tx, bar)

    async def _reported(self, tx: Tx, by: PersonId, server: ServerId, id: str) -> bytes | None:
        """Return whose account wrote what was reported to this moderator in the server in which they are.

        That is known also after the author was erased.
        """
        report = await store.get(tx, id)
        if report is None or report.draft or report.server != server:
            raise NotYours
        if not (await store.ticks(tx, id)).get(by):
            raise NotYours
        if report.author is not None:
            return report.author
        content = await self._sealed.content(tx, report)
        return None if content is None else await self.account(tx, content.author)

    async def _view(
        self, tx: Tx, bar: Bar, by: PersonId, names: Mapping[bytes, str] | None = None
    ) -> BarView:
        if names is None:
            names = await self._names(tx, bar.server, [bar])
        others = [] if bar.holds else await self._others(tx, bar)
        called = await self._people.labels_in_full(tx, bar.server, [bar.by, *others])
        return BarView(
            bar,
            names.get(bar.account, ""),
            called.get(bar.by, ""),
            await self._sealed.reason(tx, bar),
            tuple(called.get(one, "") for one in others),
            not bar.holds and (by in others or (not others and by == bar.by)),
            by == bar.by,
        )

    async def _names(self, tx: Tx, server: ServerId, bars: Collection[Bar]) -> dict[bytes, str]:
        """Return what the people are called whom these bars are about, by the hashes of their accounts."""
        wanted = {bar.account for bar in bars}
        if not wanted:
            return {}
        fingers = await self._people.fingers_in(tx, server)
        found = {
            person: account
            for person, finger in fingers.items()
            if (account := self._account(finger)) in wanted
        }
        called = await self._people.labels_in_full(tx, server, found)
        return {account: called[person] for person, account in found.items() if person in called}

    def _account(self, finger: bytes) -> bytes:
        """Return the hash by which a bar recognises an account, also when it comes back under another id."""
        return self._vault.finger("bar", finger.hex())
