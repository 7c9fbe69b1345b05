"""A town in which two people each want to change something, and are asked about it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, func, select

from bot.delivery.message import MessageState, OutboxMessage
from bot.delivery.store import outbox
from bot.events import PersonParted
from bot.ids import PersonId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.check_in import CheckIn, Status, Wish
from bot.pairs.models import Pair, PairText, Side
from bot.pairs.queries import CheckInView, PairDraft, PairView, Shared, Wished
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import changes, check_ins, pairs, sides
from bot.scheduling.store import agenda
from bot.storage.tx import Tx
from bot.vault.store import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Town as PodTown

SUNDAYS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
"""Sundays at 18:00, twelve times. The town's time begins on Wednesday, 7 January 2026, at 12:00 UTC."""
BERLIN = "Europe/Berlin"
TABLES = (pairs, sides, check_ins, changes)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where there is one, a file system in memory: thousands of commits need no disk to be tried."""


class Town(PodTown):
    """The same town, with pairs in it; whatever is due happens at its own time, but while the bot sleeps."""

    async def wait(self, **span: float) -> None:
        """Time passes; what falls due on the way is handled when it does."""
        await self.wait_until(self.now + timedelta(**span))

    async def wait_until(self, at: datetime | None) -> None:
        assert at is not None
        while (due := await self.agenda.next_due()) is not None and due <= at:
            self.now = max(due, self.now)
            await self.agenda.run_due(self.now)
        self.now = max(at, self.now)

    async def sleep_until(self, at: datetime) -> None:
        """The bot is not there; when it comes back, what is due is handled at once."""
        self.now = at
        await self.agenda.run_due(self.now)

    # -- before a pair runs ---------------------------------------------------------------------

    async def begin(self, by: str, whom: str | None, schedule: PairSchedule = SUNDAYS) -> PairDraft:
        passer = None if whom is None else self.passer(whom)
        return await self.pairs.proposals.begin(await self.person(by), HERE, schedule, passer, self.now)

    async def write(self, by: str, id: str, words: PairText | None = None, zone: str = BERLIN) -> None:
        """What they write is told apart by their name."""
        words = words or words_of(by)
        await self.pairs.proposals.write(await self.person(by), id, words, zone)

    async def send(self, by: str, id: str) -> Pair:
        return await self.pairs.proposals.send(await self.person(by), id, self.now)

    async def propose(self, by: str, whom: str, schedule: PairSchedule = SUNDAYS, zone: str = BERLIN) -> str:
        """A proposal that was sent; its id."""
        id = (await self.begin(by, whom, schedule)).pair.id
        await self.write(by, id, zone=zone)
        return (await self.send(by, id)).id

    async def accept(self, by: str, id: str, zone: str = BERLIN) -> Pair:
        await self.write(by, id, zone=zone)
        return await self.send(by, id)

    async def decline(self, by: str, id: str) -> None:
        await self.pairs.proposals.decline(await self.person(by), id)

    async def pair(
        self,
        one: str,
        other: str,
        schedule: PairSchedule = SUNDAYS,
        zones: tuple[str, str] = (BERLIN, BERLIN),
    ) -> str:
        """A pair that runs, and of which nothing waits to be read; its id."""
        await self.person(other)
        id = await self.propose(one, other, schedule, zones[0])
        await self.accept(other, id, zones[1])
        await self.read(one, "pairs.begun", id)
        return id

    async def waiting(self, name: str) -> list[tuple[str, str]]:
        """(id, state) of all that they can open."""
        return [
            (pair.id, pair.state.value)
            for pair, _ in await self.pairs.queries.of(await self.person(name), HERE)
        ]

    # -- a pair ---------------------------------------------------------------------------------

    async def view(self, name: str, id: str) -> PairView:
        return await self.pairs.queries.show(await self.person(name), id, self.now)

    async def read(self, name: str, kind: str, subject: str) -> None:
        await self.pairs.read(await self.person(name), kind, subject, self.now)

    async def end(self, name: str, id: str) -> None:
        await self.pairs.end(await self.person(name), id, self.now)

    async def pause(self, name: str, id: str, days: int = 14) -> PairView:
        return await self.pairs.pauses.pause(await self.person(name), id, days, self.now)

    async def resume(self, name: str, id: str) -> PairView:
        return await self.pairs.pauses.resume(await self.person(name), id, self.now)

    async def put(self, name: str, id: str, schedule: PairSchedule) -> PairView:
        """They choose other terms, and put them to the other."""
        person = await self.person(name)
        await self.pairs.changes.begin(person, id, self.now)
        await self.pairs.changes.choose(person, id, schedule, self.now)
        return await self.pairs.changes.put(person, id, self.now)

    async def agree(self, name: str, id: str) -> PairView:
        return await self.pairs.changes.agree(await self.person(name), id, self.now)

    async def renew(self, name: str, id: str) -> PairView:
        return await self.pairs.changes.renew(await self.person(name), id, self.now)

    # -- a check-in -----------------------------------------------------------------------------

    async def wait_for_check_in(self, name: str, id: str) -> CheckIn:
        """Time passes until they are asked again."""
        await self.wait_until((await self.view(name, id)).side.next_at)
        return await self.check_in(name, id)

    async def check_in(self, name: str, id: str) -> CheckIn:
        """Their newest, which can be answered."""
        found = (await self.view(name, id)).open_check_in
        assert found is not None
        return found

    async def mark(self, name: str, one: CheckIn, status: Status = Status.HARD) -> CheckInView:
        return await self.pairs.check_ins.mark(await self.person(name), one.id, status, self.now)

    async def note(self, name: str, one: CheckIn, text: str) -> CheckInView:
        return await self.pairs.check_ins.note(await self.person(name), one.id, text, self.now)

    async def share(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.share(await self.person(name), one.id, self.now)

    async def keep(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.keep(await self.person(name), one.id, self.now)

    async def wish(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.wish(await self.person(name), one.id, self.now)

    async def look(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.look(await self.person(name), one.id)

    async def wished(self, name: str, one: CheckIn) -> Wished:
        return await self.pairs.sharing.wished(await self.person(name), one.id)

    async def answer(self, name: str, one: CheckIn, wish: Wish) -> Wished:
        return await self.pairs.sharing.answer(await self.person(name), one.id, wish, self.now)

    async def shared(self, name: str, id: str, number: int = 0) -> Shared:
        """They read what the other shared."""
        return await self.pairs.sharing.shared(await self.person(name), id, number, self.now)

    # -- what happens around them ---------------------------------------------------------------

    async def apart(self, owner: str, other: str) -> None:
        """A boundary, its parting still to come."""
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def lift(self, owner: str) -> None:
        person = await self.person(owner)
        for one in await self.boundaries.of(person):
            await self.boundaries.lift(person, one.id)

    async def part(self, one: str, other: str) -> None:
        await self.parted(await self.person(one), await self.person(other))

    async def leave(self, name: str) -> None:
        await self.people.leave(await self.person(name), HERE, self.now)

    async def erase(self, name: str) -> None:
        """As erasure does: first the parting from everyone, then what is left of theirs."""
        person = await self.person(name)

        async def erase(tx: Tx) -> None:
            await self.events.publish(tx, PersonParted(self.now, person))
            await self.pairs.erase(tx, person, self.now)

        await self.db.write(erase)

    # -- what is left of it ---------------------------------------------------------------------

    async def kinds(self, name: str) -> list[str]:
        """The lines about pairs that are listed for them, without the slice's name."""
        listed = [line.kind for line in await self.lines(name) if line.kind.startswith("pairs.")]
        return sorted(kind.removeprefix("pairs.") for kind in listed)

    async def standing(self) -> list[OutboxMessage]:
        """Every line about pairs that stands, of anybody, held ones too."""
        return await self.db.read(_standing)

    async def alarms(self) -> dict[tuple[str, str], datetime]:
        """When each (kind, subject) of pairs is due."""
        rows = await self.db.read(lambda tx: tx.all(select(agenda).where(agenda.c.kind.like("pairs.%"))))
        assert all(row.parked is None for row in rows)
        return {(row.kind, row.subject): row.due_at for row in rows}

    async def stored(self, id: str) -> Pair | None:
        return await self.db.read(lambda tx: store.get(tx, id))

    async def side(self, name: str, id: str) -> Side:
        person = await self.person(name)
        found = await self.db.read(lambda tx: side_store.of(tx, id, person))
        assert found is not None
        return found

    async def asked(self, name: str, id: str) -> list[CheckIn]:
        """All their check-ins in this pair, the oldest first."""
        mine = await self.person(name)
        every = await self.db.read(lambda tx: check_in_store.of_pair(tx, id))
        return sorted((one for one in every if one.person == mine), key=lambda one: one.day)

    async def count(self) -> tuple[int, ...]:
        """Rows of pairs, of sides, of check-ins, of changes; and the keys of their texts."""
        return await self.db.read(_count)

    async def keys(self, id: str) -> set[str]:
        """Whose words, and whose notes, can still be opened."""
        rows = await self.db.read(lambda tx: tx.all(select(data_keys.c.case, data_keys.c.author)))
        return {f"{row.author} {row.case.removeprefix(id)}" for row in rows if row.case.startswith(id)}

    async def sealed(self, table: Table, column: str) -> list[bytes]:
        """What still stands in a column of sealed texts."""
        rows = await self.db.read(lambda tx: tx.all(select(table.c[column])))
        return [row[0] for row in rows if row[0] is not None]


