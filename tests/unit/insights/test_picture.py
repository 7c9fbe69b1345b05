"""Past months, as a picture and in words."""

import struct

import pytest

from bot.insights.models import Month
from bot.ui import drawing
from cogs.manage.insights import cards, picture, strings

YEAR = [
    Month(f"2026-{month:02}", 5 * month, 100 - 5 * month, 5 * (month % 3), 1000) for month in range(1, 13)
]


@pytest.mark.parametrize(
    "shown", [YEAR, YEAR[:1], [Month("2026-11", 0, 0, 0, 0), Month("2026-12", 10, None, None, 0)]]
)
@pytest.mark.slow
def test_the_picture_is_a_png_of_the_same_size_for_any_number_of_months(shown: list[Month]) -> None:
    png = picture.drawn(shown)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (720, 720)


@pytest.mark.slow
def test_each_count_changes_the_picture_and_a_seventh_month_does_not() -> None:
    none = picture.drawn([Month("2026-11", 0, 0, 0, 0)])
    others = [Month("2026-11", *(5 * (place == one) for place in range(4))) for one in range(4)]
    assert len({none, *(picture.drawn([one]) for one in others)}) == 5
    assert picture.drawn([Month("2025-12", 50, 50, 50, 50), *YEAR]) == picture.drawn(YEAR)


@pytest.mark.parametrize("colour", [drawing.BLUE, drawing.INK, drawing.GREY])
def test_what_is_drawn_has_enough_contrast_with_the_background(colour: str) -> None:
    """WCAG asks for a contrast of 3 to 1. The picture has its own background, whatever Discord's theme is."""
    light, dark = sorted((_luminance(drawing.GROUND), _luminance(colour)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_in_words_a_count_of_zero_is_shown_as_fewer_than_ten_and_what_was_not_counted_is_left_out() -> None:
    assert cards.in_words([Month("2026-10", 10, None, None, 15), Month("2026-11", 0, 0, 0, 0)]) == [
        "**November 2026**\nfewer than 10 members in, fewer than 10 people who asked, "
        "fewer than 10 people in pairs, fewer than 10 reminders",
        "**October 2026**\n10 members in, 15 reminders",
    ]


def test_a_year_in_words_fits_a_card() -> None:
    few = [Month(f"2026-{month:02}", 0, 0, 0, 0) for month in range(1, 13)]
    assert len("\n".join(cards.in_words(few))) + len(strings.SMALL) < 3000
    assert "December 2026" in cards.alt(YEAR)
