"""Whatever people do with a path: nobody set apart is delivered to, nothing waits for what has ended, and the
person on it sees the same with a request that has not reached them as without it.

Two worlds go the same way, step by step. In the one, companions also enter requests that are not for
distance, and say what they think of them. Nothing that Ana sees may tell her in which she is.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path as File
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from unittest.mock import patch

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.delivery.outbox_message import MessageState
from bot.delivery.tables import outbox
from bot.errors import Refusal
from bot.ids import PersonId
from bot.paths import answer_store, commitment_store, companion_store, invitation_store, request_store, store
from bot.paths import notifications as kinds
from bot.paths.answer import Sense
from bot.paths.models import Path, Step
from bot.paths.request import RequestKind
from bot.paths.vote import Said
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from tests.unit.paths.fixtures import FORTNIGHT, Harness
from tests.unit.pods.fixtures import HERE

pytestmark = pytest.mark.uncounted

T = TypeVar("T")
OWNER, BESIDE = "ana", ("bo", "cy", "dee")
NAMES = (OWNER, *BESIDE)
people, companions = st.sampled_from(NAMES), st.sampled_from(BESIDE)
_MEMORY = File("/dev/shm")


class World:
    """One harness, and what stands in it."""

    def __init__(self, place: File) -> None:
        self.harness = Harness(place)
        self.ids: dict[str, PersonId] = {}
        self.path = ""
        self.random = Random(7)

    async def open(self) -> None:
        await self.harness.open()
        for name in NAMES:
            self.ids[name] = await self.harness.person(name)
        self.path = (await self.harness.start(OWNER)).id

    async def start_again(self) -> None:
        """Let Ana begin a new path if hers has closed, so that the machine always has one."""
        await self.harness.person(OWNER)
        try:
            self.path = (await self.harness.start(OWNER)).id
        except Refusal:
            return

    async def refresh(self) -> None:
        """Meet everybody again: somebody who was erased has a new id."""
        for name in NAMES:
            self.ids[name] = await self.harness.person(name)

    async def seen(self) -> Any:
        """Return what Ana sees, without the random ids that differ between the worlds."""
        me, now = self.ids[OWNER], self.harness.now
        view = await self.harness.paths.queries.show(me, self.path, now)
        path = view.path
        names = {id: name for name, id in self.ids.items()}
        messages = [
            (one.kind, one.made_at, one.state, one.opened_at)
            for one in await self.harness.all_messages(me)
            if one.kind.startswith("paths.")
        ]
        return (
            (
                path.step,
                path.state,
                path.step_since,
                path.next_at,
                path.number,
                path.ready_at,
                path.waits_until,
            ),
            path.closing,
            sorted((one.about, text) for one, text in view.commitments),
            sorted(names.get(one.person, "?") for one in view.companions),
            sorted(names.get(one.member, "?") for one in view.sent),
            sorted(((one.kind, text, one.released_at) for one, text in view.requests), key=repr),
            (view.can_go_on, sorted(messages, key=repr)),
        )


class Whatever(RuleBasedStateMachine):
    """Both worlds take the same steps; `secret` steps are taken in the first one alone."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._place = TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        here = File(self._place.name)
        for name in ("one", "two"):
            (here / name).mkdir()
        self.worlds = [World(here / "one" / "test.db"), World(here / "two" / "test.db")]
        self.secret: set[str] = set()

    def run(self, doing: Awaitable[T]) -> T:
        async def done() -> T:
            return await doing

        return self._loop.run_until_complete(done())

    @initialize(many=st.sampled_from([0, 2, 3]))
    def begin(self, many: int) -> None:
        """Begin, most often, at the second step: by chance the machine would seldom come so far."""
        for world in self.worlds:
            self.run(world.open())
        if many:
            self.both(partial(_accompany, BESIDE[:many]))

    def teardown(self) -> None:
        for world in self.worlds:
            self.run(world.harness.close())
        self._loop.close()
        self._place.cleanup()

    def both(self, step: Callable[[World], Awaitable[object]]) -> bool:
        """Take a step in both worlds. It is refused in both or in neither."""
        return len({self.taken(world, step) for world in self.worlds}) == 1

    def taken(self, world: World, step: Callable[[World], Awaitable[object]]) -> str:
        # Each world draws the same random times, so that both part at the same moment.
        class Drawn:
            def uniform(self, low: float, high: float) -> float:
                return world.random.uniform(low, high)

        try:
            with patch("bot.boundaries.models.random.SystemRandom", Drawn):
                self.run(step(world))
        except Refusal as refusal:
            return type(refusal).__name__
        return ""

    # -- what people do -------------------------------------------------------------------------

    @rule(text=st.sampled_from(["no parties", "no drinks"]))
    def commit(self, text: str) -> None:
        self.both(lambda w: w.harness.commit(OWNER, text))

    @rule(whom=companions)
    def invite(self, whom: str) -> None:
        self.both(lambda w: w.harness.ask(OWNER, whom))

    @rule(by=companions, verb=st.sampled_from(["accept", "accept", "accept", "decline", "refuse_for_good"]))
    def answer(self, by: str, verb: str) -> None:
        async def step(world: World) -> None:
            h, me = world.harness, world.ids[by]
            found = await h.db.read(lambda tx: invitation_store.invited(tx, world.ids[OWNER], me, HERE))
            if found is not None:
                invitations = h.paths.invitations
                if verb == "accept":
                    await invitations.accept(me, found.id, None, h.now)
                else:
                    await getattr(invitations, verb)(me, found.id, h.now)

        self.both(step)

    @rule()
    def go_on(self) -> None:
        self.both(lambda w: w.harness.paths.steps.go_on(w.ids[OWNER], w.path, FORTNIGHT, w.harness.now))

    @rule(
        verb=st.sampled_from(
            ["ready", "ready", "not_ready", "back", "happened_again", "close_together", "end"]
        )
    )
    def owner(self, verb: str) -> None:
        self.both(lambda w: getattr(w.harness.paths.steps, verb)(w.ids[OWNER], w.path, w.harness.now))

    @rule(by=companions, verb=st.sampled_from(["back", "happened_again"]))
    def companion(self, by: str, verb: str) -> None:
        self.both(lambda w: getattr(w.harness.paths.steps, verb)(w.ids[by], w.path, w.harness.now))

    @rule(by=companions, said=st.sampled_from([Said.YES, Said.YES, Said.NOT_YET]))
    def vote(self, by: str, said: Said) -> None:
        self.both(lambda w: w.harness.paths.steps.vote(w.ids[by], w.path, said, w.harness.now))

    @rule(by=companions)
    def leave(self, by: str) -> None:
        self.both(lambda w: w.harness.paths.beside.leave(w.ids[by], w.path, w.harness.now))

    @rule(by=companions)
    def ask_for_distance(self, by: str) -> None:
        self.both(
            lambda w: w.harness.paths.requests.enter(
                w.ids[by], w.path, RequestKind.DISTANCE, f"distance, says {by}", w.harness.now
            )
        )

    @rule(by=companions, of=companions, verb=st.sampled_from(["hand_back", "hand_back", "keep"]))
    def hand_back_distance(self, by: str, of: str, verb: str) -> None:
        self.both(partial(_handed_back, by, f"distance, says {of}", verb))

    @rule(whom=companions)
    def go_on_without(self, whom: str) -> None:
        async def step(world: World) -> None:
            h, me = world.harness, world.ids[OWNER]
            for one in (await h.paths.queries.show(me, world.path, h.now)).companions:
                if one.person == world.ids[whom]:
                    await h.paths.beside.remove(me, one.id, h.now)

        self.both(step)

    @rule(days=st.sampled_from([1, 3, 14, 15, 31]))
    def wait(self, days: int) -> None:
        self.both(lambda w: w.harness.wait(days=days))

    @rule(met=st.booleans())
    def they_met(self, met: bool) -> None:
        self.both(lambda w: self._met(w, OWNER, met))

    @rule()
    def two_meetings(self) -> None:
        """Let two meetings pass at which Ana was: the machine would hardly ever get on otherwise."""
        for _ in range(3):
            self.both(lambda w: w.harness.wait(days=14))
            self.both(lambda w: self._met(w, OWNER, True))
        self.both(lambda w: w.harness.paths.steps.ready(w.ids[OWNER], w.path, w.harness.now))
        for name in BESIDE:
            self.both(partial(_says_yes, name))

    async def _met(self, world: World, name: str, met: bool) -> None:
        h, me = world.harness, world.ids[name]
        latest = await h.db.read(lambda tx: answer_store.latest(tx, world.path, me))
        if latest is not None:
            await h.paths.meetings.met(me, latest.id, met, h.now)

    @rule(one=people, other=people)
    def set_a_boundary(self, one: str, other: str) -> None:
        if one != other:
            self.both(lambda w: w.harness.boundaries.set(w.ids[one], w.ids[other], w.harness.now))

    @rule(one=people)
    def lift(self, one: str) -> None:
        async def step(world: World) -> None:
            for held in await world.harness.boundaries.of(world.ids[one]):
                await world.harness.boundaries.lift(world.ids[one], held.id)

        self.both(step)

    @rule(one=people)
    def leave_the_server(self, one: str) -> None:
        self.both(lambda w: w.harness.parted(w.ids[one], HERE))
        self.both(lambda w: w.start_again())

    @rule(one=companions)
    def erase(self, one: str) -> None:
        self.both(lambda w: w.harness.services.privacy.erase(w.ids[one], w.harness.now))
        self.both(lambda w: w.refresh())

    @rule(one=people, days=st.sampled_from([0, 20]))
    def rest(self, one: str, days: int) -> None:
        async def step(world: World) -> None:
            now = world.harness.now
            until = now + timedelta(days=days) if days else None
            await world.harness.preferences.rest(world.ids[one], until, now)

        self.both(step)

    @rule(one=people)
    def look_into_the_inbox(self, one: str) -> None:
        self.both(lambda w: w.harness.services.messages.show(w.ids[one], w.harness.now))

    @rule()
    def restart(self) -> None:
        self.both(lambda w: w.harness.restart())

    @rule()
    def begin_again(self) -> None:
        self.both(lambda w: w.start_again())

    # -- in the first world alone ---------------------------------------------------------------

    @rule(by=companions, kind=st.sampled_from([RequestKind.ANSWER, RequestKind.APOLOGY]))
    @precondition(lambda self: not self.at_repair)
    def enter_in_secret(self, by: str, kind: RequestKind) -> None:
        world = self.worlds[0]
        self.taken(
            world,
            lambda w: w.harness.paths.requests.enter(
                w.ids[by], w.path, kind, f"secret, says {by}", w.harness.now
            ),
        )

    @rule(by=companions, of=companions)
    def hand_back_in_secret(self, by: str, of: str) -> None:
        self.taken(self.worlds[0], partial(_handed_back, by, f"secret, says {of}", "hand_back"))

    @rule(by=companions, sense=st.sampled_from([Sense.UNSURE, Sense.WORRIED]))
    def say_in_secret(self, by: str, sense: Sense) -> None:
        async def step(world: World) -> None:
            h, me = world.harness, world.ids[by]
            latest = await h.db.read(lambda tx: answer_store.latest(tx, world.path, me))
            if latest is not None:
                await h.paths.meetings.met(me, latest.id, False, h.now)
                await h.paths.meetings.sense(me, latest.id, sense, h.now)
                await h.paths.meetings.tell_others(me, latest.id, h.now)

        self.taken(self.worlds[0], step)

    @property
    def at_repair(self) -> bool:
        """Whether an agreed request would be released now."""
        path, _ = self.run(self.worlds[0].harness.db.read(partial(_path, self.worlds[0])))
        return path is not None and path.step.releases

    # -- what must be true ----------------------------------------------------------------------

    @invariant()
    def ana_sees_the_same_in_both(self) -> None:
        if not self.worlds[0].path:
            return
        one, two = (self._seen(world) for world in self.worlds)
        assert one == two

    def _seen(self, world: World) -> Any:
        try:
            return self.run(world.seen())
        except Refusal as refusal:
            return type(refusal).__name__

    @invariant()
    def nobody_set_apart_is_told_of_the_other(self) -> None:
        for world in self.worlds:
            if world.path:
                assert self.run(world.harness.db.read(partial(_told_apart, world))) == []

    @invariant()
    def nothing_waits_for_what_has_ended(self) -> None:
        for world in self.worlds:
            if world.path:
                assert self.run(world.harness.db.read(_left_over)) == []

    @invariant()
    def a_path_that_goes_on_has_two_companions(self) -> None:
        for world in self.worlds:
            if world.path:
                path, many = self.run(world.harness.db.read(partial(_path, world)))
                if path is not None and path.open and path.begun_at is not None:
                    assert (many >= 2) is not path.waits
                    assert (path.next_at is None) is path.waits
                if path is not None and path.begun_at is None:
                    assert path.step is Step.STOP


