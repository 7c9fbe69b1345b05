"""Waiting, reading, closing, and what is left afterwards: nothing."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asks.errors import AskClosed, CannotBeAsked, NobodyChosen, NobodyLeft, NoMoreTime
from bot.asks.models import AskState, Reply
from bot.asks.wait import Wait
from bot.delivery.message import MessageState as Lines
from bot.errors import NotYours
from bot.servers.models import Server
from tests.unit.asks.fixtures import Town, utc
from tests.unit.pods.fixtures import HERE

TONIGHT = utc(2026, 1, 7, 22)
REPLIES = ("answer", "cannot", "beyond", "not_now", "read_it", "none")


# -- reading -------------------------------------------------------------------------------------------


async def test_what_came_can_be_read_before_the_end_and_closes_nothing(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    came = await town.read(id)
    assert [name for name, _ in came.came] == ["Bo"]
    assert came.ask.state is AskState.OPEN
    assert came.kept_until is None
    await town.answer(id, "Cy")
    assert sorted(name for name, _ in (await town.read(id)).came) == ["Bo", "Cy"]
    assert (await town.stored(id)).state is AskState.CLOSED


async def test_the_first_reading_after_the_wait_closes_it(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    await town.wait_until(TONIGHT)
    assert await town.kinds("Ana") == ["asks.came", "asks.over"]
    assert (await town.stored(id)).state is AskState.OPEN
    came = await town.read(id)
    assert came.ask.state is AskState.CLOSED
    assert came.kept_until == TONIGHT + timedelta(days=7)
    assert await town.kinds("Ana") == []
    assert await town.kinds("Cy") == []
    with pytest.raises(AskClosed):
        await town.answer(id, "Cy")
    assert [name for name, _ in (await town.read(id)).came] == ["Bo"]


async def test_two_readings_at_once_close_it_once(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.answer(id, "Bo")
    one, two = await asyncio.gather(town.read(id), town.read(id))
    assert list(one.came) == list(two.came)
    assert one.ask.state is two.ask.state is AskState.CLOSED


async def test_reading_closes_nothing_where_nothing_came(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.wait_until(TONIGHT)
    assert await town.kinds("Ana") == ["asks.nobody"]
    assert list((await town.read(id)).came) == []
    assert (await town.stored(id)).state is AskState.OPEN


async def test_reminded_once_after_two_days_and_closed_after_seven(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    await town.wait_until(TONIGHT + timedelta(days=2, minutes=-1))
    assert await town.kinds("Ana") == ["asks.came", "asks.over"]
    await town.wait(minutes=1)
    assert await town.kinds("Ana") == ["asks.came", "asks.over", "asks.unread"]
    assert [kind for kind, _ in await town.alarms()] == ["asks.closes"]
    await town.wait_until(TONIGHT + timedelta(days=7, minutes=-1))
    assert (await town.stored(id)).state is AskState.OPEN
    await town.wait(minutes=1)
    assert (await town.stored(id)).state is AskState.CLOSED
    assert await town.kinds("Ana") == []
    assert [name for name, _ in (await town.read(id)).came] == ["Bo"]


async def test_until_when_it_is_paused_is_known(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    ana = await town.person("Ana")
    assert await town.asks.until(ana, id) is None
    await town.beyond(id, "Bo")
    await town.wait(hours=3)
    until = await town.asks.until(ana, id)
    await town.wait_until(until)
    assert (await town.stored(id)).state is AskState.CLOSED
    assert until is not None
    assert await town.asks.until(ana, id) == until + timedelta(days=7)


@pytest.mark.parametrize("days", [1, 7, 30])
async def test_everything_is_destroyed_after_the_servers_days(town: Town, days: int) -> None:
    await town.servers.keep(Server(HERE, retention_days=days))
    id = await town.ask("Ana", "Bo", "Cy")
    await town.not_now(id, "Cy")
    await town.answer(id, "Bo")
    await town.wait_until(TONIGHT)
    await town.read(id)
    assert await town.asks.until(await town.person("Ana"), id) == TONIGHT + timedelta(days=days)
    await town.wait(days=days, minutes=-1)
    assert len((await town.read(id)).came) == 1
    await town.wait(minutes=1)
    assert await town.nothing_left(id)
    for gone in (town.status(id), town.read(id), town.withdraw(id)):
        with pytest.raises(NotYours):
            await gone


# -- withdrawing ---------------------------------------------------------------------------------------


async def test_withdrawn_it_closes_for_everyone(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    assert await town.withdraw(id) == town.now + timedelta(days=7)
    assert (await town.stored(id)).state is AskState.CLOSED
    assert [kind for kind, _ in await town.alarms()] == ["asks.destroyed"]
    assert await town.lines_of(Lines.WAITING, Lines.SENT, Lines.SHUT, Lines.HELD) == []
    await town.wait(days=1)
    assert await town.withdraw(id) == town.now + timedelta(days=6)


async def test_two_withdrawals_at_once_are_one(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    one, two = await asyncio.gather(town.withdraw(id), town.withdraw(id))
    assert one == two


async def test_it_is_withdrawn_by_the_asker_alone(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    bo = await town.person("Bo")
    for verb in (
        town.asks.withdraw(bo, id, town.now),
        town.asks.read(bo, id, town.now),
        town.asks.status(bo, id, town.now),
        town.asks.status_of(bo, await town.asking(id, "Bo"), town.now),
        town.asks.status_of(bo, "no-such", town.now),
        town.asks.more_time(bo, id, town.now),
        town.asks.ask_others(bo, id, [], town.now),
        town.asks.until(bo, id),
        town.asks.send(bo, id, town.now),
    ):
        with pytest.raises(NotYours):
            await verb


async def test_what_was_never_sent_is_not_read_or_withdrawn(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    for verb in (town.status(id), town.read(id), town.withdraw(id), town.longer(id), town.also(id, "Bo")):
        with pytest.raises(NotYours):
            await verb


# -- more time -----------------------------------------------------------------------------------------


async def test_more_time_twice_and_then_no_more(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.wait_until(TONIGHT)
    assert (await town.longer(id)).ask.ends_at == TONIGHT + timedelta(days=1)
    assert await town.kinds("Ana") == []
    assert await town.alarms() == [("asks.ends", TONIGHT + timedelta(days=1))]
    await town.wait_until(TONIGHT + timedelta(days=1))
    await town.longer(id)
    await town.wait_until(TONIGHT + timedelta(days=2))
    with pytest.raises(NoMoreTime):
        await town.longer(id)
    assert (await town.stored(id)).over_at is not None


async def test_more_time_begins_where_the_wait_would_have_ended(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    assert (await town.longer(id)).ask.ends_at == TONIGHT + timedelta(days=1)


async def test_more_time_spares_the_quiet_hours_of_those_still_awaited(town: Town) -> None:
    await town.quiet("Cy", 21, 7)
    id = await town.ask("Ana", "Bo", "Cy")
    await town.cannot(id, "Cy")
    await town.wait_until(utc(2026, 1, 8, 9))
    assert (await town.longer(id)).ask.ends_at == utc(2026, 1, 8, 22)


async def test_more_time_is_no_use_once_all_have_replied(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    await town.cannot(id, "Cy")
    with pytest.raises(NobodyLeft):
        await town.longer(id)


async def test_a_closed_ask_gets_no_more_time_and_nobody_else(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.withdraw(id)
    for verb in (town.longer(id), town.also(id, "Cy")):
        with pytest.raises(AskClosed):
            await verb


# -- someone else --------------------------------------------------------------------------------------


async def test_someone_else_is_asked_in_the_place_of_who_cant(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", "Di")
    assert (await town.status(id)).room == 0
    await town.cannot(id, "Bo")
    status = await town.status(id)
    assert status.room == 1
    assert [name for _, name in status.others] == ["Ed"]
    status = await town.also(id, "Ed")
    assert {one.name for one in status.asked} == {"Bo", "Cy", "Di", "Ed"}
    assert status.ask.ends_at == TONIGHT
    assert await town.kinds("Ed") == ["asks.asked"]
    with pytest.raises(NobodyChosen):
        await town.also(id, "Bo")


async def test_nobody_is_asked_the_same_twice(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.cannot(id, "Bo")
    assert sorted(name for _, name in (await town.status(id)).others) == ["Cy", "Di", "Ed"]
    with pytest.raises(CannotBeAsked) as refused:
        await town.also(id, "Bo")
    assert not refused.value.draft
    status = await town.also(id, "Cy", "Cy")
    assert sorted(one.reply for one in status.asked) == [Reply.ASKED, Reply.CANT]


async def test_two_presses_at_once_ask_once(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.cannot(id, "Bo")
    done = await asyncio.gather(town.also(id, "Cy"), town.also(id, "Cy"), return_exceptions=True)
    assert sum(isinstance(one, CannotBeAsked) for one in done) == 1
    assert len((await town.status(id)).asked) == 2


async def test_after_the_wait_another_begins_with_them(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.wait_until(TONIGHT)
    status = await town.also(id, "Cy", "Di")
    assert status.ask.over_at is None
    assert status.ask.ends_at == TONIGHT + timedelta(days=1)
    assert status.ask.extended == 0
    assert await town.alarms() == [("asks.ends", TONIGHT + timedelta(days=1))]
    assert await town.kinds("Ana") == []


async def test_whoever_is_asked_late_has_three_hours_too(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.cannot(id, "Bo")
    await town.also(id, "Cy")
    await town.cannot(id, "Cy")
    await town.also(id, "Di")
    await town.wait_until(utc(2026, 1, 7, 19, 30))
    assert (await town.status(id)).ask.ends_at == TONIGHT
    second = await town.ask("Ana", "Bo", "Cy")
    await town.wait(hours=1)
    await town.cannot(second, "Bo")
    assert (await town.also(id, "Ed")).ask.ends_at == TONIGHT + timedelta(days=1)


async def test_their_quiet_hours_are_spared_too(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.quiet("Di", 20, 6)
    await town.cannot(id, "Bo")
    assert (await town.also(id, "Di")).ask.ends_at == utc(2026, 1, 7, 22)
    assert ("asks.ends", utc(2026, 1, 8, 8)) in await town.alarms()


# -- all of it -----------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(
    st.lists(st.sampled_from(REPLIES), min_size=1, max_size=3),
    st.sampled_from(Wait),
    st.integers(0, 80),
    st.sampled_from(["read", "withdraw", "leave", "none"]),
)
def test_however_it_goes_nothing_is_left_in_the_end(
    tmp_path_factory: pytest.TempPathFactory, replies: list[str], wait: Wait, hours: int, then: str
) -> None:
    async def story() -> None:
        town = Town(tmp_path_factory.mktemp("town") / "town.db")
        await town.open()
        names = ["Bo", "Cy", "Di"][: len(replies)]
        for name in names:
            await town.tie("Ana", name)
        await town.read_all("Ana")
        id = await town.ask("Ana", *names, wait=wait)
        for name, reply in zip(names, replies, strict=True):
            if reply != "none":
                await getattr(town, reply)(id, name)
        await town.wait(hours=hours)
        if then == "leave":
            await town.leave("Ana")
        elif then != "none":
            await getattr(town, then)(id)
        await town.wait(days=3 + 7 + 7 + 1)
        assert await town.nothing_left(id)
        await town.close()

    asyncio.run(story())
