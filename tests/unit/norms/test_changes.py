"""The differences between two sets of norms, as the shortest list that explains them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.norms.changes import changes
from bot.norms.models import ChangeKind, Norm
from tests.unit.norms.fixtures import norm

A, B, C, D = map(norm, "abcd")


def told(before: list[Norm], after: list[Norm]) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.norm.key) for one in changes(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [A, B], [(ChangeKind.ADDED, "a"), (ChangeKind.ADDED, "b")]),
        ([A, B], [A, B], []),
        ([A, B], [B], [(ChangeKind.RETIRED, "a")]),
        ([A, B, C, D], [B, C, D, A], [(ChangeKind.MOVED, "a")]),
        ([A, B, C, D], [D, A, B, C], [(ChangeKind.MOVED, "d")]),
        (
            [A, B, C],
            [C, norm("x")],
            [(ChangeKind.ADDED, "x"), (ChangeKind.RETIRED, "a"), (ChangeKind.RETIRED, "b")],
        ),
    ],
)
def test_the_list_of_changes_is_as_short_as_possible(
    before: list[Norm], after: list[Norm], expected: list[tuple[ChangeKind, str]]
) -> None:
    assert told(before, after) == expected


def test_a_changed_norm_is_listed_with_its_old_form() -> None:
    [change] = changes([A, B], [A, replace(B, why="because")])
    assert (change.kind, change.was) == (ChangeKind.CHANGED, B)


@given(st.permutations("abcde"), st.sets(st.sampled_from("abcde")))
def test_the_norms_that_did_not_move_are_in_their_old_order(order: list[str], gone: set[str]) -> None:
    before = [norm(key) for key in "abcde"]
    after = [norm(key) for key in order if key not in gone]
    found = changes(before, after)
    moved = {one.norm.key for one in found if one.kind is ChangeKind.MOVED}
    stayed = [one.key for one in after if one.key not in moved]
    assert stayed == sorted(stayed)
    assert {one.norm.key for one in found if one.kind is ChangeKind.RETIRED} == gone
    assert len(moved) < max(1, len(after))
