"""Whatever five friends do in any slice, nothing passes between two people with a boundary.

The second machine runs two bots. On one a boundary is set; on the other, what the boundary closes is taken
back instead, and somebody who hasn't opened an ask is removed from its asker's pod.
"""

import ast
import itertools
import tempfile
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import Struct, structs

import bot.asks.moves
import bot.boundaries.models
import bot.ids
import bot.pairs.sheets
from bot.errors import Refusal
from bot.ids import PersonId
from bot.people.models import FOREVER
from bot.services import Services
from bot.storage.database import Database
from tests import databases
from tests.architecture.tree import sources, walked
from tests.databases import hear
from tests.system.actions import Action, ActionChooser, done, friends_of_old
from tests.system.fixtures import NAMES, Harness
from tests.system.readings import KNOWN, STAYS, TELLS, Fact, Reading
from tests.system.rehearsal import rehearsed

who = st.sampled_from(NAMES)
some = st.integers(0, 999)
TO_OTHERS = (
    "invite", "uninvite", "remove", "leave", "ask", "ask", "ask_others", "status", "more_time", "withdraw",
    "cannot", "beyond", "not_now", "answer", "answer", "talk", "untalk", "tell", "propose", "unpropose",
    "mark", "share", "share", "unshare", "wish", "put", "put", "renew", "unput", "pause", "resume", "end",
    "ask_carrier", "let", "let", "reword", "leave_word", "leave_word", "hand_back", "uncarry",
)  # fmt: skip
CHOSEN = ("invite", "ask", "ask", "talk", "talk", "propose", "ask_carrier") * 3
FROM_OTHERS = (
    "accept", "accept", "decline", "never", "answer_talk", "answer_talk",
    "join", "refuse", "agree", "answer_wish", "carry", "carry", "not_carry",
)  # fmt: skip


