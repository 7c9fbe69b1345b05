"""The one rule, and what keeps two people apart."""

import sqlite3
from datetime import timedelta

import pytest

from bot.boundaries.models import MOST, Meet, parting_time
from bot.delivery.outbox import MessageState
from bot.errors import NotYours, TooMany
from bot.events import PersonParted
from bot.ids import PersonId
from bot.people.models import DiscordUser
from tests.unit.pods.fixtures import HERE, NOON, Town


async def meet(town: Town, one: PersonId, other: PersonId) -> Meet:
    return await town.db.read(lambda tx: town.boundaries.may_meet(tx, one, other))


async def test_it_holds_both_ways_from_its_own_commit(town: Town) -> None:
    ana, bo, cy = [await town.person(name) for name in ("ana", "bo", "cy")]
    assert await meet(town, ana, bo) is Meet.OPENLY
    await town.boundaries.set(ana, bo, town.now)
    assert await meet(town, ana, bo) is Meet.SILENTLY
    assert await meet(town, bo, ana) is Meet.SILENTLY
    assert await meet(town, ana, cy) is Meet.OPENLY
    assert Meet.SILENTLY.held
    assert not Meet.OPENLY.held


async def test_it_stands_while_either_holds_one(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.boundaries.set(ana, bo, town.now)
    await town.boundaries.set(bo, ana, town.now)
    [mine] = await town.boundaries.of(ana)
    await town.boundaries.lift(ana, mine.id)
    assert await meet(town, ana, bo) is Meet.SILENTLY
    [theirs] = await town.boundaries.of(bo)
    await town.boundaries.lift(bo, theirs.id)
    assert await meet(town, ana, bo) is Meet.OPENLY


async def test_setting_it_twice_is_setting_it_once(town: Town) -> None:
    ana = await town.person("ana")
    first = await town.boundaries.add(ana, DiscordUser(77, "Bo", HERE), town.now)
    assert await town.boundaries.add(ana, DiscordUser(77, "Bo", HERE), town.now) == first
    [held] = await town.boundaries.of(ana)
    assert held.made_at == town.now
    assert await town.people.meet(DiscordUser(77, "Bo", HERE), town.now) == held.other


async def test_nobody_else_can_lift_it_and_oneself_is_no_other(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.boundaries.set(ana, bo, town.now)
    [held] = await town.boundaries.of(ana)
    for wrong, id in ((bo, held.id), (ana, "nothing")):
        with pytest.raises(NotYours):
            await town.boundaries.lift(wrong, id)
    with pytest.raises(NotYours):
        await town.boundaries.set(ana, ana, town.now)
    assert await town.boundaries.of(bo) == []


async def test_fifty_are_the_most(town: Town) -> None:
    ana = await town.person("ana")
    for number in range(MOST):
        await town.boundaries.set(ana, PersonId(f"p{number}"), town.now)
    with pytest.raises(TooMany) as full:
        await town.boundaries.set(ana, PersonId("one more"), town.now)
    assert full.value.limit == MOST
    await town.boundaries.set(ana, PersonId("p7"), town.now)
    assert len(await town.boundaries.of(ana)) == MOST


async def test_what_waits_between_the_two_is_held_for_good(town: Town) -> None:
    ana, bo, cy = [await town.person(name) for name in ("ana", "bo", "cy")]
    tell = town.outbox.tell
    ids = [
        await town.db.write(lambda tx: tell(tx, ana, "k", "1", town.now, other=bo, server=HERE)),
        await town.db.write(lambda tx: tell(tx, bo, "k", "2", town.now, other=ana, server=HERE)),
        await town.db.write(lambda tx: tell(tx, bo, "k", "3", town.now, other=cy, server=HERE)),
    ]
    await town.boundaries.set(ana, bo, town.now)
    [held] = await town.boundaries.of(ana)
    await town.boundaries.lift(ana, held.id)
    states = []
    for id in ids:
        line = await town.db.read(lambda tx, id=id: town.outbox.get(tx, id))  # type: ignore[misc]  # mypy infers no lambda with a default
        assert line is not None
        states.append(line.state)
    assert states == [MessageState.HELD, MessageState.HELD, MessageState.WAITING]


async def test_the_parting_comes_within_a_day_and_not_in_the_first_hour(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    heard = town.heard(PersonParted)

    await town.boundaries.set(ana, bo, town.now)
    await town.wait(minutes=59)
    assert heard == []
    await town.restart()
    heard = town.heard(PersonParted)
    await town.wait(hours=24)
    assert [(one.person, one.other, one.server) for one in heard] == [(ana, bo, None)]
    await town.wait(hours=48)
    assert len(heard) == 1


async def test_lifted_before_its_parting_nothing_parts(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.tie("ana", "bo")
    await town.boundaries.set(ana, bo, town.now)
    [held] = await town.boundaries.of(ana)
    await town.boundaries.lift(ana, held.id)
    await town.wait(hours=48)
    assert await town.available("ana") == {bo}


def test_the_moment_of_a_parting_is_any_of_a_day() -> None:
    times = [parting_time(NOON) - NOON for _ in range(200)]
    assert timedelta(hours=1) <= min(times) < timedelta(hours=6)
    assert timedelta(hours=18) < max(times) <= timedelta(hours=24)


async def test_with_whom_is_not_in_the_file_in_clear(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.boundaries.set(ana, bo, town.now)
    await town.close()
    with sqlite3.connect(town.path) as file:
        rows = list(file.execute("select * from boundaries"))
    file.close()
    assert str(bo) not in repr(rows)
    assert bo.encode() not in b"".join(cell for cell in rows[0] if isinstance(cell, bytes))
    await town.open()


async def test_a_boundary_whose_key_is_gone_parts_nobody(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    await town.boundaries.set(ana, bo, town.now)
    vault = town.boundaries._vault
    await town.db.write(lambda tx: vault.drop(tx, f"person:{ana}"))
    assert await town.boundaries.of(ana) == []
    await town.wait(hours=24)
    assert await meet(town, ana, bo) is Meet.SILENTLY
