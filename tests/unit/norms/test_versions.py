"""What was put to a group is never changed, and goes with its server alone."""

import pytest
from sqlalchemy import Executable, delete, insert, update
from sqlalchemy.exc import IntegrityError

from bot.norms import posts, timers
from bot.norms.tables import ballots, stands, versions
from bot.servers.models import FORGOTTEN_AFTER
from bot.storage.tx import Tx
from tests.unit.norms.fixtures import HERE, TABLES, Town, norm

A, B = norm("a"), norm("b")


@pytest.mark.parametrize(
    "change",
    [
        update(versions).values(norms="[]"),
        update(versions).values(number=7),
        update(versions).values(made_by="somebody"),
        delete(versions),
    ],
    ids=["norms", "number", "author", "deleted"],
)
async def test_the_database_refuses_to_change_a_version(town: Town, change: Executable) -> None:
    version = await town.put(A)

    async def without_its_ballot(tx: Tx) -> None:
        await tx.execute(delete(ballots))
        await tx.execute(change)

    with pytest.raises(IntegrityError, match="what was written here"):
        await town.db.write(without_its_ballot)
    assert (await town.shown(version)).version == version


async def test_a_number_is_given_once(town: Town) -> None:
    await town.put(A)
    twice = insert(versions).values(
        id="x", server=HERE, number=1, made_at=town.now, made_by="somebody", norms="[]"
    )
    with pytest.raises(IntegrityError, match=r"UNIQUE|never changed"):
        await town.db.write(lambda tx: tx.execute(twice))


async def test_every_version_is_kept_as_it_was(town: Town) -> None:
    put = [await town.put(A), await town.put(A, B, direct=True), await town.put(B)]
    await town.withdraw()
    await town.restart()
    assert await town.norms.versions(HERE) == put[::-1]
    assert [one.number for one in put] == [1, 2, 3]


async def test_a_server_that_goes_is_forgotten_whole_after_its_days(town: Town) -> None:
    version = await town.put(A, direct=True)
    proposed = await town.put(B)
    await town.be_in("ana", version)
    id = await town.tell("bo", proposed)
    await town.begin("ana")
    await town.draft(A, B)
    await town.servers.left(HERE, town.now)
    await town.wait(days=FORGOTTEN_AFTER.days - 1)
    assert 0 not in await town.count()
    assert await town.norms.versions(HERE) == [proposed, version]
    await town.wait(days=1)
    assert await town.count() == (0,) * len(TABLES)
    assert await town.keys(id) == 0
    assert await town.alarms(timers.NOTE_GOES) == []
    assert (await town.norms.drafts.desk(await town.person("mo"), HERE, town.now)).draft.norms == ()


async def test_a_server_that_returns_has_all_it_had(town: Town) -> None:
    version = await town.put(A, direct=True)
    await town.servers.left(HERE, town.now)
    await town.wait(days=10)
    await town.servers.returned(HERE, town.now)
    await town.wait(days=40)
    assert await town.norms.versions(HERE) == [version]
    assert (await town.be_in("ana", version)).fresh


async def test_nothing_is_posted_where_the_bot_is_not(town: Town) -> None:
    await town.servers.load()
    version = await town.put(A)
    draft = await town.begin("ana")
    await town.write("ana", draft.note.id, "hm")
    await town.servers.left(HERE, town.now)
    await town.send("ana", draft.note.id)
    await town.wait(days=8)
    assert (await town.ballot(version)).closed_at == town.now
    assert await town.posts(posts.RESULT) == []
    assert await town.posts(posts.WAITS) == []


async def test_whoever_leaves_is_counted_no_more(town: Town) -> None:
    old = await town.put(A, direct=True)
    await town.be_in("ana", old)
    version = await town.put(B, direct=True)
    for name in ("ana", "bo"):
        await town.be_in(name, version)
    for one in (old, version):
        await town.stands(posts.BALLOT, one.id)
    await town.leave("ana")
    assert await town.counted(version) == (1, 0)
    assert await town.renewed(version)
    assert not await town.renewed(old)


async def test_whoever_leaves_or_is_erased_leaves_no_word_behind(town: Town) -> None:
    version = await town.put(A)
    ids = [await town.tell("ana", version), await town.tell("ana")]
    await town.be_in("bo", version)
    await town.erase("ana")
    assert await town.counted(version) == (1, 0)
    assert await town.waiting("mo") == []
    assert [await town.keys(id) for id in ids] == [0, 0]
    await town.erase("bo")
    assert await town.count(stands) == (0,)


async def test_a_boundary_between_two_changes_nothing(town: Town) -> None:
    version = await town.put(A)
    await town.be_in("ana", version)
    id = await town.tell("ana")
    await town.boundaries.set(await town.person("ana"), await town.person("mo"), town.now)
    await town.wait(days=2)
    assert await town.counted(version) == (1, 0)
    assert [one.note.id for one in await town.waiting("mo")] == [id]


async def test_a_note_goes_after_its_days_and_a_draft_sooner(town: Town) -> None:
    sent = await town.tell("ana")
    await town.wait(minutes=1)
    begun = (await town.begin("ana")).note.id
    await town.wait(days=6)
    await town.write("ana", begun, "hm")
    await town.wait(days=6)
    ana = await town.person("ana")
    assert [note.id for note, _ in await town.norms.notes.mine(ana)] == [begun, sent]
    await town.wait(days=1)
    assert [note.id for note, _ in await town.norms.notes.mine(ana)] == [sent]
    await town.wait(days=90 - 13, minutes=-1)
    assert await town.norms.notes.mine(ana) == []
    assert await town.waiting("mo") == []
    assert (await town.keys(sent), await town.keys(begun)) == (0, 0)
