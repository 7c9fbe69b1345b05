"""Who comes along on a night: invitations, and the message with `Count me in` in a channel."""

import pytest
from simcord import ChannelHandle, MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from cogs.help import strings as help_words
from cogs.manage import strings as manage_words
from cogs.night import strings
from cogs.report import strings as report_words
from tests.discord.going_out import (
    apart,
    at_home,
    day_after,
    in_channel,
    inbox,
    joined,
    met,
    option,
    out,
    planned,
    posted,
    says_minor,
    sets_minors,
    told,
    views,
)
from tests.discord.setting_up import closed
from tests.discord.stateless import fits

NOT_YOURS = help_words.NOT_YOURS_TITLE
OVER = "That night is over"
NAMES = ["דניאל", "Ifẹ 🌿", "x" * 32, "**Cy** <@1>", "👩\u200d👩\u200d👧"]


async def invited(demo: DemoClient, by: MemberActor, *others: MemberActor) -> Screen:
    for other in others:
        shown = await (await option(demo, by, "invite")).choose([other])
    return shown


async def two(demo: DemoClient) -> tuple[MemberActor, MemberActor]:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await planned(demo, ana)
    return ana, bo


async def names(demo: DemoClient, member: MemberActor) -> list[str]:
    """Return whom somebody sees in their night."""
    [view] = await views(demo, member)
    return [one.name for one in view.companions]


# -- inviting ---------------------------------------------------------------------------------------------


