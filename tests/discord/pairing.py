"""Two people on the pretend server, and the steps to a pair, for the tests of pairs."""

from collections.abc import Iterator
from typing import Any

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from tests.coverage_scope import measured_once

AGREED: dict[str, Any] = {"cadence": "weekly", "day": "Sunday", "at": "18:00", "weeks": 12}
SENTENCE = (
    "Would you check in with me for a while? We'd each work on something of our own. If you'd like to, "
    "run /pair show. It's fine to say no."
)
CLOSED_SENTENCE = "has ended"
NOT_YOURS = "There is nothing here for you to open"
READY, CHANGED, GONE = "Something is waiting for you.", "Something here has changed.", "This is closed."
AIM, SIGNS, SAY, ZONE = (
    "What I'm working on",
    "What you might notice first",
    "What you can say to me then",
    "My time zone",
)


def sheet(of: str, zone: str = "Berlin") -> dict[str, str]:
    """Return what this person types into the form."""
    return {AIM: f"{of}'s aim", SIGNS: f"{of}'s signs", SAY: f"{of}'s sentence", ZONE: zone}


async def friends(demo: DemoClient) -> tuple[MemberActor, MemberActor]:
    return await demo.member("ana"), await demo.member("bo")


async def begun(demo: DemoClient, by: MemberActor, partner: MemberActor, **options: Any) -> Screen:
    """Let one person start a pair. Return the form that they see."""
    before = await demo.slash(by, "pair start", partner=partner, **{**AGREED, **options})
    return await before.press("A habit")


async def proposed(
    demo: DemoClient, by: MemberActor, partner: MemberActor, *, zone: str = "Berlin", **options: Any
) -> Screen:
    """Let one person propose a pair to the other. Return the card that they see then."""
    return await (await begun(demo, by, partner, **options)).submit(sheet(by.name.capitalize(), zone))


async def accepted(demo: DemoClient, member: MemberActor, *, zone: str = "Berlin") -> Screen:
    """Let them accept the only proposal that waits for them. Return the card that they see then."""
    form = await (await demo.slash(member, "pair show")).press("A habit")
    shown = await form.submit(sheet(member.name.capitalize(), zone))
    await demo.settle()
    return shown


@measured_once
async def paired(
    demo: DemoClient, *, zones: tuple[str, str] = ("Berlin", "Berlin"), **options: Any
) -> tuple[MemberActor, MemberActor]:
    """Make Ana and Bo a pair; Ana has read that it began."""
    ana, bo = await friends(demo)
    await proposed(demo, ana, bo, zone=zones[0], **options)
    await accepted(demo, bo, zone=zones[1])
    if demo.dms(ana):
        await opened(demo, ana)
    return ana, bo


@measured_once
async def asked(demo: DemoClient, **options: Any) -> tuple[Screen, MemberActor]:
    """Return Ana's first check-in, opened, and Bo."""
    ana, bo = await paired(demo, **options)
    await demo.skip(days=4, hours=6)
    return await opened(demo, ana), bo


async def opened(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the newest of their direct messages that can be opened."""
    shown = await [line for line in demo.dms(member) if "Open" in line.buttons][-1].press("Open")
    await demo.settle()
    return shown


async def entry(demo: DemoClient, member: MemberActor, words: str) -> Screen:
    """Open the entry in their /inbox that contains these words."""
    inbox = await demo.slash(member, "inbox")
    found = [custom_id for custom_id, text in _beside(inbox) if words in text]
    assert len(found) == 1, inbox
    return await inbox.press(found[0])


def _beside(inbox: Screen) -> Iterator[tuple[str, str]]:
    for part in inbox.message.components[0]["components"]:
        if part.get("accessory"):
            yield part["accessory"]["custom_id"], part["components"][0]["content"]


def told(demo: DemoClient, member: MemberActor) -> list[str]:
    """Return what their direct messages say, oldest first."""
    return [line.text for line in demo.dms(member)]


def sent_to_anybody(demo: DemoClient) -> list[str]:
    """Return the paths of requests that open a channel or write into one, except answers to presses."""
    return [one.path for one in demo.requests if one.method != "GET" and "/channels" in one.path]


async def person(demo: DemoClient, member: MemberActor) -> PersonId:
    who = DiscordUser(member.id, str(member.user.global_name), ServerId(member.guild.id), member.user.name)
    met: PersonId = await demo.bot.services.people.meet(who, demo.now)
    return met


async def pair_id(demo: DemoClient, member: MemberActor) -> str:
    """Return the id of the only pair that they can see."""
    [(pair, _)] = await demo.bot.services.pairs.queries.of(await person(demo, member), None)
    return str(pair.id)
