"""An ask as its answerers see it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from simcord import MemberActor

from bot.asks.models import Reply
from bot.content.library import installed
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import FOREVER
from bot.servers.models import Server
from cogs.me.boundary import strings as boundary_words
from tests.discord.asking import (
    ANSWER,
    CLOSED,
    IMPACT,
    NAMED,
    NOT_YOURS,
    SAW,
    STEP,
    TYPED,
    answer,
    ask_of,
    form,
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
TALK = ["Ask someone to talk", "Think it through", "Should I check on them?"]


async def replies(demo: DemoClient, asker: MemberActor) -> dict[str, Reply]:
    """Return each answerer's reply as the asker sees it."""
    person = await met(demo, asker)
    ask = await ask_of(demo, asker)
    status = await services(demo).asks.status(person, ask.id, demo.now)
    return {one.name: one.reply for one in status.asked}


async def apart(demo: DemoClient, owner: MemberActor, other: MemberActor) -> None:
    """Set a boundary; the parting that follows from it has not happened yet."""
    await services(demo).boundaries.set(await met(demo, owner), await met(demo, other), demo.now)
    await demo.settle()


# -- being asked ---------------------------------------------------------------------------------------


async def test_the_message_to_an_answerer_is_neutral_and_its_card_shows_only_the_kind_of_ask(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    assert told(demo, ben) == ["\u2068Ana\u2069 has a question for you."]
    card = await opened(demo, ben)
    assert card.ephemeral
    assert "Ana\u2069 has a question for you" in card
    assert "What it's about: **Something I said or joked about**." in card
    assert "It may be about someone you know, or about something that was done to you. You can say no" in card
    assert card.buttons == [
        "This is about me or someone close", "Read it", "Not now", "I can't", "Support",
    ]  # fmt: skip
    for words in TYPED.values():
        assert words not in card


async def test_the_text_of_an_ask_is_shown_with_advice_on_answering_well(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    card = await read_it(demo, ben)
    for words in TYPED.values():
        assert words in card
    for words in (
        "thank your friend",
        "Is your friend only thinking of how this is for them?",
        "don't go to them",
    ):
        assert words in card
    assert card.buttons == [
        "Answer", "Not now", "I can't", "This is about me or someone close", "This is beyond me", "Report",
        "Support",
    ]  # fmt: skip


async def test_the_answer_has_four_fields_and_two_are_needed(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    typing = await (await read_it(demo, ben)).press("Answer")
    assert typing.form.labels == list(ANSWER)
    assert [field.max_length for field in typing.form.fields] == [900, 600, 500, 300]
    assert [field.required for field in typing.form.fields] == [True, True, False, False]
    assert "/support" in typing.form.text
    done = await typing.submit(ANSWER)
    assert "Your answer is with \u2068Ana\u2069" in done
    assert done.buttons == ["Support"]
    await demo.settle()
    assert told(demo, ben) == ["This is closed."]
    assert told(demo, ana) == ["Something is waiting for you."]


@pytest.mark.parametrize("blank", [IMPACT, STEP])
async def test_an_answer_with_a_blank_required_field_is_refused_and_can_be_edited(
    demo: DemoClient, blank: str
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    refused = await answer(demo, ben, {**ANSWER, blank: " \n "})
    assert "A few words are missing" in refused
    assert refused.buttons == ["Edit", "I can't", "Support"]
    assert told(demo, ana) == []
    await demo.restart()
    again = await refused.press("Edit")
    assert [field.value for field in again.form.fields] == list({**ANSWER, blank: ""}.values())
    assert "Your answer is with" in await again.submit(ANSWER)


async def test_an_answer_to_an_ask_withdrawn_meanwhile_is_refused_and_shown_back(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    sent = await send(demo, ana, "Ben")
    typing = await (await read_it(demo, ben)).press("Answer")
    await (await sent.press("Withdraw")).press("Withdraw")
    refused = await typing.submit(ANSWER)
    assert CLOSED in refused
    for words in ANSWER.values():
        assert words in refused


async def test_an_answer_is_sent_once(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    card = await read_it(demo, ben)
    one, two = await card.press("Answer"), await card.press("Answer")
    assert "Your answer is with" in await one.submit(ANSWER)
    refused = await two.submit({IMPACT: "another", STEP: "thing"})
    assert "That's already done" in refused
    assert "another" in refused


# -- not now -------------------------------------------------------------------------------------------


async def test_an_ask_put_off_with_not_now_stays_in_the_inbox_and_is_reminded_of_once(
    demo: DemoClient,
) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    later = await (await opened(demo, ben)).press("Not now")
    assert "It stays in your `/inbox`" in later
    at = int(datetime(2026, 1, 7, 17, tzinfo=UTC).timestamp())
    assert f"I'll remind you once, on <t:{at}:f>." in later
    assert later.buttons == ["Read it", "Support"]
    assert "has a question for you." in await listed(demo, ben)
    await demo.skip(hours=5, minutes=1)
    assert told(demo, ben) == ["\u2068Ana\u2069 has a question for you.", "Something is waiting for you."]
    assert told(demo, cleo) == ["\u2068Ana\u2069 has a question for you."]
    again = await (await opened(demo, ben)).press("Not now")
    assert "remind" not in again
    assert "I mocked how they talk" in await again.press("Read it")
    await demo.skip(hours=4)
    assert len(told(demo, ben)) == 2


# -- can't ---------------------------------------------------------------------------------------------


async def test_the_asker_is_told_that_somebody_cannot_answer_but_not_why(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    done = await (await opened(demo, ben)).press("I can't")
    assert "will see that you can't this time." in done
    await demo.settle()
    assert told(demo, ben) == ["This is closed."]
    assert told(demo, ana) == ["Something here has changed."]
    assert "Ben\u2069: can't" in await opened(demo, ana)


async def test_pressing_this_is_about_me_hides_the_text_offers_a_boundary_and_looks_like_i_cant(
    demo: DemoClient,
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    text = await read_it(demo, ben)
    hidden = await text.press("This is about me or someone close")
    assert "I mocked how they talk" not in text
    assert "I mocked how they talk" not in hidden
    for words in (
        "It's your story, even if somebody else has written about it. Other friends may have been asked too",
        "don't write to anyone who may be part of it, don't try to find out who talked",
        "First I'll show you what they can notice.",
    ):
        assert words in hidden
    assert hidden.buttons == ["Set a boundary", "Support"]
    await demo.settle()
    assert told(demo, ana) == ["Something here has changed."]
    assert "Ben\u2069: can't" in await opened(demo, ana)
    for before in await hidden.press_twice("Set a boundary"):
        assert "Plumbline won't connect you with **\u2068Ana\u2069** and won't tell them." in before
        assert boundary_words.POD_ANSWERS in before
    assert await services(demo).boundaries.of(await met(demo, ben)) == []
    one = await before.press("Set the boundary")
    assert "The boundary is set. Plumbline won't connect you with **\u2068Ana\u2069**" in one
    [boundary] = await services(demo).boundaries.of(await met(demo, ben))
    assert boundary.other == await met(demo, ana)
    assert "The boundary is gone." in await one.press("Take it back")
    assert await services(demo).boundaries.of(await met(demo, ben)) == []


async def test_only_the_person_asked_can_set_a_boundary_from_a_hidden_ask(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    hidden = await (await read_it(demo, ben)).press("This is about me or someone close")
    for other in (ana, cleo):
        assert NOT_YOURS in await demo.forge(other, hidden.custom_id("Set a boundary"))
        assert await services(demo).boundaries.of(await met(demo, other)) == []


async def test_an_ask_read_before_a_boundary_can_be_answered_but_the_answer_reaches_nobody(
    demo: DemoClient,
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo", wait="In 3 days")
    card = await read_it(demo, ben)
    await apart(demo, ana, ben)
    assert "Your answer is with" in await (await card.press("Answer")).submit(ANSWER)
    await demo.settle()
    assert told(demo, ana) == []
    assert (await replies(demo, ana))["Ben"] is Reply.ASKED
    await demo.skip(hours=24, minutes=1)
    assert (await replies(demo, ana))["Ben"] is Reply.CANT


# -- beyond --------------------------------------------------------------------------------------------


async def test_pressing_beyond_me_first_says_what_will_happen_and_then_pauses_the_ask_for_everyone(
    demo: DemoClient,
) -> None:
    ana, ben, cleo, dora = await friends(demo, "ben", "cleo", "dora")
    await send(demo, ana, "Ben", "Cleo", "Dora", wait="In 3 days")
    await answer(demo, dora)
    card = await (await read_it(demo, ben)).press("This is beyond me")
    assert card.text.splitlines()[1].startswith("**If somebody may be in danger now, call ")
    assert "in one to three hours" in card
    assert "If the others have replied by then, \u2068Ana\u2069 will know that it was you." in card
    assert card.buttons == [
        "Somebody may be in danger", "Tell them", "Just say I can't", "Back", "Support",
    ]  # fmt: skip
    assert "I mocked how they talk" in await card.press("Back")
    late = await (await read_it(demo, cleo)).press("Answer")
    card = await (await read_it(demo, ben)).press("This is beyond me")
    assert "I'll tell them" in await card.press("Tell them")
    await demo.skip(minutes=59)
    assert told(demo, ana) == ["Something is waiting for you."]
    await demo.skip(hours=2, minutes=2)
    assert told(demo, ana) == ["This is closed.", "Something here has changed."]
    assert told(demo, cleo) == ["This is closed."]
    talk = await opened(demo, ana)
    assert f"Someone you asked on {NOON} thinks this needs more than friends can do in writing" in talk
    assert "You can read the answers you got, now and after it closes." in talk
    first = talk.text.index("If you or the person you may have hurt could be in danger now, call")
    assert first < talk.text.index("Someone you asked on")
    assert "Don't write to them, tonight or in the morning" in talk
    assert "From here, say it out loud instead of in writing." in talk
    assert "I don't send this" not in talk
    assert talk.buttons == [*TALK[:2], "What I'll do", *TALK[2:], "Read what has come", "Support"]
    assert "It may have stung" in await talk.press("Read what has come")
    refused = await late.submit(ANSWER)
    assert CLOSED in refused
    assert "It may have stung" in refused


async def test_the_asker_can_open_a_paused_ask_again_and_sees_what_they_can_do(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben", wait="In 3 days")
    card = await (await read_it(demo, ben)).press("This is beyond me")
    assert (
        "You're the last person who could still answer, so \u2068Ana\u2069 will know that it was you." in card
    )
    await card.press("Tell them")
    await demo.skip(hours=3)
    ask = await ask_of(demo, ana)
    status = await demo.forge(ana, f"v1:asks.show:{ask.id}")
    assert "Your ask is paused" in status
    assert f"Someone you asked on {NOON}" in status
    assert "the answers you got" not in status
    closes = re.search(r"it closes on <t:(\d+):D>", status.text)
    assert closes is not None
    paused = datetime.fromtimestamp(int(closes[1]), UTC) - timedelta(days=7)
    assert datetime(2026, 1, 7, 13, tzinfo=UTC) <= paused <= datetime(2026, 1, 7, 15, tzinfo=UTC)
    assert status.buttons == [*TALK, "What I'll do", "Withdraw", "Support"]
    await demo.skip(days=7)
    assert told(demo, ana) == ["This is closed."]


async def test_pressing_just_say_i_cant_looks_like_the_ordinary_i_cant(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    card = await (await read_it(demo, ben)).press("This is beyond me")
    assert "That's fine" in await card.press("Just say I can't")
    await demo.skip(hours=4)
    assert told(demo, ana) == ["Something here has changed."]
    assert (await replies(demo, ana))["Ben"] is Reply.CANT


async def in_danger(demo: DemoClient, ben: MemberActor) -> Screen:
    beyond = await (await read_it(demo, ben)).press("This is beyond me")
    return await beyond.press("Somebody may be in danger")


async def country(demo: DemoClient, code: str) -> None:
    await services(demo).servers.keep(Server(ServerId(demo.server.id), country=code))


async def test_where_somebody_may_be_in_danger_the_number_is_shown_at_once_and_nobody_is_told_yet(
    demo: DemoClient,
) -> None:
    await country(demo, "nz")
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    card = await in_danger(demo, ben)
    assert card.text.splitlines()[1].startswith("**Call 111.**")
    assert "Are you thinking about suicide?" in card
    assert "The number is for **New Zealand**." in card
    assert card.buttons == ["Tell them now", "Just say I can't", "Back", "Support"]
    assert "`Tell them`" in await card.press("Back")
    await demo.settle()
    assert told(demo, ana) == []


async def test_the_asker_hears_of_danger_at_once_with_the_number_and_with_help(demo: DemoClient) -> None:
    await country(demo, "nz")
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    done = await (await in_danger(demo, ben)).press("Tell them now")
    assert "**Call 111.**" in done
    assert "Don't wait for my message" in done
    await demo.settle()
    assert told(demo, ana) == ["Something here has changed."]
    assert told(demo, cleo) == ["This is closed."]
    paused = await opened(demo, ana)
    assert paused.text.splitlines()[1].startswith("**If anyone may be in danger now, call 111.**")
    assert "Ben" not in paused
    assert paused.buttons == [*TALK, "What I'll do", "Withdraw", "Support"]
    [lines] = paused.followups
    assert "Call **111**" in lines
    assert installed().support_texts.myself.title in lines
    await demo.restart()
    ask = await ask_of(demo, ana)
    status = await demo.forge(ana, f"v1:asks.show:{ask.id}")
    assert status.text.splitlines()[1].startswith("**If anyone may be in danger now, call 111.**")
    assert "press `Support`, then `Right now`" in status
    assert "thinks that somebody may be in danger now." in status


async def test_after_tell_them_danger_can_still_be_said(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    beyond = await (await read_it(demo, ben)).press("This is beyond me")
    card = await (await beyond.press("Tell them")).press("Somebody may be in danger")
    assert card.buttons == ["Tell them now", "Support"]
    await card.press("Tell them now")
    await demo.settle()
    assert "thinks that somebody may be in danger now." in await opened(demo, ana)


async def test_the_number_is_shown_even_if_the_ask_was_withdrawn_meanwhile(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    sent = await send(demo, ana, "Ben", "Cleo")
    beyond = await (await read_it(demo, ben)).press("This is beyond me")
    await beyond.press("Somebody may be in danger")
    shown = await (await read_it(demo, ben)).press("This is beyond me")
    await (await sent.press("Withdraw")).press("Withdraw")
    for late in (await beyond.press("Tell them now"), await shown.press("Somebody may be in danger")):
        assert "**Call your local emergency number.**" in late
        assert "This ask is closed, so I can't tell anyone through it." in late
    assert told(demo, ana) == []


async def test_under_the_friends_boundary_danger_looks_the_same_to_them_and_the_asker_is_told_nothing(
    demo: DemoClient,
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo", wait="In 3 days")
    card = await in_danger(demo, ben)
    await apart(demo, ben, ana)
    assert "Don't wait for my message" in await card.press("Tell them now")
    await demo.settle()
    assert told(demo, ana) == []
    assert (await replies(demo, ana))["Ben"] is Reply.ASKED


async def test_under_the_askers_boundary_danger_looks_the_same_to_all_who_were_asked_and_has_no_name(
    demo: DemoClient,
) -> None:
    """Cleo may be Ben's other account: without a boundary, the ask would be paused for both of them."""
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo", wait="In 3 days")
    copy = await read_it(demo, cleo)
    card = await in_danger(demo, ben)
    await apart(demo, ana, ben)
    assert "Don't wait for my message" in await card.press("Tell them now")
    await demo.settle()
    assert "This ask is closed" in await copy.press("Answer")
    paused = await opened(demo, ana)
    assert "thinks this needs more than friends can do in writing" in paused
    assert "thinks that somebody may be in danger" not in paused
    assert "Ben" not in paused


@pytest.mark.parametrize("kind", [SAW, NAMED])
async def test_only_about_somebody_else_may_the_next_step_involve_the_person_who_was_hurt(
    demo: DemoClient, kind: str
) -> None:
    ana, ben = await friends(demo, "ben")
    shown = await form(demo, ana, kind)
    draft = await shown.submit(dict.fromkeys(shown.form.labels, "a few words"))
    await (await draft.choose("Ben")).press("Send")
    await demo.settle()
    card = await read_it(demo, ben)
    assert "What happens next is for the person who was hurt to decide." in card
    typing = await card.press("Answer")
    needs = "What the person who was hurt may need"
    answer = {needs: "Not to be alone"} | {label: ANSWER[label] for label in list(ANSWER)[1:]}
    assert typing.form.labels == list(answer)
    [step] = [field for field in typing.form.fields if field.label == STEP]
    assert "asking the person who was hurt what they want" in step.description
    missing = await typing.submit(answer | {needs: "\u3164"})
    assert "what the person who was hurt may need, and one next step" in missing
    assert "Your answer is with" in await (await missing.press("Edit")).submit(answer)
    await demo.settle()
    read = await (await opened(demo, ana)).press("Read")
    assert f"Ben\u2069: {needs}" in read
    assert "What it may have been like for them" not in read


async def test_about_what_somebody_did_themselves_the_next_step_asks_nothing_of_the_other_person(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    typing = await (await read_it(demo, ben)).press("Answer")
    [step] = [field for field in typing.form.fields if field.label == STEP]
    assert "asks nothing of the other person" in step.description


# -- partings ------------------------------------------------------------------------------------------


async def test_an_answerer_who_begins_a_rest_is_shown_as_unable_to_answer(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    await services(demo).preferences.rest(await met(demo, ben), FOREVER, demo.now)
    await demo.settle()
    assert told(demo, ben) == ["This is closed."]
    assert "Ben\u2069: can't" in await opened(demo, ana)


async def test_a_boundary_takes_effect_at_once_and_the_asker_sees_cant_about_a_day_later(
    demo: DemoClient,
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo", wait="In 3 days")
    card = await opened(demo, ben)
    await apart(demo, ben, ana)
    assert CLOSED in await card.press("Read it")
    assert (await replies(demo, ana))["Ben"] is Reply.ASKED
    await demo.skip(hours=25)
    assert (await replies(demo, ana))["Ben"] is Reply.CANT
    # The message is about the ask. The tie in the pod ends without one.
    assert told(demo, ana) == ["Something here has changed."]
    assert "Someone you asked can't answer." in await listed(demo, ana)


async def test_an_ask_sent_across_a_boundary_does_not_reach_that_person(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await apart(demo, ben, ana)
    sent = await send(demo, ana, "Ben", "Cleo", wait="In 3 days")
    assert "Ben\u2069: no answer yet" in sent
    assert told(demo, ben) == []
    assert "Nothing is waiting for you" in await listed(demo, ben)
    await demo.skip(hours=24, minutes=1)
    assert (await replies(demo, ana))["Ben"] is Reply.CANT
    assert told(demo, ben) == []


async def test_when_the_asker_leaves_the_server_their_ask_closes_for_the_answerers(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    demo.close_dms(ben)
    await send(demo, ana, "Ben", "Cleo")
    card = await (await demo.slash(cleo, "inbox")).press("Open")
    await demo.leave(ana)
    assert CLOSED in await card.press("Read it")
    await demo.settle()
    # The message was about the ask. The tie in the pod ends without one.
    assert told(demo, cleo) == ["This is closed."]


async def test_an_answer_to_an_asker_who_left_is_refused_and_shown_back(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    typing = await (await read_it(demo, ben)).press("Answer")
    await demo.leave(ana)
    refused = await typing.submit(ANSWER)
    assert CLOSED in refused
    assert "It may have stung" in refused


async def test_an_answerer_who_left_the_server_cannot_read_the_ask_from_their_dms(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    [line] = demo.dms(ben)
    card = await line.press("Open")
    await demo.leave(ben)
    assert CLOSED in await card.press("Read it")
    assert list((await replies(demo, ana)).values()).count(Reply.CANT) == 1


# -- closed DMs, restarts, races -----------------------------------------------------------------------


async def test_an_answerer_with_closed_dms_finds_the_ask_in_their_inbox(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    demo.close_dms(ben)
    await send(demo, ana, "Ben")
    assert told(demo, ben) == []
    inbox = await demo.slash(ben, "inbox")
    assert "**\u2068Ana\u2069** has a question for you." in inbox
    card = await inbox.press("Open")
    typing = await (await card.press("Read it")).press("Answer")
    assert "Your answer is with" in await typing.submit(ANSWER)
    await demo.settle()
    assert "Nothing is waiting for you" in await listed(demo, ben)
    assert "It may have stung" in await (await opened(demo, ana)).press("Read")


BUTTONS = {
    "Read it": "I mocked how they talk",
    "Not now": "It stays in your `/inbox`",
    "I can't": "That's fine",
    "This is about me or someone close": "It's hidden",
    "This is beyond me": "`Tell them`:** in one to three hours",
    "Tell them": "I'll tell them",
    "Somebody may be in danger": "Call your local emergency number.",
    "Tell them now": "Don't wait for my message",
    "Just say I can't": "That's fine",
}


async def at(demo: DemoClient, ben: MemberActor, label: str) -> Screen:
    """Return the card that has this button."""
    card = await opened(demo, ben)
    if label in card.buttons:
        return card
    for leads in ("Read it", "This is beyond me", "Somebody may be in danger"):
        card = await card.press(leads)
        if label in card.buttons:
            break
    return card


@pytest.mark.parametrize("label", BUTTONS)
async def test_two_presses_of_a_button_at_once_count_once(demo: DemoClient, label: str) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    for one in await (await at(demo, ben, label)).press_twice(label):
        assert BUTTONS[label] in one
    await demo.settle()
    assert told(demo, ana).count("Something here has changed.") <= 1


@pytest.mark.parametrize("label", BUTTONS)
async def test_every_button_of_an_answerer_works_after_a_restart(demo: DemoClient, label: str) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    card = await at(demo, ben, label)
    await demo.restart()
    assert BUTTONS[label] in await card.press(label)


@pytest.mark.parametrize("label", BUTTONS)
async def test_after_an_ask_is_withdrawn_every_button_says_that_it_has_closed_or_hides_its_text(
    demo: DemoClient, label: str
) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    sent = await send(demo, ana, "Ben", "Cleo")
    card = await at(demo, ben, label)
    await (await sent.press("Withdraw")).press("Withdraw")
    refused = await card.press(label)
    if label in ("Somebody may be in danger", "Tell them now"):
        assert "Call your local emergency number." in refused
        assert "This ask is closed, so I can't tell anyone through it." in refused
    elif label == "This is about me or someone close":
        assert "I've hidden this text from you." in refused
        assert "I mocked how they talk" not in card
    else:
        assert CLOSED in refused
        assert "there's nothing left for you to do here." in refused


@pytest.mark.parametrize("label", BUTTONS)
async def test_only_the_person_asked_can_use_the_buttons(demo: DemoClient, label: str) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    card = await at(demo, ben, label)
    for other in (ana, cleo):
        assert NOT_YOURS in await demo.forge(other, card.custom_id(label))


async def test_nobody_else_can_open_the_message(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    [line] = demo.dms(ben)
    for other in (ana, cleo):
        assert NOT_YOURS in await demo.forge(other, line.custom_id("Open"))
