"""An ask waits, is read and closes; afterwards nothing of it is left."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asks.errors import AskClosed, CannotBeAsked, NobodyChosen, NobodyLeft, NoMoreTime
from bot.asks.models import AskState, Reply
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState
from bot.errors import NotYours
from bot.servers.models import Server
from tests.unit.asks.fixtures import Harness
from tests.unit.pods.fixtures import HERE, utc

TONIGHT = utc(2026, 1, 7, 22)
REPLIES = ("answer", "cannot", "beyond", "not_now", "read_it", "none")


# -- reading -------------------------------------------------------------------------------------------


async def test_reading_answers_before_the_wait_ends_does_not_close_the_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    came = await harness.read(id)
    assert [name for name, _ in came.came] == ["Bo"]
    assert came.ask.state is AskState.OPEN
    assert came.kept_until is None
    await harness.answer(id, "Cy")
    assert sorted(name for name, _ in (await harness.read(id)).came) == ["Bo", "Cy"]
    assert (await harness.stored(id)).state is AskState.CLOSED


async def test_the_first_reading_after_the_wait_closes_the_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    await harness.wait_until(TONIGHT)
    assert await harness.kinds("Ana") == ["asks.came", "asks.over"]
    assert (await harness.stored(id)).state is AskState.OPEN
    came = await harness.read(id)
    assert came.ask.state is AskState.CLOSED
    assert came.kept_until == TONIGHT + timedelta(days=7)
    assert await harness.kinds("Ana") == []
    assert await harness.kinds("Cy") == []
    with pytest.raises(AskClosed):
        await harness.answer(id, "Cy")
    assert [name for name, _ in (await harness.read(id)).came] == ["Bo"]


async def test_two_readings_at_once_return_the_same_answers_and_close_the_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.answer(id, "Bo")
    one, two = await asyncio.gather(harness.read(id), harness.read(id))
    assert list(one.came) == list(two.came)
    assert one.ask.state is two.ask.state is AskState.CLOSED


async def test_reading_does_not_close_an_ask_without_answers(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.wait_until(TONIGHT)
    assert await harness.kinds("Ana") == ["asks.nobody"]
    assert list((await harness.read(id)).came) == []
    assert (await harness.stored(id)).state is AskState.OPEN


async def test_after_two_unread_days_the_asker_is_reminded_once_and_after_seven_the_ask_closes(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    await harness.wait_until(TONIGHT + timedelta(days=2, minutes=-1))
    assert await harness.kinds("Ana") == ["asks.came", "asks.over"]
    await harness.wait(minutes=1)
    assert await harness.kinds("Ana") == ["asks.came", "asks.over", "asks.unread"]
    assert [kind for kind, _ in await harness.timers()] == ["asks.closes"]
    await harness.wait_until(TONIGHT + timedelta(days=7, minutes=-1))
    assert (await harness.stored(id)).state is AskState.OPEN
    await harness.wait(minutes=1)
    assert (await harness.stored(id)).state is AskState.CLOSED
    assert await harness.kinds("Ana") == []
    assert [name for name, _ in (await harness.read(id)).came] == ["Bo"]


async def test_until_returns_when_a_paused_ask_closes_and_when_a_closed_ask_is_destroyed(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    ana = await harness.person("Ana")
    assert await harness.asks.until(ana, id) is None
    await harness.beyond(id, "Bo")
    await harness.wait(hours=3)
    until = await harness.asks.until(ana, id)
    await harness.wait_until(until)
    assert (await harness.stored(id)).state is AskState.CLOSED
    assert until is not None
    assert await harness.asks.until(ana, id) == until + timedelta(days=7)


@pytest.mark.parametrize("days", [1, 7, 30])
async def test_a_closed_ask_is_destroyed_after_the_retention_days_of_the_server(
    harness: Harness, days: int
) -> None:
    await harness.servers.keep(Server(HERE, retention_days=days))
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.not_now(id, "Cy")
    await harness.answer(id, "Bo")
    await harness.wait_until(TONIGHT)
    await harness.read(id)
    assert await harness.asks.until(await harness.person("Ana"), id) == TONIGHT + timedelta(days=days)
    await harness.wait(days=days, minutes=-1)
    assert len((await harness.read(id)).came) == 1
    await harness.wait(minutes=1)
    assert await harness.nothing_left(id)
    for gone in (harness.status(id), harness.read(id), harness.withdraw(id)):
        with pytest.raises(NotYours):
            await gone


# -- withdrawing ---------------------------------------------------------------------------------------


async def test_a_withdrawn_ask_closes_for_everyone(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    assert await harness.withdraw(id) == harness.now + timedelta(days=7)
    assert (await harness.stored(id)).state is AskState.CLOSED
    assert [kind for kind, _ in await harness.timers()] == ["asks.destroyed"]
    assert (
        await harness.messages_of(
            MessageState.WAITING, MessageState.SENT, MessageState.DMS_CLOSED, MessageState.WITHHELD
        )
        == []
    )
    await harness.wait(days=1)
    assert await harness.withdraw(id) == harness.now + timedelta(days=6)


async def test_two_withdrawals_at_once_return_the_same_time_of_destruction(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    one, two = await asyncio.gather(harness.withdraw(id), harness.withdraw(id))
    assert one == two


async def test_only_the_asker_can_read_extend_or_withdraw_an_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    bo = await harness.person("Bo")
    for verb in (
        harness.asks.withdraw(bo, id, harness.now),
        harness.asks.read(bo, id, harness.now),
        harness.asks.status(bo, id, harness.now),
        harness.asks.status_of(bo, await harness.asking(id, "Bo"), harness.now),
        harness.asks.status_of(bo, "no-such", harness.now),
        harness.asks.more_time(bo, id, harness.now),
        harness.asks.ask_others(bo, id, [], harness.now),
        harness.asks.until(bo, id),
        harness.asks.send(bo, id, harness.now),
    ):
        with pytest.raises(NotYours):
            await verb


async def test_a_draft_cannot_be_read_extended_or_withdrawn(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    for verb in (
        harness.status(id),
        harness.read(id),
        harness.withdraw(id),
        harness.longer(id),
        harness.also(id, "Bo"),
    ):
        with pytest.raises(NotYours):
            await verb


# -- more time -----------------------------------------------------------------------------------------


async def test_the_asker_can_give_more_time_twice_but_not_a_third_time(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.wait_until(TONIGHT)
    assert (await harness.longer(id)).ask.ends_at == TONIGHT + timedelta(days=1)
    assert await harness.kinds("Ana") == []
    assert await harness.timers() == [("asks.ends", TONIGHT + timedelta(days=1))]
    await harness.wait_until(TONIGHT + timedelta(days=1))
    await harness.longer(id)
    await harness.wait_until(TONIGHT + timedelta(days=2))
    with pytest.raises(NoMoreTime):
        await harness.longer(id)
    assert (await harness.stored(id)).over_at is not None


async def test_more_time_given_early_is_added_to_the_end_of_the_current_wait(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    assert (await harness.longer(id)).ask.ends_at == TONIGHT + timedelta(days=1)


async def test_the_end_that_is_shown_after_more_time_ignores_quiet_hours(harness: Harness) -> None:
    await harness.quiet("Cy", 21, 7)
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.cannot(id, "Cy")
    await harness.wait_until(utc(2026, 1, 8, 9))
    assert (await harness.longer(id)).ask.ends_at == utc(2026, 1, 8, 22)


async def test_more_time_is_refused_once_everybody_has_replied(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    await harness.cannot(id, "Cy")
    with pytest.raises(NobodyLeft):
        await harness.longer(id)


async def test_a_closed_ask_cannot_get_more_time_or_more_answerers(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.withdraw(id)
    for verb in (harness.longer(id), harness.also(id, "Cy")):
        with pytest.raises(AskClosed):
            await verb


# -- asking somebody else ------------------------------------------------------------------------------


async def test_somebody_else_can_be_asked_instead_of_a_person_who_cannot_answer(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", "Di")
    assert (await harness.status(id)).room == 0
    await harness.cannot(id, "Bo")
    status = await harness.status(id)
    assert status.room == 1
    assert [name for _, name in status.others] == ["Ed"]
    status = await harness.also(id, "Ed")
    assert {one.name for one in status.asked} == {"Bo", "Cy", "Di", "Ed"}
    assert status.ask.ends_at == TONIGHT
    assert await harness.kinds("Ed") == ["asks.asked"]
    with pytest.raises(NobodyChosen):
        await harness.also(id, "Bo")


async def test_no_person_can_be_asked_twice_in_the_same_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.cannot(id, "Bo")
    assert sorted(name for _, name in (await harness.status(id)).others) == ["Cy", "Di", "Ed"]
    with pytest.raises(CannotBeAsked) as refused:
        await harness.also(id, "Bo")
    assert not refused.value.draft
    status = await harness.also(id, "Cy", "Cy")
    assert sorted(one.reply for one in status.asked) == [Reply.ASKED, Reply.CANT]


async def test_two_presses_at_once_ask_once(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.cannot(id, "Bo")
    done = await asyncio.gather(harness.also(id, "Cy"), harness.also(id, "Cy"), return_exceptions=True)
    assert sum(isinstance(one, CannotBeAsked) for one in done) == 1
    assert len((await harness.status(id)).asked) == 2


async def test_asking_others_after_the_wait_begins_a_new_wait(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.wait_until(TONIGHT)
    status = await harness.also(id, "Cy", "Di")
    assert status.ask.over_at is None
    assert status.ask.ends_at == TONIGHT + timedelta(days=1)
    assert status.ask.extended == 0
    assert await harness.timers() == [("asks.ends", TONIGHT + timedelta(days=1))]
    assert await harness.kinds("Ana") == []


async def test_somebody_who_is_asked_late_gets_at_least_three_hours(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.cannot(id, "Bo")
    await harness.also(id, "Cy")
    await harness.cannot(id, "Cy")
    await harness.also(id, "Di")
    await harness.wait_until(utc(2026, 1, 7, 19, 30))
    assert (await harness.status(id)).ask.ends_at == TONIGHT
    second = await harness.ask("Ana", "Bo", "Cy")
    await harness.wait(hours=1)
    await harness.cannot(second, "Bo")
    assert (await harness.also(id, "Ed")).ask.ends_at == TONIGHT + timedelta(days=1)


async def test_the_wait_is_moved_after_the_quiet_hours_of_somebody_who_is_asked_later(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.quiet("Di", 20, 6)
    await harness.cannot(id, "Bo")
    assert (await harness.also(id, "Di")).ask.ends_at == utc(2026, 1, 7, 22)
    assert ("asks.ends", utc(2026, 1, 8, 10)) in await harness.timers()


# -- the whole life of an ask --------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(REPLIES), min_size=1, max_size=3),
    st.sampled_from(Wait),
    st.integers(0, 80),
    st.sampled_from(["read", "withdraw", "leave", "none"]),
)
def test_nothing_of_an_ask_is_left_in_the_end_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory, replies: list[str], wait: Wait, hours: int, then: str
) -> None:
    async def story() -> None:
        harness = Harness(tmp_path_factory.mktemp("state") / "test.db")
        await harness.open()
        names = ["Bo", "Cy", "Di"][: len(replies)]
        for name in names:
            await harness.tie("Ana", name)
        await harness.read_all("Ana")
        id = await harness.ask("Ana", *names, wait=wait)
        for name, reply in zip(names, replies, strict=True):
            if reply != "none":
                await getattr(harness, reply)(id, name)
        await harness.wait(hours=hours)
        if then == "leave":
            await harness.leave("Ana")
        elif then != "none":
            await getattr(harness, then)(id)
        await harness.wait(days=3 + 7 + 7 + 1)
        assert await harness.nothing_left(id)
        await harness.close()

    asyncio.run(story())
