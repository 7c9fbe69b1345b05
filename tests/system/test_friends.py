"""Five friends do anything, in any order: no sequence of actions brings two parted people together."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import bot.asks.moves
import bot.boundaries.models
from bot.asks.models import Answer, AskKind, AskText
from bot.asks.wait import Wait
from bot.errors import NotYours, Refusal
from bot.people.models import FOREVER
from bot.talks.models import Did
from bot.talks.models import Reply as TalkReply
from bot.ui.custom_id import CustomId
from tests.system.fixtures import NAMES, SERVER, Harness, four_friends
from tests.system.invariants import Invariants
from tests.system.rehearsal import press, rehearsed

who = st.sampled_from(NAMES)
which = st.integers(0, 7)
WORDS = AskText("what I did", "what they said", "what I ask")
ANSWER = Answer("what it may have been", "one step")
SUBJECT = """
SELECT id, reply, revision FROM askings WHERE id = ?1
UNION ALL SELECT id, state, revision FROM asks
 WHERE id = ?1 OR id = (SELECT ask FROM askings WHERE id = ?1)
UNION ALL SELECT id, state, revision FROM talks
 WHERE id = ?1 OR id = (SELECT talk FROM talk_requests WHERE id = ?1)
UNION ALL SELECT id, state, revision FROM plans WHERE id = ?1
UNION ALL SELECT id, state, held FROM invitations WHERE id = ?1
UNION ALL SELECT id, '', 0 FROM ties WHERE id = ?1
"""
"""The row that a message is about, and the rows that it belongs to, in whichever table they are."""


def there_is(what: str) -> Callable[[Any], Any]:
    """Return a precondition: the rule runs only if such a row exists."""
    return precondition(lambda self: bool(self.harness.rows(f"SELECT 1 FROM {what} LIMIT 1")))


class Friends(RuleBasedStateMachine):
    """Each rule is one action of one person; an action that is refused changes nothing."""

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self._ending = ExitStack()

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        state = self._ending.enter_context(tempfile.TemporaryDirectory())
        self.harness = Harness(Path(state), seed, self.blank)
        self._ending.callback(self.harness.close)
        self.harness.now += timedelta(hours=1)
        for name in NAMES[:-1]:
            self.harness.meet(name)
        patch = self._ending.enter_context(pytest.MonkeyPatch.context())
        for module in (bot.asks.moves, bot.boundaries.models):
            patch.setattr(module, "random", self.harness.random())
        self.checks = Invariants(self.harness)
        self._step = 0
        self._opened: set[tuple[object, ...]] = set()
        self._ending.callback(self._what_is_listed_opens, *NAMES)

    def teardown(self) -> None:
        self._ending.close()

    def one_of(self, number: int, statement: str, *values: Any) -> Any:
        rows = self.harness.rows(statement, *values)
        return rows[number % len(rows)] if rows else None

    # -- pods -----------------------------------------------------------------------------------

    @rule(owner=who, member=who)
    def invites(self, owner: str, member: str) -> None:
        if not {owner, member} & self.harness.away:
            self.harness.do(
                owner,
                lambda h, me, now: h.pods.invitations.invite(
                    me, SERVER, self.harness.discord_user(member), now
                ),
            )

    @there_is("invitations")
    @rule(name=who, number=which, verb=st.sampled_from(["accept", "accept", "decline", "refuse_for_good"]))
    def answers_an_invitation(self, name: str, number: int, verb: str) -> None:
        found = self.one_of(
            number, "SELECT id FROM invitations WHERE member = ? ORDER BY rowid", self.harness.meet(name)
        )
        if found is not None:
            self.harness.do(name, lambda h, me, now: getattr(h.pods.invitations, verb)(me, found["id"], now))

    @there_is("invitations")
    @rule(name=who, number=which)
    def takes_an_invitation_back(self, name: str, number: int) -> None:
        found = self.one_of(
            number, "SELECT id FROM invitations WHERE owner = ? ORDER BY rowid", self.harness.meet(name)
        )
        if found is not None:
            self.harness.do(name, lambda h, me, _: h.pods.invitations.take_back(me, found["id"]))

    @there_is("ties")
    @rule(name=who, number=which, verb=st.sampled_from(["remove", "leave"]))
    def ends_a_tie(self, name: str, number: int, verb: str) -> None:
        side = "owner" if verb == "remove" else "member"
        found = self.one_of(
            number, f"SELECT id FROM ties WHERE {side} = ? ORDER BY rowid", self.harness.meet(name)
        )
        if found is not None:
            self.harness.do(name, lambda h, me, now: getattr(h.pods, verb)(me, found["id"], now))

    # -- boundaries -----------------------------------------------------------------------------

    @rule(name=who, other=who)
    def sets_a_boundary(self, name: str, other: str) -> None:
        if not {name, other} & self.harness.away:
            self.harness.do(
                name, lambda h, me, now: h.boundaries.add(me, self.harness.discord_user(other), now)
            )

    @there_is("boundaries")
    @rule(name=who, number=which)
    def lifts_a_boundary(self, name: str, number: int) -> None:
        found = self.one_of(
            number, "SELECT id FROM boundaries WHERE owner = ? ORDER BY rowid", self.harness.meet(name)
        )
        if found is not None:
            self.harness.do(name, lambda h, me, _: h.boundaries.lift(me, found["id"]))

    # -- asking ---------------------------------------------------------------------------------

    @rule(
        name=who,
        wait=st.sampled_from(Wait),
        picks=st.lists(which, min_size=1, max_size=3),
        sends=st.booleans(),
    )
    def asks(self, name: str, wait: Wait, picks: list[int], sends: bool) -> None:
        """Go through all of `/ask`, from the draft to `Send`; sometimes it stays a draft."""
        draft = self._drafted(name, wait, picks)
        if draft is not None and (sends or picks[0] % 4):
            self.harness.do(name, lambda h, me, now: h.asks.send(me, draft, now))

    def _drafted(self, name: str, wait: Wait, picks: list[int]) -> str | None:
        do = self.harness.do
        if name in self.harness.away:
            return None
        begun = do(name, lambda h, me, now: h.asks.drafts.begin(me, SERVER, 1, now, "a message"))
        if begun is None:
            return None
        id = begun.ask.id
        do(name, lambda h, me, now: h.asks.drafts.agree(me, id, 1, 7, now))
        seen = do(name, lambda h, me, now: h.asks.drafts.write(me, id, AskKind.SAID, WORDS, now))
        if seen is None:
            return None
        people = sorted({seen.people[pick % len(seen.people)][0] for pick in picks}) if seen.people else []
        do(name, lambda h, me, now: h.asks.drafts.pick(me, id, people, now))
        do(name, lambda h, me, now: h.asks.drafts.wait(me, id, wait, now))
        return id

    @there_is("asks WHERE state = 'draft'")
    @rule(name=who, number=which, verb=st.sampled_from(["send", "discard"]))
    def goes_on_with_a_draft(self, name: str, number: int, verb: str) -> None:
        mine = "SELECT id FROM asks WHERE asker = ? AND state = 'draft' ORDER BY rowid"
        found = self.one_of(number, mine, self.harness.meet(name))
        if found is not None:
            self.harness.do(
                name,
                lambda h, me, now: (h.asks.send if verb == "send" else h.asks.drafts.discard)(
                    me, found["id"], now
                ),
            )

    @there_is("askings WHERE reply != 'cant'")
    @rule(
        number=which,
        verb=st.sampled_from(
            ["invited", "read", "not_now", "cannot", "beyond", "danger", "form", "keep", "answer", "answer"]
        ),
    )
    def answers(self, number: int, verb: str) -> None:
        found = self.one_of(
            number, "SELECT id, answerer FROM askings WHERE reply != 'cant' ORDER BY rowid DESC"
        )
        if found is None:
            return
        more = {"keep": (ANSWER,), "answer": (ANSWER,)}.get(verb, ())
        timed = verb in ("not_now", "cannot", "beyond", "danger", "answer")
        self.harness.do(
            self._name(found["answerer"]),
            lambda h, me, now: getattr(h.asks.answering, verb)(
                me, found["id"], *more, *([now] if timed else [])
            ),
        )

    @there_is("asks WHERE state != 'draft'")
    @rule(number=which, verb=st.sampled_from(["read", "read", "withdraw", "more_time", "status"]))
    def looks_at_what_was_asked(self, number: int, verb: str) -> None:
        found = self.one_of(number, "SELECT id, asker FROM asks WHERE state != 'draft' ORDER BY rowid DESC")
        if found is not None:
            self.harness.do(
                self._name(found["asker"]), lambda h, me, now: getattr(h.asks, verb)(me, found["id"], now)
            )

    @there_is("asks WHERE state = 'open'")
    @rule(number=which, picks=st.lists(which, min_size=1, max_size=2))
    def asks_someone_else(self, number: int, picks: list[int]) -> None:
        found = self.one_of(number, "SELECT id, asker FROM asks WHERE state = 'open' ORDER BY rowid DESC")
        if found is None:
            return
        name = self._name(found["asker"])
        status = self.harness.do(name, lambda h, me, now: h.asks.status(me, found["id"], now))
        if status is not None and status.others:
            chosen = sorted({status.others[pick % len(status.others)][0] for pick in picks})
            self.harness.do(name, lambda h, me, now: h.asks.ask_others(me, found["id"], chosen, now))

    # -- talks and plans ------------------------------------------------------------------------

    @rule(name=who, number=which)
    def asks_for_a_talk(self, name: str, number: int) -> None:
        if name in self.harness.away:
            return
        seen = self.harness.do(name, lambda h, me, now: h.talks.look(me, SERVER, now))
        if seen is not None and seen.others:
            person = seen.others[number % len(seen.others)][0]
            self.harness.do(name, lambda h, me, now: h.talks.ask(me, SERVER, person, now))

    @there_is("talk_requests")
    @rule(number=which, reply=st.sampled_from(TalkReply))
    def answers_a_talk(self, number: int, reply: TalkReply) -> None:
        found = self.one_of(number, "SELECT id, person FROM talk_requests ORDER BY rowid DESC")
        if found is not None:
            self.harness.do(
                self._name(found["person"]), lambda h, me, now: h.talks.answer(me, found["id"], reply, now)
            )

    @there_is("talks")
    @rule(number=which, verb=st.sampled_from(["show", "take_back", *Did]))
    def goes_on_with_a_talk(self, number: int, verb: str) -> None:
        found = self.one_of(number, "SELECT id, asker FROM talks ORDER BY rowid DESC")
        if found is None:
            return
        name, id = self._name(found["asker"]), found["id"]
        if isinstance(verb, Did):
            self.harness.do(name, lambda h, me, now: h.talks.tell(me, id, verb, now))
        else:
            self.harness.do(name, lambda h, me, now: getattr(h.talks, verb)(me, id, now))

    @there_is("asks WHERE state != 'draft' UNION ALL SELECT 1 FROM talks")
    @rule(number=which)
    def writes_a_plan(self, number: int) -> None:
        """Write a plan from a sent ask or a talk; the services decide which of them allow it."""
        found = self.one_of(number, "SELECT id, asker FROM asks UNION ALL SELECT id, asker FROM talks")
        if found is not None:
            self.harness.do(
                self._name(found["asker"]),
                lambda h, me, now: h.plans.write(me, found["id"], "leave early", now),
            )

    @there_is("plans")
    @rule(number=which, verb=st.sampled_from(["choose", "choose", "did", "did", "still", "end", "again"]))
    def goes_on_with_a_plan(self, number: int, verb: str) -> None:
        found = self.one_of(number, "SELECT id, owner, source FROM plans ORDER BY rowid DESC")
        if found is None:
            return
        name, id, source = self._name(found["owner"]), found["id"], found["source"]
        match verb:
            case "choose":
                self.harness.do(name, lambda h, me, now: h.plans.choose(me, id, number + 1, now))
            case "did":
                self.harness.do(name, lambda h, me, now: h.plans.did(me, id, "calmer", "the bar", now))
            case "again":
                self.harness.do(name, lambda h, me, now: h.plans.happened_again(me, source, now))
            case _:
                self.harness.do(name, lambda h, me, now: getattr(h.plans, verb)(me, id, now))

    # -- rest, leaving, time --------------------------------------------------------------------

    @rule(name=who, days=st.sampled_from([0, 1, 30, None]))
    def rests(self, name: str, days: int | None) -> None:
        until = FOREVER if days is None else self.harness.now + timedelta(days=days) if days else None
        self.harness.do(name, lambda h, me, now: h.preferences.rest(me, until, now))

    @rule(name=who)
    def leaves_or_comes_back(self, name: str) -> None:
        if name in self.harness.away:
            self.harness.come_back(name)
        else:
            self.harness.leave(name)

    @rule(hours=st.sampled_from([1, 2, 6, 12, 25, 49, 24 * 8, 24 * 32, 24 * 95]))
    def time_passes(self, hours: int) -> None:
        self.harness.pass_time(timedelta(hours=hours))

    @rule()
    def messages_are_delivered(self) -> None:
        self.harness.deliver()

    @rule()
    def the_bot_restarts(self) -> None:
        self.harness.restart()

    def _name(self, person: str) -> str:
        return next(name for name, id in self.harness.people.items() if id == person)

    # -- what is true after each ----------------------------------------------------------------

    @invariant()
    def the_invariants_hold(self) -> None:
        assert not self.checks.found_wrong()

    @invariant()
    def what_is_listed_opens(self) -> None:
        """Check one person after every second step, and all at the end, because it takes the longest."""
        self._step += 1
        if self._step % 2:
            self._what_is_listed_opens(NAMES[self._step // 2 % len(NAMES)])

    def _what_is_listed_opens(self, *names: str) -> None:
        for name in names:
            if name in self.harness.people:
                assert not self.harness.run(self._stuck(name))

    async def _stuck(self, name: str) -> list[str]:
        """Return what `name` finds in /inbox and cannot open. Unchanged rows are not tried a second time."""
        services, me, now = self.harness.services, self.harness.people[name], self.harness.now
        stuck = []
        for message in await services.messages.listed(me):
            apart = self.checks.apart(me, message.other or "")
            if self._looked_at(message.id, message.subject, apart):
                continue
            pressed, answers = press(me, now)
            try:
                await rehearsed(self.harness.bot.db, partial(services.inbox.open, pressed, message))
            except Refusal as refusal:
                if isinstance(refusal, NotYours) or not apart:
                    stuck.append(message.kind)
            else:
                stuck += [] if answers.cards else [message.kind]
        for entry in await services.inbox.others(me, now):
            route = CustomId.read(entry.custom_id)
            assert route is not None
            if self._looked_at(entry.custom_id, route.argument, False):
                continue
            pressed, answers = press(me, now, route.argument, route.word)
            await rehearsed(self.harness.bot.db, partial(services.router._handlers[route.verb][0], pressed))
            stuck += [] if answers.cards else [entry.custom_id]
        return stuck

    def _looked_at(self, id: str, subject: str, apart: bool) -> bool:
        state = (id, apart, *map(tuple, self.harness.rows(SUBJECT, subject)))
        known = state in self._opened
        self._opened.add(state)
        return known


@pytest.fixture(scope="module", autouse=True)
def blank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    Friends.blank = four_friends(tmp_path_factory.mktemp("blank"))
    yield
    del Friends.blank


def test_the_rules_of_the_machine_have_their_effects_in_one_simple_story() -> None:
    """A machine whose rules did nothing would find nothing wrong."""
    friends = Friends()
    friends.begin(seed=1)
    try:
        _live(friends)
    finally:
        friends.teardown()


def _live(friends: Friends) -> None:
    count = friends.harness.rows
    friends.invites("dee", "bo")
    friends.answers_an_invitation("bo", 2, "accept")
    assert len(count("SELECT 1 FROM ties")) == 6
    friends.asks("ana", Wait.DAYS, [0, 1], True)
    assert {row["state"] for row in count("SELECT state FROM asks")} == {"open"}
    friends.messages_are_delivered()
    assert [message.kind for message in friends.harness.post.brought].count("asks.asked") == 2
    friends.answers(0, "answer")
    friends.sets_a_boundary("eve", "ana")
    assert len(count("SELECT 1 FROM boundaries")) == 1
    friends.answers(1, "cannot")
    friends.the_bot_restarts()
    friends.time_passes(24 * 5)
    friends.looks_at_what_was_asked(0, "read")
    assert len(count("SELECT 1 FROM askings WHERE reply = 'cant'")) == 1
    assert {row["state"] for row in count("SELECT state FROM asks")} == {"closed"}
    friends.writes_a_plan(0)
    friends.asks_for_a_talk("ana", 0)
    friends.answers_a_talk(0, TalkReply.TODAY)
    assert {row["state"] for row in count("SELECT state FROM talks")} == {"agreed"}
    friends.leaves_or_comes_back("ana")
    friends.the_invariants_hold()
    left = ("asks WHERE state != 'closed'", "talks", "ties WHERE 'ana' IN (owner, member)")
    assert not [what for what in left if count(f"SELECT 1 FROM {what}")]


TestFriends = Friends.TestCase
TestFriends.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    # Failing examples are not shrunk: that takes minutes, and their steps can be read as they are.
    phases=(Phase.reuse, Phase.generate),
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