async def test_an_invitation_waits_in_the_inbox_and_nobody_is_written_to(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    shown = await invited(demo, ana, bo)
    assert strings.INVITED_COPY in shown
    await demo.settle()
    assert told(demo, bo) == []
    offered = await inbox(demo, bo)
    assert "Ana** would like you along." in offered
    assert "You choose who looks out for you, or nobody" in offered
    assert offered.buttons == [strings.COUNT_ME_IN, strings.NOT_ME, "Never from Ana", "Support"]
    assert strings.JOINED in await offered.press(strings.COUNT_ME_IN)
    assert (await names(demo, ana), await names(demo, bo)) == (["Bo"], ["Ana"])
    assert told(demo, ana) == [], "it isn't said that somebody came along"


async def test_accepting_twice_and_after_a_restart_is_coming_once(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    await demo.restart()
    for shown in await offered.press_twice(strings.COUNT_ME_IN):
        assert strings.HOME_TITLE in shown
    assert await names(demo, ana) == ["Bo"]


async def test_an_invitation_that_was_declined_or_not_answered_looks_the_same(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    cy = await demo.member("cy")
    await invited(demo, ana, bo, cy)
    before = await demo.slash(ana, "night")
    declined = await (await inbox(demo, bo)).press(strings.NOT_ME)
    assert strings.DECLINED in declined
    after = await demo.slash(ana, "night")
    assert (before.text, before.buttons) == (after.text, after.buttons)
    again = [(await invited(demo, ana, one)).text for one in (bo, cy)]
    assert again[0] == again[1]
    assert "would like you along" not in await demo.slash(bo, "inbox"), "a no is a no for this night"
    assert told(demo, ana) == []


async def test_never_from_says_first_what_can_be_noticed_and_then_sets_a_boundary(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    before = await offered.press("Never from Ana")
    assert strings.NO_SEEN in before
    again = await before.press(strings.BACK)
    assert "Ana** would like you along." in again
    before = await again.press("Never from Ana")
    shown = await before.press("Set the boundary")
    assert strings.REFUSED.format(name="Ana") in shown
    assert "Ana" in await (await demo.slash(bo, "boundary")).press("Show names")
    assert "would like you along" not in await demo.slash(bo, "inbox")
    assert told(demo, ana) == []


async def test_what_is_closed_cannot_be_answered(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    ids = [offered.custom_id(one) for one in offered.buttons[:3]]
    await offered.press(strings.NOT_ME)
    for custom_id in ids:
        assert strings.INVITATION_CLOSED in await demo.forge(bo, custom_id)
    assert await views(demo, bo) == []


async def test_nobody_else_answers_an_invitation(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    eve = await demo.member("eve")
    await invited(demo, ana, bo)
    member = (await inbox(demo, bo)).custom_id(strings.COUNT_ME_IN).rsplit(":", 1)[-1]
    for verb in ("see", "accept", "decline", "consider", "never"):
        for other in (eve, ana):
            assert NOT_YOURS in await demo.forge(other, f"v1:nights.{verb}:{member}")
    assert strings.JOINED in await (await inbox(demo, bo)).press(strings.COUNT_ME_IN)


async def test_an_invitation_of_somebody_who_left_the_server_names_them_no_more(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await joined(demo, ana, await demo.member("cy"))
    await invited(demo, ana, bo)
    await demo.leave(ana)
    shown = await inbox(demo, bo)
    assert "Someone whose name is gone" in shown
    assert strings.NEVER_UNNAMED in shown.buttons
    assert "With Cy" in await shown.press(strings.COUNT_ME_IN)


async def test_a_bot_oneself_and_ones_own_boundary_are_not_invited(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    assert strings.A_BOT in await invited(demo, ana, robot)
    assert strings.YOURSELF in await invited(demo, ana, ana)
    await apart(demo, ana, bo)
    assert strings.OWN_BOUNDARY in await invited(demo, ana, bo)
    assert "would like you along" not in await demo.slash(bo, "inbox")


async def test_an_invitation_to_somebody_who_set_a_boundary_looks_sent_and_waits_nowhere(
    demo: DemoClient,
) -> None:
    ana, bo = await two(demo)
    cy = await demo.member("cy")
    await apart(demo, bo, ana)
    assert (await invited(demo, ana, bo)).text == (await invited(demo, ana, cy)).text
    assert "would like you along" not in await demo.slash(bo, "inbox")
    assert "would like you along" in await demo.slash(cy, "inbox")


async def test_a_seventh_person_is_not_invited_and_cannot_come(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    friends = [await demo.member(f"friend{number}") for number in range(4)]
    late = await demo.member("late")
    await invited(demo, ana, late)
    offered = await inbox(demo, late)
    await joined(demo, ana, bo, *friends)
    assert strings.FULL in await invited(demo, ana, await demo.member("eve"))
    assert strings.FULL in await offered.press(strings.COUNT_ME_IN)
    await (await option(demo, bo, "leave")).press(strings.YES_LEAVE)
    assert strings.JOINED in await demo.forge(late, offered.custom_id(strings.COUNT_ME_IN))


async def test_the_same_friend_is_invited_five_times_a_day_at_most(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    for _ in range(5):
        assert strings.INVITED_COPY in await invited(demo, ana, bo)
    assert report_words.TOO_MUCH_TITLE in await invited(demo, ana, bo)


async def test_whoever_is_in_another_night_then_leaves_that_first(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await at_home(demo, bo)
    await (await (await demo.slash(bo, "night")).press(strings.PLAN)).press(strings.ITS_A_PLAN)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    assert strings.ONE_AT_A_TIME in await offered.press(strings.COUNT_ME_IN)
    await (await option(demo, bo, "leave")).press(strings.YES_LEAVE)
    assert strings.JOINED in await (await inbox(demo, bo)).press(strings.COUNT_ME_IN)


async def test_somebody_who_left_can_be_invited_again_and_nothing_comes_back(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await joined(demo, ana, bo)
    await (await option(demo, bo, "card")).submit({"limit": "Two."})
    await (await option(demo, bo, "leave")).press(strings.YES_LEAVE)
    await joined(demo, ana, bo)
    [view] = await views(demo, bo)
    assert view.card.blank
    assert await names(demo, ana) == ["Bo"]


async def test_under_18_invitations_are_not_shown_and_not_accepted(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    await says_minor(demo, bo)
    assert "would like you along" not in await demo.slash(bo, "inbox")
    assert help_words.MINOR_TITLE in await demo.forge(bo, offered.custom_id(strings.COUNT_ME_IN))
    shown = await offered.press(strings.NOT_ME)
    assert strings.INVITATION_CLOSED in shown, "it was closed when they said it"


async def test_without_the_role_of_adults_an_invitation_is_not_accepted(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered = await inbox(demo, bo)
    role = demo.server.create_role("grown-ups")
    [view] = await views(demo, ana)
    await demo.bot.services.servers.change(
        view.night.server, await met(demo, ana), demo.now, {"adult_role": role.id}
    )
    assert manage_words.WITHOUT_ROLE_TITLE in await offered.press(strings.COUNT_ME_IN)
    assert manage_words.WITHOUT_ROLE_TITLE in await invited(demo, ana, bo)


async def test_an_invitation_closes_at_noon(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    offered, choice = await inbox(demo, bo), await option(demo, ana, "invite")
    await day_after(demo)
    assert "would like you along" not in await demo.slash(bo, "inbox")
    assert strings.INVITATION_CLOSED in await offered.press(strings.COUNT_ME_IN)
    assert OVER in await choice.choose([bo])


@pytest.mark.parametrize("shown", NAMES)
async def test_any_name_fits_every_card(demo: DemoClient, shown: str) -> None:
    ana = await demo.member("ana")
    other = await demo.member("other", shown=shown)
    await planned(demo, ana)
    await invited(demo, ana, other)
    offered = await inbox(demo, other)
    assert fits(offered)
    await offered.press(strings.COUNT_ME_IN)
    assert await names(demo, ana) == [shown]
    for card in (await demo.slash(ana, "night"), await option(demo, ana, "choose")):
        assert fits(card)
        assert "<@1>" not in card.text.replace("\\", "").replace("<\u200b@1>", "") or "\\<@1" in card.text
    assert len((await option(demo, ana, "choose")).options) == 1


async def test_six_long_names_and_everybody_looking_out_fit_one_card(demo: DemoClient) -> None:
    names = [f"{number}{'ẹ🌿' * 15}" for number in range(5)]
    ana, first = await two(demo)
    friends = [await demo.member(f"friend{number}", shown=name) for number, name in enumerate(names)]
    await joined(demo, ana, *friends)
    assert first is not None
    for name in names:
        await (await option(demo, ana, "choose")).choose(name)
    shown = await option(demo, ana, "choose")
    assert fits(shown)
    assert shown.buttons.count(strings.TAKE_BACK) == 5
    assert fits(await demo.slash(ana, "night"))


# -- in a channel -----------------------------------------------------------------------------------------


async def test_before_posting_it_is_said_who_sees_it_and_the_message_names_nobody(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    before = await option(demo, ana, "post")
    assert "Everybody who can read the channel will see when the night is" in before
    assert "If somebody shouldn't know that you, or anybody who is in it" in before
    shown = await before.press(strings.POST_IT)
    assert strings.POSTED.format(channel=f"<#{demo.general.id}>") in shown
    await demo.settle()
    post = in_channel(demo, bo)
    assert "A night out" in post
    assert "Ana" not in post
    assert post.buttons == [strings.COUNT_ME_IN, "Support"]


async def test_count_me_in_says_first_who_sees_that_you_come(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    before = await (await posted(demo, ana)).press(strings.COUNT_ME_IN)
    assert strings.HOME_TITLE in before, "whoever is in it sees their night"
    post = in_channel(demo, bo)
    await demo.restart()
    before = await post.press(strings.COUNT_ME_IN)
    assert before.ephemeral
    assert "Everybody who is in this night will see that you are too" in before
    assert await views(demo, bo) == []
    for shown in await before.press_twice(strings.COUNT_ME_IN):
        assert strings.JOINED in shown or strings.HOME_TITLE in shown
    assert await names(demo, ana) == ["Bo"]
    assert strings.HOME_TITLE in await post.press(strings.COUNT_ME_IN)
    assert in_channel(demo, bo).text == post.text, "the message doesn't change"


async def test_a_stranger_who_has_never_used_the_bot_can_come_along(demo: DemoClient) -> None:
    ana, eve = await demo.member("ana"), await demo.member("eve")
    await planned(demo, ana)
    await posted(demo, ana)
    shown = await (await in_channel(demo, eve).press(strings.COUNT_ME_IN)).press(strings.COUNT_ME_IN)
    assert "With Ana" in shown
    assert told(demo, ana) == []


async def test_somebody_who_said_no_can_still_count_themselves_in(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    await (await inbox(demo, bo)).press(strings.NOT_ME)
    await posted(demo, ana)
    await (await in_channel(demo, bo).press(strings.COUNT_ME_IN)).press(strings.COUNT_ME_IN)
    assert await names(demo, ana) == ["Bo"]


async def test_posting_twice_leaves_one_message(demo: DemoClient) -> None:
    ana, _ = await two(demo)
    await (await option(demo, ana, "post")).press_twice(strings.POST_IT)
    await demo.settle()
    await posted(demo, ana)
    assert len([one for one in demo.cards(ana) if not one.ephemeral]) == 1


async def test_once_the_night_is_over_the_message_is_gone_and_its_button_lets_nobody_in(
    demo: DemoClient,
) -> None:
    ana, bo = await two(demo)
    await posted(demo, ana)
    post = in_channel(demo, bo)
    count, join = post.custom_id(strings.COUNT_ME_IN), (await post.press(strings.COUNT_ME_IN))
    await day_after(demo)
    assert post.gone
    assert OVER in await demo.forge(bo, count)
    assert OVER in await join.press(strings.COUNT_ME_IN)


async def test_when_the_last_one_leaves_the_message_goes(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await posted(demo, ana)
    post = in_channel(demo, bo)
    await (await option(demo, ana, "leave")).press(strings.YES_LEAVE)
    await demo.skip(minutes=1)
    assert post.gone


async def test_a_night_that_was_not_posted_cannot_be_joined_by_its_id(demo: DemoClient) -> None:
    ana, eve = await demo.member("ana"), await demo.member("eve")
    await planned(demo, ana)
    night = (await views(demo, ana))[0].night.id
    for custom_id in (f"v1:nights.join:{night}", f"v1:nights.joining:x.{night}", "v1:nights.joining:x.y"):
        assert OVER in await demo.forge(eve, custom_id)
    assert await views(demo, eve) == []


async def test_where_the_bot_may_not_post_it_says_what_is_missing(demo: DemoClient) -> None:
    ana, _ = await two(demo)
    place = closed(demo, "quiet", send_messages=False)
    menu = await (await demo.slash(ana, "night", channel=place)).press(strings.MORE)
    shown = await menu.choose(strings.MORE_OPTIONS["post"])
    assert f"I can't post in <#{place.id}>" in shown
    assert strings.POST_IT not in shown.buttons


async def test_in_direct_messages_nothing_is_posted(demo: DemoClient) -> None:
    ana, _ = await two(demo)
    menu = await (await demo.slash(ana, "night", dm=True)).press(strings.MORE)
    assert strings.NOT_A_CHANNEL in await menu.choose(strings.MORE_OPTIONS["post"])


async def elsewhere(demo: DemoClient, member: MemberActor) -> tuple[MemberActor, ChannelHandle]:
    """Let somebody be in another server too. Return them there, and its channel."""
    other = demo.env.create_guild("Choir")
    there, channel = other.add_member(member.user), other.create_text_channel("general")
    await demo.settle()
    return there, channel


async def test_a_night_is_not_posted_and_nobody_invited_in_another_server(demo: DemoClient) -> None:
    ana, _ = await two(demo)
    there, channel = await elsewhere(demo, ana)
    shown = await option(demo, there, "post", channel=channel)
    assert strings.ANOTHER_SERVER in shown
    assert strings.POST_IT not in shown.buttons
    shown = await option(demo, there, "invite", channel=channel)
    assert strings.INVITE_IN_SERVER in shown


async def test_a_night_of_one_server_is_not_joined_from_another(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    post = await posted(demo, ana)
    there, channel = await elsewhere(demo, bo)
    night = (await views(demo, ana))[0].night.id
    first = await demo.slash(there, "night", channel=channel)
    for custom_id in (f"v1:nights.join:{night}", post.custom_id(strings.COUNT_ME_IN)):
        assert OVER in await demo.forge(there, custom_id, source=first)
    assert await views(demo, bo) == []


async def test_in_direct_messages_of_two_servers_it_is_said_where_to_plan_before_anything_is_chosen(
    demo: DemoClient,
) -> None:
    ana = await demo.member("ana")
    await demo.slash(ana, "night")
    there, channel = await elsewhere(demo, ana)
    await demo.slash(there, "night", channel=channel)
    shown = await (await demo.slash(ana, "night", dm=True)).press(strings.PLAN)
    assert help_words.WHICH_TITLE in shown


async def test_under_18_and_in_a_server_for_minors_nobody_counts_themselves_in(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await posted(demo, ana)
    post = in_channel(demo, bo)
    await says_minor(demo, bo)
    assert help_words.MINOR_TITLE in await post.press(strings.COUNT_ME_IN)
    night = (await views(demo, ana))[0].night.id
    assert help_words.MINOR_TITLE in await demo.forge(bo, f"v1:nights.join:{night}")
    cy = await demo.member("cy")
    join = post.custom_id(strings.COUNT_ME_IN)
    await sets_minors(demo)
    assert help_words.MINOR_TITLE in await demo.forge(cy, join)


# -- boundaries -------------------------------------------------------------------------------------------


async def test_somebody_who_set_a_boundary_is_not_seen_and_sees_who_comes(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await apart(demo, bo, ana)
    await posted(demo, ana)
    await (await in_channel(demo, bo).press(strings.COUNT_ME_IN)).press(strings.COUNT_ME_IN)
    assert await names(demo, ana) == []
    shown = await demo.slash(bo, "night")
    assert strings.APART.format(name="Ana") in shown
    assert (await option(demo, bo, "choose")).options == []
    menu = await (await demo.slash(ana, "night")).press(strings.MORE)
    assert strings.MORE_OPTIONS["choose"] not in menu.options, "there is nobody whom she could choose"


async def test_a_boundary_of_both_lets_neither_see_the_other(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await apart(demo, bo, ana)
    await apart(demo, ana, bo)
    await posted(demo, ana)
    await (await in_channel(demo, bo).press(strings.COUNT_ME_IN)).press(strings.COUNT_ME_IN)
    for one in (ana, bo):
        assert await names(demo, one) == []
        assert strings.ALONE in await demo.slash(one, "night")


async def test_a_boundary_hides_and_an_invitation_goes_at_some_time_of_its_own(demo: DemoClient) -> None:
    ana, bo = await two(demo)
    await invited(demo, ana, bo)
    before = await demo.slash(ana, "night")
    await apart(demo, bo, ana)
    assert "would like you along" not in await demo.slash(bo, "inbox")
    assert (await demo.slash(ana, "night")).text == before.text
    cy = await demo.member("cy")
    await invited(demo, ana, cy)
    await apart(demo, ana, cy)
    await demo.skip(hours=24)
    assert "would like you along" not in await demo.slash(cy, "inbox")


async def test_the_others_see_neither_that_two_are_apart(demo: DemoClient) -> None:
    _, bo, cy = await out(demo, "bo", "cy")
    before = await demo.slash(cy, "night")
    ana = await demo.member("ana")
    await apart(demo, ana, bo)
    assert (await demo.slash(cy, "night")).text == before.text
    assert sorted(await names(demo, cy)) == ["Ana", "Bo"]
