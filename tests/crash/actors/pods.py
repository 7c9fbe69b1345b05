"""Inviting somebody to a pod, saying yes or no, and leaving."""

from collections.abc import Sequence

from cogs.pod import strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, NotOffered
from tests.crash.snapshot import Snapshot

INVITED, TIED, LEFT = "an invitation", "a tie", "the end of a tie"
ENOUGH = 3
"""They leave a pod only while they are in more than these: another invitation waits 90 days."""

_TIE = (
    "SELECT 1 FROM invitations JOIN ties ON ties.owner = invitations.owner"
    " AND ties.member = invitations.member AND ties.server = invitations.server"
    " WHERE invitations.id = ? AND state = 'accepted'"
)


async def invite(friend: Friend, others: Sequence[int]) -> None:
    whom, me = friend.chance.choice(others), friend.account
    choosing = await friend.press(await friend.slash("pod"), "pods.invite")
    sent = await friend.press(choosing, "pods.chosen", values=[whom])
    if strings.INVITED_TITLE not in sent.text:
        return

    def present(files: Snapshot) -> bool:
        pair = (files.person(me), files.person(whom))
        return files.has("SELECT 1 FROM invitations WHERE owner = ? AND member = ?", *pair)

    friend.submitted(INVITED, f"{me}/{whom}", present)


async def answer(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.slash("pod")
    if shown.offers("pods.see") and not shown.offers("pods.accept"):
        waiting = shown.options("pods.see")
        shown = await friend.press(shown, "pods.see", values=waiting[:1])
    if friend.chance.random() < 0.1:
        await friend.press(shown, "pods.decline")
        return
    id = shown.route("pods.accept").argument
    done = await friend.press(shown, "pods.accept", argument=id)
    if strings.ACCEPTED.partition("** ")[2] in done.text:
        friend.submitted(TIED, f"{friend.account}/{id}", lambda files: files.has(_TIE, id))


async def leave(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.press(await friend.slash("pod"), "pods.leaving")
    ties = shown.options("pods.leave")
    if len(ties) <= ENOUGH:
        raise NotOffered("a pod that they want to leave")
    tie = friend.chance.choice(ties)
    id = tie.partition(":")[2]
    friend.undoes(f"{friend.account}/", TIED)
    done = await friend.press(shown, "pods.leave", values=[tie])
    if strings.LEFT.partition("**")[0] in done.text:
        friend.submitted(
            LEFT, id, lambda files: not files.has("SELECT 1 FROM ties WHERE id = ?", id), days=1000
        )


ACTS = (Act(invite, (INVITED,), 2), Act(answer, (TIED,), 3), Act(leave, (LEFT,)))
