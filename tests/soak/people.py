"""Who is there in a soak: friends who ask each other, pairs with check-ins, and people who try everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.ids import ServerId
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.services import Services
from tests.load import crowd
from tests.load.crowd import Asker, admit, met, name, opened
from tests.soak.traffic import Place
from tests.wire.client import Wire
from tests.wire.state import MANAGE_GUILD

ASKERS, PAIRS, WANDERERS, MODERATORS = 30, 60, 60, 6
POSTED_IN = 10
"""How many reminders each server has, which is the most that there can be."""
_PAIRED_FROM, _WANDERING_FROM = 3_000_000, 5_000_000
_LAST_MINUTE = 24 * 60 - 1
_AIMS = PairText("what I work on", "what you may see", "what you may say", "UTC")


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody, by what they do."""

    askers: Sequence[Asker]
    pairs: Sequence[tuple[int, int]]
    places: Sequence[Place]

    @property
    def paired(self) -> list[int]:
        return [account for pair in self.pairs for account in pair]


def population() -> Population:
    pairs = [(_PAIRED_FROM + 2 * number, _PAIRED_FROM + 2 * number + 1) for number in range(PAIRS)]
    firsts = [_WANDERING_FROM + number * WANDERERS for number in range(2)]
    places = [
        Place((10 + number) << 22, (20 + number) << 22, range(first, first + WANDERERS))
        for number, first in enumerate(firsts)
    ]
    return Population(crowd.askers(ASKERS), pairs, places)


async def join(discord: Wire, everybody: Population) -> None:
    await crowd.join(discord, everybody.askers)
    await admit(discord, crowd.SERVER, crowd.CHANNEL, everybody.paired)
    for place in everybody.places:
        moderators, others = place.people[:MODERATORS], place.people[MODERATORS:]
        await admit(discord, place.server, place.channel, moderators, MANAGE_GUILD)
        await admit(discord, place.server, place.channel, others)


async def prepare(state: Path, everybody: Population, minutes: int) -> None:
    """Make the database. Check-ins and posts become due one after the other in the next minutes."""
    await crowd.prepare(state, everybody.askers)
    bot = await opened(state)
    try:
        for number, pair in enumerate(everybody.pairs):
            await _pair(bot.services, pair, bot.now(), 1 + number * minutes // PAIRS)
        for place in everybody.places:
            await _reminders(bot.services, place, bot.now(), minutes)
            for account in place.people:
                await met(bot.services, account, bot.now(), place.server)
    finally:
        await bot.db.close()


def _in(minutes: int, now: datetime) -> int:
    """Return that minute of the day, or the last one of today."""
    return min(now.hour * 60 + now.minute + minutes, _LAST_MINUTE)


async def _pair(services: Services, pair: tuple[int, int], now: datetime, minutes: int) -> None:
    """Let two people have agreed on a pair two days ago, whose first check-in is in so many minutes."""
    then, proposals, server = now - timedelta(days=2), services.pairs.proposals, ServerId(crowd.SERVER)
    by, other = [await met(services, account, then) for account in pair]
    schedule = PairSchedule(Cadence.WEEKLY, now.weekday(), _in(minutes, now), 12)
    partner = DiscordUser(pair[1], name(pair[1]), server)
    id = (await proposals.begin(by, server, schedule, partner, then)).pair.id
    for person in (by, other):
        await proposals.write(person, id, _AIMS, "UTC")
        await proposals.send(person, id, then)


async def _reminders(services: Services, place: Place, now: datetime, minutes: int) -> None:
    """Let stories be posted, which are due one after the other."""
    moderator, server = await met(services, place.people[0], now, place.server), ServerId(place.server)
    for number in range(POSTED_IN):
        shown = await services.reminders.add(server, moderator, ReminderKind.STORY, place.channel, "UTC", now)
        when = {
            "day": now.weekday(), "minute": _in(1 + number * minutes // POSTED_IN, now), "at_least": 0,
            "quiet_from": None, "quiet_to": None,
        }  # fmt: skip
        await services.reminders.change(server, shown.reminder.id, moderator, now, when)
        await services.reminders.resume(server, shown.reminder.id, moderator, now)
