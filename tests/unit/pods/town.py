"""A town: real services on a real file, and people in it by name."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.boundaries.service import Boundaries
from bot.delivery.outbox import Line, Outbox
from bot.ids import PersonId, ServerId
from bot.people.model import Passer
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.pods.model import Pod, Sent
from bot.pods.service import Pods
from bot.servers.service import Servers
from bot.storage.database import Database
from bot.storage.migrate import empty
from bot.storage.tx import Tx
from bot.timing.agenda import Agenda
from bot.vault.keyring import Keyring
from bot.vault.sealing import Vault

HERE = ServerId(77)
NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


@dataclass
class Town:
    """Everybody is called by a name; `now` moves by `wait`, and what is due happens."""

    path: Path
    ring: Keyring = field(default_factory=Keyring.fresh)
    now: datetime = NOON
    accounts: dict[str, int] = field(default_factory=dict)

    async def open(self) -> None:
        if not self.path.exists():
            # To make the tables anew took four fifths of the way to a town.
            self.path.write_bytes(empty())
        self.db = Database(self.path)
        await self.db.open()
        vault = Vault(self.ring)
        self.agenda = Agenda(self.db)
        self.outbox = Outbox()
        self.people = People(self.db, vault)
        self.preferences = Preferences(self.db, self.people)
        self.servers = Servers(self.db, self.people, self.agenda)
        self.boundaries = Boundaries(self.db, vault, self.people, self.agenda, self.outbox)
        self.pods = Pods(self.db, self.people, self.servers, self.boundaries, self.agenda, self.outbox)

    async def close(self) -> None:
        await self.db.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    def passer(self, name: str) -> Passer:
        return Passer(self.accounts.setdefault(name, 1000 + len(self.accounts)), name, HERE)

    async def person(self, name: str) -> PersonId:
        return await self.people.meet(self.passer(name), self.now)

    async def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
        await self.agenda.run_due(self.now)

    async def invite(self, by: str, whom: str) -> Sent:
        return await self.pods.invite(await self.person(by), HERE, self.passer(whom), self.now)

    async def pod(self, name: str) -> Pod:
        return await self.pods.show(await self.person(name), HERE, self.now)

    async def lines(self, name: str) -> list[Line]:
        person = await self.person(name)
        return await self.db.read(lambda tx: self.outbox.listed(tx, person))

    async def read_all(self, name: str) -> None:
        """They open what waits for them, one by one."""
        for line in await self.lines(name):
            await self.db.write(partial(self._close, line.subject))

    async def _close(self, subject: str, tx: Tx) -> None:
        await self.outbox.close(tx, subject, self.now)

    async def available(self, name: str) -> set[PersonId]:
        person = await self.person(name)
        found = await self.db.read(lambda tx: self.pods.available(tx, person, HERE, self.now))
        return set(found)

    async def tie(self, owner: str, member: str) -> str:
        """The member agrees to be asked by the owner."""
        invitation = await self.invite(owner, member)
        return (await self.pods.accept(await self.person(member), invitation.id, self.now)).id
