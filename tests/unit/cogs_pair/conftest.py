"""Fixtures that make months and views of a pair without a database."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.ids import PersonId, ServerId
from bot.pairs import due_times
from bot.pairs.check_in import CheckIn, CheckInStatus
from bot.pairs.models import About, Pair, PairState, PairText, Side
from bot.pairs.queries import Months, PairView
from bot.pairs.schedule import PairSchedule

ANA, BO, SERVER = PersonId("ana-id"), PersonId("bo-id"), ServerId(7)
NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)

Months_ = Callable[..., Months]
View_ = Callable[..., PairView]


def _pair(schedule: PairSchedule, starts_on: date) -> Pair:
    ends_on = schedule.last_on(starts_on, schedule.rounds)
    return Pair(
        "pair-id",
        SERVER,
        ANA,
        BO,
        NOW,
        schedule,
        PairState.RUNNING,
        NOW,
        starts_on=starts_on,
        ends_on=ends_on,
    )


@pytest.fixture
def months() -> Months_:
    def make(
        answers: Mapping[date, CheckInStatus | None],
        *,
        count: int = 1,
        name: str = "Bo",
        about: About | None = None,
    ) -> Months:
        """Return what was answered on which day, for `count` months from the month of the first answer."""
        first = min(answers)
        asked = [
            CheckIn(
                f"one-{day}", "pair-id", "side-id", SERVER, ANA, BO, day, 0,
                NOW, NOW + timedelta(days=7), status=status,
            )
            for day, status in sorted(answers.items())
        ]  # fmt: skip
        pair = _pair(PairSchedule(), date(2026, 1, 11))
        month = (first.year, first.month)
        return Months(pair, name, month, count, asked, earlier=False, later=False, about=about)

    return make


@pytest.fixture
def view() -> View_:
    def make(schedule: PairSchedule, zone: str = "Europe/Berlin", *, scheduled: bool = True) -> PairView:
        """Return a view of a pair before its first check-in, in January 2026, which is due if `scheduled`."""
        starts_on = schedule.first_on(date(2026, 1, 9))
        side = Side("side-id", "pair-id", ANA, zone, 0)
        if scheduled:
            at = due_times.at(schedule, zone, starts_on)
            side = Side("side-id", "pair-id", ANA, zone, 0, next_day=starts_on, next_at=at)
        return PairView(_pair(schedule, starts_on), side, "Bo", PairText("my aim"), PairText("their aim"))

    return make
