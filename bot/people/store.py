"""Statements about people, by their random ids. An account is found by an HMAC of its id."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Row,
    Select,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union,
    union_all,
    update,
)

from bot.ids import PersonId, ServerId
from bot.people.models import Person, Quiet
from bot.people.tables import consents, names, people, strangers
from bot.storage.tx import Tx
from bot.storage.upsert import upsert
from bot.vault.sealing import PERSON_CASE, SealedText, with_key

_THOSE: BindParameter[Any] = bindparam("these", expanding=True)
_ONE = select(people).where(people.c.id == bindparam("one"))
_FOUND = select(people.c.id).where(people.c.finger == bindparam("finger"))
_ADDRESS = with_key(
    select(people.c.discord_id, people.c.dm_channel), PERSON_CASE + people.c.id, people.c.id
).where(people.c.id == bindparam("one"))
_NAME = select(names).where(names.c.person == bindparam("one"), names.c.server == bindparam("here"))
_RECOGNISED = (
    select(people.c.id)
    .join(names, (names.c.person == people.c.id) & (names.c.server == bindparam("here")) & names.c.came)
    .where(people.c.finger == bindparam("account"))
)
_THESE = select(people).where(people.c.id.in_(_THOSE))
_EVERY_NAME = with_key(select(names), PERSON_CASE + names.c.person, names.c.person)
_NAMES = _EVERY_NAME.where(names.c.person.in_(_THOSE), names.c.server == bindparam("here"))
Circle = Sequence[Select[Any]]
"""Selects with whom the person bound as `reader` has to do: the columns `server`, `person` and `at` of each.

at: the time of what the reader sees of them; null if it ends when they leave.
"""
Around = Select[Any]
"""What `names_around` returns."""


def names_around(circles: Sequence[Circle]) -> Around:
    """Return the statement for the names of some people and of everybody in a circle, in every server.

    `known` says whether the reader knows the person in that server, and `known_at` by something of when.
    There is a row for each thing by which the reader knows them.
    """
    # Materialized: found once, and not again for each name.
    known = union(*(one for circle in circles for one in circle)).cte("known").prefix_with("MATERIALIZED")
    here = (known.c.person == names.c.person) & (known.c.server == names.c.server)
    return (
        _EVERY_NAME.outerjoin(known, here)
        .where(or_(names.c.person.in_(_THOSE), names.c.person.in_(select(known.c.person))))
        .add_columns(known.c.person.is_not(None).label("known"), known.c.at.label("known_at"))
    )


FINGERS = union_all(
    *(select(table.c.id.label("person"), table.c.finger.label("finger")) for table in (people, strangers))
).subquery("fingers")
"""The fingers of everybody who is known, also of those who have not used the bot."""

_new_name = upsert(names)
# `came` stays true: being named by somebody else does not undo having used the bot.
_KEEP_NAME = _new_name.on_conflict_do_update(
    index_elements=[names.c.person, names.c.server],
    set_={
        "came": or_(names.c.came, _new_name.excluded.came),
        "checked_at": func.coalesce(_new_name.excluded.checked_at, names.c.checked_at),
        **{name: _new_name.excluded[name] for name in ("finger", "name", "username", "revision")},
    },
)
_STRANGER = select(strangers.c.id).where(strangers.c.finger == bindparam("finger"))
_ADD_STRANGER = insert(strangers)
_FINGERS = union_all(
    select(people.c.id, people.c.finger).where(people.c.id.in_(_THOSE)),
    select(strangers.c.id, strangers.c.finger).where(strangers.c.id.in_(_THOSE)),
)
_NO_STRANGER = delete(strangers).where(strangers.c.finger == bindparam("of_finger"))
_ARRIVE = insert(people)


class NameRow(NamedTuple):
    """A person's sealed name and username in one server, each with its key.

    since: since when the name is there without a gap; None if it is older than this column.
    """

    server: ServerId
    person: PersonId
    revision: int
    name: SealedText
    username: SealedText
    since: datetime | None

    @classmethod
    def of(cls, row: Row[Any]) -> "NameRow":
        name, username = (SealedText.of(row, column) for column in ("name", "username"))
        server, person = ServerId(row.server), PersonId(row.person)
        return cls(server, person, row.revision, name, username, row.since)


class AroundRow(NamedTuple):
    """A name, and by what the reader knows its owner: by something from `at` if `known`."""

    name: NameRow
    known: bool
    at: datetime | None

    @property
    def key(self) -> tuple[ServerId, PersonId]:
        return self.name.server, self.name.person


async def by_finger(tx: Tx, finger: bytes) -> PersonId | None:
    found = await tx.scalar(_FOUND, {"finger": finger})
    return None if found is None else PersonId(found)


async def recognised(tx: Tx, finger: bytes, server: ServerId) -> PersonId | None:
    """Return the person of an account that has used the bot there; None for any other."""
    found = await tx.scalar(_RECOGNISED, {"account": finger, "here": server})
    return None if found is None else PersonId(found)


async def stranger(tx: Tx, finger: bytes) -> PersonId | None:
    found = await tx.scalar(_STRANGER, {"finger": finger})
    return None if found is None else PersonId(found)


async def fingers(tx: Tx, persons: Collection[PersonId]) -> dict[PersonId, bytes]:
    """Return the HMACs of these people's accounts, whether or not they have used the bot."""
    return {PersonId(row.id): row.finger for row in await tx.all(_FINGERS, {"these": list(persons)})}


