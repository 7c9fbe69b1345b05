"""500 interactions in one second, against the whole program: each is acknowledged in time, none is lost."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.database_file import open_file
from tests.load import burst, crowd
from tests.load.processes import PLUMBLINE, running, waited
from tests.wire.client import wire

ACKNOWLEDGED_WITHIN_SECONDS = 3
"""Discord's own limit, after which somebody reads that the bot didn't respond."""


@pytest.mark.slow
async def test_five_hundred_interactions_in_a_second_are_acknowledged_and_none_is_lost(
    tmp_path: Path,
) -> None:
    people = crowd.askers(burst.EACH)
    await crowd.prepare(tmp_path / "state", people)
    async with wire() as discord:
        await crowd.join(discord, people)
        async with running(discord, PLUMBLINE, tmp_path) as bot:
            await burst.posted(discord, burst.EACH)
            acts = await burst.acts(discord, people)
            both = (bot.pid, int(await discord.call("pid")))
            before = sum(waited(pid) for pid in both)
            result = await burst.burst(discord, acts)
            elsewhere = sum(waited(pid) for pid in both) - before
            await burst.posted(discord, 2 * burst.EACH)
        untold = await burst.not_told_once(discord, people)
        printed = bot.output.read_text("utf-8")

    assert len(acts) == len(result.took) == 500
    assert (result.unacknowledged, result.unanswered) == (0, 0)
    # Other tests run at the same time, and they take the processor from the bot and from this Discord.
    assert result.longest - elsewhere < ACKNOWLEDGED_WITHIN_SECONDS
    assert not untold, "every ask that was sent is told to its friend, and told once"
    assert _rows(tmp_path, "SELECT count(*) FROM asks WHERE state = 'open'") == 2 * burst.EACH
    assert _rows(tmp_path, "SELECT count(*) FROM outbox WHERE kind = 'asks.asked' AND message_id > 0") == (
        2 * burst.EACH
    )
    assert "Traceback" not in printed
    assert " ERROR " not in printed


def _rows(where: Path, statement: str) -> int:
    with closing(open_file(where / "state" / "plumbline.db")) as file:
        return int(file.execute(statement).fetchone()[0])
