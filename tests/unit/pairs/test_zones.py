"""Time zones: somebody moves to another, or the rules of one change."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.pairs import side_store
from bot.storage.tx import Tx
from tests.unit.pairs.fixtures import BERLIN, Harness
from tests.unit.pods.fixtures import utc

NEW_YORK, AUCKLAND = "America/New_York", "Pacific/Auckland"


async def move(harness: Harness, name: str, zone: str) -> None:
    """Set another zone for somebody and move their check-ins to it."""
    person = await harness.person(name)
    await harness.preferences.live_in(person, zone)
    await harness.pairs.zones.move(person)


async def due(harness: Harness, name: str, id: str) -> object:
    """Return when they are asked next, after checking that the agenda agrees."""
    side = await harness.side(name, id)
    assert (await harness.timers()).get(("pairs.ask", side.id)) == side.next_at
    return side.next_at


async def test_check_ins_move_to_a_new_zone_only_when_the_person_says_so(harness: Harness) -> None:
    ana = await harness.person("Ana")
    id = await harness.pair("Ana", "Bo")
    assert not await harness.pairs.zones.elsewhere(ana)
    await harness.preferences.live_in(ana, NEW_YORK)
    assert await harness.pairs.zones.elsewhere(ana)
    assert await due(harness, "Ana", id) == utc(2026, 1, 11, 17)
    await harness.pairs.zones.move(ana)
    assert not await harness.pairs.zones.elsewhere(ana)
    assert await due(harness, "Ana", id) == utc(2026, 1, 11, 23)
    assert await due(harness, "Bo", id) == utc(2026, 1, 11, 17)
    await harness.wait_until(utc(2026, 1, 11, 23))
    assert [one.asked_at for one in await harness.asked("Ana", id)] == [utc(2026, 1, 11, 23)]


async def test_only_somebodys_own_side_of_running_pairs_moves_to_their_new_zone(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    waits = await harness.propose("Ana", "Cy")
    await harness.preferences.live_in(await harness.person("Ana"), NEW_YORK)
    await harness.pairs.zones.move(await harness.person("Ana"))
    assert [(await harness.side(name, id)).zone for name in ("Ana", "Bo")] == [NEW_YORK, BERLIN]
    assert (await harness.side("Ana", waits)).zone == BERLIN
    await harness.end("Ana", id)
    await harness.preferences.live_in(await harness.person("Ana"), AUCKLAND)
    assert not await harness.pairs.zones.elsewhere(await harness.person("Ana"))


async def test_after_a_change_of_zone_nobody_is_asked_twice_on_one_day(harness: Harness) -> None:
    """They were asked on Sunday in Auckland; in New York, the hour of that Sunday is still to come."""
    id = await harness.pair("Ana", "Bo", zones=(AUCKLAND, BERLIN))
    await harness.wait_for_check_in("Ana", id)
    await move(harness, "Ana", NEW_YORK)
    assert await due(harness, "Ana", id) == utc(2026, 1, 18, 23)
    await harness.pause("Ana", id, 7)
    await harness.resume("Ana", id)
    assert await due(harness, "Ana", id) == utc(2026, 1, 18, 23)
    await harness.wait(days=8)
    assert [one.day for one in await harness.asked("Ana", id)] == [date(2026, 1, 11), date(2026, 1, 18)]


async def test_a_change_of_zone_in_a_pause_hidden_by_a_boundary_asks_nobody_twice_on_one_day(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo", zones=(AUCKLAND, BERLIN))
    await harness.wait_for_check_in("Ana", id)
    await harness.apart("Bo", "Ana")
    await harness.pause("Ana", id, 7)
    await move(harness, "Ana", NEW_YORK)
    await harness.resume("Ana", id)
    assert await due(harness, "Ana", id) == utc(2026, 1, 18, 23)


async def test_somebody_is_asked_late_when_the_hour_has_passed_in_their_new_zone(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", zones=(NEW_YORK, BERLIN))
    await harness.wait_until(utc(2026, 1, 11, 15))
    await move(harness, "Ana", AUCKLAND)
    await harness.wait(minutes=1)
    [one] = await harness.asked("Ana", id)
    assert (one.day, one.late, one.status) == (date(2026, 1, 11), True, None)


async def test_a_change_of_zone_during_a_pause_applies_when_the_pause_ends(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Bo", id, 7)
    await move(harness, "Ana", NEW_YORK)
    assert await due(harness, "Ana", id) is None
    await harness.wait(days=7)
    assert await due(harness, "Ana", id) == utc(2026, 1, 18, 23)


async def shift(harness: Harness, name: str, id: str, hours: int) -> None:
    """Change the stored time, as if it had been computed by older rules of their zone."""
    side = await harness.side(name, id)
    assert side.next_at is not None
    at = side.next_at + timedelta(hours=hours)

    async def write(tx: Tx) -> None:
        await side_store.keep_next(tx, [replace(side, next_at=at)])
        await harness.agenda.put(tx, "pairs.ask", side.id, at)

    await harness.db.write(write)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_when_the_rules_of_a_zone_change_check_ins_keep_their_local_hour(
    harness: Harness, hours: int
) -> None:
    id = await harness.pair("Ana", "Bo", zones=(BERLIN, NEW_YORK))
    other = await harness.pair("Cy", "Di", zones=(BERLIN, BERLIN))
    await shift(harness, "Ana", id, hours)
    await shift(harness, "Di", other, hours)
    assert await harness.pairs.zones.follow() == 2
    assert await due(harness, "Ana", id) == utc(2026, 1, 11, 17)
    assert await due(harness, "Di", other) == utc(2026, 1, 11, 17)
    assert await due(harness, "Bo", id) == utc(2026, 1, 11, 23)
    assert await harness.pairs.zones.follow() == 0


async def test_a_timer_that_runs_too_early_asks_nobody(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    side = await harness.side("Ana", id)
    await harness.db.write(
        lambda tx: harness.agenda.put(tx, "pairs.ask", side.id, harness.now + timedelta(hours=1))
    )
    await harness.wait(hours=2)
    assert await harness.asked("Ana", id) == []
    assert await due(harness, "Ana", id) == utc(2026, 1, 11, 17)


async def test_new_rules_of_a_zone_move_no_check_in_of_an_ended_or_paused_pair(harness: Harness) -> None:
    id, other = await harness.pair("Ana", "Bo"), await harness.pair("Cy", "Di")
    for name, of in (("Ana", id), ("Cy", other)):
        await shift(harness, name, of, 1)
    await harness.end("Bo", id)
    await harness.pause("Di", other)
    assert await harness.pairs.zones.follow() == 0
    assert not [kind for kind, _ in await harness.timers() if kind == "pairs.ask"]
