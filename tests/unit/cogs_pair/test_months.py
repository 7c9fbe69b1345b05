"""The history of somebody's own months, in words."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import About
from cogs.pair import wording
from cogs.pair.months import cards
from tests.unit.cogs_pair.conftest import Months_


def test_each_month_is_one_line_with_every_answer(months: Months_) -> None:
    shown = months(
        {
            date(2026, 11, 1): CheckInStatus.ON_TRACK,
            date(2026, 11, 8): CheckInStatus.HARD,
            date(2026, 11, 15): CheckInStatus.SLIPPED,
            date(2026, 11, 22): CheckInStatus.SKIP,
            date(2027, 1, 3): None,
            date(2027, 1, 10): CheckInStatus.UNASKED,
        },
        count=3,
        about=About.HABIT,
    )
    assert cards.in_words(shown) == [
        "**November 2026** · 1: on track, 8: hard, 15: slipped up, 22: skipped",
        "**December 2026** · no check-in",
        "**January 2027** · 3: no answer, 10: not asked",
    ]
    assert cards.spanned(shown) == [(2026, 10), (2026, 11), (2027, 0)]


@pytest.mark.parametrize("about", [*About, None])
def test_every_answer_has_its_own_word(about: About | None) -> None:
    told = [wording.looking_back(status, about) for status in (*CheckInStatus, None)]
    assert len(set(told)) == len(told)


def test_only_about_a_habit_one_slips_up() -> None:
    for status in (*CheckInStatus, None):
        for about in (About.PEOPLE, None):
            assert "slip" not in wording.looking_back(status, about).lower()
    for about, said in ((About.HABIT, True), (About.PEOPLE, False), (None, False)):
        assert ("slip" in wording.answer(CheckInStatus.SLIPPED, about)) is said
        assert wording.noted(CheckInStatus.SLIPPED, about)


def test_the_picture_has_a_description_for_people_who_cannot_see_it(months: Months_) -> None:
    every_day = {date(2026, 7, 1) + timedelta(days=ahead): CheckInStatus.ON_TRACK for ahead in range(92)}
    for answers, count in (({date(2026, 7, 5): CheckInStatus.HARD}, 1), (every_day, 3)):
        said = cards.alt(months(answers, count=count))
        assert said.startswith("Your check-ins, a row for each month. July 2026 · ")
        assert "*" not in said
        assert len(said) <= 1024


def test_the_card_has_buttons_to_earlier_and_later_months(months: Months_) -> None:
    shown = months({date(2026, 1, 11): CheckInStatus.HARD}, name="B*o")
    for earlier, later, labels in (
        (False, False, set()),
        (True, False, {"Earlier"}),
        (False, True, {"Later"}),
        (True, True, {"Earlier", "Later"}),
    ):
        card = cards.months(replace(shown, earlier=earlier, later=later), 2)
        buttons = {button.label: button.custom_id for row in card.rows for button in row}  # type: ignore[union-attr]  # this card's rows hold buttons alone
        assert labels == set(buttons) & {"Earlier", "Later"}
        if earlier:
            assert buttons["Earlier"] == "v1:pairs.history:pair-id.3"
        if later:
            assert buttons["Later"] == "v1:pairs.history:pair-id.1"
        assert "B\\*o" in card.title
