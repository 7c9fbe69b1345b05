"""People on the pretend server, and the steps to a path with companions, for the tests of `/path`."""

from typing import Any

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from cogs.path import strings
from tests.coverage_scope import measured_once

COMMITMENT = "In one sentence"


async def stop(demo: DemoClient, by: MemberActor, text: str = "no parties until March") -> Screen:
    """Let somebody begin a path with one commitment. Return the card that they see then."""
    facts = await (await demo.slash(by, "path start")).press(strings.CONTINUE)
    shown = await facts.choose(["None of these"])
    return await written(shown, text)


async def written(shown: Screen, text: str, kind: str = "Events") -> Screen:
    form = await shown.choose(kind, which="paths.add")
    return await form.submit({COMMITMENT: text})


async def invited(demo: DemoClient, by: MemberActor, whom: MemberActor) -> Screen:
    companions = await (await demo.slash(by, "path show")).press(strings.COMPANIONS)
    return await companions.choose([whom], which="paths.chosen")


async def joined(demo: DemoClient, by: MemberActor, whom: MemberActor) -> Screen:
    """Let somebody invite a companion, who says yes. Return the companion's card."""
    await invited(demo, by, whom)
    return await (await offer(demo, whom)).press(strings.ACCEPT)


async def offer(demo: DemoClient, whom: MemberActor) -> Screen:
    """Open the invitation that waits for them in their /inbox."""
    return await entry(demo, whom, "companion on a path")


async def entry(demo: DemoClient, member: MemberActor, words: str) -> Screen:
    """Open the entry in their /inbox that contains these words."""
    inbox = await demo.slash(member, "inbox")
    for part in inbox.message.components[0]["components"]:
        if part.get("accessory") and words in part["components"][0]["content"]:
            return await inbox.press(part["accessory"]["custom_id"])
    raise AssertionError(inbox)


async def opened(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the newest of their direct messages that can be opened."""
    await demo.settle()
    shown = await [line for line in demo.dms(member) if "Open" in line.buttons][-1].press("Open")
    await demo.settle()
    return shown


@measured_once
async def accompanied(demo: DemoClient, *names: str) -> tuple[MemberActor, list[MemberActor]]:
    """Bring Ana to the second step, with these companions. They meet on the 10th of each month at 18:00."""
    ana = await demo.member("ana")
    await demo.slash(ana, "settings", zone="Europe/Berlin")
    await stop(demo, ana)
    others = [await demo.member(name) for name in names]
    for one in others:
        await joined(demo, ana, one)
    when = await (await demo.slash(ana, "path show")).press(strings.GO_ON)
    when = await when.choose("The 10th of the month", which="paths.weekday")
    await when.press(strings.AGREED)
    await demo.settle()
    return ana, others


async def person(demo: DemoClient, member: MemberActor) -> PersonId:
    who = DiscordUser(member.id, str(member.user.global_name), ServerId(member.guild.id), member.user.name)
    met: PersonId = await demo.bot.services.people.meet(who, demo.now)
    return met


def told(demo: DemoClient, member: MemberActor) -> list[str]:
    """Return what their direct messages say, oldest first."""
    return [line.text for line in demo.dms(member)]


async def place(demo: DemoClient, member: MemberActor) -> Any:
    return await demo.bot.services.paths.queries.beside_what(await person(demo, member))
