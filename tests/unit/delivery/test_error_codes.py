"""One table says which of Discord's errors are passing and which are lasting."""

import pytest

from bot.delivery.error_codes import LASTS, MEANINGS, Meaning, hinders, meaning_of, outcome_of
from bot.delivery.outcome import Missing, Refused, Retry, Uncertain


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50001, Meaning.HINDERED),
        (403, 50013, Meaning.HINDERED),
        (404, 10003, Meaning.HINDERED),
        (400, 50001, Meaning.HINDERED),
        (403, 20009, Meaning.HINDERED),
        (403, 50007, Meaning.REFUSED),
        (400, 50008, Meaning.REFUSED),
        (400, 50035, Meaning.REFUSED),
        (400, 0, Meaning.REFUSED),
        (400, 99999, Meaning.REFUSED),
        (405, 0, Meaning.REFUSED),
        (413, 40005, Meaning.REFUSED),
        (404, 10007, Meaning.MISSING),
        (404, 10008, Meaning.MISSING),
        (404, 10013, Meaning.MISSING),
        (401, 0, Meaning.PASSING),
        (403, 0, Meaning.PASSING),
        (404, 0, Meaning.PASSING),
        (429, 0, Meaning.PASSING),
        (429, 31002, Meaning.PASSING),
        (403, 40333, Meaning.PASSING),
        (503, 130000, Meaning.PASSING),
        (500, 0, Meaning.UNKNOWN),
        (502, 0, Meaning.UNKNOWN),
        (503, 0, Meaning.UNKNOWN),
        (599, 0, Meaning.UNKNOWN),
    ],
)
def test_an_error_is_looked_up_by_its_status_and_code(status: int, code: int, meaning: Meaning) -> None:
    assert meaning_of(status, code) is meaning


@pytest.mark.parametrize(("status", "code"), [(s, c) for s, c in MEANINGS if c is None or c >= 10_000])
def test_every_row_of_the_table_is_reached(status: int | None, code: int | None) -> None:
    shown = (status or 403, 99998 if code is None else code)

    assert meaning_of(*shown) is MEANINGS[status, code]


def test_each_meaning_has_its_outcome_with_the_code_or_else_the_status() -> None:
    assert outcome_of(403, 50001) == Retry(code=50001, lasting_after=LASTS)
    assert outcome_of(403, 50007) == Refused(50007)
    assert outcome_of(404, 10013) == Missing(10013)
    assert outcome_of(502, 0) == Uncertain(502)
    assert outcome_of(401, 0).code == 401


def test_only_what_a_channel_can_allow_again_is_called_a_hindrance() -> None:
    assert hinders(50001)
    assert hinders(50013)
    assert not hinders(50008)
    assert not hinders(503)
    assert not hinders(None)
