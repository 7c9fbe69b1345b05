"""The outbox: who is to be told what, written in the same transaction as the change it is about."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from functools import partial

from bot.delivery import outcome_store, store
from bot.delivery.outbox_message import Lane, MessageState, OutboxMessage
from bot.events import ServerForgotten
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx

__all__ = ["Lane", "MessageState", "Outbox", "OutboxMessage"]


class Outbox:
    """The messages to all people.

    on_waiting: called after a commit with the time when a message is due. on_urgent: called after one with an
    urgent message. on_closed: called for each Discord message that was edited to say that it has closed, in
    the transaction that records it.
    """

    def __init__(self) -> None:
        self.on_waiting: Callable[[datetime], None] | None = None
        self.on_urgent: Callable[[], None] | None = None
        self.on_closed: Callable[[Tx, PersonId, int, datetime], Awaitable[None]] | None = None

    # -- for the slices -------------------------------------------------------------------------

    async def tell(
        self,
        tx: Tx,
        person: PersonId,
        kind: str,
        subject: str,
        now: datetime,
        *,
        other: PersonId | None = None,
        server: ServerId | None = None,
        withheld: bool = False,
        question: bool = False,
        urgent: bool = False,
        alarm: bool = False,
        quietly: bool = False,
        not_before: datetime | None = None,
    ) -> str:
        """Add a message (see `OutboxMessage.to`) and return its id.

        If one of this kind about this subject is still open for the person, nothing is added and its id is
        returned.
        """
        message = OutboxMessage.to(
            person, kind, subject, now,
            other=other, server=server, withheld=withheld, question=question, urgent=urgent,
            alarm=alarm, quietly=quietly, not_before=not_before,
        )  # fmt: skip
        self._announce(tx, [message])
        if message.urgent:
            tx.afterwards(self._say_urgent)
        return await store.tell(tx, message)

    async def tell_all(self, tx: Tx, messages: Sequence[OutboxMessage]) -> None:
        """Add many messages (see `OutboxMessage.to`) in one statement."""
        if messages:
            self._announce(tx, messages)
            await store.tell_all(tx, messages)

    async def close(
        self,
        tx: Tx,
        subject: str,
        now: datetime,
        *,
        kinds: Sequence[str] | None = None,
        person: PersonId | None = None,
    ) -> None:
        """Close the messages about a subject.

        What was not sent is dropped. What was sent, or may have been, is edited to say that it has closed.
        """
        if await store.close(tx, subject, now, kinds, person):
            tx.afterwards(partial(self._say, now))

    async def about(self, tx: Tx, person: PersonId, subjects: Collection[str]) -> list[OutboxMessage]:
        """Return their open messages about these subjects, also those that are withheld, oldest first."""
        return await store.about(tx, person, subjects)

    async def release(self, tx: Tx, message_ids: Collection[str], now: datetime) -> None:
        """Send messages that were withheld though there is no boundary between the two."""
        if message_ids:
            await store.release(tx, message_ids)
            tx.afterwards(partial(self._say, now))

    async def replace(self, tx: Tx, subject: str, kind: str, instead: str, made_at: datetime) -> None:
        """Let messages of one kind that nobody was told of be of another kind, or made at another time."""
        await store.replace(tx, subject, kind, instead, made_at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Close every message about a server. Wire this after the slices, which close their own first."""
        await outcome_store.forget_server(tx, event.server)
        if await store.forget_server(tx, event.server, event.at):
            tx.afterwards(partial(self._say, event.at))

    async def withhold(self, tx: Tx, owner: PersonId, other: PersonId) -> None:
        """Withhold what is waiting for either person about the other, for good, because of a boundary.

        What its person was told of stays in their /inbox. The owner gets no direct message about it. The
        other person does, if it waits for the end of their quiet hours: otherwise a line in /inbox of which
        no message ever comes would reveal the boundary.
        """
        await store.withhold(tx, owner, other)
        await store.keep_to_inbox(tx, owner, other)
        await store.withhold(tx, other, owner)

    async def told(self, tx: Tx, person: PersonId, kinds: Collection[str], *subjects: str) -> bool:
        """Whether the person was told of one of these subjects, by a message of one of these kinds.

        They were told by a direct message that was sent or may have been, or by an entry that /inbox showed.
        """
        return await store.told(tx, person, kinds, subjects)

    async def untold(self, tx: Tx, person: PersonId, kinds: Collection[str], subject: str) -> bool:
        """Whether a message of one of these kinds is still open, and the person was not told of it.

        This isn't the opposite of `told`, which forgets after a day what was opened. If it is True when a
        message is withheld, it stays True.
        """
        return await store.untold(tx, person, kinds, subject)

    async def listed(self, tx: Tx, person: PersonId) -> list[OutboxMessage]:
        """Return what is open or was missed, newest first, without messages that are not due yet."""
        return await store.listed(tx, person)

    async def get(self, tx: Tx, message_id: str) -> OutboxMessage | None:
        return (await store.these(tx, [message_id])).get(message_id)

    async def opened(self, tx: Tx, message_ids: Collection[str], now: datetime) -> None:
        """Record that /inbox has shown these messages to their person. They stay listed until they close."""
        await store.opened(tx, message_ids, now)

    async def erase(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Delete every message to this person, and close and unname every message about them."""
        if await store.erase(tx, person, now):
            tx.afterwards(partial(self._say, now))

    # -- for the worker -------------------------------------------------------------------------

    async def closed(self, tx: Tx, person: PersonId, message_id: int, now: datetime) -> None:
        """Record that a Discord message now says that it has closed."""
        if self.on_closed is not None:
            await self.on_closed(tx, person, message_id, now)

    # -- inside ---------------------------------------------------------------------------------

    def _announce(self, tx: Tx, messages: Sequence[OutboxMessage]) -> None:
        due = [message.due_at for message in messages if message.lane is not None]
        if due:
            tx.afterwards(partial(self._say, min(due)))

    def _say_urgent(self) -> None:
        if self.on_urgent is not None:
            self.on_urgent()

    def _say(self, at: datetime) -> None:
        if self.on_waiting is not None:
            self.on_waiting(at)
