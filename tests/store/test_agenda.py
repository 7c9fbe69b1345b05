"""The agenda on a real file: each due timer is handled once, and one that fails delays no other."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.scheduling import store
from bot.scheduling.agenda import PAUSES, Agenda, Parked
from bot.scheduling.store import BATCH, SHARED_BATCH
from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.patience import PATIENCE
from tests.store.conftest import plans

CANARY = "canary"
"""Stands in an error's message. The line that raises it must not show it, since frames have such lines."""

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class Notes:
    """Handlers that remember what they were given."""

    batches: list[tuple[str, ...]] = field(default_factory=list)
    poisoned: set[str] = field(default_factory=set)

    async def handle(self, _tx: Tx, subjects: Sequence[str], _now: datetime) -> None:
        if self.poisoned & set(subjects):
            raise ValueError(CANARY)
        self.batches.append(tuple(subjects))

    @property
    def handled(self) -> Counter[str]:
        return Counter(subject for batch in self.batches for subject in batch)


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def agenda(db: Database, notes: Notes) -> Agenda:
    agenda = Agenda(db)
    agenda.on("close", notes.handle)
    return agenda


async def put(db: Database, agenda: Agenda, at: datetime, *subjects: str, kind: str = "close") -> None:
    await db.write(lambda tx: agenda.put_all(tx, kind, dict.fromkeys(subjects, at)))


async def due(db: Database, agenda: Agenda, subject: str) -> datetime | None:
    return await db.read(lambda tx: agenda.due_at(tx, "close", subject))


