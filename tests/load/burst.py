"""The burst: 200 `/help`, 100 `/inbox`, 100 asks that are opened and 100 presses of `Send`, in one second."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tests.load.crowd import CHANNEL, Asker, dm_channel
from tests.patience import PATIENCE
from tests.wire.client import Message, Wire

EACH = 100
"""How many askers a burst needs."""
STEPS, APART_SECONDS = 20, 0.05
"""People act in so many steps, so far apart: together they take a second."""
CONTINUE, SEND, OPEN = "Go on with it", "Send", "Open"
POSTED = "POST /channels/{channel}/messages 200"

Act = dict[str, Any]
Until = Literal["acked", "answered"]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a burst. `took`: seconds from each act to its acknowledgement, on Discord's clock."""

    took: list[float]
    unacknowledged: int
    unanswered: int

    @property
    def longest(self) -> float:
        return max(self.took)


async def acts(discord: Wire, crowd: Sequence[Asker]) -> list[Act]:
    """Let the program lead each asker to `Send`. Return what people do in the burst, in mixed order.

    The direct messages about the earlier asks must have come.
    """
    sends = await asyncio.gather(*(_to_send(discord, one) for one in crowd))
    asked = await asyncio.gather(*(_to_open(discord, one) for one in crowd))
    return [
        act
        for one, send, opened in zip(crowd, sends, asked, strict=True)
        for act in (
            _command(one.account, "help"), send, _command(one.asked, "inbox"), opened,
            _command(one.other, "help"),
        )
    ]  # fmt: skip


async def burst(discord: Wire, every: Sequence[Act], until: Until = "answered") -> Result:
    """Let all of it happen in one second, and wait until each is answered, or only acknowledged."""
    ids: list[int] = []
    loop = asyncio.get_running_loop()
    began, size = loop.time(), -(-len(every) // STEPS)
    for step in range(0, len(every), size):
        ids += await discord.act(every[step : step + size])
        await asyncio.sleep(max(0.0, began + (step // size + 1) * APART_SECONDS - loop.time()))
    answers = await _answers(discord, ids, until)
    return Result(
        [one["acked_at"] - one["made_at"] for one in answers if one["acked_at"] is not None],
        sum(one["acked_at"] is None for one in answers),
        sum(one["answered_at"] is None for one in answers),
    )


async def posted(discord: Wire, messages: int) -> None:
    """Wait until so many direct messages have been posted in all."""
    await discord.wait(POSTED, messages)


async def not_told_once(discord: Wire, crowd: Sequence[Asker]) -> list[int]:
    """Return the friends to whom not exactly one direct message has come."""
    told = Counter(one.channel for one in await discord.messages())
    return [friend for one in crowd for friend in (one.asked, one.other) if told[dm_channel(friend)] != 1]


async def _answers(discord: Wire, ids: Sequence[int], until: Until) -> list[dict[str, Any]]:
    """Return what became of these interactions, once all are so far or patience is at its end."""
    ends, wanted = asyncio.get_running_loop().time() + PATIENCE, {*ids}
    while True:
        told = [one for one in await discord.call("interactions", after=min(ids) - 1) if one["id"] in wanted]
        if all(one[f"{until}_at"] for one in told) or asyncio.get_running_loop().time() > ends:
            return told
        await asyncio.sleep(0.1)


def _command(account: int, path: str) -> Act:
    return {
        "do": "command",
        "person": account,
        "channel": CHANNEL,
        "path": path,
        "options": {},
        "target": None,
    }


def _press(account: int, message: Message, label: str) -> Act:
    custom_id = message.labelled(label)
    return {"do": "press", "person": account, "message": message.id, "custom_id": custom_id, "values": []}


async def _to_send(discord: Wire, asker: Asker) -> Act:
    shown = await discord.command(asker.account, CHANNEL, "ask")
    shown = await discord.press(asker.account, shown.message, shown.message.labelled(CONTINUE))
    return _press(asker.account, shown.message, SEND)


async def _to_open(discord: Wire, asker: Asker) -> Act:
    [message] = await discord.messages(dm_channel(asker.asked))
    return _press(asker.asked, message, OPEN)