async def named_in(tx: Tx, server: ServerId) -> list[PersonId]:
    """Return everybody who has a name in the server."""
    return [
        PersonId(row.person) for row in await tx.all(select(names.c.person).where(names.c.server == server))
    ]


async def add_stranger(tx: Tx, person: PersonId, finger: bytes) -> None:
    await tx.execute(_ADD_STRANGER, [{"id": person, "finger": finger}])


async def arrive(tx: Tx, person: PersonId, finger: bytes, discord_id: bytes, now: datetime) -> None:
    """Add a person who has now used the bot, with the id that may have been reserved for them."""
    await tx.execute(_NO_STRANGER, [{"of_finger": finger}])
    await tx.execute(_ARRIVE, [{"id": person, "finger": finger, "discord_id": discord_id, "since": now}])


async def get(tx: Tx, person: PersonId) -> Person | None:
    row = await tx.first(_ONE, {"one": person})
    return None if row is None else _person(row)


async def these(tx: Tx, persons: Collection[PersonId]) -> list[Person]:
    return [_person(row) for row in await tx.all(_THESE, {"these": list(persons)})]


async def address(tx: Tx, person: PersonId) -> Row[Any] | None:
    return await tx.first(_ADDRESS, {"one": person})


async def change(tx: Tx, person: PersonId, **values: object) -> None:
    await tx.execute(update(people).where(people.c.id == person).values(**values))


async def name_row(tx: Tx, person: PersonId, server: ServerId) -> Row[Any] | None:
    return await tx.first(_NAME, {"one": person, "here": server})


async def name_rows(tx: Tx, server: ServerId, persons: Collection[PersonId]) -> list[NameRow]:
    return [NameRow.of(row) for row in await tx.all(_NAMES, {"here": server, "these": list(persons)})]


async def name_rows_around(
    tx: Tx, statement: Around, reader: PersonId, persons: Collection[PersonId]
) -> list[AroundRow]:
    """Return what `names_around` selects."""
    rows = await tx.all(statement, {"these": list(persons), "reader": reader})
    return [AroundRow(NameRow.of(row), bool(row.known), row.known_at) for row in rows]


async def keep_name(
    tx: Tx,
    person: PersonId,
    server: ServerId,
    finger: bytes,
    name: bytes,
    username: bytes | None,
    revision: int,
    came: bool,
    now: datetime,
    *,
    checked: bool,
) -> None:
    """Store a name, which is there since now unless there was one before."""
    kept = {
        "finger": finger,
        "name": name,
        "username": username,
        "revision": revision,
        "checked_at": now if checked else None,
        "since": now,
    }
    await tx.execute(_KEEP_NAME, [{"person": person, "server": server, "came": came, **kept}])


