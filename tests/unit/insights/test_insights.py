"""Each month is counted and rounded once, when it ends; its tallies are deleted then."""

from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from bot.ids import PersonId, ServerId
from bot.insights.models import REMINDERS, Month
from bot.insights.service import ALL, MONTH
from bot.insights.tables import people
from bot.people.privacy import PeoplePrivacy
from bot.storage.tx import Tx
from tests.unit.insights.fixtures import Harness
from tests.unit.pods.fixtures import HERE

ELSEWHERE = ServerId(78)
FEBRUARY, MARCH, APRIL = (datetime(2026, month, 1, tzinfo=UTC) for month in (2, 3, 4))


async def test_a_month_that_has_not_ended_is_not_shown(harness: Harness) -> None:
    await harness.ask_here(50)
    await harness.wait_until(datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC))
    assert await harness.months() == []
    assert await harness.tallied() == 50


async def test_when_a_month_ends_its_counts_are_rounded_and_its_tallies_are_deleted(harness: Harness) -> None:
    await harness.ask_here(13)
    await harness.happen(REMINDERS, 4)
    await harness.happen(REMINDERS, server=ELSEWHERE, more=21)
    await harness.wait_until(FEBRUARY)
    assert await harness.months() == [Month("2026-01", 0, 10, 0, 0)]
    assert await harness.months(ELSEWHERE) == [Month("2026-01", 0, 0, 0, 20)]
    assert await harness.tallied() == 0
    await harness.ask_here(15)
    await harness.wait_until(MARCH)
    assert [one.askers for one in await harness.months()] == [10, 15]


async def test_who_asks_often_is_counted_once_and_nothing_below_ten_is_shown(
    harness: Harness,
) -> None:
    """A moderator who sends asks of their own learns nothing about one other person."""
    for _ in range(4):
        await harness.ask_here(9)
    await harness.wait_until(FEBRUARY)
    assert [one.askers for one in await harness.months()] == [0]
    for _ in range(4):
        await harness.ask_here(14)
    await harness.wait_until(MARCH)
    assert [one.askers for one in await harness.months()] == [0, 10]


async def test_an_account_that_is_erased_and_comes_back_is_counted_once(harness: Harness) -> None:
    """Otherwise two accounts could make nine people, and see whether there was a tenth."""
    for _ in range(10):
        await harness.ask_here(1)
        was = await harness.person("asker0")
        await harness.db.write(partial(_erased, was, harness.now))
        assert await harness.person("asker0") != was
    assert await harness.tallied() == 1


async def test_somebody_who_withdraws_every_ask_is_not_counted(harness: Harness) -> None:
    await harness.ask_here(10)
    await harness.ask_here(1, first=9)
    await harness.withdraw_here(9)
    await harness.wait_until(FEBRUARY)
    assert [one.askers for one in await harness.months()] == [10]
    sent_at = harness.now
    await harness.ask_here(10)
    await harness.withdraw_here(9)
    await harness.wait_until(MARCH)
    await harness.withdraw_here(8, sent_at)
    assert [one.askers for one in await harness.months()] == [10, 0]
    assert await harness.tallied() == 0


async def test_a_tally_does_not_hold_the_id_of_anybody(harness: Harness) -> None:
    await harness.ask_here(3)
    rows = await harness.db.read(lambda tx: tx.all(select(people)))
    assert len({row.finger for row in rows}) == 3
    assert not any(f"asker{one}" in repr(tuple(row)) for row in rows for one in range(3))
    await harness.ask_here(3, ELSEWHERE)
    rows = await harness.db.read(lambda tx: tx.all(select(people)))
    assert len({row.finger for row in rows}) == 6


async def test_members_in_and_running_pairs_are_counted_when_the_month_ends(harness: Harness) -> None:
    names = [f"friend{number}" for number in range(12)]
    await harness.all_in(*names[:11])
    for one, other in zip(names[:6], names[6:], strict=True):
        await harness.pair(one, other)
    await harness.wait_until(FEBRUARY)
    assert await harness.months() == [Month("2026-01", 10, 0, 10, 0)]
    assert await harness.months(ELSEWHERE) == []


async def test_a_server_with_settings_gets_a_month_even_if_nothing_happened_in_it(harness: Harness) -> None:
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"country": "ie"})
    await harness.wait_until(FEBRUARY)
    assert await harness.months() == [Month("2026-01", 0, 0, 0, 0)]


async def test_a_month_that_ended_while_the_bot_was_off_is_counted_once(harness: Harness) -> None:
    await harness.ask_here(17)
    await harness.off_until(datetime(2026, 2, 5, 9, tzinfo=UTC))
    assert await harness.months() == [Month("2026-01", 0, 15, 0, 0)]
    await harness.restart()
    await harness.insights.start(harness.now)
    assert await harness.db.read(lambda tx: harness.agenda.due_at(tx, MONTH, ALL)) == MARCH
    await harness.wait(hours=1)
    assert [one.month for one in await harness.months()] == ["2026-01"]


async def test_if_the_bot_was_off_for_several_months_no_month_is_left_out(harness: Harness) -> None:
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"country": "ie"})
    await harness.ask_here(17)
    await harness.wait_until(FEBRUARY)
    await harness.off_until(datetime(2026, 5, 2, tzinfo=UTC))
    assert [(one.month, one.askers) for one in await harness.months()] == [
        ("2026-01", 15), ("2026-02", 0), ("2026-03", 0), ("2026-04", 0),
    ]  # fmt: skip


async def test_a_month_that_is_much_older_than_a_year_is_deleted(harness: Harness) -> None:
    await harness.ask_here(15, server=ELSEWHERE)
    await harness.wait_until(datetime(2027, 4, 1, tzinfo=UTC))
    assert await harness.months(ELSEWHERE) == []
    await harness.ask_here(15, server=ELSEWHERE)
    await harness.wait_until(datetime(2027, 5, 1, tzinfo=UTC))
    assert [one.month for one in await harness.months(ELSEWHERE)] == ["2027-04"]


async def test_twelve_months_are_shown_the_newest_last(harness: Harness) -> None:
    await harness.servers.change(HERE, await harness.person("mo"), harness.now, {"country": "ie"})
    await harness.wait_until(datetime(2027, 4, 1, tzinfo=UTC))
    shown = [one.month for one in await harness.months()]
    assert (shown[0], shown[-1], len(shown)) == ("2026-04", "2027-03", 12)


async def test_a_second_start_does_not_move_the_timer(harness: Harness) -> None:
    harness.now = datetime(2026, 1, 31, 23, tzinfo=UTC)
    await harness.insights.start(harness.now)
    assert await harness.db.read(lambda tx: harness.agenda.due_at(tx, MONTH, ALL)) == FEBRUARY


async def _erased(person: PersonId, now: datetime, tx: Tx) -> None:
    await PeoplePrivacy().erase(tx, person, now)
