"""While nothing can be written, timers and messages wait; afterwards each is handled and sent once."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, LargeBinary, MetaData, Table, insert, select

from bot.delivery.outbox_message import MessageState
from bot.scheduling import tables
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import AT_MOST, Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.storage.unavailable import Reason, StorageUnavailable
from tests.disk_faults import full, no_file_grows, read_only
from tests.store.conftest import make_tables
from tests.unit.delivery.fixtures import Discord, dm_harness
from tests.virtual_clock import now, virtual_clock

Fault = Callable[[Database], AbstractContextManager[None]]
grown = Table("grown", MetaData(), Column("much", LargeBinary))
PEOPLE = [f"person{n}" for n in range(60)]


@contextmanager
def failing_disk(db: Database) -> Iterator[None]:
    with no_file_grows(4096):
        yield


@contextmanager
def lost_disk(db: Database) -> Iterator[None]:
    """Let nothing be read either."""

    def fails() -> AbstractAsyncContextManager[Tx]:
        raise StorageUnavailable(Reason.FAILING)

    adapter = vars(db.adapter)
    adapter.update(reading=fails, writing=fails)
    yield
    del adapter["reading"], adapter["writing"]


@pytest.fixture(params=[full, read_only, failing_disk])
def fault(request: pytest.FixtureRequest) -> Fault:
    kind: Fault = request.param
    return kind


def logged(caplog: pytest.LogCaptureFixture) -> tuple[set[str], int]:
    """Return the different warnings and errors, and how many there were before the log collapses them."""
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    told = {str({**record.msg, "at": ""}) for record in lines if isinstance(record.msg, dict)}
    return told, len(lines)


@pytest.mark.parametrize("fault", [read_only, failing_disk, lost_disk])
@pytest.mark.parametrize("into_it", [0.0, 0.5, 1.1])
def test_every_message_is_sent_once_although_nothing_could_be_recorded_for_an_hour(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: Fault, into_it: float
) -> None:
    @virtual_clock
    async def run() -> None:
        discord = Discord(latency=lambda: 0.4)
        async with dm_harness(tmp_path, discord) as here:
            ids = await here.tell_many(PEOPLE)
            await asyncio.sleep(into_it)
            with caplog.at_level(logging.WARNING), fault(here.db):
                await asyncio.sleep(3600)
                requests = len(discord.requests)
                told, count = logged(caplog)
            await asyncio.sleep(3600)

            assert requests <= 5 * len(PEOPLE), "it is no busy loop"
            assert all("can't be used right now" in line for line in told)
            assert len(told) <= 2, "a read, a write"
            assert count <= 61 * 17
            assert Counter(message.outbox_id for message in discord.messages) == dict.fromkeys(ids, 1)
            for id in ids:
                standing = await here.message(id)
                assert standing is not None
                assert standing.state is MessageState.SENT

    run()


def test_timers_wait_without_being_blamed_and_are_handled_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    @virtual_clock
    async def run() -> None:
        db = Database(tmp_path / "plumbline.db")
        await db.open()
        await db.migrate(make_tables)
        await db.migrate(grown.create)
        agenda, handled, tried = Agenda(db), Counter[str](), 0

        async def handle(tx: Tx, subjects: Sequence[str], at: datetime) -> None:
            nonlocal tried
            tried += 1
            # It needs more room than to put a timer off: nothing may be put off or parked for that.
            await tx.execute(insert(grown).values(much=bytes(100_000)))
            tx.afterwards(lambda: handled.update(subjects))

        agenda.on("close", handle)
        due = now() + timedelta(minutes=10)
        await db.write(lambda tx: agenda.put_all(tx, "close", dict.fromkeys(PEOPLE, due)))
        wakeup = Wakeup(agenda, now)
        wakeup.start()
        with caplog.at_level(logging.WARNING), fault(db):
            await asyncio.sleep(24 * 3600)
        told, count = logged(caplog)
        rows = await db.read(lambda tx: tx.all(select(tables.agenda)))
        before = tried, sum(handled.values())
        await asyncio.sleep(AT_MOST.total_seconds() + 1)
        await wakeup.stop()
        await db.close()

        assert {(row.tries, row.parked) for row in rows} == {(0, None)}
        assert len(rows) == len(PEOPLE)
        assert before[0] <= 24 * 60
        assert before[1] == 0
        assert handled == dict.fromkeys(PEOPLE, 1)
        assert len(told) == 1
        assert count <= 24 * 60

    run()
