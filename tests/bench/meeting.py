"""What it costs when 10,000 paths have meetings in the same hour, against as many questions to pairs.

Both ask everybody twice, and nobody answers the first time. A path asks three people, and a pair two.
"""

import gc
import time
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path as File

from sqlalchemy import func, select

from bot.app import Plumbline
from bot.delivery.tables import outbox
from bot.ids import PersonId, new_id
from bot.pairs import side_store
from bot.pairs import store as pair_store
from bot.pairs import timers as pair_timers
from bot.pairs.models import Pair, PairState, Side
from bot.pairs.schedule import Cadence, PairSchedule
from bot.paths import companion_store, store
from bot.paths import timers as path_timers
from bot.paths.models import TERM, Companion, Path, Step
from bot.paths.schedule import ASKED_AFTER, MeetingSchedule
from bot.storage.tx import Tx
from tests.bench import fixtures
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, SERVER

PATHS, PAIRS, COMPANIONS = 10_000, 15_000, 2
AT_ONCE = 500
ON = date(2026, 1, 11)
"""A Sunday, four days after `NOON`."""
FIRST = datetime(2026, 1, 11, 18, tzinfo=NOON.tzinfo)
ROUND = timedelta(weeks=2)
MEETS = MeetingSchedule("UTC", Cadence.FORTNIGHT, 6, 18 * 60)
CHECKS_IN = PairSchedule(Cadence.FORTNIGHT, 6, 18 * 60, 52)


async def measured(where: File) -> list[Figure]:
    """Return how long a question takes in each, and their ratio."""
    took = []
    for name, fill, every in (("pairs", _pairs, PAIRS), ("paths", _paths, PATHS)):
        (where / name).mkdir()
        bot = await fixtures.opened(where / name)
        try:
            for first in range(0, every, AT_ONCE):
                await bot.db.write(partial(fill, bot, min(AT_ONCE, every - first)))
            people = PAIRS * 2 if name == "pairs" else PATHS * (COMPANIONS + 1)
            took.append(await _two_rounds(bot) / (2 * people))
            waiting = await bot.db.read(lambda tx: tx.scalar(select(func.count()).select_from(outbox)))
            # A path's second question takes the place of the first, and a pair's comes beside it.
            assert waiting == (2 * people if name == "pairs" else people)
        finally:
            await bot.db.close()
    pairs, paths = took
    question = "a question after a meeting, 10,000 paths at once"
    return [
        Figure(f"{question}, against one to a pair", paths / pairs, "times", 1.5),
        Figure("a question to a pair, 15,000 pairs at once", pairs * 1e6, "µs"),
        Figure(question, paths * 1e6, "µs"),
    ]  # fmt: skip


async def _two_rounds(bot: Plumbline) -> float:
    gc.collect()
    spent = 0.0
    for number in (0, 1):
        now = FIRST + number * ROUND + ASKED_AFTER
        began = time.perf_counter()
        await bot.services.agenda.run_due(now)
        spent += time.perf_counter() - began
    return spent


async def _paths(bot: Plumbline, many: int, tx: Tx) -> None:
    due = {}
    for _ in range(many):
        path = Path(
            new_id(), SERVER, _somebody(), NOON, NOON, Step.SAY,
            begun_at=NOON, schedule=MEETS, starts_on=ON, next_at=FIRST,
        )  # fmt: skip
        await store.add(tx, path)
        for _ in range(COMPANIONS):
            place = Companion(new_id(), path.id, SERVER, _somebody(), NOON, NOON + TERM)
            await companion_store.add(tx, place)
        due[path.id] = FIRST + ASKED_AFTER
    await bot.services.agenda.put_all(tx, path_timers.MEET, due)


async def _pairs(bot: Plumbline, many: int, tx: Tx) -> None:
    due = {}
    for _ in range(many):
        pair = Pair(
            new_id(), SERVER, _somebody(), _somebody(), NOON, CHECKS_IN, PairState.RUNNING,
            asked_at=NOON, starts_on=ON, ends_on=date(2026, 12, 27),
        )  # fmt: skip
        await pair_store.add(tx, pair)
        for person in (pair.starter, pair.other(pair.starter)):
            side = Side(new_id(), pair.id, person, "UTC", 0, next_day=ON, next_at=FIRST)
            await side_store.add(tx, side)
            due[side.id] = FIRST
    await bot.services.agenda.put_all(tx, pair_timers.ASK, due)


def _somebody() -> PersonId:
    return PersonId(new_id())
