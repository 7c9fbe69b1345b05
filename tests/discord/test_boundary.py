"""`/boundary`: setting a boundary, showing the names, and removing it."""

from simcord import MemberActor
from sqlalchemy import delete

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.people.models import DiscordUser
from bot.people.tables import names, people
from bot.storage.tx import Tx
from bot.ui import strings as ui_words
from bot.vault.sealing import PERSON_CASE
from cogs.help import strings as help_words
from cogs.me.boundary import strings
from cogs.pod import strings as pod_words
from tests.discord.asking import ANSWER, IMPACT, answer, friends, met, opened, send, services


async def considered(demo: DemoClient, by: MemberActor, whom: MemberActor) -> Screen:
    return await (await (await demo.slash(by, "boundary")).press("Add")).choose([whom])


async def added(demo: DemoClient, by: MemberActor, whom: MemberActor) -> Screen:
    return await (await considered(demo, by, whom)).press("Set the boundary")


async def test_the_card_says_what_a_boundary_does_and_what_it_does_not_do(demo: DemoClient) -> None:
    shown = await demo.slash(await demo.member("ana"), "boundary")
    assert "Plumbline won't connect the two of you and won't tell them. They could still guess." in shown
    assert (
        "A boundary doesn't stop messages or shared channels. Discord's Block stops their direct messages, "
        "and they can notice it. In shared channels they can still read what you write."
    ) in shown
    assert shown.ephemeral
    assert shown.buttons == ["Add", "Show names", "Support", "Close"]


async def test_the_card_says_who_can_see_boundaries_and_what_one_does_not_stop(demo: DemoClient) -> None:
    shown = await demo.slash(await demo.member("ana"), "boundary")
    assert "doesn't stop them from asking other friends about something that involves you" in shown
    assert "Moderators and the other person can't see your boundaries. Whoever runs this bot could" in shown
    assert "press `Close` when you're done" in shown


async def test_after_a_boundary_is_taken_back_the_card_does_not_sound_as_if_it_still_held(
    demo: DemoClient,
) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    gone = await (await added(demo, ana, bo)).press("Take it back")
    assert f"{strings.REMOVED}\n\nIf you set a boundary, Plumbline won't" in gone


async def named_on(demo: DemoClient, member: MemberActor) -> Screen:
    return await (await demo.slash(member, "boundary")).press("Show names")


async def test_pressing_i_was_hurt_in_support_leads_to_the_boundaries(demo: DemoClient) -> None:
    hurt = await (await demo.slash(await demo.member("ana"), "support")).press("I was hurt")
    want = await hurt.press("What you might want now")
    assert strings.INTRO in await want.press("Boundaries")


