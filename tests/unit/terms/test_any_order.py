"""Whatever authors and carriers do, in any order, across leaving, erasing, resting, boundaries and restarts.

No sequence delivers anything to somebody set apart, leaves a timer or a message for what has ended, or shows
terms or their author to anybody but the one carrier, and the text only once it was let.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import FOREVER, DiscordUser
from bot.storage.tx import Tx
from bot.terms import notifications, timers
from bot.terms.models import Carrying, CarryState, Outcome, TermsText, Want
from tests.unit.pods.fixtures import HERE
from tests.unit.terms.fixtures import Harness

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]

T = TypeVar("T")
WHO = ("ana", "bo", "cy")
THERE = ServerId(78)
"""Another server, in which some of them know each other too."""
who, two = st.sampled_from(WHO), st.permutations(WHO).map(lambda all: tuple(all[:2]))
seldom = st.integers(0, 9)
"""What ends much happens only at 0 and 1, so that there is mostly something to end."""
CARRIERS = (notifications.LET, notifications.CHANGED, notifications.ENDED)


class Living(RuleBasedStateMachine):
    """Three people, each of whom may be an author and a carrier of any other."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = tempfile.TemporaryDirectory()
        self._loop = asyncio.new_event_loop()
        self.harness = Harness(Path(self._directory.name) / "terms.db")
        self._count = 0
        self.let: dict[tuple[str, str], set[str]] = {}
        """What each author let each carrier read, while no boundary stood between the two."""
        self.apart: set[frozenset[str]] = set()
        self.away: set[tuple[str, ServerId]] = set()
        self.heard: dict[tuple[str, datetime], Outcome | None] = {}
        """What each author could last see of how it went, by the carrying and when they asked."""

    def run(self, doing: Awaitable[T]) -> T:
        return self._loop.run_until_complete(doing)

    def teardown(self) -> None:
        try:
            self.everything_goes_in_the_end()
        finally:
            self.run(self.harness.close())
            self._loop.close()
            self._directory.cleanup()

    @initialize(both=st.booleans(), how_far=st.integers(0, 4))
    def begin(self, both: bool, how_far: int = 0) -> None:
        """Let them know each other, and let one of them get some way with a carrier."""
        self.run(self.harness.open())
        for name in WHO:
            self._meet(name)
            if both:
                self._meet(name, THERE)
        for begun in (self.keeps, self.asks, self.answers, self.lets)[:how_far]:
            match begun.__name__:
                case "keeps":
                    self.keeps("ana", Want.HELP, False)
                case "asks":
                    self.asks(("ana", "bo"), HERE)
                case "answers":
                    self.answers("bo", "accept")
                case "lets":
                    self.lets("ana")

    @rule(names=two, want=st.sampled_from(Want), lets=st.booleans())
    def begins_with_somebody(self, names: tuple[str, str], want: Want, lets: bool) -> None:
        """Do all that comes before the text is let, and perhaps that too."""
        author, carrier = names
        self.keeps(author, want, False)
        self.asks((author, carrier), HERE)
        self.answers(carrier, "accept")
        if lets:
            self.lets(author)

    # -- what people do -------------------------------------------------------------------------

    @rule(name=who, want=st.sampled_from(Want), instead=st.booleans())
    def keeps(self, name: str, want: Want, instead: bool) -> None:
        self.does(name, lambda h, me: h.terms.keep(me, self._text(name, want), h.now, instead=instead))

    @rule(name=who, want=st.sampled_from(Want))
    def changes(self, name: str, want: Want) -> None:
        self.does(name, lambda h, me: h.terms.rewrite(me, self._text(name, want), h.now))

    @rule(name=who, number=seldom)
    def deletes(self, name: str, number: int = 0) -> None:
        if number < 2:
            self.does(name, lambda h, me: h.terms.remove(me, h.now))

    @rule(names=two, server=st.sampled_from((HERE, HERE, THERE)))
    def asks(self, names: tuple[str, str], server: ServerId) -> None:
        by, whom = names
        if {(by, server), (whom, server)} & self.away:
            return
        user = self._user(whom, server)
        self.does(by, lambda h, me: h.terms.carriers.ask(me, server, user, h.now))

    @rule(name=who, how=st.sampled_from(("accept", "accept", "accept", "decline", "refuse_for_good")))
    def answers(self, name: str, how: str) -> None:
        for row in self._carrying(carrier=name, state=CarryState.OPEN):
            done = self.presses(name, f"carrying.{how}", row.id)
            if how == "refuse_for_good" and done is not None:
                self.apart.add(frozenset((name, self._name(row.author))))

    @rule(name=who)
    def lets(self, name: str) -> None:
        for row in self._carrying(author=name, state=CarryState.AGREED):
            view = self.does(name, lambda h, me: h.terms.show(me, h.now))
            written = 0 if view is None else view.own.written
            done = self.presses(name, "carriers.let", row.id, written)
            carrier = self._name(row.carrier)
            if done is not None and frozenset((name, carrier)) not in self.apart:
                self.let.setdefault((name, carrier), set()).add(view.text.words)

    @rule(name=who)
    def lets_an_earlier_one(self, name: str) -> None:
        """Press `Let them read it` on a card that shows what they have changed since."""
        for row in self._carrying(author=name, state=CarryState.AGREED):
            view = self.does(name, lambda h, me: h.terms.show(me, h.now))
            if view is not None and row.let != view.own.written - 1:
                assert self.presses(name, "carriers.let", row.id, view.own.written - 1) is None

    @rule(name=who)
    def looks(self, name: str) -> None:
        """Open /inbox and everything in it, what they carry, and what they keep."""
        self.does(name, lambda h, me: h.services.messages.show(me, h.now))
        for row in self._carrying(carrier=name, state=CarryState.AGREED):
            self.presses(name, "carrying.read", row.id)
        for row in self._carrying(author=name):
            self.presses(name, "carriers.see_what_came", row.id)
        self.does(name, lambda h, me: h.terms.show(me, h.now))

    @rule(name=who, outcome=st.sampled_from(Outcome))
    def says(self, name: str, outcome: Outcome) -> None:
        for row in self._carrying(carrier=name, state=CarryState.AGREED):
            self.presses(name, "carrying.say", row.id, outcome)

    @rule(name=who, tells=st.booleans())
    def ticks(self, name: str, tells: bool) -> None:
        self.does(name, lambda h, me: h.terms.tell_me(me, h.now, tells=tells))

    @rule(name=who, number=seldom)
    def withdraws(self, name: str, number: int = 0) -> None:
        for row in self._carrying(author=name) if number < 5 else ():
            self.presses(name, "carriers.withdraw", row.id)

    @rule(name=who, number=seldom)
    def hands_back(self, name: str, number: int = 0) -> None:
        for row in self._carrying(carrier=name, state=CarryState.AGREED) if number < 5 else ():
            self.presses(name, "carrying.hand_back", row.id)

    # -- what happens to people -----------------------------------------------------------------

    @rule(names=two, number=seldom)
    def sets_a_boundary(self, names: tuple[str, str], number: int = 0) -> None:
        owner, other = names
        if number > 4:
            return
        user = self._user(other, HERE)
        before = self._between(owner, other)
        self.does(owner, lambda h, me: h.boundaries.add(me, user, h.now))
        self.apart.add(frozenset(names))
        for row in before:
            if not row.seen and (now := self.run(self.harness.carrying(row.id))) is not None:
                assert self._seen(now) == "", "nobody reads it for the first time after a boundary"

    @rule(
        names=two,
        want=st.sampled_from(Want),
        mine=st.booleans(),
        read=st.booleans(),
        acts=st.lists(st.sampled_from(("lets", "changes", "says", "looks", "ticks", "delivers")), max_size=6),
        more=st.lists(st.sampled_from(("lets", "changes", "says", "looks", "asks", "lifts")), max_size=6),
    )
    def goes_on_across_a_boundary(
        self, names: tuple[str, str], want: Want, mine: bool, read: bool, acts: list[str], more: list[str]
    ) -> None:
        """Let two of them have something between them, and go on with it right after a boundary."""
        author, carrier = names
        self.begins_with_somebody(names, want, lets=False)
        for act in (*(("lets", "looks") if read else ()), *acts):
            self._act(act, author, carrier, want)
        self.nothing_is_heard_across_a_boundary()
        self.sets_a_boundary(names if mine else (carrier, author))
        for act in more:
            self._act(act, author, carrier, want)
            self.nobody_reads_more_than_they_were_let()
            self.nothing_waits_for_what_has_ended()
            self.a_boundary_lets_nothing_new_pass()
            self.nothing_is_heard_across_a_boundary()

    def _act(self, act: str, author: str, carrier: str, want: Want) -> None:
        match act:
            case "lets":
                self.lets(author)
            case "changes":
                self.changes(author, want)
            case "says":
                self.says(carrier, list(Outcome)[self._count % len(Outcome)])
            case "looks":
                self.looks(author)
                self.looks(carrier)
            case "ticks":
                self.ticks(author, tells=True)
            case "delivers":
                self.messages_are_delivered()
            case "asks":
                self.asks((author, carrier), HERE)
            case "lifts":
                self.lifts_boundaries(author)
                self.lifts_boundaries(carrier)

    @precondition(lambda self: self.apart)
    @rule(name=who)
    def lifts_boundaries(self, name: str) -> None:
        async def lift(h: Harness, me: PersonId) -> None:
            for one in await h.boundaries.of(me):
                await h.boundaries.lift(me, one.id)

        self.does(name, lift)
        self.apart = {pair for pair in self.apart if self._stands(*sorted(pair))}

    @rule(name=who, server=st.sampled_from((HERE, THERE)), number=seldom)
    def leaves(self, name: str, server: ServerId, number: int = 0) -> None:
        if number > 1:
            return
        self.does(name, lambda h, me: h.people.leave(me, server, h.now))
        self.away.add((name, server))

    @rule(name=who, server=st.sampled_from((HERE, THERE)))
    def comes_back(self, name: str, server: ServerId) -> None:
        self.away.discard((name, server))
        self._meet(name, server)

    @rule(name=who, number=seldom)
    def erases(self, name: str, number: int = 0) -> None:
        if number > 1:
            return
        self.does(name, lambda h, me: h.services.privacy.erase(me, h.now))
        self.away -= {(name, HERE), (name, THERE)}
        self.apart = {pair for pair in self.apart if name not in pair or self._stands(*sorted(pair))}

    @rule(name=who, rests=st.booleans())
    def rests(self, name: str, rests: bool) -> None:
        self.does(name, lambda h, me: h.preferences.rest(me, FOREVER if rests else None, h.now))

    @rule(name=who, number=seldom)
    def says_their_age(self, name: str, number: int = 0) -> None:
        minor = number == 0
        say = self.harness.preferences.say_minor if minor else self.harness.preferences.say_adult
        self.does(name, lambda h, me: say(me, h.now))

    @rule(hours=st.sampled_from((1, 13, 25, 24 * 8, 24 * 31)))
    def time_passes(self, hours: int) -> None:
        self.run(self.harness.wait(hours=hours))

    @rule()
    def messages_are_delivered(self) -> None:
        waiting = [one for one in self.run(self.harness.unclosed()) if one.state is MessageState.WAITING]
        for one in waiting:
            assert not self._across(one), "a message was sent to somebody set apart"
        self.run(self.harness.deliver())

    @rule()
    def the_bot_restarts(self) -> None:
        self.run(self.harness.restart())
        self.run(self.harness.boundaries.start(self.harness.now))

    # -- what is true after each ----------------------------------------------------------------

    @invariant()
    def nobody_reads_more_than_they_were_let(self) -> None:
        """The text reaches its author and the one carrier, and no earlier than it was let."""
        if not hasattr(self.harness, "db"):
            return
        for row in self._every():
            reader, author = self._name(row.carrier), self._name(row.author)
            seen = self._seen(row)
            assert seen == "" or seen in self.let.get((author, reader), set()), (
                "it was read before it was let"
            )
            for name in WHO:
                if name not in (reader, author):
                    self._is_nothing_to(name, row)

    @invariant()
    def each_author_has_one_carrier(self) -> None:
        if hasattr(self.harness, "db"):
            for name in WHO:
                carried = self._carrying(author=name, state=CarryState.AGREED)
                waiting = [one for one in self._carrying(author=name) if one.waits(self.harness.now)]
                assert len({one.carrier for one in (*carried, *waiting)}) <= 1

    @invariant()
    def nothing_waits_for_what_has_ended(self) -> None:
        if not hasattr(self.harness, "db"):
            return
        rows = {row.id: row for row in self._every()}
        owns = self._ids("terms")
        for kind, subject in self.run(self.harness.timers()):
            if kind == timers.GOES:
                assert subject in owns
            elif kind == timers.LAPSE:
                assert rows[subject].state is CarryState.OPEN
            elif kind == timers.FORGET:
                assert rows[subject].over
            else:
                assert rows[subject].withheld
        assert {id for kind, id in self.run(self.harness.timers()) if kind == timers.GOES} == owns
        assert {id for kind, id in self.run(self.harness.timers()) if kind == timers.FORGET} == {
            row.id for row in rows.values() if row.over
        }
        for one in self.run(self.harness.unclosed()):
            row = rows[one.subject]
            whose = row.carrier if one.kind in CARRIERS else row.author
            # Somebody who has left is still told that it was taken back, though it no longer names them.
            left = one.kind == notifications.ENDED and self._name(row.carrier) not in WHO
            assert one.person == whose or (left and one.person != row.author), "it is nobody else's"
            if one.kind in (notifications.ENDED, notifications.STOPPED, notifications.CAME):
                assert one.other is None
            if one.kind in (notifications.ENDED, notifications.STOPPED):
                assert row.state is CarryState.ENDED
            else:
                assert row.agreed
            if one.kind == notifications.LET and one.state is not MessageState.WITHHELD:
                assert row.readable
            if one.kind == notifications.CHANGED:
                assert row.stale

    @invariant()
    def texts_are_kept_only_for_those_who_read_them(self) -> None:
        """A carrier's copy goes with what it is for, and its key with it."""
        if not hasattr(self.harness, "db"):
            return
        copies = self._column("SELECT id FROM carryings WHERE content IS NOT NULL")
        assert copies == {row.id for row in self._every() if row.given is not None}
        keys = self._column('SELECT "case" FROM data_keys WHERE "case" LIKE \'terms:%\'')
        assert keys == {f"terms:{id}" for id in copies | self._ids("terms")}

    @invariant()
    def nothing_is_heard_across_a_boundary(self) -> None:
        """What a carrier says after a boundary isn't shown to its author, also if the boundary is lifted.

        What they said before stays while it is carried, since its author could see that it was there.
        """
        if not hasattr(self.harness, "db"):
            return
        for row in self._every():
            asking = row.id, row.asked_at
            before = self.heard.get(asking)
            apart = frozenset((self._name(row.author), self._name(row.carrier))) in self.apart
            if row.came is not None and row.came is not before and (apart or row.withheld):
                raise AssertionError("something was heard across a boundary")
            if before is not None and row.agreed:
                assert row.came is not None, "a word has gone, though nothing has ended"
            self.heard[asking] = row.came

    @invariant()
    def a_boundary_lets_nothing_new_pass(self) -> None:
        if hasattr(self.harness, "db"):
            for one in self.run(self.harness.unclosed()):
                if one.state is MessageState.WAITING:
                    assert not self._across(one)

    def everything_goes_in_the_end(self) -> None:
        """After a year and a month in which nobody does anything, nothing of it is left."""
        if not hasattr(self.harness, "db"):
            return
        for _ in range(2):
            self.run(self.harness.wait(days=400))
        assert self._ids("terms") == self._ids("carryings") == set()
        assert self.run(self.harness.timers()) == set()
        assert self._column('SELECT "case" FROM data_keys WHERE "case" LIKE \'terms:%\'') == set()

    # -- inside ---------------------------------------------------------------------------------

    def does(self, name: str, act: Callable[[Harness, PersonId], Awaitable[Any]]) -> Any:
        """Let somebody do something a minute later. Return what comes of it; None if it is refused."""
        self.harness.now += timedelta(minutes=1)
        try:
            return self.run(act(self.harness, self._meet(name)))
        except Refusal:
            return None

    def presses(self, name: str, verb: str, id: str, *more: Any) -> Any:
        """Let somebody press what calls this verb of a service of terms, about this carrying."""
        service, _, called = verb.partition(".")
        return self.does(name, lambda h, me: getattr(getattr(h.terms, service), called)(me, id, *more, h.now))

    def _meet(self, name: str, server: ServerId | None = None) -> PersonId:
        user = self._user(name, server)
        return self.run(self.harness.people.meet(user, self.harness.now))

    def _user(self, name: str, server: ServerId | None) -> DiscordUser:
        id = self.harness.accounts.setdefault(name, 1000 + len(self.harness.accounts))
        return DiscordUser(id, name, server)

    def _text(self, name: str, want: Want) -> TermsText:
        self._count += 1
        return TermsText.of([want], f"{name} wants this, {self._count}")

    def _name(self, person: PersonId) -> str:
        return next((name for name in WHO if self._met(name) == person), "somebody who was erased")

    def _met(self, name: str) -> PersonId | None:
        return self.run(self.harness.people.of_account(self.harness.accounts.get(name, 0)))

    def _every(self) -> list[Carrying]:
        rows = self._column("SELECT id FROM carryings")
        found = [self.run(self.harness.carrying(id)) for id in sorted(rows)]
        return [one for one in found if one is not None]

    def _carrying(
        self, author: str = "", carrier: str = "", state: CarryState | None = None
    ) -> list[Carrying]:
        return [
            row
            for row in self._every()
            if (not author or self._name(row.author) == author)
            and (not carrier or self._name(row.carrier) == carrier)
            and (state is None or row.state is state)
        ]

    def _between(self, one: str, other: str) -> list[Carrying]:
        return [
            row for row in self._every() if {self._name(row.author), self._name(row.carrier)} == {one, other}
        ]

    def _seen(self, row: Carrying) -> str:
        """Return the words that the carrier could read now."""

        async def read(tx: Tx) -> str:
            return (await self.harness.terms.queries.carried(tx, row)).text.words

        return self._read(read)

    def _is_nothing_to(self, name: str, row: Carrying) -> None:
        me = self._met(name)
        if me is None:
            return
        carrying, carriers = self.harness.terms.carrying, self.harness.terms.carriers
        tried = [
            carrying.look(me, row.id),
            carrying.look_at(me, row.id, self.harness.now),
            carriers.before(me, row.id, self.harness.now),
        ]
        for one in tried:
            with pytest.raises(Refusal):
                self.run(one)

    def _across(self, message: OutboxMessage) -> bool:
        other = message.other
        return other is not None and self._stands(self._name(message.person), self._name(other))

    def _stands(self, one: str, other: str) -> bool:
        first, second = self._met(one), self._met(other)
        if first is None or second is None:
            return False
        return self._read(lambda tx: self.harness.boundaries.parted(tx, first, second))

    def _read(self, body: Callable[[Tx], Awaitable[T]]) -> T:
        return self.run(self.harness.db.read(body))

    def _ids(self, table: str) -> set[str]:
        return self._column(f"SELECT id FROM {table}")

    def _column(self, statement: str) -> set[str]:
        rows = self._read(lambda tx: tx.all(text(statement)))
        return {row[0] for row in rows}


TestLiving = Living.TestCase
TestLiving.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
