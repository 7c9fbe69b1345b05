"""What is longer than its form takes is refused and given back, and messages that are edited ping nobody."""

from typing import Any

from bot.demo.client.client import DemoClient
from bot.ui.custom_id import to
from cogs.help import strings
from tests.discord import asking


async def test_a_text_that_no_honest_client_sends_is_given_back_and_not_kept(demo: DemoClient) -> None:
    """It was kept before, and then the card with it could never be shown again."""
    ana = await demo.member("ana")
    await demo.slash(ana, "plan")
    shown = await demo.forge_form(ana, to("plans.begin"), {"action": "x" * 4000})
    assert shown.text.startswith(f"### {strings.LONG_TITLE}")
    assert "takes 300 characters" in shown
    assert sum(one.text.count("x" * 1000) for one in (shown, *shown.followups)) > 0
    assert "x" * 100 not in (await demo.slash(ana, "plan")).text


async def test_a_message_that_is_edited_pings_nobody(demo: DemoClient) -> None:
    ana, bo = await asking.friends(demo, "bo")
    sent = await asking.send(demo, ana, "Bo")
    await (await sent.press("Withdraw")).press("Withdraw")
    await demo.skip(minutes=2)
    edits: list[Any] = [
        one.json for one in demo.requests if one.method == "PATCH" and "/channels/" in one.path
    ]
    assert edits, "the message to Bo is edited to say that it is closed"
    assert all(one["allowed_mentions"] == {"parse": []} for one in edits)
    assert demo.dms(bo)[-1].text == "This is closed."
