"""The demo client uses a bot as people do, with every kind of control, answer and refusal."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import BackendError

from bot.demo.client.client import DemoClient, demo_client
from bot.demo.client.screen import Unanswered
from bot.demo.client.view import NotThere
from tests.demo.small_bot import SmallBot


@pytest.fixture
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
async def demo(kept: dict[str, Any]) -> AsyncIterator[DemoClient]:
    async with demo_client(build=lambda: SmallBot(kept)) as opened:
        yield opened


async def test_a_screen_gives_the_text_the_buttons_and_the_options_of_a_card(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    screen = await demo.slash(ana, "hello")
    assert screen.text == "Good evening."
    assert "evening" in screen
    assert screen.ephemeral
    assert screen.buttons[:2] == ["Count", "Write"]
    assert screen.disabled == ["Off"]
    assert screen.options == ["Today", "Friday"]
    assert screen.chosen == ["Today"]
    assert screen.placeholders == ["Which day?", "Who?"]
    assert "count" in screen.custom_ids
    assert screen.custom_id("Write") == "write"
    assert screen.payload[0]["components"][0]["content"] == "Good evening."
    assert (await screen.press("Write")).payload["title"] == "A note"
    assert ana.user.global_name == "Ana"


async def test_a_press_changes_the_card_on_which_it_was_made(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    first = await demo.slash(ana, "hello")
    second = await first.press("Count")
    assert second.text == "Counted 1."
    assert first.text == "Counted 1."


async def test_two_presses_at_once_both_reach_the_bot(demo: DemoClient, kept: dict[str, Any]) -> None:
    screen = await demo.slash(await demo.member("ana"), "hello")
    await screen.press_twice("Count")
    assert kept["count"] == 2


async def test_a_press_returns_a_deferred_answer_or_a_followup(demo: DemoClient) -> None:
    screen = await demo.slash(await demo.member("ana"), "hello")
    assert (await screen.press("Slow")).text == "Thought about it."
    assert (await screen.press("New card")).text == "A second card."
    assert screen.text == "Good evening."


async def test_a_select_takes_labels_values_and_members(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    assert (await (await demo.slash(ana, "hello")).choose("Friday", which="day")).text == "On d5."
    assert (await (await demo.slash(ana, "hello")).choose(["d0"], which="Which")).text == "On d0."
    assert (await (await demo.slash(ana, "hello")).choose([bo, ana], which="who")).text == "With bo and ana."
    with pytest.raises(NotThere, match="no option 'Sunday'"):
        await (await demo.slash(ana, "hello")).choose("Sunday", which="day")
    with pytest.raises(NotThere, match="2 selects"):
        await (await demo.slash(ana, "hello")).choose("Friday")


async def test_a_form_is_sent_with_what_was_typed_and_with_what_it_opened_with(demo: DemoClient) -> None:
    screen = await (await demo.slash(await demo.member("ana"), "hello")).press("Write")
    assert screen.is_form
    assert screen.form.title == "A note"
    assert screen.form.text == "Above the fields."
    assert screen.form.labels == ["What", "Mood"]
    assert screen.form["What"].value == "as before"
    assert screen.form["What"].max_length == 50
    assert "A note" in screen
    sent = await screen.submit({"Mood": "Bad"})
    assert sent.text == "You wrote as before, ['b']."
    with pytest.raises(NotThere):
        _ = sent.form


async def test_a_form_cannot_be_answered_with_a_form(demo: DemoClient) -> None:
    screen = await (await demo.slash(await demo.member("ana"), "hello")).press("Write")
    with pytest.raises(Unanswered, match="cannot be answered with a form"):
        await screen.submit({"What": "again"})
    assert [error.code for error in demo.env.errors if isinstance(error, discord.HTTPException)] == [50035]


async def test_the_card_behind_an_opened_form_can_be_edited(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    form = await demo.forge(ana, "reset")
    assert form.is_form
    assert [card.text for card in demo.cards(ana)] == ["The select is blank again."]


async def test_a_form_that_opens_with_a_text_longer_than_its_field_is_refused(demo: DemoClient) -> None:
    with pytest.raises(Unanswered, match="longer than 3"):
        await demo.forge(await demo.member("ana"), "overfull")
    assert demo.env.errors


async def test_radio_and_checkbox_groups_in_a_form_are_filled_by_label_or_value(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert (await (await demo.forge(ana, "survey")).submit({})).text == "o []"
    form = await demo.forge(ana, "survey")
    assert [option.label for option in form.form["Age"].options] == ["Young", "Old"]
    assert (await form.submit({"Age": "Young", "Likes": ["Tea", "r"]})).text == "y ['t', 'r']"
    with pytest.raises(AssertionError, match="no field 'Hair'"):
        await (await demo.forge(ana, "survey")).submit({"Hair": "grey"})


async def test_a_deleted_card_raises_an_error_that_says_that_it_is_gone(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    card = await demo.slash(ana, "hello")
    assert card.links == {"Elsewhere": "https://example.org/"}
    assert "card" in repr(card)
    assert [card.gone] == [False]
    with pytest.raises(NotThere, match="no form to send"):
        await card.submit({})
    with pytest.raises(Unanswered, match="deleted"):
        await demo.forge(ana, "vanish", source=card)
    assert card.gone
    with pytest.raises(NotThere, match="that is gone"):
        _ = card.text
    form = await demo.forge(ana, "write")
    assert form.custom_ids == ["note"]
    assert "form" in repr(form)
    with pytest.raises(NotThere, match="no card"):
        _ = form.buttons


async def test_autocomplete_offers_options_for_what_was_typed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert await demo.complete(ana, "greet", "whom", "an") == ["ana", "anya"]
    assert (await demo.slash(ana, "greet", whom="anya")).text == "Hello anya"
    assert (await demo.slash(ana, "greet", dm=True, whom="ana")).text == "Hello ana"


async def test_a_member_who_left_comes_back_with_a_new_account(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await demo.leave(ana)
    assert (await demo.member("ana")).id != ana.id


async def test_pressing_a_disabled_a_missing_or_a_silent_button_raises_an_error(demo: DemoClient) -> None:
    screen = await demo.slash(await demo.member("ana"), "hello")
    for label in ("Off", "Nowhere"):
        with pytest.raises(NotThere, match=label):
            await screen.press(label)
    with pytest.raises(Unanswered):
        await screen.press("Silent")


async def test_direct_messages_can_be_read_and_pressed(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await (await demo.slash(ana, "hello")).press("Tell me")
    [line] = demo.dms(ana)
    assert line.text == "Something is waiting for you."
    opened = await line.press("Open")
    assert opened.text == "Here it is."
    assert opened.ephemeral
    assert len(demo.dms(ana)) == 1
    assert demo.dms(await demo.member("bo")) == []


async def test_closed_dms_refuse_messages_with_discords_error_code(
    demo: DemoClient, kept: dict[str, Any]
) -> None:
    ana = await demo.member("ana")
    demo.close_dms(ana)
    await (await demo.slash(ana, "hello")).press("Tell me")
    assert kept["refused"] == 50007
    assert demo.dms(ana) == []
    demo.open_dms(ana)
    await (await demo.slash(ana, "hello")).press("Tell me")
    assert len(demo.dms(ana)) == 1


async def test_the_timers_of_the_bot_ring_when_pretend_time_passes(
    demo: DemoClient, kept: dict[str, Any]
) -> None:
    ana = await demo.member("ana")
    await (await demo.slash(ana, "hello")).press("Later")
    began = demo.now
    await demo.skip(hours=25)
    assert demo.dms(ana) == []
    await demo.skip(hours=2)
    assert [line.text for line in demo.dms(ana)] == ["Something is waiting for you."]
    assert (demo.now - began).total_seconds() == pytest.approx(27 * 3600, abs=2)


async def test_an_action_does_not_move_the_clock_to_the_next_timer_of_the_bot(
    demo: DemoClient, kept: dict[str, Any]
) -> None:
    ana = await demo.member("ana")
    await demo.skip(seconds=56)
    assert kept["beats"] == 1, "the one at the start"
    await demo.slash(ana, "hello")
    assert kept["beats"] == 1


async def test_the_clock_begins_at_the_given_time() -> None:
    start = datetime(2027, 5, 4, 9, 30, tzinfo=UTC)
    async with demo_client(now=start, build=lambda: SmallBot({})) as demo:
        assert demo.now == start
        assert discord.utils.utcnow() == start  # noqa: TID251 - the clock is what is tried here


async def test_a_restart_makes_a_new_bot_and_an_open_form_still_works(
    demo: DemoClient, kept: dict[str, Any]
) -> None:
    ana = await demo.member("ana")
    screen = await demo.slash(ana, "hello")
    form = await screen.press("Write")
    old = demo.bot
    await demo.restart()
    assert demo.bot is not old
    assert kept["closed"] == 1
    assert (await form.submit({"What": "over"})).text == "You wrote over, []."
    again = await demo.slash(ana, "hello")
    assert (await again.press("Count")).text == "Counted 1."


async def test_menus_can_be_used_on_members_and_messages(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo", shown="Bo 🌿")
    assert (await demo.menu(ana, "About them", bo)).text == "About Bo 🌿"
    said = await demo.say(ana, "a joke")
    assert (await demo.menu(ana, "About this", said)).text == "About a joke"


async def test_any_press_and_any_form_can_be_forged(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert (await demo.forge(ana, "count")).text == "Counted 1."
    assert (await demo.forge(ana, "day", ["made up"])).text == "On made up."
    assert (await demo.forge_form(ana, "note", {"text": "never opened", "mood": ["x"]})).text == (
        "You wrote never opened, ['x']."
    )


async def test_recorded_data_of_an_interaction_can_be_sent_again(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    button: dict[str, Any] = {"custom_id": "count", "component_type": 2}
    assert (await demo.again(ana, button)).ephemeral
    assert not (await demo.again(ana, button, public=True)).ephemeral
    private = await demo.again(ana, button, dm=True)
    assert private.text == "Counted 3."
    assert private.message.channel_id == ana.user.dm_channel.id
    text = {"type": 18, "component": {"type": 4, "custom_id": "text", "value": "once more"}}
    mood = {"type": 18, "component": {"type": 3, "custom_id": "mood", "values": ["x"]}}
    form = {"custom_id": "note", "components": [text, mood]}
    assert (await demo.again(ana, form)).text == "You wrote once more, ['x']."


async def test_the_clock_can_be_turned_back(demo: DemoClient) -> None:
    before = demo.now
    demo.turn_clock(before - timedelta(days=1))
    assert before - demo.now == timedelta(days=1)


async def test_members_see_only_their_own_cards_and_only_moderators_use_the_mods_channel(
    demo: DemoClient,
) -> None:
    ana, mo = await demo.member("ana"), await demo.member("mo", moderator=True)
    await demo.slash(ana, "hello")
    assert [card.text for card in demo.cards(ana)] == ["Good evening."]
    assert demo.cards(mo) == []
    with pytest.raises(BackendError, match="Missing Access"):
        await demo.slash(ana, "hello", channel=demo.mods)
    assert (await demo.slash(mo, "hello", channel=demo.mods)).ephemeral


async def test_every_request_of_the_bot_is_recorded(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await (await demo.slash(ana, "hello")).press("Tell me")
    told = [one for one in demo.requests if one.method == "POST" and one.path.startswith("/channels/")]
    assert [one.path for one in told] == [f"/channels/{ana.user.dm_channel.id}/messages"]


async def test_an_error_that_the_bot_raised_fails_the_test() -> None:
    opened = demo_client(build=lambda: SmallBot({}))
    demo = await opened.__aenter__()
    with pytest.raises(Unanswered):
        await demo.forge_form(await demo.member("ana"), "note", {"text": "again"})
    with pytest.raises(ExceptionGroup, match="1 error"):
        await opened.__aexit__(None, None, None)
