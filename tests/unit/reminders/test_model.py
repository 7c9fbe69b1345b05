"""A reminder's default settings, its change of cadence, and the stored form of what a post shows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.ids import PersonId, ServerId, new_id
from bot.reminders.models import Expected, Reminder, ReminderKind, ReminderState, RotationTurn
from bot.scheduling.cadence import LAST, Cadence

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
ONE = Reminder.fresh(ServerId(1), ReminderKind.NORM, 2, "UTC", PersonId("mo"), NOW)


def test_a_new_reminder_has_the_default_settings() -> None:
    assert (ONE.cadence, ONE.day, ONE.minute, ONE.at_least) == (Cadence.WEEKLY, 4, 18 * 60, 20)
    assert ONE.state is ReminderState.NEW
    assert ONE.quiet is not None
    assert (ONE.quiet.start.hour, ONE.quiet.end.hour) == (22, 8)


def test_a_reminder_before_events_needs_no_messages_in_its_channel() -> None:
    assert Reminder.fresh(ServerId(1), ReminderKind.EVENT, 2, "UTC", PersonId("mo"), NOW).at_least == 0


@pytest.mark.parametrize(
    ("was", "day", "then", "becomes"),
    [
        (Cadence.WEEKLY, 6, Cadence.FORTNIGHT, 6),
        (Cadence.FORTNIGHT, 2, Cadence.WEEKLY, 2),
        (Cadence.WEEKLY, 3, Cadence.MONTHLY, 1),
        (Cadence.MONTHLY, LAST, Cadence.WEEKLY, 4),
        (Cadence.MONTHLY, 3, Cadence.FORTNIGHT, 4),
        (Cadence.MONTHLY, 15, Cadence.MONTHLY, 15),
    ],
)
def test_a_new_cadence_keeps_the_day_if_it_means_the_same_and_else_takes_a_default_day(
    was: Cadence, day: int, then: Cadence, becomes: int
) -> None:
    moved = replace(ONE, cadence=was, day=day).every(then)
    assert (moved.cadence, moved.day) == (then, becomes)


@given(
    st.builds(new_id),
    st.builds(new_id),
    st.integers(min_value=1, max_value=2**63 - 1),
    st.integers(min_value=1, max_value=2**40),
)
def test_a_turn_is_read_as_it_was_written(version: str, key: str, event: int, begins: int) -> None:
    for turn in (
        RotationTurn(key),
        RotationTurn(key, version),
        RotationTurn(key, version, event),
        RotationTurn(key, version, event, begins),
    ):
        assert RotationTurn.read(turn.detail) == turn


def test_a_turn_is_shown_before_one_occurrence_only() -> None:
    expected = Expected("e1", "r1", 77, NOW)
    turn = RotationTurn("listen", "v1").of(77, NOW)
    assert turn.before(expected)
    assert not turn.before(replace(expected, starts_at=NOW + timedelta(weeks=1)))
    assert not turn.before(replace(expected, event=78))
    assert RotationTurn.read("v1.listen.77").before(expected), "an older version stored no start"


def test_a_norm_is_named_by_its_version_and_its_key() -> None:
    assert RotationTurn("listen", "v1").detail == "v1.listen"
    assert RotationTurn("listen", "v1").of(77, NOW).detail == f"v1.listen.77.{int(NOW.timestamp())}"
    assert RotationTurn("second_date").detail == "second_date"