async def test_names_are_shown_only_after_show_names_is_pressed(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo", shown="Bo **Bold**")
    await added(demo, ana, bo)
    card = await demo.slash(ana, "boundary")
    assert card.text == (await demo.slash(bo, "boundary")).text, "it doesn't show whether any are set"
    named = await card.press("Show names")
    assert named.options == ["Bo **Bold**"]
    assert "Bo **Bold**" not in named.text
    assert "Bold" in named.text


async def test_the_other_person_does_not_learn_of_a_boundary(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    before = await demo.slash(bo, "pod")
    await added(demo, ana, bo)
    await demo.skip(days=2)
    assert demo.dms(bo) == []
    assert (await demo.slash(bo, "pod")).text == before.text
    assert "Nothing is waiting" in await demo.slash(bo, "inbox")


async def test_a_boundary_takes_effect_as_soon_as_it_is_set(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await added(demo, ana, bo)
    assert "send them this" in await demo.menu(bo, "Invite to my pod", ana)
    assert "Accept" not in (await demo.slash(ana, "pod")).buttons
    reminded = await demo.menu(ana, "Invite to my pod", bo)
    assert pod_words.OWN_CHOICE in reminded
    assert reminded.buttons == ["Support", "Close"], "nothing on it leads to the boundaries"
    assert "Accept" not in (await demo.slash(bo, "pod")).buttons


async def test_a_boundary_ends_a_tie_within_a_day_and_nobody_is_told(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await demo.menu(ana, "Invite to my pod", bo)
    await (await demo.slash(bo, "pod")).press("Accept")
    await demo.dms(ana)[0].press("Open")
    before = (await demo.slash(bo, "pod")).text
    await added(demo, ana, bo)
    assert (await demo.slash(bo, "pod")).text == before
    await demo.skip(hours=24)
    assert "Ana" not in await demo.slash(bo, "pod")
    assert demo.dms(bo) == []
    assert "Nothing is waiting" in await demo.slash(bo, "inbox")
    assert len(demo.dms(ana)) == 1


async def test_a_boundary_can_be_taken_back_at_once_or_removed_later(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    gone = await (await added(demo, ana, bo)).press("Take it back")
    assert strings.REMOVED in gone
    assert strings.NONE in await named_on(demo, ana)
    await added(demo, ana, bo)
    named = await named_on(demo, ana)
    assert strings.REMOVED in await named.choose("Bo")
    await demo.menu(bo, "Invite to my pod", ana)
    assert "Accept" in (await demo.slash(ana, "pod")).buttons


async def test_setting_the_same_boundary_twice_sets_it_once(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    card = await considered(demo, ana, bo)
    first, second = await card.press_twice("Set the boundary")
    assert first.text == second.text
    await added(demo, ana, bo)
    assert len((await named_on(demo, ana)).options) == 1


async def test_a_boundary_with_oneself_or_with_a_bot_is_refused(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert strings.YOURSELF in await considered(demo, ana, ana)
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    assert strings.A_BOT in await considered(demo, ana, robot)
    assert strings.NONE in await named_on(demo, ana)


async def test_fifty_boundaries_are_the_most_and_their_names_fill_several_pages(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    services, here = demo.bot.services, ServerId(demo.server.id)
    person = await services.people.meet(DiscordUser(ana.id, "Ana", here), demo.now)
    for number in range(50):
        await services.boundaries.add(
            person, DiscordUser(900 + number, f"Person {number:02}", here), demo.now
        )
    full = await added(demo, ana, bo)
    assert help_words.TOO_MANY_TITLE in full
    assert "50" in full
    page = await named_on(demo, ana)
    seen = set(page.options)
    for _ in range(2):
        page = await page.press("Next")
        seen |= set(page.options)
    assert len(seen) == 50
    assert "Next" not in page.buttons
    assert len((await page.press("Back to the first")).options) == 20
    assert strings.NONE in await demo.forge(ana, "v1:boundaries.names:99")


async def test_nobody_else_can_see_or_remove_a_boundary(demo: DemoClient) -> None:
    ana, bo, eve = [await demo.member(name) for name in ("ana", "bo", "eve")]
    done = await added(demo, ana, bo)
    theirs = await demo.forge(eve, done.custom_id("Take it back"))
    none = await demo.forge(eve, "v1:boundaries.lift:nothing")
    assert theirs.text == none.text
    assert help_words.NOT_YOURS_TITLE in theirs
    assert strings.NONE in await demo.forge(bo, "v1:boundaries.names:0")
    assert help_words.NOT_YOURS_TITLE in await demo.forge(bo, "v1:boundaries.names:x")
    assert help_words.NOT_YOURS_TITLE in await demo.forge(bo, "v1:boundaries.chosen:", [str(ana.id)])
    for verb in ("set", "untell"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, f"v1:boundaries.{verb}:nothing")
        assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, f"v1:boundaries.{verb}:{eve.id}")
    assert len((await named_on(demo, ana)).options) == 1


async def test_a_boundary_can_be_set_and_taken_back_after_a_restart(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    choosing = await (await demo.slash(ana, "boundary")).press("Add")
    await demo.restart()
    before = await choosing.choose([bo])
    await demo.restart()
    done = await before.press("Set the boundary")
    await demo.restart()
    assert strings.REMOVED in await done.press("Take it back")


async def test_in_direct_messages_add_says_in_which_server_to_choose_somebody(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    unknown = await (await demo.slash(ana, "boundary", dm=True)).press("Add")
    assert strings.ADD_IN_A_SERVER in unknown
    await added(demo, ana, bo)
    card = await demo.slash(ana, "boundary", dm=True)
    assert demo.server.name in await card.press("Add")
    assert (await card.press("Back")).buttons == ["Add", "Show names", "Support", "Close"]
    assert "Bo" in (await (await demo.slash(ana, "boundary", dm=True)).press("Show names")).options


async def test_a_button_on_another_card_opens_the_boundaries(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert strings.INTRO in await demo.forge(ana, "v1:boundaries.add:")


async def test_somebody_who_left_and_has_no_name_is_shown_as_gone(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await demo.slash(bo, "settings")
    await added(demo, ana, bo)
    services, here = demo.bot.services, ServerId(demo.server.id)
    person = await services.people.meet(DiscordUser(bo.id, "Bo", here), demo.now)
    await services.people.leave(person, here, demo.now)
    named = await named_on(demo, ana)
    assert named.options == [ui_words.SOMEONE_FIRST]


# -- what the other person can notice -----------------------------------------------------------------


async def agreed(demo: DemoClient, owner: MemberActor, member: MemberActor) -> None:
    await demo.menu(owner, "Invite to my pod", member)
    await (await demo.slash(member, "pod")).press("Accept")


async def test_before_a_boundary_is_set_the_card_says_exactly_what_the_other_can_notice(
    demo: DemoClient,
) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    nothing = await considered(demo, ana, bo)
    assert strings.NOTHING in nothing
    assert nothing.buttons == ["Set the boundary", "Back", "Support", "Close"]
    await demo.menu(ana, "Invite to my pod", bo)
    invited = await considered(demo, ana, bo)
    assert strings.POD_INVITED in invited
    await (await demo.slash(bo, "pod")).press("Accept")
    asks = await considered(demo, ana, bo)
    assert strings.POD_ASKS in asks
    assert strings.GUESS in asks
    assert strings.POD_INVITED not in asks
    answers = await considered(demo, bo, ana)
    assert strings.POD_ANSWERS in answers
    assert strings.POD_ASKS not in answers
    assert strings.INTRO in await asks.press("Back")


async def test_the_card_is_the_same_if_the_other_person_has_set_a_boundary(demo: DemoClient) -> None:
    ana, bo, cy = [await demo.member(name) for name in ("ana", "bo", "cy")]
    await agreed(demo, ana, bo)
    await demo.menu(ana, "Invite to my pod", cy)
    before = [(await considered(demo, ana, one)).text for one in (bo, cy)]
    for one in (bo, cy):
        await added(demo, one, ana)
    assert [(await considered(demo, ana, one)).text for one in (bo, cy)] == before


async def test_nothing_is_set_until_it_is_confirmed(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await considered(demo, ana, bo)
    assert strings.NONE in await named_on(demo, ana)
    await demo.menu(bo, "Invite to my pod", ana)
    assert "Accept" in (await demo.slash(ana, "pod")).buttons


async def test_a_boundary_can_be_set_with_somebody_who_has_never_used_the_bot(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    assert "Bo" in await added(demo, ana, bo)
    assert "Bo" in (await named_on(demo, ana)).options


# -- what the other person was told of stays with them -------------------------------------------------


async def test_an_answer_that_was_told_of_can_still_be_read_as_if_its_author_had_left(
    demo: DemoClient,
) -> None:
    """A friend answers, the asker is told, the friend sets a boundary, and only then the asker reads."""
    ana, ben = await friends(demo, "ben")
    await send(demo, ana, "Ben", wait="In 3 days")
    await answer(demo, ben)
    before = (await opened(demo, ana)).text
    inbox = (await demo.slash(ana, "inbox")).text
    card = await considered(demo, ben, ana)
    assert strings.ANSWERED in card
    assert strings.STAYS in card
    await card.press("Set the boundary")
    assert (await demo.slash(ana, "inbox")).text == inbox
    shown = await opened(demo, ana)
    assert shown.text == before
    for hours in (0, 24, 24):
        await demo.skip(hours=hours)
        assert str(ANSWER[IMPACT]) in await demo.forge(ana, shown.custom_id("Read"))


async def test_answers_that_are_taken_back_first_look_like_an_ordinary_cant(demo: DemoClient) -> None:
    ana, ben, cleo = await friends(demo, "ben", "cleo")
    await send(demo, ana, "Ben", wait="In 3 days")
    await answer(demo, ben)
    card = await (await considered(demo, ben, ana)).press("Take back my answers")
    assert strings.UNTOLD in card
    assert "Take back my answers" not in card.buttons
    await card.press("Set the boundary")
    taken = await opened(demo, ana)
    await send(demo, ana, "Cleo", wait="In 3 days")
    await (await opened(demo, cleo)).press("I can't")
    await demo.settle()
    ordinary = await opened(demo, ana)
    assert taken.text.replace("Ben", "Friend") == ordinary.text.replace("Cleo", "Friend")
    assert "Read" not in taken.buttons


async def test_a_boundary_outlives_the_erasing_of_the_other_person(demo: DemoClient) -> None:
    ana, bo = await demo.member("ana"), await demo.member("bo")
    await demo.slash(bo, "settings")
    await added(demo, ana, bo)
    person, at = await met(demo, bo), services(demo)

    async def erase(tx: Tx) -> None:
        await at.boundaries.erase(tx, person)
        await at.vault.drop(tx, PERSON_CASE + person)
        for table, column in ((people, "id"), (names, "person")):
            await tx.execute(delete(table).where(table.c[column] == person))

    await demo.bot.db.write(erase)
    named = await named_on(demo, ana)
    assert named.options == [ui_words.SOMEONE_FIRST]
    await demo.menu(bo, "Invite to my pod", ana)
    assert "Accept" not in (await demo.slash(ana, "pod")).buttons
    named = await named_on(demo, ana)
    assert named.options == ["Bo"]
    assert strings.REMOVED in await named.choose("Bo")
    assert strings.NONE in await named_on(demo, ana)
