"""Five friends do anything; some of them erase what is held about them, at any point, and may come back.

The second machine runs two bots. On one somebody is erased, on the other the same person leaves the server:
nobody else can tell which it was.
"""

import itertools
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import bot.asks.moves
import bot.boundaries.models
import bot.ids
import bot.pairs.sheets
from bot.asks import recipient_store
from bot.asks.models import Reply as AskReply
from bot.errors import Refusal
from bot.ids import PersonId
from bot.norms.models import Norm
from bot.norms.note import NoteKind
from bot.people.models import FOREVER
from bot.pods.privacy import PodPrivacy
from bot.reports.errors import Barred
from bot.reports.models import PassageKind
from bot.services import Services
from bot.storage.tx import Tx
from bot.vault.privacy import VaultPrivacy
from bot.vault.sealing import Vault
from tests.system.actions import ActionChooser, done, friends_of_old
from tests.system.fixtures import NAMES, SERVER, Harness
from tests.system.gone import Gone, Writing
from tests.system.invariants import Invariants
from tests.system.open_cards import Screens, lines
from tests.system.readings import Reading
from tests.system.rehearsal import rehearsed
from tests.system.test_boundary_machine import FROM_OTHERS, TO_OTHERS, lives

who = st.sampled_from(NAMES)
some = st.integers(0, 999)


@dataclass(frozen=True)
class Backup:
    """A copy of the database, and who was whom when it was made."""

    path: Path
    people: dict[str, PersonId]
    away: set[str]
    absent: set[str]
    gone: set[PersonId]
    apart: dict[tuple[str, str], datetime]


