"""People who never used the bot: what others made of them goes when nothing names them any more."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Select, func, select

from bot.boundaries.service import PARTED
from bot.people import strangers as sweeping
from bot.people.tables import NAMED, names, people, strangers
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.store.conftest import plans
from tests.unit.pods.fixtures import HERE, Harness

pytestmark = pytest.mark.slow


async def held(harness: Harness) -> tuple[int, int]:
    """Return how many ids are reserved for strangers, and how many names others have given."""
    counts = (
        select(func.count()).select_from(strangers),
        select(func.count()).select_from(names).where(NAMED),
    )
    first, second = [int(await harness.db.read(partial(_scalar, one)) or 0) for one in counts]
    return first, second


async def _scalar(one: Select[Any], tx: Tx) -> Any:
    return await tx.scalar(one)


async def days(harness: Harness, many: int) -> None:
    """Let days pass, one after the other."""
    for _ in range(many):
        await harness.wait(days=1, minutes=1)


@pytest.fixture(autouse=True)
async def started(harness: Harness) -> None:
    await harness.person("ana")
    await harness.people.strangers.start(harness.now)


async def test_what_invitations_made_of_twelve_strangers_is_gone_in_the_end(harness: Harness) -> None:
    """The issue's own case: invited and taken back, and 200 days later nothing is left of them."""
    ana = await harness.person("ana")
    for number in range(12):
        sent = await harness.invite("ana", f"stranger {number}")
        await harness.pods.invitations.take_back(ana, sent.id)
    assert await held(harness) == (12, 12)
    await days(harness, 1)
    assert await held(harness) == (12, 0)
    await days(harness, 95)
    assert await held(harness) == (0, 0)
    keys = await harness.db.read(lambda tx: tx.all(select(data_keys)))
    assert {row.case for row in keys} == {f"person:{ana}"}
    assert len(await harness.db.read(lambda tx: tx.all(select(people)))) == 1


async def test_while_an_invitation_waits_the_name_stays_and_after_it_lapsed_it_goes(harness: Harness) -> None:
    await harness.invite("ana", "bo")
    await days(harness, 13)
    assert await held(harness) == (1, 1)
    [sent] = (await harness.pod("ana")).sent
    assert (await harness.pod("ana")).names[sent.member] == "bo"
    await days(harness, 3)
    assert await held(harness) == (1, 0)


async def test_nobody_can_be_invited_again_and_again_while_they_have_never_come(harness: Harness) -> None:
    """What is kept is enough to recognise the account, so that a second invitation only looks sent."""
    first = await harness.invite("ana", "bo")
    ana = await harness.person("ana")
    await harness.pods.invitations.take_back(ana, first.id)
    await days(harness, 2)
    again = await harness.invite("ana", "bo")
    assert (again.id, again.member) == (first.id, first.member)
    assert (await harness.pod("ana")).names[again.member] == "bo"
    assert (await harness.pod("bo")).invitations == ()


async def test_somebody_with_whom_a_boundary_was_only_considered_is_forgotten(harness: Harness) -> None:
    await harness.boundaries.consider(harness.discord_user("bo"), harness.now)
    await days(harness, 1)
    assert await held(harness) == (0, 0)


async def test_a_boundary_keeps_the_name_until_it_is_lifted(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.boundaries.add(ana, harness.discord_user("bo"), harness.now)
    await days(harness, 30)
    assert await held(harness) == (1, 1)
    bo = await harness.person("bo")
    assert await harness.db.read(lambda tx: harness.boundaries.parted(tx, ana, bo))
    other = await harness.boundaries.add(ana, harness.discord_user("cy"), harness.now)
    await harness.boundaries.lift(ana, id)
    await harness.boundaries.lift(ana, other)
    await days(harness, 1)
    assert await held(harness) == (0, 0)
    assert await harness.db.read(lambda tx: harness.agenda.due_at(tx, PARTED, other)) is None


async def test_whoever_came_keeps_the_id_that_was_reserved(harness: Harness) -> None:
    sent = await harness.invite("ana", "bo")
    await days(harness, 20)
    assert await harness.person("bo") == sent.member
    await days(harness, 100)
    assert await harness.person("bo") == sent.member


async def test_somebody_who_agreed_in_a_direct_message_keeps_their_name(harness: Harness) -> None:
    """They never used the bot in that server, so only others have named them there."""
    sent = await harness.invite("ana", "bo")
    user = harness.discord_user("bo")
    bo = await harness.people.meet(type(user)(user.discord_id, user.name, None), harness.now)
    await harness.pods.invitations.accept(bo, sent.id, harness.now)
    await days(harness, 120)
    assert await held(harness) == (0, 1)
    ana = await harness.person("ana")
    assert await harness.people.called(ana, HERE, bo, None) == "bo"


async def test_many_strangers_are_looked_at_in_pages(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 3)
    for number in range(8):
        await harness.boundaries.consider(harness.discord_user(f"stranger {number}"), harness.now)
    await harness.invite("ana", "bo")
    await harness.wait(days=1)
    # One page has three people, and Bo, who is invited, may be among them.
    assert await held(harness) in ((6, 6), (7, 7))
    for _ in range(4):
        await harness.wait(seconds=1)
    assert await held(harness) == (1, 1)
    due = await harness.db.read(lambda tx: harness.agenda.due_at(tx, sweeping.SWEEP, sweeping.ALL))
    assert due is not None
    assert due - harness.now > timedelta(hours=23)


async def test_a_forgotten_server_leaves_no_strangers(harness: Harness) -> None:
    await harness.invite("ana", "bo")
    await harness.servers.left(HERE, harness.now)
    await days(harness, 32)
    assert await held(harness) == (0, 0)


async def test_the_sweep_looks_up_rows_by_indexes(harness: Harness) -> None:
    """Names and invitations are many. Boundaries must be opened, and bars are few."""
    await harness.invite("ana", "bo")
    found = await plans(harness.db, lambda tx: harness.people.strangers.sweep(tx, ["0"], harness.now))
    scanned = {line for line in found if line.startswith("SCAN") and "CONSTANT" not in line}
    assert {line for line in scanned if "subquery" not in line} == {"SCAN boundaries", "SCAN bars"}
    assert any("ix_names_named" in line for line in found)
