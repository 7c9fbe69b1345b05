"""How deliveries ended, for whoever runs the bot: counts by day, and each one that will not arrive."""

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete

from bot.delivery.outcome import Missing, Outcome, Refused, code_of, name_of
from bot.delivery.tables import counts, failures
from bot.ids import ServerId
from bot.storage.tx import Tx
from bot.storage.upsert import upsert

COUNTS_KEPT = timedelta(days=30)
FAILURES_KEPT = timedelta(days=14)

_new = upsert(counts)
_COUNT = _new.on_conflict_do_update(
    index_elements=["day", "kind", "outcome", "code"], set_={"many": counts.c.many + 1}
)
_failed = upsert(failures)
_FAILED = _failed.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _failed.excluded[name] for name in ("ended_at", "outcome", "code", "tries")},
)


class Ended(Protocol):
    """What was delivered, or not: an outbox message or a channel post."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def server(self) -> ServerId | None: ...
    @property
    def made_at(self) -> datetime: ...
    @property
    def tries(self) -> int: ...


async def add(tx: Tx, what: str, item: Ended, outcome: Outcome, now: datetime) -> None:
    """Count one outcome, and keep what is known of one after which nothing will arrive."""
    code = code_of(outcome)
    one = {"day": now.date(), "kind": item.kind, "outcome": name_of(outcome), "code": code or 0, "many": 1}
    await tx.execute(_COUNT, [one])
    if isinstance(outcome, Refused | Missing):
        about = {"id": item.id, "what": what, "kind": item.kind, "server": item.server}
        how = {"outcome": name_of(outcome), "code": code, "tries": item.tries + 1}
        await tx.execute(_FAILED, [{**about, "made_at": item.made_at, "ended_at": now, **how}])


async def forget(tx: Tx, now: datetime) -> None:
    """Delete what is kept no longer."""
    await tx.execute(delete(counts).where(counts.c.day < (now - COUNTS_KEPT).date()))
    await tx.execute(delete(failures).where(failures.c.ended_at < now - FAILURES_KEPT))


async def forget_server(tx: Tx, server: ServerId) -> None:
    """Delete what is kept about deliveries in a server."""
    await tx.execute(delete(failures).where(failures.c.server == server))
