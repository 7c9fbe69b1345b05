"""The harness drives a bot as people do: every kind of control, of answer, and of refusal."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord import BackendError

from bot.stage.looking import Missing
from bot.stage.screen import Unanswered
from bot.stage.theatre import Theatre, stage
from tests.stage.standin import StandIn


@pytest.fixture
def kept() -> dict[str, Any]:
    return {}


@pytest.fixture
async def theatre(kept: dict[str, Any]) -> AsyncIterator[Theatre]:
    async with stage(build=lambda: StandIn(kept)) as opened:
        yield opened


async def test_a_card_is_read_as_a_person_reads_it(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    screen = await theatre.slash(ana, "hello")
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


async def test_a_press_changes_the_card_on_which_it_was_made(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    first = await theatre.slash(ana, "hello")
    second = await first.press("Count")
    assert second.text == "Counted 1."
    assert first.text == "Counted 1."


async def test_two_presses_at_once_both_reach_the_bot(theatre: Theatre, kept: dict[str, Any]) -> None:
    screen = await theatre.slash(await theatre.member("ana"), "hello")
    await screen.press_twice("Count")
    assert kept["count"] == 2


async def test_a_deferred_answer_and_a_followup_are_what_the_person_sees(theatre: Theatre) -> None:
    screen = await theatre.slash(await theatre.member("ana"), "hello")
    assert (await screen.press("Slow")).text == "Thought about it."
    assert (await screen.press("New card")).text == "A second card."
    assert screen.text == "Good evening."


async def test_a_select_takes_labels_values_and_members(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    assert (await (await theatre.slash(ana, "hello")).choose("Friday", which="day")).text == "On d5."
    assert (await (await theatre.slash(ana, "hello")).choose(["d0"], which="Which")).text == "On d0."
    assert (
        await (await theatre.slash(ana, "hello")).choose([bo, ana], which="who")
    ).text == "With bo and ana."
    with pytest.raises(Missing, match="no option 'Sunday'"):
        await (await theatre.slash(ana, "hello")).choose("Sunday", which="day")
    with pytest.raises(Missing, match="2 selects"):
        await (await theatre.slash(ana, "hello")).choose("Friday")


async def test_a_form_is_sent_with_what_was_typed_and_what_stood_in_it(theatre: Theatre) -> None:
    screen = await (await theatre.slash(await theatre.member("ana"), "hello")).press("Write")
    assert screen.is_form
    assert screen.form.title == "A note"
    assert screen.form.text == "Above the fields."
    assert screen.form.labels == ["What", "Mood"]
    assert screen.form["What"].value == "as before"
    assert screen.form["What"].max_length == 50
    assert "A note" in screen
    sent = await screen.submit({"Mood": "Bad"})
    assert sent.text == "You wrote as before, ['b']."
    with pytest.raises(Missing):
        _ = sent.form


async def test_a_form_cannot_be_answered_with_a_form(theatre: Theatre) -> None:
    screen = await (await theatre.slash(await theatre.member("ana"), "hello")).press("Write")
    with pytest.raises(Unanswered, match="cannot be answered with a form"):
        await screen.submit({"What": "again"})
    assert [error.code for error in theatre.env.errors if isinstance(error, discord.HTTPException)] == [50035]


async def test_the_card_behind_an_opened_form_can_be_edited(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    form = await theatre.forge(ana, "reset")
    assert form.is_form
    assert [card.text for card in theatre.cards(ana)] == ["The select is blank again."]


async def test_a_form_filled_past_a_fields_end_is_refused(theatre: Theatre) -> None:
    with pytest.raises(Unanswered, match="longer than 3"):
        await theatre.forge(await theatre.member("ana"), "overfull")
    assert theatre.env.errors


async def test_groups_in_a_form_are_filled_by_labels(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert (await (await theatre.forge(ana, "survey")).submit({})).text == "o []"
    form = await theatre.forge(ana, "survey")
    assert [option.label for option in form.form["Age"].options] == ["Young", "Old"]
    assert (await form.submit({"Age": "Young", "Likes": ["Tea", "r"]})).text == "y ['t', 'r']"
    with pytest.raises(AssertionError, match="no field 'Hair'"):
        await (await theatre.forge(ana, "survey")).submit({"Hair": "grey"})


async def test_what_is_gone_is_said_to_be_gone(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    card = await theatre.slash(ana, "hello")
    assert card.links == {"Elsewhere": "https://example.org/"}
    assert "card" in repr(card)
    assert [card.gone] == [False]
    with pytest.raises(Missing, match="no form to send"):
        await card.submit({})
    with pytest.raises(Unanswered, match="deleted"):
        await theatre.forge(ana, "vanish", source=card)
    assert card.gone
    with pytest.raises(Missing, match="that is gone"):
        _ = card.text
    form = await theatre.forge(ana, "write")
    assert form.custom_ids == ["note"]
    assert "form" in repr(form)
    with pytest.raises(Missing, match="no card"):
        _ = form.buttons


async def test_options_are_offered_while_they_are_typed(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert await theatre.complete(ana, "greet", "whom", "an") == ["ana", "anya"]
    assert (await theatre.slash(ana, "greet", whom="anya")).text == "Hello anya"
    assert (await theatre.slash(ana, "greet", dm=True, whom="ana")).text == "Hello ana"


async def test_those_who_leave_come_back_as_someone_new(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await theatre.leave(ana)
    assert (await theatre.member("ana")).id != ana.id


async def test_what_is_not_there_cannot_be_pressed(theatre: Theatre) -> None:
    screen = await theatre.slash(await theatre.member("ana"), "hello")
    for label in ("Off", "Nowhere"):
        with pytest.raises(Missing, match=label):
            await screen.press(label)
    with pytest.raises(Unanswered):
        await screen.press("Silent")


async def test_dms_are_read_and_pressed(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await (await theatre.slash(ana, "hello")).press("Tell me")
    [line] = theatre.dms(ana)
    assert line.text == "Something you set is ready."
    opened = await line.press("Open")
    assert opened.text == "Here it is."
    assert opened.ephemeral
    assert len(theatre.dms(ana)) == 1
    assert theatre.dms(await theatre.member("bo")) == []


async def test_closed_dms_answer_as_discord_does(theatre: Theatre, kept: dict[str, Any]) -> None:
    ana = await theatre.member("ana")
    theatre.close_dms(ana)
    await (await theatre.slash(ana, "hello")).press("Tell me")
    assert kept["refused"] == 50007
    assert theatre.dms(ana) == []
    theatre.open_dms(ana)
    await (await theatre.slash(ana, "hello")).press("Tell me")
    assert len(theatre.dms(ana)) == 1


async def test_time_passes_and_the_scheduler_follows(theatre: Theatre, kept: dict[str, Any]) -> None:
    ana = await theatre.member("ana")
    await (await theatre.slash(ana, "hello")).press("Later")
    began = theatre.now
    await theatre.skip(hours=25)
    assert theatre.dms(ana) == []
    await theatre.skip(hours=2)
    assert [line.text for line in theatre.dms(ana)] == ["Something you set is ready."]
    assert (theatre.now - began).total_seconds() == pytest.approx(27 * 3600, abs=2)


async def test_no_action_waits_for_an_alarm_that_is_near(theatre: Theatre, kept: dict[str, Any]) -> None:
    ana = await theatre.member("ana")
    await theatre.skip(seconds=56)
    await theatre.slash(ana, "hello")
    assert kept.get("beats", 0) == 0


async def test_the_clock_begins_where_it_is_told() -> None:
    start = datetime(2027, 5, 4, 9, 30, tzinfo=UTC)
    async with stage(now=start, build=lambda: StandIn({})) as theatre:
        assert theatre.now == start
        assert discord.utils.utcnow() == start  # noqa: TID251 - the clock is what is tried here


async def test_a_restart_keeps_cards_forms_and_what_was_kept(theatre: Theatre, kept: dict[str, Any]) -> None:
    ana = await theatre.member("ana")
    screen = await theatre.slash(ana, "hello")
    form = await screen.press("Write")
    old = theatre.bot
    await theatre.restart()
    assert theatre.bot is not old
    assert kept["closed"] == 1
    assert (await form.submit({"What": "over"})).text == "You wrote over, []."
    again = await theatre.slash(ana, "hello")
    assert (await again.press("Count")).text == "Counted 1."


async def test_menus_reach_members_and_messages(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo", shown="Bo 🌿")
    assert (await theatre.menu(ana, "About them", bo)).text == "About Bo 🌿"
    said = await theatre.say(ana, "a joke")
    assert (await theatre.menu(ana, "About this", said)).text == "About a joke"


async def test_anything_can_be_forged(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert (await theatre.forge(ana, "count")).text == "Counted 1."
    assert (await theatre.forge(ana, "day", ["made up"])).text == "On made up."
    assert (await theatre.forge_form(ana, "note", {"text": "never opened", "mood": ["x"]})).text == (
        "You wrote never opened, ['x']."
    )


async def test_what_discord_once_sent_can_be_sent_again(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    button: dict[str, Any] = {"custom_id": "count", "component_type": 2}
    assert (await theatre.again(ana, button)).ephemeral
    assert not (await theatre.again(ana, button, public=True)).ephemeral
    private = await theatre.again(ana, button, dm=True)
    assert private.text == "Counted 3."
    assert private.message.channel_id == ana.user.dm_channel.id
    text = {"type": 18, "component": {"type": 4, "custom_id": "text", "value": "once more"}}
    mood = {"type": 18, "component": {"type": 3, "custom_id": "mood", "values": ["x"]}}
    form = {"custom_id": "note", "components": [text, mood]}
    assert (await theatre.again(ana, form)).text == "You wrote once more, ['x']."


async def test_the_clock_can_be_turned_back(theatre: Theatre) -> None:
    before = theatre.now
    theatre.turn_clock(before - timedelta(days=1))
    assert before - theatre.now == timedelta(days=1)


async def test_members_see_what_is_theirs_and_moderators_see_more(theatre: Theatre) -> None:
    ana, mo = await theatre.member("ana"), await theatre.member("mo", moderator=True)
    await theatre.slash(ana, "hello")
    assert [card.text for card in theatre.cards(ana)] == ["Good evening."]
    assert theatre.cards(mo) == []
    with pytest.raises(BackendError, match="Missing Access"):
        await theatre.slash(ana, "hello", channel=theatre.mods)
    assert (await theatre.slash(mo, "hello", channel=theatre.mods)).ephemeral


async def test_every_request_of_the_bot_is_on_record(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    await (await theatre.slash(ana, "hello")).press("Tell me")
    told = [one for one in theatre.requests if one.method == "POST" and one.path.startswith("/channels/")]
    assert [one.path for one in told] == [f"/channels/{ana.user.dm_channel.id}/messages"]


async def test_what_the_bot_raised_fails_the_test() -> None:
    opened = stage(build=lambda: StandIn({}))
    theatre = await opened.__aenter__()
    with pytest.raises(Unanswered):
        await theatre.forge_form(await theatre.member("ana"), "note", {"text": "again"})
    with pytest.raises(ExceptionGroup, match="1 error"):
        await opened.__aexit__(None, None, None)
