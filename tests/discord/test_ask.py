"""`/ask` as its asker uses it, from the first card to the day on which its text is deleted."""

from datetime import UTC, datetime, time

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import FOREVER, Quiet
from tests.discord.asking import (
    ANSWER,
    CLOSED,
    CONTINUE,
    FELT,
    IMPACT,
    NAMED,
    NONE,
    NOT_YOURS,
    OFF,
    PUSHED,
    SAID,
    SAW,
    SENTENCES,
    STEP,
    TYPED,
    answer,
    ask_of,
    begin,
    form,
    friends,
    listed,
    met,
    opened,
    preview,
    read_it,
    send,
    services,
    tie,
    told,
)

KINDS = [
    OFF,
    SAID,
    PUSHED,
    SAW,
    NAMED,
    "Something sexual happened and I'm not sure they wanted it",
    "Someone says I hurt them",
    "Somebody may be unsafe now",
    "Somebody under 18 is involved",
]
FIXED = (
    "Your friends only heard your side, so these are their guesses. The people who were there may see it "
    "differently."
)


ALONE = ["Think it through", "What I'll do", "Should I check on them?", "Set up my pod"]


def moment(day: int, hour: int) -> str:
    """Return a moment in January 2026 as Discord's markup, the way that a card contains it."""
    return f"<t:{int(datetime(2026, 1, day, hour, tzinfo=UTC).timestamp())}:f>"


def date(day: int, hour: int = 12) -> str:
    return f"<t:{int(datetime(2026, 1, day, hour, tzinfo=UTC).timestamp())}:D>"


# -- 1: before you write -------------------------------------------------------------------------------


