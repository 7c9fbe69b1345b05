"""How often deliveries ended in each way, by day, for whoever runs the bot."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as upsert

from bot.delivery.outcome import Outcome, code_of, name_of
from bot.delivery.tables import counts
from bot.storage.tx import Tx

KEPT = timedelta(days=30)

_new = upsert(counts)
_ADD = _new.on_conflict_do_update(
    index_elements=["day", "kind", "outcome", "code"], set_={"many": counts.c.many + 1}
)


async def add(tx: Tx, kind: str, outcome: Outcome, now: datetime) -> None:
    """Count one outcome."""
    one = {"day": now.date(), "kind": kind, "outcome": name_of(outcome), "code": code_of(outcome) or 0}
    await tx.execute(_ADD, [{**one, "many": 1}])


async def forget(tx: Tx, now: datetime) -> None:
    """Delete the counts of days that are longer ago than KEPT."""
    await tx.execute(delete(counts).where(counts.c.day < (now - KEPT).date()))
