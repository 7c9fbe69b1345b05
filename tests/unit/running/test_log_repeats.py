"""What is logged again and again is written once a minute, and the others are counted."""

import json
import logging
from collections.abc import Callable

import pytest

from bot import logs
from bot.log_repeats import MOST_REMEMBERED, WINDOW_SECONDS, CollapsingHandler, Repeats

LOG = logging.getLogger("discord.somewhere")


def record(text: str, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("discord.x", level, "x.py", 1, text, (), None)


def written(repeats: Repeats, text: str, now: float) -> list[str]:
    passed = repeats.pass_on(record(text), now)
    return [f"{one.getMessage()} +{getattr(one, 'more_like_it', 0)}" for one in passed]


def test_the_first_of_many_is_written_and_the_others_are_counted() -> None:
    repeats = Repeats()

    assert written(repeats, "lost", 0) == ["lost +0"]
    assert [written(repeats, "lost", second) for second in range(1, 15)] == [[]] * 14
    assert written(repeats, "another", 15) == ["another +0"]
    assert written(repeats, "another", WINDOW_SECONDS) == ["lost +14"]


def test_after_a_minute_the_same_is_written_again() -> None:
    repeats = Repeats()
    written(repeats, "lost", 0)
    written(repeats, "lost", 1)

    assert written(repeats, "lost", WINDOW_SECONDS) == ["lost +1", "lost +0"]
    assert written(repeats, "lost", 2 * WINDOW_SECONDS) == ["lost +0"]


def test_what_differs_in_its_level_or_its_text_is_not_the_same() -> None:
    repeats = Repeats()
    written(repeats, "lost", 0)

    assert [*repeats.pass_on(record("lost", logging.ERROR), 1)]
    assert written(repeats, "lost at 2", 1) == ["lost at 2 +0"]


def test_only_so_many_different_ones_are_remembered_and_no_count_is_lost() -> None:
    repeats = Repeats()
    written(repeats, "first", 0)
    written(repeats, "first", 0)
    sums = [line for at in range(10 * MOST_REMEMBERED) for line in written(repeats, f"{at}", 1)]

    assert len(repeats._remembered) == MOST_REMEMBERED
    assert "first +1" in sums
    assert sum(line.endswith("+0") for line in sums) == 10 * MOST_REMEMBERED


def test_what_is_still_counted_at_the_end_is_told() -> None:
    repeats = Repeats()
    for _ in range(3):
        written(repeats, "lost", 0)

    assert [one.getMessage() for one in repeats.all_over()] == ["lost"]
    assert not [*repeats.all_over()]


def test_what_is_critical_is_always_written(capsys: pytest.CaptureFixture[str]) -> None:
    handler = CollapsingHandler()
    for _ in range(3):
        handler.handle(record("it broke", logging.CRITICAL))

    assert capsys.readouterr().err == "it broke\n" * 3


def test_a_record_that_cannot_be_written_does_not_show_what_is_in_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    broken = logging.LogRecord("discord.x", logging.ERROR, "x.py", 7, "%d of %d", ("canary",), None)
    CollapsingHandler().handle(broken)

    assert capsys.readouterr().err == "A log record of x line 7 could not be written\n"


Said = Callable[[], str]


@pytest.mark.parametrize("format", ["text", "json"])
def test_the_sum_is_a_line_like_the_others(said: Said, format: str) -> None:
    logs.begin("INFO", format)
    for _ in range(15):
        try:
            raise ValueError
        except ValueError:
            LOG.exception("It failed")
    logging.getLogger().handlers[0].close()

    lines = said().splitlines()
    if format == "json":
        first, last = (json.loads(line) for line in lines)
        assert first["traceback"].endswith("ValueError")
        assert last["message"] == "It failed (and 14 more like it in the last minute)"
        assert "traceback" not in last
    else:
        assert "It failed (and 14 more like it in the last minute)" in lines[-1]
        assert sum("It failed" in line for line in lines) == 2
