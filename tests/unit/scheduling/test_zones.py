"""Time zones by name: those that this machine knows, and UTC for all others."""

import logging

import pytest

from bot.scheduling import zones
from bot.scheduling.zones import find_zone, is_known_zone


@pytest.mark.parametrize(
    "name",
    ["Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "Europe", "a\x00b", "x" * 5000, "\ud800", "."],
)
def test_a_name_that_is_not_known_means_utc_and_is_logged_once(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    zones._find.cache_clear()
    with caplog.at_level(logging.WARNING):
        assert find_zone(name).key == find_zone(name).key == "UTC"
        assert not is_known_zone(name)
    assert len(caplog.records) == 1


def test_a_name_that_is_known_means_its_zone(caplog: pytest.LogCaptureFixture) -> None:
    assert find_zone("Europe/Lisbon").key == "Europe/Lisbon"
    assert is_known_zone("Europe/Lisbon")
    assert not caplog.records
