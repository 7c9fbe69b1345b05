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
from bot.delivery.engine import CLAIM_LASTS, LONGEST_DELIVERY, Engine
from bot.delivery.error_codes import LASTS, outcome_of
from bot.delivery.outbox_message import MessageState
from bot.delivery.outcome import Refused, Retry, SearchPage
from bot.delivery.post_delivery import BARRED_AFTER
from bot.delivery.tables import counts, failures
from bot.delivery.tables import outbox as table
from bot.delivery.worker_pool import URGENT_IN_FLIGHT
from bot.ids import PersonId, ServerId
from bot.scheduling import wakeup
from bot.storage.tx import Tx
from tests.unit.delivery.fixtures import Discord, DmHarness, dm_harness
from tests.unit.delivery.post_fixtures import HERE, KIND, Channels, PostHarness, post_harness
from tests.virtual_clock import now, virtual_clock

HIDDEN, TIMED_OUT = outcome_of(403, 50001), Retry(timedelta(hours=3), unsent=True)
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
        assert message.held_until > now() + CLAIM_LASTS - timedelta(seconds=2)

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
        await hold(here, outbox_id, "", now() + CLAIM_LASTS)
    async with dm_harness(tmp_path) as here:
        await here.dispatcher.idle()
        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_a_claim_of_another_process_holds_until_it_lapses(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        await here.close()
        outbox_id = await here.tell("robin")
        await hold(here, outbox_id, "somebody else", now() + CLAIM_LASTS)
        await here.open()
        await asyncio.sleep(CLAIM_LASTS.total_seconds() - 1)
        assert here.discord.told(outbox_id) == 0

        await asyncio.sleep(2)
        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_a_request_that_never_ends_is_given_up_while_its_claim_still_holds(tmp_path: Path) -> None:
    assert LONGEST_DELIVERY < CLAIM_LASTS
    slow = iter([3600.0, *[0.0] * 100])
    async with dm_harness(tmp_path, Discord(latency=lambda: next(slow))) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(LONGEST_DELIVERY.total_seconds() + 120)

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
async def test_an_urgent_message_waits_for_no_other_that_is_being_sent(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 100.0)
    async with dm_harness(tmp_path, discord, rate=1000) as here:
        await here.tell_many(map(str, range(50)))
        await asyncio.sleep(1)
        await here.tell("alex", urgent=True)
        await asyncio.sleep(1)
        assert discord.in_flight == IN_FLIGHT + 1
        discord.latency = lambda: 0.0
        second = await here.tell("robin", urgent=True)
        await asyncio.sleep(1)

        assert discord.told(second) == 1


@virtual_clock
async def test_an_alarm_goes_before_urgent_questions_that_wait(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 0.3)
    async with dm_harness(tmp_path, discord) as here:
        questions = await here.tell_many(map(str, range(500)), urgent=True)
        here.dispatcher.wake_urgent()
        await asyncio.sleep(0.5)
        alarms = [await here.tell(f"friend {n}", alarm=True) for n in range(5)]
        await asyncio.sleep(1.5)
        assert [discord.told(one) for one in alarms] == [1] * 5
        assert sum(map(discord.told, questions)) < 100

        await asyncio.sleep(20)
        assert {discord.told(one) for one in questions} == {1}
        assert discord.most_in_flight <= URGENT_IN_FLIGHT


@virtual_clock
async def test_an_alarm_goes_out_in_quiet_hours_and_to_somebody_new(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord, new_a_minute=1) as here:
        here.quiet[PersonId("robin")] = now() + timedelta(hours=8)
        await here.tell("somebody")
        outbox_id = await here.tell("robin", alarm=True)
        await asyncio.sleep(1)

        assert discord.told(outbox_id) == 1


@virtual_clock
async def test_urgent_messages_that_were_not_begun_are_claimed_by_nobody_after_a_stop(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 3.0)
    async with dm_harness(tmp_path, discord) as here:
        told = [await here.tell(str(number), urgent=True) for number in range(2 * URGENT_IN_FLIGHT)]
        await asyncio.sleep(2)
        await here.close()
        left = [one for one in told if not discord.told(one)]
        assert left
        for one in left:
            message = await here.message(one)
            assert message is not None
            assert (message.waiting, message.tried_at, message.held_until) == (True, None, None)


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
    ("failure", "hours", "outcome"),
    [
        (HIDDEN, 2, PostOutcome.BARRED),
        (HIDDEN, 0.25, PostOutcome.LATE),
        (TIMED_OUT, 2, PostOutcome.LATE),
    ],
)
def test_a_post_whose_time_passes_is_barred_only_if_the_channel_kept_it_out_for_long(
    tmp_path: Path, failure: Retry, hours: float, outcome: PostOutcome
) -> None:
    @virtual_clock
    async def told() -> None:
        channels = Channels(answers={"send": deque([failure] * 100)})
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
        assert (edited.hindered_since, edited.last_code) == (None, None)


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


# -- what else could go wrong ----------------------------------------------------------------------


