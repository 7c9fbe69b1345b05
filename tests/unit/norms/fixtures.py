"""A test harness for norms: the real services on the real schema, with its triggers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Table, func, select, update

from bot.delivery.channel_posts import ChannelPost
from bot.delivery.tables import posts as post_rows
from bot.ids import PersonId, ServerId
from bot.norms import notifications, posts, stand_store
from bot.norms.models import Ballot, Norm, Version
from bot.norms.note import NoteKind
from bot.norms.queries import Letter, Put, StandAnswer
from bot.norms.tables import ballots, notes, readers, stands, versions
from bot.people.models import DiscordUser
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.vault.tables import data_keys
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

ELSEWHERE = ServerId(78)
CHANNEL, MODS = 501, 502
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
TABLES = (versions, ballots, stands, notes, readers)


def norm(key: str, says: str = "") -> Norm:
    return Norm(key, key.title(), says or f"We {key}.")


class Harness(PodHarness):
    """`mo` is the moderator whom Plumbline knows. Nothing is posted, because no dispatcher runs."""

    async def settle_in(self) -> None:
        """Set up a server with its two channels and a moderator."""
        mo = await self.person("mo")
        chosen = {"norms_channel": CHANNEL, "mods_channel": MODS}
        await self.servers.change(HERE, mo, self.now, chosen)
        await self.moderate("mo")

    async def moderate(self, name: str) -> None:
        """Let somebody use `/manage`. The person who used it last is the first of the moderators."""
        self.now += timedelta(seconds=1)
        await self.servers.seen_moderating(HERE, await self.person(name), self.now)

    async def elsewhere(self, name: str) -> None:
        """Let somebody use the bot in another server."""
        here = self.discord_user(name)
        await self.people.meet(DiscordUser(here.discord_id, here.name, ELSEWHERE), self.now)

    async def stranger(self, name: str) -> PersonId:
        """Return somebody who is only in another server."""
        account = self.accounts.setdefault(name, 1000 + len(self.accounts))
        return await self.people.meet(DiscordUser(account, name, ELSEWHERE), self.now)

    # -- versions -------------------------------------------------------------------------------

    async def draft(self, *norms: Norm) -> None:
        await self.norms.drafts.adopt(await self.person("mo"), HERE, norms, self.now)

    async def put(self, *norms: Norm, direct: bool = False) -> Version:
        await self.draft(*norms)
        return await self.norms.ballots.put(await self.person("mo"), HERE, self.now, direct=direct)

    async def withdraw(self) -> Version:
        return await self.norms.ballots.withdraw(await self.person("mo"), HERE, self.now)

    async def be_in(self, name: str, version: Version) -> StandAnswer:
        return await self.norms.ballots.be_in(await self.person(name), version.id, self.now)

    async def be_out(self, name: str, version: Version) -> StandAnswer:
        return await self.norms.ballots.be_out(await self.person(name), version.id, self.now)

    async def shown(self, version: Version) -> Put:
        return await self.norms.queries.shown(version.id)

    async def ballot(self, version: Version) -> Ballot:
        return (await self.shown(version)).ballot

    async def counted(self, version: Version) -> tuple[int, int]:
        put = await self.shown(version)
        return put.yes, put.concerns

    async def result_so_far(self, version: Version) -> tuple[int, int]:
        """Return what the vote would count if it ended now, which nobody sees before."""
        return await self.db.read(lambda tx: stand_store.count(tx, version.id))

    async def in_force(self) -> int | None:
        """Return the number of the version in force."""
        found = await self.db.read(lambda tx: self.norms.in_force(tx, HERE))
        return None if found is None else found.number

    # -- notes ----------------------------------------------------------------------------------

    async def begin(self, name: str, version: Version | None = None) -> Letter:
        """Begin a concern about a version, or a suggestion if no version is given."""
        kind = NoteKind.SUGGESTION if version is None else NoteKind.CONCERN
        about = None if version is None else version.id
        return await self.norms.notes.begin(await self.person(name), HERE, kind, about, self.now)

    async def write(self, name: str, id: str, text: str) -> Letter:
        return await self.norms.notes.write(await self.person(name), id, text, self.now)

    async def send(self, name: str, id: str, *, text: bool = True) -> Letter:
        return await self.norms.notes.send(await self.person(name), id, self.now, text=text)

    async def tell(self, name: str, version: Version | None = None, text: str = "hm") -> str:
        """Send a concern or a suggestion. Return its id."""
        id = (await self.begin(name, version)).note.id
        await self.write(name, id, text)
        return (await self.send(name, id)).note.id

    async def take_back(self, name: str, id: str) -> None:
        await self.norms.notes.take_back(await self.person(name), id, self.now)

    async def waiting(self, name: str) -> list[Letter]:
        return [*(await self.norms.inbox.letters(await self.person(name), HERE)).waiting]

    async def done(self, name: str, id: str) -> None:
        await self.norms.inbox.done(await self.person(name), HERE, id, self.now)

    async def told_of_notes(self, name: str) -> list[str]:
        """Return the states of the messages that told them of a note, the oldest first."""
        found = [one for one in await self.messages(name) if one.kind == notifications.WAITS]
        assert all((one.subject, one.other) == (str(HERE), None) for one in found)
        return [one.state.value for one in found]

    async def named(self, letter: Letter) -> dict[str, bool]:
        """Return the moderators whom a note names, and whether each of them is ticked to read it."""
        return {name: one in letter.ticked for one, name in letter.readers.items()}

    # -- people leaving, posts, rows ------------------------------------------------------------

    async def leave(self, name: str) -> None:
        await self.people.leave(await self.person(name), HERE, self.now)

    async def erase(self, name: str) -> None:
        await self.parted(await self.person(name))

    async def posts(self, kind: str, subject: str = "") -> list[ChannelPost]:
        """Return the channel posts of a kind, oldest first."""
        rows = await self.db.read(
            lambda tx: tx.all(select(post_rows).where(post_rows.c.kind == kind).order_by(post_rows.c.made_at))
        )
        return [ChannelPost(**row._mapping) for row in rows if subject in ("", row.subject)]

    async def stands(self, kind: str, subject: str, message_id: int = 9001) -> None:
        """Record that the dispatcher has posted what waited of that kind, in its newest form."""

        async def put_up(tx: Tx) -> None:
            for post in await _about(tx, kind, subject):
                shown = post.stands(message_id, post.wanted, self.now)._asdict()
                await tx.execute(update(post_rows).where(post_rows.c.id == post.id).values(shown))

        await self.db.write(put_up)

    async def renewed(self, version: Version) -> bool:
        """Return whether the message of a version must be edited."""
        [post] = await self.posts(posts.BALLOT, version.id)
        return post.due_at is not None

    async def count(self, *tables: Table) -> tuple[int, ...]:
        async def look(tx: Tx) -> tuple[int, ...]:
            return tuple([await tx.scalar(select(func.count()).select_from(one)) for one in tables or TABLES])

        return await self.db.read(look)

    async def keys(self, id: str) -> int:
        """Count the keys that open a note's text."""
        found = await self.db.read(lambda tx: tx.all(select(data_keys).where(data_keys.c.case == id)))
        return len(found)

    async def timers(self, kind: str) -> list[str]:
        rows = await self.db.read(lambda tx: tx.all(select(agenda).where(agenda.c.kind == kind)))
        assert all(row.parked is None for row in rows)
        return [row.subject for row in rows]


async def _about(tx: Tx, kind: str, subject: str) -> list[ChannelPost]:
    rows = await tx.all(select(post_rows).where(post_rows.c.kind == kind, post_rows.c.subject == subject))
    return [ChannelPost(**row._mapping) for row in rows]


__all__ = ["CHANNEL", "ELSEWHERE", "HERE", "MEMORY", "MODS", "Harness", "norm"]


T = TypeVar("T", bound=Harness)


@asynccontextmanager
async def settled(kind: type[T]) -> AsyncIterator[T]:
    """Yield a harness on a file of its own, with two channels and a moderator."""
    with TemporaryDirectory(dir=MEMORY) as place:
        path = Path(place) / "test.db"
        harness = kind(path)
        await harness.open()
        await harness.settle_in()
        yield harness
        await harness.close()
