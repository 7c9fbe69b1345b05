"""Whatever happens to a weekly event, an occurrence gets one reminder at most, and none if it is off."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.delivery.channel_post import PostOutcome
from bot.reminders.models import Recurrence, ReminderKind, RotationTurn, ScheduledEvent
from bot.reminders.occurrences import occurrence_id, ruled_start
from tests.unit.pods.fixtures import utc
from tests.unit.reminders.fixtures import Harness

GAMES = utc(2026, 1, 9, 18)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
HALF_AN_HOUR = timedelta(minutes=30)
WEEKS = 8
IDS = [occurrence_id(GAMES + week * WEEK) for week in range(WEEKS + 2)]


@dataclass
class Discord:
    """A weekly event as Discord has it, with what random people do to it."""

    random: Random
    start: datetime = GAMES
    begun: bool = False
    exceptions: dict[int, datetime | None] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)

    def event(self) -> ScheduledEvent:
        rule = Recurrence(GAMES, 2)
        return ScheduledEvent(5, self.start, True, self.begun, rule, dict(self.exceptions))

    def starts(self, id: int) -> datetime | None:
        return self.exceptions.get(id, ruled_start(id))

    def act(self) -> None:
        """Cancel, move or restore this week's occurrence or the next one."""
        id = occurrence_id(self.start + self.random.choice([0, 1]) * WEEK)
        self.touched.add(id)
        match self.random.choice(["cancel", "move", "restore"]):
            case "cancel":
                self.exceptions[id] = None
            case "move":
                self.exceptions[id] = ruled_start(id) + self.random.randint(-40, 40) * HOUR
            case "restore":
                self.exceptions.pop(id, None)


async def posts(harness: Harness, discord: Discord, came: Counter[int]) -> None:
    """Post what waits, as long as it is of use, and note of which occurrence it reminds."""
    for post in await harness.on_its_way():
        begins = RotationTurn.read(post.detail).begins
        about = [id for id in IDS if (at := discord.starts(id)) is not None and at.timestamp() == begins]
        assert about, "this occurrence was cancelled or moved"
        came[about[0]] += 1
        late = post.until is not None and post.until <= harness.now
        await harness.becomes(post, PostOutcome.LATE if late else PostOutcome.UP)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
async def test_each_occurrence_gets_one_reminder_at_most_whatever_happens(
    harness: Harness, seed: int
) -> None:
    random = Random(seed)
    discord, came = Discord(random), Counter[int]()
    await harness.agree()
    await harness.add(ReminderKind.EVENT, quiet_from=None, before=random.choice([60, 120, 1440]))
    await harness.see(discord.event())
    for number in range(WEEKS * 7 * 24 * 2):
        await harness.wait_until(harness.now + HALF_AN_HOUR)
        if (begun := harness.now >= discord.start) and (discord.begun or random.random() < 0.5):
            # Discord says that it has begun, or at once that the next one follows.
            discord.start, discord.begun = discord.start + WEEK, False
            await harness.see(discord.event())
        elif begun:
            discord.begun = True
            await harness.see(discord.event())
        elif random.random() < 0.01:
            discord.act()
            await harness.see(discord.event(), whole=random.random() < 0.3)
        if number % 2:
            await posts(harness, discord, came)

    assert max(came.values()) == 1
    over = {id for id in IDS if ruled_start(id) < harness.now}
    assert over - discord.touched <= came.keys()
    assert len(came) > 2
