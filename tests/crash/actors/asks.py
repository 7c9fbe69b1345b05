"""Writing an ask, sending it, answering one, and withdrawing one."""

import json
from collections.abc import Sequence

from cogs.ask import strings
from cogs.ask.answer import strings as answer_strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, Screen
from tests.crash.snapshot import Snapshot, cell

DRAFT, SENT, ANSWERED, WITHDRAWN = "a draft", "an ask", "an answer", "a withdrawal"
DISCARDED = "a deleted draft"
KEPT_DAYS = 0.5
"""How long the text of an ask is certainly kept, whatever becomes of the ask."""


async def begin(friend: Friend) -> Screen:
    """Open `/ask`, past what everybody reads the first time."""
    shown = await friend.slash("ask")
    return await friend.press(shown, "asks.agree") if shown.offers("asks.agree") else shown


async def write(friend: Friend, others: Sequence[int]) -> None:
    shown = await begin(friend)
    if shown.offers("asks.draft"):
        if friend.chance.random() < 0.5:
            await send(friend, await friend.press(shown, "asks.draft"))
            return
        shown = await friend.press(shown, "asks.back")
    id = shown.route("asks.kind").argument
    form = await friend.press(shown, "asks.kind", values=["said"])
    what = f"{friend.name} said {friend.chance.getrandbits(40):x}"
    friend.writes(id, what)
    preview = await friend.submit(form, {"what": what, "felt": "they went quiet", "asking": "was I wrong?"})
    if strings.PREVIEW_TITLE not in preview.text:
        return
    friend.submitted(DRAFT, id, lambda files: words_of(files, id) == what, days=KEPT_DAYS)
    chance = friend.chance.random()
    if chance < 0.8:
        await send(friend, preview)
    elif chance < 0.9:
        await discard(friend, preview)


async def send(friend: Friend, preview: Screen) -> None:
    people = preview.options("asks.pick")
    some = friend.chance.sample(people, min(len(people), friend.chance.randint(1, 3)))
    picked = await friend.press(preview, "asks.pick", values=some)
    # Somebody may have left the pod meanwhile.
    chosen = picked.chosen("asks.pick")
    id = picked.route("asks.send").argument
    sent = await friend.press(picked, "asks.send")
    if sent.offers("asks.withdraw"):
        asked = "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE asks.id = ? AND sent_at IS NOT NULL"
        friend.submitted(SENT, id, lambda files: len(files.rows(asked, id)) == len(chosen))


async def throw_away(friend: Friend) -> None:
    """Delete a draft, if they have one."""
    shown = await begin(friend)
    await discard(friend, await friend.press(shown, "asks.draft"))


async def discard(friend: Friend, preview: Screen) -> None:
    id = preview.route("asks.discard").argument
    friend.undoes(id)
    done = await friend.press(preview, "asks.discard")
    if strings.DISCARDED_TITLE in done.text:
        friend.deleted(DISCARDED, id, lambda files: [words_of(files, id)])


async def answer(friend: Friend, others: Sequence[int]) -> None:
    asked = await friend.open_one(await friend.where_messages_are(), "asks.read_it")
    read = await friend.press(asked, "asks.read_it")
    id = read.route("asks.answer").argument
    if friend.chance.random() < 0.15:
        await friend.press(read, "asks.cant")
        return
    impact = f"{friend.name} thinks {friend.chance.getrandbits(40):x}"
    form = await friend.press(read, "asks.answer")
    done = await friend.submit(
        form, {"impact": impact, "step": "leave them be", "missing": "", "offer": "tea"}
    )
    if answer_strings.ANSWERED in done.text:
        friend.submitted(ANSWERED, id, lambda files: answered(files, id) == impact)


async def look(friend: Friend, others: Sequence[int]) -> None:
    """Look at an ask of theirs. Some of them they withdraw, so that there is room for others."""
    inbox = await friend.inbox()
    shown = (
        await friend.press(inbox, "asks.show")
        if inbox.offers("asks.show")
        else await friend.open_one(inbox, "asks.withdraw")
    )
    if shown.offers("asks.read") and friend.chance.random() < 0.5:
        await friend.press(shown, "asks.read")
        return
    sure = await friend.press(shown, "asks.withdraw")
    id = sure.route("asks.withdraw", "sure").argument
    done = await friend.press(sure, "asks.withdraw", word="sure")
    if strings.WITHDRAWN_TITLE in done.text:
        closed = "SELECT 1 FROM asks WHERE id = ? AND state != 'closed'"
        friend.submitted(WITHDRAWN, id, lambda files: not files.has(closed, id), days=1000)


def words_of(files: Snapshot, id: str) -> str:
    """Return what an asker wrote, from the sealed text."""
    for row in files.rows("SELECT asker, written FROM asks WHERE id = ?", id):
        text = files.opened(cell(id, row["asker"], "asks", "words", id, row["written"]))
        return str(json.loads(text)["what"]) if text else ""
    return ""


def answered(files: Snapshot, id: str) -> str:
    for row in files.rows(
        "SELECT ask, answerer, written FROM askings WHERE id = ? AND reply = 'answered'", id
    ):
        text = files.opened(cell(row["ask"], row["answerer"], "askings", "words", id, row["written"]))
        return str(json.loads(text)["impact"]) if text else ""
    return ""


ACTS = (
    Act(write, (DRAFT, SENT, DISCARDED), 5),
    Act(answer, (ANSWERED,), 6),
    Act(look, (WITHDRAWN,), 3),
)
