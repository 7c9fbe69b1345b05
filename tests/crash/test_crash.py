"""A few rounds of `make crash`."""

import secrets
from pathlib import Path

import pytest

from tests.crash import rounds


@pytest.mark.slow
async def test_a_bot_killed_at_random_moments_loses_doubles_and_leaves_nothing(tmp_path: Path) -> None:
    figures = await rounds.run(tmp_path, secrets.token_hex(4), rounds=8, cold=1)

    assert (figures.rounds, figures.cold, figures.quiet) == (8, 1, 1)
    assert figures.acknowledged.total() > 20, "the friends did little"
    assert figures.messages, "nothing was delivered"
