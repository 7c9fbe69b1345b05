"""A test harness for reports and bars: asks, pods and pairs between friends, and moderators who read."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Table, delete, func, select

from bot.asks.tables import askings
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.tables import posts
from bot.ids import PersonId, ServerId
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from bot.people.tables import names, people
from bot.reports.bars import BarView
from bot.reports.models import PassageKind
from bot.reports.moderator_queue import Queued
from bot.reports.queries import FiledReport, ReportView
from bot.reports.tables import bars, quotas, readers, reports
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.asks.fixtures import Harness as AskHarness
from tests.unit.pods.fixtures import HERE

ELSEWHERE = ServerId(78)
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
SUNDAYS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
TABLES = (reports, readers, bars)


class Harness(AskHarness):
    """Ana is the asker, Ben was asked. `mo` and `zoe` are the moderators whom Plumbline knows."""

    async def open(self) -> None:
        await super().open()
        self.reports = self.services.reports

    async def settle_in(self) -> None:
        for name in ("zoe", "mo"):
            await self.moderate(name)
        await self.tie("Ana", "Ben")

    async def moderate(self, name: str) -> None:
        """Let somebody use `/manage`. The person who used it last is the first of the moderators."""
        self.now += timedelta(seconds=1)
        await self.servers.seen_moderating(HERE, await self.person(name), self.now)

    async def elsewhere(self, name: str) -> PersonId:
        """Return somebody who is only in another server."""
        account = self.accounts.setdefault(name, 1000 + len(self.accounts))
        return await self.people.meet(DiscordUser(account, name, ELSEWHERE), self.now)

    # -- what can be reported -------------------------------------------------------------------

    async def asked(self) -> str:
        """Let Ana ask Ben, who reads it. Return the id of his part in it."""
        ask = await self.ask("Ana", "Ben")
        await self.read_it(ask, "Ben")
        return await self.asking(ask, "Ben")

    async def answered(self) -> str:
        """Let Ben answer Ana, who reads it. Return the id of his part in the ask."""
        ask = await self.ask("Ana", "Ben")
        await self.answer(ask, "Ben")
        await self.read(ask)
        return await self.asking(ask, "Ben")

    async def paired(self) -> str:
        """Make a running pair of Ana and Ben. Return its id."""
        ana, ben, proposals = await self.person("Ana"), await self.person("Ben"), self.pairs.proposals
        id = (await proposals.begin(ana, HERE, SUNDAYS, self.discord_user("Ben"), self.now)).pair.id
        for person in (ana, ben):
            text = PairText(f"aim of {person}", "signs", "words", "UTC")
            await proposals.write(person, id, text, "UTC")
            await proposals.send(person, id, self.now)
        return id

    async def noted(self) -> str:
        """Let Ana share a note with Ben, who reads it. Return the id of the check-in."""
        ana, id = await self.person("Ana"), await self.paired()
        await self.wait(days=5)
        one = (await self.pairs.queries.show(ana, id, self.now)).open_check_in
        assert one is not None
        await self.pairs.check_ins.mark(ana, one.id, CheckInStatus.HARD, self.now)
        await self.pairs.check_ins.note(ana, one.id, "you will regret it", self.now)
        await self.pairs.check_ins.share(ana, one.id, self.now)
        await self.pairs.sharing.shared(await self.person("Ben"), id, 0, self.now)
        return one.id

    # -- the reporter ---------------------------------------------------------------------------

    async def report(self, by: str, kind: PassageKind, row: str) -> ReportView:
        return await self.reports.begin(await self.person(by), kind, row, self.now)

    async def reopen(self, by: str, id: str) -> ReportView:
        return await self.reports.open(await self.person(by), id)

    async def reason(self, by: str, id: str, text: str = "It is a threat.") -> ReportView:
        return await self.reports.write(await self.person(by), id, text, self.now)

    async def file(self, by: str, id: str) -> ReportView:
        """Send a report."""
        return await self.reports.send(await self.person(by), id, self.now)

    async def reported(self) -> str:
        """Let Ben report Ana's ask to both moderators. Return the report's id."""
        id = (await self.report("Ben", PassageKind.ASK, await self.asked())).report.id
        await self.reason("Ben", id)
        await self.file("Ben", id)
        return id

    async def reads(self, view: ReportView) -> dict[str, bool]:
        """Return the moderators whom a report names, and whether each of them is ticked to read it."""
        return {name: one in view.ticked for one, name in view.readers.items()}

    async def only(self, by: str, id: str, *whom: str) -> ReportView:
        """Leave only these moderators ticked."""
        chosen = [await self.person(name) for name in whom]
        return await self.reports.read_by(await self.person(by), id, chosen)

    # -- moderators -----------------------------------------------------------------------------

    async def queue(self, name: str, server: ServerId = HERE) -> Queued:
        return await self.reports.queue.all(await self.person(name), server)

    async def filed(self, name: str, id: str, server: ServerId = HERE) -> FiledReport:
        return await self.reports.queue.read(await self.person(name), server, id, self.now)

    async def done(self, name: str, id: str) -> FiledReport:
        return await self.reports.queue.done(await self.person(name), HERE, id, self.now)

    async def open_again(self, name: str, id: str) -> FiledReport:
        return await self.reports.queue.open_again(await self.person(name), HERE, id)

    async def told(self, name: str) -> list[OutboxMessage]:
        """Return the messages about reports and bars that wait for somebody."""
        return [one for one in await self.messages(name) if one.kind.startswith("reports.")]

    async def propose_bar(self, by: str, whom: str, reason: str = "He threatens people.") -> BarView:
        user = self.discord_user(whom)
        return await self.reports.bars.propose_for(await self.person(by), HERE, user, reason, self.now)

    async def propose_from(
        self, by: str, report: str, reason: str = "A threat.", server: ServerId = HERE
    ) -> BarView:
        return await self.reports.bars.propose_from(await self.person(by), server, report, reason, self.now)

    async def confirm(self, by: str, id: str) -> BarView:
        return await self.reports.bars.confirm(await self.person(by), HERE, id, self.now)

    async def lift(self, by: str, id: str) -> BarView:
        return await self.reports.bars.lift(await self.person(by), HERE, id, self.now)

    async def bars_seen(self, name: str) -> list[BarView]:
        return await self.reports.bars.every(await self.person(name), HERE)

    async def barred(self, whom: str) -> str:
        """Let both moderators bar somebody. Return the bar's id."""
        id = (await self.propose_bar("mo", whom)).bar.id
        await self.confirm("zoe", id)
        return id

    async def log(self) -> list[tuple[str, str, str]]:
        """Return what the server's log says: who, what, and about which bar."""
        entries = await self.servers.log.every(HERE)
        names = await self.servers.log.names(HERE, entries)
        return [
            (names.get(one.who, ""), one.setting, one.now if one.was == "_" else one.was) for one in entries
        ]

    # -- what is stored -------------------------------------------------------------------------

    async def counts(self, *tables: Table) -> tuple[int, ...]:
        async def look(tx: Tx) -> tuple[int, ...]:
            return tuple([await tx.scalar(select(func.count()).select_from(one)) for one in tables])

        return await self.db.read(look)

    async def keys(self, *ids: str) -> int:
        """Count the keys that open these reports and bars."""
        wanted = select(data_keys).where(data_keys.c.case.in_(ids))
        return len(await self.db.read(lambda tx: tx.all(wanted)))

    async def reported_by(self, by: str, *, theirs_from: str) -> str:
        """Let somebody report an invitation. Return the report's id."""
        sent = await self.invite(theirs_from, by)
        id = (await self.report(by, PassageKind.INVITATION, sent.id)).report.id
        await self.reason(by, id)
        await self.file(by, id)
        return id

    async def reported_to(self, *readers: str) -> str:
        """Let Ben report Ana's ask to these moderators alone. Return the report's id."""
        id = (await self.report("Ben", PassageKind.ASK, await self.asked())).report.id
        await self.reason("Ben", id)
        await self.only("Ben", id, *readers)
        await self.file("Ben", id)
        return id

    async def erase(self, name: str) -> None:
        """Erase what reports hold about somebody."""
        person = await self.person(name)
        await self.db.write(lambda tx: self.reports.erase(tx, person, self.now))

    async def forget_person(self, name: str) -> None:
        """Delete somebody's row and names, so that they come back under another id."""
        person = await self.person(name)

        async def forget(tx: Tx) -> None:
            await tx.execute(delete(people).where(people.c.id == person))
            await tx.execute(delete(names).where(names.c.person == person))

        await self.db.write(forget)

    async def asking_of(self, name: str) -> str:
        """Return the id of somebody's only part in an ask."""
        person = await self.person(name)
        wanted = select(askings.c.id).where(askings.c.answerer == person)
        return str(await self.db.read(lambda tx: tx.scalar(wanted)))

    async def channel_posts_made(self) -> int:
        [made] = await self.counts(posts)
        return made

    async def rows(self, table: Table) -> Sequence[object]:
        return await self.db.read(lambda tx: tx.all(select(table)))


@asynccontextmanager
async def settled(kind: type[Harness]) -> AsyncIterator[Harness]:
    """Yield a harness on a file of its own, with two moderators and a tie."""
    with TemporaryDirectory(dir=MEMORY) as place:
        harness = kind(Path(place) / "test.db")
        await harness.open()
        await harness.settle_in()
        yield harness
        await harness.close()


__all__ = ["ELSEWHERE", "HERE", "TABLES", "Harness", "quotas", "settled"]
