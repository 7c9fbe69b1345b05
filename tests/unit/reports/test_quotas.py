"""How much one person, and two people, can start."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.people.privacy import PeoplePrivacy
from bot.reports.errors import StartedTooMuch
from bot.reports.models import LIMITS, Start
from bot.reports.tables import quotas
from bot.reports.timers import ALL, QUOTAS_END
from tests.databases import hear
from tests.unit.reports.fixtures import HERE, Harness


async def count(harness: Harness, start: Start, by: str, *others: str) -> None:
    person, whom = await harness.person(by), [await harness.person(name) for name in others]
    await harness.db.write(lambda tx: harness.reports.quotas.count(tx, start, person, whom, harness.now))


@pytest.mark.parametrize("start", Start)
async def test_each_start_has_a_limit_for_one_person(harness: Harness, start: Start) -> None:
    most, span = LIMITS[start].own.most, LIMITS[start].own.span
    for number in range(most):
        await count(harness, start, "Eve", f"friend {number}")
    with pytest.raises(StartedTooMuch) as refused:
        await count(harness, start, "Eve", "another")
    assert not refused.value.of_two
    assert harness.now + span <= refused.value.at <= harness.now + span + timedelta(hours=1)
    await count(harness, start, "Ben", "another")
    await harness.restart()
    with pytest.raises(StartedTooMuch):
        await count(harness, start, "Eve", "another")
    harness.now = refused.value.at
    await count(harness, start, "Eve", "another")


@pytest.mark.parametrize("start", [one for one in Start if LIMITS[one].of_two])
async def test_two_people_have_a_smaller_limit(harness: Harness, start: Start) -> None:
    limits = LIMITS[start]
    assert limits.of_two is not None
    assert limits.of_two.most < limits.own.most
    for _ in range(limits.of_two.most):
        await count(harness, start, "Eve", "Ben")
    with pytest.raises(StartedTooMuch) as refused:
        await count(harness, start, "Eve", "Cy", "Ben")
    assert refused.value.of_two
    await count(harness, start, "Eve", "Cy")
    await count(harness, start, "Ben", "Eve")


async def test_an_account_that_was_erased_and_comes_back_does_not_begin_anew(harness: Harness) -> None:
    was = await harness.person("Eve")
    for _ in range(LIMITS[Start.ASK].own.most):
        await harness.db.write(lambda tx: harness.reports.quotas.count(tx, Start.ASK, was, [], harness.now))
    await harness.db.write(lambda tx: PeoplePrivacy().erase(tx, was, harness.now))
    eve = await harness.people.meet(harness.discord_user("Eve"), harness.now)
    assert eve != was
    with pytest.raises(StartedTooMuch):
        await harness.db.write(lambda tx: harness.reports.quotas.count(tx, Start.ASK, eve, [], harness.now))


async def test_what_is_refused_is_not_counted(harness: Harness) -> None:
    for _ in range(5):
        await count(harness, Start.ASK, "Ana", "Ben")
    before = sorted(map(repr, await harness.rows(quotas)))
    for _ in range(3):
        with pytest.raises(StartedTooMuch):
            await count(harness, Start.ASK, "Ana", "Ben")
    assert sorted(map(repr, await harness.rows(quotas))) == before


async def test_ten_asks_a_day_can_be_sent_and_the_eleventh_stays_a_draft(harness: Harness) -> None:
    await harness.tie("Ana", "Cy")
    await harness.tie("Ana", "Dee")
    for number in range(10):
        await harness.withdraw(await harness.ask("Ana", ("Ben", "Cy", "Dee")[number % 3]))
    draft = await harness.draft("Ana", "Ben")
    with pytest.raises(StartedTooMuch):
        await harness.send("Ana", draft)
    await harness.wait(hours=25)
    assert (await harness.send("Ana", draft)).ask.id == draft


async def test_one_friend_can_be_invited_three_times_in_thirty_days(harness: Harness) -> None:
    ana = await harness.person("Ana")
    for _ in range(3):
        sent = await harness.invite("Ana", "Cy")
        assert (await harness.invite("Ana", "Cy")).id == sent.id  # a second press is no second invitation
        await harness.pods.invitations.take_back(ana, sent.id)
    with pytest.raises(StartedTooMuch) as refused:
        await harness.invite("Ana", "Cy")
    assert refused.value.of_two
    all_sent = await harness.pods.invitations.invite_all(
        ana, HERE, [harness.discord_user("Cy"), harness.discord_user("Dee")], harness.now
    )
    assert (len(all_sent.sent), len(all_sent.refused)) == (1, 1)
    harness.now += timedelta(days=31)
    await harness.invite("Ana", "Cy")


async def test_a_boundary_changes_no_count(harness: Harness) -> None:
    await harness.apart("Cy", "Ana")
    ana = await harness.person("Ana")
    for _ in range(3):
        sent = await harness.invite("Ana", "Cy")
        await harness.pods.invitations.take_back(ana, sent.id)
    with pytest.raises(StartedTooMuch):
        await harness.invite("Ana", "Cy")


async def test_old_rows_go_daily(harness: Harness) -> None:
    await harness.reports.quotas.start(harness.now)
    await harness.reports.quotas.start(harness.now + timedelta(hours=1))
    await count(harness, Start.ASK, "Ana", "Ben")
    await count(harness, Start.INVITATION, "Ana", "Ben")
    assert await harness.counts(quotas) == (4,)
    await harness.wait(days=2, hours=1)
    assert await harness.counts(quotas) == (1,)
    await harness.wait(days=30)
    assert await harness.counts(quotas) == (0,)
    due = await harness.db.read(lambda tx: harness.agenda.due_at(tx, QUOTAS_END, ALL))
    assert due is not None


async def test_no_row_names_anybody_or_has_the_time_of_anything_else(harness: Harness) -> None:
    await harness.asked()
    stored = await harness.rows(quotas)
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    assert not [row for row in stored if ana in repr(row) or ben in repr(row)]
    ends: list[datetime] = [row.ends_at for row in stored]  # type: ignore[attr-defined]  # rows have columns
    assert {(at.minute, at.second, at.microsecond) for at in ends} == {(0, 0, 0)}


async def test_send_asks_the_database_twice_more_once_for_bars_and_once_for_quotas(harness: Harness) -> None:
    """Whether one friend or three are asked, and however often."""
    for name in ("Cy", "Dee"):
        await harness.tie("Ana", name)
    sent: list[str] = []
    for whom in (("Ben",), ("Cy", "Dee")):
        draft = await harness.draft("Ana", *whom)
        end = hear(harness.db, lambda statement, _values: sent.append(statement))
        try:
            await harness.send("Ana", draft)
        finally:
            end()
        assert len(about(sent, "quotas")) == len(about(sent, "bars")) == 1
        # Whose accounts they are was selected with the boundaries.
        assert not [one for one in sent if one.startswith("SELECT people.id, people.finger \nFROM")]
        sent.clear()


def about(statements: Sequence[str], table: str) -> list[str]:
    return [one for one in statements if f" {table}" in one]
