"""The delivery engine: claims in the database, what passes and what lasts, and outcomes that can be seen."""

import asyncio
from collections import deque
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.delivery import outcome_store
from bot.delivery.channel_post import PostOutcome
from bot.delivery.dm_dispatcher import IN_FLIGHT
from bot.delivery.engine import HELD, LONGEST
from bot.delivery.error_codes import LASTS, outcome_of
from bot.delivery.outbox_message import MessageState
from bot.delivery.outcome import Refused, Retry
from bot.delivery.post_delivery import BARRED_AFTER
from bot.delivery.tables import counts, failures
from bot.delivery.tables import outbox as table
from bot.ids import PersonId, ServerId
from bot.scheduling import wakeup
from bot.storage.tx import Tx
from tests.unit.delivery.fixtures import Discord, DmHarness, dm_harness
from tests.unit.delivery.post_fixtures import HERE, KIND, Channels, PostHarness, post_harness
from tests.virtual_clock import now, virtual_clock

HIDDEN, TIMED_OUT = outcome_of(403, 50001), Retry(timedelta(hours=3))
HOUR = timedelta(hours=1)
CANARY = "what somebody wrote"


@pytest.fixture(autouse=True)
def rarely_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let days pass quickly: looking once a minute for nine days would only take time."""
    monkeypatch.setattr(wakeup, "AT_MOST", timedelta(hours=1))


async def counted(here: DmHarness | PostHarness) -> list[tuple[str, int, int]]:
    rows = await here.db.read(lambda tx: tx.all(select(counts.c.outcome, counts.c.code, counts.c.many)))
    return sorted(tuple(row) for row in rows)


async def hold(here: DmHarness, outbox_id: str, holder: str, until: datetime) -> None:
    held = update(table).where(table.c.id == outbox_id).values(held_until=until, holder=holder)
    await here.db.write(lambda tx: tx.execute(held))


# -- claims ----------------------------------------------------------------------------------------


@virtual_clock
async def test_a_claim_is_in_the_database_while_a_message_is_delivered_and_gone_afterwards(
    tmp_path: Path,
) -> None:
    async with dm_harness(tmp_path, Discord(latency=lambda: 2.0)) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(1)
        message = await here.message(outbox_id)
        assert message is not None
        assert message.holder == ""
        assert message.held_until is not None
        assert message.held_until > now() + HELD - timedelta(seconds=2)

        await here.dispatcher.idle()
        message = await here.message(outbox_id)
        assert message is not None
        assert (message.state, message.holder, message.held_until) == (MessageState.SENT, None, None)


@virtual_clock
async def test_what_a_killed_process_had_claimed_is_freed_when_the_same_one_starts_again(
    tmp_path: Path,
) -> None:
    async with dm_harness(tmp_path) as here:
        await here.close()
        outbox_id = await here.tell("robin")
        await hold(here, outbox_id, "", now() + HELD)
    async with dm_harness(tmp_path) as here:
        await here.dispatcher.idle()
        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_a_claim_of_another_process_holds_until_it_lapses(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        await here.close()
        outbox_id = await here.tell("robin")
        await hold(here, outbox_id, "somebody else", now() + HELD)
        await here.open()
        await asyncio.sleep(HELD.total_seconds() - 1)
        assert here.discord.told(outbox_id) == 0

        await asyncio.sleep(2)
        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_a_request_that_never_ends_is_given_up_while_its_claim_still_holds(tmp_path: Path) -> None:
    assert LONGEST < HELD
    slow = iter([3600.0, *[0.0] * 100])
    async with dm_harness(tmp_path, Discord(latency=lambda: next(slow))) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(LONGEST.total_seconds() + 120)

        assert here.discord.told(outbox_id) == 1
        assert len(here.discord.made("find")) == 1


@virtual_clock
async def test_a_message_that_cannot_be_claimed_stops_no_other_message(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_until = DmHarness._wait_until

    async def poisoned(here: DmHarness, tx: Tx, person: PersonId, at: datetime) -> datetime | None:
        if person == "robin":
            raise LookupError(CANARY)
        return await wait_until(here, tx, person, at)

    monkeypatch.setattr(DmHarness, "_wait_until", poisoned)
    async with dm_harness(tmp_path) as here:
        first = await here.tell("robin", subject="one")
        others = await here.tell_many(map(str, range(20)))
        await here.dispatcher.idle()

        assert [here.discord.told(one) for one in others] == [1] * 20
        left = await here.message(first)
        assert left is not None
        assert left.tries == 1
        assert left.due_at > now()
    assert "A delivery could not be claimed" in caplog.text
    assert "in poisoned" in caplog.text
    assert CANARY not in caplog.text


# -- what is urgent --------------------------------------------------------------------------------


@virtual_clock
async def test_an_urgent_message_goes_out_in_quiet_hours_and_to_somebody_new(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord, new_a_minute=1) as here:
        await here.tell_many(f"new {n}" for n in range(5))
        await here.dispatcher.idle()
        here.quiet[PersonId("robin")] = now() + 8 * HOUR
        outbox_id = await here.tell("robin", kind="help", urgent=True)
        await here.dispatcher.idle()

        assert discord.told(outbox_id) == 1
        assert len(discord.messages) == 2, "the others still wait for their turn"


@virtual_clock
async def test_an_urgent_message_waits_while_discord_wants_no_new_channel(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False)
    discord.opening_answers.append(Retry(timedelta(minutes=10)))
    async with dm_harness(tmp_path, discord) as here:
        await here.tell("kim")
        await here.dispatcher.idle()
        outbox_id = await here.tell("robin", urgent=True)
        await asyncio.sleep(9 * 60)
        assert discord.told(outbox_id) == 0

        await asyncio.sleep(3 * 60)
        assert discord.told(outbox_id) == 1


@virtual_clock
async def test_an_urgent_message_needs_no_worker_that_is_busy(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 100.0)
    async with dm_harness(tmp_path, discord, rate=1000) as here:
        await here.tell_many(map(str, range(50)))
        await asyncio.sleep(1)
        assert discord.in_flight == IN_FLIGHT
        discord.latency = lambda: 0.0
        outbox_id = await here.tell("robin", urgent=True)
        await asyncio.sleep(1)

        assert discord.told(outbox_id) == 1
        assert discord.in_flight == IN_FLIGHT


@virtual_clock
async def test_the_reserved_worker_takes_nothing_but_what_is_urgent(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 100.0)
    async with dm_harness(tmp_path, discord, rate=1000) as here:
        await here.tell_many(map(str, range(50)))
        await asyncio.sleep(1)
        await here.tell("robin", question=True)
        await asyncio.sleep(1)

        assert discord.in_flight == discord.most_in_flight == IN_FLIGHT


# -- what passes and what lasts --------------------------------------------------------------------


@virtual_clock
async def test_a_channel_that_was_hidden_for_a_while_gets_its_post(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([HIDDEN] * 4)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep(3600)

        assert channels.sent == {post.id: 1}
        assert here.outcomes == [(post.id, PostOutcome.UP)]
        assert await counted(here) == [("delivered", 0, 1), ("retry", 50001, 4)]


@virtual_clock
async def test_a_channel_that_stays_closed_for_a_day_counts_as_closed(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([HIDDEN] * 100)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep((LASTS - HOUR).total_seconds())
        assert here.outcomes == []

        await asyncio.sleep((4 * HOUR).total_seconds())
        assert here.outcomes == [(post.id, PostOutcome.BARRED)]
        assert await here.get(post) is None


@virtual_clock
async def test_what_discord_will_never_accept_is_tried_once_and_reported_at_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    channels = Channels(answers={"send": deque([Refused(50008)])})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep(9 * 24 * 3600)

        assert channels.made("send") == [post.id]
        assert here.outcomes == [(post.id, PostOutcome.BARRED)]
    [line] = [one for one in caplog.records if "'event': 'Delivery'" in one.getMessage()]
    assert line.levelname == "WARNING"
    assert "50008" in line.getMessage()


@pytest.mark.parametrize(
    ("trouble", "hours", "outcome"),
    [
        (HIDDEN, 2, PostOutcome.BARRED),
        (HIDDEN, 0.25, PostOutcome.LATE),
        (TIMED_OUT, 2, PostOutcome.LATE),
    ],
)
def test_a_post_whose_time_passes_is_barred_only_if_the_channel_kept_it_out_for_long(
    tmp_path: Path, trouble: Retry, hours: float, outcome: PostOutcome
) -> None:
    @virtual_clock
    async def told() -> None:
        channels = Channels(answers={"send": deque([trouble] * 100)})
        async with post_harness(tmp_path, channels) as here:
            post = await here.put(until=now() + hours * HOUR)
            await asyncio.sleep(6 * 3600)

            assert here.outcomes == [(post.id, outcome)]

    assert timedelta(hours=0.25) < BARRED_AFTER < timedelta(hours=2)
    told()


@virtual_clock
async def test_a_message_that_cannot_be_edited_for_a_day_is_parked_and_its_slice_is_told_once(
    tmp_path: Path,
) -> None:
    channels = Channels(answers={"edit": deque([HIDDEN] * 100)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await here.dispatcher.idle()
        await here.renew()
        await asyncio.sleep((LASTS + 4 * HOUR).total_seconds())
        edits = len(channels.made("edit"))
        await asyncio.sleep(9 * 24 * 3600)

        assert here.outcomes == [(post.id, PostOutcome.UP), (post.id, PostOutcome.BARRED)]
        assert len(channels.made("edit")) == edits
        parked = await here.get(post)
        assert parked is not None
        assert (parked.due_at, parked.last_code, parked.standing) == (None, 50001, True)


@virtual_clock
async def test_a_parked_edit_is_made_when_something_changes_in_its_server(tmp_path: Path) -> None:
    channels = Channels(answers={"edit": deque([HIDDEN] * 100)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await here.dispatcher.idle()
        await here.renew()
        await asyncio.sleep((LASTS + 4 * HOUR).total_seconds())
        channels.answers.clear()
        await here.dispatcher.try_again(ServerId(8))
        await here.dispatcher.idle()
        assert channels.in_channel(1)[0].revision == 1

        await here.dispatcher.try_again(HERE)
        await here.dispatcher.idle()
        assert channels.in_channel(1)[0].revision == 2
        edited = await here.get(post)
        assert edited is not None
        assert (edited.failing_since, edited.last_code) == (None, None)


@virtual_clock
async def test_a_change_in_the_server_ends_the_wait_for_the_next_try(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([HIDDEN] * 6)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep(3600)
        assert here.outcomes == []
        channels.answers.clear()
        await here.dispatcher.try_again(HERE)
        await here.dispatcher.idle()

        assert here.outcomes == [(post.id, PostOutcome.UP)]


@virtual_clock
async def test_a_message_that_discord_will_never_accept_is_for_the_inbox_only(tmp_path: Path) -> None:
    discord = Discord()
    discord.answers.append(Refused(50035))
    async with dm_harness(tmp_path, discord) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(9 * 24 * 3600)
        message = await here.message(outbox_id)

        assert len(discord.made("whisper")) == 1
        assert message is not None
        assert (message.state, message.last_code) == (MessageState.DMS_CLOSED, 50035)


# -- what can be seen ------------------------------------------------------------------------------


@virtual_clock
async def test_each_outcome_is_logged_with_kind_id_code_and_tries_and_counted(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    discord = Discord()
    discord.answers.extend([outcome_of(503, 0), Refused(50007)])
    async with dm_harness(tmp_path, discord) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(600)
        said: list[Any] = [one.msg for one in caplog.records if isinstance(one.msg, dict)]
        lines = [one for one in said if one["event"] == "Delivery"]

        assert [(one["kind"], one["id"], one["outcome"], one["code"], one["tries"]) for one in lines] == [
            ("asked", outbox_id, "uncertain", 503, 1),
            ("asked", outbox_id, "refused", 50007, 2),
        ]
        assert {one["level"] for one in lines} == {"info"}
        assert await counted(here) == [("refused", 50007, 1), ("uncertain", 503, 1)]


@virtual_clock
async def test_what_will_not_arrive_is_kept_for_two_weeks_even_when_its_row_is_gone(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([Refused(50008)])})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await here.dispatcher.idle()
        assert await here.get(post) is None
        [row] = await here.db.read(lambda tx: tx.all(select(failures)))
        assert (row.id, row.what, row.kind, row.server, row.outcome, row.code, row.tries) == (
            post.id, "channel post", KIND, HERE, "refused", 50008, 1,
        )  # fmt: skip

        await here.db.write(lambda tx: outcome_store.forget(tx, now() + timedelta(days=13)))
        assert await here.db.read(lambda tx: tx.all(select(failures)))
        await here.db.write(lambda tx: outcome_store.forget(tx, now() + timedelta(days=15)))
        assert not await here.db.read(lambda tx: tx.all(select(failures)))
