"""`/path start` and `/path show`, alone: the gate, *Stop*, and the end."""

from bot.demo.client.client import DemoClient
from cogs.path import strings
from tests.discord.walking_paths import stop


async def test_stop_takes_six_presses_and_no_companion(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    shown = await stop(demo, ana, "no parties until March")
    assert "no parties until March" in shown
    assert strings.MEETINGS_ONLY in shown
    path = await demo.slash(ana, "path show")
    assert "no parties until March" in path
