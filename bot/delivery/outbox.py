"""The outbox: what must be told to whom, written in the transaction of what it tells."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.delivery.line import Lane, Line, State
from bot.ids import PersonId, ServerId
from bot.storage.database import Tx
from bot.storage.ledger import Ledger
from bot.storage.schema import Moment, metadata

__all__ = ["LEDGER", "Lane", "Line", "Outbox", "State", "outbox"]

KEPT_AFTER_END = timedelta(days=1)
"""How long a line that has ended is kept, so that its button still finds it."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("server", BigInteger),
    Column("other", String),
    Column("state", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("nonce", String, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("lane", Integer),
    Column("early", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", Moment),
    Column("message_id", BigInteger),
    Column("opened_at", Moment),
    Column("ended_at", Moment),
)
_open = outbox.c.ended_at.is_(None)
_ONE_OPEN = ("person", "kind", "subject")
Index(None, *(outbox.c[name] for name in _ONE_OPEN), unique=True, sqlite_where=_open)
Index(None, outbox.c.subject)
Index(None, outbox.c.lane, outbox.c.due_at, sqlite_where=outbox.c.lane.is_not(None))
Index(None, outbox.c.ended_at, sqlite_where=outbox.c.ended_at.is_not(None))

LEDGER = (
    Ledger(
        "outbox",
        whose=("person", "other"),
        told=("kind", "server", "state", "made_at", "opened_at", "ended_at"),
        plumbing=("id", "subject", "nonce", "due_at", "lane", "early", "tries", "tried_at", "message_id"),
    ),
)

_COLUMNS = tuple(field.name for field in fields(Line))
_new = upsert(outbox)
# A repeat changes nothing, and still answers with the line that stands.
_TELL = _new.on_conflict_do_update(
    index_elements=_ONE_OPEN, index_where=_open, set_={"kind": outbox.c.kind}
).returning(outbox.c.id)
_TELL_ALL = _new.on_conflict_do_nothing(index_elements=_ONE_OPEN, index_where=_open)


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
        not_before: datetime | None = None,
    ) -> str:
        """Tell one person; a line of this kind about this subject that still stands is that line. Its id."""
        line = Line.to(
            person, kind, subject, now,
            other=other, server=server, held=held, question=question, not_before=not_before,
        )  # fmt: skip
        standing = (await tx.execute(_TELL, [_row(line)])).scalar_one()
        self._announce(tx, [line])
        return str(standing)

    async def tell_all(self, tx: Tx, lines: Sequence[Line]) -> None:
        """The same for many lines (`Line.to`), in one statement."""
        if lines:
            await tx.execute(_TELL_ALL, [_row(line) for line in lines])
            self._announce(tx, lines)

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
        about = [outbox.c.subject == subject, _open]
        about += [] if kinds is None else [outbox.c.kind.in_(kinds)]
        about += [] if person is None else [outbox.c.person == person]
        unsent = outbox.c.state.in_((State.WAITING, State.HELD, State.SHUT)) & outbox.c.tried_at.is_(None)
        await tx.execute(delete(outbox).where(*about, unsent))
        closing = {"state": State.CLOSING, "lane": Lane.NOTICE, "due_at": now, "ended_at": now, "tries": 0}
        if (await tx.execute(update(outbox).where(*about).values(closing))).rowcount:
            tx.afterwards(partial(self._say, now))

    async def hold(self, tx: Tx, one: PersonId, other: PersonId) -> None:
        """Hold back what waits for either about the other, for good."""
        for person, about in ((one, other), (other, one)):
            await tx.execute(
                update(outbox)
                .where(
                    outbox.c.person == person, outbox.c.other == about, _open, outbox.c.state == State.WAITING
                )
                .values(state=State.HELD, lane=None)
            )

    async def listed(self, tx: Tx, person: PersonId) -> list[Line]:
        """What is open or was missed, newest first; nothing whose time has not come."""
        rows = await tx.all(
            select(outbox)
            .where(
                outbox.c.person == person,
                _open,
                outbox.c.state.in_((State.WAITING, State.SENT, State.SHUT)),
                outbox.c.early.is_(False),
            )
            .order_by(outbox.c.made_at.desc(), outbox.c.id)
        )
        return [_line(row) for row in rows]

    async def get(self, tx: Tx, line_id: str) -> Line | None:
        row = await tx.first(select(outbox).where(outbox.c.id == line_id))
        return None if row is None else _line(row)

    async def opened(self, tx: Tx, line_id: str, now: datetime) -> None:
        """They have looked at it; it stays listed until it is closed."""
        await tx.execute(
            update(outbox).where(outbox.c.id == line_id, outbox.c.opened_at.is_(None)).values(opened_at=now)
        )

    # -- what the courier needs -----------------------------------------------------------------

    async def due(self, tx: Tx, lane: Lane, now: datetime, most: int) -> list[Line]:
        rows = await tx.all(
            select(outbox)
            .where(outbox.c.lane == lane, outbox.c.due_at <= now)
            .order_by(outbox.c.due_at, outbox.c.id)
            .limit(most)
        )
        return [_line(row) for row in rows]

    async def next_due(self, tx: Tx, lane: Lane, after: datetime | None = None) -> datetime | None:
        """The earliest time at which a line of this lane is to go, of those after a time."""
        earliest = select(func.min(outbox.c.due_at)).where(outbox.c.lane == lane)
        at: datetime | None = await tx.scalar(
            earliest if after is None else earliest.where(outbox.c.due_at > after)
        )
        return at

    async def these(self, tx: Tx, line_ids: Collection[str]) -> dict[str, Line]:
        return {row.id: _line(row) for row in await tx.all(select(outbox).where(outbox.c.id.in_(line_ids)))}

    async def save(self, tx: Tx, lines: Iterable[Line]) -> None:
        """Write down where these stand now."""
        for line in lines:
            await tx.execute(update(outbox).where(outbox.c.id == line.id).values(_row(line)))

    async def reached(self, tx: Tx, person: PersonId) -> None:
        """A channel to them is open: what waits for them is no longer paced as new."""
        for lane in (Lane.NEW_QUESTION, Lane.NEW_NOTICE):
            await tx.execute(
                update(outbox)
                .where(outbox.c.person == person, _open, outbox.c.lane == lane)
                .values(lane=lane.to_known)
            )

    async def forget(self, tx: Tx, now: datetime) -> None:
        """Delete what ended a while ago."""
        await tx.execute(delete(outbox).where(outbox.c.ended_at < now - KEPT_AFTER_END))

    # -- inside ---------------------------------------------------------------------------------

    def _announce(self, tx: Tx, lines: Sequence[Line]) -> None:
        due = [line.due_at for line in lines if line.lane is not None]
        if due:
            tx.afterwards(partial(self._say, min(due)))

    def _say(self, at: datetime) -> None:
        if self.on_waiting is not None:
            self.on_waiting(at)


def _row(line: Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _COLUMNS}


def _line(row: Row[Any]) -> Line:
    held = dict(row._mapping)
    held["state"] = State(row.state)
    held["lane"] = None if row.lane is None else Lane(row.lane)
    return Line(**held)
