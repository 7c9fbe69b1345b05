"""A moderator who makes norms, for the tests of `/manage norms`."""

from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import ServerId
from bot.norms.note import NoteKind
from tests.coverage_scope import measured_once
from tests.discord.norming import person

NOT_A_MODERATOR = "This is for the people who run the server"
PACK = "A circle of friends"
TITLE, NORM, WHY, KEPT, QUESTION = (
    "Its title",
    "The norm, in one sentence",
    "Why",
    "What keeping it looks like",
    "A question to talk about",
)


async def moderator(demo: DemoClient, name: str = "mo") -> MemberActor:
    return await demo.member(name, moderator=True)


async def norms_home(demo: DemoClient, member: MemberActor) -> Screen:
    """Open the home card of `/manage norms`."""
    return await demo.slash(member, "manage norms")


async def written(demo: DemoClient, member: MemberActor, title: str, norm: str = "") -> Screen:
    """Write a norm. Return its card."""
    form = await (await norms_home(demo, member)).press("Write one")
    return await form.submit({TITLE: title, NORM: norm or f"We {title.lower()}."})


async def in_general(demo: DemoClient, member: MemberActor) -> None:
    """Choose #general as the channel for norms."""
    who = await person(demo, member)
    here = ServerId(demo.server.id)
    await demo.bot.services.servers.change(here, who, demo.now, {"norms_channel": demo.general.id})


@measured_once
async def put(demo: DemoClient, member: MemberActor, *titles: str, button: str = "Ask the members") -> Screen:
    """Add these norms to the draft and put it to the members. Return the card that follows."""
    await in_general(demo, member)
    for title in titles:
        await written(demo, member, title)
    card = await (await (await norms_home(demo, member)).press(button)).press("Post it")
    await demo.settle()
    return card


async def norm_card(demo: DemoClient, member: MemberActor, title: str) -> Screen:
    """Open one norm of the draft, by its title."""
    card = await (await norms_home(demo, member)).press("Edit")
    [label] = [one for one in card.options if one.partition(". ")[2] == title]
    return await card.choose(label)


def order(listed: Screen) -> list[str]:
    """Return the norms' titles in the order of the select of `Edit`."""
    return [label.partition(". ")[2] for label in listed.options]


async def titles(demo: DemoClient, member: MemberActor) -> list[str]:
    return order(await (await norms_home(demo, member)).press("Edit"))


async def told(
    demo: DemoClient,
    by: MemberActor,
    text: str | None,
    *,
    version: str | None = None,
    to: MemberActor | None = None,
) -> str:
    """Send a suggestion, or a concern if a version is given, to all moderators or to one. Return its id."""
    notes, here, who = (
        demo.bot.services.norms.notes,
        ServerId(demo.server.id),
        await person(demo, by),
    )
    kind = NoteKind.SUGGESTION if version is None else NoteKind.CONCERN
    id = (await notes.begin(who, here, kind, version, demo.now)).note.id
    if to is not None:
        await notes.read_by(who, id, [await person(demo, to)])
    if text is not None:
        await notes.write(who, id, text, demo.now)
    await notes.send(who, id, demo.now, text=text is not None)
    await demo.settle()
    return str(id)


async def newest(demo: DemoClient) -> str:
    """Return the id of the version that was put last."""
    return str((await demo.bot.services.norms.versions(ServerId(demo.server.id)))[0].id)