def lives(examples: int) -> settings:
    """Return the settings for so many examples.

    Failing examples are not shrunk: that takes minutes, and their steps can be read as they are. There are
    fewer on PostgreSQL, where each step takes several times as long.
    """
    return settings(
        max_examples=examples if databases.engine == databases.SQLITE else max(examples // 5, 1),
        stateful_step_count=30,
        deadline=None,
        phases=(Phase.reuse, Phase.generate),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture(scope="module", autouse=True)
def blank(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make the database from which every example starts: four friends who know each other."""
    Apart.blank = Twins.blank = friends_of_old(tmp_path_factory.mktemp("blank"))


def ties_of_unopened(harness: Harness, one: str, other: str) -> set[str]:
    """Return the ties that end at once when `one` sets a boundary: `other` hasn't opened what they ask."""
    rows = harness.rows(
        "SELECT ties.id FROM askings JOIN asks ON asks.id = ask JOIN ties ON owner = asker"
        " AND member = answerer AND ties.server = asks.server"
        " WHERE asker = ? AND answerer = ? AND reply = 'asked' AND NOT held AND asks.state = 'open'",
        harness.people.get(one, ""),
        harness.people.get(other, ""),
    )
    return {row["id"] for row in rows}


def unsaid(harness: Harness, by: str, to: str) -> list[tuple[str, str]]:
    """Return (kind, subject) of what `by` did to a tie or a pair, and no message has told `to`."""
    rows = harness.rows(
        "SELECT kind, subject FROM outbox WHERE other = ? AND person = ? AND kind IN"
        " ('pods.joined', 'pairs.begun', 'pairs.paused', 'pairs.settled')"
        " AND ended_at IS NULL AND message_id IS NULL AND opened_at IS NULL",
        harness.people.get(by, ""),
        harness.people.get(to, ""),
    )
    return [(row["kind"], row["subject"]) for row in rows]


def carried_unopened(harness: Harness, one: str, other: str) -> set[str]:
    """Return what ends at once when `one` sets a boundary: what `other` carries for them and hasn't read."""
    rows = harness.rows(
        "SELECT id FROM carryings WHERE author = ? AND carrier = ? AND content IS NOT NULL AND NOT seen",
        harness.people.get(one, ""),
        harness.people.get(other, ""),
    )
    return {row["id"] for row in rows}


async def _withdraw(id: str, services: Services, me: PersonId, now: datetime) -> None:
    await services.terms.carriers.withdraw(me, id, now)


async def _remove(tie: str, services: Services, me: PersonId, now: datetime) -> None:
    await services.pods.remove(me, tie, now)


async def _end(kind: str, subject: str, services: Services, me: PersonId, now: datetime) -> None:
    await (services.pods.leave if kind == "pods.joined" else services.pairs.end)(me, subject, now)


class Apart(RuleBasedStateMachine):
    """One harness, what each person has read of the others, and what they knew when a boundary was set."""

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self._ending = ExitStack()

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        state = self._ending.enter_context(tempfile.TemporaryDirectory())
        self.harness = Harness(Path(state), seed, self.blank)
        self._ending.callback(self.harness.close)
        self.harness.now += timedelta(days=6, hours=1)
        for name in NAMES[:-1]:
            self.harness.meet(name)
        patch = self._ending.enter_context(pytest.MonkeyPatch.context())
        for module in (bot.asks.moves, bot.boundaries.models):
            patch.setattr(module, "random", self.harness.random())
        self.chooser = ActionChooser(self.harness)
        self.read: dict[str, set[Fact]] = {name: set() for name in NAMES}
        self.apart: dict[tuple[str, str], set[Fact]] = {}
        """Who set a boundary with whom, and everything that either of them knew of the other by then."""
        self.answered: dict[str, set[Fact]] = {name: set() for name in NAMES}
        """What each was told before a boundary of answers by the other person. It stays, as after leaving."""
        self._before: dict[str, set[Fact]] = {}
        self._goes: set[str] = set()
        """The ties that end at once with an ask that its asker's boundary closes unopened."""
        rows = self.harness.rows("SELECT person, kind, subject FROM outbox WHERE message_id IS NOT NULL")
        self._sent: set[tuple[str, str, str]] = {tuple(row) for row in rows}
        self._brought = 0

    def teardown(self) -> None:
        self._ending.close()

    @rule(name=who, number=some)
    def does(self, name: str, number: int) -> None:
        before = set(self.apart)
        action = self.chooser.some((*TO_OTHERS, *FROM_OTHERS), name, number)
        if action is None:
            return
        known = self._known(name, action.whom) if action.verb == "never" and action.whom else {}
        result = done(self.harness, action)
        if isinstance(result, Refusal):
            return
        if action.verb == "answer":
            self.read[name] |= self._seen(name, "ask")
        if action.verb in ("status", "more_time", "ask_others"):
            self.read[name] |= {fact for fact in self._seen(name, "answered") if fact.text == action.about}
        if action.verb in ("talk", "untalk", "tell"):
            self.read[name] |= self._seen(name, "agreed")
        if action.verb == "never" and (name, action.whom) not in before:
            self._parts(name, action.whom, known)

    @precondition(lambda self: self.apart)
    @rule(number=some, verb=st.sampled_from((*CHOSEN, *TO_OTHERS)))
    def acts_across_it(self, number: int, verb: str) -> None:
        """One of the two does something, to the other person if the action lets them choose."""
        two = sorted(self.apart)[number % len(self.apart)]
        name, other = two if number % 2 else two[::-1]
        action = self.chooser.choose(verb, name, number, towards=other)
        if action is not None:
            done(self.harness, action)

    @rule(name=who)
    def looks(self, name: str) -> None:
        """This person opens everything that they can open."""
        if name not in self.harness.away:
            self.read[name] |= self.harness.run(Reading(self.harness, name).looked())

    @rule(name=who, number=some)
    def sets_a_boundary(self, name: str, number: int) -> None:
        other = [one for one in NAMES if one != name][number % 4]
        if {name, other} & self.harness.away or (name, other) in self.apart:
            return
        known = self._known(name, other)
        self.harness.do(name, lambda h, me, now: h.boundaries.add(me, self.harness.discord_user(other), now))
        self._parts(name, other, known)

    @precondition(lambda self: self.apart)
    @rule(number=some)
    def lifts_a_boundary(self, number: int) -> None:
        name, other = sorted(self.apart)[number % len(self.apart)]
        whom = self.harness.people.get(other)

        async def lift(h: Services, me: Any, _now: Any) -> None:
            for held in await h.boundaries.of(me):
                if whom is None or held.other == whom:
                    await h.boundaries.lift(me, held.id)

        self.harness.do(name, lift)
        self.apart = {two: known for two, known in self.apart.items() if two != (name, other)}

    @rule(name=who, rests=st.booleans())
    def rests(self, name: str, rests: bool) -> None:
        self.harness.do(name, lambda h, me, now: h.preferences.rest(me, FOREVER if rests else None, now))

    @rule(name=who, number=some)
    def leaves_or_comes_back(self, name: str, number: int) -> None:
        if name in self.harness.away:
            self.harness.come_back(name)
        elif number < 2:
            self.harness.leave(name)

    @rule(hours=st.sampled_from([1, 3, 25, 24 * 7, 24 * 15]))
    def time_passes(self, hours: int) -> None:
        self.harness.pass_time(timedelta(hours=hours))

    @rule()
    def messages_are_delivered(self) -> None:
        self.harness.deliver()

    @rule()
    def the_bot_restarts(self) -> None:
        self.harness.restart()

    # -- what either knows ----------------------------------------------------------------------

    def _all(self, name: str) -> set[Fact]:
        """Return everything that they could read now, without reading it."""
        return self.harness.run(
            rehearsed(self.harness.bot.db, Reading(self.harness, name).looked, one_task=True)
        )

    def _seen(self, name: str, kind: str) -> set[Fact]:
        return {fact for fact in self._all(name) if fact.kind == kind}

    def _known(self, one: str, other: str) -> dict[str, set[Fact]]:
        """Return what each of the two was told: by cards, by /inbox, and by direct messages.

        `one` sets the boundary. What the other person was not told that `one` agreed to is left out.
        """
        self._goes = ties_of_unopened(self.harness, one, other) | carried_unopened(self.harness, one, other)
        both = [name for name in (one, other) if name in self.harness.people]
        unsaid = self._unsaid(one, other) if len(both) == 2 else set()
        return {name: {fact for fact in self._told(name) if fact.id not in unsaid} for name in both}

    def _unsaid(self, member: str, owner: str) -> set[str]:
        """Return the ids of ties and pairs that began, paused or changed, and the owner wasn't told of it."""
        them = self.harness.people[owner]
        two = (self.harness.people[member], them)
        agreed = (
            {
                (row["id"], "pods.joined")
                for row in self.harness.rows("SELECT id FROM ties WHERE member = ? AND owner = ?", *two)
            }
            | {
                (row["id"], "pairs.begun")
                for row in self.harness.rows(
                    "SELECT id FROM pairs WHERE partner = ? AND starter = ? AND state = 'running'", *two
                )
            }
            | {
                (row["id"], kind)
                for row in self.harness.rows(
                    "SELECT id FROM pairs WHERE ? IN (partner, starter) AND ? IN (partner, starter)", *two
                )
                for kind in ("pairs.paused", "pairs.settled")
            }
        )
        carried = "SELECT id FROM carryings WHERE carrier = ? AND author = ? AND state = 'agreed'"
        agreed |= {(row["id"], "terms.agreed") for row in self.harness.rows(carried, *two)}
        lines = {fact.id for fact in self.read[owner] if fact.kind == "line"}
        waiting = self.harness.rows(
            "SELECT kind, subject FROM outbox WHERE person = ? AND ended_at IS NULL", them
        )
        unsaid = {
            row["subject"]
            for row in waiting
            if (row["subject"], row["kind"]) in agreed
            and (them, row["kind"], row["subject"]) not in self._sent | self._brought_to
            and f"{row['kind']} {row['subject']}" not in lines
        }
        of_pairs = self.harness.rows("SELECT id, pair FROM check_ins")
        return unsaid | {row["id"] for row in of_pairs if row["pair"] in unsaid}

    @property
    def _brought_to(self) -> set[tuple[str, str, str]]:
        return {(one.person, one.kind, one.subject) for one in self.harness.post.brought}

    def _told(self, name: str) -> set[Fact]:
        me, there = self.harness.people[name], self._all(name)
        self._before[name] = there
        told = self.read[name] | {fact for fact in there if fact.kind in KNOWN}
        for person, message, subject in self._sent | self._brought_to:
            if person == me:
                kind, field = TELLS.get(message, ("", "id"))
                told |= {one for one in there if one.kind == kind and getattr(one, field) == subject}
                told |= {one for one in there if (one.kind, one.id) == ("line", f"{message} {subject}")}
        came = {(fact.of, fact.text) for fact in told if fact.kind == "answered"}
        return told | {fact for fact in there if fact.kind == "answer" and (fact.of, fact.id) in came}

    def _parts(self, owner: str, other: str, known: dict[str, set[Fact]]) -> None:
        """Check that what either was told by the other stays, and remember what they know."""
        self.apart[owner, other] = set().union(*known.values())
        for me, them in ((owner, other), (other, owner)):
            if {me, them} <= known.keys():
                there = self._all(me)
                of_them = {
                    fact for fact in known[me] if fact.of == self.harness.people[them] and fact.kind in STAYS
                }
                still = {fact for fact in of_them if fact in self._before[me] and fact.id not in self._goes}
                assert still <= there
                self.answered[me] |= {fact for fact in still if fact.kind in ("answered", "answer")}

    @invariant()
    def nothing_of_one_reaches_the_other(self) -> None:
        eyes: dict[str, set[Fact]] = {}
        for (one, other), known in self.apart.items():
            for me, them in ((one, other), (other, one)):
                if not {me, them} <= self.harness.people.keys() - self.harness.away:
                    continue
                if me not in eyes:
                    eyes[me] = self._all(me)
                of_them = {fact for fact in eyes[me] if fact.of == self.harness.people[them]}
                assert of_them <= known

    @invariant()
    def answers_that_were_told_of_stay_until_the_ask_is_destroyed(self) -> None:
        for name, answers in self.answered.items():
            asks = {row["id"] for row in self.harness.rows("SELECT id FROM asks")}
            self.answered[name] = {
                fact for fact in answers if (fact.text if fact.kind == "answered" else fact.id) in asks
            }
            if self.answered[name] and name not in self.harness.away:
                assert self.answered[name] <= self._all(name)

    @invariant()
    def no_two_endings_share_an_instant(self) -> None:
        assert not self.harness.rows(
            "SELECT due_at FROM agenda WHERE kind LIKE '%.part' GROUP BY due_at HAVING count(*) > 1"
        )

    @invariant()
    def nobody_waits_for_somebody_whose_name_is_gone_from_their_pod(self) -> None:
        """Whoever leaves a pod leaves the asks too. If only one of both showed, it would be a boundary.

        A BEYOND keeps its time, unless whoever said so set the boundary.
        """
        names = {id: name for name, id in self.harness.people.items()}
        rows = self.harness.rows(
            "SELECT reply, asker, answerer FROM askings JOIN asks ON asks.id = ask WHERE state = 'open'"
            " AND NOT parted AND (reply IN ('asked', 'reading', 'withheld')"
            " OR (held AND reply IN ('beyond', 'danger')))"
            " AND NOT EXISTS (SELECT 1 FROM ties WHERE owner = asker AND member = answerer)"
        )
        assert not [
            row
            for row in rows
            if row["reply"] not in ("beyond", "danger")
            or (names.get(row["answerer"]), names.get(row["asker"])) in self.apart
        ]

    @invariant()
    def nothing_is_delivered(self) -> None:
        """Across a boundary only the end of a tie is told, and only to the person who set no boundary."""
        names = {id: name for name, id in self.harness.people.items()}
        for message in self.harness.post.brought[self._brought :]:
            me, them = names[message.person], "" if message.other is None else names.get(message.other, "")
            if (me, them) in self.apart or (them, me) in self.apart:
                assert message.kind == "pods.ended"
                assert (me, them) not in self.apart
        self._brought = len(self.harness.post.brought)


TestApart = Apart.TestCase
TestApart.settings = lives(20)


# -- the same statements and the same answers -----------------------------------------------------------


class Listener:
    """Records every statement that the services of a bot run, in order."""

    def __init__(self, db: Database) -> None:
        self.ran: list[str] = []
        hear(db, lambda statement, _values: self.ran.append(statement))

    def taken(self) -> list[str]:
        ran, self.ran = self.ran, []
        return ran


INSIDE = {
    "withheld",
    "wish_withheld",
    "revision",
    "seen",
    "asking",
    "request",
    "hushed_until",
    "paused_by",
    "starts_on",
    "told_at",
    "paused_until",
}
"""Fields that no card shows: what is withheld, and what only the services compare."""


def test_the_fields_that_no_card_shows_exist() -> None:
    """Otherwise a field that was renamed would be compared, although nobody can see it."""
    fields = {
        node.target.id
        for one in sources("bot")
        for node in walked(one.tree())
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }

    assert not INSIDE - fields


def shown(value: Any) -> Any:
    """Return the parts of a result that a person can see."""
    match value:
        case Refusal():
            return type(value).__name__, [shown(part) for part in value.args]
        case list() | tuple():
            return [shown(one) for one in value]
        case dict():
            return {key: shown(one) for key, one in value.items()}
        case Struct():
            seen = {name: shown(one) for name, one in structs.asdict(value).items() if name not in INSIDE}
            # A pause that a boundary hides is stored in another place than one that both see.
            return (
                {**seen, "paused_until": str(getattr(value, "paused_until", None))}
                if "side" in seen
                else seen
            )
    return value


OTHER_STEPS = ("pause", "resume", "let", "reword")
"""Across a boundary these are not the same statements: they write what only the person who acts sees.

Whoever lets a carrier read what they want makes a copy for them, and whoever rewords it takes it away.
"""


class Twins(RuleBasedStateMachine):
    """Two bots go through the same steps, with the same ids, until a boundary is set on one of them.

    From then on the person who acts gets the same results by the same statements; the other does nothing.
    """

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self._ending = ExitStack()

    @initialize()
    def begin(self) -> None:
        patch = self._ending.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(bot.ids, "secrets", SimpleNamespace(token_urlsafe=self._next_id))
        patch.setattr(bot.pairs.sheets, "randbelow", lambda _: 7)
        fixed = SimpleNamespace(
            SystemRandom=lambda: SimpleNamespace(uniform=lambda low, high: (low + high) / 2)
        )
        for module in (bot.asks.moves, bot.boundaries.models):
            patch.setattr(module, "random", fixed)
        self._ids = itertools.count()
        states = [self._ending.enter_context(tempfile.TemporaryDirectory()) for _ in range(2)]
        self.harnesses = [Harness(Path(state), 0, self.blank) for state in states]
        for harness in self.harnesses:
            self._ending.callback(harness.close)
            harness.now += timedelta(days=6, hours=1)
        self._each(lambda harness: [harness.meet(name) for name in NAMES])
        self.heard = [Listener(harness.bot.db) for harness in self.harnesses]
        self.chooser = ActionChooser(self.harnesses[0])
        self.actor = self.other = ""
        self.owns = False
        self._apart_from: set[str] = set()
        """Rows that the other person sees differently on the two bots: what follows from them may differ."""

    def teardown(self) -> None:
        self._ending.close()

    def _next_id(self, _bytes: int = 0) -> str:
        return f"id-{next(self._ids):013}"

    def _each(self, act: Any) -> list[Any]:
        """Do the same on both bots, with the same ids for new rows."""
        start, results = next(self._ids), []
        for harness in self.harnesses:
            self._ids = itertools.count(start)
            results.append(act(harness))
        self._ids = itertools.count(start + 1000)
        return results

    def _same(self, action: Action, *, statements: bool = True) -> list[Any]:
        for heard in self.heard:
            heard.taken()
        here, there = self._each(lambda harness: done(harness, action))
        ran = [heard.taken() for heard in self.heard]
        assert shown(here) == shown(there)
        if statements:
            assert ran[0] == ran[1]
        return [here, there]

    # -- before ---------------------------------------------------------------------------------

    @precondition(lambda self: not self.actor)
    @rule(name=who, number=some)
    def does(self, name: str, number: int) -> None:
        action = self.chooser.some((*TO_OTHERS, *FROM_OTHERS), name, number)
        if action is not None:
            self._same(action)

    @precondition(lambda self: not self.actor)
    @rule(hours=st.sampled_from([1, 3, 25]))
    def time_passes(self, hours: int) -> None:
        self._each(lambda harness: harness.pass_time(timedelta(hours=hours)))

    @rule(name=who)
    def rests(self, name: str) -> None:
        if name not in (self.actor, self.other):
            self._each(
                lambda harness: harness.do(name, lambda h, me, now: h.preferences.rest(me, FOREVER, now))
            )

    @precondition(lambda self: not self.actor)
    @rule(actor=who, number=some, owns=st.booleans())
    def a_boundary_is_set_on_one(self, actor: str, number: int, owns: bool) -> None:
        other = [one for one in NAMES if one != actor][number % 4]
        self._each(lambda harness: harness.run(Reading(harness, actor).looked()))
        self.actor, self.other, self.owns = actor, other, owns
        owner, whom = (actor, other) if owns else (other, actor)
        here, there = self.harnesses
        for tie in ties_of_unopened(there, owner, whom):
            there.do(owner, partial(_remove, tie))
        for kind, subject in unsaid(there, owner, whom):
            there.do(owner, partial(_end, kind, subject))
        for carried in carried_unopened(there, owner, whom):
            there.do(owner, partial(_withdraw, carried))
        here.do(owner, lambda h, me, now: h.boundaries.add(me, here.discord_user(whom), now))
        there.now += timedelta(seconds=1)
        for verb in ("uninvite", "untalk", "unpropose", "unshare", "unput", "unask_carrier"):
            self._take_back(there, verb)
        here.now = there.now = max(here.now, there.now)

    def _take_back(self, harness: Harness, verb: str) -> None:
        """Take back what the other person has sent to the actor, and the actor has not opened."""
        chooser, seen = ActionChooser(harness), set()
        for number in range(12):
            action = chooser.choose(verb, self.other, number)
            if action is None or action.about in seen:
                return
            seen.add(action.about)
            asked = harness.rows(
                "SELECT person FROM talk_requests WHERE talk = ? ORDER BY place DESC", action.about
            )
            to_actor = bool(asked) and asked[0]["person"] == harness.people.get(self.actor)
            if (action.whom == self.actor and verb != "unshare") or (verb == "untalk" and to_actor):
                done(harness, action)

    # -- afterwards -----------------------------------------------------------------------------

    @precondition(lambda self: self.actor)
    @rule(number=some)
    def acts_across_it(self, number: int) -> None:
        action = self.chooser.some(TO_OTHERS, self.actor, number)
        if action is None or action.about in self._apart_from:
            return
        verb, across = action.verb, action.whom == self.other
        if across and self.owns and verb in ("invite", "propose", "ask_carrier"):
            return  # Whoever set it is reminded of it; the tests of pods and pairs check that.
        # What waits between the two ends with the tie. On the other bot it was taken back before.
        # So does what is carried, with a key for each copy, when somebody else is asked to carry it.
        ends = verb in ("leave", "remove", "ask_carrier")
        withheld = ends and (across or bool(self._apart_from))
        alone = verb == "answer" and across and self._nobody_else(action.about)
        if alone or (verb in ("pause", "resume", "answer", "put", "renew", "let", "reword") and across):
            self._apart_from.add(action.about)
        self._same(action, statements=not (alone or withheld) and not (across and verb in OTHER_STEPS))

    @precondition(lambda self: self.actor)
    @rule(name=who, number=some)
    def a_third_one_acts(self, name: str, number: int) -> None:
        action = self.chooser.some((*TO_OTHERS, *FROM_OTHERS), name, number)
        if (
            action is None
            or {name, action.whom} & {self.actor, self.other}
            or action.about in self._apart_from
        ):
            return
        self._same(action)

    @precondition(lambda self: self.actor)
    @rule(minutes=st.integers(1, 5))
    def minutes_pass(self, minutes: int) -> None:
        """Only minutes pass, because the parting comes after at least an hour."""
        self._each(lambda harness: harness.pass_time(timedelta(minutes=minutes)))

    def _nobody_else(self, asking: str) -> bool:
        """Return whether this is the last answer: it ends the wait, but not across a boundary."""
        return not self.harnesses[0].rows(
            "SELECT 1 FROM askings WHERE ask = (SELECT ask FROM askings WHERE id = ?1) AND id != ?1"
            " AND reply NOT IN ('answered', 'cant')",
            asking,
        )


TestTwins = Twins.TestCase
TestTwins.settings = lives(15)
