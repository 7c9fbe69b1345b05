"""The cards of `data/path/` for people who are asked something, or are told that somebody is on a path."""

import pytest

from bot.content.library import installed


@pytest.mark.parametrize("card", ["companion", "cited", "afraid"])
def test_each_can_be_read_in_twenty_seconds(card: str) -> None:
    """About five words a second."""
    assert len(getattr(installed().path, card).card.split()) <= 100