async def come(tx: Tx, person: PersonId, server: ServerId) -> None:
    """Record that somebody who has a name there has used the bot there."""
    here = (names.c.person == person, names.c.server == server)
    await tx.execute(update(names).where(*here).values(came=True))


async def to_check(tx: Tx) -> list[tuple[ServerId, PersonId, bool]]:
    """Return everybody who has used the bot, in each server where they did or Discord has told their name.

    With each: whether their name there came from Discord, and not only from others who named them.
    """
    found = select(names.c.server, names.c.person, names.c.checked_at.is_not(None).label("checked"))
    found = found.join(people, people.c.id == names.c.person)
    rows = await tx.all(found.where(or_(names.c.came, names.c.checked_at.is_not(None))))
    return [(ServerId(row.server), PersonId(row.person), bool(row.checked)) for row in rows]


async def check_name(tx: Tx, person: PersonId, server: ServerId, at: datetime) -> None:
    """Record that their name is still the same."""
    here = (names.c.person == person, names.c.server == server)
    await tx.execute(update(names).where(*here).values(checked_at=at))


async def servers(tx: Tx, person: PersonId) -> list[ServerId]:
    """Return the servers where they used the bot themselves.

    Servers where others only named them are left out: they must not learn that they were named.
    """
    came = select(names.c.server).where(names.c.person == person, names.c.came)
    rows = await tx.all(came.order_by(names.c.server))
    return [ServerId(row.server) for row in rows]


async def everywhere(tx: Tx, person: PersonId) -> list[ServerId]:
    """Return every server where they have a name, also those where others only named them."""
    rows = await tx.all(select(names.c.server).where(names.c.person == person).order_by(names.c.server))
    return [ServerId(row.server) for row in rows]


async def leave(tx: Tx, person: PersonId, server: ServerId) -> None:
    await tx.execute(delete(names).where(names.c.person == person, names.c.server == server))


async def forget_server(tx: Tx, server: ServerId) -> None:
    await tx.execute(delete(names).where(names.c.server == server))


async def everyone(tx: Tx) -> list[PersonId]:
    """Return the ids of all people and strangers."""
    rows = await tx.all(select(people.c.id).union_all(select(strangers.c.id)))
    return [PersonId(row.id) for row in rows]


async def places(tx: Tx) -> list[ServerId]:
    """Return every server where anybody has a name."""
    return [ServerId(row.server) for row in await tx.all(select(names.c.server).distinct())]


async def consented(tx: Tx, person: PersonId, text: str, version: int) -> bool:
    found = await tx.scalar(
        select(consents.c.at).where(
            consents.c.person == person, consents.c.text == text, consents.c.version == version
        )
    )
    return found is not None


async def consented_ever(tx: Tx, person: PersonId, text: str) -> bool:
    found = await tx.scalar(
        select(consents.c.at).where(consents.c.person == person, consents.c.text == text).limit(1)
    )
    return found is not None


async def newest_consent(tx: Tx, person: PersonId, text: str) -> int:
    agreed = select(func.max(consents.c.version))
    return int(await tx.scalar(agreed.where(consents.c.person == person, consents.c.text == text)) or 0)


async def consent(tx: Tx, person: PersonId, text: str, version: int, now: datetime) -> None:
    kept = upsert(consents).values(person=person, text=text, version=version, at=now)
    await tx.execute(kept.on_conflict_do_nothing())


async def erase(tx: Tx, person: PersonId) -> None:
    """Delete the person with their names and consents, or the id that was reserved for them."""
    for table, column in ((names, "person"), (consents, "person"), (people, "id"), (strangers, "id")):
        await tx.execute(delete(table).where(table.c[column] == person))


def _person(row: Row[Any]) -> Person:
    quiet = None
    if row.quiet_start is not None and row.quiet_end is not None:
        quiet = Quiet(_clock(row.quiet_start), _clock(row.quiet_end))
    return Person(PersonId(row.id), row.zone, quiet, row.resting_until, row.minor_since)


def _clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
