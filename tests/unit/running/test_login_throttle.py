"""LoginThrottle: after many logins within a day, the next one waits."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.login_throttle import AT_ONCE, MOST_A_DAY, MOST_OF_ALL, Logins, LoginThrottle, TooManyLogins
from tests.disk_faults import no_file_grows

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
NONE = timedelta(0)


@pytest.fixture
def throttle(tmp_path: Path) -> LoginThrottle:
    return LoginThrottle(tmp_path / "starts")


def test_the_first_logins_need_no_pause(throttle: LoginThrottle) -> None:
    for _ in range(AT_ONCE):
        assert throttle.pause(NOON) == NONE
        throttle.logged_in(NOON)

    assert throttle.pause(NOON) > NONE


def test_in_a_crash_loop_the_pauses_grow_to_ten_minutes(throttle: LoginThrottle) -> None:
    now, pauses = NOON, []
    for _ in range(20):
        pause = throttle.pause(now)
        pauses.append(pause)
        now += pause
        throttle.logged_in(now)

    assert pauses[:10] == sorted(pauses[:10])
    assert max(pauses) <= timedelta(minutes=10)
    assert now - NOON > timedelta(hours=1)


def test_a_crash_loop_never_comes_near_a_thousand_logins_a_day(throttle: LoginThrottle) -> None:
    now, logins = NOON, 0
    while now < NOON + timedelta(days=1):
        try:
            now += throttle.pause(now)
            throttle.logged_in(now)
            logins += 1
        except TooManyLogins:
            break
        now += timedelta(seconds=1)

    assert logins <= MOST_A_DAY


def test_after_a_session_that_went_well_the_next_login_needs_no_pause(throttle: LoginThrottle) -> None:
    for _ in range(30):
        assert throttle.pause(NOON) == NONE
        throttle.logged_in(NOON)
        throttle.went_well(NOON)


@pytest.mark.slow
def test_after_two_hundred_logins_in_a_day_no_further_one_is_allowed(throttle: LoginThrottle) -> None:
    for _ in range(MOST_A_DAY):
        throttle.logged_in(NOON)
        throttle.went_well(NOON)

    with pytest.raises(TooManyLogins):
        throttle.pause(NOON)
    assert throttle.pause(NOON + timedelta(days=1)) == NONE


def test_logins_that_lie_in_the_future_are_ignored(throttle: LoginThrottle) -> None:
    for _ in range(MOST_A_DAY):
        throttle.logged_in(NOON + timedelta(days=400))

    assert throttle.pause(NOON) == NONE


@given(written=st.binary(max_size=200))
def test_a_damaged_file_counts_as_empty(tmp_path_factory: pytest.TempPathFactory, written: bytes) -> None:
    throttle = LoginThrottle(tmp_path_factory.mktemp("starts") / "starts")
    throttle.file.write_bytes(written)

    assert throttle.pause(NOON) == NONE
    throttle.logged_in(NOON)
    assert throttle.file.read_text() == f"{NOON.isoformat()}\n"


# -- when the file can't be written -----------------------------------------------------------------


def test_a_start_without_room_to_count_its_login_is_refused(throttle: LoginThrottle) -> None:
    throttle.logged_in(NOON)
    before = throttle.file.read_bytes()
    with no_file_grows(1000), pytest.raises(OSError, match="File too large"):
        throttle.require_room()
    throttle.require_room()

    assert throttle.file.read_bytes() == before
    assert [*throttle.file.parent.iterdir()] == [throttle.file]


async def test_logins_of_a_running_bot_are_counted_in_memory_until_they_can_be_written(
    throttle: LoginThrottle, caplog: pytest.LogCaptureFixture
) -> None:
    now = NOON
    logins = Logins(throttle, lambda: now)
    logins.made()
    with no_file_grows(10):
        for _ in range(AT_ONCE):
            now += timedelta(seconds=1)
            logins.made()
    assert len(throttle.file.read_text().splitlines()) == 1
    assert throttle.pause(now, 1, logins._unwritten) > NONE

    now += timedelta(minutes=5)
    logins.made()

    assert len(throttle.file.read_text().splitlines()) == AT_ONCE + 2
    assert not logins._unwritten
    assert "counted in memory" in caplog.text


async def test_a_running_bot_on_a_full_disk_does_not_log_in_too_often(throttle: LoginThrottle) -> None:
    now = NOON
    logins = Logins(throttle, lambda: now)
    with no_file_grows(10):
        for _ in range(MOST_A_DAY):
            logins.made()
            now += timedelta(seconds=1)
        with pytest.raises(TooManyLogins):
            async with logins.turn(1):
                raise AssertionError


def test_the_shards_of_an_earlier_run_are_known_at_the_next_start(throttle: LoginThrottle) -> None:
    for _ in range(4):
        assert throttle.pause(NOON) == NONE
        for _ in range(50):
            throttle.logged_in(NOON, shards=50)
        throttle.went_well(NOON)

    assert throttle.pause(NOON) == NONE


@pytest.mark.slow
def test_however_many_shards_there_are_the_logins_stay_below_a_thousand(throttle: LoginThrottle) -> None:
    for _ in range(MOST_OF_ALL):
        assert throttle.pause(NOON, 50) == NONE
        throttle.logged_in(NOON, shards=50)
        throttle.went_well(NOON)
    with pytest.raises(TooManyLogins) as refused:
        throttle.pause(NOON, 50)

    assert refused.value.until == NOON + timedelta(days=1)
    assert MOST_OF_ALL < 1000


def test_how_many_logins_are_left_counts_those_of_a_day_and_those_not_written_down(
    throttle: LoginThrottle,
) -> None:
    assert throttle.left(NOON) == MOST_A_DAY
    for back in (25, 23, 1):
        throttle.logged_in(NOON - timedelta(hours=back))

    assert throttle.left(NOON) == MOST_A_DAY - 2
    assert throttle.left(NOON, unwritten=[NOON]) == MOST_A_DAY - 3
    assert throttle.left(NOON, shards=100) == MOST_OF_ALL - 2
