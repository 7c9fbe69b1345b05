"""500 interactions in one second, against a bot which only acknowledges them; and the time until READY."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure
from tests.load import burst, crowd
from tests.load.burst import Act
from tests.load.crowd import Asker
from tests.load.processes import ACKNOWLEDGING, PLUMBLINE, running
from tests.wire.client import Wire, wire

BURSTS = 9
STARTS = 9
WARMING = 25
"""So many people run `/about` before each burst, since a bot has usually answered somebody before."""


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst. `cpu`: seconds until everything was answered; `delivered`: until all messages had come."""

    longest: float
    lost: int
    cpu: float
    delivered: float


async def measured(where: Path) -> list[Figure]:
    """Measure both bots in turn, in one Discord, with the same people and messages."""
    people = crowd.askers(BURSTS * burst.EACH)
    await crowd.prepare(where / "state", people)
    async with wire() as discord:
        await crowd.join(discord, people)
        async with running(discord, PLUMBLINE, where):
            await burst.posted(discord, len(people))
            acts = await burst.acts(discord, people)
        size = len(acts) // BURSTS
        bare, ours = [], []
        for number in range(BURSTS):
            mine = acts[number * size : (number + 1) * size]
            bare.append(await _acknowledged(discord, where, mine))
            ours.append(
                await _answered(discord, where, mine, people, len(people) + (number + 1) * burst.EACH)
            )
        untold = await burst.not_told_once(discord, people)
        return [*_told(bare, ours, len(untold)), *await _started(discord, where)]


async def _acknowledged(discord: Wire, where: Path, acts: list[Act]) -> float:
    """Return the seconds of processor time that the acknowledging bot needs."""
    async with running(discord, ACKNOWLEDGING, where) as bot:
        await _warmed(discord, acts)
        before = bot.cpu
        await burst.burst(discord, acts, until="acked")
        return bot.cpu - before


async def _answered(discord: Wire, where: Path, acts: list[Act], people: list[Asker], messages: int) -> Burst:
    _forget_logins(where)
    async with running(discord, PLUMBLINE, where) as bot:
        await _warmed(discord, acts)
        before = bot.cpu
        result = await burst.burst(discord, acts)
        answered = bot.cpu - before
        await burst.posted(discord, messages)
        return Burst(result.longest, result.unanswered, answered, bot.cpu - before)


async def _warmed(discord: Wire, acts: list[Act]) -> None:
    helps = [act for act in acts if act.get("path") == "help"]
    ids = await discord.act([{**act, "path": "about"} for act in helps[:WARMING]])
    await asyncio.gather(*(discord.interaction(id, "acked") for id in ids))


async def _started(discord: Wire, where: Path) -> list[Figure]:
    """Return the time from the start of each process until Discord has sent READY and the servers."""
    bare, ours = [], []
    for _ in range(STARTS):
        _forget_logins(where)
        async with running(discord, ACKNOWLEDGING, where) as bot:
            bare.append(bot.started_in)
        async with running(discord, PLUMBLINE, where) as bot:
            ours.append(bot.started_in)
    return [
        Figure(
            "start to READY, against a bot that only acknowledges", median(ours) / median(bare), "times", 3
        ),
        Figure("start to READY", median(ours) * 1000, "ms"),
        Figure("start of a bot that only acknowledges to READY", median(bare) * 1000, "ms"),
    ]


def _told(bare: list[float], ours: list[Burst], untold: int) -> list[Figure]:
    ratio = median(one.cpu / least for one, least in zip(ours, bare, strict=True))
    delivered = median(one.delivered / least for one, least in zip(ours, bare, strict=True))
    longest, lost = max(one.longest for one in ours), sum(one.lost for one in ours) + untold
    return [
        Figure("500 interactions in a second, CPU against a bot that only acknowledges", ratio, "times", 8),
        Figure("the same, until the messages that follow are delivered", delivered, "times"),
        Figure("500 interactions in a second, the longest until acknowledged", longest, "s", 3),
        Figure("500 interactions in a second, never answered or not told once", lost, "of them", 0),
        Figure("500 interactions in a second", median(one.cpu for one in ours), "s of CPU"),
        Figure("500 interactions in a second, only acknowledged", median(bare), "s of CPU"),
    ]


def _forget_logins(where: Path) -> None:
    """Let no pause follow from so many starts in so short a time."""
    (where / "state" / "starts").unlink(missing_ok=True)
