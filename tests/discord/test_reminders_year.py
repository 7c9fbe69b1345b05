"""A year of reminders on the pretend clock: only the expected ones come, and each replaces its last one."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient, demo_client
from bot.reminders.models import ReminderKind
from bot.scheduling.cadence import Cadence
from tests.discord.reminding import ASK, WATER, agreed, event, move, on, said, until

pytestmark = pytest.mark.uncounted

BERLIN = ZoneInfo("Europe/Berlin")
# The clocks go forward three weeks after this, back in October, and forward again after the 52 weeks.
START = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEEKS, NEEDED = 52, 5
STEP = timedelta(hours=12)
"""Every message stays for at least this long, so a look at each step sees them all."""
PACED = timedelta(seconds=3)
"""A post may be this late, because looking, deleting and sending wait for one another."""
CANCELLED = 4


def berlin(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def talk(week: int) -> int:
    """Return how many messages people write in this week: none in some weeks, few in others."""
    return (7, 2, 2, 6, 0, 12, 4)[week % 7]


# -- what should come -----------------------------------------------------------------------------------


def weekly() -> list[tuple[datetime, str]]:
    """Return the expected norms, two in turn: Fridays at 18:00, if five messages came since the last norm."""
    found: list[tuple[datetime, str]] = []
    since = 0
    for week in range(WEEKS):
        friday = date(2026, 3, 6) + timedelta(weeks=week)
        since += talk(week)
        if not found or since >= NEEDED:
            at = datetime.combine(friday, time(18), BERLIN).astimezone(UTC)
            found.append((at, f"norm {(ASK, WATER)[len(found) % 2].title}"))
            since = 0
    return found


def monthly() -> list[tuple[datetime, str]]:
    """Return the expected stories: 23:00 on the 15th is in quiet hours, so they come at 08:00 on the 16th."""
    months = [(2026, month) for month in range(3, 13)] + [(2027, 1), (2027, 2)]
    return [(berlin(month, 16, 8, year=year), "story") for year, month in months]


def before_events() -> list[tuple[datetime, str]]:
    """Return the expected norms before events, two in turn.

    Each comes an hour before its event, or as soon after that as it can. Before an event in quiet hours
    none comes.
    """
    times = [
        (berlin(3, 28, 18), "the night before"),
        (berlin(3, 29, 11), "the day of the change"),
        (berlin(5, 9, 19), "moved, later"),
        (berlin(5, 29, 19), "moved, earlier"),
        (berlin(7, 4, 8), "early"),
        (berlin(8, 1, 19), "told, then moved"),
        (berlin(9, 12, 14), "at short notice"),
        (berlin(10, 25, 11), "the other change"),
        (berlin(12, 31, 21), "New Year"),
    ]
    return [(at, f"before {name}: {(ASK, WATER)[turn % 2].title}") for turn, (at, name) in enumerate(times)]


# -- the year -------------------------------------------------------------------------------------------


def happenings(demo: DemoClient) -> dict[datetime, Callable[[], object]]:
    """Return what happens to the server's events, and when."""
    ids: dict[str, int] = {}

    def make(name: str, *at: int) -> None:
        ids[name] = event(demo, name, *at)

    def moves(name: str, *at: int) -> Callable[[], object]:
        return lambda: move(demo, ids[name], *at)

    def first() -> None:
        make("the night before", 2026, 3, 28, 18)
        make("the day of the change", 2026, 3, 29, 10)
        make("moved, later", 2026, 5, 2, 18)
        make("moved, earlier", 2026, 6, 12, 18)
        make("cancelled", 2026, 6, 6, 18)
        make("called off", 2026, 6, 13, 18)

    def summer() -> None:
        make("early", 2026, 7, 4, 6, 30)
        make("too early", 2026, 7, 11, 5)
        make("told, then moved", 2026, 8, 1, 18)

    def cancel() -> None:
        demo.env.backend.delete_scheduled_event(demo.server.id, ids["cancelled"])
        demo.env.backend.edit_scheduled_event(demo.server.id, ids["called off"], {"status": CANCELLED})

    def autumn() -> None:
        make("the other change", 2026, 10, 25, 11)
        make("New Year", 2026, 12, 31, 21)

    return {
        berlin(3, 10, 13): first,
        berlin(4, 30, 13): moves("moved, later", 2026, 5, 9, 18),
        berlin(5, 20, 13): moves("moved, earlier", 2026, 5, 29, 18),
        berlin(6, 5, 13): cancel,
        berlin(7, 1, 13): summer,
        # This is half an hour after its reminder, and half an hour before it would begin.
        berlin(8, 1, 19, 30): moves("told, then moved", 2026, 8, 8, 18),
        # This event is created twenty minutes before it begins.
        berlin(9, 12, 14): lambda: make("at short notice", 2026, 9, 12, 12, 20),
        berlin(10, 1, 13): autumn,
    }


async def a_week(demo: DemoClient, ana: MemberActor, week: int) -> None:
    for number in range(talk(week)):
        await demo.say(ana, f"{week}.{number}")


def told(text: str) -> str:
    """Return which reminder a message belongs to, and what it shows."""
    title = next((norm.title for norm in (ASK, WATER) if norm.title in text), "")
    if "A short story:" in text:
        return "story"
    if "Before " in text:
        name = text.split("Before ")[1].split(":")[0].strip("\u2068\u2069")
        return f"before {name}: {title}"
    return f"norm {title}"


async def test_exactly_the_expected_reminders_are_posted_and_each_replaces_its_previous_one() -> None:
    async with demo_client(now=START) as demo:
        await agreed(demo)
        ana = await demo.member("ana")
        await on(demo, at_least=NEEDED)
        await on(demo, ReminderKind.STORY, cadence=Cadence.MONTHLY, day=15, minute=23 * 60, at_least=0)
        await on(demo, ReminderKind.EVENT)
        plan = happenings(demo)
        seen: dict[int, tuple[datetime, str]] = {}
        for step in range(WEEKS * 7 * 2):
            at = START + step * STEP
            if at.time() == time(12) and at.weekday() == START.weekday():
                await a_week(demo, ana, step // 14)
            for moment in [one for one in plan if at <= one < at + STEP]:
                await until(demo, moment)
                plan[moment]()
                await demo.settle()
            await until(demo, at + STEP)
            stands = said(demo)
            seen.update(stands)
            kinds = [told(text).split()[0] for _, text in stands.values()]
            assert len(kinds) == len(set(kinds)), "each has deleted its last"
        came = sorted((at, told(text)) for at, text in seen.values())
        due = sorted([*weekly(), *monthly(), *before_events()])
        assert [what for _, what in came] == [what for _, what in due]
        assert all(at <= sent < at + PACED for (at, _), (sent, _) in zip(due, came, strict=True))
        assert len(weekly()) < WEEKS - 10, "some weeks were too quiet"
        assert len({at.astimezone(BERLIN).utcoffset() for at, _ in came}) == 2
