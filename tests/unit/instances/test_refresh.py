"""Refresh: what a process keeps in memory is read each minute, and whenever another one tells of a change."""

from datetime import UTC, datetime, timedelta

from bot.instances.refresh import EVERY, Refresh

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


class Reading:
    def __init__(self) -> None:
        self.now = NOON
        self.read = 0
        self.refresh = Refresh(lambda: self.now, [self.again])

    async def again(self) -> None:
        self.read += 1

    async def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
        while await self.refresh.run_due(self.now):
            pass


async def test_it_reads_once_a_minute() -> None:
    reading = Reading()
    await reading.wait(seconds=59)
    assert reading.read == 0
    assert await reading.refresh.next_due() == NOON + EVERY
    await reading.wait(seconds=1)
    await reading.wait(seconds=59)
    assert reading.read == 1
    await reading.wait(minutes=1)
    assert reading.read == 2


async def test_it_reads_at_once_when_it_is_told_of_a_change() -> None:
    reading, woken = Reading(), list[datetime]()
    reading.refresh.told()
    reading.refresh.on_earlier = woken.append
    reading.refresh.told()
    assert woken == [NOON]
    await reading.wait()
    assert reading.read == 1
    assert await reading.refresh.next_due() == NOON + EVERY


async def test_what_is_told_while_it_reads_is_read_once_more() -> None:
    reading = Reading()

    async def told_meanwhile() -> None:
        await reading.again()
        if reading.read == 1:
            reading.refresh.told()

    reading.refresh = Refresh(lambda: reading.now, [told_meanwhile])
    reading.refresh.told()
    await reading.wait()
    await reading.wait()
    assert reading.read == 2
