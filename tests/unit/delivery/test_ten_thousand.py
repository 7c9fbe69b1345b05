"""Ten thousand check-ins due in one second: all are told, once each, at the courier's full pace.

A quarter of them, unless PLUMBLINE_FULL_SIZE is set: a minute's work, a hundred times what is in hand at once.
"""

import asyncio
import os
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery.courier import IN_FLIGHT
from bot.delivery.desk import AT_ONCE
from bot.delivery.store import outbox as table
from tests.clockwork import clockwork, now
from tests.unit.delivery.post import Discord, Office, office, some_latency

pytestmark = pytest.mark.uncounted

NOTICES, QUESTIONS = 10_000 if "PLUMBLINE_FULL_SIZE" in os.environ else 2_500, 50
RATE = 45


@dataclass(frozen=True)
class Rush:
    """What was written in that second, what of it was claimed before the questions, and what went out."""

    notices: list[str]
    questions: list[str]
    claimed: set[str]
    discord: Discord

    @property
    def sent(self) -> list[str]:
        """The lines, in the order in which they went."""
        return [about for _, what, about in self.discord.requests if what == "whisper"]

    @property
    def rate(self) -> float:
        times = [at for at, _, _ in self.discord.requests]
        return (len(times) - 1) / (times[-1] - times[0])


async def claimed(here: Office) -> set[str]:
    """All that the courier has taken in hand so far, what is sent included."""
    rows = await here.db.read(lambda tx: tx.all(select(table.c.id).where(table.c.tried_at.is_not(None))))
    return {row.id for row in rows}


async def rush(path: Path) -> Rush:
    """Everybody has a channel; the questions come when the check-ins are on their way, in the same second."""
    discord, begun = Discord(latency=some_latency()), now()
    async with office(path, discord, rate=RATE) as here:
        notices = await here.tell_many((f"{n}" for n in range(NOTICES)), kind="check-in")
        await asyncio.sleep(0.8)
        before = await claimed(here)
        questions = await here.tell_many((f"{n}" for n in range(QUESTIONS)), kind="asked", question=True)
        assert now() - begun < timedelta(seconds=1)
        await here.courier.idle()
    return Rush(notices, questions, before, discord)


@clockwork
async def test_ten_thousand_in_one_second_are_told_once_each_at_full_pace(tmp_path: Path) -> None:
    found = await rush(tmp_path)
    told = Counter(message.line_id for message in found.discord.messages)
    last_question = max(found.sent.index(one) for one in found.questions)
    ahead = {*found.sent[:last_question]} - {*found.questions}

    assert told == dict.fromkeys([*found.notices, *found.questions], 1)
    assert found.rate >= RATE * 0.97
    assert len(found.discord.requests) == NOTICES + QUESTIONS
    assert ahead <= found.claimed
    assert len(found.claimed) <= 0.8 * RATE + AT_ONCE + IN_FLIGHT
