"""How much the file of the database grows by what people do. No bars: it tells operators what to expect."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.app import Plumbline
from bot.asks.models import Answer
from bot.asks.tables import askings
from bot.ids import PersonId
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from tests.bench import fixtures
from tests.bench.figure import Figure
from tests.bench.fixtures import NOON, SERVER

MANY = 200
_SAID = "It may have stung more than you meant, and I would tell her so. " * 4
_ANSWER = Answer(_SAID, _SAID, _SAID, "A walk on Sunday")
_AIMS = PairText(_SAID, _SAID, _SAID, "UTC")


async def measured(where: Path) -> list[Figure]:
    bot = await fixtures.opened(where)
    drafts: list[tuple[PersonId, str]] = []

    async def friends(number: int) -> None:
        drafts.append(await fixtures.ready(bot.services, number))

    async def asked(number: int) -> None:
        by, draft = drafts[number]
        await bot.services.asks.send(by, draft, NOON)
        wanted = select(askings.c.id, askings.c.answerer).where(askings.c.ask == draft)
        for one in await bot.db.read(lambda tx: tx.all(wanted)):
            await bot.services.asks.answering.answer(PersonId(one.answerer), str(one.id), _ANSWER, NOON)

    async def planned(number: int) -> None:
        await fixtures.plans(bot, drafts[number][0], 1)

    try:
        return [
            Figure("somebody and three friends in their pod, with a draft", await _each(bot, friends), "KB"),
            Figure("an ask that is sent, with three answers", await _each(bot, asked), "KB"),
            Figure("a plan", await _each(bot, planned), "KB"),
            Figure("a pair with what both wrote", await _each(bot, partial(_pair, bot)), "KB"),
        ]
    finally:
        await bot.db.close()


async def _each(bot: Plumbline, do: Callable[[int], Awaitable[None]]) -> float:
    """Do it many times. Return by how many kilobytes the file has grown each time."""
    await bot.db.checkpoint()
    before = bot.db.path.stat().st_size
    for number in range(MANY):
        await do(number)
    await bot.db.checkpoint()
    return (bot.db.path.stat().st_size - before) / MANY / 1000


async def _pair(bot: Plumbline, number: int) -> None:
    one, other = (DiscordUser(7_000_000 + 2 * number + at, f"Partner {at}", SERVER) for at in range(2))
    persons = [await bot.services.people.meet(user, NOON) for user in (one, other)]
    proposals, schedule = bot.services.pairs.proposals, PairSchedule(Cadence.WEEKLY, 1, 600, 12)
    id = (await proposals.begin(persons[0], SERVER, schedule, other, NOON)).pair.id
    for person in persons:
        await proposals.write(person, id, _AIMS, "UTC")
        await proposals.send(person, id, NOON)
