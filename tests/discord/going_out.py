"""Friends who plan a night out, for the tests of `/night`."""

from datetime import datetime
from zoneinfo import ZoneInfo

from simcord import ChannelHandle, MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.nights.queries import NightView
from bot.people.models import DiscordUser
from cogs.night import strings

ZONE = "Europe/Berlin"
CARD = {
    "limit": "Three beers.",
    "notice": "I get loud.",
    "words": "Come outside with me.",
    "way": "Night bus 6.",
}


async def met(demo: DemoClient, member: MemberActor) -> PersonId:
    user = DiscordUser(member.id, member.name.title(), ServerId(demo.server.id))
    person: PersonId = await demo.bot.services.people.meet(user, demo.now)
    return person


async def at_home(demo: DemoClient, *members: MemberActor) -> None:
    """Let them have set their time zone before."""
    for member in members:
        await demo.bot.services.preferences.live_in(await met(demo, member), ZONE)


async def until(demo: DemoClient, hour: int, minute: int = 0) -> None:
    """Let time pass until it is this time of day where they live."""
    local = demo.now.astimezone(ZoneInfo(ZONE))
    wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    minutes = (wanted - local).total_seconds() / 60 % (24 * 60)
    await demo.skip(minutes=minutes)


async def day_after(demo: DemoClient) -> None:
    """Let the night of today pass, and its noon."""
    await until(demo, 4)
    await until(demo, 12, 5)
    await demo.skip(minutes=3)


async def planned(demo: DemoClient, member: MemberActor) -> Screen:
    """Plan tonight, from eight until three, and return how it stands."""
    await at_home(demo, member)
    await until(demo, 12)
    first = await demo.slash(member, "night")
    return await (await first.press(strings.PLAN)).press(strings.ITS_A_PLAN)


async def inbox(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the first entry of their inbox."""
    return await (await demo.slash(member, "inbox")).press("Open")


async def entry(demo: DemoClient, member: MemberActor, words: str) -> Screen:
    """Open the entry of their inbox that contains these words."""
    shown = await demo.slash(member, "inbox")
    for part in shown.message.components[0]["components"]:
        if part.get("accessory") and words in part["components"][0]["content"]:
            return await shown.press(part["accessory"]["custom_id"])
    raise AssertionError(shown)


async def joined(demo: DemoClient, by: MemberActor, *others: MemberActor) -> None:
    """Let others be invited, and come."""
    for other in others:
        night = await demo.slash(by, "night")
        menu = await night.press(strings.MORE)
        await (await menu.choose(strings.MORE_OPTIONS["invite"])).choose([other])
        await (await inbox(demo, other)).press(strings.COUNT_ME_IN)


async def looks_out(demo: DemoClient, owner: MemberActor, looker: MemberActor) -> Screen:
    """Let somebody ask a friend to look out for them, and the friend say yes."""
    menu = await (await demo.slash(owner, "night")).press(strings.MORE)
    await (await menu.choose(strings.MORE_OPTIONS["choose"])).choose(looker.name.title())
    await demo.skip(minutes=3)
    return await (await newest(demo, looker)).press(strings.LOOK_OUT)


async def out(demo: DemoClient, *names: str) -> list[MemberActor]:
    """Let Ana plan tonight and these friends come along, each of whom looks out for her. Return all."""
    ana, *others = [await demo.member(name) for name in ("ana", *names)]
    await at_home(demo, *others)
    await planned(demo, ana)
    await joined(demo, ana, *others)
    for one in others:
        await looks_out(demo, ana, one)
    return [ana, *others]


async def option(
    demo: DemoClient, member: MemberActor, key: str, channel: ChannelHandle | None = None
) -> Screen:
    """Choose an option behind `More` in `/night`."""
    menu = await (await demo.slash(member, "night", channel=channel)).press(strings.MORE)
    return await menu.choose(strings.MORE_OPTIONS[key])


async def home_by(demo: DemoClient, member: MemberActor, clock: str) -> Screen:
    """Let them say by when they'll be home."""
    return await (await option(demo, member, "home")).choose(clock)


async def posted(demo: DemoClient, member: MemberActor) -> Screen:
    """Let them post their night in #general. Return the message there, as they see it."""
    await (await option(demo, member, "post")).press(strings.POST_IT)
    await demo.settle()
    return in_channel(demo, member)


def in_channel(demo: DemoClient, member: MemberActor) -> Screen:
    """Return the last message in #general that is there for everybody, as this member sees it."""
    return [one for one in demo.cards(member) if not one.ephemeral][-1]


async def apart(demo: DemoClient, owner: MemberActor, other: MemberActor) -> None:
    """Let one set a boundary with the other."""
    services = demo.bot.services
    await services.boundaries.set(await met(demo, owner), await met(demo, other), demo.now)
    await demo.settle()


async def says_minor(demo: DemoClient, member: MemberActor) -> None:
    await demo.bot.services.preferences.say_minor(await met(demo, member), demo.now)
    await demo.settle()


async def sets_minors(demo: DemoClient) -> None:
    """Let the server be set for people under 18."""
    services, server = demo.bot.services, ServerId(demo.server.id)
    mo = await services.people.meet(DiscordUser(424242, "Mo", server), demo.now)
    await services.servers.change(server, mo, demo.now, {"minors": True})
    await demo.settle()


async def views(demo: DemoClient, member: MemberActor) -> list[NightView]:
    """Return the nights that somebody is in."""
    found: list[NightView] = await demo.bot.services.nights.queries.mine(await met(demo, member), demo.now)
    return found


def told(demo: DemoClient, member: MemberActor) -> list[str]:
    """Return what their direct messages say, oldest first, without the marks around names."""
    return [one.text.replace("\u2068", "").replace("\u2069", "") for one in demo.dms(member)]


async def newest(demo: DemoClient, member: MemberActor) -> Screen:
    """Open their newest direct message."""
    waiting = [one for one in demo.dms(member) if "Open" in one.buttons]
    return await waiting[-1].press("Open")


def at(moment: datetime) -> str:
    return f"<t:{int(moment.timestamp())}"