@pytest.fixture(scope="module", autouse=True)
def blank(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make the database from which every example starts, and keep what was written in it."""
    with pytest.MonkeyPatch.context() as patch:
        Erasing.written = Writing()
        patch.setattr(Vault, "seal", Erasing.written.recording(Vault.seal))
        Erasing.blank = Quietly.blank = friends_of_old(tmp_path_factory.mktemp("blank"))


class Erasing(RuleBasedStateMachine):
    """Each rule is one action of one person, or of whoever runs the bot."""

    blank: Path
    written: Writing

    def __init__(self) -> None:
        super().__init__()
        self._ending = ExitStack()

    @initialize(seed=st.integers(0, 999))
    def begin(self, seed: int) -> None:
        self.folder = Path(self._ending.enter_context(tempfile.TemporaryDirectory()))
        (self.folder / "state").mkdir()
        patch = self._ending.enter_context(pytest.MonkeyPatch.context())
        writing = Writing(self.written)
        patch.setattr(Vault, "seal", writing.recording(Vault.seal))
        self.harness = Harness(self.folder / "state", seed, self.blank)
        self._ending.callback(self.harness.close)
        self.harness.now += timedelta(days=6, hours=1)
        for module in (bot.asks.moves, bot.boundaries.models):
            patch.setattr(module, "random", self.harness.random())
        for name in NAMES[:-1]:
            self.harness.meet(name)
        self.chooser = ActionChooser(self.harness)
        self.checks = Invariants(self.harness)
        self.gone = Gone(self.harness, writing)
        self.absent: set[str] = set()
        """Who was erased and has not come back."""
        self.apart: dict[tuple[str, str], datetime] = {}
        """Who set a boundary with whom, by their accounts."""
        self.backups: list[Backup] = []
        self._step = 0

    def teardown(self) -> None:
        try:
            if hasattr(self, "gone"):
                self._nothing_of_theirs_opens()
                self._nobody_is_shown_anything_of_theirs(*NAMES)
        finally:
            self._ending.close()

    def _here(self, name: str) -> bool:
        return name not in self.absent | self.harness.away

    # -- what people do -------------------------------------------------------------------------

    @rule(acts=st.lists(st.tuples(who, some), min_size=1, max_size=5))
    def they_do_things(self, acts: list[tuple[str, int]]) -> None:
        for name, number in acts:
            if name not in self.absent:
                self.does(name, number)

    def does(self, name: str, number: int) -> None:
        action = self.chooser.some((*TO_OTHERS, *FROM_OTHERS), name, number)
        if action is None or action.whom in self.harness.away:
            return
        result = done(self.harness, action)
        if action.verb == "never" and action.whom and not isinstance(result, Refusal):
            self.apart.setdefault((name, action.whom), self.harness.now)

    @rule(name=who, number=some)
    def does_something_alone(self, name: str, number: int) -> None:
        """Write a plan or begin an ask, set a reminder, or rest."""
        if self._here(name):
            self.harness.do(name, [_plans, _drafts, _reminds, _rests, _works][number % 5])

    @rule(name=who, number=some)
    def takes_part_in_the_group(self, name: str, number: int) -> None:
        """Put norms to the members, answer them, write to moderators, or read what was written to oneself."""
        if self._here(name):
            self.harness.do(name, [_puts_norms, _is_in, _suggests, _suggests, _marks_done, _bars][number % 6])

    @rule(name=who, number=some)
    def reports_what_they_read(self, name: str, number: int) -> None:
        if not self._here(name):
            return
        opened = "SELECT id FROM askings WHERE answerer = ? AND opened"
        for row in self.harness.rows(opened, self.harness.meet(name))[number % 2 :]:
            self.harness.do(name, partial(_reports, row["id"]))

    @rule(name=who, other=who)
    def sets_a_boundary(self, name: str, other: str) -> None:
        if name == other or not self._here(name):
            return
        user = self.harness.discord_user(other)
        if self.harness.do(name, lambda h, me, now: h.boundaries.add(me, user, now)) is not None:
            self.apart.setdefault((name, other), self.harness.now)

    @precondition(lambda self: self.apart)
    @rule(number=some)
    def lifts_every_boundary(self, number: int) -> None:
        name = sorted(self.apart)[number % len(self.apart)][0]

        async def lift(h: Services, me: PersonId, _now: datetime) -> None:
            for held in await h.boundaries.of(me):
                await h.boundaries.lift(me, held.id)

        self.harness.do(name, lift)
        self.apart = {two: at for two, at in self.apart.items() if two[0] != name}

    @rule(name=who, number=some)
    def leaves_or_comes_back(self, name: str, number: int) -> None:
        if name in self.absent:
            return
        if name in self.harness.away:
            self.harness.come_back(name)
        elif number < 200:
            self.harness.leave(name)

    @rule(name=who)
    def erases(self, name: str) -> None:
        """Erase it, also for somebody who has left the server: they can do so in a direct message."""
        if name in self.absent:
            return
        assert not list(self.gone.erase(name))
        self.absent.add(name)
        self.apart = {two: at for two, at in self.apart.items() if two[0] != name}
        self._nothing_of_theirs_opens()
        self._nobody_is_shown_anything_of_theirs(*NAMES)

    @precondition(lambda self: self.absent)
    @rule(number=some)
    def uses_the_bot_again(self, number: int) -> None:
        name = sorted(self.absent)[number % len(self.absent)]
        self.absent.remove(name)
        self.harness.away.discard(name)
        assert self.harness.meet(name) not in self.gone.ids

    # -- time, and whoever runs the bot ---------------------------------------------------------

    @rule(hours=st.sampled_from([1, 3, 25, 24 * 7, 24 * 15]))
    def time_passes(self, hours: int) -> None:
        self.harness.pass_time(timedelta(hours=hours))

    @rule()
    def messages_are_delivered(self) -> None:
        self.harness.deliver()

    @rule()
    def the_bot_restarts(self) -> None:
        self.harness.restart()

    @rule()
    def keys_are_rotated(self) -> None:
        self.harness.rotate_keys()
        [count] = self.harness.rows(
            "SELECT count(DISTINCT ring_key) AS used, count(*) > 0 AS some FROM data_keys"
        )
        assert count["used"] == count["some"], "one key wraps them all, if anybody's are left"

    @rule()
    def backs_up(self) -> None:
        path = self.folder / f"backup-{len(self.backups)}"
        self.harness.back_up(path)
        people, away = dict(self.harness.people), set(self.harness.away)
        self.backups.append(
            Backup(path, people, away, set(self.absent), set(self.gone.ids), dict(self.apart))
        )

    @precondition(lambda self: self.backups)
    @rule(number=some)
    def restores(self, number: int) -> None:
        """Put a backup back. Whoever was erased after it was made is erased from it at the start."""
        backup = self.backups[number % len(self.backups)]
        self.harness.restore(backup.path)
        self.harness.people = {name: id for name, id in backup.people.items() if id not in self.gone.ids}
        self.harness.away = set(backup.away)
        self.absent = {
            name for name in backup.absent | backup.people.keys() if name not in self.harness.people
        }
        self.apart = {two: at for two, at in backup.apart.items() if two[0] not in self.absent}
        self.checks = Invariants(self.harness)
        self.checks.begins_here()
        self._nothing_of_theirs_opens()

    # -- what is true after each ----------------------------------------------------------------

    @invariant()
    def nothing_of_them_is_left(self) -> None:
        assert not list(self.gone.found_wrong())

    @invariant()
    def the_invariants_hold(self) -> None:
        assert not self.checks.found_wrong()

    @invariant()
    def nobody_is_shown_anything_of_theirs(self) -> None:
        """Check one person after each step, and all at the end, because it takes the longest."""
        self._step += 1
        self._nobody_is_shown_anything_of_theirs(NAMES[self._step % len(NAMES)])

    @invariant()
    def boundaries_of_others_hold(self) -> None:
        assert not self.together()

    def _nobody_is_shown_anything_of_theirs(self, *names: str) -> None:
        for name in names:
            if name in self.harness.people and self._here(name):
                seen = Reading(self.harness, name).looked
                facts = self.harness.run(rehearsed(self.harness.bot.db, seen, one_task=True))
                assert not list(self.gone.shown(facts))

    def _nothing_of_theirs_opens(self) -> None:
        assert not list(self.gone.openable())

    def together(self) -> list[tuple[str, str]]:
        """Return the two between whom a boundary was set that does not hold any more."""
        people, boundaries = self.harness.people, self.harness.services.boundaries

        async def parted(one: str, two: str, tx: Tx) -> bool:
            return await boundaries.parted(tx, people[one], people[two])

        return [
            two
            for two in self.apart
            if people.keys() >= set(two)
            and not self.harness.run(self.harness.bot.db.read(partial(parted, *two)))
        ]


# -- stories --------------------------------------------------------------------------------------------


def _lived(live: Callable[[Erasing], None]) -> None:
    erasing = Erasing()
    erasing.begin(seed=1)
    try:
        live(erasing)
    finally:
        erasing.teardown()


def test_the_rules_of_the_machine_have_their_effects_in_one_simple_story() -> None:
    """A machine whose rules did nothing would find nothing wrong."""
    _lived(_erased_and_restored)


def _erased_and_restored(erasing: Erasing) -> None:
    harness, count = erasing.harness, erasing.harness.rows
    ana = harness.people["ana"]
    erasing.does_something_alone("ana", 0)
    assert len(count("SELECT 1 FROM plans WHERE owner = ?", ana)) == 2
    erasing.backs_up()
    assert len([one for one in erasing.gone.writing.by({ana}) if one.cell.table == "asks"]) > 1
    erasing.keys_are_rotated()
    erasing.erases("ana")
    assert ana in erasing.gone.ids
    assert count("SELECT 1 FROM people WHERE id = ?", ana) == []
    assert len(count("SELECT 1 FROM people")) == 3
    erasing.nothing_of_them_is_left()
    erasing.the_invariants_hold()
    erasing.messages_are_delivered()
    assert [one.kind for one in harness.post.closed].count("pods.joined") > 2
    erasing.uses_the_bot_again(0)
    assert harness.people["ana"] not in (ana, "")
    erasing.time_passes(24 * 15)
    erasing.nothing_of_them_is_left()
    erasing.restores(0)
    back = count("SELECT 1 FROM people WHERE id = ?", ana)
    assert back == []
    erasing.the_invariants_hold()


def test_the_checks_find_what_an_erasing_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise they would hold whatever erasing does."""

    async def nothing(*_: object) -> None:
        return

    monkeypatch.setattr(VaultPrivacy, "erase", nothing)
    monkeypatch.setattr(PodPrivacy, "erase", nothing)
    _lived(_checked)


def _checked(erasing: Erasing) -> None:
    person = erasing.harness.people["ana"]
    assert list(erasing.gone.erase("ana")) == []
    found = {*erasing.gone.found_wrong(), *erasing.gone.openable()}
    erasing.gone.ids = set()
    assert {
        "somebody who was erased is in data_keys.author",
        "somebody who was erased is in invitations.owner",
        "what an erased person wrote in people.discord_id can be opened",
    } <= found
    assert erasing.harness.rows("SELECT 1 FROM data_keys WHERE author = ?", person)


def test_the_rules_about_the_group_have_their_effects_and_a_bar_holds_for_whoever_comes_back() -> None:
    _lived(_reported_and_barred)


def _reported_and_barred(erasing: Erasing) -> None:
    harness, count = erasing.harness, erasing.harness.rows
    for name in ("cy", "dee"):
        erasing.takes_part_in_the_group(name, 0)
    erasing.takes_part_in_the_group("bo", 1)
    erasing.takes_part_in_the_group("bo", 2)
    assert [len(count(f"SELECT 1 FROM {table}")) for table in ("norm_stands", "norm_notes")] == [1, 1]
    ask = ActionChooser(harness).choose("ask", "ana", 0, towards="bo")
    assert ask is not None
    done(harness, ask)
    read = "SELECT id FROM askings WHERE reply = 'asked'"
    for row in count(read):
        harness.do("bo", partial(_reads, row["id"]))
    erasing.reports_what_they_read("bo", 0)
    erasing.takes_part_in_the_group("cy", 5)
    erasing.takes_part_in_the_group("dee", 5)
    both = [count("SELECT id FROM bars WHERE state = 'holds'"), count("SELECT id FROM reports")]
    assert all(both)
    erasing.erases("ana")
    assert both == [count("SELECT id FROM bars WHERE state = 'holds'"), count("SELECT id FROM reports")]
    erasing.uses_the_bot_again(0)
    invites = ActionChooser(harness).choose("invite", "ana", 0, towards="bo")
    assert invites is not None
    assert isinstance(done(harness, invites), Barred)
    erasing.nothing_of_them_is_left()


def test_a_boundary_of_somebody_else_holds_for_whoever_comes_back() -> None:
    _lived(_kept_apart)


def _kept_apart(erasing: Erasing) -> None:
    erasing.sets_a_boundary("bo", "ana")
    erasing.time_passes(25)
    assert erasing.together() == []
    erasing.erases("ana")
    erasing.uses_the_bot_again(0)
    assert erasing.together() == []


# -- what somebody does alone ---------------------------------------------------------------------------


async def _plans(h: Services, me: PersonId, now: datetime) -> None:
    for ask in await h.asks.kept(me):
        plan = await h.plans.write(me, ask.id, f"leave early, {now}", now)
        await h.plans.choose(me, plan.plan.id, 3, now)


async def _drafts(h: Services, me: PersonId, now: datetime) -> None:
    await h.asks.drafts.begin(me, SERVER, 1, now, f"a message, {now}")


async def _reminds(h: Services, me: PersonId, now: datetime) -> None:
    await h.contact.remind(me, now)


async def _rests(h: Services, me: PersonId, now: datetime) -> None:
    await h.preferences.rest(me, FOREVER, now)


async def _works(h: Services, me: PersonId, now: datetime) -> None:
    await h.preferences.rest(me, None, now)


# -- in the group ---------------------------------------------------------------------------------------


async def _puts_norms(h: Services, me: PersonId, now: datetime) -> None:
    await h.servers.seen_moderating(SERVER, me, now)
    await h.servers.change(SERVER, me, now, {"norms_channel": 4000})
    await h.norms.drafts.adopt(me, SERVER, [Norm("kind", f"Be kind, {now}", "Be kind.")], now)
    await h.norms.ballots.put(me, SERVER, now, direct=False)


async def _is_in(h: Services, me: PersonId, now: datetime) -> None:
    for version in (await h.norms.versions(SERVER))[:1]:
        await h.norms.ballots.be_in(me, version.id, now)


async def _suggests(h: Services, me: PersonId, now: datetime) -> None:
    id = (await h.norms.notes.begin(me, SERVER, NoteKind.SUGGESTION, None, now)).note.id
    await h.norms.notes.write(me, id, f"a note, {now}", now)
    await h.norms.notes.send(me, id, now)


async def _marks_done(h: Services, me: PersonId, now: datetime) -> None:
    for letter in (await h.norms.inbox.letters(me, SERVER)).waiting:
        await h.norms.inbox.done(me, SERVER, letter.note.id, now)
    for filed in (await h.reports.queue.all(me, SERVER)).open:
        await h.reports.queue.done(me, SERVER, filed.report.id, now)


async def _reports(passage: str, h: Services, me: PersonId, now: datetime) -> None:
    id = (await h.reports.begin(me, PassageKind.ASK, passage, now)).report.id
    await h.reports.write(me, id, f"a reason, {now}", now)
    await h.reports.send(me, id, now)


async def _reads(asking: str, h: Services, me: PersonId, _now: datetime) -> None:
    await h.asks.answering.read(me, asking)


async def _bars(h: Services, me: PersonId, now: datetime) -> None:
    """Confirm the bars that wait, and suggest one for whoever wrote what was reported."""
    for view in await h.reports.bars.every(me, SERVER):
        if view.may_confirm:
            await h.reports.bars.confirm(me, SERVER, view.bar.id, now)
    for filed in (await h.reports.queue.all(me, SERVER)).open:
        await h.reports.bars.propose_from(me, SERVER, filed.report.id, f"a reason for a bar, {now}", now)


TestErasing = Erasing.TestCase
TestErasing.settings = lives(15)


# -- the same as if they had left -----------------------------------------------------------------------


UNKNOWABLE = ("v1:asks.never", "v1:boundaries.")
"""No boundary can be set with an account that isn't known any more, so these buttons show something else."""
INBOX = "v1:inbox.show"


class Quietly(RuleBasedStateMachine):
    """Two bots go through the same steps, with the same ids, until somebody is erased on one of them.

    On the other they leave. From then on everybody else sees and is told the same.
    """

    blank: Path

    def __init__(self) -> None:
        super().__init__()
        self._ending = ExitStack()

    @initialize(later=st.integers(0, 12))
    def begin(self, later: int = 0) -> None:
        """Begin; somebody goes after `later` steps or more."""
        self._later = later
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
        self.chooser = ActionChooser(self.harnesses[0])
        self.parted = ""
        self.back = False
        self._since = 0
        """The number from which ids were made after the parting."""
        self._on_screen: dict[str, set[str]] = {}
        """The custom_ids that each person could press before the parting."""

    def teardown(self) -> None:
        try:
            if self.parted:
                self.others_see_the_same()
        finally:
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

    # -- before, and afterwards -----------------------------------------------------------------

    @rule(acts=st.lists(st.tuples(who, some), min_size=1, max_size=5))
    def they_do_things(self, acts: list[tuple[str, int]]) -> None:
        for name, number in acts:
            if name != self.parted:
                self.does(name, number)

    def does(self, name: str, number: int) -> None:
        action = self.chooser.some((*TO_OTHERS, *FROM_OTHERS), name, number)
        if action is None or (self.parted and action.whom == self.parted):
            return
        here, there = self._each(lambda harness: done(harness, action))
        assert isinstance(here, Refusal) == isinstance(there, Refusal)

    @rule(hours=st.sampled_from([1, 3, 25, 24 * 3, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self._each(lambda harness: harness.pass_time(timedelta(hours=hours)))

    @rule()
    def messages_are_delivered(self) -> None:
        here, there = self._each(self._delivered)
        assert here == there

    def _delivered(self, harness: Harness) -> list[str]:
        """Deliver what waits; return what reached everybody else, and which messages now say "closed"."""
        closed = len(harness.post.closed)
        came = [("new", one) for one in harness.deliver()]
        came += [("closed", one) for one in harness.post.closed[closed:]]
        there: dict[PersonId | None, str] = {
            id: name for name, id in harness.people.items() if name != self.parted
        }
        return sorted(
            f"{how} {one.kind} to {there[one.person]} about {there.get(one.other, 'somebody')}"
            for how, one in came
            if one.person in there
        )

    @invariant()
    def a_step_was_made(self) -> None:
        self._later -= 1

    @precondition(lambda self: not self.parted and self._later <= 0)
    @rule(name=who)
    def somebody_goes(self, name: str) -> None:
        start = next(self._ids)
        for other in NAMES:
            self._on_screen[other] = set(Screens(self.harnesses[0], other).opened())
        self._ids = itertools.count(start + 1000)
        self.parted = name
        self._since = next(self._ids)
        ways = iter((lambda harness: harness.erase(name), lambda harness: _leaves(harness, name)))
        self._each(lambda harness: next(ways)(harness))
        self.harnesses[0].away.add(name)
        self.others_see_the_same()

    @precondition(lambda self: self.parted and not self.back)
    @rule(hours=st.sampled_from([1, 24 * 4]))
    def they_come_back(self, hours: int) -> None:
        """They use the bot again: somebody new, if they were erased. What they left still has no name."""
        self.back = True
        self._each(lambda harness: harness.pass_time(timedelta(hours=hours)))
        self.others_see_the_same()
        self._each(lambda harness: harness.come_back(self.parted))
        self.others_see_the_same()

    def others_see_the_same(self) -> None:
        assert not list(self.differences())

    def differences(self) -> Iterator[tuple[str, str]]:
        """Yield what somebody sees on one of the bots, and not on the other."""
        for name in NAMES:
            if name != self.parted:
                here, there = self._each(partial(self._seen, name))
                yield from ((name, one) for one in sorted(here ^ there))

    def _seen(self, name: str, harness: Harness) -> set[str]:
        """Return what they can open, and what each button shows that they could press before the parting."""
        screens = Screens(harness, name)
        seen = screens.opened()
        seen |= {one: screens.pressed(one) for one in sorted(self._on_screen[name] - seen.keys())}
        inbox = lines(shown for custom_id, shown in seen.items() if custom_id.startswith(INBOX))
        cards = {one: shown for one, shown in seen.items() if not one.startswith((INBOX, *UNKNOWABLE))}
        return {self._plain(one) for one in (*cards.items(), *inbox)}

    def _plain(self, shown: Any) -> str:
        """Return it as text. All ids that were made after the parting look the same."""

        def known(id: re.Match[str]) -> str:
            return id[0] if not self.parted or int(id[1]) < self._since else "id"

        return re.sub(r"UID:\w+", "UID", re.sub(r"id-(\d{13})", known, repr(shown)))


def _leaves(harness: Harness, name: str) -> None:
    """Leave, after taking back every answer. Whoever is erased does both."""

    async def taken_back(tx: Tx) -> None:
        for one in await recipient_store.parts_of(tx, harness.people[name]):
            if one.reply in (AskReply.ANSWERED, AskReply.WITHHELD):
                await harness.services.asks._moves.take_back(tx, one, harness.now + timedelta(seconds=1))

    harness.run(harness.bot.db.write(taken_back))
    harness.leave(name)


TestQuietly = Quietly.TestCase
TestQuietly.settings = lives(12)
