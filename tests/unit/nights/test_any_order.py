"""Whatever friends do in any order, across leaving, boundaries, erasing, age, resting and restarts.

Nobody sees a card, an alarm or who is home without having been chosen by that very person and having
accepted. Nobody sees the name of somebody who set a boundary with them. No timer and no message is left for
what has ended, and a day after a night nothing of it is.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import TextClause, text

from bot.errors import Refusal
from bot.ids import PersonId
from bot.nights import hand_store, look_store, member_store, store
from bot.nights.models import Look, Member, MemberState, NightCard
from bot.nights.notifications import HAND, HEARD, MISSED
from bot.people.models import FOREVER
from bot.storage.tx import Tx
from tests.unit.nights.fixtures import Harness
from tests.unit.pods.fixtures import HERE

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]

T = TypeVar("T")
WHO = ("ana", "bo", "cy", "di")
who, two = st.sampled_from(WHO), st.permutations(WHO).map(lambda all: tuple(all[:2]))
seldom = st.integers(0, 9)
ALARMS = (HAND, MISSED, HEARD)


class Going(RuleBasedStateMachine):
    """Four friends, and the nights that they plan."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = tempfile.TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        self.harness = Harness(Path(self._directory.name) / "nights.db")
        self.chose: set[tuple[str, str]] = set()
        """Who has chosen whom to look out for them, in a night that isn't over for either."""
        self.agreed: set[tuple[str, str]] = set()

    def run(self, doing: Awaitable[T]) -> T:
        return self._loop.run_until_complete(doing)

    def teardown(self) -> None:
        try:
            self.run(self.harness.wait(days=4))
            assert self.run(self.harness.rows()) == 0
            kinds = {kind for kind, _ in self.run(self.harness.timers())}
            assert kinds <= {"nights.card"}
        finally:
            self.run(self.harness.close())
            self._loop.close()
            self._directory.cleanup()

    @initialize(all=st.booleans())
    def begin(self, all: bool) -> None:
        self.run(self.harness.open())
        for name in WHO:
            self.run(self.harness.person(name))
        self.plans("ana")
        for name in WHO[1:] if all else WHO[1:2]:
            self.joins(name)
        self.chooses(("ana", "bo"))
        self.accepts("bo")

    # -- what friends do ------------------------------------------------------------------------

    @rule(name=who)
    def plans(self, name: str) -> None:
        day = self.harness.now.date()
        view = self.press(name, "plan", HERE, "UTC", day, time(20), time(3))
        if view is not None:
            self.press(name, "company.post", view.member.id, 5)

    @rule(name=who)
    def joins(self, name: str) -> None:
        for night in self._read(store.every):
            self.press(name, "company.join", HERE, night.id)

    @rule(names=two)
    def invites(self, names: tuple[str, str]) -> None:
        by, whom = names
        user = self.harness.discord_user(whom)
        for place in self._places(by):
            self.press(by, "company.invite", place.id, user)

    @rule(name=who, verb=st.sampled_from(("accept", "decline")))
    def answers_an_invitation(self, name: str, verb: str) -> None:
        me = self._met(name)
        for one in self._read(lambda tx: member_store.of_person(tx, me)) if me else ():
            if one.state is MemberState.INVITED:
                self.press(name, f"company.{verb}", one.id)

    @rule(names=two)
    def chooses(self, names: tuple[str, str]) -> None:
        owner, looker = names
        for mine in self._places(owner):
            for theirs in self._places(looker):
                done = self.press(owner, "looking.wish", mine.id, theirs.id)
                if done is not None:
                    self.chose.add(names)

    @rule(name=who)
    def accepts(self, name: str) -> None:
        for look in self._looks(looker=name):
            if self.press(name, "looking.accept", look.id) is not None:
                self.agreed.add((self._name(look.owner), name))

    @rule(name=who, verb=st.sampled_from(("decline", "stop", "refuse_for_good")), number=seldom)
    def says_no(self, name: str, verb: str, number: int) -> None:
        for look in self._looks(looker=name) if number < 4 else ():
            self.press(name, f"looking.{verb}", look.id)
        self._forget_what_ended()

    @rule(name=who, number=seldom)
    def takes_back(self, name: str, number: int) -> None:
        for look in self._looks(owner=name) if number < 3 else ():
            self.press(name, "looking.take_back", look.id)
        self._forget_what_ended()

    @rule(name=who, words=st.sampled_from(("two beers", "none")))
    def writes(self, name: str, words: str) -> None:
        for place in self._places(name):
            card = NightCard(f"{name}: {words}")
            self.press(name, "cards.write", place.id, card)

    @rule(name=who)
    def keeps_the_card(self, name: str) -> None:
        for place in self._places(name):
            self.press(name, "cards.keep", place.id)

    @rule(name=who, hours=st.integers(1, 6))
    def comes_home_by(self, name: str, hours: int) -> None:
        for place in self._places(name):
            night = self._read(partial(_night, place.night))
            at = night.starts_at + timedelta(hours=hours)
            self.press(name, "during.home_by", place.id, at)

    @rule(name=who, verb=st.sampled_from(("fine", "still_out", "home", "call", "thank")))
    def presses(self, name: str, verb: str) -> None:
        for place in self._places(name):
            self.press(name, f"during.{verb}", place.id)

    @rule(name=who, number=seldom)
    def leaves(self, name: str, number: int) -> None:
        for place in self._places(name) if number < 3 else ():
            self.press(name, "company.leave", place.id)
        self._forget_what_ended()

    # -- what happens to friends ----------------------------------------------------------------

    @rule(names=two, number=seldom)
    def sets_a_boundary(self, names: tuple[str, str], number: int) -> None:
        if number < 3:
            self.run(self.harness.apart(*names))
            self._forget_what_ended()

    @rule(name=who, number=seldom)
    def leaves_the_server(self, name: str, number: int) -> None:
        if number < 2:
            self.does(name, lambda h, me: h.people.leave(me, HERE, h.now))
            self._forget_what_ended()

    @rule(name=who, number=seldom)
    def is_erased(self, name: str, number: int) -> None:
        if number < 2:
            self.does(name, lambda h, me: h.services.privacy.erase(me, h.now))
            self._forget_what_ended()

    @rule(name=who, number=seldom)
    def rests(self, name: str, number: int) -> None:
        until = FOREVER if number < 3 else None
        self.does(name, lambda h, me: h.preferences.rest(me, until, h.now))

    @rule(name=who, number=seldom)
    def is_under_18(self, name: str, number: int) -> None:
        if number < 1:
            self.does(name, lambda h, me: h.preferences.say_minor(me, h.now))
            self._forget_what_ended()

    @rule(hours=st.sampled_from((0.5, 0.5, 1, 2, 5, 24)))
    def time_passes(self, hours: float) -> None:
        self.run(self.harness.wait(hours=hours))
        self._forget_what_ended()

    @rule()
    def restarts(self) -> None:
        self.run(self.harness.restart())

    # -- what always holds ----------------------------------------------------------------------

    @invariant()
    def a_card_is_seen_only_by_those_who_were_chosen_and_agreed(self) -> None:
        for owner in WHO:
            for place in self._places(owner):
                for reader in WHO:
                    if reader == owner or self._met(reader) is None:
                        continue
                    seen = self.press(reader, "looking.friend", place.id)
                    if seen is not None:
                        assert {(owner, reader)} <= self.chose & self.agreed
                        assert not self._stands(owner, reader)

    @invariant()
    def an_alarm_is_open_only_for_those_who_look_out(self) -> None:
        for row in self._read(lambda tx: tx.all(text(
            "SELECT person, kind, subject, state, other FROM outbox WHERE ended_at IS NULL"
        ))):  # fmt: skip
            if row.kind in ALARMS and row.state != "held":
                owner = self._subject(row.kind, row.subject)
                if row.kind == HAND and owner not in self._out():
                    continue  # they have left since, and a friend who is on the way still finds the call
                assert (owner, self._name(row.person)) in self.chose & self.agreed

    @invariant()
    def nobody_sees_somebody_who_set_a_boundary_with_them(self) -> None:
        for reader in WHO:
            for place in self._places(reader):
                view = self.run(self.harness.show(reader, place.id))
                assert view is not None
                for one in view.companions:
                    assert not self._has(self._name(one.person), reader)

    @invariant()
    def every_timer_is_about_something(self) -> None:
        ids = set()
        for table in ("nights", "night_members", "night_cards"):
            rows = text(f"SELECT id FROM {table}")
            ids |= {row.id for row in self._read(partial(_rows, rows))}
        assert {subject for _, subject in self.run(self.harness.timers())} <= ids

    # -- inside ---------------------------------------------------------------------------------

    def press(self, name: str, verb: str, *more: Any) -> Any:
        """Let somebody press what calls this verb of nights. None if it is refused; otherwise not None."""

        async def pressed(harness: Harness, me: PersonId) -> Any:
            called: Any = harness.nights
            for part in verb.split("."):
                called = getattr(called, part)
            done = await called(me, *more, harness.now)
            return verb if done is None else done

        return self.does(name, pressed)

    def does(self, name: str, doing: Callable[[Harness, PersonId], Awaitable[T]]) -> T | None:
        """Let somebody do something. None if it is refused."""
        me = self._met(name)
        if me is None:
            me = self.run(self.harness.person(name))
        try:
            return self.run(doing(self.harness, me))
        except Refusal:
            return None

    def _forget_what_ended(self) -> None:
        """Whoever doesn't look out any more must be chosen, and agree, again."""
        held = {(self._name(one.owner), self._name(one.looker)) for one in self._every_look() if one.agreed}
        shown = {(self._name(one.owner), self._name(one.looker)) for one in self._every_look() if one.shown}
        self.agreed &= held
        self.chose &= shown

    def _every_look(self) -> list[Look]:
        nights = self._read(store.every)
        return [look for night in nights for look in self._read(partial(_looks, night.id))]

    def _looks(self, owner: str = "", looker: str = "") -> list[Look]:
        return [
            one
            for one in self._every_look()
            if (not owner or self._name(one.owner) == owner)
            and (not looker or self._name(one.looker) == looker)
        ]

    def _places(self, name: str) -> list[Member]:
        me = self._met(name)
        if me is None:
            return []
        return [one for one in self._read(lambda tx: member_store.of_person(tx, me)) if one.here]

    def _out(self) -> set[str]:
        return {name for name in WHO if self._places(name)}

    def _subject(self, kind: str, subject: str) -> str:
        if kind == HAND:
            hand = self._read(lambda tx: hand_store.get(tx, subject))
            return "" if hand is None else self._name(hand.caller)
        member = self._read(lambda tx: member_store.get(tx, subject))
        return "" if member is None else self._name(member.person)

    def _met(self, name: str) -> PersonId | None:
        return self.run(self.harness.people.of_account(self.harness.accounts.get(name, 0)))

    def _name(self, person: PersonId) -> str:
        return next((name for name in WHO if self._met(name) == person), "somebody who was erased")

    def _has(self, owner: str, other: str) -> bool:
        one, two = self._met(owner), self._met(other)
        if one is None or two is None:
            return False
        return bool(self._read(lambda tx: self.harness.boundaries.has(tx, one, two)))

    def _stands(self, one: str, other: str) -> bool:
        return self._has(one, other) or self._has(other, one)

    def _read(self, body: Callable[[Tx], Awaitable[Any]]) -> Any:
        return self.run(self.harness.db.read(body))


async def _rows(statement: TextClause, tx: Tx) -> Any:
    return await tx.all(statement)


async def _night(id: str, tx: Tx) -> Any:
    return await store.get(tx, id)


async def _looks(id: str, tx: Tx) -> list[Look]:
    return await look_store.of_night(tx, id)


TestGoing = Going.TestCase
TestGoing.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
