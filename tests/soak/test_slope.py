"""Whether the fitted line finds a leak, and nothing else."""

import random
from collections.abc import Callable

import pytest

from tests.soak.samples import Sample
from tests.soak.slope import fitted, risen
from tests.soak.verdict import allowed

TWO_MINUTES, HALF_AN_HOUR = 40, 600
"""How many samples are left of such a run without its first third."""
EACH = 50
"""Interactions between two samples."""


def points(count: int, leak: float, noise: Callable[[int], float]) -> list[tuple[float, float]]:
    """Return samples of a process that leaks so many KiB for each interaction."""
    return [(EACH * at, 80_000 + leak * EACH * at + noise(at)) for at in range(count)]


def waves(at: int) -> float:
    """Garbage that is collected now and then: a sawtooth of 1 MiB."""
    return 1024 * (at % 7) / 7


def shaken(seed: int) -> Callable[[int], float]:
    chance = random.Random(seed)
    return lambda at: waves(at) + chance.gauss(0, 300)


def bar(count: int) -> float:
    """Return how many KiB each interaction of such a run may leave behind."""
    return allowed([Sample(0, EACH * at, 0, 0, 0, 0, {}) for at in range(count)])


@pytest.mark.parametrize("count", [TWO_MINUTES, HALF_AN_HOUR])
@pytest.mark.parametrize("seed", range(5))
def test_a_leak_of_one_kilobyte_for_each_interaction_is_found(count: int, seed: int) -> None:
    slope = fitted(points(count, 1.0, shaken(seed)))

    assert not slope.within(bar(count))
    assert slope.least < 1.0 < slope.most


@pytest.mark.parametrize("count", [TWO_MINUTES, HALF_AN_HOUR])
@pytest.mark.parametrize("seed", range(5))
def test_garbage_that_is_collected_later_is_no_leak(count: int, seed: int) -> None:
    assert fitted(points(count, 0.0, shaken(seed))).within(bar(count))


def test_a_single_peak_moves_nothing() -> None:
    calm = points(TWO_MINUTES, 0.0, lambda _: 0.0)
    calm[20] = (calm[20][0], 900_000)

    assert fitted(calm).each == 0


def test_a_line_needs_two_points() -> None:
    with pytest.raises(ValueError, match="two points"):
        fitted([(1, 1)])


def test_what_piles_up_has_risen_and_what_comes_and_goes_has_not() -> None:
    assert risen(range(30)) == 20
    assert risen([5, 9, 4] * 10) == 0
