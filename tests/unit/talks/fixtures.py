"""A test harness for talks and plans."""

from functools import partial

from sqlalchemy import func, select

from bot.delivery.outbox import MessageState, OutboxMessage
from bot.delivery.tables import outbox
from bot.ids import PersonId
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.talks.models import Did, Reply, Talk
from bot.talks.queries import TalkView
from bot.talks.tables import requests, talks
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness


class Harness(PodHarness):
    """The harness of the pods, with methods for talks and plans."""

    async def look(self, by: str) -> TalkView:
        return await self.talks.look(await self.person(by), HERE, self.now)

    async def ask(self, by: str, whom: str) -> TalkView:
        return await self.talks.ask(await self.person(by), HERE, await self.person(whom), self.now)

    async def talk(self, by: str) -> Talk:
        """Return their only open talk."""
        found = (await self.look(by)).talk
        assert found is not None
        return found

    async def answer(self, by: str, asker: str, reply: Reply) -> None:
        request = (await self.talk(asker)).current
        await self.talks.answer(await self.person(by), request.id, reply, self.now)

    async def tell(self, by: str, talk: str, did: Did) -> TalkView:
        return await self.talks.tell(await self.person(by), talk, did, self.now)

    async def others(self, by: str) -> set[str]:
        """Return the names of those who can be asked now."""
        return {name for _, name in (await self.look(by)).others}

    async def kinds(self, name: str) -> list[str]:
        """Return the kinds of messages that /inbox lists for them."""
        return sorted(
            message.kind
            for message in await self.messages(name)
            if message.kind.split(".")[0] in ("talks", "plans")
        )

    async def apart(self, owner: str, other: str) -> None:
        """Set a boundary; the parting that follows from it has not happened yet."""
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def part(self, one: str, other: str | None = None) -> None:
        """Let the parting from `other` happen, or from everyone here if no other is named."""
        if other is None:
            await self.parted(await self.person(one), HERE)
        else:
            await self.ends_with(await self.person(one), await self.person(other))

    async def rest(self, name: str) -> None:
        await self.preferences.rest(
            await self.person(name), self.now.replace(year=self.now.year + 1), self.now
        )

    async def timers(self, *slices: str) -> list[tuple[str, str]]:
        """Return (kind, subject) of every timer of these slices."""
        rows = await self.db.read(lambda tx: tx.all(select(agenda.c.kind, agenda.c.subject)))
        return sorted((row.kind, row.subject) for row in rows if row.kind.split(".")[0] in slices)

    async def unclosed(self, *slices: str) -> list[OutboxMessage]:
        """Return every open message to anybody, including withheld ones."""
        return await self.db.read(partial(_unclosed, slices))

    async def counted(self) -> tuple[int, int]:
        """Count the rows of talks and of requests."""
        return await self.db.read(_counted)


async def _unclosed(slices: tuple[str, ...], tx: Tx) -> list[OutboxMessage]:
    rows = await tx.all(select(outbox).where(outbox.c.ended_at.is_(None)))
    return [
        OutboxMessage(
            row.id, PersonId(row.person), row.kind, row.subject, row.server, row.other,
            MessageState(row.state),
            row.made_at, row.nonce, row.due_at,
        )
        for row in rows
        if row.kind.split(".")[0] in slices
    ]  # fmt: skip


async def _counted(tx: Tx) -> tuple[int, int]:
    return tuple([await tx.scalar(select(func.count()).select_from(table)) for table in (talks, requests)])
