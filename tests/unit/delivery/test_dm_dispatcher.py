"""The DmDispatcher delivers every accepted message once, at a steady pace, to those who may get it."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from bot.delivery.dm_dispatcher import IN_FLIGHT
from bot.delivery.outbox_message import MessageState
from bot.delivery.outcome import Missing, Refused, Retry, Uncertain
from bot.delivery.retries import SETTLES
from bot.delivery.tables import outbox as table
from bot.ids import PersonId
from bot.scheduling import wakeup
from tests.unit.delivery.fixtures import HERE, Discord, Late, dm_harness, some_latency
from tests.virtual_clock import now, virtual_clock

CANARY = "canary"
"""Stands in an error's message. The line that raises it must not show it, since frames have such lines."""

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
KIM = PersonId("kim")
CANARY = "an error's message"


@virtual_clock
async def test_a_message_is_sent_at_once_and_its_discord_id_is_stored(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        outbox_id = await here.tell("robin")
        await here.dispatcher.idle()
        message = await here.message(outbox_id)

        assert message is not None
        assert (message.state, message.message_id, message.lane) == (MessageState.SENT, 0, None)
        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_messages_left_by_an_earlier_run_are_sent_at_the_start(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as before:
        await before.close()
        outbox_id = await before.tell("robin")
    async with dm_harness(tmp_path) as here:
        await here.dispatcher.idle()

        assert here.discord.told(outbox_id) == 1


@virtual_clock
async def test_the_dispatcher_sends_at_its_full_rate_and_never_faster(tmp_path: Path) -> None:
    discord = Discord(latency=some_latency())
    async with dm_harness(tmp_path, discord) as here:
        await here.tell_many(map(str, range(150)))
        await here.dispatcher.idle()
    times = discord.made("whisper")
    busiest = max(sum(start <= at < start + 0.999 for at in times) for start in times)

    assert len(discord.messages) == len({message.outbox_id for message in discord.messages}) == 150
    assert busiest <= 45
    assert len(times) / (times[-1] - times[0]) >= 45 * 0.97
    assert discord.most_in_flight <= IN_FLIGHT


@virtual_clock
async def test_the_rate_limits_all_requests_and_not_only_messages(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord, new_a_minute=1000) as here:
        await here.tell_many(map(str, range(60)), other=KIM, server=HERE)
        await here.dispatcher.idle()
    times = [at for at, _, _ in discord.requests]

    assert len(times) == 60 * 4
    assert max(sum(start <= at < start + 0.999 for at in times) for start in times) <= 45


@virtual_clock
async def test_questions_go_before_reminders(tmp_path: Path) -> None:
    discord = Discord(latency=some_latency())
    async with dm_harness(tmp_path, discord) as here:
        await here.tell_many(map(str, range(120)))
        await asyncio.sleep(1)
        questions = set(await here.tell_many(map(str, range(40)), kind="question", question=True))
        asked_at = asyncio.get_running_loop().time()
        await here.dispatcher.idle()
    later = [about for at, _, about in discord.requests if at >= asked_at]

    # Only messages that were already claimed may go before the questions.
    assert questions <= set(later[: len(questions) + 24])


@virtual_clock
async def test_new_channels_are_opened_slowly_and_delay_nobody_else(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False, channels={KIM})
    async with dm_harness(tmp_path, discord) as here:
        await here.tell_many(f"new {n}" for n in range(20))
        known = [await here.tell("kim", subject=f"{n}") for n in range(20)]
        await asyncio.sleep(5)
        assert all(discord.told(outbox_id) == 1 for outbox_id in known)
        assert len(discord.made("open")) == 6

        await asyncio.sleep(5 * 60)
    opened = discord.made("open")
    assert len(discord.messages) == 40
    assert len(opened) == 20
    assert max(sum(start <= at < start + 60 for at in opened) for start in opened) == 6


@virtual_clock
async def test_the_next_new_channel_is_opened_as_soon_as_the_limit_allows(tmp_path: Path) -> None:
    """The Wakeup asks what is due next while workers still use up this minute's openings."""
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord, new_a_minute=2) as here:
        await here.tell("new 1")
        await here.tell_many(["new 2", "new 3"], not_before=now() + timedelta(seconds=40))
        await asyncio.sleep(3 * 60)
    first, second, third = discord.made("open")

    assert first == 0
    assert second == 40
    assert 65 <= third < 67


@virtual_clock
async def test_a_question_to_somebody_without_a_channel_goes_before_reminders_to_such_people(
    tmp_path: Path,
) -> None:
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord) as here:
        await here.tell_many(f"new {n}" for n in range(10))
        await asyncio.sleep(5)
        question = await here.tell("asked", question=True)
        await asyncio.sleep(70)

    assert [message.outbox_id for message in discord.messages].index(question) == 6


