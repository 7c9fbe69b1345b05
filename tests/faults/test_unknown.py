"""Whatever Discord answers, and whenever the dispatcher is stopped, every message is sent exactly once."""

import asyncio
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.outbox_message import MessageState
from bot.delivery.outcome import Retry, Uncertain
from bot.ids import PersonId
from bot.scheduling import wakeup
from tests.unit.delivery.fixtures import Discord, DmHarness, Late, dm_harness, some_latency
from tests.virtual_clock import virtual_clock

Step = tuple[Any, ...]
PERSONS = ("robin", "kim", "alex")
KIM = PersonId("kim")

answers = st.lists(st.sampled_from(["early", "lost", "late", None, "unknown", "later", "reset"]), max_size=12)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.sampled_from(PERSONS), st.integers(0, 3)),
        st.tuples(st.just("close"), st.integers(0, 3)),
        st.tuples(st.just("hold")),
        st.tuples(st.just("wait"), st.sampled_from([0.01, 0.1, 0.5, 10.0, 100.0])),
        st.tuples(st.just("cut off"), st.sampled_from([0.0, 1.0, 150.0, 1000.0])),
    ),
    max_size=14,
)


@settings(max_examples=40)
@given(answers=answers, steps=steps, latency=st.integers(0, 1000))
def test_every_message_is_sent_once(answers: list[Any], steps: list[Step], latency: int) -> None:
    @virtual_clock
    async def run() -> None:
        discord = Discord(latency=some_latency(latency))
        discord.answers.extend(_answer(one) for one in answers)
        with tempfile.TemporaryDirectory() as folder:
            await _play(Path(folder), discord, steps)

    with pytest.MonkeyPatch.context() as patch:
        # Looking once a minute for a hundred hours would only take time.
        patch.setattr(wakeup, "AT_MOST", timedelta(days=1))
        run()


def _answer(one: Any) -> Any:
    match one:
        case "reset":
            return ConnectionResetError()
        case "late":
            return Late(timedelta(seconds=20))
        case "later":
            return Retry(timedelta(minutes=1))
        case "unknown":
            return Uncertain()
    return one


async def _play(folder: Path, discord: Discord, steps: list[Step]) -> None:
    left = [*steps]
    while left:
        async with dm_harness(folder, discord) as here:
            while left and left[0][0] != "cut off":
                await _step(here, *left.pop(0))
            if left:
                await here.close(drain=0)
                await asyncio.sleep(left.pop(0)[1])
    async with dm_harness(folder, discord) as here:
        await asyncio.sleep(100 * 3600)
        await _check(here)


async def _step(here: DmHarness, what: str, *how: Any) -> None:
    match what:
        case "tell":
            person, subject = how
            await here.tell(person, f"{subject}", other=KIM if person == "robin" else None)
        case "close":
            await here.closes(f"{how[0]}")
        case "hold":
            await here.db.write(lambda tx: here.outbox.withhold(tx, PersonId("robin"), KIM))
        case _:
            await asyncio.sleep(how[0])


async def _check(here: DmHarness) -> None:
    told = [message.outbox_id for message in here.discord.messages]
    assert len(told) == len(set(told))
    for person in PERSONS:
        for owed in await here.db.read(partial(here.outbox.listed, person=PersonId(person))):
            if owed.state is MessageState.DMS_CLOSED:
                # It may have been sent when the boundary came. Then it stays in /inbox, and isn't looked for.
                assert (owed.other, owed.tried_at is not None) == (KIM, True)
                continue
            assert owed.state is MessageState.SENT
            assert owed.id in told
    for message in here.discord.messages:
        standing = await here.message(message.outbox_id)
        assert message.closed == (standing is None or standing.state is MessageState.CLOSED)
