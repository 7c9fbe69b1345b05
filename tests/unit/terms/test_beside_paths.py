"""The author, the carrier and everyone else see the same of terms whether or not there is a path; and the
person on a path and their companions see the same of it whether or not there are terms.

Three worlds go the same way, step by step. In the first, Cy is on a path with companions, and Ana keeps what
she wants from Cy, which somebody carries. The second is without the path, and the third without the terms. A
companion may carry terms too. Nothing of terms may differ between the first world and the second, and nothing
of the path between the first and the third: no card, message, refusal, row, timer or count.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path as File
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import text

from bot.boundaries.models import LATEST, SOONEST
from bot.errors import Refusal
from bot.ids import PersonId
from bot.paths import answer_store, invitation_store, request_store
from bot.paths.answer import Sense
from bot.paths.models import Path
from bot.paths.request import RequestKind
from bot.paths.vote import Said
from bot.people.models import FOREVER
from bot.storage.tx import Tx
from bot.terms import carrying_store
from bot.terms.models import Carrying, CarryState, Outcome, TermsText, Want
from tests.unit.paths.fixtures import FORTNIGHT, Harness
from tests.unit.pods.fixtures import HERE

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]

T = TypeVar("T")
AUTHOR, ON_PATH, BYSTANDER = "ana", "cy", "fay"
COMPANIONS = ("bo", "dee", "eve")
"""Any of them can be asked to carry something too, as can Fay, who has nothing to do with a path."""
CARRIERS = ("bo", "dee", BYSTANDER)
NAMES = (AUTHOR, ON_PATH, BYSTANDER, *COMPANIONS)
OF_TERMS = ("terms", "carryings")
OF_PATHS = (
    *("paths", "path_companions", "path_invitations", "path_commitments"),
    *("path_requests", "path_votes", "path_answers"),
)
COUNTS = ("tallies", "tally_people", "insight_months")
RANDOM = frozenset({"id", "path", "subject", "about", "nonce", "content", "text", "revision"})
"""Columns that differ between two worlds anyway: random ids, and what is sealed with random keys."""
people, carriers, companions = (st.sampled_from(names) for names in (NAMES, CARRIERS, COMPANIONS))
_ID = re.compile(r"[A-Za-z0-9_-]{16}")
_MEMORY = File("/dev/shm")


class World:
    """One harness, in which there may be a path, terms, or both."""

    def __init__(self, place: File, *, terms: bool, path: bool) -> None:
        place.mkdir()
        self.harness = Harness(place / "test.db")
        self.has_terms, self.has_path = terms, path
        self.ids: dict[str, PersonId] = {}
        self.path = ""
        self.drawn = {"terms": Random(7), "paths": Random(7)}

    async def open(self) -> None:
        await self.harness.open()
        await self.meet()

    async def meet(self) -> None:
        """Meet everybody again: somebody who was erased has a new id."""
        for name in NAMES:
            self.ids[name] = await self.harness.person(name)

    async def start(self) -> None:
        """Let Cy begin a path, unless there is one already."""
        if self.has_path:
            await self.harness.person(ON_PATH)
            self.path = (await self.harness.start(ON_PATH)).id

    # -- what is seen ---------------------------------------------------------------------------

    async def terms_seen(self) -> Any:
        """Return all that anybody sees of terms, and all that is stored of them."""
        h, seen = self.harness, {}
        for name, me in self.ids.items():
            seen[name] = (
                await self._shown(h.services.terms.show(me, h.now)),
                await self._shown(h.services.terms.carrying.waiting(me, h.now)),
                sorted(
                    [
                        await self._shown(h.services.terms.carrying.look(me, one.id))
                        for one in await self.carryings()
                    ],
                    key=repr,
                ),
            )
        return seen, await self._stored("terms", OF_TERMS), await self._all_of(AUTHOR)

    async def path_seen(self) -> Any:
        """Return all that anybody sees of a path, and all that is stored of paths."""
        h, queries, seen = self.harness, self.harness.paths.queries, {}
        for name, me in self.ids.items():
            seen[name] = (
                await self._shown(queries.show(me, self.path, h.now)),
                await self._shown(queries.show_beside(me, self.path)),
                await self._shown(h.paths.invitations.waiting(me, h.now)),
            )
        return seen, await self._stored("paths", OF_PATHS), await self._all_of(ON_PATH)

    async def counts(self) -> Any:
        return [await self._rows(table) for table in COUNTS]

    async def _all_of(self, name: str) -> Any:
        """Return everything of somebody who has to do with one of the two alone: all messages, all counts."""
        me, h = self.ids[name], self.harness
        inbox = [(one.kind, one.made_at, one.state) for one in await h.db.read(partial(self._listed, me))]
        held = [(one.table, one.count) for one in await h.services.privacy.summary(me)]
        goes = await h.services.privacy.consequences(me, h.now)
        return sorted(inbox), sorted(held), sorted(goes), await self._rows("outbox", f"person = '{me}'")

    async def _stored(self, slice: str, tables: Iterable[str]) -> Any:
        rows = [await self._rows(table) for table in tables]
        of_slice = f"kind LIKE '{slice}.%'"
        return rows, await self._rows("outbox", of_slice), await self._rows("agenda", of_slice)

    async def _rows(self, table: str, where: str = "TRUE") -> list[str]:
        """Return the rows of a table in an order of their own, with people by their names."""

        async def read(tx: Tx) -> list[str]:
            found = await tx.all(text(f"SELECT * FROM {table} WHERE {where}"))
            rows = [{key: row[key] for key in row.keys() - RANDOM} for row in (one._mapping for one in found)]
            return sorted(repr(sorted(self._named(row).items())) for row in rows)

        return await self.harness.db.read(read)

    async def _shown(self, doing: Awaitable[Any]) -> Any:
        try:
            return self._named(msgspec.to_builtins(await doing))
        except Refusal as refusal:
            return type(refusal).__name__

    def _named(self, thing: Any) -> Any:
        """Return a thing with names for people's ids, and a mark for every other random id."""
        if isinstance(thing, dict):
            return {self._named(key): self._named(one) for key, one in thing.items() if key != "revision"}
        if isinstance(thing, list | tuple):
            # What was made at the same moment stands in the order of its random ids.
            return sorted((self._named(one) for one in thing), key=repr)
        if isinstance(thing, str):
            names = {id: name for name, id in self.ids.items()}
            return names.get(PersonId(thing), "an id" if _ID.fullmatch(thing) else thing)
        return thing

    async def _listed(self, me: PersonId, tx: Tx) -> Any:
        return await self.harness.outbox.listed(tx, me)

    # -- what stands in it ----------------------------------------------------------------------

    async def carryings(self) -> list[Carrying]:
        async def read(tx: Tx) -> list[Carrying]:
            found = await carrying_store.asked_by(tx, self.ids[AUTHOR])
            return sorted(found, key=lambda one: (one.asked_at, one.carrier))

        return await self.harness.db.read(read)

    async def carried_by(self, name: str) -> list[str]:
        return [one.id for one in await self.carryings() if one.carrier == self.ids[name]]

    def parting_time(self, slice: str, now: datetime) -> datetime:
        """Draw a random time as the bot does, and the same one in each world that has the slice."""
        return now + timedelta(
            seconds=self.drawn[slice].uniform(SOONEST.total_seconds(), LATEST.total_seconds())
        )


