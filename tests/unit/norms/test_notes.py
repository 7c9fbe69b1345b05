"""Concerns and suggestions: who is named, who reads, what counts, what is left of them."""

import asyncio

import pytest
from sqlalchemy import select

from bot.errors import NotYours, TooMany
from bot.norms import posts
from bot.norms.models import Stand, StandsNoMore
from bot.norms.note import MOST_WAITING, NobodyReads, NoteKind, NoteState, NotWritten
from bot.norms.tables import notes
from tests.unit.norms.fixtures import ELSEWHERE, HERE, MODS, Town, norm

A, B = norm("a"), norm("b")


async def test_every_moderator_is_named_and_ticked_but_the_author(town: Town) -> None:
    await town.moderate("zoe")
    letter = await town.begin("ana")
    assert await town.named(letter) == {"zoe": True, "mo": True}
    assert await town.named(await town.begin("zoe")) == {"mo": True}
    assert letter.note.kind is NoteKind.SUGGESTION


async def test_it_goes_to_those_ticked_alone(town: Town) -> None:
    await town.moderate("zoe")
    letter = await town.begin("ana")
    mo = await town.person("mo")
    read_by = town.norms.notes.read_by
    ana = await town.person("ana")
    assert await town.named(await read_by(ana, letter.note.id, [mo])) == {"zoe": False, "mo": True}
    await town.write("ana", letter.note.id, "hm")
    assert await town.named(await town.send("ana", letter.note.id)) == {"mo": True}
    assert [one.text for one in await town.waiting("mo")] == ["hm"]
    assert await town.waiting("zoe") == []
    with pytest.raises(NotYours):
        await town.done("zoe", letter.note.id)
    # Once sent, who reads it is settled.
    await read_by(ana, letter.note.id, [await town.person("zoe")])
    assert await town.waiting("zoe") == []


async def test_one_with_whom_its_author_set_a_boundary_is_not_ticked_until_they_tick_them(town: Town) -> None:
    await town.moderate("zoe")
    ana, zoe, mo = [await town.person(name) for name in ("ana", "zoe", "mo")]
    before = await town.begin("ana")
    await town.boundaries.set(ana, zoe, town.now)
    opened = await town.norms.notes.open(ana, before.note.id)
    assert await town.named(opened) == {"zoe": False, "mo": True}
    await town.write("ana", before.note.id, "hm")
    assert await town.named(await town.send("ana", before.note.id)) == {"mo": True}
    assert await town.waiting("zoe") == []
    after = await town.begin("ana")
    assert await town.named(after) == {"zoe": False, "mo": True}
    ticked = await town.norms.notes.read_by(ana, after.note.id, [zoe, mo])
    assert await town.named(ticked) == {"zoe": True, "mo": True}
    assert await town.named(await town.norms.notes.open(ana, after.note.id)) == {"zoe": True, "mo": True}


async def test_a_boundary_of_the_moderators_own_cannot_be_read_from_the_ticks(town: Town) -> None:
    await town.moderate("zoe")
    before = await town.begin("ana")
    await town.boundaries.set(await town.person("zoe"), await town.person("ana"), town.now)
    opened = await town.norms.notes.open(await town.person("ana"), before.note.id)
    assert await town.named(opened) == await town.named(await town.begin("ana")) == {"zoe": True, "mo": True}


async def test_one_at_least_is_left_and_no_stranger_is_let_in(town: Town) -> None:
    letter = await town.begin("ana")
    ana, eve = await town.person("ana"), await town.stranger("eve")
    for chosen in ([], [eve]):
        again = await town.norms.notes.read_by(ana, letter.note.id, chosen)
        assert await town.named(again) == {"mo": True}


async def test_whoever_came_to_moderate_since_is_named_before_they_read(town: Town) -> None:
    await town.moderate("zoe")
    begun = await town.begin("ana")
    ana, id = await town.person("ana"), begun.note.id
    await town.norms.notes.read_by(ana, id, [await town.person("mo")])
    await town.write("ana", id, "hm")
    await town.moderate("kim")
    assert await town.named(await town.send("ana", id)) == {"mo": True}
    assert await town.waiting("kim") == []
    other = await town.begin("bo")
    await town.moderate("lou")
    assert (await town.named(await town.norms.notes.open(await town.person("bo"), other.note.id)))["lou"]


async def test_whoever_moderates_no_more_is_not_sent_it(town: Town) -> None:
    await town.moderate("zoe")
    id = (await town.begin("ana")).note.id
    await town.write("ana", id, "hm")
    await town.servers.seen_without(HERE, await town.person("mo"))
    assert await town.named(await town.send("ana", id)) == {"zoe": True}
    await town.leave("zoe")
    assert await town.named(await town.norms.notes.open(await town.person("ana"), id)) == {}


