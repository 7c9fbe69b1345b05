"""What is due and not being delivered, counted by kind."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.delivery import channel_post_store, claims_store
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox import Outbox
from bot.delivery.waiting import Waiting
from bot.delivery.waiting_store import waiting
from bot.ids import PersonId, ServerId
from bot.storage.database import Database

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = ServerId(7)


async def tell(db: Database, kind: str, person: str, at: datetime, **how: Any) -> str:
    return await db.write(lambda tx: Outbox().tell(tx, PersonId(person), kind, "ask", at, **how))


async def due(db: Database, away: tuple[ServerId, ...] = ()) -> list[Waiting]:
    found = await db.read(lambda tx: waiting(tx, NOON, away))
    return sorted(found, key=lambda one: (one.kind, one.held_back))


async def test_what_is_due_is_counted_by_kind_with_the_time_of_the_oldest(db: Database) -> None:
    for number, hours in enumerate((3, 1, 2, -1)):
        await tell(db, "asks.asked", f"person {number}", NOON - hours * HOUR)
    assert await due(db) == [Waiting("asks.asked", 3, NOON - 3 * HOUR)]


async def test_what_is_being_delivered_does_not_wait(db: Database) -> None:
    id = await tell(db, "asks.asked", "robin", NOON - HOUR)
    until = NOON + HOUR
    await db.write(lambda tx: claims_store.MESSAGES.hold(tx, [id], "us", until))
    assert await due(db) == []


async def test_posts_count_too_except_where_the_bot_was_removed(db: Database) -> None:
    at = NOON - HOUR
    post = ChannelPost("a post", HERE, 70, "norms.ballot", "version", "", at, at)
    await db.write(lambda tx: channel_post_store.put(tx, post))

    assert await due(db) == [Waiting("norms.ballot", 1, NOON - HOUR)]
    assert await due(db, (HERE,)) == []
