"""Setting up reminders in a channel, pausing them, skipping one, and removing one."""

from collections.abc import Sequence

from tests.crash.actors.act import Act
from tests.crash.friend import Friend

STARTED, PAUSED, REMOVED = "a reminder", "a paused reminder", "a removed reminder"
STATE = "SELECT 1 FROM reminders WHERE id = ? AND state = ?"
ENOUGH = 6


async def start(friend: Friend, others: Sequence[int]) -> None:
    home = await friend.slash("manage reminders")
    if len(home.routes("manage.rem_show")) >= ENOUGH:
        return
    kinds = await friend.press(home, "manage.rem_add")
    kind = friend.chance.choice(["norm", "story"])
    shown = await friend.press(kinds, "manage.rem_kind", values=[kind])
    shown = await friend.press(shown, "manage.rem_least", values=["0"])
    id = shown.route("manage.rem_resume").argument
    started = await friend.press(shown, "manage.rem_resume")
    if started.offers("manage.rem_pause"):
        friend.submitted(STARTED, id, lambda files: files.has(STATE, id, "on"))


async def change(friend: Friend, others: Sequence[int]) -> None:
    home = await friend.slash("manage reminders")
    routes = home.routes("manage.rem_show")
    if not routes:
        return
    id = friend.chance.choice(routes).argument
    shown = await friend.press(home, "manage.rem_show", argument=id)
    friend.undoes(id)
    chance = friend.chance.random()
    if shown.offers("manage.rem_resume"):
        shown = await friend.press(shown, "manage.rem_resume")
        if shown.offers("manage.rem_pause"):
            friend.submitted(STARTED, id, lambda files: files.has(STATE, id, "on"))
    elif chance < 0.2:
        shown = await friend.press(shown, "manage.rem_pause")
        if shown.offers("manage.rem_resume"):
            friend.submitted(PAUSED, id, lambda files: files.has(STATE, id, "paused"))
    elif chance < 0.3:
        removing = await friend.press(shown, "manage.rem_removing")
        await friend.press(removing, "manage.rem_remove")
        gone = "SELECT 1 FROM reminders WHERE id = ?"
        friend.submitted(REMOVED, id, lambda files: not files.has(gone, id), days=1000)
    else:
        await friend.press(shown, "manage.rem_skip")


ACTS = (
    Act(start, (STARTED,), 3, moderators=True),
    Act(change, (PAUSED, REMOVED), 3, moderators=True),
)
