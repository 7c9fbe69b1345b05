"""From `I need a hand` to the last of five direct messages, while 10,000 other messages wait.

The whole program runs on the Discord of `tests/wire`, which is as slow and as strict as Discord: each request
takes 0.3 s, there are 50 in a second at most, and 5 messages in 5 seconds in one channel.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event

from bot.app import Plumbline
from bot.delivery import store
from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId, ServerId, new_id
from bot.nights import notifications
from bot.storage.sqlite import SqliteAdapter
from bot.storage.tx import Tx
from cogs.night import strings
from tests.bench.figure import Figure
from tests.load import crowd
from tests.load.burst import POSTED
from tests.load.crowd import CHANNEL, SERVER, dm_channel
from tests.load.processes import PLUMBLINE, running
from tests.wire.client import Wire, wire
from tests.wire.faults import FaultKind

ROUNDS, FRIENDS = 5, 5
PEOPLE, EACH = 500, 20
"""So many others wait for so many messages each: a channel takes few at once."""
URGENT = 4
"""So many of each are urgent, in another run: a question at the hour that they chose, as on a big evening."""
SLOW, PER_SECOND = 0.3, 50
AT_MOST_SECONDS = 2
UNDER_WAY = 150
"""So many of the others have been sent before somebody needs a hand: the bot is busy by then."""
_NIGHTS, _OTHERS = 3_000_000, 5_000_000
_SOON, _LASTS = timedelta(minutes=30), timedelta(hours=6)
"""It begins so late that nobody is asked at its start meanwhile, and is near enough to call."""


@dataclass(frozen=True, slots=True)
class Group:
    """Somebody who goes out, and five friends who look out for them. These are accounts."""

    caller: int
    friends: range

    @property
    def accounts(self) -> list[int]:
        return [self.caller, *self.friends]


GROUPS = [
    Group(first, range(first + 1, first + 1 + FRIENDS))
    for first in range(_NIGHTS, _NIGHTS + 100 * ROUNDS, 100)
]
OTHERS = range(_OTHERS, _OTHERS + PEOPLE)


async def measured(where: Path) -> list[Figure]:
    """Measure it with an empty queue and with a full one, each with friends of their own in each round."""
    empty, full = await _called(where / "empty", 0), await _called(where / "full", EACH)
    urgent = await _called(where / "urgent", EACH, URGENT)
    statements = await _statements(where / "statements")
    call = "`I need a hand` to the fifth friend"
    return [
        Figure(f"{call}, while 10,000 other messages wait: the longest", max(full), "s", AT_MOST_SECONDS),
        Figure("the same, against an empty queue", median(full) / median(empty), "times"),
        Figure(f"{call}, while 2,000 of them are urgent: the longest", max(urgent), "s", AT_MOST_SECONDS),
        Figure("the same, against an empty queue", median(urgent) / median(empty), "times"),
        Figure(f"{call}, with an empty queue: the longest", max(empty), "s"),
        Figure(f"{call}", statements, "statements"),
    ]


async def _called(where: Path, each: int, urgent: int = 0) -> list[float]:
    """Return how long it took each time, on Discord's clock."""
    await _prepare(where / "state", each, urgent)
    async with wire() as discord:
        await crowd.admit(discord, SERVER, CHANNEL, [one for group in GROUPS for one in group.accounts])
        await crowd.admit(discord, SERVER, CHANNEL, OTHERS)
        await discord.call("set_limits", routes=[_CHANNELS], total=PER_SECOND)
        await discord.fault(FaultKind.SLOW, "/**", seconds=SLOW, times=None)
        async with running(discord, PLUMBLINE, where):
            if each:
                await discord.wait(POSTED, UNDER_WAY)
            took = [await _call(discord, group) for group in GROUPS]
        await _as_it_should_be(discord, each)
    return took


_CHANNELS = {"method": "POST", "route": "/channels/{channel}/messages", "requests": 5, "seconds": 5.0}


async def _call(discord: Wire, group: Group) -> float:
    shown = (await discord.command(group.caller, CHANNEL, "night")).message
    pressed = await discord.press(group.caller, shown, shown.labelled(strings.HAND), until="acked")
    came = [await _first(discord, dm_channel(friend)) for friend in group.friends]
    return max(came) - pressed.made_at


