"""`/boundary`, as people press it."""

from simcord import MemberActor

from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from cogs.help import strings as help_words
from cogs.me.boundary import strings
from cogs.pod import strings as pod_words


async def added(theatre: Theatre, by: MemberActor, whom: MemberActor) -> Screen:
    return await (await (await theatre.slash(by, "boundary")).press("Add")).choose([whom])


async def test_it_says_what_it_does_and_what_it_does_not(theatre: Theatre) -> None:
    shown = await theatre.slash(await theatre.member("ana"), "boundary")
    assert (
        "Plumbline won't connect the two of you, and won't tell them. They could still guess. "
        "It doesn't stop messages or shared channels. Discord's Block stops their direct messages to you; in "
        "shared channels they can still read what you write."
    ) in shown
    assert shown.ephemeral
    assert shown.buttons == ["Add", "Support"]


async def test_whoever_was_hurt_is_led_here_from_support(theatre: Theatre) -> None:
    hurt = await (await theatre.slash(await theatre.member("ana"), "support")).press("I was hurt")
    assert "You have set none." in await (await hurt.press("What you can do")).press("Boundaries")


async def test_names_show_only_after_that_press(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo", shown="Bo **Bold**")
    await added(theatre, ana, bo)
    card = await theatre.slash(ana, "boundary")
    assert "**1**" in card
    assert "Bo" not in card.text.replace("Boundaries", "")
    named = await card.press("Show names")
    assert named.options == ["Bo **Bold**"]
    assert "Bo **Bold**" not in named.text
    assert "Bold" in named.text


async def test_the_added_person_never_learns(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    before = await theatre.slash(bo, "pod")
    await added(theatre, ana, bo)
    await theatre.skip(days=2)
    assert theatre.dms(bo) == []
    assert (await theatre.slash(bo, "pod")).text == before.text
    assert "Nothing waits" in await theatre.slash(bo, "inbox")


async def test_it_holds_from_the_press_itself(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await added(theatre, ana, bo)
    assert "Send them this yourself" in await theatre.menu(bo, "Invite to my pod", ana)
    assert "Accept" not in (await theatre.slash(ana, "pod")).buttons
    reminded = await theatre.menu(ana, "Invite to my pod", bo)
    assert pod_words.OWN_BOUNDARY in reminded
    assert strings.TITLE in await reminded.press("Boundaries")
    assert "Accept" not in (await theatre.slash(bo, "pod")).buttons


async def test_ties_end_within_a_day_and_only_the_other_is_told(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await theatre.menu(ana, "Invite to my pod", bo)
    await (await theatre.slash(bo, "pod")).press("Accept")
    await theatre.dms(ana)[0].press("Open")
    before = (await theatre.slash(bo, "pod")).text
    await added(theatre, ana, bo)
    assert (await theatre.slash(bo, "pod")).text == before
    await theatre.skip(hours=24)
    assert "Ana" not in await theatre.slash(bo, "pod")
    assert [one.text for one in theatre.dms(bo)] == ["Something here has changed."]
    assert len(theatre.dms(ana)) == 1


async def test_it_can_be_taken_back_and_removed(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    gone = await (await added(theatre, ana, bo)).press("Take it back")
    assert strings.NONE in gone
    await added(theatre, ana, bo)
    named = await (await theatre.slash(ana, "boundary")).press("Show names")
    assert strings.REMOVED in await named.choose("Bo")
    await theatre.menu(bo, "Invite to my pod", ana)
    assert "Accept" in (await theatre.slash(ana, "pod")).buttons


async def test_setting_it_twice_is_setting_it_once(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    choosing = await (await theatre.slash(ana, "boundary")).press("Add")
    await choosing.choose([bo])
    await added(theatre, ana, bo)
    assert "**1**" in await theatre.slash(ana, "boundary")


async def test_oneself_and_bots_are_refused(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert strings.YOURSELF in await added(theatre, ana, ana)
    robot = theatre.server.add_member(theatre.env.create_user("robot", bot=True))
    assert strings.A_BOT in await added(theatre, ana, robot)
    assert strings.NONE in await theatre.slash(ana, "boundary")


async def test_fifty_are_the_most_and_they_fill_pages(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    services, here = theatre.bot.services, ServerId(theatre.server.id)
    person = await services.people.meet(DiscordUser(ana.id, "Ana", here), theatre.now)
    for number in range(50):
        await services.boundaries.add(
            person, DiscordUser(900 + number, f"Person {number:02}", here), theatre.now
        )
    full = await added(theatre, ana, bo)
    assert help_words.TOO_MANY_TITLE in full
    assert "50" in full
    page = await (await theatre.slash(ana, "boundary")).press("Show names")
    seen = set(page.options)
    for _ in range(2):
        page = await page.press("Next")
        seen |= set(page.options)
    assert len(seen) == 50
    assert "Next" not in page.buttons
    assert len((await page.press("Back to the first")).options) == 20
    assert strings.NONE in await theatre.forge(ana, "v1:boundaries.names:99")


async def test_others_cannot_see_or_lift_it(theatre: Theatre) -> None:
    ana, bo, eve = [await theatre.member(name) for name in ("ana", "bo", "eve")]
    done = await added(theatre, ana, bo)
    theirs = await theatre.forge(eve, done.custom_id("Take it back"))
    none = await theatre.forge(eve, "v1:boundaries.lift:nothing")
    assert theirs.text == none.text
    assert help_words.NOT_YOURS_TITLE in theirs
    assert strings.NONE in await theatre.forge(bo, "v1:boundaries.names:0")
    assert help_words.NOT_YOURS_TITLE in await theatre.forge(bo, "v1:boundaries.names:x")
    assert help_words.NOT_YOURS_TITLE in await theatre.forge(bo, "v1:boundaries.chosen:", [str(ana.id)])
    assert "**1**" in await theatre.slash(ana, "boundary")


async def test_it_works_after_a_restart(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    choosing = await (await theatre.slash(ana, "boundary")).press("Add")
    await theatre.restart()
    done = await choosing.choose([bo])
    await theatre.restart()
    assert strings.REMOVED in await done.press("Take it back")


async def test_in_a_direct_message_choosing_names_the_server(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    unknown = await (await theatre.slash(ana, "boundary", dm=True)).press("Add")
    assert strings.ADD_IN_A_SERVER in unknown
    await added(theatre, ana, bo)
    card = await theatre.slash(ana, "boundary", dm=True)
    assert theatre.server.name in await card.press("Add")
    assert (await card.press("Back")).buttons == ["Add", "Show names", "Support"]
    assert "Bo" in (await (await theatre.slash(ana, "boundary", dm=True)).press("Show names")).options


async def test_a_button_elsewhere_opens_it_beside_its_card(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert strings.NONE in await theatre.forge(ana, "v1:boundaries.add:")


async def test_somebody_without_a_name_is_shown_as_gone(theatre: Theatre) -> None:
    ana, bo = await theatre.member("ana"), await theatre.member("bo")
    await theatre.slash(bo, "settings")
    await added(theatre, ana, bo)
    services, here = theatre.bot.services, ServerId(theatre.server.id)
    person = await services.people.meet(DiscordUser(bo.id, "Bo", here), theatre.now)
    await services.people.leave(person, here, theatre.now)
    named = await (await theatre.slash(ana, "boundary")).press("Show names")
    assert named.options == [strings.GONE_OPTION]
