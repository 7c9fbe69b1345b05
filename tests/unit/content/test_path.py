"""The cards of `data/path/` for people who are asked something, or are told that somebody is on a path."""

import pytest

from bot.content.library import installed


@pytest.mark.parametrize("card", ["companion", "cited", "afraid"])
def test_each_can_be_read_in_twenty_seconds(card: str) -> None:
    """About five words a second."""
    assert len(getattr(installed().path, card).card.split()) <= 100


def test_what_is_for_those_who_run_the_group_is_short() -> None:
    """It stands below, so that somebody who was hurt doesn't have to read it."""
    cited = installed().path.cited
    assert len(cited.group.split()) <= 40
    assert "run the group" not in cited.card
