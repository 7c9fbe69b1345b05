"""Statements about talks and requests."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId, new_id
from bot.storage.tx import Tx
from bot.storage.upsert import upsert
from bot.talks.models import Reply, Request, Talk, TalkAbout, TalkState
from bot.talks.tables import requests, talks

_OPEN = tuple(state.value for state in TalkState if state.open)
_OPEN_OF = select(talks).where(talks.c.asker == bindparam("whose"), talks.c.state.in_(_OPEN))


async def add(tx: Tx, talk: Talk) -> None:
    fixed = {"id": talk.id, "asker": talk.asker, "server": talk.server, "revision": talk.revision}
    await tx.execute(insert(talks).values({**fixed, **_changing(talk)}))
    await _keep_request(tx, talk)


async def keep(tx: Tx, talk: Talk) -> Talk:
    """Store a talk if its row is still as it was read; otherwise raise AlreadyDone."""
    here = (talks.c.id == talk.id, talks.c.revision == talk.revision)
    moved = await tx.execute(update(talks).where(*here).values(revision=talk.revision + 1, **_changing(talk)))
    if moved.rowcount != 1:
        raise AlreadyDone
    await _keep_request(tx, talk)
    found = await get(tx, talk.id)
    assert found is not None
    return found


async def get(tx: Tx, id: str) -> Talk | None:
    row = await tx.first(select(talks).where(talks.c.id == id))
    return None if row is None else await _talk(tx, row)


async def open_of(tx: Tx, asker: PersonId) -> Talk | None:
    row = await tx.first(_OPEN_OF, {"whose": asker})
    return None if row is None else await _talk(tx, row)


async def by_asker(tx: Tx, asker: PersonId) -> list[Talk]:
    """Return all of their talks that are kept."""
    return [await _talk(tx, row) for row in await tx.all(select(talks).where(talks.c.asker == asker))]


async def in_server(tx: Tx, server: ServerId) -> list[Talk]:
    return [await _talk(tx, row) for row in await tx.all(select(talks).where(talks.c.server == server))]


async def by_request(tx: Tx, id: str) -> Talk | None:
    """Return the talk of this request, whether or not that is its current one."""
    row = await tx.first(select(talks).join(requests).where(requests.c.id == id))
    return None if row is None else await _talk(tx, row)


async def asking(tx: Tx, person: PersonId) -> list[Talk]:
    """Return the open talks whose current request is to this person."""
    rows = await tx.all(
        select(talks).join(requests).where(requests.c.person == person, talks.c.state.in_(_OPEN))
    )
    found = [await _talk(tx, row) for row in rows]
    return [talk for talk in found if talk.current.person == person]


async def asked_among(tx: Tx, persons: Collection[PersonId]) -> set[tuple[ServerId, PersonId]]:
    """Return which of these people were asked, and where, as long as the talk is kept."""
    found = select(talks.c.server, requests.c.person).join(talks, talks.c.id == requests.c.talk)
    rows = await tx.all(found.where(requests.c.person.in_(persons)))
    return {(ServerId(row.server), PersonId(row.person)) for row in rows}


async def withhold(tx: Tx, request: Request) -> None:
    """Withhold a request because of a boundary."""
    await tx.execute(update(requests).where(requests.c.id == request.id).values(withheld=True))


async def remove(tx: Tx, id: str) -> None:
    await tx.execute(delete(talks).where(talks.c.id == id))


async def forget_requests(tx: Tx, person: PersonId) -> None:
    """Remove the person from the requests to them. The asker sees no name from then on."""
    for row in await tx.all(select(requests.c.id).where(requests.c.person == person)):
        await tx.execute(update(requests).where(requests.c.id == row.id).values(person=new_id()))


async def _keep_request(tx: Tx, talk: Talk) -> None:
    request = talk.current
    fixed = {
        "id": request.id,
        "talk": talk.id,
        "person": request.person,
        "place": len(talk.asked),
        "asked_at": request.asked_at,
        "withheld": request.withheld,
    }
    reply = None if request.reply is None else request.reply.value
    written = upsert(requests).values({**fixed, "reply": reply})
    changing = {"reply": reply, "withheld": request.withheld}
    await tx.execute(written.on_conflict_do_update(index_elements=[requests.c.id], set_=changing))


async def _talk(tx: Tx, row: Row[Any]) -> Talk:
    wanted = select(requests).where(requests.c.talk == row.id).order_by(requests.c.place)
    asked = tuple(_request(one) for one in await tx.all(wanted))
    return Talk(
        row.id,
        PersonId(row.asker),
        ServerId(row.server),
        TalkState(row.state),
        asked,
        row.questions,
        row.day,
        row.goes_at,
        row.seen,
        # Version 0.1 didn't store what a talk is about.
        TalkAbout.HARD if row.about is None else TalkAbout(row.about),
        row.revision,
    )


def _request(row: Row[Any]) -> Request:
    reply = None if row.reply is None else Reply(row.reply)
    return Request(row.id, PersonId(row.person), row.asked_at, row.withheld, reply)


def _changing(talk: Talk) -> dict[str, object]:
    return {
        "state": talk.state.value,
        "questions": talk.questions,
        "day": talk.day,
        "goes_at": talk.goes_at,
        "seen": talk.seen,
        "about": talk.about.value,
    }