async def _accompany(names: tuple[str, ...], world: World) -> None:
    h = world.harness
    await h.commit(OWNER)
    for name in names:
        await h.join(OWNER, name)
    await h.paths.steps.go_on(world.ids[OWNER], world.path, FORTNIGHT, h.now)


async def _handed_back(by: str, text: str, verb: str, world: World) -> None:
    """Let a companion hand a request back that has this sentence, or take that back."""
    requests, me = world.harness.paths.requests, world.ids[by]
    for one in (await world.harness.paths.queries.show_beside(me, world.path)).requests:
        if one.text == text:
            if verb == "hand_back":
                await requests.hand_back(me, one.request.id, world.harness.now)
            else:
                await requests.keep(me, one.request.id)


async def _says_yes(name: str, world: World) -> None:
    await world.harness.paths.steps.vote(world.ids[name], world.path, Said.YES, world.harness.now)


async def _path(world: World, tx: Tx) -> tuple[Path | None, int]:
    return await store.get(tx, world.path), len(await companion_store.of(tx, world.path))


async def _told_apart(world: World, tx: Tx) -> list[str]:
    """Return the waiting messages about paths that name somebody with a boundary to their reader."""
    found = []
    for row in await tx.all(outbox.select().where(outbox.c.kind.like("paths.%"))):
        if row.other is None or row.ended_at is not None or row.state != MessageState.WAITING.value:
            continue
        meet = await world.harness.boundaries.may_meet(tx, PersonId(row.person), PersonId(row.other))
        if meet.withheld and row.opened_at is None:
            found.append(row.kind)
    return found


