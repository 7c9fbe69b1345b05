"""A test harness for asks."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy import Table, select

from bot.asks import notifications
from bot.asks.answering import Invited
from bot.asks.models import Answer, Ask, AskKind, AskText, Reply
from bot.asks.queries import Answers, AskStatus, Beginning, Preview
from bot.asks.tables import askings, asks
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.delivery.tables import outbox
from bot.ids import PersonId
from bot.people.models import Quiet
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

WORDS = AskText("I mocked how they talk", "They went quiet, and may have felt small", "Was I out of line?")
ANSWER = Answer("It may have stung", "Leave them be this week", "Their side", "A walk")


class Harness(PodHarness):
    """The harness for pods, with methods for asks. Each timer runs at the time at which it is due."""

    async def wait(self, **span: float) -> None:
        """Let time pass; each timer runs at the time at which it is due."""
        until = self.now + timedelta(**span)
        while (due := await self.agenda.next_due()) is not None and due <= until:
            self.now = max(due, self.now)
            await self.agenda.run_due(self.now)
        self.now = until

    async def wait_until(self, at: datetime | None) -> None:
        assert at is not None
        await self.wait(seconds=(at - self.now).total_seconds())

    # -- the asker ------------------------------------------------------------------------------

    async def begin(self, by: str = "Ana", message: str = "") -> Beginning:
        return await self.drafts.begin(await self.person(by), HERE, 1, self.now, message)

    async def draft(
        self, by: str = "Ana", *whom: str, words: AskText = WORDS, wait: Wait | None = None
    ) -> str:
        """Write a draft, pick these people, and return the id of the draft."""
        person = await self.person(by)
        id = (await self.begin(by)).ask.id
        await self.drafts.write(person, id, AskKind.SAID, words, self.now)
        if wait is not None:
            await self.drafts.wait(person, id, wait, self.now)
        await self.pick(by, id, *whom)
        return id

    async def pick(self, by: str, id: str, *whom: str) -> Preview:
        chosen = [await self.person(name) for name in whom]
        return await self.drafts.pick(await self.person(by), id, chosen, self.now)

    async def send(self, by: str, id: str) -> AskStatus:
        return await self.asks.send(await self.person(by), id, self.now)

    async def ask(self, by: str, *whom: str, wait: Wait | None = None) -> str:
        """Send an ask. Return its id."""
        return (await self.send(by, await self.draft(by, *whom, wait=wait))).ask.id

    async def status(self, id: str, by: str = "Ana") -> AskStatus:
        return await self.asks.status(await self.person(by), id, self.now)

    async def replies(self, id: str, by: str = "Ana") -> dict[str, Reply]:
        """Return each answerer's reply as the asker sees it."""
        return {one.name: one.reply for one in (await self.status(id, by)).asked}

    async def read(self, id: str, by: str = "Ana") -> Answers:
        return await self.asks.read(await self.person(by), id, self.now)

    async def withdraw(self, id: str, by: str = "Ana") -> datetime | None:
        return await self.asks.withdraw(await self.person(by), id, self.now)

    async def longer(self, id: str, by: str = "Ana") -> AskStatus:
        return await self.asks.more_time(await self.person(by), id, self.now)

    async def also(self, id: str, *whom: str, by: str = "Ana") -> AskStatus:
        chosen = [await self.person(name) for name in whom]
        return await self.asks.ask_others(await self.person(by), id, chosen, self.now)

    # -- the answerers --------------------------------------------------------------------------

    async def asking(self, id: str, who: str) -> str:
        """Return the id of their AskRecipient."""
        person = await self.person(who)
        wanted = select(askings.c.id).where(askings.c.ask == id, askings.c.answerer == person)
        return str(await self.db.read(lambda tx: tx.scalar(wanted)))

    async def answer(self, id: str, who: str, answer: Answer = ANSWER) -> Invited:
        return await self.answering.answer(
            await self.person(who), await self.asking(id, who), answer, self.now
        )

    async def cannot(self, id: str, who: str) -> Invited:
        return await self.answering.cannot(await self.person(who), await self.asking(id, who), self.now)

    async def beyond(self, id: str, who: str) -> Invited:
        return await self.answering.beyond(await self.person(who), await self.asking(id, who), self.now)

    async def danger(self, id: str, who: str) -> Invited:
        return await self.answering.danger(await self.person(who), await self.asking(id, who), self.now)

    async def their_part(self, id: str, who: str) -> Invited:
        """Return their part, whatever state the ask is in."""
        return await self.answering.part(await self.person(who), await self.asking(id, who))

    async def not_now(self, id: str, who: str) -> Invited:
        return await self.answering.not_now(await self.person(who), await self.asking(id, who), self.now)

    async def look(self, id: str, who: str) -> Invited:
        """Return what they see when they open the direct message, before they read the ask's text."""
        return await self.answering.invited(await self.person(who), await self.asking(id, who))

    async def read_it(self, id: str, who: str) -> AskText:
        return (await self.answering.read(await self.person(who), await self.asking(id, who)))[1]

    # -- what happens around them ---------------------------------------------------------------

    async def apart(self, owner: str, other: str) -> None:
        """Set a boundary; the parting that follows from it has not happened yet."""
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def part(self, one: str, other: str) -> None:
        await self.ends_with(await self.person(one), await self.person(other))

    async def leave(self, name: str) -> None:
        await self.people.leave(await self.person(name), HERE, self.now)

    async def rest(self, name: str) -> None:
        await self.preferences.rest(await self.person(name), self.now + timedelta(days=90), self.now)

    async def quiet(self, name: str, start: int, end: int) -> None:
        await self.preferences.keep_quiet(await self.person(name), Quiet(time(start), time(end)))

    # -- what is stored -------------------------------------------------------------------------

    async def timers(self, slice: str = "asks") -> list[tuple[str, datetime]]:
        """Return the kind and the time of each timer of a slice."""
        rows = await self.db.read(lambda tx: tx.all(select(agenda.c.kind, agenda.c.due_at)))
        return sorted((row.kind, row.due_at) for row in rows if row.kind.startswith(slice))

    async def kinds(self, name: str) -> list[str]:
        """Return the kinds of messages about asks that /inbox lists for them."""
        return sorted(
            message.kind for message in await self.messages(name) if message.kind in notifications.KINDS
        )

    async def messages_of(self, *states: MessageState) -> list[OutboxMessage]:
        """Return all messages about asks, to anybody, that are in one of these states."""
        rows = await self.db.read(partial(_messages, states))
        return [message for message in rows if message.kind in notifications.KINDS]

    async def count(self, table: Table) -> int:
        return len(await self.db.read(lambda tx: tx.all(select(table))))

    async def nothing_left(self, id: str) -> bool:
        """Return whether no row or key of this ask, and no timer or open message of any ask, is left."""
        rows = await self.db.read(lambda tx: tx.all(select(asks.c.id).where(asks.c.id == id)))
        parts = await self.db.read(lambda tx: tx.all(select(askings.c.id).where(askings.c.ask == id)))
        keys = await self.db.read(lambda tx: tx.all(select(data_keys).where(data_keys.c.case == id)))
        due = await self.db.read(lambda tx: tx.all(select(agenda).where(agenda.c.kind.like("asks.%"))))
        open_messages = await self.messages_of(
            MessageState.WAITING, MessageState.SENT, MessageState.DMS_CLOSED, MessageState.WITHHELD
        )
        return not (rows or parts or keys or due or open_messages)

    async def stored(self, id: str) -> Ask:
        """Return the ask as it is stored."""
        from bot.asks import store

        found = await self.db.read(lambda tx: store.get(tx, id))
        assert found is not None
        return found


async def _messages(states: Sequence[MessageState], tx: Tx) -> list[OutboxMessage]:
    rows = await tx.all(select(outbox).where(outbox.c.state.in_(states)))
    return [
        OutboxMessage(
            row.id, PersonId(row.person), row.kind, row.subject, row.server, row.other,
            MessageState(row.state),
            row.made_at, row.nonce, row.due_at,
        )
        for row in rows
    ]  # fmt: skip
