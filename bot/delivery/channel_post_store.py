"""Statements about posts in channels. Rows become posts here."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, Select, bindparam, delete, func, literal_column, select, update

from bot.delivery.channel_post import ChannelPost
from bot.delivery.claims_store import unclaimed
from bot.delivery.tables import PENDING, posts
from bot.ids import ServerId
from bot.instances.shards import EVERY_SHARD, Shards
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

# The condition of the index, with literals: an engine recognises it only as it was declared.
_PUT = upsert(posts).on_conflict_do_nothing(
    index_elements=["kind", "subject"],
    index_where=(posts.c.shown == literal_column("0")) & (posts.c.wanted != literal_column("0")),
)
_FREE = unclaimed(posts)
_WAITING = select(posts).where(posts.c.due_at <= bindparam("now"), _FREE)
_DUE = _WAITING.order_by(posts.c.due_at, posts.c.id).limit(bindparam("most"))
_NEXT = select(func.min(posts.c.due_at)).where(posts.c.due_at > bindparam("after"))
_SHARD = posts.c.server.bitwise_rshift(literal_column("22")) % bindparam("shards", type_=BigInteger)
"""The shard of a post's server, by Discord's formula (`bot.instances.shards`)."""
_HERE = _SHARD.between(bindparam("first"), bindparam("last"))
_FAILED = posts.c.tries > 0
_FAILING = select(posts.c.id).where(posts.c.server == bindparam("here"), _FAILED).limit(1)

_THESE = select(posts).where(posts.c.id.in_(bindparam("these", expanding=True)))
_ABOUT = select(posts).where(posts.c.kind == bindparam("a_kind"), posts.c.subject == bindparam("about"))
_ABOUT_THESE = select(posts).where(
    posts.c.kind == bindparam("a_kind"), posts.c.subject.in_(bindparam("about", expanding=True))
)


async def put(tx: Tx, post: ChannelPost) -> None:
    """Add a post, unless one of the same kind about the same subject is waiting already."""
    await tx.execute(_PUT, [post._asdict()])


async def put_all(tx: Tx, new: Collection[ChannelPost]) -> None:
    await tx.execute_all(_PUT, [post._asdict() for post in new])


async def about(tx: Tx, kind: str, subject: str) -> list[ChannelPost]:
    """Return every post of the kind about the subject, the oldest first."""
    rows = await tx.all(_ABOUT.order_by(posts.c.made_at), {"a_kind": kind, "about": subject})
    return [_post(row) for row in rows]


async def about_these(tx: Tx, kind: str, subjects: Collection[str]) -> list[ChannelPost]:
    """Return every post of the kind about any of the subjects, the oldest first."""
    rows = await tx.all(_ABOUT_THESE.order_by(posts.c.made_at), {"a_kind": kind, "about": list(subjects)})
    return [_post(row) for row in rows]


async def these(tx: Tx, ids: Collection[str]) -> dict[str, ChannelPost]:
    return {row.id: _post(row) for row in await tx.all(_THESE, {"these": list(ids)})}


async def due(
    tx: Tx, now: datetime, most: int, away: Collection[ServerId] = (), shards: Shards = EVERY_SHARD
) -> list[ChannelPost]:
    """Return at most `most` posts that are due in servers of these shards, the earliest first.

    Those in the servers `away` are left out.
    """
    there = _DUE.where(posts.c.server.not_in(away)) if away else _DUE
    there, values = _on(shards, there)
    return [_post(row) for row in await tx.all(there, {"now": now, "most": most, **values})]


async def next_due(tx: Tx, after: datetime, shards: Shards = EVERY_SHARD) -> datetime | None:
    there, values = _on(shards, _NEXT)
    at: datetime | None = await tx.scalar(there, {"after": after, **values})
    return at


def _on(shards: Shards, found: Select[Any]) -> tuple[Select[Any], dict[str, int]]:
    """Return the statement that finds only posts on these shards, and the values that it needs for that."""
    if shards.count is None or shards.all_here:
        return found, {}
    return found.where(_HERE), {"shards": shards.count, "first": shards.first, "last": shards.last}


async def save(tx: Tx, post: ChannelPost) -> None:
    await tx.execute(update(posts).where(posts.c.id == post.id).values(post._asdict()))


async def failing(tx: Tx, server: ServerId) -> bool:
    """Whether anything could not be posted or edited there when it was last tried."""
    return await tx.first(_FAILING, {"here": server}) is not None


async def try_again(tx: Tx, server: ServerId, now: datetime) -> bool:
    """Make everything due there that failed when it was last tried; return whether there was anything."""
    found = update(posts).where(posts.c.server == server, _FAILED, posts.c.wanted != posts.c.shown)
    return bool((await tx.execute(found.values(due_at=now))).rowcount)


async def remove(tx: Tx, ids: Collection[str]) -> None:
    await tx.execute(delete(posts).where(posts.c.id.in_(ids)))


async def forget(tx: Tx, server: ServerId, *, pending: bool = False) -> None:
    """Delete every post of a server, or with `pending` only those that haven't been sent yet."""
    gone = delete(posts).where(posts.c.server == server)
    await tx.execute(gone.where(PENDING) if pending else gone)


async def may_have_been_sent(tx: Tx, now: datetime) -> None:
    """Mark what is due and was not tried as if it had been sent when it was made."""
    due = (PENDING, posts.c.message_id.is_(None), posts.c.tried_at.is_(None), posts.c.due_at <= now)
    await tx.sweep(update(posts).where(*due).values(tried_at=posts.c.made_at))


def _post(row: Row[Any]) -> ChannelPost:
    return ChannelPost(**row._mapping)
