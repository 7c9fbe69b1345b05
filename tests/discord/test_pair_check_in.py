"""A check-in of a pair, from the question to what reaches the partner."""

import pytest

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.pair import strings as pair_words
from cogs.pair.check import strings
from tests.discord.asking import received
from tests.discord.pairing import (
    AGREED,
    CHANGED,
    GONE,
    READY,
    accepted,
    asked,
    begun,
    entry,
    friends,
    opened,
    paired,
    sheet,
    told,
)

NOTE = "It was *late* @everyone"
ANSWERS = ["On track", "It's been hard", "I slipped up", "Skip"]
A_DAY_AND_MORE = 26
"""After so many hours the agreed time has come in every time zone, so a round has closed by then."""
HURT = "Was somebody hurt or scared?"
TO_THINK_ABOUT = "If you'd like something to think about: "
NOT_SHARED = "Right now I show this to nobody else."


async def noted(card: Screen, note: str = NOTE) -> Screen:
    return await (await card.press("Add a note")).submit({"A note": note})


async def test_each_partner_gets_one_message_with_one_question_at_the_agreed_hour(demo: DemoClient) -> None:
    ana, bo = await paired(demo, zones=("Berlin", "Auckland"))
    await demo.skip(days=3, hours=16, minutes=59)
    assert READY not in told(demo, bo)
    await demo.skip(minutes=2)
    assert told(demo, bo) == [READY]
    assert READY not in told(demo, ana)
    await demo.skip(hours=12)
    assert told(demo, ana)[-1] == READY
    question = await opened(demo, ana)
    assert "Your check-in with Bo" in question
    assert "I don't show anybody your answer, unless you share it." in question
    assert "**What you're working on**\nAna's aim" in question
    assert "How has this been going?" in question
    assert question.buttons == [*ANSWERS, "Ask me tonight", "I'd like to talk", "Show the pair", "Support"]
    assert strings.LATE not in question
    assert question.chosen == []