@virtual_clock
async def test_once_a_channel_is_open_all_messages_to_that_person_are_sent_at_once(tmp_path: Path) -> None:
    discord = Discord(everybody_reached=False)
    async with dm_harness(tmp_path, discord, new_a_minute=1) as here:
        for n in range(5):
            await here.tell("robin", subject=f"{n}")
        await asyncio.sleep(5)

    assert len(discord.messages) == 5
    assert len(discord.made("open")) == 1


@virtual_clock
async def test_the_dispatcher_stops_opening_channels_for_as_long_as_discord_asks(tmp_path: Path) -> None:
    rest = timedelta(minutes=10)
    discord = Discord(everybody_reached=False, opening_answers=Discord().opening_answers)
    discord.opening_answers.append(Retry(rest))
    async with dm_harness(tmp_path, discord) as here:
        await here.tell_many(map(str, range(3)))
        await asyncio.sleep(rest.total_seconds() - 1)
        assert len(discord.made("open")) == 1

        await asyncio.sleep(120)
    assert len(discord.messages) == 3


@virtual_clock
async def test_quiet_hours_delay_a_message_to_their_end(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        begun = now()
        here.quiet[PersonId("robin")] = begun + HOUR / 2
        outbox_id = await here.tell("robin", question=True)
        await here.tell("kim")
        await asyncio.sleep(1800 - 1)
        assert [message.person for message in here.discord.messages] == ["kim"]

        await asyncio.sleep(2)
        assert here.discord.told(outbox_id) == 1
        assert here.discord.messages[1].at - begun >= HOUR / 2


@virtual_clock
async def test_a_message_for_a_later_time_is_sent_at_that_time(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        begun = now()
        await here.tell("robin", not_before=begun + HOUR / 2)
        await asyncio.sleep(3600)

        assert timedelta(0) <= here.discord.messages[0].at - begun - HOUR / 2 < timedelta(seconds=1)


@virtual_clock
async def test_a_message_to_somebody_with_closed_dms_stays_in_their_inbox(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        here.discord.closed_dms.add(PersonId("robin"))
        outbox_id = await here.tell("robin")
        await asyncio.sleep(1800)
        message = await here.message(outbox_id)

        assert message is not None
        assert message.state is MessageState.DMS_CLOSED
        assert len(here.discord.made("whisper")) == 1
        assert [one.id for one in await here.db.read(lambda tx: here.outbox.listed(tx, message.person))] == [
            outbox_id
        ]


@virtual_clock
async def test_a_message_to_somebody_unreachable_is_given_up_and_not_listed(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        here.discord.answers.append(Missing())
        outbox_id = await here.tell("robin")
        await asyncio.sleep(900)
        message = await here.message(outbox_id)

        assert message is not None
        assert message.state is MessageState.UNREACHABLE
        assert await here.db.read(lambda tx: here.outbox.listed(tx, message.person)) == []


@pytest.mark.parametrize("who_left", ["robin", "kim"])
def test_a_message_is_not_sent_when_one_of_its_two_people_has_left_the_server(
    tmp_path: Path, who_left: str
) -> None:
    @virtual_clock
    async def told() -> None:
        async with dm_harness(tmp_path) as here:
            here.discord.left.add(PersonId(who_left))
            outbox_id = await here.tell("robin", other=KIM, server=HERE)
            alone = await here.tell("robin", subject="alone", server=HERE)
            await here.dispatcher.idle()
            message = await here.message(outbox_id)

            assert message is not None
            assert message.state is MessageState.UNREACHABLE
            assert [message.outbox_id for message in here.discord.messages] == [alone]

    told()


@virtual_clock
async def test_a_message_that_certainly_failed_is_sent_again_after_a_delay(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        here.discord.answers.extend([Retry(7 * MINUTE), Retry(timedelta(0))])
        outbox_id = await here.tell("robin")
        await asyncio.sleep(900)
        times = here.discord.made("whisper")

        assert here.discord.told(outbox_id) == 1
        assert times[1] - times[0] >= 7 * 60
        assert times[2] - times[1] >= 15
        assert here.discord.made("find") == []


@pytest.mark.parametrize("arrived", [True, False])
def test_a_message_that_may_have_arrived_is_looked_for_before_it_is_sent_again(
    tmp_path: Path, arrived: bool
) -> None:
    @virtual_clock
    async def told() -> None:
        discord = Discord()
        async with dm_harness(tmp_path, discord) as here:
            discord.answers.extend(["lost"] if arrived else [Uncertain()] * 4)
            discord.finding_answers.append(Uncertain())
            outbox_id = await here.tell("robin")
            await asyncio.sleep(2400)
            message = await here.message(outbox_id)

            assert message is not None
            assert message.state is MessageState.SENT
            assert discord.told(outbox_id) == 1
            assert len(discord.made("find")) == (2 if arrived else 5)
            assert len(discord.made("whisper")) == (1 if arrived else 5)

    told()


@virtual_clock
async def test_a_message_is_looked_for_only_once_it_must_have_arrived(tmp_path: Path) -> None:
    discord = Discord()
    async with dm_harness(tmp_path, discord) as here:
        discord.answers.append(Late(SETTLES / 2))
        outbox_id = await here.tell("robin")
        await asyncio.sleep(120)

        assert discord.told(outbox_id) == 1
        assert len(discord.made("whisper")) == 1
        [sought] = discord.made("find")
        assert SETTLES.total_seconds() <= sought < SETTLES.total_seconds() + 1


@virtual_clock
async def test_waiting_before_looking_for_a_message_does_not_count_as_a_failed_try(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 60.0)
    async with dm_harness(tmp_path, discord) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(0.1)
        await here.close(drain=0)
    discord.latency = lambda: 0.0
    async with dm_harness(tmp_path, discord) as here:
        await asyncio.sleep(1)
        message = await here.message(outbox_id)

        assert message is not None
        assert (message.tries, message.due_at) == (0, message.settles_at)
        assert discord.made("find") == []


@virtual_clock
async def test_a_copy_that_arrives_after_the_second_try_is_dropped_because_of_its_nonce(
    tmp_path: Path,
) -> None:
    discord = Discord()
    async with dm_harness(tmp_path, discord) as here:
        discord.answers.append(Late(3 * SETTLES))
        outbox_id = await here.tell("robin")
        await asyncio.sleep(600)

        assert discord.told(outbox_id) == 1
        assert len(discord.made("whisper")) == 2


@virtual_clock
async def test_an_unexpected_error_stops_no_other_message(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with dm_harness(tmp_path) as here:
        here.discord.answers.append(ZeroDivisionError(CANARY))
        outbox_ids = [await here.tell("robin"), await here.tell("kim")]
        await here.dispatcher.idle()
        assert sorted(here.discord.told(outbox_id) for outbox_id in outbox_ids) == [0, 1]

        await asyncio.sleep(900)
        assert [here.discord.told(outbox_id) for outbox_id in outbox_ids] == [1, 1]
    assert "ZeroDivisionError" in caplog.text
    assert CANARY not in caplog.text


@virtual_clock
async def test_a_closed_message_is_edited_if_sent_and_never_sent_if_waiting(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        sent = await here.tell("robin")
        await here.dispatcher.idle()
        here.quiet[KIM] = now() + HOUR
        await here.tell("kim")
        await here.closes()
        await asyncio.sleep(3700)
        message = await here.message(sent)

        assert message is not None
        assert message.state is MessageState.CLOSED
        assert [(message.person, message.closed) for message in here.discord.messages] == [("robin", True)]


@virtual_clock
async def test_a_closed_message_is_deleted_from_the_outbox_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeup, "AT_MOST", HOUR)
    async with dm_harness(tmp_path) as here:
        outbox_id = await here.tell("robin")
        await here.dispatcher.idle()
        await here.closes()
        await asyncio.sleep(23 * 3600)
        assert await here.message(outbox_id) is not None

        await asyncio.sleep(4 * 3600)
        assert await here.message(outbox_id) is None


@virtual_clock
async def test_quiet_hours_do_not_keep_an_edit_waiting(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        await here.tell("robin")
        await here.dispatcher.idle()
        here.quiet[PersonId("robin")] = now() + HOUR
        await here.closes()
        await here.dispatcher.idle()

        assert here.discord.messages[0].closed


@pytest.mark.parametrize("answer", [Uncertain(), Retry(5 * MINUTE)])
def test_an_edit_that_failed_is_made_later(tmp_path: Path, answer: Uncertain | Retry) -> None:
    @virtual_clock
    async def told() -> None:
        async with dm_harness(tmp_path) as here:
            here.discord.closing_answers.append(answer)
            await here.tell("robin")
            await here.dispatcher.idle()
            await here.closes()
            await asyncio.sleep(900)

            assert here.discord.messages[0].closed

    told()


@pytest.mark.parametrize("answer", [Missing(), Refused()])
def test_an_edit_that_can_never_be_made_is_given_up(tmp_path: Path, answer: Missing | Refused) -> None:
    @virtual_clock
    async def told() -> None:
        async with dm_harness(tmp_path) as here:
            here.discord.closing_answers.append(answer)
            outbox_id = await here.tell("robin")
            await here.dispatcher.idle()
            await here.closes()
            await asyncio.sleep(900)
            message = await here.message(outbox_id)

            assert message is not None
            assert message.state is MessageState.CLOSED
            assert len(here.discord.made("close")) == 1

    told()


@virtual_clock
async def test_a_message_closed_while_it_is_being_sent_is_edited_once_it_has_arrived(tmp_path: Path) -> None:
    async with dm_harness(tmp_path, Discord(latency=lambda: 2.0)) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(1)
        await here.closes()
        await asyncio.sleep(60)

        assert here.discord.told(outbox_id) == 1
        assert here.discord.messages[0].closed


@virtual_clock
async def test_a_message_closed_while_its_outcome_is_unknown_is_looked_for(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        here.discord.answers.extend(["lost", Uncertain()])
        for person in ("robin", "kim"):
            await here.tell(person)
            await here.dispatcher.idle()
        await here.closes()
        await asyncio.sleep(600)

        assert [(message.person, message.closed) for message in here.discord.messages] == [("robin", True)]
        assert len(here.discord.made("find")) == 2


@virtual_clock
async def test_a_boundary_withholds_even_a_claimed_message(tmp_path: Path) -> None:
    async with dm_harness(tmp_path, rate=1) as here:
        outbox_ids = [await here.tell("robin", subject=f"{n}", other=KIM) for n in range(4)]
        await asyncio.sleep(0.5)
        await here.db.write(lambda tx: here.outbox.withhold(tx, PersonId("robin"), KIM))
        await asyncio.sleep(900)

        told = [here.discord.told(outbox_id) for outbox_id in outbox_ids]
        assert sorted(told) == [0, 0, 0, 1]
        left = await here.message(outbox_ids[told.index(0)])
        assert left is not None
        assert (left.state, left.tried_at) == (MessageState.WITHHELD, None)


@virtual_clock
async def test_a_message_withdrawn_after_its_claim_is_not_sent(tmp_path: Path) -> None:
    async with dm_harness(tmp_path, rate=1) as here:
        outbox_ids = await here.tell_many(map(str, range(3)))
        await asyncio.sleep(0.5)
        await here.closes()
        await asyncio.sleep(900)

        assert sum(here.discord.told(outbox_id) for outbox_id in outbox_ids) == 1
        assert here.discord.made("find") == []


@pytest.mark.parametrize("closing", [False, True])
def test_a_message_erased_while_it_is_being_sent_causes_no_error(tmp_path: Path, closing: bool) -> None:
    @virtual_clock
    async def erased() -> None:
        async with dm_harness(tmp_path, Discord(latency=lambda: 2.0)) as here:
            await here.tell("robin")
            if closing:
                await here.dispatcher.idle()
                await here.closes()
            await asyncio.sleep(1)
            await here.db.write(lambda tx: tx.execute(delete(table)))
            await asyncio.sleep(120)

            assert len(here.discord.messages) == 1

    erased()


@virtual_clock
async def test_stopping_finishes_what_is_being_sent_and_claims_nothing_new(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 2.0)
    async with dm_harness(tmp_path, discord, rate=2) as here:
        outbox_ids = await here.tell_many(map(str, range(30)))
        await asyncio.sleep(3)
        await here.close(drain=10)
        told = sum(discord.told(outbox_id) for outbox_id in outbox_ids)
        assert 6 <= told < 30
        assert discord.in_flight == 0
    async with dm_harness(tmp_path, discord) as here:
        await here.dispatcher.idle()

        assert [discord.told(outbox_id) for outbox_id in outbox_ids] == [1] * 30
        assert discord.made("find") == []


@virtual_clock
async def test_a_message_cut_off_by_stopping_is_still_sent_once(tmp_path: Path) -> None:
    discord = Discord(latency=lambda: 60.0)
    async with dm_harness(tmp_path, discord) as here:
        outbox_id = await here.tell("robin")
        await asyncio.sleep(1)
        await here.close(drain=2)
    discord.latency = lambda: 0.0
    async with dm_harness(tmp_path, discord) as here:
        await asyncio.sleep(900)

        assert discord.told(outbox_id) == 1


@virtual_clock
async def test_the_dispatcher_keeps_no_task_when_no_message_waits(tmp_path: Path) -> None:
    async with dm_harness(tmp_path) as here:
        await here.tell("robin")
        await here.dispatcher.idle()
        await asyncio.sleep(1)  # The first look of the Wakeup, which may come in between, is over.
        tasks = asyncio.all_tasks()

        assert [task for task in tasks if task is not asyncio.current_task()] == []
        assert await here.dispatcher.next_due() is None


@virtual_clock
async def test_a_failing_database_is_tried_again_within_a_minute(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with dm_harness(tmp_path) as here:
        await here.dispatcher.idle()
        write, broken = here.db.write, [True]

        async def full(body: object) -> object:
            if broken:
                raise OSError(CANARY)
            return await write(body)  # type: ignore[arg-type] # handed on as it came

        here.db.write = full  # type: ignore[method-assign, assignment] # a full disk
        # The disk is full before this message is written, because the dispatcher hears of it at once.
        outbox_id = await write(lambda tx: here.outbox.tell(tx, PersonId("robin"), "asked", "ask", now()))
        await asyncio.sleep(30)
        assert here.discord.told(outbox_id) == 0

        broken.clear()
        await asyncio.sleep(60)
        assert here.discord.told(outbox_id) == 1
    assert CANARY not in caplog.text