async def test_with_nobody_known_the_draft_is_kept(town: Town) -> None:
    await town.leave("mo")
    letter = await town.begin("ana")
    assert letter.readers == {}
    await town.write("ana", letter.note.id, "hm")
    with pytest.raises(NobodyReads):
        await town.send("ana", letter.note.id)
    await town.moderate("mo")
    again = await town.begin("ana")
    assert (again.note.id, again.text, await town.named(again)) == (letter.note.id, "hm", {"mo": True})
    await town.send("ana", letter.note.id)
    assert [one.author for one in await town.waiting("mo")] == ["ana"]


async def test_a_concern_counts_as_soon_as_it_is_sent(town: Town) -> None:
    version = await town.put(A)
    await town.be_in("ana", version)
    id = (await town.begin("ana", version)).note.id
    await town.write("ana", id, "hm")
    assert await town.counted(version) == (1, 0)
    await town.send("ana", id)
    assert await town.counted(version) == (0, 1)
    [letter] = await town.waiting("mo")
    assert letter.version == version
    await town.take_back("ana", id)
    assert await town.counted(version) == (0, 0)
    assert await town.waiting("mo") == []
    assert await town.keys(id) == 0


async def test_in_after_a_concern_and_out_again(town: Town) -> None:
    """The last thing said counts; the concern itself stays with moderators until it is taken back."""
    version = await town.put(A)
    id = await town.tell("ana", version)
    answer = await town.be_in("ana", version)
    assert (answer.stand, answer.concern) == (Stand.IN, True)
    assert await town.counted(version) == (1, 0)
    assert len(await town.waiting("mo")) == 1
    assert (await town.be_out("ana", version)).stand is Stand.CONCERN
    assert await town.counted(version) == (0, 1)
    await town.be_in("ana", version)
    await town.take_back("ana", id)
    assert await town.counted(version) == (1, 0)
    assert (await town.be_out("ana", version)).stand is None


async def test_taking_it_back_is_seen_in_the_channel(town: Town) -> None:
    version = await town.put(A)
    id = await town.tell("ana", version)
    await town.stands(posts.BALLOT, version.id)
    await town.take_back("ana", id)
    assert await town.renewed(version)


async def test_one_concern_each_until_it_was_seen_to(town: Town) -> None:
    version = await town.put(A)
    first = await town.begin("ana", version)
    assert (await town.begin("ana", version)).note.id == first.note.id
    await town.send("ana", first.note.id, text=False)
    again = await town.begin("ana", version)
    assert (again.note.id, again.note.state) == (first.note.id, NoteState.SENT)
    await town.done("mo", first.note.id)
    second = await town.begin("ana", version)
    assert second.note.id != first.note.id
    await town.send("ana", second.note.id, text=False)
    await town.take_back("ana", second.note.id)
    assert await town.counted(version) == (0, 1)


async def test_without_its_text_they_are_told_only_that_there_is_one(town: Town) -> None:
    version = await town.put(A)
    id = (await town.begin("ana", version)).note.id
    await town.write("ana", id, "a name that slipped in")
    await town.send("ana", id, text=False)
    [letter] = await town.waiting("mo")
    assert (letter.text, letter.author) == ("", "ana")
    assert await town.keys(id) == 0
    [row] = await town.db.read(lambda tx: tx.all(select(notes)))
    assert row.text is None


async def test_text_is_needed_and_sealed(town: Town) -> None:
    version = await town.put(A)
    concern, idea = await town.begin("ana", version), await town.begin("ana")
    for id in (concern.note.id, idea.note.id):
        with pytest.raises(NotWritten):
            await town.send("ana", id)
        with pytest.raises(NotWritten):
            await town.write("ana", id, " \n ")
    with pytest.raises(NotWritten):
        await town.send("ana", idea.note.id, text=False)
    await town.write("ana", idea.note.id, "the very words")
    [row] = await town.db.read(lambda tx: tx.all(select(notes).where(notes.c.id == idea.note.id)))
    assert b"the very words" not in row.text
    await town.write("ana", idea.note.id, "other words")
    await town.restart()
    assert (await town.norms.notes.open(await town.person("ana"), idea.note.id)).text == "other words"


async def test_pressed_twice_it_is_sent_once(town: Town) -> None:
    version = await town.put(A)
    id = (await town.begin("ana", version)).note.id
    await town.write("ana", id, "hm")
    await asyncio.gather(town.send("ana", id), town.send("ana", id, text=False))
    [letter] = await town.waiting("mo")
    assert letter.text == "hm"
    assert await town.counted(version) == (0, 1)
    assert (await town.write("ana", id, "something else")).text == "hm"


async def test_nobody_elses_is_reached(town: Town) -> None:
    id = await town.tell("ana")
    bo, notes = await town.person("bo"), town.norms.notes
    for reaching in (
        notes.open(bo, id),
        notes.read_by(bo, id, []),
        notes.write(bo, id, "x", town.now),
        notes.send(bo, id, town.now),
        notes.move(bo, id),
        notes.take_back(bo, id, town.now),
        town.norms.inbox.done(bo, HERE, id, town.now),
        town.norms.inbox.done(await town.person("mo"), ELSEWHERE, id, town.now),
        town.norms.inbox.done(await town.person("mo"), HERE, "nothing", town.now),
        notes.begin(bo, ELSEWHERE, NoteKind.SUGGESTION, None, town.now),
    ):
        with pytest.raises(NotYours):
            await reaching
    draft = await town.begin("bo")
    with pytest.raises(NotYours):
        await town.done("mo", draft.note.id)
    assert await notes.mine(bo) == []