def words_of(name: str) -> PairText:
    return PairText(f"{name} aims", f"{name} shows", f"say this to {name}", "Berlin")


def utc(*at: int) -> datetime:
    return datetime(*at, tzinfo=UTC)  # type: ignore[misc,arg-type]  # mypy cannot see how many come


async def _standing(tx: Tx) -> list[OutboxMessage]:
    rows = await tx.all(select(outbox).where(outbox.c.ended_at.is_(None), outbox.c.kind.like("pairs.%")))
    return [
        OutboxMessage(
            row.id, PersonId(row.person), row.kind, row.subject, row.server, row.other,
            MessageState(row.state),
            row.made_at, row.nonce, row.due_at,
        )
        for row in rows
    ]  # fmt: skip


async def _count(tx: Tx) -> tuple[int, ...]:
    counted: Sequence[int] = [await tx.scalar(select(func.count()).select_from(table)) for table in TABLES]
    # A draft's, a pair's and its notes' keys are kept under the pair's id; a person's under theirs.
    keys = select(func.count()).select_from(data_keys).where(data_keys.c.case.not_like("person:%"))
    return (*counted, await tx.scalar(keys))


__all__ = ["BERLIN", "HERE", "MEMORY", "SUNDAYS", "Town", "utc", "words_of"]