async def test_timers_that_are_due_are_handled_once_and_deleted(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    await put(db, agenda, NOON, "a", "b")
    await put(db, agenda, NOON + MINUTE, "later")

    assert await agenda.run_due(NOON) == 2
    assert await agenda.run_due(NOON) == 0
    assert notes.batches == [("a", "b")]
    assert await due(db, agenda, "a") is None
    assert await agenda.next_due() == NOON + MINUTE


async def test_putting_a_timer_again_moves_it(db: Database, agenda: Agenda, notes: Notes) -> None:
    await put(db, agenda, NOON, "a")
    await put(db, agenda, NOON + MINUTE, "a")

    assert await due(db, agenda, "a") == NOON + MINUTE
    assert await agenda.run_due(NOON) == 0
    assert await agenda.run_due(NOON + MINUTE) == 1


async def test_a_dropped_timer_is_not_handled(db: Database, agenda: Agenda, notes: Notes) -> None:
    await put(db, agenda, NOON, "a", "b", "c")
    await db.write(lambda tx: agenda.drop(tx, "close", "a", "c"))
    await db.write(lambda tx: agenda.drop(tx, "close"))
    await agenda.run_due(NOON)

    assert notes.batches == [("b",)]


async def test_a_timer_of_a_transaction_that_failed_is_not_put(db: Database, agenda: Agenda) -> None:
    heard: list[datetime] = []
    agenda.on_earlier = heard.append

    async def broken(tx: Tx) -> None:
        await agenda.put(tx, "close", "a", NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await db.write(broken)

    assert await due(db, agenda, "a") is None
    assert heard == []


async def test_the_wakeup_hears_only_of_the_earliest_new_timer(db: Database, agenda: Agenda) -> None:
    heard: list[datetime] = []
    agenda.on_earlier = heard.append
    await db.write(lambda tx: agenda.put_all(tx, "close", {"a": NOON + MINUTE, "b": NOON}))

    assert heard == [NOON]


async def test_many_timers_are_handled_in_batches_with_the_earliest_first(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    many = SHARED_BATCH if db.shared else BATCH
    times = {f"{n:04}": NOON - n * MINUTE for n in range(2 * many + 7)}
    await db.write(lambda tx: agenda.put_all(tx, "close", times))

    assert await agenda.run_due(NOON) == len(times)
    assert [len(batch) for batch in notes.batches] == [many, many, 7]
    assert [one for batch in notes.batches for one in batch] == sorted(times, reverse=True)


async def test_a_handler_may_put_its_own_timer_again(db: Database, agenda: Agenda) -> None:
    async def weekly(tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        await agenda.put_all(tx, "week", dict.fromkeys(subjects, now + timedelta(days=7)))

    agenda.on("week", weekly)
    await put(db, agenda, NOON - timedelta(days=30), "a", kind="week")

    assert await agenda.run_due(NOON) == 1
    assert await agenda.next_due() == NOON + timedelta(days=7)


async def test_a_timer_that_a_handler_puts_and_that_is_already_due_is_handled_too(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    async def leads_on(tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        await agenda.put_all(tx, "close", dict.fromkeys(subjects, now))

    agenda.on("first", leads_on)
    await put(db, agenda, NOON, "a", kind="first")

    assert await agenda.run_due(NOON) == 2
    assert notes.batches == [("a",)]


async def test_when_a_handler_fails_what_it_wrote_is_undone_and_its_timer_stays(
    db: Database, agenda: Agenda
) -> None:
    async def half(tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        await agenda.put(tx, "close", "made", now + MINUTE)
        raise ValueError

    agenda.on("half", half)
    await put(db, agenda, NOON, "a", kind="half")
    await agenda.run_due(NOON)

    assert await due(db, agenda, "made") is None
    assert await db.read(lambda tx: agenda.due_at(tx, "half", "a")) == NOON + PAUSES[0]


async def test_a_timer_whose_handler_fails_delays_no_other_timer(
    db: Database, agenda: Agenda, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    notes.poisoned = {"bad"}
    await put(db, agenda, NOON, "a", "bad", "z")
    with caplog.at_level(logging.DEBUG):
        assert await agenda.run_due(NOON) == 2

    assert notes.handled == {"a": 1, "z": 1}
    assert await due(db, agenda, "bad") == NOON + PAUSES[0]
    assert "ValueError" in caplog.text
    assert CANARY not in caplog.text


async def test_a_failing_timer_is_tried_again_after_each_pause_and_then_parked_with_its_error(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    notes.poisoned = {"bad"}
    await put(db, agenda, NOON, "bad")
    now, pauses = NOON, []
    for _ in PAUSES:
        await agenda.run_due(now)
        next_time = await agenda.next_due()
        assert next_time is not None
        pauses.append(next_time - now)
        now = next_time
    await agenda.run_due(now)

    assert tuple(pauses) == PAUSES
    assert await agenda.next_due() is None
    assert await db.read(agenda.parked) == [Parked("close", "bad", "ValueError")]
    assert await agenda.run_due(now + timedelta(days=365)) == 0


async def test_a_parked_timer_is_handled_when_it_is_put_again(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    await test_a_failing_timer_is_tried_again_after_each_pause_and_then_parked_with_its_error(
        db, agenda, notes
    )
    notes.poisoned = set()
    await put(db, agenda, NOON, "bad")

    assert await agenda.run_due(NOON) == 1
    assert await db.read(agenda.parked) == []


async def test_a_handler_that_always_puts_its_timer_again_at_once_is_delayed(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    turns = 0

    async def circles(tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        nonlocal turns
        turns += 1
        await agenda.put_all(tx, "circle", dict.fromkeys(subjects, now))

    agenda.on("circle", circles)
    await put(db, agenda, NOON, "round", kind="circle")
    await put(db, agenda, NOON, "a")
    await asyncio.wait_for(agenda.run_due(NOON), PATIENCE)

    assert turns < 50
    assert notes.handled == {"a": 1}
    assert await agenda.next_due() == NOON + PAUSES[0]


async def test_a_timer_whose_kind_has_no_handler_waits_and_wakes_nobody(db: Database) -> None:
    bare = Agenda(db)
    await put(db, bare, NOON, "a")

    assert await bare.next_due() is None
    assert await bare.run_due(NOON) == 0
    assert await due(db, bare, "a") == NOON


def test_a_kind_cannot_have_two_handlers(agenda: Agenda, notes: Notes) -> None:
    with pytest.raises(ValueError, match="close"):
        agenda.on("close", notes.handle)


async def test_several_runs_at_once_handle_each_timer_once(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    await put(db, agenda, NOON, *(f"{n}" for n in range(700)))
    other = Agenda(db)
    other.on("close", notes.handle)

    counts = await asyncio.gather(agenda.run_due(NOON), agenda.run_due(NOON), other.run_due(NOON))

    assert sum(counts) == 700
    assert set(notes.handled.values()) == {1}


async def test_a_timer_that_is_moved_after_its_batch_failed_is_not_handled(
    db: Database, agenda: Agenda, notes: Notes
) -> None:
    notes.poisoned = {"bad"}
    await put(db, agenda, NOON, "bad", "moved")
    handled = notes.handle

    async def moving(tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        try:
            await handled(tx, subjects, now)
        finally:
            if len(subjects) == 1:
                asyncio.get_running_loop().call_soon(moves.set)

    moves = asyncio.Event()
    agenda._handlers["close"] = moving

    async def move() -> None:
        await moves.wait()
        await put(db, agenda, NOON + MINUTE, "moved")

    await asyncio.gather(agenda.run_due(NOON), move())

    assert await due(db, agenda, "moved") == NOON + MINUTE
    assert notes.handled == {}


async def test_a_database_that_cannot_write_raises_an_error_and_keeps_the_timer(
    db: Database, agenda: Agenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(db, agenda, NOON, "a")

    async def full(_body: object) -> None:
        raise BlockingIOError

    with monkeypatch.context() as patch:
        patch.setattr(db, "write", full)
        with pytest.raises(BlockingIOError):
            await agenda.run_due(NOON)

    assert await agenda.run_due(NOON) == 1


@pytest.mark.sqlite("it looks at query plans")
async def test_looking_for_the_earliest_timer_uses_the_index_once_for_each_kind(db: Database) -> None:
    looks = [one for one in await plans(db, lambda tx: store.earliest(tx, ["a", "b"])) if "agenda" in one]

    assert looks == ["SEARCH agenda USING INDEX ix_agenda_kind_due_at (kind=?)"] * 2


@pytest.mark.sqlite("it looks at query plans")
async def test_taking_a_batch_reads_only_timers_that_are_due(db: Database) -> None:
    looks = [one for one in await plans(db, lambda tx: store.take(tx, "a", NOON, BATCH)) if "agenda" in one]

    assert looks == [
        "SEARCH agenda USING PRIMARY KEY (kind=? AND subject=?)",
        "SEARCH agenda USING INDEX ix_agenda_kind_due_at (kind=? AND due_at<?)",
    ]
