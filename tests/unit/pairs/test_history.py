"""The history of a pair: what somebody was asked and answered, shown to that person only."""

from datetime import date

import pytest

from bot.errors import NotYours
from bot.pairs.check_in import CheckInStatus
from bot.pairs.queries import Months
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

HALF_A_YEAR = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 30)


async def months(harness: Harness, name: str, id: str, back: int = 0) -> Months:
    return await harness.pairs.history.months(await harness.person(name), id, back)


async def test_the_history_shows_three_months_at_once_beginning_with_the_newest_three(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo", HALF_A_YEAR)
    await harness.wait_until(utc(2026, 6, 30))
    shown = await months(harness, "Ana", id)
    assert (shown.name, shown.first_month, shown.count) == ("Bo", (2026, 4), 3)
    assert (shown.earlier, shown.later) == (True, False)
    assert (shown.check_ins[0].day, shown.check_ins[-1].day) == (date(2026, 4, 5), date(2026, 6, 28))
    before = await months(harness, "Ana", id, 1)
    assert (before.first_month, before.count, before.earlier, before.later) == ((2026, 1), 3, False, True)
    assert (before.check_ins[0].day, before.check_ins[-1].day) == (date(2026, 1, 11), date(2026, 3, 29))
    for far in (2, 7, 10**9):
        beyond = await months(harness, "Ana", id, far)
        assert (beyond.first_month, beyond.count, beyond.earlier) == ((2026, 1), 1, False)


async def test_before_the_first_check_in_the_history_shows_its_month(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    shown = await months(harness, "Bo", id)
    assert (shown.first_month, shown.count, list(shown.check_ins)) == ((2026, 1), 1, [])
    assert await harness.pairs.queries.past(await harness.person("Bo"), None) == []


async def test_each_partner_sees_only_their_own_answers_and_notes(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    for status in (CheckInStatus.ON_TRACK, CheckInStatus.SLIPPED):
        one = await harness.wait_for_check_in("Ana", id)
        await harness.mark("Ana", one, status)
        await harness.note("Ana", one, f"it was {status}")
        await harness.share("Ana", one)
    assert [one.status for one in (await months(harness, "Ana", id)).check_ins] == [
        CheckInStatus.ON_TRACK,
        CheckInStatus.SLIPPED,
    ]
    assert [one.status for one in (await months(harness, "Bo", id)).check_ins] == [None, None]
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    newest = await harness.pairs.history.notes(ana, id, 0)
    assert newest is not None
    assert (newest.note, newest.number, newest.count, newest.running) == ("it was slipped", 0, 2, True)
    oldest = await harness.pairs.history.notes(ana, id, 9)
    assert oldest is not None
    assert (oldest.note, oldest.number) == ("it was on_track", 1)
    assert await harness.pairs.history.notes(bo, id, 0) is None
    assert [name for _, name in await harness.pairs.queries.past(ana, None)] == ["Bo"]


async def test_the_history_shows_a_check_in_that_was_not_asked_as_not_asked(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.sleep_until(utc(2026, 1, 12, 12))
    assert [one.status for one in (await months(harness, "Ana", id)).check_ins] == [CheckInStatus.UNASKED]


async def test_only_the_partners_of_a_pair_that_has_begun_can_open_its_history(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    cy = await harness.person("Cy")
    waits = await harness.propose("Ana", "Di")
    for who, what in ((cy, id), (cy, "nothing"), (await harness.person("Ana"), waits)):
        with pytest.raises(NotYours):
            await harness.pairs.history.months(who, what, 0)
        with pytest.raises(NotYours):
            await harness.pairs.history.notes(who, what, 0)


async def test_once_the_notes_are_deleted_the_history_cannot_be_opened(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", SUNDAYS)
    await harness.wait_for_check_in("Ana", id)
    await harness.end("Ana", id)
    assert len((await months(harness, "Bo", id)).check_ins) == 1
    await harness.wait(days=7)
    with pytest.raises(NotYours):
        await months(harness, "Bo", id)
