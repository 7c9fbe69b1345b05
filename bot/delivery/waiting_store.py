"""What is due and not delivered yet, counted by kind."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.delivery.claims_store import unclaimed
from bot.delivery.outbox_message import Lane
from bot.delivery.tables import outbox, posts
from bot.delivery.waiting import Waiting
from bot.ids import ServerId
from bot.storage.tx import Tx

_MANY = func.count().label("many")
_NEW = outbox.c.lane.in_([lane for lane in Lane if lane.new])
_MESSAGES = (
    select(outbox.c.kind, _MANY, func.min(outbox.c.due_at).label("since"), _NEW.label("new"))
    .where(outbox.c.lane.is_not(None), outbox.c.due_at <= bindparam("now"), unclaimed(outbox))
    .group_by(outbox.c.kind, _NEW)
)
_POSTS = (
    select(posts.c.kind, _MANY, func.min(posts.c.due_at).label("since"))
    .where(posts.c.due_at <= bindparam("now"), unclaimed(posts))
    .group_by(posts.c.kind)
)


async def waiting(tx: Tx, now: datetime, away: Collection[ServerId] = ()) -> list[Waiting]:
    """Return what is due and not being delivered, without posts in servers that have removed the bot."""
    messages = await tx.scan(_MESSAGES.params(now=now))
    there = _POSTS.where(posts.c.server.not_in(away)) if away else _POSTS
    return [
        *(Waiting(row.kind, row.many, row.since, bool(row.new)) for row in messages),
        *(Waiting(row.kind, row.many, row.since) for row in await tx.scan(there.params(now=now))),
    ]
