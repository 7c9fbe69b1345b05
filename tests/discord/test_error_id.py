"""An error that somebody sees has a number, and with it the log says what happened, and nothing of theirs."""

import io
import re

import pytest

from bot.demo.client.client import DemoClient
from bot.plans.service import Plans
from tests.system.walk_record import everything_logged

CANARY = "canary-5772"


async def test_the_number_on_the_card_finds_the_error_in_the_log_which_holds_nothing_of_theirs(
    demo: DemoClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_self: Plans, _person: object, action: str, *_: object) -> None:
        raise ValueError(action)

    ana = await demo.member("ana", shown=f"Ana {CANARY}")
    form = await (await demo.slash(ana, "plan")).press("What I'll do")
    monkeypatch.setattr(Plans, "begin", fails)
    log = io.StringIO()
    with everything_logged(log):
        card = await form.submit({"action": f"what I will do {CANARY}"})
    found = re.search(r"error number `([0-9a-f]{8})`", card.text)
    assert found is not None, card
    assert f"what I will do {CANARY}" in card.text, "what they typed is not lost"
    (line,) = [one for one in log.getvalue().splitlines() if f"error_id={found[1]}" in one]
    assert "ERROR bot.ui.router: An interaction failed" in line
    assert "error=ValueError" in line
    assert "in fails" in log.getvalue(), "it says where it was raised"
    assert CANARY not in log.getvalue()
    assert str(ana.id) not in log.getvalue()
