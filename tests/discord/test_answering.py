"""An ask as those see it who are asked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from simcord import MemberActor

from bot.asks.models import Reply
from bot.people.models import FOREVER
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from tests.discord.asking import (
    ANSWER,
    CLOSED,
    IMPACT,
    NOT_YOURS,
    STEP,
    TYPED,
    answer,
    ask_of,
    friends,
    listed,
    met,
    opened,
    read_it,
    send,
    services,
    told,
)

NOON = "<t:1767787200:D>"
TALK = ["Should I check on them?", "Think it through", "Ask someone to talk"]


async def replies(theatre: Theatre, asker: MemberActor) -> dict[str, Reply]:
    """Each answerer's reply as the asker sees it."""
    person = await met(theatre, asker)
    ask = await ask_of(theatre, asker)
    status = await services(theatre).asks.status(person, ask.id, theatre.now)
    return {one.name: one.reply for one in status.asked}


async def apart(theatre: Theatre, owner: MemberActor, other: MemberActor) -> None:
    """A boundary, its parting still to come."""
    await services(theatre).boundaries.set(await met(theatre, owner), await met(theatre, other), theatre.now)
    await theatre.settle()


# -- being asked ---------------------------------------------------------------------------------------


async def test_the_line_is_neutral_and_what_it_opens_says_the_kind_only(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    assert told(theatre, ben) == ["\u2068Ana\u2069 asked for your time."]
    card = await opened(theatre, ben)
    assert card.ephemeral
    assert "Ana\u2069 asks about: Something I said or joked about" in card
    assert "It may be hard to read, or about someone you know. You owe no reason." in card
    assert card.buttons == ["Read it", "Not now", "I can't", "Support"]
    for words in TYPED.values():
        assert words not in card


async def test_the_text_comes_with_a_card_on_answering_well(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    card = await read_it(theatre, ben)
    for words in TYPED.values():
        assert words in card
    for words in ("Thank them", "Who is being cared for in this telling?", "Don't go to the person"):
        assert words in card
    assert card.buttons == [
        "Answer", "Not now", "I can't", "This is about me or someone close", "This is beyond me", "Support",
    ]  # fmt: skip


async def test_the_answer_has_four_fields_and_two_are_needed(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    typing = await (await read_it(theatre, ben)).press("Answer")
    assert typing.form.labels == list(ANSWER)
    assert [field.max_length for field in typing.form.fields] == [900, 600, 500, 300]
    assert [field.required for field in typing.form.fields] == [True, True, False, False]
    assert "/support" in typing.form.text
    done = await typing.submit(ANSWER)
    assert "Your answer is with \u2068Ana\u2069" in done
    assert done.buttons == ["Support"]
    await theatre.settle()
    assert told(theatre, ben) == ["This has closed."]
    assert told(theatre, ana) == ["Something you set is ready."]


@pytest.mark.parametrize("blank", [IMPACT, STEP])
async def test_an_answer_with_blanks_comes_back_filled_in(theatre: Theatre, blank: str) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    refused = await answer(theatre, ben, {**ANSWER, blank: " \n "})
    assert "A few words are missing" in refused
    assert refused.buttons == ["Edit", "I can't", "Support"]
    assert told(theatre, ana) == []
    await theatre.restart()
    again = await refused.press("Edit")
    assert [field.value for field in again.form.fields] == list({**ANSWER, blank: " \n "}.values())
    assert "Your answer is with" in await again.submit(ANSWER)


async def test_an_answer_to_what_was_withdrawn_meanwhile_is_given_back(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    sent = await send(theatre, ana, "Ben")
    typing = await (await read_it(theatre, ben)).press("Answer")
    await (await sent.press("Withdraw")).press("Withdraw")
    refused = await typing.submit(ANSWER)
    assert CLOSED in refused
    for words in ANSWER.values():
        assert words in refused


async def test_an_answer_is_sent_once(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    card = await read_it(theatre, ben)
    one, two = await card.press("Answer"), await card.press("Answer")
    assert "Your answer is with" in await one.submit(ANSWER)
    refused = await two.submit({IMPACT: "another", STEP: "thing"})
    assert "That is done already" in refused
    assert "another" in refused


# -- not now -------------------------------------------------------------------------------------------


async def test_not_now_stays_in_the_inbox_and_is_reminded_of_once(theatre: Theatre) -> None:
    ana, ben, cleo = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    later = await (await opened(theatre, ben)).press("Not now")
    assert "It stays in `/inbox`." in later
    at = int(datetime(2026, 1, 7, 17, tzinfo=UTC).timestamp())
    assert f"You are reminded once, on <t:{at}:f>." in later
    assert later.buttons == ["Read it", "Support"]
    assert "asked for your time." in await listed(theatre, ben)
    await theatre.skip(hours=5, minutes=1)
    assert told(theatre, ben) == ["\u2068Ana\u2069 asked for your time.", "Something you set is ready."]
    assert told(theatre, cleo) == ["\u2068Ana\u2069 asked for your time."]
    again = await (await opened(theatre, ben)).press("Not now")
    assert "reminded" not in again
    assert "I mocked how they talk" in await again.press("Read it")
    await theatre.skip(hours=4)
    assert len(told(theatre, ben)) == 2


# -- can't ---------------------------------------------------------------------------------------------


async def test_cant_owes_no_reason(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    done = await (await opened(theatre, ben)).press("I can't")
    assert "sees that you can't. No reason is given." in done
    await theatre.settle()
    assert told(theatre, ben) == ["This has closed."]
    assert told(theatre, ana) == ["Something here has changed."]
    assert "Ben\u2069: can't" in await opened(theatre, ana)


async def test_about_me_hides_the_text_and_looks_like_cant(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    text = await read_it(theatre, ben)
    hidden = await text.press("This is about me or someone close")
    assert "I mocked how they talk" not in text
    assert "I mocked how they talk" not in hidden
    assert "/boundary" in hidden
    assert hidden.buttons == ["Set a boundary", "Support"]
    await theatre.settle()
    assert told(theatre, ana) == ["Something here has changed."]
    assert "Ben\u2069: can't" in await opened(theatre, ana)
    for one in await hidden.press_twice("Set a boundary"):
        assert "It is a boundary with **\u2068Ana\u2069**." in one
        assert (
            "Plumbline won't connect the two of you, and won't tell them. They could still guess. "
            "It doesn't stop messages or shared channels."
        ) in one
        assert "It works both ways" in one
        assert one.buttons == ["Take it back", "Support"]
    [boundary] = await services(theatre).boundaries.of(await met(theatre, ben))
    assert boundary.other == await met(theatre, ana)
    assert "You have set none." in await one.press("Take it back")
    assert await services(theatre).boundaries.of(await met(theatre, ben)) == []


async def test_a_boundary_from_a_hidden_ask_is_set_by_whose_it_is_alone(theatre: Theatre) -> None:
    ana, ben, cleo = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    hidden = await (await read_it(theatre, ben)).press("This is about me or someone close")
    for other in (ana, cleo):
        assert NOT_YOURS in await theatre.forge(other, hidden.custom_id("Set a boundary"))
        assert await services(theatre).boundaries.of(await met(theatre, other)) == []


async def test_what_was_read_before_a_boundary_can_be_answered_and_reaches_nobody(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo", wait="In 3 days")
    card = await read_it(theatre, ben)
    await apart(theatre, ana, ben)
    assert "Your answer is with" in await (await card.press("Answer")).submit(ANSWER)
    await theatre.settle()
    assert told(theatre, ana) == []
    assert (await replies(theatre, ana))["Ben"] is Reply.ASKED
    await theatre.skip(hours=24, minutes=1)
    assert (await replies(theatre, ana))["Ben"] is Reply.CANT


# -- beyond --------------------------------------------------------------------------------------------


async def test_beyond_says_first_what_follows_and_pauses_it_for_everyone(theatre: Theatre) -> None:
    ana, ben, cleo, dora = await friends(theatre, "ben", "cleo", "dora")
    await send(theatre, ana, "Ben", "Cleo", "Dora", wait="In 3 days")
    await answer(theatre, dora)
    card = await (await read_it(theatre, ben)).press("This is beyond me")
    assert "in one to three hours" in card
    assert "If the others have replied by then, \u2068Ana\u2069 will know that it was you." in card
    assert card.buttons == ["Tell them", "Just say I can't", "Back", "Support"]
    assert "I mocked how they talk" in await card.press("Back")
    late = await (await read_it(theatre, cleo)).press("Answer")
    card = await (await read_it(theatre, ben)).press("This is beyond me")
    assert "They will hear" in await card.press("Tell them")
    await theatre.skip(minutes=59)
    assert told(theatre, ana) == ["Something you set is ready."]
    await theatre.skip(hours=2, minutes=2)
    assert told(theatre, ana) == ["This has closed.", "Something here has changed."]
    assert told(theatre, cleo) == ["This has closed."]
    talk = await opened(theatre, ana)
    assert f"Someone you asked on {NOON} thinks that this needs more than friends in writing" in talk
    assert "What had come can be read, now and after it closes." in talk
    means = talk.text.index('"they" means the person it happened to, not a friend you asked.')
    assert means < talk.text.index("Don't write to them tonight.")
    assert "Don't write to them tonight." in talk
    assert talk.buttons == [*TALK, "Read what has come", "Support"]
    assert "It may have stung" in await talk.press("Read what has come")
    refused = await late.submit(ANSWER)
    assert CLOSED in refused
    assert "It may have stung" in refused


async def test_a_paused_ask_is_found_again_with_what_can_be_done(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben", wait="In 3 days")
    card = await (await read_it(theatre, ben)).press("This is beyond me")
    assert "Nobody else's answer is awaited, so \u2068Ana\u2069 will know that it was you." in card
    await card.press("Tell them")
    await theatre.skip(hours=3)
    ask = await ask_of(theatre, ana)
    status = await theatre.forge(ana, f"v1:asks.show:{ask.id}")
    assert "This is paused" in status
    assert f"Someone you asked on {NOON}" in status
    assert "What had come" not in status
    closes = re.search(r"it closes on <t:(\d+):D>", status.text)
    assert closes is not None
    paused = datetime.fromtimestamp(int(closes[1]), UTC) - timedelta(days=7)
    assert datetime(2026, 1, 7, 13, tzinfo=UTC) <= paused <= datetime(2026, 1, 7, 15, tzinfo=UTC)
    assert status.buttons == [*TALK, "What I'll do", "Withdraw", "Support"]
    await theatre.skip(days=7)
    assert told(theatre, ana) == ["This has closed."]


async def test_just_say_i_cant_is_the_ordinary_one(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    card = await (await read_it(theatre, ben)).press("This is beyond me")
    assert "That is fine" in await card.press("Just say I can't")
    await theatre.skip(hours=4)
    assert told(theatre, ana) == ["Something here has changed."]
    assert (await replies(theatre, ana))["Ben"] is Reply.CANT


# -- partings ------------------------------------------------------------------------------------------


async def test_who_rests_drops_out(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    await services(theatre).preferences.rest(await met(theatre, ben), FOREVER, theatre.now)
    await theatre.settle()
    assert told(theatre, ben) == ["This has closed."]
    assert "Ben\u2069: can't" in await opened(theatre, ana)


async def test_a_boundary_holds_at_once_and_shows_within_a_day_as_cant(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo", wait="In 3 days")
    card = await opened(theatre, ben)
    await apart(theatre, ben, ana)
    assert CLOSED in await card.press("Read it")
    assert (await replies(theatre, ana))["Ben"] is Reply.ASKED
    await theatre.skip(hours=25)
    assert (await replies(theatre, ana))["Ben"] is Reply.CANT
    # One about the ask, one about the pod.
    assert told(theatre, ana) == ["Something here has changed."] * 2
    assert "Someone you asked can't answer." in await listed(theatre, ana)


async def test_an_ask_across_a_boundary_reaches_nobody(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await apart(theatre, ben, ana)
    sent = await send(theatre, ana, "Ben", "Cleo", wait="In 3 days")
    assert "Ben\u2069: no answer yet" in sent
    assert told(theatre, ben) == []
    assert "Nothing waits for you" in await listed(theatre, ben)
    await theatre.skip(hours=24, minutes=1)
    assert (await replies(theatre, ana))["Ben"] is Reply.CANT
    assert told(theatre, ben) == []


async def test_who_left_drops_out_when_they_are_to_be_told(theatre: Theatre) -> None:
    ana, ben, cleo = await friends(theatre, "ben", "cleo")
    theatre.close_dms(ben)
    await send(theatre, ana, "Ben", "Cleo")
    card = await (await theatre.slash(cleo, "inbox")).press("Open")
    await theatre.leave(ana)
    assert CLOSED in await card.press("Read it")
    await theatre.settle()
    # The ask has closed, and the tie of the pod has ended.
    assert told(theatre, cleo) == ["This has closed.", "Something here has changed."]


async def test_an_answer_to_one_who_left_is_given_back(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    await send(theatre, ana, "Ben")
    typing = await (await read_it(theatre, ben)).press("Answer")
    await theatre.leave(ana)
    refused = await typing.submit(ANSWER)
    assert CLOSED in refused
    assert "It may have stung" in refused


async def test_who_left_reads_nothing_from_their_dms(theatre: Theatre) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    [line] = theatre.dms(ben)
    card = await line.press("Open")
    await theatre.leave(ben)
    assert CLOSED in await card.press("Read it")
    assert list((await replies(theatre, ana)).values()).count(Reply.CANT) == 1


# -- closed DMs, restarts, races -----------------------------------------------------------------------


async def test_with_closed_dms_it_is_found_in_the_inbox(theatre: Theatre) -> None:
    ana, ben = await friends(theatre, "ben")
    theatre.close_dms(ben)
    await send(theatre, ana, "Ben")
    assert told(theatre, ben) == []
    inbox = await theatre.slash(ben, "inbox")
    assert "**\u2068Ana\u2069** asked for your time." in inbox
    card = await inbox.press("Open")
    typing = await (await card.press("Read it")).press("Answer")
    assert "Your answer is with" in await typing.submit(ANSWER)
    await theatre.settle()
    assert "Nothing waits for you" in await listed(theatre, ben)
    assert "It may have stung" in await (await opened(theatre, ana)).press("Read")


BUTTONS = {
    "Read it": "I mocked how they talk",
    "Not now": "It stays in `/inbox`.",
    "I can't": "That is fine",
    "This is about me or someone close": "It is hidden",
    "This is beyond me": "`Tell them`: in one to three hours",
    "Tell them": "They will hear",
    "Just say I can't": "That is fine",
}


async def at(theatre: Theatre, ben: MemberActor, label: str) -> Screen:
    """The card on which this button is."""
    card = await opened(theatre, ben)
    if label in card.buttons:
        return card
    card = await card.press("Read it")
    return card if label in card.buttons else await card.press("This is beyond me")


@pytest.mark.parametrize("label", BUTTONS)
async def test_two_presses_at_once_are_one(theatre: Theatre, label: str) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    for one in await (await at(theatre, ben, label)).press_twice(label):
        assert BUTTONS[label] in one
    await theatre.settle()
    assert told(theatre, ana).count("Something here has changed.") <= 1


@pytest.mark.parametrize("label", BUTTONS)
async def test_after_a_restart_every_button_answers(theatre: Theatre, label: str) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    card = await at(theatre, ben, label)
    await theatre.restart()
    assert BUTTONS[label] in await card.press(label)


@pytest.mark.parametrize("label", BUTTONS)
async def test_after_it_closed_every_button_says_so(theatre: Theatre, label: str) -> None:
    ana, ben, _ = await friends(theatre, "ben", "cleo")
    sent = await send(theatre, ana, "Ben", "Cleo")
    card = await at(theatre, ben, label)
    await (await sent.press("Withdraw")).press("Withdraw")
    refused = await card.press(label)
    if label == "This is about me or someone close":
        assert "The text is gone from here." in refused
        assert "I mocked how they talk" not in card
    else:
        assert CLOSED in refused
        assert "There is nothing you need to do." in refused


@pytest.mark.parametrize("label", BUTTONS)
async def test_every_button_is_nobody_elses(theatre: Theatre, label: str) -> None:
    ana, ben, cleo = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben", "Cleo")
    card = await at(theatre, ben, label)
    for other in (ana, cleo):
        assert NOT_YOURS in await theatre.forge(other, card.custom_id(label))


async def test_the_line_itself_is_nobody_elses(theatre: Theatre) -> None:
    ana, ben, cleo = await friends(theatre, "ben", "cleo")
    await send(theatre, ana, "Ben")
    [line] = theatre.dms(ben)
    for other in (ana, cleo):
        assert NOT_YOURS in await theatre.forge(other, line.custom_id("Open"))
