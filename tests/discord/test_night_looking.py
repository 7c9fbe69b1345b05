"""Who looks out for whom: asking, answering, stopping, and the card that only they see."""

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.help import strings as help_words
from cogs.night import strings
from cogs.report import strings as report_words
from tests.discord.going_out import (
    CARD,
    apart,
    at_home,
    day_after,
    joined,
    looks_out,
    newest,
    option,
    out,
    planned,
    says_minor,
    told,
    until,
    views,
)

NOT_YOURS = help_words.NOT_YOURS_TITLE
ASKS, CHANGED, READY = (
    "Ana has a question for you.",
    "Something here has changed.",
    "Something is waiting for you.",
)
GONE_TEXT = "They don't count on you either"


async def group(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Let Ana and these friends be in a night in which nobody looks out for anybody yet."""
    ana, *others = [await demo.member(name) for name in ("ana", *names)]
    await at_home(demo, *others)
    await planned(demo, ana)
    await joined(demo, ana, *others)
    return [ana, *others]


async def wished(demo: DemoClient, owner: MemberActor, looker: MemberActor) -> Screen:
    """Let the owner ask the looker. Return what the owner then sees."""
    shown = await (await option(demo, owner, "choose")).choose(looker.name.title())
    await demo.skip(minutes=3)
    return shown


async def looker_of(demo: DemoClient, member: MemberActor) -> list[tuple[str, bool]]:
    [view] = await views(demo, member)
    return [(one.name, one.agreed) for one in view.look_out]


# -- asking -------------------------------------------------------------------------------------------------


async def test_choosing_says_what_to_look_for_and_offers_only_those_in_the_night(demo: DemoClient) -> None:
    ana, *_ = await group(demo, "bo", "cy")
    await demo.member("eve")
    shown = await option(demo, ana, "choose")
    assert "Choose people you knew well before tonight" in shown
    assert (
        "If anybody has ever scared you, or gets angry when they don't know where you are, don't choose them."
        in shown
    )
    assert sorted(shown.options) == ["Bo", "Cy"]


async def test_a_friend_is_asked_reads_what_it_means_and_says_yes(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    shown = await wished(demo, ana, bo)
    assert "don't count on it" in shown
    assert "**Bo** hasn't said yes." in shown
    assert told(demo, bo) == [ASKS]
    card = await newest(demo, bo)
    assert "Look out for Ana?" in card
    assert "in your quiet hours too, until noon" in card
    assert card.buttons == [strings.LOOK_OUT, strings.CANT, "Never from Ana", "Support"]
    await demo.restart()
    for answer in await card.press_twice(strings.LOOK_OUT):
        assert strings.AGREED in answer
    await demo.skip(minutes=3)
    assert told(demo, ana) == [CHANGED]
    assert "**Bo** looks out for you." in await newest(demo, ana)
    assert "You look out for Ana." in (await demo.slash(bo, "night")).text.replace("*", "").translate(
        {0x2068: None, 0x2069: None}
    )


async def test_asking_twice_is_asking_once(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    choice = await option(demo, ana, "choose")
    [view] = await views(demo, ana)
    [friend] = view.companions
    for _ in range(2):
        shown = await demo.forge(ana, f"v1:nights.wish:{view.member.id}", [friend.member])
        assert "**Bo** hasn't said yes." in shown
    assert "**Bo** hasn't said yes." in await choice.choose("Bo")
    await demo.skip(minutes=3)
    assert told(demo, bo) == [ASKS]


async def test_an_unanswered_a_declined_and_a_withheld_wish_look_the_same(demo: DemoClient) -> None:
    ana, bo, cy = await group(demo, "bo", "cy")
    await wished(demo, ana, bo)
    await wished(demo, ana, cy)
    before = await demo.slash(ana, "night")
    assert strings.DECLINED in await (await newest(demo, cy)).press(strings.CANT)
    await demo.skip(hours=1)
    after = await demo.slash(ana, "night")
    assert (before.text, before.custom_ids) == (after.text, after.custom_ids)
    assert told(demo, ana) == []
    again = await option(demo, ana, "choose")
    assert again.buttons.count(strings.TAKE_BACK) == 2
    assert again.options == []


async def test_somebody_who_said_no_is_not_asked_again_that_night(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    await wished(demo, ana, bo)
    await (await newest(demo, bo)).press(strings.CANT)
    shown = await (await option(demo, ana, "choose")).press(strings.TAKE_BACK)
    assert strings.TAKEN_BACK in shown
    assert shown.options == ["Bo"]
    assert "**Bo** hasn't said yes." in await wished(demo, ana, bo)
    assert told(demo, bo).count(ASKS) <= 1
    assert ASKS not in [line for line in told(demo, bo) if line != "This is closed."]


async def test_never_from_declines_and_sets_a_boundary_that_shows_nothing_new(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    await wished(demo, ana, bo)
    card = await newest(demo, bo)
    agree = card.custom_id(strings.LOOK_OUT)
    before = await card.press("Never from Ana")
    assert strings.STAYS_OPEN in before
    again = await before.press(strings.BACK)
    shown = await (await again.press("Never from Ana")).press("Set the boundary")
    assert strings.REFUSED.format(name="Ana") in shown
    assert "Ana" in await (await demo.slash(bo, "boundary")).press("Show names")
    await demo.skip(hours=1)
    assert told(demo, ana) == []
    assert strings.LOOK_CLOSED in await demo.forge(bo, agree)


async def test_a_wish_is_taken_back_before_it_is_answered(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    await wished(demo, ana, bo)
    card = await newest(demo, bo)
    shown = await (await option(demo, ana, "choose")).press(strings.TAKE_BACK)
    assert strings.TAKEN_BACK in shown
    assert strings.LOOK_CLOSED in await card.press(strings.LOOK_OUT)
    assert await looker_of(demo, ana) == []
    await demo.skip(minutes=3)
    assert told(demo, bo) == ["This is closed."]
    assert "would like you to look out" not in await demo.slash(bo, "inbox")


async def test_nobody_else_answers_a_wish_takes_it_back_or_reads_a_card(demo: DemoClient) -> None:
    ana, bo, cy = await group(demo, "bo", "cy")
    await (await option(demo, ana, "card")).submit(CARD)
    await wished(demo, ana, bo)
    card = await newest(demo, bo)
    look = card.custom_id(strings.LOOK_OUT).rsplit(":", 1)[-1]
    for verb in ("agree", "cant", "consider_wish", "never_wish", "wished", "stop"):
        for other in (cy, ana, await demo.member("eve")):
            assert NOT_YOURS in await demo.forge(other, f"v1:nights.{verb}:{look}"), verb
    for other in (bo, cy):
        assert NOT_YOURS in await demo.forge(other, f"v1:nights.take_back:{look}.x")
    member = (await views(demo, ana))[0].member.id
    for other in (bo, cy, ana, await demo.member("eve")):
        refused = await demo.forge(other, f"v1:nights.friend:{member}")
        assert strings.LOOK_CLOSED in refused
        assert "beers" not in refused
    await card.press(strings.LOOK_OUT)
    assert CARD["limit"] in await demo.forge(bo, f"v1:nights.friend:{member}")
    assert strings.LOOK_CLOSED in await demo.forge(cy, f"v1:nights.friend:{member}")


async def test_somebody_who_is_not_seen_or_not_there_cannot_be_asked(demo: DemoClient) -> None:
    ana, bo, cy = await group(demo, "bo", "cy")
    mine, others = (await views(demo, ana))[0].member.id, (await views(demo, bo))[0].member.id
    await apart(demo, bo, ana)
    verb = f"v1:nights.wish:{mine}"
    assert strings.YOURSELF in await demo.forge(ana, verb, [mine])
    for whom in (others, "x", ""):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, verb, [whom])
    await apart(demo, ana, cy)
    assert strings.OWN_BOUNDARY in await demo.forge(ana, verb, [(await views(demo, cy))[0].member.id])
    await demo.skip(minutes=3)
    assert (told(demo, bo), told(demo, cy)) == ([], [])


async def test_with_closed_dms_the_wish_waits_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    demo.close_dms(bo)
    await wished(demo, ana, bo)
    entry = await demo.slash(bo, "inbox")
    assert "Ana would like you to look out for them" in entry
    assert strings.AGREED in await (await entry.press("Open")).press(strings.LOOK_OUT)
    demo.close_dms(ana)
    await demo.skip(minutes=3)
    assert await looker_of(demo, ana) == [("Bo", True)]


async def test_the_same_friend_is_asked_five_times_a_day_at_most(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    for _ in range(5):
        await wished(demo, ana, bo)
        await (await option(demo, ana, "choose")).press(strings.TAKE_BACK)
    assert report_words.TOO_MUCH_TITLE in await wished(demo, ana, bo)


async def test_under_18_nobody_can_agree_and_everybody_can_say_no(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    await wished(demo, ana, bo)
    card = await newest(demo, bo)
    await says_minor(demo, bo)
    assert help_words.MINOR_TITLE in await demo.forge(bo, card.custom_id(strings.LOOK_OUT))
    assert strings.LOOK_CLOSED in await card.press(strings.CANT)
    assert await looker_of(demo, ana) == []


# -- looking out --------------------------------------------------------------------------------------------


async def test_only_who_agreed_sees_the_card(demo: DemoClient) -> None:
    ana, bo, cy = await group(demo, "bo", "cy")
    await (await option(demo, ana, "card")).submit(CARD)
    agreed = await looks_out(demo, ana, bo)
    card = await agreed.press(strings.THEIR_CARD)
    for words in (*CARD.values(), strings.CARD_LIMIT, strings.CARD_WAY):
        assert words in card
    assert "If they're too drunk" not in card.buttons, "nothing has happened yet"
    assert card.buttons == [strings.RIGHT_NOW, "Support"]
    menu = await (await demo.slash(cy, "night")).press(strings.MORE)
    assert strings.MORE_OPTIONS["after"] not in menu.options


async def test_a_card_that_was_left_empty_says_so(demo: DemoClient) -> None:
    ana, bo = await group(demo, "bo")
    assert strings.CARD_EMPTY in await (await looks_out(demo, ana, bo)).press(strings.THEIR_CARD)


async def test_the_list_of_friends_leads_to_their_cards(demo: DemoClient) -> None:
    _, bo, _ = await out(demo, "bo", "cy")
    shown = await option(demo, bo, "after")
    assert "You look out for **Ana**." in shown
    assert strings.CARD_EMPTY in await shown.press(strings.THEIR_CARD)
    member = (await views(demo, (await demo.member("ana"))))[0].member.id
    assert strings.AFTER_NOBODY in await demo.forge(
        await demo.member("ana"), f"v1:nights.pick:{member}", ["after"]
    )


async def test_stopping_asks_once_and_tells_the_friend_at_once(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await newest(demo, ana)
    asked = await (await option(demo, bo, "after")).choose("Ana")
    assert strings.STOPPING in asked
    assert strings.HOME_TITLE in await asked.press(strings.TO_NIGHT)
    asked = await (await option(demo, bo, "after")).choose("Ana")
    for shown in await asked.press_twice(strings.YES_STOP):
        assert strings.STOPPED in shown
    await demo.skip(minutes=3)
    assert told(demo, ana)[-1] == CHANGED
    assert "Don't count on Bo for this night." in await newest(demo, ana)
    assert await looker_of(demo, ana) == []
    member = (await views(demo, ana))[0].member.id
    assert strings.LOOK_CLOSED in await demo.forge(bo, f"v1:nights.friend:{member}")
    [view] = await views(demo, bo)
    assert strings.LOOK_CLOSED in await demo.forge(bo, f"v1:nights.stopping:{view.member.id}", ["x"])


async def test_taking_back_what_was_agreed_tells_whoever_looks_out(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    shown = await (await option(demo, ana, "choose")).press(strings.TAKE_BACK)
    assert strings.TAKEN_BACK in shown
    await demo.skip(minutes=3)
    assert "Don't count on Ana for this night." in await newest(demo, bo)


async def test_whoever_said_yes_and_changed_their_mind_can_be_asked_again(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await (await (await option(demo, bo, "after")).choose("Ana")).press(strings.YES_STOP)
    await looks_out(demo, ana, bo)
    assert await looker_of(demo, ana) == [("Bo", True)]


@pytest.mark.parametrize("how", ["leave", "apart", "other_apart", "erase"])
async def test_leaving_a_boundary_and_erasing_look_the_same_to_the_other(demo: DemoClient, how: str) -> None:
    ana, bo, cy = await out(demo, "bo", "cy")
    await looks_out(demo, bo, ana)
    await newest(demo, bo)
    if how == "leave":
        await (await option(demo, bo, "leave")).press(strings.YES_LEAVE)
    elif how == "apart":
        await apart(demo, bo, ana)
    elif how == "erase":
        person = await demo.bot.services.people.of_account(bo.id)
        await demo.bot.services.privacy.erase(person, demo.now)
    else:
        await apart(demo, cy, ana)
        bo = cy
    await demo.skip(minutes=3)
    assert told(demo, ana)[-1] == CHANGED
    shown = await newest(demo, ana)
    assert GONE_TEXT in shown
    assert "You can ask somebody else there" in shown
    assert [one for one, _ in await looker_of(demo, ana)] == [{"bo": "Cy", "cy": "Bo"}[bo.name]]
    assert bo.name.title() not in await demo.slash(ana, "night")


async def test_the_card_of_somebody_who_left_is_closed_to_whoever_looked_out(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await (await option(demo, ana, "card")).submit(CARD)
    card = await option(demo, bo, "after")
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    refused = await card.press(strings.THEIR_CARD)
    assert strings.LOOK_CLOSED in refused
    assert "beers" not in refused


async def test_at_noon_cards_close(demo: DemoClient) -> None:
    ana, bo = await out(demo, "bo")
    await (await option(demo, ana, "card")).submit(CARD)
    await until(demo, 21)
    card = await option(demo, bo, "after")
    await day_after(demo)
    refused = await card.press(strings.THEIR_CARD)
    assert strings.LOOK_CLOSED in refused
    assert "beers" not in refused
    assert READY in told(demo, ana)
