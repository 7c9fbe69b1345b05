"""Keeping what one wants, asking somebody to carry it, saying yes, letting it be read, handing it back."""

from collections.abc import Sequence

from bot.terms.models import Want
from cogs.terms import strings
from cogs.terms.carry import strings as carrier_strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, NotOffered, Screen
from tests.crash.snapshot import Snapshot

KEPT, ASKED, AGREED, LET, BACK = (
    "terms",
    "a carrier",
    "a yes to carry",
    "terms that are let",
    "terms handed back",
)
_STATE = "SELECT 1 FROM carryings WHERE id = ? AND state = ?"


async def keep(friend: Friend, others: Sequence[int]) -> None:
    """Write it and keep it; if they keep something already, ask somebody to carry that."""
    shown = await friend.slash("terms")
    if shown.offers("terms.choose"):
        await _ask(friend, shown, others)
        return
    wants = await friend.press(shown, "terms.begin")
    form = await friend.press(wants, "terms.wants", values=[friend.chance.choice([*Want])])
    then = await friend.submit(form, {"want": f"what {friend.name} wants {friend.chance.random()}"})
    kept = await friend.press(then, "terms.keep")
    if strings.KEPT_NOW not in kept.text:
        return
    me = friend.account

    def present(files: Snapshot) -> bool:
        return files.has("SELECT 1 FROM terms WHERE author = ?", files.person(me))

    friend.submitted(KEPT, f"{me}/", present)


async def _ask(friend: Friend, shown: Screen, others: Sequence[int]) -> None:
    if shown.offers("terms.withdraw"):
        raise NotOffered("somebody to be asked")
    choosing = await friend.press(shown, "terms.choose")
    whom, me = friend.chance.choice(others), friend.account
    asked = await friend.press(choosing, "terms.chosen", values=[whom])
    if strings.ASKED_TITLE not in asked.text:
        return

    def present(files: Snapshot) -> bool:
        pair = (files.person(me), files.person(whom))
        return files.has("SELECT 1 FROM carryings WHERE author = ? AND carrier = ?", *pair)

    friend.submitted(ASKED, f"{me}/{whom}", present)


async def answer(friend: Friend, others: Sequence[int]) -> None:
    inbox = await friend.inbox()
    shown = await friend.press(inbox, "terms.see")
    if friend.chance.random() < 0.1:
        await friend.press(shown, "terms.decline")
        return
    id = shown.route("terms.accept").argument
    done = await friend.press(shown, "terms.accept")
    if carrier_strings.TITLE in done.text:
        friend.submitted(AGREED, id, lambda files: files.has(_STATE, id, "agreed"))


async def let(friend: Friend, others: Sequence[int]) -> None:
    before = await friend.press(await friend.slash("terms"), "terms.before")
    id = before.route("terms.let").argument
    done = await friend.press(before, "terms.let")
    # Its carrier can hand it back between the answer and this line.
    there = "SELECT 1 FROM carryings WHERE id = ? AND (let = 0 OR state != 'agreed')"
    if strings.LET_NOW in done.text:
        friend.submitted(LET, id, lambda files: files.has(there, id))


async def hand_back(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.press(await friend.inbox(), "terms.carried")
    id = shown.route("terms.back").argument
    asking = await friend.press(shown, "terms.back")
    friend.undoes(id, AGREED, LET)
    done = await friend.press(asking, "terms.hand_back")
    if carrier_strings.HANDED_TITLE in done.text:
        friend.submitted(BACK, id, lambda files: not files.has(_STATE, id, "agreed"), days=1000)


ACTS = (Act(keep, (KEPT, ASKED), 2), Act(answer, (AGREED,)), Act(let, (LET,)), Act(hand_back, (BACK,)))
