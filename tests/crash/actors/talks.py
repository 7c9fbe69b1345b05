"""Asking somebody to talk, and answering that."""

from collections.abc import Sequence

from cogs.talk import strings
from tests.crash.actors.act import Act
from tests.crash.actors.asks import begin
from tests.crash.friend import Friend

TALK, SAID = "a talk", "an answer to a talk"


async def ask(friend: Friend, others: Sequence[int]) -> None:
    shown = await begin(friend)
    if shown.offers("asks.back"):
        shown = await friend.press(shown, "asks.back")
    shown = await friend.press(shown, "asks.kind", values=["sexual"])
    shown = await friend.press(shown, "talks.open")
    if shown.offers("talks.take_back"):
        await friend.press(shown, "talks.take_back")
        return
    whom = friend.chance.choice(shown.options("talks.ask"))
    asked = await friend.press(shown, "talks.ask", values=[whom])
    if asked.offers("talks.take_back"):
        id = asked.route("talks.take_back").argument
        friend.submitted(TALK, id, lambda files: files.has("SELECT 1 FROM talks WHERE id = ?", id))


async def answer(friend: Friend, others: Sequence[int]) -> None:
    shown = await friend.open_one(await friend.where_messages_are(), "talks.answer")
    one = friend.chance.choice(shown.routes("talks.answer"))
    done = await friend.press(shown, "talks.answer", word=one.word)
    # The other person may have taken it back meanwhile.
    if strings.SAID_TITLES[one.word] in done.text:
        said = "SELECT 1 FROM talk_requests WHERE id = ? AND reply IS NOT NULL"
        friend.submitted(SAID, one.argument, lambda files: files.has(said, one.argument))


ACTS = (Act(ask, (TALK,)), Act(answer, (SAID,)))
