"""Meetings and what follows from them: the private questions, moving on, requests, and closing together."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.help import strings as help_words
from cogs.path import strings
from tests.discord.walking_paths import COMMITMENT, accompanied, entry, opened, stop, told, written

NOT_YOURS = help_words.NOT_YOURS_TITLE


async def met(demo: DemoClient, member: MemberActor, label: str = strings.WE_MET) -> Screen:
    """Open what somebody is asked after a meeting, and say whether they met."""
    return await (await entry(demo, member, strings.IN_MET)).press(label)


async def ready(demo: DemoClient, *names: str) -> tuple[MemberActor, list[MemberActor]]:
    """Hold two meetings, after which Ana says that she is ready."""
    ana, others = await accompanied(demo, *names)
    for _ in range(2):
        await demo.skip(days=31)
        await (await met(demo, ana)).press(strings.HELD)
    await (await demo.slash(ana, "path show")).press(strings.READY)
    await demo.settle()
    return ana, others


async def asked(demo: DemoClient, by: MemberActor, kind: str, text: str) -> Screen:
    entering = await (await demo.slash(by, "path show")).press(strings.ENTER)
    return await (await entering.choose(kind)).submit({"In one sentence": text})


async def test_after_a_meeting_each_is_asked_in_one_sentence_and_alone(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    for one in (ana, bo, cy):
        assert told(demo, one)[-1] == "Something is waiting for you."
    asked = await met(demo, ana)
    assert "no parties until March" in asked
    assert asked.buttons[:3] == [strings.HELD, strings.NOT_HELD, strings.CHANGED]
    form = await asked.press(strings.CHANGED)
    assert strings.ALL_SAID in await form.submit({COMMITMENT: "no parties until June"})
    beside = await demo.slash(bo, "path show")
    assert "no parties until June" in beside
    assert "**Events, in their own words, changed on <t:" in beside
    assert "changed on" not in await demo.slash(ana, "path show")


async def test_the_person_sees_nothing_of_what_companions_say(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    await (await met(demo, ana, strings.WE_DIDNT)).press(strings.NOT_HELD)
    before, messages = (await demo.slash(ana, "path show")).text, told(demo, ana)
    unsure = await (await met(demo, bo)).press(strings.SENSES["unsure"])
    assert strings.UNSURE_TITLE in unsure
    assert "isn't sure" not in await demo.slash(cy, "inbox")
    told_them = await unsure.press(strings.TELL_OTHERS)
    assert strings.TOLD_THEM in told_them
    assert strings.TELL_OTHERS not in told_them.buttons
    await demo.settle()
    shown = await entry(demo, cy, strings.IN_TOLD)
    assert "isn't sure it's honest" in shown
    assert ((await demo.slash(ana, "path show")).text, told(demo, ana)) == (before, messages)


async def test_a_worry_opens_what_companions_can_do_with_the_emergency_number(demo: DemoClient) -> None:
    _, [bo, _] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    worried = await (await met(demo, bo)).press(strings.SENSES["worried"])
    assert strings.WORRIED_TITLE in worried
    assert "If the person on the path may be thinking about suicide, ask them" in worried
    assert strings.TELLING in worried
    assert "call **" in worried
    assert strings.TELL_OTHERS in worried.buttons
    assert strings.IN_MET not in await demo.slash(bo, "inbox")


async def test_i_need_to_stop_leads_to_stopping_and_nothing_is_told(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    before = told(demo, ana)
    leaving = await (await met(demo, bo)).press(strings.SENSES["stopping"])
    assert strings.LEAVING_TITLE in leaving
    assert told(demo, ana) == before


async def test_another_person_cannot_answer_for_them(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    card = await entry(demo, bo, strings.IN_MET)
    for other in (ana, await demo.member("eve")):
        assert NOT_YOURS in await demo.forge(other, card.custom_id(strings.WE_MET))
    await demo.restart()
    first, second = await card.press_twice(strings.WE_MET)
    assert strings.AFTER_MET in first
    assert strings.AFTER_MET in second


async def test_with_closed_dms_the_questions_wait_in_the_inbox(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    for one in (ana, bo):
        demo.close_dms(one)
    await demo.skip(days=31)
    for one in (ana, bo):
        assert strings.IN_MET in await demo.slash(one, "inbox")


async def test_the_path_moves_on_when_all_agree(demo: DemoClient) -> None:
    ana, [bo, cy] = await ready(demo, "bo", "cy")
    assert strings.READY_SAID in await demo.slash(ana, "path show")
    shown = await (await entry(demo, bo, strings.IN_READY)).press(strings.NOT_YET)
    assert strings.SAID_NOT_YET in shown
    assert strings.READY_SAID in await demo.slash(ana, "path show")
    assert strings.SAID_YES in await shown.press(strings.YES)
    assert "See it" in await (await demo.slash(cy, "path show")).press(strings.YES)
    await demo.settle()
    assert "Your path: See it" in await opened(demo, ana)


async def test_being_ready_is_taken_back(demo: DemoClient) -> None:
    ana, [bo, _] = await ready(demo, "bo", "cy")
    yes = (await demo.slash(bo, "path show")).custom_id(strings.YES)
    await (await demo.slash(ana, "path show")).press(strings.NOT_READY)
    assert "already done" in await demo.forge(bo, yes)


async def test_one_step_back_and_it_happened_again(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    shown = await (await demo.slash(bo, "path show")).press(strings.VOTE_BACK)
    assert strings.SAID_BACK in shown
    assert "Say it" in await demo.slash(ana, "path show")
    again = await (await demo.slash(cy, "path show")).press(strings.AGAIN)
    assert "The person who was hurt comes first" in again
    assert "They may call you. You don't have to pick up." in again
    assert "call a companion or a helpline" not in again
    assert "Say it" in await demo.slash(ana, "path show")
    assert strings.BACK_AT_STOP_COMPANION in await again.press(strings.AGAIN_BACK)
    await demo.settle()
    home = await opened(demo, ana)
    assert "Your path: Stop" in home
    assert strings.BACK_AT_STOP in home
    assert strings.BACK_AT_STOP_COMPANION in await demo.slash(bo, "path show")


async def test_distance_is_shown_at_once_and_says_nothing_of_who_asked(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    shown = await asked(demo, bo, "Distance", "please don't come to game nights")
    assert strings.REACHED in shown
    await demo.settle()
    assert told(demo, ana)[-1] == "Something here has changed."
    read = await opened(demo, ana)
    assert "please don't come to game nights" in read
    assert "Bo" not in read
    home = await demo.slash(ana, "path show")
    assert strings.ASKED_OF_ME in home.buttons
    assert "please don't come to game nights" in home
    assert "Bo" not in home, "a card with a step and friends' names would do as a certificate"


async def test_another_request_shows_to_companions_and_not_to_the_person(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    before = [await demo.slash(ana, "path show"), await demo.slash(ana, "inbox")]
    seen = [one.text for one in before], [one.custom_ids for one in before], told(demo, ana)
    shown = await asked(demo, bo, "An answer", "was it planned")
    assert strings.REQUEST_AGREED not in shown
    assert strings.REACHES_AT_REPAIR in shown
    assert not {strings.AGREE, strings.NOT_YET} & set(shown.buttons)
    one = await entry(demo, cy, strings.IN_ENTERED)
    assert "was it planned" in one
    assert not {strings.AGREE, strings.NOT_YET} & set(one.buttons)
    back = one.custom_id(strings.HAND_BACK)
    agree = back.replace("hand_back", "agree")
    await demo.forge(cy, agree)
    await demo.settle()
    after = [await demo.slash(ana, "path show"), await demo.slash(ana, "inbox")]
    assert ([one.text for one in after], [one.custom_ids for one in after], told(demo, ana)) == seen
    for custom_id in (agree, back):
        assert NOT_YOURS in await demo.forge(ana, custom_id)
    listed = await (await demo.slash(cy, "path show")).press(strings.ASKED_OF_ME)
    again = await listed.choose("An answer", which="paths.request")
    assert strings.REQUEST_HAND_BACK in await again.press(strings.HAND_BACK)
    listed = await (await demo.slash(bo, "path show")).press(strings.ASKED_OF_ME)
    own = await listed.choose("An answer", which="paths.request")
    assert strings.DOUBTED in own
    assert strings.HAND_BACK_OWN in own
    really = await own.press(strings.TAKE_OFF)
    assert strings.TAKE_OFF_ASKS in really
    own = await really.press(strings.BACK)
    assert "was it planned" in own
    assert strings.TAKEN_OFF_MINE in await (await own.press(strings.TAKE_OFF)).press(strings.TAKE_OFF)
    assert NOT_YOURS in await demo.forge(cy, agree)


async def test_it_takes_two_who_did_not_enter_it_to_hand_a_request_back(demo: DemoClient) -> None:
    ana, [bo, cy, dee] = await accompanied(demo, "bo", "cy", "dee")
    await asked(demo, bo, "Distance", "please don't come to game nights")
    first = await (await entry(demo, cy, strings.IN_ENTERED)).press(strings.HAND_BACK)
    assert strings.REQUEST_HAND_BACK in first
    keep = first.custom_id(strings.KEEP_IT)
    assert strings.HAND_BACK not in first.buttons
    assert strings.REQUEST_HAND_BACK not in await first.press(strings.KEEP_IT)
    assert strings.DOUBTED not in await entry(demo, dee, strings.IN_ENTERED)
    await demo.restart()
    for _ in range(2):
        again = await demo.forge(cy, keep)
        assert strings.HAND_BACK in again.buttons
    await again.press(strings.HAND_BACK)
    await demo.settle()
    second = await entry(demo, dee, strings.IN_ENTERED)
    assert strings.DOUBTED in second
    for other in (ana, await demo.member("eve")):
        assert NOT_YOURS in await demo.forge(other, keep)
    assert "please don't come" in await (await demo.slash(ana, "path show")).press(strings.ASKED_OF_ME)
    really = await second.press(strings.HAND_BACK)
    assert strings.HAND_BACK_ASKS in really
    sure = really.custom_id(strings.HAND_BACK)
    for other in (ana, await demo.member("eve")):
        assert NOT_YOURS in await demo.forge(other, sure)
    assert "please don't come" in await (await demo.slash(ana, "path show")).press(strings.ASKED_OF_ME)
    await demo.restart()
    assert strings.HANDED_BACK in await really.press(strings.HAND_BACK)
    assert NOT_YOURS in await demo.forge(cy, keep)
    assert strings.ASKED_OF_ME not in (await demo.slash(ana, "path show")).buttons


async def test_what_a_companion_types_survives_when_there_is_no_room(demo: DemoClient) -> None:
    _, [bo, cy] = await accompanied(demo, "bo", "cy")
    entering = await (await demo.slash(bo, "path show")).press(strings.ENTER)
    opened_before = [await entering.choose("Distance") for _ in range(3)]
    for number in range(3):
        await asked(demo, bo, "Distance", f"number {number}")
    own = await opened_before[0].submit({COMMITMENT: "typed in vain"})
    assert strings.TOO_MANY_OWN.format(limit=3) in own
    for number in range(2):
        await asked(demo, cy, "Distance", f"number {number} of another")
    last = await opened_before[1].submit({COMMITMENT: "typed in vain"})
    assert strings.TOO_MANY_REQUESTS.format(limit=5) in last
    for refused in (own, last):
        assert "typed in vain" in refused
        assert "saved" not in refused
    for _ in range(3):
        listed = await (await demo.slash(bo, "path show")).press(strings.ASKED_OF_ME)
        one = await listed.choose(listed.options[0], which="paths.request")
        await (await one.press(strings.TAKE_OFF)).press(strings.TAKE_OFF)
    for number in range(3, 5):
        await asked(demo, bo, "Distance", f"number {number}")
    last = await opened_before[2].submit({COMMITMENT: "typed in vain"})
    assert strings.ENTERED_TOO_MUCH_TITLE in last
    assert "typed in vain" in last
    entering = await (await demo.slash(bo, "path show")).press(strings.ENTER)
    assert strings.ENTERED_TOO_MUCH_TITLE in await entering.choose("Distance")
    assert strings.REQUEST_TITLE in await asked(demo, cy, "Distance", "by another companion")


@pytest.mark.parametrize("text", [" ", "I want to kill myself"])
async def test_a_request_is_refused_blank_and_gets_help_beside_it(demo: DemoClient, text: str) -> None:
    _, [bo, _] = await accompanied(demo, "bo", "cy")
    shown = await asked(demo, bo, "That they get help", text)
    if text == " ":
        assert strings.UNWRITTEN in shown
        assert strings.REQUEST_TITLE in await (await shown.press(strings.WRITE)).submit(
            {"In one sentence": "see a counsellor"}
        )
    else:
        assert shown.followups


async def test_closing_together_makes_the_next_meeting_the_last(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    await asked(demo, bo, "Distance", "please don't come to game nights")
    await asked(demo, bo, "An answer", "was it planned")
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    assert "Last meeting" in await more.press(strings.CLOSE_TOGETHER)
    await demo.settle()
    assert "Last meeting" in await opened(demo, bo)
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    assert "Last meeting" not in await more.press(strings.NOT_CLOSING)
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    await more.press(strings.CLOSE_TOGETHER)
    await demo.skip(days=31)
    closed = await entry(demo, ana, strings.IN_CLOSED)
    for line in (strings.CLOSED_PLANS, strings.CLOSED_DISTANCE, "please don't come to game nights"):
        assert line in closed
    assert "was it planned" not in closed
    assert strings.PLACE_OVER in await opened(demo, bo)
    plans = await demo.slash(ana, "plan")
    assert "no parties until March" in plans
    assert "please don't come to game nights" not in plans


async def test_a_closed_path_says_nothing_of_distance_if_none_has_reached_the_person(
    demo: DemoClient,
) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    await asked(demo, bo, "An answer", "was it planned")
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    closed = await (await more.press(strings.END)).press(strings.END_NOW)
    assert strings.CLOSED_TITLE in closed
    assert strings.CLOSED_DISTANCE not in closed


async def test_more_explains_only_what_is_there(demo: DemoClient) -> None:
    ana, _ = await accompanied(demo, "bo", "cy")
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    assert strings.MORE_CLOSE in more
    assert strings.MORE_NOT_CLOSING not in more
    more = await (await more.press(strings.CLOSE_TOGETHER)).press(strings.MORE)
    assert strings.MORE_NOT_CLOSING in more
    assert strings.MORE_CLOSE not in more
    eve = await demo.member("eve")
    await stop(demo, eve)
    alone = await (await demo.slash(eve, "path show")).press(strings.MORE)
    for line in (strings.MORE_MEET, strings.MORE_BACK, strings.MORE_CLOSE):
        assert line not in alone


async def test_companions_read_in_say_it_when_to_stop_the_person(demo: DemoClient) -> None:
    ana, [bo, cy] = await ready(demo, "bo", "cy")
    beside = await demo.slash(bo, "path show")
    assert "In this step ⁨Ana⁩ says out loud what they did" in beside
    assert "It's *See it*: to look at what it did" in beside
    assert "In this step" not in await demo.slash(ana, "path show")
    for one in (bo, cy):
        shown = await (await demo.slash(one, "path show")).press(strings.YES)
    assert "In this step ⁨Ana⁩ looks at what it did to others." in shown


async def test_a_companion_sees_the_distance_on_the_path_and_others_do_not_learn_who_entered_it(
    demo: DemoClient,
) -> None:
    _, [bo, cy] = await accompanied(demo, "bo", "cy")
    shown = await asked(demo, bo, "Distance", "please don't come to game nights")
    assert strings.DISTANCE_MINE in shown
    for one in (bo, cy):
        assert "please don't come to game nights" in await demo.slash(one, "path show")
    listed = await (await demo.slash(cy, "path show")).press(strings.ASKED_OF_ME)
    other = await listed.choose("Distance", which="paths.request")
    assert strings.DISTANCE_HOSTS in other
    assert strings.DISTANCE_MINE not in other
    assert "Bo" not in other


async def test_companions_who_read_words_about_suicide_get_help_beside_them(demo: DemoClient) -> None:
    ana, [bo, cy] = await accompanied(demo, "bo", "cy")
    own = await demo.slash(ana, "path show")
    heavy = await written(own, "I want to kill myself")
    assert strings.COMMITMENT_HEAVY in heavy
    assert "ask you to look at it again" not in heavy
    for one in (bo, cy):
        assert strings.BESIDE_HEAVY.format(name="**⁨Ana⁩**") in await demo.slash(one, "path show")
    entered = await asked(demo, bo, "Something else", "she wants to kill herself")
    assert strings.REQUEST_HEAVY_MINE in entered
    listed = await (await demo.slash(cy, "path show")).press(strings.ASKED_OF_ME)
    assert strings.REQUEST_HEAVY in listed
    assert strings.REQUEST_HEAVY in await listed.choose("Something else", which="paths.request")
    await demo.skip(days=31)
    await (await met(demo, ana)).press(strings.HELD)
    look = await entry(demo, ana, strings.IN_LOOK)
    assert strings.COMMITMENT_NOW in look or strings.COMMITMENT_HEAVY in look


async def test_a_companion_can_have_nothing_to_say(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    before = told(demo, ana)
    shown = await (await met(demo, bo)).press(strings.SENSES["nothing"])
    assert strings.GOING_ON in shown
    assert strings.TELL_OTHERS not in shown.buttons
    assert strings.IN_MET not in await demo.slash(bo, "inbox")
    assert told(demo, ana) == before


async def test_after_not_held_they_are_told_to_say_it_to_a_companion(demo: DemoClient) -> None:
    ana, _ = await accompanied(demo, "bo", "cy")
    await demo.skip(days=31)
    assert strings.NOT_HIDDEN in await (await met(demo, ana)).press(strings.NOT_HELD)


async def test_cards_without_a_step_or_meetings_do_not_speak_of_meetings(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    shown = [await asked(demo, bo, "Distance", "please don't come to game nights")]
    shown.append(await (await demo.slash(ana, "path show")).press(strings.ASKED_OF_ME))
    shown.append(await (await demo.slash(bo, "path show")).press(strings.AGAIN))
    shown.append(leaving := await (await demo.slash(bo, "path show")).press(strings.STOP_HERE))
    shown.append(await leaving.press(strings.LEAVE))
    for one in shown:
        assert strings.MEETINGS_ONLY not in one
        assert "Support" in one.buttons


async def test_when_they_meet_can_be_changed(demo: DemoClient) -> None:
    ana, [bo, _] = await accompanied(demo, "bo", "cy")
    more = await (await demo.slash(ana, "path show")).press(strings.MORE)
    when = await more.press(strings.WHEN_WE_MEET)
    when = await when.choose("The last day of the month", which="paths.weekday")
    await when.press(strings.AGREED)
    await demo.settle()
    assert "Next meeting" in await opened(demo, bo)


async def test_a_sentence_about_suicide_is_not_asked_about_like_a_promise(demo: DemoClient) -> None:
    ana, _ = await accompanied(demo, "bo", "cy")
    await written(await demo.slash(ana, "path show"), "I want to kill myself")
    await demo.skip(days=31)
    shown = await (await entry(demo, ana, strings.IN_MET)).press(strings.WE_MET)
    while strings.HELD in shown.buttons:
        shown = await shown.press(strings.HELD)
    assert strings.STILL_SO in shown
    assert shown.buttons[:2] == [strings.LEAVE_IT, strings.CHANGE]
    for once in await shown.press_twice(strings.LEAVE_IT):
        assert strings.ALL_SAID in once
