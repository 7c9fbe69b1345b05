"""Statements about claims. They are in the rows of what is delivered: messages to people, and posts."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, func, or_, select, update

from bot.delivery.tables import outbox, posts
from bot.storage.schema import Moment
from bot.storage.tx import Tx


class Claims:
    """The claims on the rows of one table, which has the columns id, held_until, holder and tried_at.

    marking: what else changes in a row that is about to be sent.
    """

    def __init__(self, table: Table, **marking: object) -> None:
        held = table.c.held_until.is_not(None) & (table.c.holder == bindparam("by"))
        self._hold = (
            update(table)
            .where(table.c.id.in_(bindparam("these", expanding=True)))
            .values(held_until=bindparam("lapses"), holder=bindparam("by"))
        )
        marked = func.coalesce(table.c.tried_at, bindparam("marked_at", type_=Moment))
        self._hold_to_send = self._hold.values(tried_at=marked, **marking)
        self._free = update(table).where(held).values(held_until=None, holder=None)
        self._next_free = select(func.min(table.c.held_until))

    async def hold(self, tx: Tx, ids: Collection[str], holder: str, until: datetime) -> None:
        """Claim rows for a worker of `holder`."""
        await tx.execute(self._hold, [{"these": list(ids), "lapses": until, "by": holder}])

    async def hold_to_send(
        self, tx: Tx, ids: Collection[str], holder: str, until: datetime, now: datetime
    ) -> None:
        """Claim rows, and mark that they are about to be sent.

        One that may have been sent before keeps its first time.
        """
        claim = {"these": list(ids), "lapses": until, "by": holder, "marked_at": now}
        await tx.execute(self._hold_to_send, [claim])

    async def free(self, tx: Tx, holder: str) -> None:
        """Give up every claim of `holder`."""
        await tx.execute(self._free, [{"by": holder}])

    async def next_free(self, tx: Tx) -> datetime | None:
        """Return when the first claim lapses, if its worker doesn't give it up before."""
        at: datetime | None = await tx.scalar(self._next_free)
        return at


def unclaimed(table: Table) -> ColumnElement[bool]:
    """Return the condition that nobody has claimed a row; the statement gets the time as `now`."""
    return or_(table.c.held_until.is_(None), table.c.held_until <= bindparam("now"))


MESSAGES, POSTS = Claims(outbox, early=False), Claims(posts)