async def _left_over(tx: Tx) -> list[str]:
    """Return the timers and messages of paths whose subject is gone or over."""
    wrong = []
    for row in await tx.all(agenda.select().where(agenda.c.kind.like("paths.%"))):
        if not await _stands(tx, row.kind, row.subject):
            wrong.append(f"timer {row.kind}")
        if row.tries or row.parked:
            wrong.append(f"{row.kind} raised {row.parked}")
    open_ones = outbox.select().where(
        outbox.c.kind.like("paths.%"),
        outbox.c.ended_at.is_(None),
        outbox.c.state != MessageState.UNREACHABLE.value,
    )
    for row in await tx.all(open_ones):
        if row.kind != kinds.CLOSED and not await _stands(tx, row.kind, row.subject):
            wrong.append(f"message {row.kind}")
    return wrong


async def _stands(tx: Tx, kind: str, subject: str) -> bool:
    path = await store.get(tx, subject)
    match kind.partition(".")[2]:
        case "meet":
            return path is not None and path.open and path.next_at is not None
        case "waits":
            return path is not None and path.open and path.waits
        case "destroy" | "forget":
            return path is not None and not path.open
        case "ready":
            return path is not None and path.ready_at is not None
        case "changed":
            return path is not None and path.open
        case "look":
            one = await commitment_store.get(tx, subject)
            of = None if one is None else await store.get(tx, one.path)
            return of is not None and of.open
        case "term" | "joined":
            return await companion_store.get(tx, subject) is not None
        case "lapse" | "invitation_goes":
            return await invitation_store.get(tx, subject) is not None
        case "part":
            place = await companion_store.get(tx, subject)
            return place is not None or await invitation_store.get(tx, subject) is not None
        case "met" | "told":
            return await answer_store.get(tx, subject) is not None
        case _:
            return await request_store.get(tx, subject) is not None


Whatever.TestCase.settings = settings(max_examples=15, stateful_step_count=30)
TestWhatever = Whatever.TestCase
