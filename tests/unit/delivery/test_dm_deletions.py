"""Deleting direct messages: what closed 30 days ago, and a whole history, over errors and restarts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.delivery.dm_deletions import AGAIN, DELETE, KEPT_CLOSED, MOST_TRIES, DmDeletions, OwnMessages
from bot.delivery.outcome import Delivered, Failure, Missing, Outcome, Refused, Retry, Uncertain
from bot.delivery.pace import Pace
from bot.delivery.tables import deletions
from bot.ids import PersonId
from bot.scheduling.agenda import Agenda
from bot.storage.database import Database
from bot.vault.keyring import Keyring
from bot.vault.sealing import Vault
from tests.databases import database

CHANNEL, ANA = 55, PersonId("ana")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Channel:
    """A DM channel with messages of the bot (True) and of the person (False), by id."""

    messages: dict[int, bool] = field(default_factory=dict)
    fails: list[Failure] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    page: int = 3

    async def delete(self, _channel: int, message: int) -> Outcome:
        self.requests.append(f"delete {message}")
        if self.fails:
            return self.fails.pop(0)
        return Missing(10008) if self.messages.pop(message, None) is None else Delivered(message)

    async def own_messages(self, _channel: int, before: int) -> OwnMessages | Failure:
        self.requests.append(f"read before {before}")
        if self.fails:
            return self.fails.pop(0)
        found = sorted((id for id in self.messages if id < before), reverse=True)[: self.page]
        older = found[-1] if len(found) == self.page else None
        return OwnMessages([id for id in found if self.messages[id]], older)


@dataclass
class Harness:
    db: Database
    agenda: Agenda
    deletions: DmDeletions
    channel: Channel
    now: datetime = NOW

    async def run(self) -> None:
        """Let what is due run, and wait for the requests."""
        await self.agenda.run_due(self.now)
        for _ in range(200):
            await asyncio.sleep(0)
            task = self.deletions._task
            if task is not None:
                await task

    async def left(self) -> int:
        rows = await self.db.read(lambda tx: tx.all(select(deletions)))
        return len(rows)


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[Harness]:
    db, channel = database(tmp_path / "test.db"), Channel()
    agenda = Agenda(db)

    async def channel_of(person: PersonId) -> int | None:
        return CHANNEL if person == ANA else None

    deletions = DmDeletions(db, Vault(Keyring.fresh()), agenda, channel, channel_of, Pace(1e9))
    agenda.on(DELETE, deletions.due)
    deletions.start()
    yield Harness(db, agenda, deletions, channel)
    await deletions.stop(1)
    await db.close()


def snowflake(at: datetime, number: int = 0) -> int:
    return (int(at.timestamp() * 1000) - 1_420_070_400_000 << 22) + number


async def test_a_message_that_closed_is_deleted_after_thirty_days_and_not_before(harness: Harness) -> None:
    harness.channel.messages = {7: True}
    await harness.db.write(lambda tx: harness.deletions.later(tx, ANA, 7, NOW))
    harness.now = NOW + KEPT_CLOSED - timedelta(seconds=1)
    await harness.run()
    assert harness.channel.messages == {7: True}
    harness.now = NOW + KEPT_CLOSED
    await harness.run()
    assert harness.channel.messages == {}
    assert await harness.left() == 0
    assert await harness.agenda.next_due() is None


async def test_of_a_history_only_the_bots_messages_go_and_none_that_came_later(harness: Harness) -> None:
    old = {snowflake(NOW - timedelta(days=day), day): day % 3 != 0 for day in range(1, 12)}
    later = snowflake(NOW + timedelta(minutes=1))
    harness.channel.messages = {**old, later: True}
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    await harness.run()
    assert harness.channel.messages == {**{id: mine for id, mine in old.items() if not mine}, later: True}
    assert await harness.left() == 0


async def test_a_passing_error_is_tried_again_from_where_it_was(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.channel.messages = {snowflake(NOW - timedelta(days=day)): True for day in range(1, 8)}
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    original = harness.channel.own_messages
    reads = 0

    async def breaks(channel: int, before: int) -> OwnMessages | Failure:
        nonlocal reads
        reads += 1
        return Uncertain() if reads == 2 else await original(channel, before)

    monkeypatch.setattr(harness.channel, "own_messages", breaks)
    await harness.run()
    assert len(harness.channel.messages) == 4
    assert await harness.left() == 1
    harness.now = NOW + AGAIN
    await harness.run()
    assert harness.channel.messages == {}
    assert await harness.left() == 0


@pytest.mark.parametrize(
    "lasting",
    [
        Refused(403),
        Missing(10003),
        Retry(code=50001, lasting_after=timedelta(days=1)),
        Retry(code=50083, lasting_after=timedelta(days=1)),
    ],
)
async def test_a_channel_that_stays_closed_is_given_up(harness: Harness, lasting: Failure) -> None:
    harness.channel.messages = {snowflake(NOW - timedelta(days=1)): True}
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    harness.channel.fails = [lasting]
    await harness.run()
    assert await harness.left() == 0
    assert await harness.agenda.next_due() is None


async def test_a_message_that_is_gone_already_does_not_stop_the_others(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [snowflake(NOW - timedelta(days=day)) for day in (1, 2)]
    harness.channel.messages = dict.fromkeys(ids, True)
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    original = harness.channel.delete

    async def gone(channel: int, message: int) -> Outcome:
        if message == ids[0]:
            del harness.channel.messages[message]
        return await original(channel, message)

    monkeypatch.setattr(harness.channel, "delete", gone)
    await harness.run()
    assert harness.channel.messages == {}
    assert await harness.left() == 0


async def test_what_fails_again_and_again_is_given_up(harness: Harness) -> None:
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    for _ in range(MOST_TRIES):
        assert await harness.left() == 1
        harness.channel.fails = [Retry()]
        await harness.run()
        harness.now += AGAIN
    assert await harness.left() == 0


async def test_after_a_restart_it_goes_on(harness: Harness) -> None:
    harness.channel.messages = {snowflake(NOW - timedelta(days=1)): True}
    await harness.deletions.stop(1)
    await harness.db.write(lambda tx: harness.deletions.all_in(tx, CHANNEL, NOW))
    await harness.run()
    assert len(harness.channel.messages) == 1
    harness.deletions.start()
    harness.now += AGAIN
    await harness.run()
    assert harness.channel.messages == {}


async def test_the_rows_of_a_person_are_forgotten_with_their_timers(harness: Harness) -> None:
    await harness.db.write(lambda tx: harness.deletions.later(tx, ANA, 7, NOW))
    await harness.db.write(lambda tx: harness.deletions.forget(tx, ANA))
    assert await harness.left() == 0
    assert await harness.agenda.next_due() is None
