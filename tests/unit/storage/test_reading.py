"""A read sees one consistent state of the file, and can change nothing."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database
from bot.storage.tx import Tx
from tests.patience import PATIENCE
from tests.unit.storage.conftest import notes


async def note(text: str, tx: Tx) -> None:
    await tx.execute(insert(notes).values(text=text))


async def count(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(notes)))


async def test_a_reader_cannot_write_and_its_error_does_not_contain_the_text(db: Database) -> None:
    with pytest.raises(DBAPIError) as refused:
        await db.read(partial(note, "canary"))

    assert "canary" not in str(refused.value)


async def test_a_reader_does_not_see_what_others_commit_during_its_transaction(db: Database) -> None:
    async def twice(tx: Tx) -> tuple[int, int]:
        before = await count(tx)
        await db.write(partial(note, "meanwhile"))
        return before, await count(tx)

    assert await db.read(twice) == (0, 0)
    assert await db.read(count) == 1


@pytest.mark.parametrize("ticks", range(0, 40, 2))
async def test_readers_work_after_others_were_cancelled(db: Database, ticks: int) -> None:
    for _ in range(4):
        reading = asyncio.create_task(db.read(count))
        for _ in range(ticks):
            await asyncio.sleep(0.00005)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    await db.write(partial(note, "still here"))
    assert await asyncio.wait_for(asyncio.gather(*(db.read(count) for _ in range(6))), PATIENCE) == [1] * 6
