"""Two people, the whole program, and Discord between them."""

from pathlib import Path

from tests.wire.client import wire
from tests.wire.faults import FaultKind
from tests.wire.process import running

POST = "POST /channels/{channel}/messages"
SHEET = {
    "What I'm working on": "canary-aim",
    "What you might notice first": "canary-signs",
    "What you can say to me then": "canary-words",
    "My time zone": "Berlin",
}
AGREED = {"cadence": "weekly", "day": "Sunday", "at": "18:00", "weeks": 12}


async def test_two_people_begin_a_pair_though_connections_break(tmp_path: Path) -> None:
    async with wire() as discord:
        server = await discord.add_guild()
        channel = await discord.add_channel(server)
        ana, bo = [await discord.add_person(name, guild=server) for name in ("ana", "bo")]
        async with running(discord, tmp_path) as bot:
            before = await discord.command(ana, channel, "pair start", {"partner": bo, **AGREED})
            form = await discord.press(ana, before.message, before.message.labelled("A habit"))
            await discord.submit(form, SHEET)
            await discord.call("close", code=None)
            await discord.wait("resumes")
            shown = await discord.command(bo, channel, "pair show")
            form = await discord.press(bo, shown.message, shown.message.labelled("A habit"))
            await discord.fault(FaultKind.ANSWER, "/channels/*/messages", "POST", status=429)
            await discord.submit(form, SHEET)
            await discord.wait(f"{POST} 200")
            [whisper] = await discord.messages(await discord.open_dm(ana))
            opened = await discord.press(ana, whisper, whisper.labelled("Open"))
            printed = await bot.stop()

        assert whisper.nonce
        assert "canary" not in str(whisper.texts)
        assert "are a pair" in str(opened.message.texts)
        assert opened.message.shown_to == ana
        assert await discord.count(f"{POST} 429") == 1
        assert "canary" not in printed
        assert "Traceback" not in printed
