"""A version that was put to a group is never changed, and is deleted only with its server.

Its author alone changes, when that person is erased (tests/store/test_revisions.py, 0015).
"""

import pytest
from sqlalchemy import Executable, delete, insert, update
from sqlalchemy.exc import IntegrityError

from bot.norms import posts, timers
from bot.norms.tables import ballots, stands, versions
from bot.servers.models import FORGOTTEN_AFTER
from bot.storage.tx import Tx
from tests.unit.norms.fixtures import HERE, TABLES, Harness, norm

A, B = norm("a"), norm("b")


@pytest.mark.parametrize(
    "change",
    [
        update(versions).values(norms="[]"),
        update(versions).values(number=7),
        update(versions).values(server=7),
        delete(versions),
    ],
    ids=["norms", "number", "server", "deleted"],
)
async def test_the_database_refuses_to_change_a_version(harness: Harness, change: Executable) -> None:
    version = await harness.put(A)

    async def without_its_ballot(tx: Tx) -> None:
        await tx.execute(delete(ballots))
        await tx.execute(change)

    with pytest.raises(IntegrityError, match="what was written here"):
        await harness.db.write(without_its_ballot)
    assert (await harness.shown(version)).version == version


async def test_a_version_number_cannot_be_used_twice(harness: Harness) -> None:
    await harness.put(A)
    twice = insert(versions).values(
        id="x", server=HERE, number=1, made_at=harness.now, made_by="somebody", norms="[]"
    )
    with pytest.raises(IntegrityError, match=r"UNIQUE|never changed|duplicate key"):
        await harness.db.write(lambda tx: tx.execute(twice))


async def test_every_version_is_kept_as_it_was(harness: Harness) -> None:
    put = [await harness.put(A), await harness.put(A, B, direct=True), await harness.put(B)]
    await harness.withdraw()
    await harness.restart()
    assert await harness.norms.versions(HERE) == put[::-1]
    assert [one.number for one in put] == [1, 2, 3]


async def test_a_server_that_the_bot_left_is_completely_forgotten_after_the_waiting_time(
    harness: Harness,
) -> None:
    version = await harness.put(A, direct=True)
    proposed = await harness.put(B)
    await harness.be_in("ana", version)
    id = await harness.tell("bo", proposed)
    await harness.begin("ana")
    await harness.draft(A, B)
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=FORGOTTEN_AFTER.days - 1)
    assert 0 not in await harness.count()
    assert await harness.norms.versions(HERE) == [proposed, version]
    await harness.wait(days=1)
    assert await harness.count() == (0,) * len(TABLES)
    assert await harness.keys(id) == 0
    assert await harness.timers(timers.NOTE_GOES) == []
    assert (await harness.norms.drafts.desk(await harness.person("mo"), HERE, harness.now)).draft.norms == ()


async def test_a_server_to_which_the_bot_returns_in_time_keeps_its_norms(harness: Harness) -> None:
    version = await harness.put(A, direct=True)
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=10)
    await harness.servers.returned(HERE, harness.now)
    await harness.wait(days=40)
    assert await harness.norms.versions(HERE) == [version]
    assert (await harness.be_in("ana", version)).fresh


async def test_nothing_is_posted_where_the_bot_is_not(harness: Harness) -> None:
    await harness.servers.load()
    version = await harness.put(A)
    draft = await harness.begin("ana")
    await harness.write("ana", draft.note.id, "hm")
    await harness.servers.left(HERE, harness.now)
    await harness.send("ana", draft.note.id)
    await harness.wait(days=8)
    assert (await harness.ballot(version)).closed_at == harness.now
    assert await harness.posts(posts.RESULT) == []
    assert await harness.posts(posts.WAITS) == []


async def test_a_member_who_leaves_is_no_longer_counted(harness: Harness) -> None:
    old = await harness.put(A, direct=True)
    await harness.be_in("ana", old)
    version = await harness.put(B, direct=True)
    for name in ("ana", "bo"):
        await harness.be_in(name, version)
    for one in (old, version):
        await harness.stands(posts.BALLOT, one.id)
    await harness.leave("ana")
    assert await harness.counted(version) == (1, 0)
    assert await harness.renewed(version)
    assert not await harness.renewed(old)


async def test_when_a_member_is_erased_their_notes_and_answers_are_deleted(harness: Harness) -> None:
    version = await harness.put(A)
    ids = [await harness.tell("ana", version), await harness.tell("ana")]
    await harness.be_in("bo", version)
    await harness.erase("ana")
    assert await harness.counted(version) == (1, 0)
    assert await harness.waiting("mo") == []
    assert [await harness.keys(id) for id in ids] == [0, 0]
    await harness.erase("bo")
    assert await harness.count(stands) == (0,)


async def test_a_boundary_with_a_moderator_changes_neither_votes_nor_sent_notes(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.be_in("ana", version)
    id = await harness.tell("ana")
    await harness.boundaries.set(await harness.person("ana"), await harness.person("mo"), harness.now)
    await harness.wait(days=2)
    assert await harness.counted(version) == (1, 0)
    assert [one.note.id for one in await harness.waiting("mo")] == [id]


async def test_a_sent_note_is_deleted_after_90_days_and_a_draft_seven_days_after_its_last_edit(
    harness: Harness,
) -> None:
    sent = await harness.tell("ana")
    await harness.wait(minutes=1)
    begun = (await harness.begin("ana")).note.id
    await harness.wait(days=6)
    await harness.write("ana", begun, "hm")
    await harness.wait(days=6)
    ana = await harness.person("ana")
    assert [note.id for note, _ in await harness.norms.notes.mine(ana)] == [begun, sent]
    await harness.wait(days=1)
    assert [note.id for note, _ in await harness.norms.notes.mine(ana)] == [sent]
    await harness.wait(days=90 - 13, minutes=-1)
    assert await harness.norms.notes.mine(ana) == []
    assert await harness.waiting("mo") == []
    assert (await harness.keys(sent), await harness.keys(begun)) == (0, 0)
