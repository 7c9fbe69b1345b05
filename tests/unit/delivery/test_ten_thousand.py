"""Ten thousand check-ins are due in one second: each is sent once, at the full rate."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery.dm_delivery import AT_ONCE
from bot.delivery.dm_dispatcher import IN_FLIGHT
from bot.delivery.tables import outbox as table
from tests.unit.delivery.fixtures import Discord, DmHarness, dm_harness, some_latency
from tests.virtual_clock import now, virtual_clock

pytestmark = pytest.mark.uncounted

NOTICES, QUESTIONS = 10_000, 50
RATE = 45


@dataclass(frozen=True)
class Rush:
    """What was written in that second, what was claimed before the questions, and what was sent."""

    notices: list[str]
    questions: list[str]
    claimed: set[str]
    discord: Discord

    @property
    def sent(self) -> list[str]:
        """Return the messages, in the order in which they were sent."""
        return [about for _, what, about in self.discord.requests if what == "whisper"]

    @property
    def rate(self) -> float:
        times = [at for at, _, _ in self.discord.requests]
        return (len(times) - 1) / (times[-1] - times[0])


async def claimed(here: DmHarness) -> set[str]:
    """Return the ids that the dispatcher has claimed so far, including those it has sent."""
    rows = await here.db.read(lambda tx: tx.all(select(table.c.id).where(table.c.tried_at.is_not(None))))
    return {row.id for row in rows}


async def rush(path: Path) -> Rush:
    """Write the check-ins and then, in the same second, the questions. Everybody has a DM channel."""
    discord, begun = Discord(latency=some_latency()), now()
    async with dm_harness(path, discord, rate=RATE) as here:
        notices = await here.tell_many((f"{n}" for n in range(NOTICES)), kind="check-in")
        await asyncio.sleep(0.8)
        before = await claimed(here)
        questions = await here.tell_many((f"{n}" for n in range(QUESTIONS)), kind="asked", question=True)
        assert now() - begun < timedelta(seconds=1)
        await here.dispatcher.idle()
    return Rush(notices, questions, before, discord)


@virtual_clock
async def test_ten_thousand_messages_of_one_second_are_each_sent_once_at_the_full_rate(
    tmp_path: Path,
) -> None:
    found = await rush(tmp_path)
    told = Counter(message.outbox_id for message in found.discord.messages)
    last_question = max(found.sent.index(one) for one in found.questions)
    ahead = {*found.sent[:last_question]} - {*found.questions}

    assert told == dict.fromkeys([*found.notices, *found.questions], 1)
    assert found.rate >= RATE * 0.97
    assert len(found.discord.requests) == NOTICES + QUESTIONS
    assert ahead <= found.claimed
    assert len(found.claimed) <= 0.8 * RATE + AT_ONCE + IN_FLIGHT
