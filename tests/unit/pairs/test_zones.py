"""Zones: somebody moves to another, or the rules of one change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.pairs import side_store
from bot.storage.tx import Tx
from tests.unit.pairs.fixtures import BERLIN, Town, utc

NEW_YORK, AUCKLAND = "America/New_York", "Pacific/Auckland"


async def move(town: Town, name: str, zone: str) -> None:
    """They set another zone, and let their check-ins follow."""
    person = await town.person(name)
    await town.preferences.live_in(person, zone)
    await town.pairs.zones.move(person)


async def due(town: Town, name: str, id: str) -> object:
    """When they are asked next, if the agenda agrees."""
    side = await town.side(name, id)
    assert (await town.alarms()).get(("pairs.ask", side.id)) == side.next_at
    return side.next_at


async def test_whoever_moves_is_asked_whether_the_check_ins_move_too(town: Town) -> None:
    ana = await town.person("Ana")
    id = await town.pair("Ana", "Bo")
    assert not await town.pairs.zones.elsewhere(ana)
    await town.preferences.live_in(ana, NEW_YORK)
    assert await town.pairs.zones.elsewhere(ana)
    assert await due(town, "Ana", id) == utc(2026, 1, 11, 17)
    await town.pairs.zones.move(ana)
    assert not await town.pairs.zones.elsewhere(ana)
    assert await due(town, "Ana", id) == utc(2026, 1, 11, 23)
    assert await due(town, "Bo", id) == utc(2026, 1, 11, 17)
    await town.wait_until(utc(2026, 1, 11, 23))
    assert [one.asked_at for one in await town.asked("Ana", id)] == [utc(2026, 1, 11, 23)]


async def test_only_what_runs_and_is_theirs_moves(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    waits = await town.propose("Ana", "Cy")
    await town.preferences.live_in(await town.person("Ana"), NEW_YORK)
    await town.pairs.zones.move(await town.person("Ana"))
    assert [(await town.side(name, id)).zone for name in ("Ana", "Bo")] == [NEW_YORK, BERLIN]
    assert (await town.side("Ana", waits)).zone == BERLIN
    await town.end("Ana", id)
    await town.preferences.live_in(await town.person("Ana"), AUCKLAND)
    assert not await town.pairs.zones.elsewhere(await town.person("Ana"))


async def test_after_a_move_nobody_is_asked_twice_on_a_day(town: Town) -> None:
    """Sunday's check-in came in Auckland; in New York Sunday's hour is still to come."""
    id = await town.pair("Ana", "Bo", zones=(AUCKLAND, BERLIN))
    await town.wait_for_check_in("Ana", id)
    await move(town, "Ana", NEW_YORK)
    assert await due(town, "Ana", id) == utc(2026, 1, 18, 23)
    await town.pause("Ana", id, 7)
    await town.resume("Ana", id)
    assert await due(town, "Ana", id) == utc(2026, 1, 18, 23)
    await town.wait(days=8)
    assert [one.day for one in await town.asked("Ana", id)] == [date(2026, 1, 11), date(2026, 1, 18)]


async def test_nor_by_a_pause_that_a_boundary_hides(town: Town) -> None:
    id = await town.pair("Ana", "Bo", zones=(AUCKLAND, BERLIN))
    await town.wait_for_check_in("Ana", id)
    await town.apart("Bo", "Ana")
    await town.pause("Ana", id, 7)
    await move(town, "Ana", NEW_YORK)
    await town.resume("Ana", id)
    assert await due(town, "Ana", id) == utc(2026, 1, 18, 23)


async def test_whose_hour_has_passed_where_they_move_to_is_asked_late(town: Town) -> None:
    id = await town.pair("Ana", "Bo", zones=(NEW_YORK, BERLIN))
    await town.wait_until(utc(2026, 1, 11, 15))
    await move(town, "Ana", AUCKLAND)
    await town.wait(minutes=1)
    [one] = await town.asked("Ana", id)
    assert (one.day, one.late, one.status) == (date(2026, 1, 11), True, None)


async def test_while_it_pauses_a_move_waits_for_its_end(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Bo", id, 7)
    await move(town, "Ana", NEW_YORK)
    assert await due(town, "Ana", id) is None
    await town.wait(days=7)
    assert await due(town, "Ana", id) == utc(2026, 1, 18, 23)


async def shift(town: Town, name: str, id: str, hours: int) -> None:
    """As if the rules of their zone had said otherwise when the time was computed."""
    side = await town.side(name, id)
    assert side.next_at is not None
    at = side.next_at + timedelta(hours=hours)

    async def write(tx: Tx) -> None:
        await side_store.keep_next(tx, [replace(side, next_at=at)])
        await town.agenda.put(tx, "pairs.ask", side.id, at)

    await town.db.write(write)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_where_the_rules_of_a_zone_changed_the_hour_stays_the_hour(town: Town, hours: int) -> None:
    id = await town.pair("Ana", "Bo", zones=(BERLIN, NEW_YORK))
    other = await town.pair("Cy", "Di", zones=(BERLIN, BERLIN))
    await shift(town, "Ana", id, hours)
    await shift(town, "Di", other, hours)
    assert await town.pairs.zones.follow() == 2
    assert await due(town, "Ana", id) == utc(2026, 1, 11, 17)
    assert await due(town, "Di", other) == utc(2026, 1, 11, 17)
    assert await due(town, "Bo", id) == utc(2026, 1, 11, 23)
    assert await town.pairs.zones.follow() == 0


async def test_an_alarm_that_rings_before_its_time_asks_nobody(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    side = await town.side("Ana", id)
    await town.db.write(lambda tx: town.agenda.put(tx, "pairs.ask", side.id, town.now + timedelta(hours=1)))
    await town.wait(hours=2)
    assert await town.asked("Ana", id) == []
    assert await due(town, "Ana", id) == utc(2026, 1, 11, 17)


async def test_nothing_that_ended_or_pauses_is_moved(town: Town) -> None:
    id, other = await town.pair("Ana", "Bo"), await town.pair("Cy", "Di")
    for name, of in (("Ana", id), ("Cy", other)):
        await shift(town, name, of, 1)
    await town.end("Bo", id)
    await town.pause("Di", other)
    assert await town.pairs.zones.follow() == 0
    assert not [kind for kind, _ in await town.alarms() if kind == "pairs.ask"]
