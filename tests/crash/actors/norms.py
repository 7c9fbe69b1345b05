"""Writing norms and posting them, being in, and writing to the moderators."""

from collections.abc import Sequence

from cogs.manage.norms import strings as manage_strings
from cogs.norms import strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, Screen
from tests.crash.snapshot import Snapshot, cell

NORM, VERSION, STAND, NOTE = "a norm", "a posted version", "being in", "a note to moderators"
NORMS_ENOUGH = 6


async def propose(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.slash("manage norms")
    if shown.offers("manage.edit"):
        every = await friend.press(shown, "manage.edit")
        keys = every.options("manage.norm")
        if len(keys) >= NORMS_ENOUGH:
            one = await friend.press(every, "manage.norm", values=keys[:1])
            await friend.press(await friend.press(one, "manage.retire"), "manage.retired")
            shown = await friend.slash("manage norms")
    title = f"We {friend.chance.getrandbits(40):x}"
    form = await friend.press(shown, "manage.write")
    wrote = await friend.submit(form, {"title": title, "norm": f"{title}, and all of us see to it."})
    if title in wrote.text:
        friend.submitted(NORM, title, lambda files: written(files, title))
    shown = await friend.slash("manage norms")
    await post(friend, shown, title, "direct" if friend.chance.random() < 0.4 else "members")


async def post(friend: Friend, shown: Screen, title: str, how: str) -> None:
    putting = await friend.press(shown, "manage.put", argument=how)
    if putting.offers("manage.norms_channel"):
        putting = await friend.press(putting, "manage.norms_channel", values=[friend.place.general])
    posted = await friend.press(putting, "manage.post")
    if manage_strings.POSTED.partition("{")[0] in posted.text:
        there = "SELECT 1 FROM norm_versions WHERE norms LIKE ?"
        friend.submitted(VERSION, title, lambda files: files.has(there, f"%{title}%"), days=30)


async def be_in(friend: Friend, others: Sequence[int]) -> None:
    posts = await friend.posts(friend.place.general, "norms.in")
    if not posts:
        return
    version, me = posts[0].route("norms.in").argument, friend.account
    shown = await friend.press(posts[0], "norms.in")
    if version not in [route.argument for route in shown.routes("norms.out")]:
        # It was replaced meanwhile, so that they are shown another version.
        return
    stands = "SELECT 1 FROM norm_stands WHERE version = ? AND person = ?"
    friend.submitted(STAND, f"{version}/{me}", lambda files: files.has(stands, version, files.person(me)))
    if friend.chance.random() < 0.2:
        friend.undoes(f"{version}/{me}")
        await friend.press(shown, "norms.out")


async def suggest(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.press(await friend.slash("norms"), "norms.suggest")
    id = shown.route("norms.write").argument
    text = f"{friend.name} suggests {friend.chance.getrandbits(40):x}"
    letter = await friend.submit(await friend.press(shown, "norms.write"), {"text": text})
    sent = await friend.press(letter, "norms.send", argument=id)
    if strings.SENT_TITLE in sent.text:
        friend.submitted(NOTE, id, lambda files: note(files, id) == text)


async def read(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.press(await friend.slash("manage norms"), "manage.waiting")
    if shown.offers("manage.done"):
        friend.undoes(shown.route("manage.done").argument, NOTE)
        await friend.press(shown, "manage.done")


def written(files: Snapshot, title: str) -> bool:
    return any(
        files.has(f"SELECT 1 FROM {table} WHERE norms LIKE ?", f"%{title}%")
        for table in ("norm_drafts", "norm_versions")
    )


def note(files: Snapshot, id: str) -> str:
    for row in files.rows("SELECT person, written FROM norm_notes WHERE id = ? AND sent_at IS NOT NULL", id):
        return files.opened(cell(id, row["person"], "norm_notes", "text", id, row["written"]))
    return ""


ACTS = (
    Act(propose, (NORM, VERSION), 1, moderators=True),
    Act(read, (), 2, moderators=True),
    Act(be_in, (STAND,), 2),
    Act(suggest, (NOTE,), 1),
)