async def _first(discord: Wire, channel: int) -> float:
    """Return when the first message came into a channel."""
    while True:
        if found := await discord.messages(channel):
            return found[0].made_at
        await asyncio.sleep(0.05)


async def _as_it_should_be(discord: Wire, each: int) -> None:
    """Fail if what was measured isn't what is claimed: no refusals, and most of the queue still waiting."""
    limited = (await discord.call("counts"))["limited"]
    assert not limited, limited
    told = await discord.count(POSTED) - ROUNDS * FRIENDS
    assert told < PEOPLE * each / 2 if each else told == 0, told


# -- the database -------------------------------------------------------------------------------------


async def _prepare(state: Path, each: int, urgent: int) -> None:
    bot = await crowd.opened(state)
    try:
        for group in GROUPS:
            await _goes_out(bot, group)
        others = [await crowd.met(bot.services, one, bot.now()) for one in OTHERS] if each else []
        for number in range(each):
            await bot.db.write(partial(_told, bot, others, number < urgent))
    finally:
        await bot.db.close()


async def _goes_out(bot: Plumbline, group: Group) -> str:
    """Let them have planned a night that is about to begin. Return the caller's place in it."""
    nights, now = bot.services.nights, bot.now()
    by, *friends = [await crowd.met(bot.services, one, now) for one in group.accounts]
    starts = now + _SOON
    view = await nights.plan(
        by, ServerId(SERVER), "UTC", starts.date(), starts.time().replace(microsecond=0),
        (starts + _LASTS).time().replace(microsecond=0), now,
    )  # fmt: skip
    place = view.member.id
    await nights.company.post(by, place, CHANNEL, now)
    for friend in friends:
        theirs = (await nights.company.join(friend, ServerId(SERVER), view.night.id, now)).member.id
        asked = (await nights.looking.wish(by, place, theirs, now)).look_out
        look = next(one.id for one in asked if one.member == theirs)
        await nights.looking.accept(friend, look, now)
        await nights.looking.read(by, look, notifications.AGREED, now)
    await bot.db.write(lambda tx: nights.posts.take_down(tx, view.night, now))
    return place


async def _told(bot: Plumbline, others: list[PersonId], urgent: bool, tx: Tx) -> None:
    """Let each of the others wait for one more message about somebody: most messages are."""
    await store.tell_all(tx, [
        OutboxMessage.to(
            one, notifications.THANKS, new_id(), bot.now(),
            other=others[at - 1], server=ServerId(SERVER), urgent=urgent,
        )
        for at, one in enumerate(others)
    ])  # fmt: skip


# -- statements ---------------------------------------------------------------------------------------


async def _statements(state: Path) -> int:
    """Count the statements of a call and of its five messages, with a Discord that takes all at once."""
    bot = await crowd.opened(state)
    await bot.load_cogs()
    bot.services.dm_gateway._bot = _Taking()  # type: ignore[assignment] # all that the gateway uses of it
    dispatcher = bot.services.dm_dispatcher
    try:
        by, place = await _caller(bot)
        await bot.services.nights.standing_by.run_due(bot.now())
        await dispatcher.start()
        await dispatcher.idle()
        with _counted(bot) as counted:
            made = await bot.services.nights.during.call(by, place, bot.now())
            await dispatcher.idle()
        assert (await bot.services.nights.during.reached(by, made.hand.id)).settled
    finally:
        await dispatcher.stop(1)
        await bot.db.close()
    return len(counted)


async def _caller(bot: Plumbline) -> tuple[PersonId, str]:
    place = await _goes_out(bot, GROUPS[0])
    return await crowd.met(bot.services, GROUPS[0].caller, bot.now()), place


class _Taking:
    """Takes every direct message."""

    def get_partial_messageable(self, _id: int, **_how: Any) -> "_Taking":
        return self

    async def send(self, **_how: Any) -> SimpleNamespace:
        return SimpleNamespace(id=1)


@contextmanager
def _counted(bot: Plumbline) -> Iterator[list[str]]:
    assert isinstance(bot.db.adapter, SqliteAdapter)
    engine, counted = bot.db.adapter.engine, list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        counted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", note)
