"""`/pod` and "Invite to my pod", as people press them."""

import json
import re

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.pods.notifications import ENDED
from bot.storage.tx import Tx
from cogs.help import strings as help_words
from cogs.me.boundary import strings as boundary_words
from cogs.pod import strings
from tests.discord.norming import NOT_YOURS

SENTENCE = (
    "I'm picking a few people to check things with now and then, and I'd like you to be one of them. "
    "If you're up for it, type /pod in our server."
)


async def invited(demo: DemoClient, by: MemberActor, *whom: MemberActor) -> Screen:
    return await (await (await demo.slash(by, "pod")).press("Invite")).choose([*whom])


async def met(demo: DemoClient, member: MemberActor) -> PersonId:
    user = DiscordUser(member.id, member.name.title(), ServerId(demo.server.id))
    person: PersonId = await demo.bot.services.people.meet(user, demo.now)
    return person


async def agreed(demo: DemoClient, owner: MemberActor, member: MemberActor) -> None:
    await invited(demo, owner, member)
    await (await demo.slash(member, "pod")).press("Accept")


async def friends(demo: DemoClient) -> tuple[MemberActor, MemberActor]:
    return await demo.member("ana"), await demo.member("bo")


async def test_invite_shows_a_sentence_to_send_oneself_and_messages_nobody(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    shown = await invited(demo, ana, bo)
    assert "I don't write to anyone, so send them this:" in shown
    assert SENTENCE in shown
    assert shown.ephemeral
    assert not any(one.path.startswith("/channels") for one in demo.requests)
    assert not any(one.path == "/users/@me/channels" for one in demo.requests)


async def test_nobody_is_led_to_invite_the_person_they_may_have_hurt(demo: DemoClient) -> None:
    """Also from the menu, where the card with the choice isn't seen."""
    ana, bo = await friends(demo)
    empty = await demo.slash(ana, "pod")
    assert "If you need them now, it isn't too late." in empty
    choosing = await empty.press("Invite")
    assert "don't invite the person you may have hurt, or anyone close to them" in choosing
    for shown in (await choosing.choose([bo]), await demo.menu(ana, "Invite to my pod", bo)):
        assert strings.NOT_CLOSE in shown
    for sentence in (SENTENCE, strings.SENTENCE):
        assert "hurt" not in sentence


async def test_never_from_somebody_says_what_they_can_notice_before_the_boundary_is_set(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    await agreed(demo, bo, ana)
    await invited(demo, ana, bo)
    meaning = await (await demo.slash(bo, "pod")).press("What it means")
    never = meaning.custom_id("Never from Ana")
    before = await meaning.press("Never from Ana")
    assert boundary_words.POD_ASKS in before
    assert before.buttons == ["Set the boundary", "Back", "Support", "Close"]
    eve = await demo.member("eve")
    assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, never)


async def test_a_never_from_button_of_an_earlier_card_still_sets_the_boundary(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    meaning = await (await demo.slash(bo, "pod")).press("What it means")
    earlier = meaning.custom_id("Never from Ana").replace("pods.consider", "pods.never")
    assert "won't tell them" in await demo.forge(bo, earlier)
    assert len((await (await demo.slash(bo, "boundary")).press("Show names")).options) == 1


async def test_an_invitation_explains_itself_and_accepting_it_tells_the_inviter(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    pod = await demo.slash(bo, "pod")
    assert pod.buttons == ["Accept", "No thanks", "What it means", "Invite", "Support"]
    meaning = await pod.press("What it means")
    assert meaning.buttons == ["Accept", "No thanks", "Never from Ana", "Back", "Report", "Support"]
    assert "You can leave at any time" in meaning
    after = await meaning.press("Accept")
    assert strings.I_ANSWER in after
    [line] = demo.dms(ana)
    assert line.text == "Something is waiting for you."
    opened = await line.press("Open")
    assert "said you can check things with them" in opened
    assert "Bo" in await opened.press("Show my pod")
    await demo.settle()
    assert demo.dms(ana)[0].text == "This is closed."
    assert demo.dms(bo) == []


async def test_the_card_explains_pods_above_both_lists_which_are_in_the_same_order(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    cy, bo = await demo.member("cy"), await demo.member("bo")
    for owner, member in ((ana, cy), (ana, bo), (bo, ana), (cy, ana)):
        await agreed(demo, owner, member)
    shown = (await demo.slash(ana, "pod")).text
    places = [shown.index(part) for part in (strings.WHAT_IT_IS, strings.ASKED_BY_ME, strings.I_ANSWER)]
    assert places == sorted(places)
    assert re.findall(r"\b(?:Bo|Cy)\b", shown) == ["Bo", "Cy", "Bo", "Cy"]


async def test_the_user_menu_invites_with_the_same_sentence_as_the_button(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    assert SENTENCE in await demo.menu(ana, "Invite to my pod", bo)
    assert "Accept" in (await demo.slash(bo, "pod")).buttons


async def test_no_thanks_tells_the_inviter_nothing(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    before = (await demo.slash(ana, "pod")).text
    after = await (await demo.slash(bo, "pod")).press("No thanks")
    assert "I won't tell" in after
    assert "Accept" not in after.buttons
    await demo.skip(days=1)
    assert demo.dms(ana) == []
    assert (await demo.slash(ana, "pod")).text == before


async def test_pressing_never_from_somebody_sets_a_boundary_that_they_cannot_notice(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    before = (await demo.slash(ana, "pod")).text
    shown = await (await (await demo.slash(bo, "pod")).press("What it means")).press("Never from Ana")
    assert strings.STAYS_OPEN in shown
    names = await (await demo.slash(bo, "boundary")).press("Show names")
    assert boundary_words.NONE in names, "it isn't set until it is confirmed"
    assert strings.MEANS_TITLE in await shown.press("Back")
    shown = await shown.press("Never from Ana")
    await demo.restart()
    done = await shown.press("Set the boundary")
    assert "won't tell them" in done
    assert done.buttons[-1] == "Close"
    assert len((await (await demo.slash(bo, "boundary")).press("Show names")).options) == 1
    await demo.skip(days=3)
    assert demo.dms(ana) == []
    assert (await demo.slash(ana, "pod")).text == before
    again = await demo.menu(ana, "Invite to my pod", bo)
    assert SENTENCE in again
    assert "Accept" not in (await demo.slash(bo, "pod")).buttons


@pytest.mark.parametrize("verb", ["removing", "leaving", "change"])
async def test_either_person_can_end_a_tie_and_the_name_is_gone_from_both_lists_without_a_message(
    demo: DemoClient, verb: str
) -> None:
    ana, bo = await friends(demo)
    await agreed(demo, ana, bo)
    await demo.dms(ana)[0].press("Open")
    by, other, name, theirs = (bo, ana, "Ana", "Bo") if verb == "leaving" else (ana, bo, "Bo", "Ana")
    told = [len(demo.dms(one)) for one in (ana, bo)]
    # Cards of earlier versions have a button for removing and one for leaving.
    choosing = await demo.forge(by, f"v1:pods.{verb}:{demo.server.id}")
    assert choosing.options == [name]
    after = await choosing.choose(name)
    assert name not in after.text.replace(strings.REMOVED.format(name=f"\u2068{name}\u2069"), "").replace(
        strings.LEFT.format(name=f"\u2068{name}\u2069"), ""
    )
    assert theirs not in await demo.slash(other, "pod")
    await demo.skip(days=2)
    assert [len(demo.dms(one)) for one in (ana, bo)] == told
    assert "Nothing is waiting" in await demo.slash(other, "inbox")


async def test_a_message_of_an_earlier_version_about_an_ended_tie_can_be_opened_and_names_nobody(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    services, here = demo.bot.services, ServerId(demo.server.id)
    one = await services.people.meet(DiscordUser(ana.id, "Ana", here), demo.now)
    other = await services.people.meet(DiscordUser(bo.id, "Bo", here), demo.now)

    async def told(tx: Tx) -> None:
        await services.outbox.tell(tx, one, ENDED, "a-tie", demo.now, other=other, server=here)

    await demo.bot.db.write(told)
    await demo.skip(minutes=2)
    inbox = await demo.slash(ana, "inbox")
    assert strings.ENDED_ENTRY in inbox
    assert "Bo" not in inbox
    [line] = demo.dms(ana)
    assert line.text == "Something here has changed."
    opened = await line.press("Open")
    assert strings.ENDED in opened
    assert "Bo" not in opened


async def test_up_to_five_people_are_invited_at_once_with_one_sentence_to_send(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    cy = await demo.member("cy", shown="**Cy**")
    choosing = await (await demo.slash(ana, "pod")).press("Invite")
    assert '"max_values": 5' in json.dumps(choosing.payload)
    shown = await choosing.choose([bo, cy])
    assert shown.text.count(SENTENCE) == 1
    assert "Bo" in shown
    assert "\\*\\*Cy" in shown
    for one in (bo, cy):
        assert "Accept" in (await demo.slash(one, "pod")).buttons


async def test_those_who_cannot_be_invited_are_named_with_the_reason_and_the_others_are_invited(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    cy, dee, eli = [await demo.member(name) for name in ("cy", "dee", "eli")]
    await agreed(demo, ana, bo)
    await demo.bot.services.boundaries.set(await met(demo, ana), await met(demo, cy), demo.now)
    await demo.bot.services.boundaries.set(await met(demo, dee), await met(demo, ana), demo.now)
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    shown = await invited(demo, ana, bo, cy, dee, eli, robot)
    listed, _, refused = shown.text.partition(strings.NOT_INVITED)
    assert "Dee" in listed
    assert "Eli" in listed
    assert [name for name in ("Bo", "Cy", "Dee", "Eli", "robot") if name in refused] == ["Bo", "Cy", "robot"]
    for reason in (strings.WHY_ALREADY, strings.WHY_OWN_CHOICE, strings.WHY_A_BOT):
        assert reason in refused
    nobody = await invited(demo, ana, bo, cy)
    assert strings.NOBODY_INVITED_TITLE in nobody
    assert SENTENCE not in nobody
    assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, "v1:pods.chosen:")


async def test_set_up_my_pod_shows_the_pod_on_a_card_of_its_own(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    card = await demo.slash(ana, "help")
    shown = await card.press("Set up my pod")
    assert strings.NOBODY_YET in shown
    assert "Set up my pod" in card.buttons
    assert "Bo" in (await (await shown.press("Invite")).choose([bo])).text


async def test_an_invitation_can_be_taken_back(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    removing = await (await demo.slash(ana, "pod")).press("Remove or leave")
    assert "taken back" in await removing.choose("Bo")
    assert "Accept" not in (await demo.slash(bo, "pod")).buttons


async def test_somebody_with_several_invitations_chooses_one_from_a_select(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    cy = await demo.member("cy", shown="**Cy** <@1>")
    for one in (ana, cy):
        await invited(demo, one, bo)
    pod = await demo.slash(bo, "pod")
    assert set(pod.options) == {"Ana", "**Cy** <@1>"}
    chosen = await pod.choose("**Cy** <@1>")
    assert "Never from **Cy** <@1>" in chosen.buttons
    assert "<@1>" not in chosen.text
    assert strings.INVITED_YOU.split("**")[-1] in await chosen.press("No thanks")


async def test_an_invitation_waits_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    inbox = await demo.slash(bo, "inbox", dm=True)
    assert "would like you in their pod" in inbox
    assert "Accept" in (await inbox.press("Open")).buttons


async def test_an_inviter_with_closed_dms_finds_the_yes_in_the_inbox(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    demo.close_dms(ana)
    await agreed(demo, ana, bo)
    inbox = await demo.slash(ana, "inbox")
    assert "said yes" in inbox
    assert "check things with them" in await inbox.press("Open")
    assert "Nothing is waiting" in await demo.slash(ana, "inbox")


async def test_inviting_oneself_a_bot_a_present_member_or_a_ninth_person_is_refused(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    assert strings.YOURSELF in await demo.menu(ana, "Invite to my pod", ana)
    robot = demo.server.add_member(demo.env.create_user("robot", bot=True))
    assert strings.A_BOT in await demo.menu(ana, "Invite to my pod", robot)
    await agreed(demo, ana, bo)
    assert strings.ALREADY in await demo.menu(ana, "Invite to my pod", bo)
    for number in range(7):
        await demo.menu(ana, "Invite to my pod", await demo.member(f"m{number}"))
    full = await demo.menu(ana, "Invite to my pod", await demo.member("late"))
    assert strings.FULL_TITLE in full
    pod = await demo.slash(ana, "pod")
    assert len((await pod.press("Remove or leave")).options) == 8


async def test_somebody_under_18_cannot_use_pods_and_is_shown_who_can_help(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await (await (await demo.slash(bo, "settings")).press("Age")).press("I'm under 18")
    refused = await demo.slash(bo, "pod")
    assert help_words.MINOR_TITLE in refused
    assert "Who can help" in refused.buttons
    assert help_words.MINOR_TITLE in await demo.menu(bo, "Invite to my pod", ana)
    assert SENTENCE in await demo.menu(ana, "Invite to my pod", bo)


async def test_other_members_are_told_that_there_is_no_such_invitation_or_tie(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    eve = await demo.member("eve")
    await invited(demo, ana, bo)
    pod = await demo.slash(bo, "pod")
    meaning = await (await demo.slash(bo, "pod")).press("What it means")
    never = meaning.custom_id("Never from Ana")
    assert (await demo.forge(eve, never)).text == (await demo.forge(eve, never[:-3] + "xyz")).text
    for label in ("What it means", "Accept", "No thanks"):
        theirs = await demo.forge(eve, pod.custom_id(label))
        none = await demo.forge(eve, pod.custom_id(label)[:-3] + "xyz")
        assert theirs.text == none.text
        assert help_words.NOT_YOURS_TITLE in theirs
    await pod.press("Accept")
    removing = await (await demo.slash(ana, "pod")).press("Remove or leave")
    [select] = [one for one in removing.custom_ids if "pods.remove:" in one]
    [tie] = await demo.bot.db.read(_ties)
    for values in ([f"tie:{tie}"], ["sent:nothing"], ["tie:nothing"], ["nothing"]):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, select, values)
    assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, "v1:pods.leave:1", [f"tie:{tie}"])
    assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, "v1:pods.chosen:", [str(ana.id)])
    assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, "v1:pods.show:elsewhere")
    assert strings.I_ANSWER in await demo.slash(bo, "pod")


async def _ties(tx: object) -> list[str]:
    from sqlalchemy import select

    from bot.pods.tables import ties

    return [row.id for row in await tx.all(select(ties))]  # type: ignore[attr-defined]  # a Tx


async def test_accept_pressed_twice_at_once_shows_the_same_and_tells_the_inviter_once(
    demo: DemoClient,
) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    pod = await demo.slash(bo, "pod")
    for shown in await pod.press_twice("Accept"):
        assert strings.I_ANSWER in shown
    await demo.settle()
    assert len(demo.dms(ana)) == 1
    cy = await demo.member("cy")
    await invited(demo, cy, bo)
    texts = [one.text for one in await (await demo.slash(bo, "pod")).press_twice("No thanks")]
    assert any("I won't tell" in text for text in texts)


async def test_inviting_accepting_and_removing_work_after_a_restart(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    card = await (await demo.slash(ana, "pod")).press("Invite")
    await demo.restart()
    await card.choose([bo])
    pod = await demo.slash(bo, "pod")
    await demo.restart()
    await pod.press("Accept")
    await demo.restart()
    assert len(demo.dms(ana)) == 1
    removing = await (await demo.slash(ana, "pod")).press("Remove or leave")
    await demo.restart()
    assert "isn't in your pod any more" in await removing.choose("Bo")


async def test_an_invitation_by_somebody_who_left_can_no_longer_be_accepted(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    pod = await demo.slash(bo, "pod")
    await demo.leave(ana)
    assert strings.CLOSED_TITLE in await pod.press("Accept")
    assert "Accept" not in (await demo.slash(bo, "pod")).buttons


async def test_inviting_in_a_direct_message_names_the_server_where_it_works(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    assert help_words.NO_SERVER_TITLE in await demo.slash(ana, "pod", dm=True)
    await agreed(demo, ana, bo)
    pod = await demo.slash(ana, "pod", dm=True)
    assert "Bo" in pod
    refused = await pod.press("Invite")
    assert "from inside a server" in refused
    assert demo.server.name in refused
    assert "Remove or leave" in pod.buttons


async def test_pod_in_a_direct_message_asks_which_of_two_servers_is_meant(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await agreed(demo, ana, bo)
    other = demo.env.create_guild("Choir")
    await demo.settle()
    services = demo.bot.services
    await services.people.meet(DiscordUser(ana.id, "Ana", ServerId(other.id)), demo.now)
    which = await demo.slash(ana, "pod", dm=True)
    assert set(which.options) == {demo.server.name, "Choir"}
    assert "Bo" not in await which.choose("Choir")
    assert "Bo" in await (await demo.slash(ana, "pod", dm=True)).choose(demo.server.name)
    assert strings.INVITE_TITLE in await demo.forge(ana, "v1:pods.invite:")


@pytest.mark.parametrize("verb", ["show", "change", "removing", "leaving"])
async def test_a_server_with_which_they_have_nothing_to_do_looks_like_one_that_does_not_exist(
    demo: DemoClient, verb: str
) -> None:
    ana = await demo.member("ana")
    other = demo.env.create_guild("Choir")
    await demo.settle()
    assert NOT_YOURS in await demo.forge(ana, f"v1:pods.{verb}:{other.id}")
    assert NOT_YOURS in await demo.forge(ana, f"v1:pods.{verb}:4242")


async def test_a_rest_can_be_begun_from_the_pod_and_is_shown_on_it(demo: DemoClient) -> None:
    ana, bo = await friends(demo)
    await invited(demo, ana, bo)
    change = await (await demo.slash(ana, "pod")).press("Remove or leave")
    await (await change.press("Rest")).press("Until I say")
    assert strings.RESTING_OPEN in await demo.slash(ana, "pod")
    await (await change.press("Rest")).press("A week")
    assert "You're resting until" in await demo.slash(ana, "pod")
