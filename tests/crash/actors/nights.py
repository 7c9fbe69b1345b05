"""Planning a night, inviting friends, coming along, looking out for somebody, and calling for a hand."""

from collections.abc import Sequence

from cogs.night import strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, NotOffered, Screen
from tests.crash.snapshot import Snapshot

PLANNED, WRITTEN, INVITED, JOINED, AGREED, CALLED = (
    "a planned night",
    "a card for a night",
    "an invitation to a night",
    "somebody who comes along",
    "a yes to look out",
    "a call for a hand",
)
PLANNERS = ("ana", "ben", "cleo")
"""If everybody planned a night, nobody could come along on another one."""
_IN = "SELECT 1 FROM night_members WHERE id = ? AND state = 'in'"
_BESIDE = (
    "SELECT 1 FROM night_members WHERE person = ? AND night IN (SELECT night FROM night_members WHERE id = ?)"
)


async def plan(friend: Friend, others: Sequence[int]) -> None:
    """Plan tonight; whoever is in a night writes their card."""
    shown = await friend.slash("night")
    if not shown.offers("nights.plan"):
        await _write(friend, shown)
        return
    if friend.name not in PLANNERS:
        raise NotOffered("a night of their own")
    shown = await friend.press(shown, "nights.plan")
    if not shown.offers("nights.planned"):
        form = await friend.press(shown, "nights.zone")
        shown = await friend.submit(form, {"zone": "Berlin"})
    done = await friend.press(shown, "nights.planned")
    if strings.PLANNED in done.text:
        id = done.route("nights.more").argument
        friend.submitted(PLANNED, id, lambda files: files.has(_IN, id))


async def _write(friend: Friend, shown: Screen) -> None:
    id = shown.route("nights.more").argument
    form = await _option(friend, shown, "card")
    done = await friend.submit(form, {"limit": f"what {friend.name} drinks {friend.chance.random()}"})
    there = "SELECT 1 FROM night_members WHERE id = ? AND content IS NOT NULL"
    if done.offers("nights.more"):
        friend.submitted(WRITTEN, id, lambda files: files.has(there, id))


async def company(friend: Friend, others: Sequence[int]) -> None:
    """Invite somebody, or ask somebody who has come to look out."""
    shown = await friend.slash("night")
    id = shown.route("nights.more").argument
    if friend.chance.random() < 0.5:
        choosing = await _option(friend, shown, "choose")
        await friend.press(
            choosing, "nights.wish", values=[friend.chance.choice(choosing.options("nights.wish"))]
        )
        return
    whom = friend.chance.choice(others)
    done = await friend.press(await _option(friend, shown, "invite"), "nights.chosen", values=[whom])
    if strings.INVITED_TITLE not in done.text:
        return

    def present(files: Snapshot) -> bool:
        return files.has(_BESIDE, files.person(whom), id)

    friend.submitted(INVITED, f"{id}/{whom}", present)


async def come(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.press(await friend.inbox(), "nights.see")
    id = shown.route("nights.accept").argument
    done = await friend.press(shown, "nights.accept")
    if strings.JOINED in done.text:
        friend.submitted(JOINED, id, lambda files: files.has(_IN, id))


async def agree(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.open_one(await friend.where_messages_are(), "nights.agree")
    id = shown.route("nights.agree").argument
    done = await friend.press(shown, "nights.agree")
    # Whoever asked can take it back between the answer and this line.
    there = "SELECT 1 FROM night_looks WHERE id = ? AND state != 'open'"
    if strings.AGREED in done.text:
        friend.submitted(AGREED, id, lambda files: files.has(there, id))


async def call(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.slash("night")
    if not shown.offers("nights.hand"):
        raise NotOffered("a night that is on")
    id = shown.route("nights.hand").argument
    done = await friend.press(shown, "nights.hand")
    if done.offers("nights.quick"):
        hand = done.route("nights.quick").argument
        there = "SELECT 1 FROM night_hands WHERE id = ?"
        friend.submitted(CALLED, id, lambda files: files.has(there, hand))


async def _option(friend: Friend, shown: Screen, key: str) -> Screen:
    return await friend.press(await friend.press(shown, "nights.more"), "nights.pick", values=[key])


ACTS = (
    Act(plan, (PLANNED, WRITTEN), 3),
    Act(company, (INVITED,), 4),
    Act(come, (JOINED,), 2),
    Act(agree, (AGREED,), 2),
    Act(call, (CALLED,), 2),
)
