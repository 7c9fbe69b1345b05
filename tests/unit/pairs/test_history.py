"""One's own months: what one was asked, and what one said of how it was; only ever one's own."""

from datetime import date

import pytest

from bot.errors import NotYours
from bot.pairs.check_in import Status
from bot.pairs.queries import Months
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Town, utc

HALF_A_YEAR = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 30)


async def months(town: Town, name: str, id: str, back: int = 0) -> Months:
    return await town.pairs.history.months(await town.person(name), id, back)


async def test_three_months_are_shown_at_once_the_newest_first(town: Town) -> None:
    id = await town.pair("Ana", "Bo", HALF_A_YEAR)
    await town.wait_until(utc(2026, 6, 30))
    shown = await months(town, "Ana", id)
    assert (shown.name, shown.first_month, shown.count) == ("Bo", (2026, 4), 3)
    assert (shown.earlier, shown.later) == (True, False)
    assert (shown.check_ins[0].day, shown.check_ins[-1].day) == (date(2026, 4, 5), date(2026, 6, 28))
    before = await months(town, "Ana", id, 1)
    assert (before.first_month, before.count, before.earlier, before.later) == ((2026, 1), 3, False, True)
    assert (before.check_ins[0].day, before.check_ins[-1].day) == (date(2026, 1, 11), date(2026, 3, 29))
    for far in (2, 7, 10**9):
        beyond = await months(town, "Ana", id, far)
        assert (beyond.first_month, beyond.count, beyond.earlier) == ((2026, 1), 1, False)


async def test_in_the_first_days_it_shows_the_month_of_the_first(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    shown = await months(town, "Bo", id)
    assert (shown.first_month, shown.count, list(shown.check_ins)) == ((2026, 1), 1, [])
    assert await town.pairs.queries.past(await town.person("Bo"), None) == []


async def test_each_sees_their_own(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    for status in (Status.ON_TRACK, Status.SLIPPED):
        one = await town.wait_for_check_in("Ana", id)
        await town.mark("Ana", one, status)
        await town.note("Ana", one, f"it was {status}")
        await town.share("Ana", one)
    assert [one.status for one in (await months(town, "Ana", id)).check_ins] == [
        Status.ON_TRACK,
        Status.SLIPPED,
    ]
    assert [one.status for one in (await months(town, "Bo", id)).check_ins] == [None, None]
    ana, bo = await town.person("Ana"), await town.person("Bo")
    newest = await town.pairs.history.notes(ana, id, 0)
    assert newest is not None
    assert (newest.note, newest.number, newest.count, newest.running) == ("it was slipped", 0, 2, True)
    oldest = await town.pairs.history.notes(ana, id, 9)
    assert oldest is not None
    assert (oldest.note, oldest.number) == ("it was on_track", 1)
    assert await town.pairs.history.notes(bo, id, 0) is None
    assert [name for _, name in await town.pairs.queries.past(ana, None)] == ["Bo"]


async def test_what_was_not_asked_stands_there_as_such(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.sleep_until(utc(2026, 1, 12, 12))
    assert [one.status for one in (await months(town, "Ana", id)).check_ins] == [Status.UNASKED]


async def test_nobody_sees_anybody_elses(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    cy = await town.person("Cy")
    waits = await town.propose("Ana", "Di")
    for who, what in ((cy, id), (cy, "nothing"), (await town.person("Ana"), waits)):
        with pytest.raises(NotYours):
            await town.pairs.history.months(who, what, 0)
        with pytest.raises(NotYours):
            await town.pairs.history.notes(who, what, 0)


async def test_after_the_notes_have_gone_nothing_is_shown(town: Town) -> None:
    id = await town.pair("Ana", "Bo", SUNDAYS)
    await town.wait_for_check_in("Ana", id)
    await town.end("Ana", id)
    assert len((await months(town, "Bo", id)).check_ins) == 1
    await town.wait(days=7)
    with pytest.raises(NotYours):
        await months(town, "Bo", id)