@virtual_clock
@pytest.mark.slow
async def test_changes_in_a_server_do_not_keep_a_hindrance_from_counting_as_lasting(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([HIDDEN] * 10_000)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        for _ in range(6 * 26):
            await asyncio.sleep(600)
            await here.dispatcher.try_again(HERE)
        await here.dispatcher.idle()

        assert here.outcomes == [(post.id, PostOutcome.BARRED)]


@virtual_clock
async def test_trouble_that_always_passes_is_no_part_of_a_hindrance(tmp_path: Path) -> None:
    channels = Channels(answers={"send": deque([Retry(timedelta(hours=26), 429), HIDDEN])})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep(27 * 3600)

        assert here.outcomes == [(post.id, PostOutcome.UP)]


@virtual_clock
async def test_a_post_that_was_parked_is_taken_down_when_its_channel_is_visible_again(tmp_path: Path) -> None:
    channels = Channels(answers={"edit": deque([HIDDEN] * 100), "delete": deque([HIDDEN])})
    async with post_harness(tmp_path, channels) as here:
        await here.put()
        await here.dispatcher.idle()
        await here.renew()
        await asyncio.sleep((LASTS + 4 * HOUR).total_seconds())
        await here.take_down()
        await asyncio.sleep(600)

        assert not channels.messages


@virtual_clock
async def test_the_slice_hears_when_a_parked_message_could_be_edited_again(tmp_path: Path) -> None:
    channels = Channels(answers={"edit": deque([HIDDEN] * 100)})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await here.dispatcher.idle()
        await here.renew()
        await asyncio.sleep((LASTS + 4 * HOUR).total_seconds())
        channels.answers.clear()
        await here.dispatcher.try_again(HERE)
        await here.dispatcher.idle()

        assert [outcome for _, outcome in here.outcomes] == [
            PostOutcome.UP, PostOutcome.BARRED, PostOutcome.EDITED,
        ]  # fmt: skip
        assert {id for id, _ in here.outcomes} == {post.id}


@virtual_clock
async def test_a_message_that_cannot_be_looked_for_is_neither_sent_again_nor_forgotten(
    tmp_path: Path,
) -> None:
    channels = Channels(answers={"send": deque(["lost"]), "find": deque([HIDDEN, HIDDEN])})
    async with post_harness(tmp_path, channels) as here:
        post = await here.put()
        await asyncio.sleep(1)
        await here.take_down()
        await asyncio.sleep(3600)

        assert channels.sent == {post.id: 1}
        assert not channels.messages
        assert await here.get(post) is None


@virtual_clock
async def test_a_message_is_looked_for_page_by_page_and_each_page_takes_its_turn(tmp_path: Path) -> None:
    discord = Discord()
    discord.answers.append("lost")
    discord.finding_answers.extend([SearchPage(300), SearchPage(200)])
    async with dm_harness(tmp_path, discord, rate=1) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(120)

        assert discord.told(outbox_id) == 1
        times = discord.made("find")
        assert len(times) == 3
        assert times[2] - times[0] >= 2


@virtual_clock
async def test_an_item_that_was_withheld_while_its_claim_failed_stays_withheld(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with dm_harness(tmp_path) as here:
        await here.close()
        outbox_id = await here.tell("robin", other=PersonId("kim"))

        async def withhold_and_fail(*_: object) -> None:
            await here.db.read(lambda tx: here.outbox.get(tx, outbox_id))
            raise ZeroDivisionError

        monkeypatch.setattr(here, "_wait_until", withhold_and_fail)
        real = Engine._set_aside

        async def after_a_boundary(engine: Engine[Any], item: Any, error: Exception) -> None:
            await here.db.write(lambda tx: here.outbox.withhold(tx, PersonId("robin"), PersonId("kim")))
            await real(engine, item, error)

        monkeypatch.setattr(Engine, "_set_aside", after_a_boundary)
        poisoned = DmHarness(here.db, here.discord, outbox=here.outbox)
        monkeypatch.setattr(poisoned, "_wait_until", withhold_and_fail)
        poisoned.__post_init__()
        await poisoned.open()
        await poisoned.dispatcher.idle()
        await poisoned.close()
        message = await here.message(outbox_id)

        assert message is not None
        assert (message.state, message.lane) == (MessageState.WITHHELD, None)


@virtual_clock
async def test_an_outcome_that_cannot_be_recorded_is_logged_with_its_kind_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with post_harness(tmp_path) as here:

        async def broken(*_: object) -> None:
            raise ZeroDivisionError(CANARY)

        here.channel_posts._told[KIND] = broken
        post = await here.put()
        await here.dispatcher.idle()
        left = await here.get(post)
        assert left is not None
        assert (left.tries, left.holder) == (1, None)
        here.channel_posts._told[KIND] = here._told
        await asyncio.sleep(600)

        assert here.outcomes == [(post.id, PostOutcome.UP)]
        assert here.channels.sent == {post.id: 1}
    assert "The outcome of a delivery could not be recorded" in caplog.text
    assert CANARY not in caplog.text


@virtual_clock
async def test_no_claim_lapses_while_urgent_messages_wait_for_each_other(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 200.0)
    async with dm_harness(tmp_path, discord, rate=1000) as here:
        await here.tell_many(map(str, range(50)))
        await asyncio.sleep(1)
        urgent = [await here.tell(f"urgent {n}", urgent=True) for n in range(6)]
        await asyncio.sleep(3600)
        asked = [about for _, what, about in discord.requests if what == "whisper"]

        assert [asked.count(one) for one in urgent] == [1] * 6


@virtual_clock
async def test_what_waited_long_for_a_worker_is_claimed_again_before_it_is_delivered(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 230.0)
    async with dm_harness(tmp_path, discord, rate=1000) as here:
        everyone = await here.tell_many(map(str, range(IN_FLIGHT * 4)))
        await asyncio.sleep(2 * 3600)
        asked = [about for _, what, about in discord.requests if what == "whisper"]

        assert [asked.count(one) for one in everyone] == [1] * len(everyone)


@virtual_clock
async def test_only_what_was_to_be_sent_is_counted(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.put()
        await here.dispatcher.idle()
        await here.renew()
        await asyncio.sleep(10)
        await here.take_down()
        await here.dispatcher.idle()

        assert await counted(here) == [("delivered", 0, 1)]
