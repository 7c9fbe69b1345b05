"""Whether people have written enough for a new post: what is read of a channel in which bots write a lot."""

from itertools import pairwise
from pathlib import Path

import pytest

from bot.delivery.channel_post import PostOutcome
from tests.unit.delivery.post_fixtures import Channels, post_harness
from tests.virtual_clock import virtual_clock

ENOUGH, FEW = 20, 5


@pytest.mark.parametrize(
    ("bots", "said", "comes", "pages"),
    [
        ([], ENOUGH, True, 1),
        ([0, 0, 0], ENOUGH, True, 4),
        ([0, 7, 0], ENOUGH - 7, True, 4),
        ([0, 7, 0], ENOUGH - 8, False, 4),
        ([ENOUGH, 0, 0], 0, True, 1),
        # The rest is not read: a thousand messages since the last post are talk enough if anybody has spoken.
        ([0] * 9 + [1, 0], ENOUGH, True, 10),
        ([0] * 11, ENOUGH, False, 10),
    ],
)
@virtual_clock
async def test_pages_are_read_from_the_newest_on_until_it_is_known_whether_people_wrote_enough(
    bots: list[int], said: int, comes: bool, pages: int, tmp_path: Path
) -> None:
    channels = Channels(bots=bots, said=lambda _: said)
    async with post_harness(tmp_path, channels) as here:
        await here.put()
        await here.dispatcher.idle()
        second = await here.again(at_least=ENOUGH)
        await here.dispatcher.idle()

        assert here.outcomes[-1] == (second.id, PostOutcome.UP if comes else PostOutcome.QUIET)
        assert len(channels.made("spoken")) == pages


@virtual_clock
async def test_every_page_waits_for_its_turn(tmp_path: Path) -> None:
    channels = Channels(bots=[0] * 9)
    async with post_harness(tmp_path, channels, rate=2) as here:
        await here.put()
        await here.dispatcher.idle()
        await here.again(at_least=ENOUGH)
        await here.dispatcher.idle()

        times = [at for at, made, _ in channels.requests if made == "spoken"]
        assert len(times) == 10
        assert all(later - first >= 0.499 for first, later in pairwise(times))
