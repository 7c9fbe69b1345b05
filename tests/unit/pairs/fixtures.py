"""A test harness for pairs: two people who each want to change something, and are asked about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, func, select

from bot.delivery.outbox_message import MessageState, OutboxMessage
from bot.delivery.tables import outbox
from bot.events import PersonParted
from bot.ids import PersonId
from bot.pairs import check_in_store, side_store, store
from bot.pairs.check_in import CheckIn, CheckInStatus, Wish
from bot.pairs.models import About, Pair, PairText, Side
from bot.pairs.queries import CheckInView, PairDraft, PairView, Shared, Wished
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import changes, check_ins, pairs, sides
from bot.reports.models import Passage
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

SUNDAYS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
"""Sundays at 18:00, twelve times. The clock starts on Wednesday, 7 January 2026, at 12:00 UTC."""
BERLIN = "Europe/Berlin"
TABLES = (pairs, sides, check_ins, changes)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A file system in memory, if there is one, so that thousands of commits don't wait for a disk."""


class Harness(PodHarness):
    """The harness of the pods, with methods for pairs. Timers run when due, unless the bot is off."""

    async def wait(self, **span: float) -> None:
        """Let time pass; each timer runs at the time at which it is due."""
        await self.wait_until(self.now + timedelta(**span))

    async def wait_until(self, at: datetime | None) -> None:
        assert at is not None
        while (due := await self.agenda.next_due()) is not None and due <= at:
            self.now = max(due, self.now)
            await self.agenda.run_due(self.now)
        self.now = max(at, self.now)

    async def sleep_until(self, at: datetime) -> None:
        """Let the bot be off until then; when it starts again, it handles at once what is due."""
        self.now = at
        await self.agenda.run_due(self.now)

    # -- before a pair runs ---------------------------------------------------------------------

    async def begin(self, by: str, whom: str | None, schedule: PairSchedule = SUNDAYS) -> PairDraft:
        discord_user = None if whom is None else self.discord_user(whom)
        return await self.pairs.proposals.begin(await self.person(by), HERE, schedule, discord_user, self.now)

    async def write(
        self,
        by: str,
        id: str,
        words: PairText | None = None,
        zone: str = BERLIN,
        about: About | None = About.HABIT,
    ) -> None:
        """Write their part of the form; it contains their name, so that it can be recognised."""
        words = words or words_of(by)
        await self.pairs.proposals.write(await self.person(by), id, words, zone, about)

    async def send(self, by: str, id: str) -> Pair:
        return await self.pairs.proposals.send(await self.person(by), id, self.now)

    async def propose(self, by: str, whom: str, schedule: PairSchedule = SUNDAYS, zone: str = BERLIN) -> str:
        """Send a proposal. Return its id."""
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
        """Start a pair, with every message about it read. Return its id."""
        await self.person(other)
        id = await self.propose(one, other, schedule, zones[0])
        await self.accept(other, id, zones[1])
        await self.read(one, "pairs.begun", id)
        return id

    async def waiting(self, name: str) -> list[tuple[str, str]]:
        """Return (id, state) of every pair that they can open."""
        return [
            (pair.id, pair.state.value)
            for pair, _ in await self.pairs.queries.of(await self.person(name), HERE)
        ]

    # -- a pair ---------------------------------------------------------------------------------

    async def view(self, name: str, id: str) -> PairView:
        return await self.pairs.queries.show(await self.person(name), id, self.now)

    async def read_for_a_report(self, name: str, id: str) -> Passage | None:
        """Return what the partner wrote, if they can report it."""
        person = await self.person(name)
        return await self.db.read(lambda tx: self.pairs.sharing.aims_passage(tx, person, id))

    async def read(self, name: str, kind: str, subject: str) -> None:
        await self.pairs.read(await self.person(name), kind, subject, self.now)

    async def end(self, name: str, id: str) -> None:
        await self.pairs.end(await self.person(name), id, self.now)

    async def pause(self, name: str, id: str, days: int = 14) -> PairView:
        return await self.pairs.pauses.pause(await self.person(name), id, days, self.now)

    async def resume(self, name: str, id: str) -> PairView:
        return await self.pairs.pauses.resume(await self.person(name), id, self.now)

    async def put(self, name: str, id: str, schedule: PairSchedule) -> PairView:
        """Choose another schedule and suggest it to the partner."""
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
        """Let time pass until they are asked again."""
        await self.wait_until((await self.view(name, id)).side.next_at)
        return await self.check_in(name, id)

    async def check_in(self, name: str, id: str) -> CheckIn:
        """Return their newest check-in, which can be answered."""
        found = (await self.view(name, id)).open_check_in
        assert found is not None
        return found

    async def mark(self, name: str, one: CheckIn, status: CheckInStatus = CheckInStatus.HARD) -> CheckInView:
        return await self.pairs.check_ins.mark(await self.person(name), one.id, status, self.now)

    async def tonight(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.ask_tonight(await self.person(name), one.id, self.now)

    async def reopen(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.open(await self.person(name), one.id, self.now)

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

    async def hear(self, name: str, one: CheckIn) -> CheckInView:
        return await self.pairs.check_ins.hear(await self.person(name), one.id, self.now)

    async def wished(self, name: str, one: CheckIn) -> Wished:
        return await self.pairs.sharing.wished(await self.person(name), one.id)

    async def answer(self, name: str, one: CheckIn, wish: Wish) -> Wished:
        return await self.pairs.sharing.answer(await self.person(name), one.id, wish, self.now)

    async def shared(self, name: str, id: str, number: int = 0) -> Shared:
        """Read what the partner shared."""
        return await self.pairs.sharing.shared(await self.person(name), id, number, self.now)

    # -- what happens around them ---------------------------------------------------------------

    async def apart(self, owner: str, other: str) -> None:
        """Set a boundary; the parting that follows from it has not happened yet."""
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def lift(self, owner: str) -> None:
        person = await self.person(owner)
        for one in await self.boundaries.of(person):
            await self.boundaries.lift(person, one.id)

    async def part(self, one: str, other: str) -> None:
        await self.ends_with(await self.person(one), await self.person(other))

    async def leave(self, name: str) -> None:
        await self.people.leave(await self.person(name), HERE, self.now)

    async def erase(self, name: str) -> None:
        """Erase them: first part them from everyone, then delete what is left of theirs."""
        person = await self.person(name)

        async def erase(tx: Tx) -> None:
            await self.events.publish(tx, PersonParted(self.now, person))
            await self.pairs.privacy.erase(tx, person, self.now)

        await self.db.write(erase)

    # -- what is left of it ---------------------------------------------------------------------

    async def kinds(self, name: str) -> list[str]:
        """Return the kinds of messages about pairs that /inbox lists for them, without `pairs.`."""
        listed = [message.kind for message in await self.messages(name) if message.kind.startswith("pairs.")]
        return sorted(kind.removeprefix("pairs.") for kind in listed)

    async def standing(self) -> list[OutboxMessage]:
        """Return every open message about pairs, to anybody, including withheld ones."""
        return await self.db.read(_standing)

    async def timers(self) -> dict[tuple[str, str], datetime]:
        """Return when each timer of pairs, as (kind, subject), is due."""
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
        """Return all their check-ins in this pair, oldest first."""
        mine = await self.person(name)
        every = await self.db.read(lambda tx: check_in_store.of_pair(tx, id))
        return sorted((one for one in every if one.person == mine), key=lambda one: one.day)

    async def count(self) -> tuple[int, ...]:
        """Count the rows of pairs, sides, check-ins and changes, and the keys of their texts."""
        return await self.db.read(_count)

    async def keys(self, id: str) -> set[str]:
        """Return whose texts and notes can still be decrypted."""
        rows = await self.db.read(lambda tx: tx.all(select(data_keys.c.case, data_keys.c.author)))
        return {f"{row.author} {row.case.removeprefix(id)}" for row in rows if row.case.startswith(id)}

    async def sealed(self, table: Table, column: str) -> list[bytes]:
        """Return what is still stored in a column of sealed texts."""
        rows = await self.db.read(lambda tx: tx.all(select(table.c[column])))
        return [row[0] for row in rows if row[0] is not None]


def words_of(name: str) -> PairText:
    return PairText(f"{name} aims", f"{name} shows", f"say this to {name}", "Berlin")


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
    # Keys of a draft, a pair and its notes are stored under the pair's id; a person's keys under theirs.
    keys = select(func.count()).select_from(data_keys).where(data_keys.c.case.not_like("person:%"))
    return (*counted, await tx.scalar(keys))


__all__ = ["BERLIN", "HERE", "MEMORY", "SUNDAYS", "Harness", "words_of"]
