"""Months are counted once, when they end, and rounded; what was counted on the way is gone then."""

from datetime import UTC, datetime

from bot.ids import ServerId
from bot.insights.models import ASKS, REMINDERS, Month
from bot.insights.service import ALL, MONTH
from tests.unit.insights.fixtures import Town
from tests.unit.pods.fixtures import HERE

ELSEWHERE = ServerId(78)
FEBRUARY, MARCH, APRIL = (datetime(2026, month, 1, tzinfo=UTC) for month in (2, 3, 4))


async def test_nothing_is_shown_of_a_month_that_runs(town: Town) -> None:
    await town.happen(ASKS, 50)
    await town.wait_until(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC))
    assert await town.months() == []
    assert await town.tallied() == 1


async def test_a_month_that_ends_is_counted_rounded_and_its_tallies_are_gone(town: Town) -> None:
    await town.happen(ASKS, 13)
    await town.happen(REMINDERS, 4)
    await town.happen(REMINDERS, server=ELSEWHERE, more=21)
    await town.wait_until(FEBRUARY)
    assert await town.months() == [Month("2026-01", 0, 10, 0, 0)]
    assert await town.months(ELSEWHERE) == [Month("2026-01", 0, 0, 0, 20)]
    assert await town.tallied() == 0
    await town.happen(ASKS, 5)
    await town.wait_until(MARCH)
    assert [one.asks for one in await town.months()] == [10, 5]


async def test_members_in_and_pairs_are_those_at_the_end(town: Town) -> None:
    names = [f"friend{number}" for number in range(12)]
    await town.all_in(*names[:11])
    for one, other in zip(names[:6], names[6:], strict=True):
        await town.pair(one, other)
    await town.wait_until(FEBRUARY)
    assert await town.months() == [Month("2026-01", 10, 0, 5, 0)]
    assert await town.months(ELSEWHERE) == []


async def test_a_server_with_settings_has_a_month_in_which_nothing_happened(town: Town) -> None:
    await town.servers.change(HERE, await town.person("mo"), town.now, {"country": "ie"})
    await town.wait_until(FEBRUARY)
    assert await town.months() == [Month("2026-01", 0, 0, 0, 0)]


async def test_late_after_being_off_the_month_that_ended_is_counted_once(town: Town) -> None:
    await town.happen(ASKS, 7)
    await town.off_until(datetime(2026, 2, 5, 9, tzinfo=UTC))
    assert await town.months() == [Month("2026-01", 0, 5, 0, 0)]
    await town.restart()
    await town.insights.start(town.now)
    assert await town.db.read(lambda tx: town.agenda.due_at(tx, MONTH, ALL)) == MARCH
    await town.wait(hours=1)
    assert [one.month for one in await town.months()] == ["2026-01"]


async def test_off_for_several_months_none_is_left_out(town: Town) -> None:
    await town.servers.change(HERE, await town.person("mo"), town.now, {"country": "ie"})
    await town.happen(ASKS, 7)
    await town.wait_until(FEBRUARY)
    await town.off_until(datetime(2026, 5, 2, tzinfo=UTC))
    assert [(one.month, one.asks) for one in await town.months()] == [
        ("2026-01", 5), ("2026-02", 0), ("2026-03", 0), ("2026-04", 0),
    ]  # fmt: skip


async def test_a_year_is_kept_and_no_more(town: Town) -> None:
    await town.happen(ASKS, 5)
    await town.wait_until(datetime(2027, 4, 1, tzinfo=UTC))
    assert await town.months() == []
    await town.happen(ASKS, 5)
    await town.wait_until(datetime(2027, 5, 1, tzinfo=UTC))
    assert [one.month for one in await town.months()] == ["2027-04"]


async def test_twelve_months_are_shown_the_newest_last(town: Town) -> None:
    await town.servers.change(HERE, await town.person("mo"), town.now, {"country": "ie"})
    await town.wait_until(datetime(2027, 4, 1, tzinfo=UTC))
    shown = [one.month for one in await town.months()]
    assert (shown[0], shown[-1], len(shown)) == ("2026-04", "2027-03", 12)


async def test_another_start_changes_nothing(town: Town) -> None:
    town.now = datetime(2026, 1, 31, 23, tzinfo=UTC)
    await town.insights.start(town.now)
    assert await town.db.read(lambda tx: town.agenda.due_at(tx, MONTH, ALL)) == FEBRUARY
