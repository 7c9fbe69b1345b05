"""`I need a hand` on a disk that takes nothing: it isn't stored, and reaches the friend all the same."""

import pytest

pytest.importorskip("simcord", reason="needs the demo extra: pip install -e .[demo]")

from bot.demo.client.client import demo_client
from cogs.night import strings
from tests import disk_faults
from tests.discord.test_standby import night_out, told


async def test_a_call_that_cannot_be_stored_reaches_a_friend_once() -> None:
    async with demo_client() as demo:
        ana, bo, cy = await night_out(demo)
        night = await demo.slash(ana, "night")
        with disk_faults.read_only(demo.bot.db):
            called = await night.press(strings.HAND)
            assert "Bo** has my message" in called
            assert strings.LATE_CARD in called
            assert len(told(demo, bo)) == 1
        assert told(demo, cy) == []
        # What was not stored is not told again when there is room.
        await demo.skip(minutes=5)
        assert len(told(demo, bo)) == 1
