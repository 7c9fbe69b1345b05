"""One table says which of Discord's errors are passing and which are lasting."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.delivery.error_codes import LASTS, MEANINGS, outcome_of
from bot.delivery.outcome import Failure, Missing, Refused, Retry, Uncertain

PASSING, HINDERED, UNKNOWN, REFUSED, MISSING = (
    Retry(), Retry(lasting_after=LASTS), Uncertain(), Refused(), Missing(),
)  # fmt: skip


def meant(status: int, code: int) -> Failure:
    """Return the outcome without what is particular to this code."""
    found = replace(outcome_of(status, code), code=None)
    return replace(found, after=timedelta(0)) if isinstance(found, Retry) else found


@pytest.mark.parametrize(
    ("status", "code", "meaning"),
    [
        (403, 50001, HINDERED),
        (403, 50013, HINDERED),
        (404, 10003, HINDERED),
        (400, 50001, HINDERED),
        (403, 20009, HINDERED),
        (403, 50007, REFUSED),
        (400, 50008, REFUSED),
        (400, 50035, REFUSED),
        (400, 0, REFUSED),
        (400, 99999, REFUSED),
        (405, 0, REFUSED),
        (413, 40005, REFUSED),
        (404, 10007, MISSING),
        (404, 10008, MISSING),
        (404, 10013, MISSING),
        (401, 0, PASSING),
        (403, 0, PASSING),
        (404, 0, PASSING),
        (429, 0, PASSING),
        (429, 31002, PASSING),
        (403, 40333, PASSING),
        (503, 130000, PASSING),
        (500, 0, UNKNOWN),
        (502, 0, UNKNOWN),
        (503, 0, UNKNOWN),
        (599, 0, UNKNOWN),
    ],
)
def test_an_error_is_looked_up_by_its_status_and_code(status: int, code: int, meaning: Failure) -> None:
    assert meant(status, code) == meaning


@pytest.mark.parametrize(("status", "code"), [(s, c) for s, c in MEANINGS if c is None or c >= 10_000])
def test_every_row_of_the_table_is_reached(status: int | None, code: int | None) -> None:
    shown = (status or 403, 99998 if code is None else code)

    assert meant(*shown) == MEANINGS[status, code]


def test_each_meaning_has_its_outcome_with_the_code_or_else_the_status() -> None:
    assert outcome_of(403, 50001) == Retry(code=50001, lasting_after=LASTS)
    assert outcome_of(403, 50007) == Refused(50007)
    assert outcome_of(404, 10013) == Missing(10013)
    assert outcome_of(502, 0) == Uncertain(502)
    assert outcome_of(401, 0).code == 401
