"""A process with a DmDispatcher and the real discord.py: sends what waits, and ends when nothing is left.

Run as `python -m tests.faults.dispatcher_process <database> <address> <requests a second> <settle seconds>`
(the address is that of a Discord of `tests/wire/`). It prints a line once it is at work, and is killed at any
moment.
"""

import asyncio
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord
from sqlalchemy import func, select

from bot.delivery import retries
from bot.delivery.dm_dispatcher import DmDispatcher
from bot.delivery.outbox import Outbox
from bot.delivery.tables import outbox as lines
from bot.ids import PersonId, ServerId
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import Wakeup
from bot.storage.database import Database
from bot.storage.tx import Tx
from bot.ui.dm_gateway import DiscordDmGateway, Whisper
from tests.wire.launch import point_at, stay_inside
from tests.wire.state import TOKEN

ACCOUNTS_FROM, CHANNELS_FROM = 1_000_000, 2_000_000
"""The accounts and DM channels of the persons "0", "1" and so on begin here."""


@dataclass(frozen=True)
class Address:
    discord_id: int
    channel_id: int | None


class Book:
    """A directory in which the account follows from the person's id, and all DM channels are open."""

    async def address(self, person: PersonId) -> Address:
        return Address(ACCOUNTS_FROM + int(person), CHANNELS_FROM + int(person))

    async def keep_channel(self, person: PersonId, channel_id: int) -> None: ...

    async def forget_channel(self, person: PersonId) -> None: ...

    async def called(
        self, reader: PersonId, server: ServerId, person: PersonId, at: datetime | None
    ) -> str | None:
        return None


async def here(_server: ServerId, _person: PersonId) -> bool:
    return True


async def awake(_tx: Tx, _person: PersonId, _at: datetime) -> None:
    return None


async def waiting(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).where(lines.c.lane.is_not(None))))


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a whole process has the real clock


async def main(path: Path, address: str, rate: float, settles: float) -> None:
    retries.SETTLES = timedelta(seconds=settles)
    stay_inside(address)
    point_at(address)
    db, outbox = Database(path), Outbox()
    await db.open()
    async with discord.Client(intents=discord.Intents.none()) as bot:
        await bot.login(TOKEN)
        sender = DiscordDmGateway(bot, Book())
        sender.renders("ready", Whisper.READY)
        dispatcher = DmDispatcher(db, outbox, sender, now, rate, still_here=here, wait_until=awake)
        wakeup = Wakeup(Agenda(db), now, [dispatcher])
        await dispatcher.start()
        wakeup.start()
        sys.stdout.write("at work\n")
        sys.stdout.flush()
        while await db.read(waiting):  # noqa: ASYNC110 - the file is what says that all is done
            await asyncio.sleep(0.05)
        await wakeup.stop()
        await dispatcher.stop(10)
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))
