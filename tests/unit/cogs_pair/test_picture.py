"""The picture of somebody's own months."""

import struct
from datetime import date, timedelta
from itertools import combinations

import pytest

from bot.pairs.check_in import CheckInStatus
from bot.ui import drawing
from cogs.pair.months import picture
from tests.unit.cogs_pair.conftest import Months_

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DAY = date(2026, 1, 11)


def size(png: bytes) -> tuple[int, int]:
    """Return the width and the height from the header of the PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def brightness(colour: str) -> float:
    """Return how light a colour is, whatever its hue, from 0 to 255 (ITU-R BT.601)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("every", [7, 3])
def test_the_picture_is_as_wide_as_a_phone_shows_it_and_not_higher(
    months: Months_, count: int, every: int
) -> None:
    """A phone shows it about 350 pixels wide, so its letters are made half as large as they are drawn."""
    said = [*CheckInStatus, None]
    days = range(0, 30 * count, every)
    asked = {DAY + timedelta(days=day): said[day % len(said)] for day in days}
    png = picture.drawn(months(asked, count=count))
    assert png.startswith(SIGNATURE)
    width, height = size(png)
    assert width == 630
    assert height <= width
    assert 3_000 < len(png) < 150_000


def test_no_mark_is_red_or_a_warning_sign() -> None:
    """An honest answer is no alarm."""
    for mark in picture._MARKS.values():
        red, _, blue = (int(mark.colour[place : place + 2], 16) for place in (1, 3, 5))
        assert red <= blue
        assert mark.form in "osD"


@pytest.mark.slow
def test_different_answers_give_different_pictures_and_the_same_answer_the_same_one(months: Months_) -> None:
    drawn = {status: picture.drawn(months({DAY: status})) for status in (*CheckInStatus, None)}
    assert len(set(drawn.values())) == len(drawn)
    assert picture.drawn(months({DAY: CheckInStatus.HARD})) == drawn[CheckInStatus.HARD]
    assert picture.drawn(months({DAY + timedelta(days=1): CheckInStatus.HARD})) != drawn[CheckInStatus.HARD]


def test_the_picture_does_not_contain_the_name_of_the_partner(months: Months_) -> None:
    answers = {DAY: CheckInStatus.SLIPPED}
    assert picture.drawn(months(answers, name="Bo")) == picture.drawn(months(answers, name="Somebody else"))


def test_every_answer_has_a_mark_that_differs_even_without_its_colour() -> None:
    marks = picture._MARKS
    assert set(marks) == {*CheckInStatus, None}
    forms = [(mark.form, mark.full, mark.line) for mark in marks.values()]
    assert len(set(forms)) == len(forms)


def test_the_colours_of_on_track_hard_and_slipped_differ_clearly_in_brightness() -> None:
    said = [
        picture._MARKS[status].colour
        for status in (CheckInStatus.ON_TRACK, CheckInStatus.HARD, CheckInStatus.SLIPPED)
    ]
    assert len(set(said)) == 3
    for one, other in combinations(said, 2):
        assert abs(brightness(one) - brightness(other)) > 20


def test_the_number_of_a_day_can_be_read_on_every_mark() -> None:
    for mark in picture._MARKS.values():
        below = brightness(mark.colour if mark.full else drawing.GROUND)
        ink = brightness(drawing.INK if mark.dark else drawing.GROUND)
        assert abs(below - ink) > 100