async def test_the_first_card_says_who_reads_an_ask_and_how_long_it_is_kept(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    card = await demo.slash(ana, "ask")
    assert card.ephemeral
    assert card.buttons == [CONTINUE, "I'm under 18", "Think it through", "Support"]
    for words in (
        "Who reads it",
        "Moderators can't read it, unless you pick one",
        "isn't confidential in law",
        "7 days after it closes",
    ):
        assert words in card
    assert "Whoever runs this bot could" in card
    assert "your friends may still guess who it is" in card
    assert "Copies that somebody made are out of my reach." in card


async def test_consent_is_asked_for_once(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await (await demo.slash(ana, "ask")).press(CONTINUE)
    assert kinds.options == KINDS
    await demo.restart()
    assert (await demo.slash(ana, "ask")).options == KINDS


async def test_consent_is_asked_for_again_where_text_is_kept_longer_and_the_preview_says_how_long(
    demo: DemoClient,
) -> None:
    ana, _ = await friends(demo, "ben")
    first = await demo.slash(ana, "ask")
    await keep_for(demo, 30)
    written = await (await first.press(CONTINUE)).choose(SAID)
    assert "I delete it and the answers 7 days after it has closed." in await written.submit(TYPED)
    again = await demo.slash(ana, "ask")
    assert "Before you write" in again
    assert "30 days after it closes" in again
    await again.press(CONTINUE)
    await keep_for(demo, 1)
    assert "Before you write" not in await demo.slash(ana, "ask")
    assert "one day after it has closed" in await (await demo.slash(ana, "inbox")).press("Open")


async def keep_for(demo: DemoClient, days: int) -> None:
    """Let a moderator choose for how many days the text of an ask is kept."""
    mo = await demo.member("mo", moderator=True)
    server = ServerId(demo.server.id)
    await services(demo).servers.change(server, await met(demo, mo), demo.now, {"retention_days": days})


async def test_people_who_agreed_to_an_older_text_are_asked_again(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    person = await met(demo, ana)
    await demo.bot.db.write(lambda tx: services(demo).preferences.consent(tx, person, "ask", 1, demo.now))
    await demo.restart()
    card = await demo.slash(ana, "ask")
    assert "Before you write" in card
    assert (await card.press(CONTINUE)).options == KINDS
    assert (await demo.slash(ana, "ask")).options == KINDS


@pytest.mark.parametrize("word", ["", ".1"])
async def test_a_press_below_an_older_text_shows_the_current_one_and_agrees_to_nothing(
    demo: DemoClient, word: str
) -> None:
    ana, _ = await friends(demo, "ben")
    card = await demo.slash(ana, "ask")
    older = card.custom_id(CONTINUE).rpartition(".")[0] + word
    shown = await demo.forge(ana, older)
    assert "Before you write" in shown
    assert "Whoever runs this bot could" in shown
    assert "Before you write" in await demo.slash(ana, "ask")
    assert (await shown.press(CONTINUE)).options == KINDS


async def test_an_older_text_under_a_message_keeps_the_message(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    said = await demo.say(ana, "you always talk like that")
    card = await demo.menu(ana, "Ask my pod about this", said)
    shown = await demo.forge(ana, card.custom_id(CONTINUE).rpartition(".")[0])
    form_shown = await (await shown.press(CONTINUE)).choose(SAID)
    assert form_shown.form.fields[0].value == "you always talk like that"


async def test_somebody_with_an_empty_pod_can_write_an_ask_and_is_offered_to_invite(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    card = await demo.slash(ana, "ask")
    assert "You can write it now, and I'll keep it for 7 days while you invite someone." in card
    assert card.buttons == [CONTINUE, "I'm under 18", *ALONE, "Support"]
    assert "Who could you ask?" in await card.press("Set up my pod")
    kinds = await card.press(CONTINUE)
    assert kinds.buttons == [*ALONE, "Support"]
    shown = await (await kinds.choose(SAID)).submit(TYPED)
    assert shown.buttons == ["Edit", "Discard", *ALONE, "Support"]
    assert "Which is true?" in await shown.press("Should I check on them?")
    assert "1 of 4" in await shown.press("Think it through")
    assert "There's nobody you can send this to right now." in shown
    assert date(14) in shown
    await tie(demo, ana, await demo.member("ben"))
    back = await (await demo.slash(ana, "inbox")).press("Open")
    assert (await (await back.choose("Ben")).press("Send")).text.startswith("### Sent")


async def test_an_ask_begun_in_direct_messages_is_for_the_only_server_of_the_asker(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await (await demo.slash(ana, "ask", dm=True)).press(CONTINUE)
    shown = await (await kinds.choose(SAID)).submit(TYPED)
    assert (await (await shown.choose("Ben")).press("Send")).text.startswith("### Sent")


# -- 3 and 4: the form and its preview -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (OFF, "What I did or said"),
        (SAID, "What I said"),
        (PUSHED, "What I did"),
        (SAW, "What I saw"),
        (NAMED, "Where I'm stuck"),
    ],
)
async def test_each_kind_of_ask_has_its_own_form(demo: DemoClient, kind: str, first: str) -> None:
    ana, _ = await friends(demo, "ben")
    shown = await form(demo, ana, kind)
    assert shown.form.title == kind
    assert shown.form.labels[0] == first
    assert [field.max_length for field in shown.form.fields] == [1200, 800, 500]
    assert [field.required for field in shown.form.fields] == [True, True, False]
    assert "/support" in shown.form.text
    assert "health or debts" in shown.form.text
    previewed = await shown.submit({first: "It happened", shown.form.labels[1]: "They froze"})
    assert f"About: {kind}" in previewed
    assert f"**{first}**" in previewed


async def test_the_preview_shows_the_text_and_the_choices_of_answerers_and_of_the_wait(
    demo: DemoClient,
) -> None:
    ana, *_ = await friends(demo, "ben", "cleo")
    shown = await preview(demo, ana)
    for words in TYPED.values():
        assert words in shown
    assert "Did you leave out anything that would change their answer?" in shown
    assert "Pick someone who tells you what you don't want to hear." in shown
    assert "Don't pick the person you may have hurt, or anyone close to them." in shown
    assert sorted(shown.options) == ["Ben", "Cleo"]
    assert shown.chosen == []
    assert shown.buttons == ["By noon", "By tonight", "In 3 days", "Send", "Edit", "Discard", "Support"]
    assert moment(7, 22) in shown
    assert moment(8, 12) in await shown.press("By noon")
    assert moment(10, 22) in await shown.press("In 3 days")
    assert moment(7, 22) in await shown.press("By tonight")
    shown = await shown.choose(["Ben", "Cleo"])
    assert sorted(shown.chosen) == ["Ben", "Cleo"]


@pytest.mark.parametrize("kind", [OFF, PUSHED])
async def test_an_ask_is_sent_in_at_most_seven_presses(demo: DemoClient, kind: str) -> None:
    ana, _ = await friends(demo, "ben")
    presses = 0

    def counted(screen: Screen) -> Screen:
        nonlocal presses
        presses += 1
        return screen

    shown = counted(await demo.slash(ana, "ask"))
    shown = counted(await shown.press(CONTINUE))
    shown = counted(await shown.choose(kind))
    shown = counted(await shown.choose(NONE))
    first = shown.form.labels[0]
    shown = counted(await shown.submit({first: "I kept asking", FELT: "They left"}))
    shown = counted(await shown.choose("Ben"))
    shown = counted(await shown.press("Send"))
    assert shown.text.startswith("### Sent")
    assert presses <= 7


@pytest.mark.parametrize("kind", [SAW, NAMED])
async def test_about_somebody_else_the_preview_keeps_both_of_them_and_their_friends_from_reading(
    demo: DemoClient, kind: str
) -> None:
    ana, _ = await friends(demo, "ben")
    shown = await form(demo, ana, kind)
    previewed = await shown.submit(dict.fromkeys(shown.form.labels, "a few words"))
    assert (
        "Don't pick the person who was hurt, the person who did it, or anyone close to either." in previewed
    )


async def test_somebody_whose_pod_is_away_can_write_and_do_something_alone(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await services(demo).preferences.rest(await met(demo, ben), FOREVER, demo.now)
    kinds = await begin(demo, ana)
    assert "Nobody in your pod can be asked right now." in kinds
    assert kinds.buttons == [*ALONE, "Support"]


async def test_pressing_edit_opens_the_form_filled_in(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    again = await (await preview(demo, ana, "Ben")).press("Edit")
    assert [field.value for field in again.form.fields] == list(TYPED.values())
    shown = await again.submit({"What I said": "I mocked how they talk, twice"})
    assert "twice" in shown
    assert shown.chosen == ["Ben"]


@pytest.mark.parametrize("blank", ["What I said", FELT])
async def test_a_form_with_a_blank_required_field_is_refused_and_can_be_edited(
    demo: DemoClient, blank: str
) -> None:
    ana, _ = await friends(demo, "ben")
    refused = await (await form(demo, ana)).submit({**TYPED, blank: "  \n "})
    assert "A few words are missing" in refused
    assert refused.buttons == ["Edit", "Discard", "Support"]
    await demo.restart()
    again = await refused.press("Edit")
    kept = {**TYPED, blank: ""}
    assert [field.value for field in again.form.fields] == list(kept.values())
    assert "What your friends will read" in await again.submit(TYPED)


async def test_after_a_dismissed_form_the_same_choice_can_be_made_again(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await begin(demo, ana)
    assert (await kinds.choose(SAID)).is_form
    assert kinds.chosen == []
    assert (await kinds.choose(SAID)).is_form
    facts = await kinds.choose(PUSHED)
    assert (await facts.choose(NONE)).is_form
    assert "Did any of this happen?" in facts
    assert facts.chosen == []
    assert (await facts.choose(NONE)).is_form
    named = await (await facts.press("Back")).choose(NAMED)
    assert (await named.press("Yes, they said so")).is_form
    assert "Did the person who was hurt say" in named


async def test_a_draft_waits_in_the_inbox_and_is_offered_first_by_the_command(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await preview(demo, ana)
    assert "A draft you haven't sent" in await listed(demo, ana)
    offered = await demo.slash(ana, "ask")
    assert offered.buttons == ["Go on with it", "Write something new", "Discard", "Support"]
    assert "I mocked how they talk" in await offered.press("Go on with it")
    offered = await demo.slash(ana, "ask")
    assert (await offered.press("Write something new")).options == KINDS
    offered = await demo.slash(ana, "ask")
    assert "Discarded" in await offered.press("Discard")
    assert (await demo.slash(ana, "ask")).options == KINDS
    assert "A draft" not in await listed(demo, ana)


async def test_an_offered_draft_says_when_it_was_last_changed(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await begin(demo, ana)
    await demo.skip(hours=3)
    shown = await preview(demo, ana)
    assert f"You last changed it on {moment(7, 15)}, and you haven't sent it." in await demo.slash(ana, "ask")
    await demo.skip(hours=2)
    await (await shown.press("Edit")).submit(TYPED)
    assert f"on {moment(7, 17)}" in await demo.slash(ana, "ask")


async def test_a_draft_is_deleted_after_seven_days(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    shown = await preview(demo, ana, "Ben")
    await demo.skip(days=7, hours=1)
    assert "A draft" not in await listed(demo, ana)
    assert NOT_YOURS in await shown.press("Send")
    assert (await demo.slash(ana, "ask")).options == KINDS


async def test_sending_is_refused_when_nobody_is_picked_or_somebody_picked_has_left(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    shown = await preview(demo, ana)
    refused = await shown.press("Send")
    assert "Nobody is picked yet" in refused
    shown = await shown.choose(["Ben", "Cleo"])
    await demo.leave(ben)
    refused = await shown.press("Send")
    assert "Someone you picked can't be asked now" in refused
    again = await refused.press("Look again")
    assert again.options == ["Cleo"]
    assert again.chosen == ["Cleo"]
    assert (await again.press("Send")).text.startswith("### Sent")


async def test_at_most_three_asks_are_open_and_a_fourth_is_kept_as_a_draft(demo: DemoClient) -> None:
    ana, *_ = await friends(demo, "ben", "cleo", "dora", "emil")
    for name in ("Ben", "Cleo", "Dora"):
        await send(demo, ana, name)
    fourth = await preview(demo, ana, "Emil")
    assert "Three are open already" in await fourth.press("Send")
    assert "A draft you haven't sent" in await listed(demo, ana)


async def test_two_people_have_at_most_one_open_ask_in_either_direction(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await tie(demo, ben, ana)
    await send(demo, ana, "Ben")
    assert (await preview(demo, ana)).options == ["Cleo"]
    assert "There's nobody you can send this to right now." in await preview(demo, ben)


# -- after Send ----------------------------------------------------------------------------------------


async def test_after_send_the_card_says_who_was_asked_and_until_when(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    sent = await send(demo, ana, "Ben", "Cleo")
    assert "Ben\u2069: no answer yet" in sent
    assert "Cleo\u2069: no answer yet" in sent
    assert moment(7, 22) in sent
    assert sent.buttons == ["Withdraw", *ALONE[:3], "Support"]
    assert sent.options == []
    for friend in (ben, cleo):
        assert told(demo, friend) == ["\u2068Ana\u2069 has a question for you."]


async def test_withdrawing_needs_confirmation_and_closes_the_dm_of_every_answerer(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    sent = await send(demo, ana, "Ben", "Cleo")
    await read_it(demo, ben)
    sure = await sent.press("Withdraw")
    assert sure.buttons == ["Withdraw", "Keep it open", "Support"]
    assert "no answer yet" in await sure.press("Keep it open")
    withdrawn = await (await sent.press("Withdraw")).press("Withdraw")
    assert "Your ask is closed for everyone." in withdrawn
    assert date(14) in withdrawn
    await demo.settle()
    assert told(demo, ben) == told(demo, cleo) == ["This is closed."]
    assert "Nothing is waiting for you" in await listed(demo, ben)


async def test_answers_can_be_read_as_soon_as_the_first_has_come(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    await answer(demo, ben)
    assert told(demo, ana) == ["Something is waiting for you."]
    status = await opened(demo, ana)
    assert "Ben\u2069: answered" in status
    assert "Cleo\u2069: no answer yet" in status
    assert status.buttons == ["Read what has come", "Withdraw", *ALONE[:3], "Support"]
    assert "While you wait, leave the other person alone." in status
    page = await status.press("Read what has come")
    assert FIXED in page
    for words in ANSWER.values():
        assert words in page
    assert page.buttons == ["What I'll do", "Should I check on them?", "Your ask", "Support"]
    assert "Cleo\u2069: no answer yet" in await page.press("Your ask")
    await answer(demo, cleo, {IMPACT: "Small", STEP: "Wait"})
    status = await opened(demo, ana)
    assert "The wait is over, and you can read the answers." in status
    assert status.buttons == ["Read", "Withdraw", "Support"]
    one = await status.press("Read")
    assert one.buttons == ["Next", "What I'll do", "Should I check on them?", "Support"]
    assert "Page 1 of 2" in one
    first = one.text
    two = await one.press("Next")
    assert FIXED in two
    assert two.buttons == ["Back", "What I'll do", "Should I check on them?", "Support"]
    assert two.text != first
    assert (await two.press("Back")).text == first
    assert date(14) in first
    await demo.settle()
    assert told(demo, ana) == ["This is closed."] * 2


async def test_plan_and_contact_are_one_press_away_from_the_answers_and_from_a_closed_ask(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    await answer(demo, ben)
    page = await (await opened(demo, ana)).press("Read")
    assert "Which is true?" in await page.press("Should I check on them?")
    assert (await page.press("What I'll do")).is_form
    status = await (await demo.slash(ana, "inbox")).press("Open")
    assert status.buttons == ["Read", "What I'll do", "Should I check on them?", "Support"]
    assert "I keep what was written until" in status
    plan = await (await status.press("What I'll do")).submit({"What I'll do": "Say nothing about voices"})
    assert "Say nothing about voices" in plan
    assert "Say nothing about voices" in await status.press("What I'll do")


async def test_an_asker_whom_nobody_answered_in_time_can_ask_somebody_else(demo: DemoClient) -> None:
    ana, *_ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    await demo.skip(hours=10, minutes=1)
    assert told(demo, ana) == ["Something here has changed."]
    status = await opened(demo, ana)
    assert "That can have many reasons: people have hard weeks of their own." in status
    assert f"`More time` gives the people who haven't answered until {moment(8, 22)}." in status
    assert status.options == ["Cleo"]
    assert status.placeholders == ["Ask someone else"]
    assert status.buttons == [
        "More time", "Withdraw", *ALONE[:3], "Support",
    ]  # fmt: skip
    waiting = await status.choose("Cleo")
    assert "Ben\u2069: no answer yet" in waiting
    assert "Cleo\u2069: no answer yet" in waiting
    assert moment(8, 22) in waiting
    await demo.settle()
    assert told(demo, ana) == ["This is closed."]
    assert "has a question for you." in told(demo, await demo.member("cleo"))[0]


async def test_more_time_shows_its_own_end_when_it_is_shorter_than_the_first_wait(demo: DemoClient) -> None:
    """An ask that is sent at noon with `By noon` waits 24 hours. At 13:00 the next noon is 23 hours away."""
    ana, _ = await friends(demo, "ben")
    assert moment(8, 12) in await send(demo, ana, "Ben", wait="By noon")
    await demo.skip(hours=25)
    status = await opened(demo, ana)
    assert f"until {moment(9, 12)}." in status
    assert moment(9, 12) in await status.press("More time")


async def test_more_time_can_be_given_twice_and_no_more(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    await demo.skip(hours=10, minutes=1)
    for day in (8, 9):
        assert moment(day, 22) in await (await opened(demo, ana)).press("More time")
        await demo.settle()
        assert set(told(demo, ana)) == {"This is closed."}
        await demo.skip(hours=24)
    last = await opened(demo, ana)
    assert last.buttons == ["Withdraw", *ALONE, "Support"]
    refused = await demo.forge(ana, f"v1:asks.longer:{(await ask_of(demo, ana)).id}")
    assert "It has waited three times" in refused


async def test_more_time_is_not_offered_where_all_have_replied(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    await (await opened(demo, ben)).press("I can't")
    await demo.settle()
    status = await opened(demo, ana)
    assert "Nobody could answer this time" in status
    assert "Ben\u2069: can't" in status
    assert status.options == ["Cleo"]
    assert status.buttons == ["Withdraw", *ALONE[:3], "Support"]
    refused = await demo.forge(ana, f"v1:asks.longer:{(await ask_of(demo, ana)).id}")
    assert "Everyone has replied" in refused


async def test_after_somebody_cannot_answer_the_asker_can_ask_somebody_else(demo: DemoClient) -> None:
    ana, ben, cleo, dora = await friends(demo, "ben", "cleo", "dora")
    await send(demo, ana, "Ben", "Cleo")
    await (await opened(demo, ben)).press("I can't")
    await demo.settle()
    assert told(demo, ana) == ["Something here has changed."]
    status = await opened(demo, ana)
    assert status.options == ["Dora"]
    other = await status.choose("Dora")
    assert "Dora\u2069: no answer yet" in other
    await demo.settle()
    await answer(demo, dora)
    await answer(demo, cleo)
    page = await (await opened(demo, ana)).press("Read")
    assert "Page 1 of 2" in page


async def test_whoever_left_can_no_longer_be_asked_instead(demo: DemoClient) -> None:
    ana, _, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    await demo.skip(hours=10, minutes=1)
    status = await opened(demo, ana)
    await demo.leave(cleo)
    refused = await status.choose("Cleo")
    assert "Someone you picked can't be asked now" in refused
    assert (await refused.press("Look again")).options == []


async def test_an_ask_with_unread_answers_is_reminded_of_then_closes_and_is_then_deleted(
    demo: DemoClient,
) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", "Cleo")
    await answer(demo, ben)
    await demo.skip(hours=10, minutes=1)
    assert told(demo, ana) == ["Something is waiting for you."] * 2
    await demo.skip(days=2)
    assert told(demo, ana) == ["Something is waiting for you."] * 3
    await demo.skip(days=5)
    assert told(demo, ana) == ["This is closed."] * 3
    assert told(demo, cleo) == ["This is closed."]
    entry = await demo.slash(ana, "inbox")
    assert "Your ask from" in entry
    closed = await entry.press("Open")
    assert "Ben\u2069: answered" in closed
    assert "Cleo\u2069: no answer" in closed
    assert "no answer yet" not in closed
    assert "It may have stung" in await closed.press("Read")
    await demo.skip(days=7)
    assert "Nothing is waiting for you" in await listed(demo, ana)


# -- the same thing again ------------------------------------------------------------------------------


async def test_pressing_same_opens_the_earlier_ask_with_its_answers_and_its_plan(demo: DemoClient) -> None:
    ana, ben, _ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    await answer(demo, ben)
    page = await (await opened(demo, ana)).press("Read")
    await (await page.press("What I'll do")).submit({"What I'll do": "Say nothing about voices"})
    await demo.skip(days=2)
    again = await preview(demo, ana)
    assert (
        "Is this the same thing as on <t:1767787200:D>? `Open the earlier one` shows who replied then"
        in again
    )
    assert "What you just typed stays in `/inbox`." in again
    assert again.buttons == [
        "By noon",
        "By tonight",
        "In 3 days",
        "Send",
        "Edit",
        "Discard",
        "Open the earlier one",
        "Support",
    ]
    same = await again.press("Open the earlier one")
    assert "It may have stung" in same
    assert same.buttons == ["What I'll do", "Should I check on them?", "Support"]
    plan, kept = same.followups
    assert "Say nothing about voices" in plan
    assert "What you just wrote is still here" in kept
    assert "A draft you haven't sent" in await listed(demo, ana)


async def test_the_button_same_is_not_offered_when_the_earlier_ask_was_withdrawn(demo: DemoClient) -> None:
    ana, *_ = await friends(demo, "ben", "cleo")
    sent = await send(demo, ana, "Ben")
    await (await sent.press("Withdraw")).press("Withdraw")
    again = await preview(demo, ana)
    assert "Open the earlier one" not in again.buttons
    assert "the same thing" not in again


async def test_pressing_same_shows_the_status_of_an_earlier_ask_that_still_waits(demo: DemoClient) -> None:
    ana, *_ = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben")
    same = await (await preview(demo, ana)).press("Open the earlier one")
    assert "Ben\u2069: no answer yet" in same
    [kept] = same.followups
    assert "What you just wrote is still here" in kept


async def test_the_button_it_happened_again_asks_what_it_is_about(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben")
    await answer(demo, ben)
    page = await (await opened(demo, ana)).press("Read")
    plan = await (await page.press("What I'll do")).submit({"What I'll do": "Say nothing about voices"})
    plan = await plan.choose("Tomorrow")
    await demo.skip(days=2)
    done = await (await opened(demo, ana)).press("I did it")
    await done.submit({"What is different now?": "I wait", "What will you stay away from?": "The game"})
    await demo.skip(days=32)
    again = await (await (await opened(demo, ana)).press("It happened again")).press("Ask my pod")
    assert "What is it about?" in again
    assert "Did any of this happen?" in await again.choose(PUSHED)
    assert (await again.choose(NONE)).is_form


# -- quiet hours, names, long texts --------------------------------------------------------------------


async def test_an_answerers_quiet_hours_lengthen_the_wait_without_the_asker_being_told(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    await services(demo).preferences.keep_quiet(await met(demo, ben), Quiet(time(21), time(7)))
    shown = await preview(demo, ana, "Ben")
    assert moment(7, 22) in shown
    assert "falls in somebody's quiet hours, I wait until the next morning" in shown
    assert moment(7, 22) in await shown.press("Send")
    await demo.skip(hours=21, minutes=30)
    assert told(demo, ana) == []
    await demo.skip(hours=1)
    assert told(demo, ana) == ["Something here has changed."]


NAMES = {
    "long": "Maximiliane-Theodora von und zu",
    "emoji": "🌿 ben 🧭👩‍👩‍👧",
    "rtl": "\u202eבן־ציון\u202c",
    "marks": "**b_e_n** <@&1>",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
async def test_people_with_long_or_unusual_names_can_ask_and_answer(demo: DemoClient, name: str) -> None:
    ana = await demo.member("ana", shown=name)
    ben = await demo.member("ben", shown=name)
    await tie(demo, ana, ben)
    shown = await preview(demo, ana)
    [option] = shown.options
    assert len(option) <= 100
    assert "\u202e" not in option
    sent = await (await shown.choose(option)).press("Send")
    await demo.settle()
    assert ": no answer yet" in sent
    assert "<@&1>" not in sent
    assert "has a question for you." in told(demo, ben)[0]
    assert "<@&1>" not in told(demo, ben)[0]
    await answer(demo, ben)
    page = await (await opened(demo, ana)).press("Read")
    assert "It may have stung" in page


async def test_a_text_that_escaping_makes_much_longer_is_shown_whole_on_several_pages(
    demo: DemoClient,
) -> None:
    ana, ben = await friends(demo, "ben")
    wild = "*_~<@&1>"
    typed = {"What I said": wild * 150, FELT: wild * 100, "What I'd like to know": wild * 62}
    shown = await preview(demo, ana, typed=typed)
    pages = [shown.text]
    while "Next" in shown.buttons:
        shown = await shown.press("Next")
        pages.append(shown.text)
    assert len(pages) > 1
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert "".join(pages).count("&") == 312
    assert all(len(page) <= 4000 for page in pages)
    assert "Back" in shown.buttons
    shown = await shown.press("Back")
    sent = await (await shown.choose("Ben")).press("Send")
    assert sent.text.startswith("### Sent")
    await demo.settle()
    read = await read_it(demo, ben)
    pages = [read.text]
    while "Next" in read.buttons:
        read = await read.press("Next")
        pages.append(read.text)
    assert all(f"Page {n} of {len(pages)}" in page for n, page in enumerate(pages, 1))
    assert "".join(pages).count("&") == 312
    long = {IMPACT: wild * 112, STEP: wild * 75, "What might be missing": wild * 62}
    done = await (await read.press("Answer")).submit(long)
    assert "Your answer is with" in done
    await demo.settle()
    page = await (await opened(demo, ana)).press("Read")
    pages = [page.text]
    while "Next" in page.buttons:
        page = await page.press("Next")
        pages.append(page.text)
    assert "".join(pages).count("&") == 249


# -- restarts, races, others ---------------------------------------------------------------------------


@pytest.mark.uncounted
async def test_a_restart_between_any_two_steps_changes_nothing(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")

    async def again(screen: Screen) -> Screen:
        await demo.restart()
        return screen

    shown = await again(await demo.slash(ana, "ask"))
    shown = await again(await shown.press(CONTINUE))
    shown = await again(await shown.choose(PUSHED))
    opened_form = await again(await shown.choose(NONE))
    shown = await again(await opened_form.submit({"What I did": "I kept asking", FELT: "They left"}))
    edited = await again(await shown.press("Edit"))
    shown = await again(await edited.submit({"What I did": "I kept asking all night"}))
    shown = await again(await shown.choose(["Ben", "Cleo"]))
    shown = await again(await shown.press("In 3 days"))
    assert "no answer yet" in await again(await shown.press("Send"))
    for friend in (ben, cleo):
        card = await again(await opened(demo, friend))
        card = await again(await card.press("Not now"))
        card = await again(await card.press("Read it"))
        assert "I kept asking all night" in card
        typing = await again(await card.press("Answer"))
        assert "Your answer is with" in await again(await typing.submit(ANSWER))
    status = await again(await opened(demo, ana))
    page = await again(await status.press("Read"))
    page = await again(await page.press("Next"))
    assert "It may have stung" in page
    typing = await again(await page.press("What I'll do"))
    assert "I wait" in await again(await typing.submit({"What I'll do": "I wait"}))


TWICE = {
    CONTINUE: "What is it about?",
    "By noon": "What your friends will read",
    "Send": "Sent",
    "Withdraw": "Your ask is closed for everyone.",
    "More time": "They have until",
    "Read": FIXED,
}


@pytest.mark.parametrize("label", TWICE)
async def test_two_presses_of_a_button_at_once_count_once(demo: DemoClient, label: str) -> None:
    ana, ben = await friends(demo, "ben")
    shown = await at(demo, ana, ben, label)
    for one in await shown.press_twice(label):
        assert TWICE[label] in one
    await demo.settle()
    held = await services(demo).asks.kept(await met(demo, ana))
    assert len(held) == (0 if label in (CONTINUE, "By noon") else 1)
    assert len(told(demo, ben)) == len(held)


async def at(demo: DemoClient, ana: MemberActor, ben: MemberActor, label: str) -> Screen:
    """Return the card that has this button."""
    if label == CONTINUE:
        return await demo.slash(ana, "ask")
    if label in ("By noon", "Send"):
        return await preview(demo, ana, "Ben")
    sent = await send(demo, ana, "Ben")
    if label == "Withdraw":
        return await sent.press("Withdraw")
    if label == "More time":
        await demo.skip(hours=10, minutes=1)
    else:
        await answer(demo, ben)
    return await opened(demo, ana)


async def test_discarding_a_draft_twice_at_once_discards_it(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    await (await preview(demo, ana, "Ben")).press_twice("Discard")
    assert "Nothing is waiting for you" in await listed(demo, ana)


async def test_a_form_for_a_draft_already_sent_is_refused_and_shows_what_was_typed(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    shown = await preview(demo, ana, "Ben")
    late = await shown.press("Edit")
    await shown.press("Send")
    refused = await late.submit({"What I said": "something new"})
    assert "That's already done" in refused
    assert "something new" in refused


async def test_two_forms_opened_from_one_card_become_two_drafts(demo: DemoClient) -> None:
    ana, _ = await friends(demo, "ben")
    kinds = await begin(demo, ana)
    one, two = await kinds.choose(SAID), await kinds.choose(SAID)
    assert "I mocked how they talk" in await one.submit(TYPED)
    second = await two.submit({"What I said": "something else", FELT: "They left"})
    assert "something else" in second
    assert (await listed(demo, ana)).count("A draft you haven't sent") == 2
    assert (await (await second.choose("Ben")).press("Send")).text.startswith("### Sent")
    assert "I mocked how they talk" in await (await demo.slash(ana, "ask")).press("Go on with it")


async def test_an_asker_with_closed_dms_finds_the_answers_in_their_inbox(demo: DemoClient) -> None:
    ana, ben = await friends(demo, "ben")
    demo.close_dms(ana)
    await send(demo, ana, "Ben")
    await answer(demo, ben)
    assert told(demo, ana) == []
    inbox = await demo.slash(ana, "inbox")
    assert "The wait for your ask is over" in inbox
    assert "It may have stung" in await (await inbox.press("Open")).press("Read")


async def test_every_dm_is_one_of_the_sentences_that_a_dm_can_say(demo: DemoClient) -> None:
    ana, ben, cleo, dora = await friends(demo, "ben", "cleo", "dora")
    await send(demo, ana, "Ben", "Cleo", "Dora", wait="In 3 days")
    await answer(demo, ben)
    await (await opened(demo, cleo)).press("I can't")
    await (await opened(demo, dora)).press("Not now")
    await demo.skip(days=2)
    said = {text for one in (ana, ben, cleo, dora) for text in told(demo, one)}
    assert said <= {*SENTENCES, "\u2068Ana\u2069 has a question for you."}
    assert all(CLOSED not in text or text == "This is closed." for text in said)
