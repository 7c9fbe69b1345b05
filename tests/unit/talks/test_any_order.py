"""Whatever people do, in any order: no talk crosses a boundary, and in the end nothing of a talk is left."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotYours, Refusal
from bot.storage.tx import Tx
from bot.talks import store
from bot.talks.errors import TalkClosed
from bot.talks.models import Did, Reply, Talk, TalkState
from bot.talks.notifications import AGREED, ASKED, CANT, DID_YOU, KINDS
from bot.talks.timers import FOLLOW, GO, LAPSE, PART
from tests.unit.talks.fixtures import Harness

pytestmark = pytest.mark.uncounted

WHO = ("Ana", "Bo", "Cy")
PAIRS = [(one, other) for one in WHO for other in WHO if one != other]
Step = tuple[str, tuple[object, ...]]

person, pair = st.sampled_from(WHO), st.sampled_from(PAIRS)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), pair),
        st.tuples(st.just("ask"), pair),
        st.tuples(st.just("answer"), st.tuples(person, st.sampled_from(Reply))),
        st.tuples(st.just("answer"), st.tuples(person, st.sampled_from(Reply))),
        st.tuples(st.just("tell"), st.tuples(person, st.sampled_from(Did))),
        st.tuples(st.just("take_back"), st.tuples(person)),
        st.tuples(st.just("show"), st.tuples(person)),
        st.tuples(st.just("apart"), pair),
        st.tuples(st.just("leave"), st.tuples(person)),
        st.tuples(st.just("rest"), st.tuples(person)),
        st.tuples(st.just("wait"), st.tuples(st.sampled_from([1, 13, 24, 72, 200]))),
        st.tuples(st.just("restart"), st.just(())),
    ),
    max_size=16,
)
LINES = {
    TalkState.WAITING: {ASKED},
    TalkState.FREE: {CANT},
    TalkState.AGREED: {AGREED},
    TalkState.FOLLOWED: {DID_YOU},
    TalkState.TALKED: set(),
    TalkState.CLOSED: set(),
}


class Days(Harness):
    """The harness, with one method for each action. A refused action is ignored."""

    apart_now: set[frozenset[str]]
    over: set[str]
    """Requests that had been answered, or had ended, before a boundary. Their people can still open them."""

    async def do(self, step: Step) -> None:
        verb, args = step
        try:
            await getattr(self, f"do_{verb}")(*args)
        except Refusal:
            return

    async def do_ask(self, by: str, whom: str) -> None:
        await self.ask(by, whom)

    async def do_answer(self, by: str, reply: Reply) -> None:
        for message in await self.messages(by):
            if message.kind == ASKED:
                await self.talks.answer(await self.person(by), message.subject, reply, self.now)

    async def do_tell(self, by: str, did: Did) -> None:
        await self.tell(by, (await self.talk(by)).id if (await self.look(by)).talk else "", did)

    async def do_take_back(self, by: str) -> None:
        talk = (await self.look(by)).talk
        await self.talks.take_back(await self.person(by), talk.id if talk else "", self.now)

    async def do_show(self, by: str) -> None:
        talk = (await self.look(by)).talk
        await self.talks.show(await self.person(by), talk.id if talk else "", self.now)

    async def do_apart(self, owner: str, other: str) -> None:
        if frozenset((owner, other)) not in self.apart_now:
            two = {await self.person(owner), await self.person(other)}
            for talk in await self.every():
                if {talk.asker, talk.current.person} == two and talk.current.reply is not None:
                    self.over.add(talk.current.id)
        await self.apart(owner, other)
        self.apart_now.add(frozenset((owner, other)))

    async def do_leave(self, name: str) -> None:
        await self.part(name)

    async def do_rest(self, name: str) -> None:
        await self.rest(name)

    async def do_wait(self, hours: int) -> None:
        await self.wait(hours=hours)

    async def do_restart(self) -> None:
        await self.restart()

    async def every(self) -> list[Talk]:
        everyone = [await self.person(name) for name in WHO]

        async def withheld(tx: Tx) -> list[Talk]:
            return [talk for who in everyone for talk in await store.by_asker(tx, who)]

        return await self.db.read(withheld)

    async def holds(self) -> None:
        talks = {talk.id: talk for talk in await self.every()}
        assert sum(talk.state.open for talk in talks.values()) == len(
            {talk.asker for talk in talks.values() if talk.state.open}
        )
        for talk in talks.values():
            assert len({request.person for request in talk.asked}) == len(talk.asked)
        await self._alarms(talks)
        await self._messages(talks)
        await self._apart(talks)

    async def _alarms(self, talks: dict[str, Talk]) -> None:
        withheld = {talk.id for talk in talks.values() if talk.yes_withheld}
        due = {
            *((LAPSE, talk.id) for talk in talks.values() if talk.state is TalkState.WAITING),
            *((FOLLOW, talk.id) for talk in talks.values() if talk.state is TalkState.AGREED),
            *((GO, talk.id) for talk in talks.values() if talk.goes_at is not None),
        }
        timers = set(await self.timers("talks"))
        parting = {(kind, id) for kind, id in timers if kind == PART}
        # If the person who agreed set the boundary, the asker goes on waiting until the request lapses.
        lapsing = {id for kind, id in timers if kind == LAPSE and id in withheld}
        due = {(LAPSE, id) if kind == FOLLOW and id in lapsing else (kind, id) for kind, id in due}
        assert timers - parting == due
        assert withheld <= {id for _, id in parting}
        assert all(talks[id].state is TalkState.WAITING or talks[id].agreed for _, id in parting)
        assert {talk.id for talk in talks.values() if talk.goes_at is None} == {
            talk.id for talk in talks.values() if talk.state is TalkState.WAITING
        }

    async def _messages(self, talks: dict[str, Talk]) -> None:
        by_request = {talk.current.id: talk for talk in talks.values()}
        for message in await self.unclosed("talks"):
            talk = by_request[message.subject] if message.kind == ASKED else talks[message.subject]
            assert message.kind in LINES[talk.state]
            assert message.person == (talk.current.person if message.kind == ASKED else talk.asker)

    async def _apart(self, talks: dict[str, Talk]) -> None:
        for two in self.apart_now:
            one, other = [await self.person(name) for name in two]
            for name in two:
                messages = [message for message in await self.messages(name) if message.kind in KINDS]
                assert not any({message.person, message.other} == {one, other} for message in messages)
            for talk in talks.values():
                if {talk.asker, talk.current.person} == {one, other}:
                    asked, id = talk.current.person, talk.current.id
                    if id in self.over and talk.state is not TalkState.CLOSED:
                        assert (await self.talks.offered(asked, id)).request.reply is not None
                    else:
                        with pytest.raises((TalkClosed, NotYours)):
                            await self.talks.offered(asked, id)


async def _live(path: Path, steps: list[Step]) -> None:
    days = Days(path)
    days.apart_now = set()
    days.over = set()
    await days.open()
    try:
        for owner, member in PAIRS:
            await days.tie(owner, member)
        for step in steps:
            await days.do(step)
            await days.holds()
        await days.wait(days=30)
        await days.wait(days=30)
        assert await days.counted() == (0, 0)
        assert await days.timers("talks") == []
        assert await days.unclosed("talks") == []
    finally:
        await days.close()


@settings(max_examples=25)
@given(steps=STEPS)
def test_any_order_of_actions_crosses_no_boundary_and_leaves_no_talk_in_the_end(steps: list[Step]) -> None:
    with TemporaryDirectory() as directory:
        asyncio.run(_live(Path(directory) / "days.db", steps))
