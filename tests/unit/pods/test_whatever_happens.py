"""Whatever people do, a boundary keeps two people apart, and an inviter never sees that somebody said no."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.errors import Refusal
from bot.pods import store
from bot.pods.models import AGAIN_AFTER, LAPSES_AFTER, InvitationState, Pod
from bot.pods.notifications import JOINED
from bot.pods.service import Pods
from bot.pods.timers import FORGET, LAPSE, PART
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from tests.unit.pods.fixtures import HERE, Harness

pytestmark = pytest.mark.uncounted

T = TypeVar("T")
Pair = tuple[str, str]
NAMES = ("ana", "bo", "cy")
people = st.sampled_from(NAMES)
_LAPSES = LAPSES_AFTER // timedelta(hours=1)
_MEMORY = Path("/dev/shm")
"""A file system in memory. It is used if it exists, because thousands of commits are slow on a disk."""


class Whatever(RuleBasedStateMachine):
    """Compares the real services with a simple model: who invited whom, and who set a boundary."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._place = TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        self.harness = Harness(Path(self._place.name) / "test.db")
        self.apart: dict[Pair, datetime] = {}
        self.made: dict[Pair, tuple[datetime, bool]] = {}
        """When an invitation was last really sent, and whether there was a boundary then."""
        self.shown: dict[Pair, datetime] = {}
        """Until when an inviter should see an invitation as open. Only their own acts and a yes change it."""
        self.untold: dict[Pair, datetime] = {}
        """The same for each yes that the inviter was not told of yet. The member can still take it back."""
        self.nameless: dict[str, list[datetime]] = {name: [] for name in NAMES}
        """Until when each inviter should see invitations to members who have left the server since."""
        self.rests: dict[Pair, datetime] = {}
        """Until when an invitation to a member who has left looks sent, and reaches nobody."""
        self.own_parting: set[Pair] = set()
        """Pairs whose inviter set a boundary: its parting ends what they see, at a random time."""

    def run(self, doing: Awaitable[T]) -> T:
        async def done() -> T:
            return await doing

        return self._loop.run_until_complete(done())

    @initialize()
    def begin(self) -> None:
        self.run(self.harness.open())
        self.ids = {name: self.run(self.harness.person(name)) for name in NAMES}
        self.names = {id: name for name, id in self.ids.items()}

    def teardown(self) -> None:
        self.run(self.harness.close())
        self._loop.close()
        self._place.cleanup()

    def parted(self, one: str, other: str) -> bool:
        return (one, other) in self.apart or (other, one) in self.apart

    def tied(self, owner: str, member: str) -> bool:
        tie = self.run(
            self.harness.db.read(lambda tx: store.between(tx, self.ids[owner], self.ids[member], HERE))
        )
        return tie is not None

    # -- what people do -------------------------------------------------------------------------

    @rule(by=people, whom=people)
    def invite(self, by: str, whom: str) -> None:
        now, pair = self.harness.now, (by, whom)
        refused = by == whom or pair in self.apart or self.tied(by, whom)
        try:
            self.run(self.harness.invite(by, whom))
            assert not refused
        except Refusal:
            assert refused
            return
        rested = self.rests.pop(pair, None)
        if rested is not None:
            self.made[pair] = (now, self.parted(by, whom) or now < rested)
        elif pair not in self.made or now >= self.made[pair][0] + AGAIN_AFTER:
            self.made[pair] = (now, self.parted(by, whom))
        self.shown[pair] = now + LAPSES_AFTER
        self.own_parting.discard(pair)

    @rule(by=people, whom=people, verb=st.sampled_from(["accept", "decline", "refuse_for_good"]))
    def answer(self, by: str, whom: str, verb: str) -> None:
        """Press any button of any invitation, even on an old card."""
        invitation = self.run(
            self.harness.db.read(lambda tx: store.invited(tx, self.ids[whom], self.ids[by], HERE))
        )
        if invitation is None:
            return
        listed = [one.id for one in self.run(self.harness.pod(by)).invitations]
        already = self.tied(whom, by)
        try:
            answer = getattr(self.harness.pods.invitations, verb)
            self.run(answer(self.ids[by], invitation.id, self.harness.now))
        except Refusal:
            assert invitation.id not in listed
            return
        assert invitation.id in listed or (verb == "accept" and already)
        if verb == "accept":
            if (whom, by) in self.shown:
                self.untold[whom, by] = self.shown.pop((whom, by))
            assert already or not self.parted(by, whom)
        if verb == "refuse_for_good":
            self.apart.setdefault((by, whom), self.harness.now)
            self.own_parting.add((by, whom))

    @rule(by=people, whom=people, verb=st.sampled_from(["remove", "leave"]))
    def end(self, by: str, whom: str, verb: str) -> None:
        owner, member = (by, whom) if verb == "remove" else (whom, by)
        tie = self.run(
            self.harness.db.read(lambda tx: store.between(tx, self.ids[owner], self.ids[member], HERE))
        )
        if tie is not None:
            if verb == "leave":
                self.unsays(member, owner)
            self.run(getattr(self.harness.pods, verb)(self.ids[by], tie.id, self.harness.now))
            assert not self.tied(owner, member)

    @rule(by=people)
    def look_into_the_inbox(self, by: str) -> None:
        self.run(self.harness.services.messages.show(self.ids[by], self.harness.now))
        self.untold = {pair: until for pair, until in self.untold.items() if pair[0] != by}

    def unsays(self, member: str, owner: str) -> None:
        """Expect that a yes looks like no answer again, before its tie ends. Call it before that."""
        if (owner, member) in self.untold and self.tied(owner, member):
            self.shown[owner, member] = self.untold[owner, member]

    @rule(by=people)
    def take_back(self, by: str) -> None:
        for one in self.run(self.harness.pod(by)).sent[:1]:
            self.run(self.harness.pods.invitations.take_back(self.ids[by], one.id))
            if one.member in self.names:
                self.shown.pop((by, self.names[one.member]), None)
            else:
                self.nameless[by].remove(one.until)

    @rule(by=people, whom=people)
    def set_boundary(self, by: str, whom: str) -> None:
        if by != whom:
            if (by, whom) not in self.apart:
                self.unsays(by, whom)
            self.run(self.harness.boundaries.set(self.ids[by], self.ids[whom], self.harness.now))
            self.apart.setdefault((by, whom), self.harness.now)
            self.own_parting.add((by, whom))

    @rule(by=people)
    def lift_a_boundary(self, by: str) -> None:
        for one in self.run(self.harness.boundaries.of(self.ids[by]))[:1]:
            self.run(self.harness.boundaries.lift(self.ids[by], one.id))
            assert one.other is not None
            del self.apart[by, self.names[one.other]]

    @rule(by=people, hours=st.sampled_from([0, 5, 200]))
    def rest(self, by: str, hours: int) -> None:
        until = self.harness.now + timedelta(hours=hours) if hours else None
        self.run(self.harness.preferences.rest(self.ids[by], until, self.harness.now))

    @rule(by=people, turn=st.integers(1, 4))
    def leave_the_server(self, by: str, turn: int) -> None:
        if turn != 4:
            # Leaving ends everything that they have. If it happened too often, little would ever be open.
            return
        for other in NAMES:
            self.unsays(by, other)
        self.run(self.harness.people.leave(self.ids[by], HERE, self.harness.now))
        for pair in [pair for pair in self.shown if pair[0] == by]:
            del self.shown[pair]
        self.nameless[by] = []
        for other in NAMES:
            self.loses_their_name(other, by)

    def loses_their_name(self, inviter: str, member: str) -> None:
        """Expect that an invitation stays without a name. Another one reaches them no sooner for that."""
        pair = (inviter, member)
        until = self.shown.pop(pair, None)
        if pair in self.own_parting:
            # It may have been taken back already.
            sent = [one.until for one in self.run(self.harness.pod(inviter)).sent]
            until = until if until in sent else None
            self.own_parting.discard(pair)
        if until is not None:
            self.nameless[inviter].append(until)
        if pair in self.made:
            again, now = self.made[pair][0] + AGAIN_AFTER, self.harness.now
            self.rests[pair] = again + timedelta(hours=1) if again > now else now

    @rule(hours=st.sampled_from([1, 6, 24, _LAPSES - 24, _LAPSES, 24 * 91]))
    def wait(self, hours: int) -> None:
        self.run(self.harness.wait(hours=hours))

    @rule()
    def restart(self) -> None:
        self.run(self.harness.restart())

    # -- what always holds ----------------------------------------------------------------------

    @invariant()
    def every_invariant_holds(self) -> None:
        """Check everything in one read transaction, after every step."""
        self.run(self.harness.db.read(self.look))

    async def look(self, tx: Tx) -> None:
        everything = await store.ties_of(tx, self.ids["ana"], None, None)
        everything += await store.ties_of(tx, self.ids["bo"], self.ids["cy"], None)
        tied = {(self.names[tie.owner], self.names[tie.member]) for tie in everything}
        for name in NAMES:
            pod = await _show(self.harness.pods, tx, self.ids[name], HERE, self.harness.now)
            await self.nothing_held_is_listed(tx, name, pod)
            self.what_an_inviter_sees_tells_nothing_but_a_yes(name, pod)
            await self.who_is_available_agreed_and_does_not_rest(tx, name, tied)
            await self.no_yes_is_told_across_a_boundary(tx, name)
        self.a_day_after_a_boundary_nothing_ties_the_two(tied)
        await self.nothing_is_on_the_agenda_for_what_has_closed(tx)

    async def nothing_held_is_listed(self, tx: Tx, name: str, pod: Pod) -> None:
        waiting = await _waiting(self.harness.pods, tx, self.ids[name], self.harness.now)
        assert list(pod.invitations) == [one for one, _ in waiting]
        for one in pod.invitations:
            inviter = self.names[one.owner]
            assert not self.parted(name, inviter)
            made_at, behind = self.made[inviter, name]
            assert not behind
            assert one.made_at == made_at

    def what_an_inviter_sees_tells_nothing_but_a_yes(self, name: str, pod: Pod) -> None:
        """Check their invitations. A yes that they were not told of doesn't count if it was taken back."""
        now = self.harness.now
        nameless = sorted(one.until for one in pod.sent if one.member not in self.names)
        assert nameless == sorted(until for until in self.nameless[name] if until > now)
        seen = {(name, self.names[one.member]): one.until for one in pod.sent if one.member in self.names}
        should = {pair: until for pair, until in self.shown.items() if pair[0] == name and until > now}
        for pair in seen.keys() | should.keys():
            if pair not in self.own_parting:
                assert seen.get(pair) == should.get(pair)

    def a_day_after_a_boundary_nothing_ties_the_two(self, tied: set[Pair]) -> None:
        for (one, other), since in self.apart.items():
            if self.harness.now >= since + timedelta(days=1):
                assert not tied & {(one, other), (other, one)}

    async def who_is_available_agreed_and_does_not_rest(self, tx: Tx, name: str, tied: set[Pair]) -> None:
        for person in await self.harness.pods.available(tx, self.ids[name], HERE, self.harness.now):
            assert (name, self.names[person.id]) in tied
            assert not (await self.harness.people.get(tx, person.id)).resting(self.harness.now)

    async def no_yes_is_told_across_a_boundary(self, tx: Tx, name: str) -> None:
        for message in await self.harness.outbox.listed(tx, self.ids[name]):
            if message.kind == JOINED and message.other is not None:
                assert not self.parted(name, self.names[message.other])

    async def nothing_is_on_the_agenda_for_what_has_closed(self, tx: Tx) -> None:
        for row in await tx.all(select(agenda)):
            assert row.parked is None
            invitation = await store.invitation(tx, row.subject)
            if row.kind == PART:
                assert invitation is not None or await store.tie(tx, row.subject) is not None
                continue
            assert invitation is not None
            assert row.kind == FORGET or (row.kind, invitation.state) == (LAPSE, InvitationState.OPEN)


# These are the methods without their own transactions, because all must see the same state.
_show = Pods.show.__wrapped__  # type: ignore[attr-defined]  # functools.wraps gives it
_waiting = Pods.waiting.__wrapped__  # type: ignore[attr-defined]  # as above

TestWhatever = pytest.mark.slow(Whatever.TestCase)
TestWhatever.settings = settings(max_examples=20, stateful_step_count=30, deadline=None)
