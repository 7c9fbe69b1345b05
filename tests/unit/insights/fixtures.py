"""A test harness for insights: pairs, norms and insights on one real file."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Select, func, select

from bot.events import AskSent, AskWithdrawn
from bot.ids import ServerId
from bot.insights.models import Month
from bot.insights.tables import people, tallies
from bot.norms.models import Norm
from bot.storage.tx import Tx
from tests.unit.pairs.fixtures import Harness as PairHarness
from tests.unit.pods.fixtures import HERE


class Harness(PairHarness):
    """The harness of the pairs, with methods for insights. The clock starts on 7 January 2026."""

    async def happen(self, what: str, more: int = 1, server: ServerId = HERE) -> None:
        await self.db.write(partial(self._happen, server, what, more))

    async def _happen(self, server: ServerId, what: str, more: int, tx: Tx) -> None:
        await self.insights.count(tx, server, what, self.now, more)

    async def ask_here(self, many: int, server: ServerId = HERE, first: int = 0) -> None:
        """Let so many people send an ask."""
        for number in range(first, first + many):
            event = AskSent(self.now, server, await self.person(f"asker{number}"))
            await self.db.write(partial(self.events.publish, event=event))

    async def withdraw_here(self, number: int, sent_at: datetime | None = None) -> None:
        asker = await self.person(f"asker{number}")
        event = AskWithdrawn(self.now, HERE, asker, sent_at or self.now)
        await self.db.write(partial(self.events.publish, event=event))

    async def months(self, server: ServerId = HERE) -> Sequence[Month]:
        return await self.insights.months(server)

    async def tallied(self) -> int:
        """Return how many tallies of running months are stored."""
        counts = [select(func.count()).select_from(table) for table in (tallies, people)]
        return sum([await self.db.read(partial(_scalar, count)) for count in counts])

    async def all_in(self, *names: str) -> None:
        """Put norms in force, and record that these people are in."""
        mod, channel = await self.person("mo"), {"norms_channel": 501}
        await self.servers.change(HERE, mod, self.now, channel)
        await self.norms.drafts.adopt(mod, HERE, [Norm("kind", "Kind", "Be kind.")], self.now)
        version = await self.norms.ballots.put(mod, HERE, self.now, direct=True)
        for name in names:
            await self.norms.ballots.be_in(await self.person(name), version.id, self.now)

    async def off_until(self, at: datetime) -> None:
        await self.sleep_until(at)


async def _scalar(count: Select[Any], tx: Tx) -> int:
    return int(await tx.scalar(count) or 0)