class Beside(RuleBasedStateMachine):
    """Each step is taken in each world that it concerns, and is refused in all of them or in none."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._place = TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        here = File(self._place.name)
        self.both, self.without_path, self.without_terms = self.worlds = (
            World(here / "both", terms=True, path=True),
            World(here / "terms", terms=True, path=False),
            World(here / "path", terms=False, path=True),
        )
        self._begun = False
        self._count = 0

    def run(self, doing: Awaitable[T]) -> T:
        async def done() -> T:
            return await doing

        return self._loop.run_until_complete(done())

    @initialize(many=st.sampled_from([0, 2, 3]), carrier=carriers, lets=st.booleans())
    def begin(self, many: int, carrier: str, lets: bool) -> None:
        """Begin, most often, with a path that goes on and terms that are carried."""
        for world in self.worlds:
            self.run(world.open())
        self.on_path(lambda w: w.start())
        if many:
            self.on_path(partial(_accompany, COMPANIONS[:many]))
        self.keep(Want.CONTACT)
        self.carried(carrier, lets)
        self._begun = True

    def teardown(self) -> None:
        for world in self.worlds:
            self.run(world.harness.close())
        self._loop.close()
        self._place.cleanup()

    def everywhere(self, step: Callable[[World], Awaitable[object]]) -> None:
        self._take(self.worlds, step)

    def on_terms(self, step: Callable[[World], Awaitable[object]]) -> None:
        self._take([world for world in self.worlds if world.has_terms], step)

    def on_path(self, step: Callable[[World], Awaitable[object]]) -> None:
        self._take([world for world in self.worlds if world.has_path], step)

    def _take(self, worlds: Iterable[World], step: Callable[[World], Awaitable[object]]) -> None:
        came = {self._taken(world, step) for world in worlds}
        assert len(came) == 1, f"one world is told something else: {came}"

    def _taken(self, world: World, step: Callable[[World], Awaitable[object]]) -> str:
        with (
            patch("bot.terms.lifecycle.parting_time", partial(world.parting_time, "terms")),
            patch("bot.paths.lifecycle.parting_time", partial(world.parting_time, "paths")),
        ):
            try:
                self.run(step(world))
            except Refusal as refusal:
                return type(refusal).__name__
        return ""

    # -- what people do with terms --------------------------------------------------------------

    @rule(want=st.sampled_from(Want))
    def keep(self, want: Want) -> None:
        words = self._text(want)
        self.on_terms(
            lambda w: w.harness.services.terms.keep(w.ids[AUTHOR], words, w.harness.now, instead=True)
        )

    @rule(want=st.sampled_from(Want))
    def change(self, want: Want) -> None:
        words = self._text(want)
        self.on_terms(lambda w: w.harness.services.terms.rewrite(w.ids[AUTHOR], words, w.harness.now))

    @rule()
    def delete(self) -> None:
        self.on_terms(lambda w: w.harness.services.terms.remove(w.ids[AUTHOR], w.harness.now))

    @rule(whom=carriers)
    def ask(self, whom: str) -> None:
        async def step(world: World) -> None:
            h = world.harness
            await h.services.terms.carriers.ask(world.ids[AUTHOR], HERE, h.discord_user(whom), h.now)

        self.on_terms(step)

    @rule(by=carriers, verb=st.sampled_from(["accept", "accept", "accept", "decline"]))
    def answer(self, by: str, verb: str) -> None:
        self._as_carrier(by, verb)

    @rule(whom=carriers, lets=st.booleans())
    def carried(self, whom: str, lets: bool) -> None:
        """Ask somebody, let them agree, and perhaps let them read it: chance would seldom come so far."""
        self.ask(whom)
        self.answer(whom, "accept")
        if lets:
            self.let()

    @rule()
    def let(self) -> None:
        async def step(world: World) -> None:
            h, me = world.harness, world.ids[AUTHOR]
            view = await h.services.terms.show(me, h.now)
            if view.asked is not None:
                id, written = view.asked.carrying.id, view.own.written
                await h.services.terms.carriers.let(me, id, written, h.now)

        self.on_terms(step)

    @rule(by=carriers, outcome=st.sampled_from(Outcome))
    def say(self, by: str, outcome: Outcome) -> None:
        self._as_carrier(by, "say", outcome)

    @rule(by=carriers, outcome=st.sampled_from(Outcome))
    def bring_it(self, by: str, outcome: Outcome) -> None:
        """Let them carry it, and say how it went, with a message about it."""
        self.carried(by, lets=True)
        self.tick(tells=True)
        self.say(by, outcome)
        self.bring_a_request(by)

    @rule(by=carriers)
    def read(self, by: str) -> None:
        self._as_carrier(by, "read")

    @rule(by=carriers)
    def hand_back(self, by: str) -> None:
        self._as_carrier(by, "hand_back")

    @rule()
    def withdraw(self) -> None:
        self._as_author("withdraw")

    @rule()
    def see_what_came(self) -> None:
        self._as_author("see_what_came")

    @rule(tells=st.booleans())
    def tick(self, tells: bool) -> None:
        self.on_terms(lambda w: w.harness.services.terms.tell_me(w.ids[AUTHOR], w.harness.now, tells=tells))

    def _as_carrier(self, name: str, verb: str, *more: Any) -> None:
        async def step(world: World) -> None:
            for id in await world.carried_by(name):
                press = getattr(world.harness.services.terms.carrying, verb)
                await press(world.ids[name], id, *more, world.harness.now)

        self.on_terms(step)

    def _as_author(self, verb: str) -> None:
        async def step(world: World) -> None:
            for one in await world.carryings():
                if one.state is not CarryState.CLOSED:
                    press = getattr(world.harness.services.terms.carriers, verb)
                    await press(world.ids[AUTHOR], one.id, world.harness.now)

        self.on_terms(step)

    def _text(self, want: Want) -> TermsText:
        self._count += 1
        return TermsText.of([want], f"this, {self._count}")

    # -- what people do on a path ---------------------------------------------------------------

    @rule(words=st.sampled_from(["no parties", "no drinks"]))
    def commit(self, words: str) -> None:
        self.on_path(lambda w: w.harness.commit(ON_PATH, words))

    @rule(whom=companions, verb=st.sampled_from(["", "accept", "accept", "decline"]))
    def invite(self, whom: str, verb: str) -> None:
        async def answers(world: World) -> None:
            h, me = world.harness, world.ids[whom]
            found = await h.db.read(lambda tx: invitation_store.invited(tx, world.ids[ON_PATH], me, HERE))
            if found is not None and verb == "accept":
                await h.paths.invitations.accept(me, found.id, None, h.now)
            elif found is not None and verb:
                await h.paths.invitations.decline(me, found.id, h.now)

        self.on_path(lambda w: w.harness.ask(ON_PATH, whom))
        self.on_path(answers)

    @rule(verb=st.sampled_from(["ready", "not_ready", "back", "happened_again", "close_together", "end"]))
    def owner(self, verb: str) -> None:
        self.on_path(lambda w: getattr(w.harness.paths.steps, verb)(w.ids[ON_PATH], w.path, w.harness.now))

    @rule()
    def go_on(self) -> None:
        self.on_path(lambda w: w.harness.paths.steps.go_on(w.ids[ON_PATH], w.path, FORTNIGHT, w.harness.now))

    @rule(by=companions, kind=st.sampled_from(RequestKind))
    def bring_a_request(self, by: str, kind: RequestKind = RequestKind.DISTANCE) -> None:
        """Let a companion enter what somebody brought to them out loud, and all of them agree to it."""

        async def agree(name: str, world: World) -> None:
            h = world.harness
            # Those of the same moment come in the order of their random ids, so a refusal ends nothing here.
            for one, _ in await h.db.read(lambda tx: request_store.of(tx, world.path)):
                with suppress(Refusal):
                    await h.paths.requests.agree(world.ids[name], one.id, h.now)

        self.on_path(
            lambda w: w.harness.paths.requests.enter(w.ids[by], w.path, kind, "a request", w.harness.now)
        )
        for name in COMPANIONS:
            self.on_path(partial(agree, name))

    @rule(by=companions, sense=st.sampled_from(Sense))
    def answer_about_a_meeting(self, by: str, sense: Sense) -> None:
        async def step(world: World) -> None:
            h, me = world.harness, world.ids[by]
            latest = await h.db.read(lambda tx: answer_store.latest(tx, world.path, me))
            if latest is not None:
                await h.paths.meetings.met(me, latest.id, True, h.now)
                await h.paths.meetings.sense(me, latest.id, sense, h.now)

        self.on_path(step)

    @rule()
    def two_meetings(self) -> None:
        """Let two meetings pass at which Cy was, and let all agree to go on."""

        async def met(world: World) -> None:
            h, me = world.harness, world.ids[ON_PATH]
            latest = await h.db.read(lambda tx: answer_store.latest(tx, world.path, me))
            if latest is not None:
                await h.paths.meetings.met(me, latest.id, True, h.now)

        for _ in range(3):
            self.wait(14)
            self.on_path(met)
        self.owner("ready")
        for name in COMPANIONS:
            self.on_path(partial(_says_yes, name))

    @rule(by=companions)
    def stop_accompanying(self, by: str) -> None:
        self.on_path(lambda w: w.harness.paths.beside.leave(w.ids[by], w.path, w.harness.now))

    @rule()
    def begin_again(self) -> None:
        self.on_path(lambda w: w.start())

    # -- what happens to people -----------------------------------------------------------------

    @rule(days=st.sampled_from([1, 3, 14, 31, 100]))
    def wait(self, days: int) -> None:
        self.everywhere(lambda w: w.harness.wait(days=days))

    @rule(one=people, other=people)
    def set_a_boundary(self, one: str, other: str) -> None:
        if one != other:
            self.everywhere(lambda w: w.harness.boundaries.set(w.ids[one], w.ids[other], w.harness.now))

    @rule(one=people)
    def lift(self, one: str) -> None:
        async def step(world: World) -> None:
            for held in await world.harness.boundaries.of(world.ids[one]):
                await world.harness.boundaries.lift(world.ids[one], held.id)

        self.everywhere(step)

    @rule(one=people)
    def leave_the_server(self, one: str) -> None:
        self.everywhere(lambda w: w.harness.people.leave(w.ids[one], HERE, w.harness.now))
        self.everywhere(lambda w: w.meet())

    @rule(one=people)
    def erase(self, one: str) -> None:
        self.everywhere(lambda w: w.harness.services.privacy.erase(w.ids[one], w.harness.now))
        self.everywhere(lambda w: w.meet())

    @rule(one=people, rests=st.booleans())
    def rest(self, one: str, rests: bool) -> None:
        until = FOREVER if rests else None
        self.everywhere(lambda w: w.harness.preferences.rest(w.ids[one], until, w.harness.now))

    @rule(one=people, minor=st.sampled_from([False, False, True]))
    def say_their_age(self, one: str, minor: bool) -> None:
        verb = "say_minor" if minor else "say_adult"
        self.everywhere(lambda w: getattr(w.harness.preferences, verb)(w.ids[one], w.harness.now))

    @rule(one=people)
    def look_into_the_inbox(self, one: str) -> None:
        self.everywhere(lambda w: w.harness.services.messages.show(w.ids[one], w.harness.now))

    @rule()
    def messages_are_delivered(self) -> None:
        self.everywhere(lambda w: w.harness.deliver())

    @rule()
    def the_bot_restarts(self) -> None:
        self.everywhere(lambda w: w.harness.restart())

    # -- what must be true ----------------------------------------------------------------------

    @invariant()
    def nothing_of_terms_shows_whether_there_is_a_path(self) -> None:
        if self._begun:
            assert self.run(self.both.terms_seen()) == self.run(self.without_path.terms_seen())

    @invariant()
    def nothing_of_a_path_shows_whether_there_are_terms(self) -> None:
        if self._begun:
            assert self.run(self.both.path_seen()) == self.run(self.without_terms.path_seen())

    @invariant()
    def neither_is_counted(self) -> None:
        if self._begun:
            one, *others = [self.run(world.counts()) for world in self.worlds]
            assert all(one == other for other in others)


async def _accompany(names: tuple[str, ...], world: World) -> None:
    h = world.harness
    await h.commit(ON_PATH)
    for name in names:
        await h.join(ON_PATH, name)
    await h.paths.steps.go_on(world.ids[ON_PATH], world.path, FORTNIGHT, h.now)


async def _says_yes(name: str, world: World) -> Path:
    return await world.harness.paths.steps.vote(world.ids[name], world.path, Said.YES, world.harness.now)


TestBesidePaths = Beside.TestCase
TestBesidePaths.settings = settings(
    max_examples=15, stateful_step_count=20, deadline=None, phases=(Phase.reuse, Phase.generate)
)
