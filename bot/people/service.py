"""People: their ids, their names, and their Discord accounts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import randbelow

from msgspec import Struct

from bot.events import PersonParted, ServerForgotten
from bot.ids import PersonId, ServerId, new_id
from bot.people import store
from bot.people.labels import Name, Stored, in_full, labels
from bot.people.models import DiscordUser, Person
from bot.people.store import Around, Circle, NameRow
from bot.people.strangers import Strangers
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, Cell, SealedText


class Address(Struct, frozen=True):
    """Where a direct message is sent: the account, and the DM channel if one was opened before."""

    discord_id: int
    channel_id: int | None


Met = Mapping[PersonId, datetime | None]
"""The people whose names something shows, each with its time; None if it concerns them as they are here now.

What is kept after somebody has left names its time, so that it stays without their name if they come back.
"""
RETURNS_WITHIN = timedelta(days=28)
"""Until when a name that came back is shown again in a list of boundaries: at a random time, a day later
at the soonest."""
_FINGERS = "fingers"
FIRST_CHECK = 14
"""On one day in so many, at random, a name is first checked that others gave before its owner came."""


class People:
    """Turns Discord accounts into PersonIds and back. Nothing else does that."""

    finger_table = store.FINGERS
    """The fingers of accounts with their PersonIds, for the store of boundaries to select from."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._vault = context.vault
        self._events = context.events
        self._around: Around | None = None
        self.strangers = Strangers(context)

    # -- people and their accounts --------------------------------------------------------------

    async def meet(self, discord_user: DiscordUser, now: datetime) -> PersonId:
        """Return the person who is using the bot. Writes only if they are new there.

        A name that is known stays as it is until Discord is asked for it. Otherwise others would see by
        somebody's new name that they have just used the bot.
        """
        known = await self._recognise(discord_user)
        return known if known is not None else await self._greet(discord_user, now)

    @reads
    async def _recognise(self, tx: Tx, discord_user: DiscordUser) -> PersonId | None:
        if discord_user.server is None:
            return await self.find(tx, discord_user.discord_id)
        return await store.recognised(tx, self._finger(discord_user.discord_id), discord_user.server)

    @writes
    async def _greet(self, tx: Tx, discord_user: DiscordUser, now: datetime) -> PersonId:
        finger = self._finger(discord_user.discord_id)
        person = await store.by_finger(tx, finger)
        if person is None:
            person = await store.stranger(tx, finger) or PersonId(new_id())
            sealed = await self._vault.seal(
                tx, account_cell(person, "discord_id"), str(discord_user.discord_id)
            )
            await store.arrive(tx, person, finger, sealed, now)
        if discord_user.server is not None:
            if await store.name_row(tx, person, discord_user.server) is None:
                await self._name(tx, person, discord_user.server, discord_user, now, came=True, checked=True)
            else:
                await store.come(tx, person, discord_user.server)
        return person

    @reads
    async def to_check(self, tx: Tx) -> set[tuple[ServerId, PersonId]]:
        """Return whose names are to be checked today, with the servers: everybody who has used the bot there.

        What they do, and who names them, changes nothing about it, so that nobody can see it by when a name
        changes. A name that others gave before its owner came can't be checked before, and isn't checked at
        once then: it would tell these others that its owner has just come.
        """
        return {
            (server, person)
            for server, person, checked in await store.to_check(tx)
            if checked or randbelow(FIRST_CHECK) == 0
        }

    @writes
    async def name_checked(self, tx: Tx, person: PersonId, user: DiscordUser, now: datetime) -> None:
        """Record what Discord says that a member is called now, whether or not they have used the bot."""
        if user.server is None:
            return
        row = await store.name_row(tx, person, user.server)
        if row is not None and row.finger == self._name_finger(user):
            await store.check_name(tx, person, user.server, now)
        elif row is not None:
            await self._name(tx, person, user.server, user, now, came=row.came, checked=True)

    async def find(self, tx: Tx, discord_id: int) -> PersonId | None:
        """Return the person of an account; None unless they have used the bot."""
        return await store.by_finger(tx, self._finger(discord_id))

    @reads
    async def of_account(self, tx: Tx, discord_id: int) -> PersonId | None:
        """Return the person of an account, and meet nobody: None unless they have used the bot."""
        return await self.find(tx, discord_id)

    @reads
    async def knows_account(self, tx: Tx, discord_id: int) -> bool:
        """Whether this account has used the bot."""
        return await self.find(tx, discord_id) is not None

    async def someone(self, tx: Tx, discord_user: DiscordUser, now: datetime) -> PersonId:
        """Return the person of an account that somebody else named.

        If they have not used the bot, an id is reserved for them. That makes no row in `people`, so nothing
        is ever sent to them until they use it. A name for which Discord is asked stays as it is: otherwise
        others would see by somebody's new name that they were just named, as by a boundary.
        """
        finger = self._finger(discord_user.discord_id)
        person = await store.by_finger(tx, finger) or await store.stranger(tx, finger)
        if person is None:
            person = PersonId(new_id())
            await store.add_stranger(tx, person, finger)
        if discord_user.server is not None:
            row = await store.name_row(tx, person, discord_user.server)
            if row is None or (row.checked_at is None and row.finger != self._name_finger(discord_user)):
                await self._name(tx, person, discord_user.server, discord_user, now, came=False)
        return person

    async def fingers(self, tx: Tx, persons: Collection[PersonId]) -> dict[PersonId, bytes]:
        """Return a keyed hash of each of these people's accounts, which stays the same under another id.

        Each is looked up once in a transaction.
        """
        known = tx.memo.setdefault(_FINGERS, {})
        if missing := [one for one in persons if one not in known]:
            known |= await store.fingers(tx, missing)
        return {one: known[one] for one in persons if one in known}

    def remember_fingers(self, tx: Tx, fingers: Mapping[PersonId, bytes]) -> None:
        """Let `fingers` return these in this transaction, because another statement has selected them."""
        tx.memo.setdefault(_FINGERS, {}).update(fingers)

    async def fingers_in(self, tx: Tx, server: ServerId) -> dict[PersonId, bytes]:
        """Return the same for everybody who has a name in that server."""
        return await store.fingers(tx, await store.named_in(tx, server))

    async def get(self, tx: Tx, person: PersonId) -> Person:
        """Return their settings, which are the defaults if they have not used the bot."""
        return await store.get(tx, person) or Person(person)

    @reads
    async def is_minor(self, tx: Tx, person: PersonId) -> bool:
        """Whether they said that they are under 18."""
        return (await self.get(tx, person)).minor

    async def these(self, tx: Tx, persons: Collection[PersonId]) -> dict[PersonId, Person]:
        """Return the settings of many people, with one query."""
        found = {person.id: person for person in await store.these(tx, persons)}
        return {one: found.get(one) or Person(one) for one in persons}

    # -- what they are called -------------------------------------------------------------------

    def knows(self, *circles: Circle) -> None:
        """Register which people somebody has to do with, so that namesakes can be told apart."""
        self._around = store.names_around(circles)

    async def labels(self, tx: Tx, reader: PersonId, server: ServerId, persons: Met) -> dict[PersonId, str]:
        """Return their labels in that server, without people who have no name there, or had none before.

        They are told apart from one another, and from everybody else whom the reader has to do with.
        """
        named, known = await self._named_around(tx, reader, persons)
        there = {one: named[server, one] for one in persons if (server, one) in named}
        shown = {one: stored.name for one, stored in there.items() if stored.stands_in(persons[one])}
        return labels(shown, known)

    async def labels_among(
        self, tx: Tx, server: ServerId, persons: Collection[PersonId]
    ) -> dict[PersonId, str]:
        """Return their labels in that server, told apart from one another alone, for any reader."""
        named = self._named(await store.name_rows(tx, server, persons))
        return labels({person: stored.name for (_, person), stored in named.items()})

    async def labels_in_full(
        self, tx: Tx, server: ServerId, persons: Collection[PersonId]
    ) -> dict[PersonId, str]:
        """Return their labels with usernames, for readers who may have nothing to do with them."""
        named = self._named(await store.name_rows(tx, server, persons))
        return {person: in_full(stored.name) for (_, person), stored in named.items()}

    @reads
    async def labels_across(
        self,
        tx: Tx,
        reader: PersonId,
        servers: Sequence[ServerId],
        persons: Met,
        now: datetime | None = None,
    ) -> dict[PersonId, str]:
        """Return one label for each person who has a name in one of the servers; the last of them counts.

        now: a name that was gone is shown again some time after its owner came back.
        """
        named, known = await self._named_around(tx, reader, persons)
        found = {
            one: named[server, one].name
            for server in servers
            for one, at in persons.items()
            if (server, one) in named and named[server, one].stands_in(at, now=now)
        }
        return labels(found, known)

    @reads
    async def called(
        self, tx: Tx, reader: PersonId, server: ServerId, person: PersonId, at: datetime | None
    ) -> str | None:
        """Return a person's label in that server; None if they have no name there, or had none since `at`."""
        return (await self.labels(tx, reader, server, {person: at})).get(person)

    async def _named_around(
        self, tx: Tx, reader: PersonId, persons: Collection[PersonId]
    ) -> tuple[dict[tuple[ServerId, PersonId], Stored], list[tuple[PersonId, Name]]]:
        """Return the names of these people in every server, and the names of everybody the reader knows."""
        assert self._around is not None, "wiring has registered no circles"
        rows = await store.name_rows_around(tx, self._around, reader, persons)
        named = self._named(one.name for one in rows)
        # As long as a name isn't shown, it changes no namesake's label either.
        known = {
            one.key for one in rows if one.known and one.key in named and named[one.key].stands_in(one.at)
        }
        return named, [(person, named[server, person].name) for server, person in known]

    def _named(self, rows: Iterable[NameRow]) -> dict[tuple[ServerId, PersonId], Stored]:
        """Open the names in these rows, without those whose key was dropped."""
        named: dict[tuple[ServerId, PersonId], Stored] = {}
        for row in rows:
            if (row.server, row.person) in named:
                continue
            shown, username = (
                self._vault.open(name_cell(row.person, row.server, column, row.revision), sealed)
                for column, sealed in (("name", row.name), ("username", row.username))
            )
            if shown is not None:
                name = Name(shown, username or "")
                named[row.server, row.person] = Stored(name, row.since, self._returns_at(row))
        return named

    def _returns_at(self, row: NameRow) -> datetime | None:
        """Return a random time for this coming back, the same each time.

        It must not depend on whether they were known before: they may have left, or have been erased.
        """
        if row.since is None:
            return None
        drawn = self._vault.finger("returns", row.person, str(row.server), row.since.isoformat())
        day = timedelta(days=1)
        return row.since + day + (RETURNS_WITHIN - day) * (int.from_bytes(drawn[:4]) / 2**32)

    # -- their servers --------------------------------------------------------------------------

    async def servers(self, tx: Tx, person: PersonId) -> list[ServerId]:
        """Return the servers where they have used the bot."""
        return await store.servers(tx, person)

    @reads
    async def servers_of(self, tx: Tx, person: PersonId) -> list[ServerId]:
        return await self.servers(tx, person)

    # -- where to write to them -----------------------------------------------------------------

    @reads
    async def address(self, tx: Tx, person: PersonId) -> Address | None:
        """Return where to send direct messages to them; None if they have not used the bot."""
        return await self._address(tx, person)

    async def where(self, tx: Tx, person: PersonId) -> Address | None:
        """Return the same, in the caller's transaction."""
        return await self._address(tx, person)

    async def dm_channel(self, tx: Tx, person: PersonId) -> int | None:
        """Return the id of the DM channel that was opened to them; None if there is none."""
        address = await self._address(tx, person)
        return None if address is None else address.channel_id

    @reads
    async def dm_channel_of(self, tx: Tx, person: PersonId) -> int | None:
        return await self.dm_channel(tx, person)

    async def _address(self, tx: Tx, person: PersonId) -> Address | None:
        row = await store.address(tx, person)
        if row is None:
            return None
        account, channel = (
            self._vault.open(account_cell(person, name), SealedText.of(row, name))
            for name in ("discord_id", "dm_channel")
        )
        return None if account is None else Address(int(account), None if channel is None else int(channel))

    @writes
    async def keep_channel(self, tx: Tx, person: PersonId, channel_id: int) -> None:
        """Remember the DM channel that was opened to them, unless they were erased while it was opened."""
        if await store.get(tx, person) is None:
            return
        sealed = await self._vault.seal(tx, account_cell(person, "dm_channel"), str(channel_id))
        await store.change(tx, person, dm_channel=sealed)

    @writes
    async def forget_channel(self, tx: Tx, person: PersonId) -> None:
        """Forget their DM channel, because Discord doesn't know it any more. Another one can be opened."""
        await store.change(tx, person, dm_channel=None)

    @writes
    async def leave(self, tx: Tx, person: PersonId, server: ServerId, now: datetime) -> None:
        """Record that they left the server, which ends everything that they have with others there."""
        await self._events.publish(tx, PersonParted(now, person, server=server))
        await store.leave(tx, person, server)

    @writes
    async def delete_account(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Record that their account was deleted on Discord: as if they had left every server."""
        for server in await store.everywhere(tx, person):
            await self._events.publish(tx, PersonParted(now, person, server=server))
            await store.leave(tx, person, server)

    async def everyone(self, tx: Tx) -> list[PersonId]:
        """Return everybody who has an id: people who used the bot, and those whom others have named."""
        return await store.everyone(tx)

    async def places(self, tx: Tx) -> list[ServerId]:
        """Return every server in which anybody has a name."""
        return await store.places(tx)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete people's names in the server. The people and their settings stay."""
        await store.forget_server(tx, event.server)

    # -- inside ---------------------------------------------------------------------------------

    def _finger(self, discord_id: int) -> bytes:
        return self._vault.finger("account", str(discord_id))

    def _name_finger(self, user: DiscordUser) -> bytes:
        return self._vault.finger("name", user.name, user.username)

    async def _name(
        self,
        tx: Tx,
        person: PersonId,
        server: ServerId,
        user: DiscordUser,
        now: datetime,
        *,
        came: bool,
        checked: bool = False,
    ) -> None:
        """Store what they are called there, also in place of what they were called before.

        checked: Discord has said it.
        """
        finger = self._name_finger(user)
        row = await store.name_row(tx, person, server)
        revision = 0 if row is None else row.revision + 1
        name = await self._vault.seal(tx, name_cell(person, server, "name", revision), user.name)
        username = None
        if user.username:
            cell = name_cell(person, server, "username", revision)
            username = await self._vault.seal(tx, cell, user.username)
        await store.keep_name(
            tx, person, server, finger, name, username, revision, came, now, checked=checked
        )


def account_cell(person: PersonId, column: str) -> Cell:
    """Return the place of a sealed column of `people`."""
    return Cell(PERSON_CASE + person, person, "people", column, person)


def name_cell(person: PersonId, server: ServerId, column: str, revision: int) -> Cell:
    """Return the place of a sealed column of `names`."""
    return Cell(PERSON_CASE + person, person, "names", column, f"{person}/{server}", revision)
