"""For how long the text of an ask is kept: as long as was promised when it was begun, or shorter."""

from datetime import timedelta

import pytest

from bot.asks.models import AskState
from bot.asks.timers import DESTROYED
from bot.ids import ServerId
from bot.people.models import DiscordUser
from tests.unit.asks.fixtures import Harness
from tests.unit.pods.fixtures import HERE

ELSEWHERE = ServerId(78)


async def keeps(harness: Harness, days: int, server: ServerId = HERE) -> None:
    """Let a moderator choose for how many days text is kept."""
    mo = await harness.person("Mo")
    await harness.servers.change(server, mo, harness.now, {"retention_days": days})


async def agree(harness: Harness, days: int) -> None:
    begun = await harness.begin()
    await harness.drafts.agree(await harness.person("Ana"), begun.ask.id, 1, days, harness.now)


async def destroyed_after(harness: Harness, id: str) -> timedelta:
    """Return how long after its closing the ask is destroyed."""
    ask = (await harness.status(id)).ask
    due = await harness.db.read(lambda tx: harness.agenda.due_at(tx, DESTROYED, id))
    assert ask.state is AskState.CLOSED
    assert ask.closed_at is not None
    assert due is not None
    return due - ask.closed_at


async def withdraw(harness: Harness, id: str) -> None:
    await harness.asks.withdraw(await harness.person("Ana"), id, harness.now)


async def test_a_longer_time_does_not_hold_for_an_ask_that_was_begun_before(harness: Harness) -> None:
    """The asker and those who answered were told 7 days, when an ask was sent or only begun."""
    sent, draft = await harness.ask("Ana", "Bo"), await harness.draft("Ana", "Cy")
    await keeps(harness, 30)
    assert (await harness.pick("Ana", draft, "Cy")).ask.kept_days == 7
    await harness.send("Ana", draft)
    for id in (sent, draft):
        await withdraw(harness, id)
        assert await destroyed_after(harness, id) == timedelta(days=7)


async def test_a_shorter_time_holds_at_once_for_every_ask(harness: Harness) -> None:
    closed, running = await harness.ask("Ana", "Bo"), await harness.ask("Ana", "Cy")
    draft = await harness.draft("Ana", "Di")
    await withdraw(harness, closed)
    await harness.wait(days=1)
    await keeps(harness, 3)
    assert await destroyed_after(harness, closed) == timedelta(days=3)
    assert (await harness.pick("Ana", draft, "Di")).ask.kept_days == 3
    await withdraw(harness, running)
    assert await destroyed_after(harness, running) == timedelta(days=3)
    await keeps(harness, 1)
    await harness.wait(minutes=1)
    assert closed not in [ask.id for ask in await harness.asks.kept(await harness.person("Ana"))]


async def test_a_shorter_time_that_was_lengthened_again_stays_short_for_what_was_begun(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo")
    for days in (1, 30):
        await keeps(harness, days)
    await withdraw(harness, id)
    assert await destroyed_after(harness, id) == timedelta(days=1)


async def test_a_change_in_one_server_changes_nothing_in_another(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await keeps(harness, 1, ELSEWHERE)
    await withdraw(harness, id)
    assert await destroyed_after(harness, id) == timedelta(days=7)


@pytest.mark.parametrize(
    ("agreed", "days", "known"), [(7, 7, True), (7, 3, True), (7, 8, False), (30, 8, True)]
)
async def test_consent_is_asked_again_only_for_a_longer_time(
    harness: Harness, agreed: int, days: int, known: bool
) -> None:
    await keeps(harness, agreed)
    await agree(harness, agreed)
    await keeps(harness, days)
    begun = await harness.begin()
    assert (begun.consented, begun.days) == (known, days)


async def test_consent_to_one_servers_days_does_not_hold_for_a_server_with_more(harness: Harness) -> None:
    await agree(harness, 7)
    await keeps(harness, 30, ELSEWHERE)
    ana = await harness.person("Ana")
    there = DiscordUser(harness.accounts["Ana"], "Ana", ELSEWHERE)
    assert await harness.people.meet(there, harness.now) == ana
    begun = await harness.drafts.begin(ana, ELSEWHERE, 1, harness.now)
    assert (begun.consented, begun.days) == (False, 30)
    assert (await harness.begin()).consented


async def test_an_empty_draft_takes_the_longer_time_only_with_consent(harness: Harness) -> None:
    await agree(harness, 7)
    await keeps(harness, 30)
    begun = await harness.begin()
    assert (begun.consented, begun.ask.kept_days) == (False, 7)
    ana = await harness.person("Ana")
    opened = await harness.drafts.agree(ana, begun.ask.id, 1, 30, harness.now)
    assert opened.ask.kept_days == 30
    assert (await harness.begin()).consented


@pytest.mark.parametrize(("seen", "now", "kept"), [(7, 30, 7), (30, 7, 7)])
async def test_the_days_on_the_card_hold_if_they_were_changed_before_it_was_pressed(
    harness: Harness, seen: int, now: int, kept: int
) -> None:
    await keeps(harness, seen)
    begun = await harness.begin()
    await keeps(harness, now)
    ana = await harness.person("Ana")
    opened = await harness.drafts.agree(ana, begun.ask.id, 1, seen, harness.now)
    assert opened.ask.kept_days == kept
