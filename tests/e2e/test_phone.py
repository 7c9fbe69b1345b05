"""The demo's page on a phone, by touch; and without a mouse, by keyboard."""

import pytest

from tests.e2e.browsing import Person
from tests.e2e.conftest import Coming

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_phone_shows_what_to_try_and_a_command_can_be_sent_by_touch(comes_by_phone: Coming) -> None:
    noor = await comes_by_phone("noor")
    await noor.look_at("general")
    await noor.begin_command("pair start")
    await noor.tap(".command-suggestion", "Wren")
    assert await noor.wider_than_the_window() == []
    assert await noor.small_targets() == []
    await noor.tap("#send-message")
    await noor.sees("Wren")
    assert await noor.wider_than_the_window() == []
    assert await noor.small_targets() == []


async def test_by_keyboard_enter_sends_a_command_and_escape_gives_it_up(comes: Coming) -> None:
    noor = await comes("noor")
    await noor.look_at("general")
    await noor.type_command("pair start")
    await noor.key("Escape", ".command-chip")
    await noor.key("Escape", "#channel-composer-input")
    await noor.expect_no_command()
    await _empty(noor)
    await noor.type_command("pair start")
    await noor.is_in_view(noor.pane.locator(".command-suggestion").first)
    await noor.key("ArrowDown", ".command-suggestion.is-active", "Mateo")
    await noor.key("Enter", ".command-mention", "Mateo")
    await noor.key("Enter", ".channel-message", "Only you can see this")
    await noor.sees("What a pair is for")


async def _empty(noor: Person) -> None:
    """What was begun stays in the field after Escape; remove it."""
    await noor.pane.locator("#channel-composer-input").fill("")


async def test_a_conversation_that_is_opened_shows_its_newest_message(comes_by_phone: Coming) -> None:
    mateo = await comes_by_phone("mateo")
    await mateo.look_at("dms")
    await mateo.is_in_view(mateo.last)
