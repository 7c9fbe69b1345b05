"""Friends on the pretend server, and the steps of `/ask`, for its tests."""

from collections.abc import Mapping
from typing import Any

from simcord import MemberActor

from bot.asks.models import Ask
from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.ui.custom_id import CustomId
from tests.coverage_scope import measured_once

CONTINUE = "Continue, I'm 18+"
OFF = "Something felt off, and I'm not sure why"
SAID = "Something I said or joked about"
PUSHED = "I pushed, or kept going"
SAW = "I saw something and don't know what to do"
NAMED = "A friend of mine did something"
NONE = "None of these"
FELT = "What they said or did, and may have felt"
TYPED = {
    "What I said": "I mocked how they talk",
    FELT: "They went quiet",
    "What I'd like to know": "Was I out of line?",
}
IMPACT = "What it may have been like for them"
STEP = "One next step"
ANSWER = {
    IMPACT: "It may have stung",
    STEP: "Leave them be this week",
    "What might be missing": "Their side",
    "What I can offer": "A walk",
}
NOT_YOURS = "There is nothing here for you to open"
CLOSED = "This ask is closed"
SENTENCES = {
    "Something is waiting for you.",
    "Something here has changed.",
    "This is closed.",
}
"""Every sentence that a DM can say, except the one with a name."""


def services(demo: DemoClient) -> Services:
    held: Services = demo.bot.services
    return held


def discord_user(member: MemberActor) -> DiscordUser:
    return DiscordUser(member.id, str(member.user.global_name), ServerId(member.guild.id), member.user.name)


async def met(demo: DemoClient, member: MemberActor) -> PersonId:
    return await services(demo).people.meet(discord_user(member), demo.now)


async def tie(demo: DemoClient, owner: MemberActor, friend: MemberActor) -> None:
    """Let the friend agree to be asked by the owner, and close the message about it."""
    at, now = services(demo), demo.now
    by, person = await met(demo, owner), await met(demo, friend)
    invitation = await at.pods.invitations.invite(by, ServerId(owner.guild.id), discord_user(friend), now)
    made = await at.pods.invitations.accept(person, invitation.id, now)
    await demo.bot.db.write(lambda tx: at.outbox.close(tx, made.id, now))


@measured_once
async def friends(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Return Ana and the friends who agreed to be asked by her."""
    ana, *others = [await demo.member(name) for name in ("ana", *names)]
    for friend in others:
        await tie(demo, ana, friend)
    await demo.settle()
    return [ana, *others]


async def begin(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the card "What is it about?"."""
    shown = await demo.slash(member, "ask")
    for button in (CONTINUE, "Write something new"):
        if button in shown.buttons:
            return await shown.press(button)
    return shown


def draft_of(card: Screen) -> str:
    """Return the id of the draft that a card is about."""
    routes = [CustomId.read(custom_id) for custom_id in card.custom_ids]
    return next(route.argument for route in routes if route is not None and route.verb.startswith("asks."))


async def form(demo: DemoClient, member: MemberActor, kind: str = SAID) -> Screen:
    kinds = await begin(demo, member)
    shown = await kinds.choose(kind)
    if shown.is_form:
        return shown
    return await (shown.choose(NONE) if kind in (OFF, PUSHED, SAW) else shown.press("Yes, they said so"))


async def preview(
    demo: DemoClient, member: MemberActor, *whom: str, typed: Mapping[str, str] = TYPED
) -> Screen:
    shown = await (await form(demo, member)).submit(typed)
    return await shown.choose(list(whom)) if whom else shown


@measured_once
async def send(
    demo: DemoClient, member: MemberActor, *whom: str, wait: str = "", typed: Mapping[str, str] = TYPED
) -> Screen:
    """Send an ask. Return the card right after `Send`."""
    shown = await preview(demo, member, *whom, typed=typed)
    if wait:
        shown = await shown.press(wait)
    sent = await shown.press("Send")
    await demo.settle()
    return sent


async def opened(demo: DemoClient, member: MemberActor) -> Screen:
    """Open their newest direct message."""
    return await demo.dms(member)[-1].press("Open")


def received(demo: DemoClient, member: MemberActor) -> set[int]:
    """Return the ids of the direct messages that they have. Closed ones are deleted after 30 days."""
    return {dm.message.id for dm in demo.dms(member)}


async def read_it(demo: DemoClient, member: MemberActor) -> Screen:
    return await (await opened(demo, member)).press("Read it")


@measured_once
async def answer(demo: DemoClient, member: MemberActor, typed: Mapping[str, Any] = ANSWER) -> Screen:
    sent = await (await (await read_it(demo, member)).press("Answer")).submit(typed)
    await demo.settle()
    return sent


async def listed(demo: DemoClient, member: MemberActor) -> str:
    """Return what /inbox says."""
    return (await demo.slash(member, "inbox")).text


async def ask_of(demo: DemoClient, member: MemberActor) -> Ask:
    """Return their newest ask that was sent."""
    return (await services(demo).asks.kept(await met(demo, member)))[0]


def told(demo: DemoClient, member: MemberActor) -> list[str]:
    """Return what their DMs say, oldest first."""
    return [line.text for line in demo.dms(member)]