async def test_questions_about_support_and_about_limits_take_turns(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    library = demo.bot.services.library
    kinds = []
    for _ in range(4):
        support = {library.question(number) for number in range(0, 2000, 2)}
        limit = {library.question(number) for number in range(1, 2000, 2)}
        assert not support & limit
        [text] = [line for line in question.text.splitlines() if TO_THINK_ABOUT in line]
        text = text.partition(TO_THINK_ABOUT)[2]
        kinds.append("support" if text in support else "limit" if text in limit else text)
        assert f"{TO_THINK_ABOUT}{text}" in await question.press("Skip"), "it stays in sight"
        await demo.skip(days=7)
        question = await opened(demo, question.member)
    assert kinds in (["support", "limit"] * 2, ["limit", "support"] * 2)


@pytest.mark.parametrize("answer", ["On track", "It's been hard"])
async def test_an_answer_is_not_shared_by_itself_and_neither_choice_stands_out(
    demo: DemoClient, answer: str
) -> None:
    question, bo = await asked(demo)
    before = told(demo, bo)
    card = await question.press(answer)
    assert f"### {answer}" in card
    assert NOT_SHARED in card
    assert card.buttons == [
        "Add a note", "Share with Bo", "Keep it mine",
        "Another answer", "I'd like to talk", "Show the pair", "Support",
    ]  # fmt: skip
    styles = {
        one["style"] for row in card.message.components[-1]["components"] for one in row.get("components", [])
    }
    assert styles == {2}, "neither of the two stands out"
    await demo.skip(days=1)
    assert told(demo, bo) == before
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons


async def test_skip_needs_no_reason_and_has_nothing_to_share(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await question.press("Skip")
    assert "You don't need a reason to skip." in card
    assert card.buttons == ["Another answer", "I'd like to talk", "Show the pair", "Support"]
    await demo.forge(
        question.member, card.custom_id("Another answer").replace("check", "share").removesuffix(".again")
    )
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons


async def test_a_note_and_each_change_of_it_are_shared_only_when_share_is_pressed(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    form = await (await question.press("It's been hard")).press("Add a note")
    assert form.form["A note"].max_length == 600
    assert "I don't show this note to anybody." in form.form.text
    assert TO_THINK_ABOUT in form.form.text
    card = await form.submit({"A note": NOTE})
    assert "\\*late\\*" in card
    assert "@everyone" not in card.text
    assert NOT_SHARED in card
    kept = await card.press("Keep it mine")
    assert strings.KEPT_NOW in kept
    card = await kept.press("Share with Bo")
    assert strings.SHARED_NOW.format(name="Bo") in card
    assert "Share with Bo" not in card.buttons
    shown = await entry(demo, bo, "shared something with you")
    assert "On 11 January 2026 they answered: **It's been hard**." in shown
    assert "I gave them this to think about: " in shown
    assert "\\*late\\*" in shown
    assert told(demo, bo)[-1] == GONE
    # A changed note is shared only if `Share` is pressed again.
    form = await card.press("Change the note")
    assert form.form["A note"].value == NOTE
    card = await form.submit({"A note": "Other words"})
    assert NOT_SHARED in card
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons
    await card.press("Share with Bo")
    shown = await (await demo.slash(bo, "pair show")).press("What they shared")
    assert "Other words" in shown


async def test_keep_it_mine_takes_back_what_was_shared(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await (await noted(await question.press("On track"))).press("Share with Bo")
    assert told(demo, bo)[-1] == READY
    read = await opened(demo, bo)
    assert "late" in read
    assert "You can take it back at any time." in card
    kept = await card.press("Take it back")
    assert strings.TAKEN_NOW.format(name="Bo") in kept
    assert kept.buttons[:2] == ["Change the note", "Share with Bo"]
    show = await demo.slash(bo, "pair show")
    assert "What they shared" not in show.buttons
    assert pair_words.CLOSED_TITLE in await demo.forge(
        bo, show.custom_id("History").replace("history", "shared")
    )


async def test_the_message_about_a_shared_answer_closes_when_it_is_taken_back_before_it_is_read(
    demo: DemoClient,
) -> None:
    question, bo = await asked(demo)
    card = await (await question.press("On track")).press("Share with Bo")
    await card.press("Take it back")
    await demo.settle()
    assert told(demo, bo)[-1] == GONE
    assert "shared something" not in (await demo.slash(bo, "inbox")).text


async def test_a_new_answer_is_not_shared_although_the_earlier_one_was(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await (await question.press("On track")).press("Share with Bo")
    again = await card.press("Another answer")
    assert again.buttons[:4] == ANSWERS
    card = await again.press("It's been hard")
    assert NOT_SHARED in card
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons


async def test_a_slip_asks_first_whether_somebody_was_hurt(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await question.press("I slipped up")
    assert HURT in card
    assert "If you're not sure, that counts as yes." in card
    assert card.buttons == ["Yes, or I'm not sure", "No", "Another answer", "Support"]
    # Nothing is stored before that answer: when the card is opened again, it begins where it was.
    again = await opened(demo, question.member)
    assert again.buttons[:4] == ANSWERS
    answered = await card.press("No")
    assert "You can go on from here." in answered
    assert "Add a note" in answered.buttons
    # What was stored before is asked about again, because nobody knows how that question was answered.
    assert HURT in await opened(demo, question.member)
    shared = await (await noted(answered)).press("Share with Bo")
    assert strings.SHARED_NOW.format(name="Bo") in shared
    assert "they answered: **I slipped up**" in await opened(demo, bo)
    assert strings.SHARED_NOW.format(name="Bo") in await opened(demo, question.member)


async def test_if_somebody_was_hurt_the_talk_screen_is_shown_and_no_note_can_be_added(
    demo: DemoClient,
) -> None:
    question, bo = await asked(demo)
    before = told(demo, bo)
    card = await (await question.press("I slipped up")).press("Yes, or I'm not sure")
    assert "Don't write to them, tonight or in the morning, not even to say sorry." in card
    assert card.buttons == [
        "Ask someone to talk",
        "Think it through",
        "What I'll do",
        "Should I check on them?",
        "Support",
    ]
    assert told(demo, bo) == before
    again = await opened(demo, question.member)
    assert again.buttons[:4] == ANSWERS
    assert "Add a note" not in again.buttons
    assert "11: no answer" in await demo.slash(question.member, "pair history")
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons


async def test_a_slip_asks_first_whether_somebody_was_hurt_even_when_a_note_exists(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    card = await noted(await question.press("It's been hard"))
    assert HURT in await (await card.press("Another answer")).press("I slipped up")
    assert "### It's been hard" in await opened(demo, question.member), "the answer of before stays until No"


@pytest.mark.parametrize(
    ("about", "label", "noted_as"),
    [
        ("A habit", "I slipped up", "11: slipped up"),
        ("How I treat people", "I didn't stick to it", "11: didn't stick to it"),
    ],
)
async def test_only_about_a_habit_one_slips_up(
    demo: DemoClient, about: str, label: str, noted_as: str
) -> None:
    """Whatever the aim is about, the question whether somebody was hurt comes first."""
    ana, bo = await friends(demo)
    before = await demo.slash(ana, "pair start", partner=bo, **AGREED)
    await (await before.press(about)).submit(sheet("Ana"))
    await accepted(demo, bo)
    await demo.skip(days=4, hours=6)
    question = await opened(demo, ana)
    assert question.buttons[:4] == ["On track", "It's been hard", label, "Skip"]
    hurt = await question.press(label)
    assert HURT in hurt
    answered = await hurt.press("No")
    assert f"### {label}" in answered
    await answered.press("Share with Bo")
    assert f"they answered: **{label}**" in await entry(demo, bo, "shared something with you")
    assert noted_as in await demo.slash(ana, "pair history")


async def test_a_pair_of_version_01_in_which_nobody_was_asked_has_a_neutral_answer(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    form = await begun(demo, ana, bo)
    before = form.form.custom_id.removesuffix(".habit")
    fields = {"aim": "a", "signs": "b", "words": "c", "zone": "Berlin"}
    await demo.forge_form(ana, before, fields)
    await accepted(demo, bo)
    await demo.skip(days=4, hours=6)
    question = await opened(demo, ana)
    assert question.buttons[:4] == ["On track", "It's been hard", "Off track", "Skip"]
    assert "### Off track" in await (await question.press("Off track")).press("No")


async def test_a_wish_to_talk_reaches_the_partner_and_their_yes_later_comes_back(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await question.press("I'd like to talk")
    assert strings.WISHED.format(name="Bo") in card
    assert card.buttons[:4] == ANSWERS
    assert "I'd like to talk" not in card.buttons
    assert told(demo, bo)[-1] == "\u2068Ana\u2069 has a question for you."
    wish = await opened(demo, bo)
    assert "would like to talk about how it's going" in wish
    assert "you don't need a reason to say no" in wish
    assert wish.buttons == ["Yes, later", "Not this time", "Support"]
    for said in await wish.press_twice("Yes, later"):
        assert strings.SAID_LATER_TITLE in said
    await demo.settle()
    assert told(demo, bo)[-1] == GONE
    assert told(demo, question.member)[-1] == READY
    answer = await opened(demo, question.member)
    assert "would like to talk too, but later" in answer
    assert told(demo, question.member)[-1] == GONE


async def test_not_this_time_gives_no_reason_and_a_wish_can_be_sent_once_a_round(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    talk = question.custom_id("I'd like to talk")
    for card in await question.press_twice("I'd like to talk"):
        assert strings.ONLY_YOU in card
    await demo.settle()
    assert told(demo, bo).count("\u2068Ana\u2069 has a question for you.") == 1
    assert strings.SAID_NOT_NOW_TITLE in await (await opened(demo, bo)).press("Not this time")
    assert told(demo, question.member)[-1] == CHANGED
    assert "There can be many reasons for that." in await opened(demo, question.member)
    await demo.forge(question.member, talk)
    assert told(demo, bo)[-1] == GONE
    assert "doesn't want to talk this time" in await (await opened(demo, question.member)).press(
        "It's been hard"
    )


async def test_an_answer_to_a_wish_to_talk_cannot_be_changed(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    await question.press("I'd like to talk")
    wish = await opened(demo, bo)
    not_now = wish.custom_id("Not this time")
    await wish.press("Yes, later")
    assert pair_words.CLOSED_TITLE in await demo.forge(bo, not_now)


async def test_nothing_can_be_shared_with_a_partner_who_left_the_server(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await question.press("It's been hard")
    await demo.leave(bo)
    assert pair_words.CLOSED_TITLE in await card.press("Share with Bo")
    assert pair_words.CLOSED_TITLE in await demo.forge(question.member, card.custom_id("I'd like to talk"))
    assert "has ended" in await opened(demo, question.member)


@pytest.mark.parametrize("looks", [False, True])
async def test_an_answer_that_a_card_has_shown_stays_after_a_boundary_and_another_never_shows(
    demo: DemoClient, looks: bool
) -> None:
    """Quiet hours hold the message back, so only the card can have told Ana of the answer."""
    question, bo = await asked(demo)
    ana = question.member
    await question.press("I'd like to talk")
    wish = await opened(demo, bo)
    card = await (await demo.slash(ana, "settings")).press("Quiet hours")
    card = await card.choose("They begin at 18:00", which="begin")
    card = await card.choose("They end at 08:00", which="end")
    await card.press("Keep these hours")
    await wish.press("Yes, later")
    later = strings.WISH_LATER.format(name="Bo")
    if looks:
        assert later in await (await demo.slash(ana, "pair show")).press("My check-in")
    services = demo.bot.services
    ids = [await services.people.of_account(one.id) for one in (bo, ana)]
    await services.boundaries.set(*ids, demo.now)
    seen = await (await demo.slash(ana, "pair show")).press("My check-in")
    assert (later in seen) is looks
    assert (strings.WISHED.format(name="Bo") in seen) is not looks


async def test_quiet_hours_delay_the_message_about_a_wish_to_talk(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    card = await (await demo.slash(bo, "settings")).press("Quiet hours")
    card = await card.choose("They begin at 18:00", which="begin")
    card = await card.choose("They end at 08:00", which="end")
    await card.press("Keep these hours")
    before = len(told(demo, bo))
    await question.press("I'd like to talk")
    await demo.skip(hours=12)
    assert len(told(demo, bo)) == before
    await demo.skip(hours=2)
    assert told(demo, bo)[before:] == ["\u2068Ana\u2069 has a question for you."]


async def test_partners_with_closed_dms_find_check_ins_and_wishes_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    for member in (ana, bo):
        demo.close_dms(member)
    await demo.skip(days=5)
    assert READY not in told(demo, ana)
    card = await (await entry(demo, ana, "Your check-in")).press("It's been hard")
    card = await card.press("Share with Bo")
    await card.press("I'd like to talk")
    assert "**It's been hard**" in await entry(demo, bo, "shared something with you")
    await (await entry(demo, bo, "would like to talk")).press("Not this time")
    assert "many reasons" in await entry(demo, ana, "answered about talking")


async def test_after_two_missed_check_ins_only_the_person_who_missed_them_is_told(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    ana = question.member
    await question.press("On track")
    await demo.skip(days=7)
    await (await opened(demo, ana)).press("On track")
    await demo.skip(hours=A_DAY_AND_MORE)
    assert "Two check-ins went by." not in (await demo.slash(bo, "inbox")).text
    await demo.skip(days=7)
    missed = await entry(demo, bo, "Two check-ins went by.")
    assert "nobody else was told" in missed
    assert missed.buttons == ["My check-in", "Change", "Pause", "End", "Support"]
    assert told(demo, bo).count(READY) == 2
    shown = (await demo.slash(ana, "inbox")).text
    assert "went by" not in shown
    assert "still suit" not in shown
    await demo.skip(days=7, minutes=1)
    silent = await entry(demo, bo, "Does your pair still suit you?")
    assert "You don't need a reason for any of these." in silent
    assert silent.buttons == ["My check-in", "Change", "Pause", "End", "Support"]
    assert "went by" not in (await demo.slash(bo, "inbox")).text
    assert "**January 2026** · 11: no answer" in await demo.slash(bo, "pair history")
    assert "**January 2026** · 11: on track, 18: on track" in await demo.slash(ana, "pair history")


async def test_any_answer_prevents_the_question_whether_the_pair_still_fits(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    await demo.skip(days=14, hours=A_DAY_AND_MORE)
    await (await (await entry(demo, bo, "Two check-ins went by.")).press("My check-in")).press("Skip")
    await demo.skip(days=7, minutes=1)
    assert "still suit" not in (await demo.slash(bo, "inbox")).text
    assert "still suit" in (await demo.slash(question.member, "inbox")).text


async def test_a_note_sent_after_the_next_check_in_was_due_is_refused_but_not_lost(demo: DemoClient) -> None:
    question, _ = await asked(demo)
    card = await question.press("It's been hard")
    form = await card.press("Add a note")
    again = card.custom_id("Another answer")
    await demo.skip(days=6, hours=22)
    assert "### It's been hard" in await opened(demo, question.member)
    await demo.skip(hours=2 + A_DAY_AND_MORE)
    late = await form.submit({"A note": "Written too late"})
    assert pair_words.CLOSED_TITLE in late
    assert "Written too late" in late
    assert pair_words.CLOSED_TITLE in await demo.forge(question.member, again)
    assert told(demo, question.member).count(READY) == 1


async def test_shared_answers_are_read_one_to_a_page_newest_first(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    await (await noted(await question.press("It's been hard"), "The first")).press("Share with Bo")
    await demo.skip(days=7)
    question = await opened(demo, question.member)
    await (await noted(await question.press("On track"), "The second")).press("Share with Bo")
    newest = await (await demo.slash(bo, "pair show")).press("What they shared")
    assert "The second" in newest
    assert "1 of 2" in newest
    older = await newest.press("Older")
    assert "The first" in older
    assert "The second" in await older.press("Newer")


async def test_answer_share_and_keep_pressed_twice_at_once_take_effect_once(demo: DemoClient) -> None:
    question, bo = await asked(demo)
    first, second = await question.press_twice("It's been hard")
    assert first.text == second.text
    for card in await first.press_twice("Share with Bo"):
        assert "can read this now" in card
    await demo.settle()
    assert told(demo, bo).count(READY) == 2
    for card in await first.press_twice("Take it back"):
        assert "Share with Bo" in card.buttons
    await demo.settle()
    assert "What they shared" not in (await demo.slash(bo, "pair show")).buttons


@pytest.mark.uncounted
async def test_a_check_in_goes_on_after_a_restart_between_any_two_steps(demo: DemoClient) -> None:
    ana, bo = await paired(demo)
    await demo.restart()
    await demo.skip(days=4, hours=6)
    question = await opened(demo, ana)
    await demo.restart()
    card = await question.press("I slipped up")
    await demo.restart()
    card = await card.press("No")
    await demo.restart()
    form = await card.press("Add a note")
    await demo.restart()
    card = await form.submit({"A note": NOTE})
    await demo.restart()
    card = await card.press("Share with Bo")
    await demo.restart()
    await card.press("I'd like to talk")
    await demo.restart()
    wish = await opened(demo, bo)
    await demo.restart()
    await wish.press("Yes, later")
    await demo.restart()
    assert "would like to talk too, but later" in await opened(demo, ana)
    assert "late" in await (await demo.slash(bo, "pair show")).press("What they shared")


async def last(demo: DemoClient) -> tuple[Screen, Screen]:
    """Return the last of four check-ins, Ana's and Bo's, after both skipped the other three."""
    question, bo = await asked(demo, weeks=4)
    ana = question.member
    for _ in range(3):
        for member in (ana, bo):
            await (await opened(demo, member)).press("Skip")
        await demo.skip(days=7)
    return await opened(demo, ana), await opened(demo, bo)


async def test_a_pair_goes_on_when_both_press_renew_at_the_last_check_in(demo: DemoClient) -> None:
    one, other = await last(demo)
    assert "This is your last check-in." in one
    assert "If you'd like something to think about: What has changed since you began?" in one
    card = await one.press("On track")
    assert "the pair ends by itself" in card
    assert {"Keep going", "End the pair"} <= set(card.buttons)
    for renewed in await card.press_twice("Keep going"):
        assert "You said you'd like to keep going." in renewed
        assert "Keep going" not in renewed.buttons
    await demo.settle()
    assert told(demo, other.member).count("\u2068Ana\u2069 has a question for you.") == 1
    offered = await opened(demo, other.member)
    assert "**Ana would like to keep going:**" in offered
    assert "You said you'd like to keep going." in await demo.slash(one.member, "pair show")
    assert offered.buttons[:2] == ["Agree", "Keep it as it is"]
    card = await (await other.press("It's been hard")).press("Keep going")
    assert strings.LAST_TEXT not in card
    assert "Keep going" not in card.buttons
    await demo.settle()
    assert told(demo, one.member)[-1] == CHANGED
    stands = await opened(demo, one.member)
    assert "Your next check-in is at" in stands
    before = received(demo, one.member)
    await demo.skip(days=7)
    assert len(received(demo, one.member) - before) == 1
    assert told(demo, one.member)[-1] == READY
    assert "This is your last check-in" not in (await opened(demo, one.member)).text


async def test_a_pair_goes_on_when_one_presses_renew_and_the_other_agrees(demo: DemoClient) -> None:
    one, other = await last(demo)
    await (await one.press("On track")).press("Keep going")
    agreed = await (await opened(demo, other.member)).press("Agree")
    assert "The last check-in is on 1 March 2026" in agreed


async def test_a_pair_closes_when_only_one_presses_renew(demo: DemoClient) -> None:
    one, other = await last(demo)
    await (await one.press("On track")).press("Keep going")
    await demo.skip(days=7, hours=A_DAY_AND_MORE)
    for member in (one.member, other.member):
        assert told(demo, member)[-1] == CHANGED
        closed = await opened(demo, member)
        assert "has ended" in closed
        assert "There's nothing you need to do." in closed


async def test_a_pair_can_be_ended_at_its_last_check_in(demo: DemoClient) -> None:
    one, other = await last(demo)
    ending = await (await one.press("On track")).press("End the pair")
    assert "End this pair?" in ending
    await ending.press("End it now")
    assert "There's nothing you need to do." in await opened(demo, other.member)


async def test_of_what_was_shared_once_nobody_reads_that_only_they_can_see_it(demo: DemoClient) -> None:
    """It may have been read, and nobody is told whether it was."""
    question, _ = await asked(demo)
    ana = await demo.member("ana")
    card = await (await question.press("On track")).press("Share with Bo")
    kept = await card.press("Take it back")
    assert "they may have read it before" in kept
    assert "I show this only to you." not in kept
    form = await kept.press("Add a note")
    kept = await (await form.submit({"note": "Quieter than I thought."})).press("Keep it mine")
    assert "I show this only to you." not in kept
    notes = await (await demo.slash(ana, "pair history")).press("My notes")
    assert "Quieter than I thought." in notes
    assert "they may have read it before" in notes
    assert "I show this only to you." not in notes
