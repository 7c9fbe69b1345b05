"""The ChannelDispatcher brings each channel post to its channel once, whatever Discord answers."""

import asyncio
from collections import deque
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.delivery.channel_posts import GATHERS
from bot.delivery.retries import SETTLES
from bot.events import ServerForgotten
from bot.ids import ServerId
from tests.unit.delivery.post_fixtures import (
    HERE,
    KIND,
    Channels,
    Missing,
    Refused,
    Retry,
    Uncertain,
    post_harness,
)
from tests.virtual_clock import now, virtual_clock

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@virtual_clock
async def test_a_post_is_sent_once_and_its_slice_is_told(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        post = await here.put()
        await here.dispatcher.idle()

        assert [one.post for one in here.channels.in_channel(1)] == [post.id]
        assert here.outcomes == [(post.id, PostOutcome.UP)]
        assert (await here.standing()) is not None
        assert await here.dispatcher.next_due() is None


@virtual_clock
async def test_a_second_waiting_post_about_the_same_subject_is_not_sent(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.close()
        first, _ = await here.put(), await here.put()
        await here.open()
        await here.dispatcher.idle()

        assert here.channels.sent == {first.id: 1}


@virtual_clock
async def test_posts_left_by_an_earlier_run_are_sent_at_the_start(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as before:
        await before.close()
        post = await before.put()
    async with post_harness(tmp_path) as here:
        await here.dispatcher.idle()

        assert here.channels.sent == {post.id: 1}


# -- changes ---------------------------------------------------------------------------------------


@virtual_clock
async def test_many_changes_of_a_post_become_one_edit(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.put()
        await here.dispatcher.idle()
        for _ in range(20):
            await here.renew()
        await asyncio.sleep(GATHERS.total_seconds() + 1)

        assert len(here.channels.made("edit")) == 1
        assert here.channels.in_channel(1)[0].revision == 21
        assert here.outcomes == [(here.channels.in_channel(1)[0].post, PostOutcome.UP)]


@virtual_clock
async def test_a_change_made_while_a_post_is_being_sent_is_not_lost(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(latency=lambda: 1.0)) as here:
        await here.put()
        await asyncio.sleep(0.5)
        await here.renew()
        await asyncio.sleep(10)

        assert here.channels.in_channel(1)[0].revision == 2


@virtual_clock
async def test_a_post_that_is_taken_down_is_deleted_even_while_it_is_being_sent(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(latency=lambda: 1.0)) as here:
        stood = await here.put("stood")
        await here.dispatcher.idle()
        on_its_way = await here.put("on its way")
        await asyncio.sleep(0.5)
        for subject in ("stood", "on its way"):
            await here.take_down(subject)
        await asyncio.sleep(60)

        assert not here.channels.messages
        assert await here.get(stood) is None
        assert await here.get(on_its_way) is None


@virtual_clock
async def test_a_post_taken_down_before_its_turn_is_never_sent(tmp_path: Path) -> None:
    async with post_harness(tmp_path, rate=1) as here:
        await here.put("first")
        await asyncio.sleep(0.1)
        await here.put("second")
        await asyncio.sleep(0.1)
        await here.take_down("second")
        await asyncio.sleep(30)

        assert list(here.channels.sent.values()) == [1]


@virtual_clock
async def test_a_post_whose_message_somebody_deleted_is_not_posted_again(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        post = await here.put()
        await here.dispatcher.idle()
        here.channels.messages.clear()
        await here.renew()
        await asyncio.sleep(10)

        assert await here.get(post) is None
        assert here.outcomes == [(post.id, PostOutcome.UP)]


@virtual_clock
async def test_a_post_that_is_left_alone_stays_in_its_channel_but_its_row_is_deleted(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        post = await here.put()
        await here.dispatcher.idle()
        await here.db.write(lambda tx: here.channel_posts.leave(tx, KIND, "one"))
        await here.renew()
        await asyncio.sleep(10)

        assert len(here.channels.in_channel(1)) == 1
        assert await here.get(post) is None


# -- replacing a post ----------------------------------------------------------------------


@virtual_clock
async def test_a_new_post_replaces_the_previous_one(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        first = await here.put()
        await here.dispatcher.idle()
        second = await here.again(at_least=20)
        await here.dispatcher.idle()

        assert [one.post for one in here.channels.in_channel(1)] == [second.id]
        assert [made for _, made, _ in here.channels.requests] == ["send", "spoken", "delete", "send"]
        assert await here.get(first) is None


@virtual_clock
async def test_in_a_quiet_channel_the_previous_post_stays(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(said=lambda _: 19)) as here:
        first = await here.put()
        await here.dispatcher.idle()
        second = await here.again(at_least=20)
        await here.dispatcher.idle()

        assert [one.post for one in here.channels.in_channel(1)] == [first.id]
        assert here.outcomes[-1] == (second.id, PostOutcome.QUIET)
        standing = await here.standing()
        assert standing is not None
        assert standing.id == first.id


@virtual_clock
async def test_a_post_that_is_too_late_is_dropped(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.close()
        post = await here.put(until=now() + HOUR)
    await asyncio.sleep(2 * 3600)
    async with post_harness(tmp_path) as here:
        await here.dispatcher.idle()

        assert not here.channels.requests
        assert here.outcomes == [(post.id, PostOutcome.LATE)]


@virtual_clock
async def test_a_post_with_nothing_to_show_is_dropped(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(silent={"one"})) as here:
        post = await here.put()
        await here.dispatcher.idle()

        assert not here.channels.messages
        assert await here.get(post) is None


# -- failures --------------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [Refused(), Missing()])
@pytest.mark.parametrize("at", ["spoken", "delete", "send"])
@virtual_clock
async def test_a_post_ends_when_its_channel_is_closed_or_deleted(
    at: str, failure: Refused | Missing, tmp_path: Path
) -> None:
    async with post_harness(tmp_path) as here:
        await here.put()
        await here.dispatcher.idle()
        here.channels.answers[at] = deque([failure])
        second = await here.again(at_least=20)
        await here.dispatcher.idle()

        assert here.outcomes[-1] == (second.id, PostOutcome.BARRED)
        assert await here.get(second) is None


@pytest.mark.parametrize("at", ["spoken", "delete", "send"])
@virtual_clock
async def test_a_post_is_tried_again_after_a_temporary_error(at: str, tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.put()
        await here.dispatcher.idle()
        here.channels.answers[at] = deque([Retry(timedelta(seconds=40)), ConnectionResetError(), Uncertain()])
        second = await here.again(at_least=20)
        await asyncio.sleep(30 * 60)

        assert here.channels.sent[second.id] == 1
        assert [one.post for one in here.channels.in_channel(1)] == [second.id]


@virtual_clock
async def test_a_post_that_arrived_without_an_answer_is_found_and_not_sent_again(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(answers={"send": deque(["lost"])})) as here:
        post = await here.put()
        await asyncio.sleep(SETTLES.total_seconds() + 60)

        assert here.channels.sent == {post.id: 1}
        assert here.channels.made("find") == [post.id]
        assert here.outcomes == [(post.id, PostOutcome.UP)]


@virtual_clock
async def test_a_post_interrupted_by_a_restart_is_sent_once(tmp_path: Path) -> None:
    channels = Channels(latency=lambda: 1.0)
    async with post_harness(tmp_path, channels) as before:
        post = await before.put()
        await asyncio.sleep(0.5)
        await before.close(drain=0)
    await asyncio.sleep(600)
    async with post_harness(tmp_path, channels) as here:
        await asyncio.sleep(120)

        assert channels.sent == {post.id: 1}
        assert here.outcomes == [(post.id, PostOutcome.UP)]


@virtual_clock
async def test_a_post_that_may_have_arrived_is_found_before_it_is_deleted(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(answers={"send": deque(["lost"])})) as here:
        await here.put()
        await asyncio.sleep(1)
        await here.take_down()
        await asyncio.sleep(SETTLES.total_seconds() + 60)

        assert not here.channels.messages
        assert len(here.channels.gone) == 1


@virtual_clock
async def test_a_post_called_off_while_it_is_being_sent_does_not_stay_in_the_channel(tmp_path: Path) -> None:
    async with post_harness(tmp_path, Channels(latency=lambda: 1.0)) as here:
        first = await here.put()
        await asyncio.sleep(0.5)
        await here.db.write(lambda tx: here.channel_posts.call_off(tx, KIND, "one", now()))
        second = await here.put()
        await asyncio.sleep(60)

        assert [one.post for one in here.channels.in_channel(1)] == [second.id]
        assert await here.get(first) is None


@virtual_clock
async def test_a_post_called_off_before_it_was_tried_is_never_sent(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        await here.close()
        post = await here.put()
        await here.db.write(lambda tx: here.channel_posts.call_off(tx, KIND, "one", now()))
        assert await here.get(post) is None
        await here.open()
        await here.dispatcher.idle()

        assert not here.channels.requests


@virtual_clock
async def test_a_post_with_nothing_to_show_leaves_the_previous_one_where_it_is(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        first = await here.put()
        await here.dispatcher.idle()
        here.channels.silent.add("one")
        await here.again()
        await here.dispatcher.idle()

        assert [one.post for one in here.channels.in_channel(1)] == [first.id]


@virtual_clock
async def test_forgetting_a_server_deletes_the_rows_of_its_posts_only(tmp_path: Path) -> None:
    async with post_harness(tmp_path) as here:
        post = await here.put()
        await here.dispatcher.idle()
        await here.db.write(
            lambda tx: here.channel_posts.on_server_forgotten(tx, ServerForgotten(now(), ServerId(8)))
        )
        assert await here.get(post) is not None
        await here.db.write(
            lambda tx: here.channel_posts.on_server_forgotten(tx, ServerForgotten(now(), HERE))
        )

        assert await here.get(post) is None
        assert len(here.channels.messages) == 1


def test_a_second_listener_for_a_kind_is_refused() -> None:
    from bot.delivery.channel_posts import ChannelPosts

    board = ChannelPosts()

    async def told(*_: object) -> None:
        """Do nothing."""

    board.on(KIND, told)
    with pytest.raises(ValueError, match=KIND):
        board.on(KIND, told)
