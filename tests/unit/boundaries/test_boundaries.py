"""Boundaries: who may meet whom, and what a boundary stops."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from bot.boundaries.models import BOUNDARIES_AT_MOST, Meet, parting_time
from bot.boundaries.service import PARTED
from bot.boundaries.tables import boundaries
from bot.delivery.outbox import MessageState
from bot.errors import NotYours, TooMany
from bot.ids import PersonId
from bot.people.models import DiscordUser
from bot.people.tables import names, people, strangers
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, Cell
from tests.database_file import open_file
from tests.databases import hear
from tests.unit.pods.fixtures import HERE, NOON, PARTINGS, Harness


async def meet(harness: Harness, one: PersonId, other: PersonId) -> Meet:
    return await harness.db.read(lambda tx: harness.boundaries.may_meet(tx, one, other))


async def test_a_boundary_holds_at_once_in_both_directions(harness: Harness) -> None:
    ana, bo, cy = [await harness.person(name) for name in ("ana", "bo", "cy")]
    assert await meet(harness, ana, bo) is Meet.OPENLY
    await harness.boundaries.set(ana, bo, harness.now)
    assert await meet(harness, ana, bo) is Meet.SILENTLY
    assert await meet(harness, bo, ana) is Meet.SILENTLY
    assert await meet(harness, ana, cy) is Meet.OPENLY
    assert Meet.SILENTLY.withheld
    assert not Meet.OPENLY.withheld


async def test_two_people_stay_apart_while_either_of_them_has_a_boundary(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.boundaries.set(bo, ana, harness.now)
    [mine] = await harness.boundaries.of(ana)
    await harness.boundaries.lift(ana, mine.id)
    assert await meet(harness, ana, bo) is Meet.SILENTLY
    [theirs] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, theirs.id)
    assert await meet(harness, ana, bo) is Meet.OPENLY


async def test_setting_a_boundary_twice_makes_only_one(harness: Harness) -> None:
    ana = await harness.person("ana")
    first = await harness.boundaries.add(ana, DiscordUser(77, "Bo", HERE), harness.now)
    assert await harness.boundaries.add(ana, DiscordUser(77, "Bo", HERE), harness.now) == first
    [withheld] = await harness.boundaries.of(ana)
    assert withheld.made_at == harness.now
    assert await harness.people.meet(DiscordUser(77, "Bo", HERE), harness.now) == withheld.other


async def test_only_its_owner_can_lift_a_boundary_and_nobody_can_set_one_with_themselves(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    [withheld] = await harness.boundaries.of(ana)
    for wrong, id in ((bo, withheld.id), (ana, "nothing")):
        with pytest.raises(NotYours):
            await harness.boundaries.lift(wrong, id)
    with pytest.raises(NotYours):
        await harness.boundaries.set(ana, ana, harness.now)
    assert await harness.boundaries.of(bo) == []


async def test_a_person_has_at_most_fifty_boundaries(harness: Harness) -> None:
    ana = await harness.person("ana")
    for number in range(BOUNDARIES_AT_MOST):
        await harness.boundaries.add(ana, DiscordUser(number, "Bo", HERE), harness.now)
    with pytest.raises(TooMany) as full:
        await harness.boundaries.add(ana, DiscordUser(99, "Bo", HERE), harness.now)
    assert full.value.limit == BOUNDARIES_AT_MOST
    await harness.boundaries.add(ana, DiscordUser(7, "Bo", HERE), harness.now)
    assert len(await harness.boundaries.of(ana)) == BOUNDARIES_AT_MOST


async def test_messages_between_the_two_stay_withheld_after_the_boundary_is_lifted(harness: Harness) -> None:
    ana, bo, cy = [await harness.person(name) for name in ("ana", "bo", "cy")]
    tell = harness.outbox.tell
    ids = [
        await harness.db.write(lambda tx: tell(tx, ana, "k", "1", harness.now, other=bo, server=HERE)),
        await harness.db.write(lambda tx: tell(tx, bo, "k", "2", harness.now, other=ana, server=HERE)),
        await harness.db.write(lambda tx: tell(tx, bo, "k", "3", harness.now, other=cy, server=HERE)),
    ]
    await harness.boundaries.set(ana, bo, harness.now)
    [withheld] = await harness.boundaries.of(ana)
    await harness.boundaries.lift(ana, withheld.id)
    states = []
    for id in ids:
        message = await harness.db.read(lambda tx, id=id: harness.outbox.get(tx, id))  # type: ignore[misc]  # mypy infers no lambda with a default
        assert message is not None
        states.append(message.state)
    assert states == [MessageState.WITHHELD, MessageState.WITHHELD, MessageState.WAITING]


async def endings(harness: Harness) -> dict[str, datetime]:
    """Return when each tie ends, by the kind of its timer."""
    rows = await harness.db.read(lambda tx: tx.all(select(agenda).where(agenda.c.kind.in_(PARTINGS))))
    return {f"{row.kind} {row.subject}": row.due_at for row in rows}


async def test_each_tie_ends_within_a_day_and_not_in_the_first_hour(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.tie("bo", "ana")
    await harness.boundaries.set(ana, bo, harness.now)
    times = await endings(harness)
    assert len(times) == len(set(times.values())) == 2
    await harness.wait(minutes=59)
    assert await endings(harness) == times
    await harness.restart()
    await harness.wait(hours=24)
    assert await endings(harness) == {}
    assert await harness.available("ana") == await harness.available("bo") == set()


async def test_a_second_boundary_between_the_two_moves_no_ending(harness: Harness) -> None:
    """Otherwise whoever sets one could see from the delay that the other had set one before."""
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    times = await endings(harness)
    await harness.wait(minutes=30)
    await harness.boundaries.set(bo, ana, harness.now)
    assert await endings(harness) == times


async def test_if_a_boundary_is_lifted_before_its_parting_no_tie_ends(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.boundaries.set(ana, bo, harness.now)
    [withheld] = await harness.boundaries.of(ana)
    await harness.boundaries.lift(ana, withheld.id)
    await harness.wait(hours=48)
    assert await harness.available("ana") == {bo}


async def test_ties_whose_time_passed_while_the_bot_was_off_do_not_end_together(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.tie("ana", "bo")
    await harness.tie("bo", "ana")
    await harness.boundaries.set(ana, bo, harness.now)
    harness.now += timedelta(days=2)
    await harness.restart()
    await harness.boundaries.start(harness.now)
    times = sorted((await endings(harness)).values())
    assert harness.now < times[0] < times[1] <= harness.now + timedelta(hours=1)
    await harness.wait(hours=1)
    assert await harness.available("ana") == await harness.available("bo") == set()


# -- accounts, and what version 0.1 stored -------------------------------------------------------------


async def forget(harness: Harness, person: PersonId) -> None:
    """Erase what tells who somebody is, as erasing does: their rows, and the boundaries that they set."""

    async def erase(tx: Tx) -> None:
        await harness.boundaries.erase(tx, person)
        await harness.services.vault.drop(tx, PERSON_CASE + person)
        for table, column in ((people, "id"), (strangers, "id"), (names, "person")):
            await tx.execute(delete(table).where(table.c[column] == person))

    await harness.db.write(erase)


async def test_a_boundary_holds_for_an_account_that_was_erased_and_comes_back(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.boundaries.set(bo, ana, harness.now)
    await forget(harness, bo)
    [gone] = await harness.boundaries.of(ana)
    assert gone.other is None
    again = await harness.person("bo")
    assert again != bo
    assert await meet(harness, ana, again) is Meet.SILENTLY
    assert await meet(harness, again, ana) is Meet.SILENTLY
    assert (await harness.boundaries.of(ana))[0].other == again
    assert await harness.boundaries.of(again) == []
    assert await harness.boundaries.add(ana, harness.discord_user("bo"), harness.now) == gone.id
    await harness.boundaries.lift(ana, gone.id)
    assert await meet(harness, ana, again) is Meet.OPENLY


async def test_a_boundary_holds_for_an_erased_account_that_somebody_else_names(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await forget(harness, bo)
    someone = await harness.boundaries.consider(harness.discord_user("bo"), harness.now)
    assert someone != bo
    assert await meet(harness, ana, someone) is Meet.SILENTLY


async def test_an_erased_person_leaves_no_id_of_theirs_in_the_boundaries_of_others(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.boundaries.set(bo, ana, harness.now)
    await forget(harness, bo)
    rows = await harness.db.read(lambda tx: tx.all(select(boundaries)))
    assert [row.owner for row in rows] == [ana]
    assert str(bo) not in repr(rows)
    assert await harness.db.read(lambda tx: tx.all(select(agenda).where(agenda.c.kind == PARTED))) == []


async def as_version_0_1(harness: Harness, owner: PersonId, other: PersonId) -> None:
    """Set a boundary as version 0.1 stored it: by the two PersonIds."""
    await harness.boundaries.set(owner, other, harness.now)
    [made] = await harness.boundaries.of(owner)
    vault = harness.services.vault
    cell = Cell(PERSON_CASE + owner, owner, "boundaries", "other", made.id)

    async def rewrite(tx: Tx) -> None:
        pair = vault.finger("boundary", *sorted((owner, other)))
        sealed = await vault.seal(tx, cell, other)
        await tx.execute(update(boundaries).values(pair=pair, other=sealed, by_account=False))

    await harness.db.write(rewrite)


async def test_a_boundary_of_version_0_1_holds_before_and_after_it_recognises_accounts(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await as_version_0_1(harness, ana, bo)
    for changed in (1, 0):
        assert await meet(harness, ana, bo) is Meet.SILENTLY
        assert [one.other for one in await harness.boundaries.of(ana)] == [bo]
        before = [one.id for one in await harness.boundaries.of(ana)]
        await harness.boundaries.set(ana, bo, harness.now)
        assert [one.id for one in await harness.boundaries.of(ana)] == before
        assert await harness.boundaries.start(harness.now) == changed
    await forget(harness, bo)
    assert await meet(harness, ana, await harness.person("bo")) is Meet.SILENTLY


async def test_a_boundary_of_version_0_1_is_changed_before_the_other_person_is_erased(
    harness: Harness,
) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await as_version_0_1(harness, ana, bo)
    await forget(harness, bo)
    assert await meet(harness, ana, await harness.person("bo")) is Meet.SILENTLY


async def test_a_boundary_of_version_0_1_whose_key_is_gone_still_holds(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await as_version_0_1(harness, ana, bo)
    await harness.db.write(lambda tx: harness.services.vault.drop(tx, PERSON_CASE + ana))
    assert await harness.boundaries.start(harness.now) == 0
    assert await meet(harness, ana, bo) is Meet.SILENTLY


async def test_nobody_can_set_a_boundary_with_somebody_who_does_not_exist(harness: Harness) -> None:
    ana = await harness.person("ana")
    with pytest.raises(NotYours):
        await harness.boundaries.set(ana, PersonId("nobody"), harness.now)


async def test_asking_whether_people_may_meet_takes_one_statement(harness: Harness) -> None:
    ana = await harness.person("ana")
    others = [await harness.person(name) for name in ("bo", "cy", "di")]
    await harness.boundaries.set(others[0], ana, harness.now)
    for ask, count in (
        (lambda tx: harness.boundaries.may_meet_each(tx, ana, others), 1),
        (lambda tx: harness.boundaries.may_meet(tx, ana, others[0]), 1),
        (lambda tx: harness.boundaries.parted(tx, ana, others[0]), 1),
        (lambda tx: harness.boundaries.has(tx, ana, others[0]), 1),
    ):
        ran = statements(harness)
        await harness.db.read(ask)
        assert len(ran) == count


def statements(harness: Harness) -> list[str]:
    """Return a list that collects the statements that run from now on."""
    ran: list[str] = []
    hear(harness.db, lambda statement, _values: ran.append(statement))
    return ran


async def test_when_a_boundary_was_set_is_known_to_the_hour_alone(harness: Harness) -> None:
    """To the microsecond, it could be matched with messages to the other person that ended by it."""
    harness.now += timedelta(minutes=17, microseconds=5)
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    assert [one.made_at for one in await harness.boundaries.of(ana)] == [NOON]


def test_the_parting_is_at_a_random_time_one_to_twenty_four_hours_later() -> None:
    times = [parting_time(NOON) - NOON for _ in range(200)]
    assert timedelta(hours=1) <= min(times) < timedelta(hours=6)
    assert timedelta(hours=18) < max(times) <= timedelta(hours=24)


@pytest.mark.sqlite("it reads the file")
async def test_the_boundaries_table_does_not_show_the_other_person_in_plain_text(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    await harness.close()
    with open_file(harness.path) as file:
        rows = list(file.execute("select * from boundaries"))
    file.close()
    assert str(bo) not in repr(rows)
    assert bo.encode() not in b"".join(cell for cell in rows[0] if isinstance(cell, bytes))
    await harness.open()


async def test_a_boundary_whose_key_is_deleted_is_not_listed_but_still_holds(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    await harness.boundaries.set(ana, bo, harness.now)
    vault = harness.boundaries._vault
    await harness.db.write(lambda tx: vault.drop(tx, f"person:{ana}"))
    assert await harness.boundaries.of(ana) == []
    await harness.wait(hours=24)
    assert await meet(harness, ana, bo) is Meet.SILENTLY