async def test_a_concern_is_about_a_version_of_that_server(town: Town) -> None:
    version = await town.put(A)
    await town.elsewhere("ana")
    ana = await town.person("ana")
    with pytest.raises(NotYours):
        await town.norms.notes.begin(ana, ELSEWHERE, NoteKind.CONCERN, version.id, town.now)
    await town.withdraw()
    with pytest.raises(StandsNoMore):
        await town.begin("ana", version)


async def test_replaced_meanwhile_it_can_be_about_the_new_one(town: Town) -> None:
    first = await town.put(A)
    id = (await town.begin("ana", first)).note.id
    await town.write("ana", id, "hm")
    second = await town.put(A, B)
    with pytest.raises(StandsNoMore):
        await town.send("ana", id)
    shown = await town.norms.notes.open(await town.person("ana"), id)
    assert (shown.outdated, shown.newer, shown.text) == (True, second, "hm")
    moved = await town.norms.notes.move(await town.person("ana"), id)
    assert (moved.version, moved.outdated, moved.text) == (second, False, "hm")
    await town.send("ana", id)
    assert await town.counted(second) == (0, 1)


async def test_with_nothing_newer_it_becomes_a_suggestion(town: Town) -> None:
    first = await town.put(A)
    id = (await town.begin("ana", first)).note.id
    await town.write("ana", id, "hm")
    await town.withdraw()
    shown = await town.norms.notes.open(await town.person("ana"), id)
    assert (shown.outdated, shown.newer) == (True, None)
    moved = await town.norms.notes.move(await town.person("ana"), id)
    assert (moved.note.kind, moved.version, moved.text) == (NoteKind.SUGGESTION, None, "hm")
    await town.send("ana", id)
    assert [one.note.kind for one in await town.waiting("mo")] == [NoteKind.SUGGESTION]


async def test_so_many_suggestions_wait_at_most(town: Town) -> None:
    for _ in range(MOST_WAITING):
        last = await town.tell("ana")
    with pytest.raises(TooMany):
        await town.begin("ana")
    await town.done("mo", last)
    assert (await town.begin("ana")).note.state is NoteState.DRAFT


async def test_one_line_at_most_says_that_something_waits(town: Town) -> None:
    ids = [await town.tell("ana"), await town.tell("bo")]
    [post] = await town.posts(posts.WAITS)
    assert (post.channel, post.subject, post.detail) == (MODS, str(HERE), "")
    await town.stands(posts.WAITS, str(HERE))
    ids.append(await town.tell("cy"))
    assert len(await town.posts(posts.WAITS)) == 1
    await town.wait(minutes=1)
    await town.done("mo", ids[0])
    assert len(await town.posts(posts.WAITS)) == 1
    await town.tell("dee")
    _, newer = await town.posts(posts.WAITS)
    assert newer.replaces == 9001
    await town.tell("eli")
    assert len(await town.posts(posts.WAITS)) == 2


async def test_the_line_goes_when_nothing_waits(town: Town) -> None:
    first, second = await town.tell("ana"), await town.tell("bo")
    await town.stands(posts.WAITS, str(HERE))
    await town.done("mo", first)
    [post] = await town.posts(posts.WAITS)
    assert post.wanted
    await town.take_back("bo", second)
    [post] = await town.posts(posts.WAITS)
    assert not post.wanted


@pytest.mark.parametrize("going", ["the author", "the reader", "time"])
async def test_the_line_goes_whoever_took_the_last_along(town: Town, going: str) -> None:
    await town.tell("ana")
    await town.stands(posts.WAITS, str(HERE))
    match going:
        case "the author":
            await town.leave("ana")
        case "the reader":
            await town.erase("mo")
        case _:
            await town.wait(days=90)
    [post] = await town.posts(posts.WAITS)
    assert not post.wanted


async def test_in_another_channel_a_new_line_stands_by_itself(town: Town) -> None:
    await town.tell("ana")
    await town.stands(posts.WAITS, str(HERE))
    await town.servers.change(HERE, await town.person("mo"), town.now, {"mods_channel": 503})
    await town.tell("bo")
    assert [(one.channel, one.replaces) for one in await town.posts(posts.WAITS)] == [
        (MODS, None),
        (503, None),
    ]


async def test_without_a_channel_for_moderators_it_waits_in_the_list(town: Town) -> None:
    await town.servers.change(HERE, await town.person("mo"), town.now, {"mods_channel": None})
    await town.tell("ana")
    assert await town.posts(posts.WAITS) == []
    assert len(await town.waiting("mo")) == 1
