"""A moderator at the desk on which norms are made, for its tests."""

from simcord import MemberActor

from bot.ids import ServerId
from bot.norms.note import NoteKind
from bot.stage.screen import Screen
from bot.stage.theatre import Theatre
from tests.discord.norming import person
from tests.looking import counted_once

NOT_A_MODERATOR = "This is for those who run the server"
PACK = "A circle of friends"
TITLE, NORM, WHY, KEPT, QUESTION = (
    "Its title",
    "The norm, in one sentence",
    "Why",
    "What keeping it looks like",
    "Its question",
)


async def moderator(theatre: Theatre, name: str = "mo") -> MemberActor:
    return await theatre.member(name, moderator=True)


async def desk(theatre: Theatre, member: MemberActor) -> Screen:
    """The home card."""
    return await theatre.slash(member, "manage norms")


async def written(theatre: Theatre, member: MemberActor, title: str, norm: str = "") -> Screen:
    """The card of a norm that they have just written."""
    form = await (await desk(theatre, member)).press("Write one")
    return await form.submit({TITLE: title, NORM: norm or f"We {title.lower()}."})


async def in_general(theatre: Theatre, member: MemberActor) -> None:
    """Norms are put in #general."""
    who = await person(theatre, member)
    here = ServerId(theatre.server.id)
    await theatre.bot.services.servers.change(here, who, theatre.now, {"norms_channel": theatre.general.id})


@counted_once
async def put(
    theatre: Theatre, member: MemberActor, *titles: str, button: str = "Put it to the members"
) -> Screen:
    """What they see after a draft with these norms more was put."""
    await in_general(theatre, member)
    for title in titles:
        await written(theatre, member, title)
    card = await (await (await desk(theatre, member)).press(button)).press("Post it")
    await theatre.settle()
    return card


async def norm_card(theatre: Theatre, member: MemberActor, title: str) -> Screen:
    """One norm of the draft, by its title."""
    card = await (await desk(theatre, member)).press("Edit")
    [label] = [one for one in card.options if one.partition(". ")[2] == title]
    return await card.choose(label)


def order(listed: Screen) -> list[str]:
    """The norms' titles, in the order in which the select of `Edit` has them."""
    return [label.partition(". ")[2] for label in listed.options]


async def titles(theatre: Theatre, member: MemberActor) -> list[str]:
    return order(await (await desk(theatre, member)).press("Edit"))


async def told(
    theatre: Theatre,
    by: MemberActor,
    text: str | None,
    *,
    version: str | None = None,
    to: MemberActor | None = None,
) -> str:
    """A suggestion, or with a version a concern, that was sent to all moderators or `to` one; its id."""
    notes, here, who = (
        theatre.bot.services.norms.notes,
        ServerId(theatre.server.id),
        await person(theatre, by),
    )
    kind = NoteKind.SUGGESTION if version is None else NoteKind.CONCERN
    id = (await notes.begin(who, here, kind, version, theatre.now)).note.id
    if to is not None:
        await notes.read_by(who, id, [await person(theatre, to)])
    if text is not None:
        await notes.write(who, id, text, theatre.now)
    await notes.send(who, id, theatre.now, text=text is not None)
    await theatre.settle()
    return str(id)


async def newest(theatre: Theatre) -> str:
    """The id of the version that was put last."""
    return str((await theatre.bot.services.norms.versions(ServerId(theatre.server.id)))[0].id)
