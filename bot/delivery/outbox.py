"""The outbox: what must be told to whom, written in the transaction of what it tells."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.delivery import store
from bot.delivery.message import Lane, MessageState, OutboxMessage
from bot.events import ServerForgotten
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx

__all__ = ["Lane", "MessageState", "Outbox", "OutboxMessage"]


class Outbox:
    """Every line to everybody. `on_waiting` is called, once committed, with the time when a line is to go."""

    def __init__(self) -> None:
        self.on_waiting: Callable[[datetime], None] | None = None

    # -- what slices say ------------------------------------------------------------------------

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
        held: bool = False,
        question: bool = False,
        quietly: bool = False,
        not_before: datetime | None = None,
    ) -> str:
        """Tell one person; a line of this kind about this subject that still stands is that line. Its id."""
        line = OutboxMessage.to(
            person, kind, subject, now,
            other=other, server=server, held=held, question=question, quietly=quietly,
            not_before=not_before,
        )  # fmt: skip
        self._announce(tx, [line])
        return await store.tell(tx, line)

    async def tell_all(self, tx: Tx, lines: Sequence[OutboxMessage]) -> None:
        """The same for many lines (`Line.to`), in one statement."""
        if lines:
            self._announce(tx, lines)
            await store.tell_all(tx, lines)

    async def close(
        self,
        tx: Tx,
        subject: str,
        now: datetime,
        *,
        kinds: Sequence[str] | None = None,
        person: PersonId | None = None,
    ) -> None:
        """This has closed: what was not sent is dropped, what was (or may have been) is edited to say so."""
        if await store.close(tx, subject, now, kinds, person):
            tx.afterwards(partial(self._say, now))

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Everything about a server has closed. To be wired after every slice, which closes its own."""
        if await store.forget_server(tx, event.server, event.at):
            tx.afterwards(partial(self._say, event.at))

    async def hold(self, tx: Tx, one: PersonId, other: PersonId) -> None:
        """Hold back what waits for either about the other, for good."""
        await store.hold(tx, one, other)
        await store.hold(tx, other, one)

    async def listed(self, tx: Tx, person: PersonId) -> list[OutboxMessage]:
        """What is open or was missed, newest first; nothing whose time has not come."""
        return await store.listed(tx, person)

    async def get(self, tx: Tx, line_id: str) -> OutboxMessage | None:
        return (await store.these(tx, [line_id])).get(line_id)

    async def opened(self, tx: Tx, line_id: str, now: datetime) -> None:
        """They have looked at it; it stays listed until it is closed."""
        await store.opened(tx, line_id, now)

    # -- inside ---------------------------------------------------------------------------------

    def _announce(self, tx: Tx, lines: Sequence[OutboxMessage]) -> None:
        due = [line.due_at for line in lines if line.lane is not None]
        if due:
            tx.afterwards(partial(self._say, min(due)))

    def _say(self, at: datetime) -> None:
        if self.on_waiting is not None:
            self.on_waiting(at)
