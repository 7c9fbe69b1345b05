"""Concerns and suggestions: who is named, who may read them, what counts, and what is kept."""

import asyncio

import pytest
from sqlalchemy import select

from bot.errors import DRAFTS_AT_MOST, NotYours, TooMany, TooManyDrafts
from bot.ids import ServerId
from bot.norms import posts
from bot.norms.errors import NobodyReads, NotWritten, StandsNoMore
from bot.norms.models import Stand
from bot.norms.moderator_inbox import MOST_READERS
from bot.norms.note import MOST_WAITING, NoteKind, NoteState
from bot.norms.tables import notes
from bot.people.models import DiscordUser
from tests.unit.norms.fixtures import ELSEWHERE, HERE, Harness, norm

A, B = norm("a"), norm("b")


async def test_every_moderator_is_named_and_ticked_but_the_author(harness: Harness) -> None:
    await harness.moderate("zoe")
    letter = await harness.begin("ana")
    assert await harness.named(letter) == {"zoe": True, "mo": True}
    assert await harness.named(await harness.begin("zoe")) == {"mo": True}
    assert letter.note.kind is NoteKind.SUGGESTION


async def test_a_note_is_sent_only_to_the_moderators_who_are_ticked(harness: Harness) -> None:
    await harness.moderate("zoe")
    letter = await harness.begin("ana")
    mo = await harness.person("mo")
    read_by = harness.norms.notes.read_by
    ana = await harness.person("ana")
    assert await harness.named(await read_by(ana, letter.note.id, [mo])) == {"zoe": False, "mo": True}
    await harness.write("ana", letter.note.id, "hm")
    assert await harness.named(await harness.send("ana", letter.note.id)) == {"mo": True}
    assert [one.text for one in await harness.waiting("mo")] == ["hm"]
    assert await harness.waiting("zoe") == []
    with pytest.raises(NotYours):
        await harness.done("zoe", letter.note.id)
    # Once a note is sent, its readers can no longer be changed.
    await read_by(ana, letter.note.id, [await harness.person("zoe")])
    assert await harness.waiting("zoe") == []


async def test_a_moderator_with_whom_the_author_has_a_boundary_is_ticked_only_by_the_author(
    harness: Harness,
) -> None:
    await harness.moderate("zoe")
    ana, zoe, mo = [await harness.person(name) for name in ("ana", "zoe", "mo")]
    before = await harness.begin("ana")
    await harness.boundaries.set(ana, zoe, harness.now)
    opened = await harness.norms.notes.open(ana, before.note.id)
    assert await harness.named(opened) == {"zoe": False, "mo": True}
    await harness.write("ana", before.note.id, "hm")
    assert await harness.named(await harness.send("ana", before.note.id)) == {"mo": True}
    assert await harness.waiting("zoe") == []
    after = await harness.begin("ana")
    assert await harness.named(after) == {"zoe": False, "mo": True}
    ticked = await harness.norms.notes.read_by(ana, after.note.id, [zoe, mo])
    assert await harness.named(ticked) == {"zoe": True, "mo": True}
    assert await harness.named(await harness.norms.notes.open(ana, after.note.id)) == {
        "zoe": True,
        "mo": True,
    }


async def test_the_ticks_do_not_reveal_a_boundary_that_a_moderator_set(harness: Harness) -> None:
    await harness.moderate("zoe")
    before = await harness.begin("ana")
    await harness.boundaries.set(await harness.person("zoe"), await harness.person("ana"), harness.now)
    opened = await harness.norms.notes.open(await harness.person("ana"), before.note.id)
    assert (
        await harness.named(opened)
        == await harness.named(await harness.begin("ana"))
        == {"zoe": True, "mo": True}
    )


async def test_at_least_one_reader_stays_ticked_and_no_stranger_can_be_chosen(harness: Harness) -> None:
    letter = await harness.begin("ana")
    ana, eve = await harness.person("ana"), await harness.stranger("eve")
    for chosen in ([], [eve]):
        again = await harness.norms.notes.read_by(ana, letter.note.id, chosen)
        assert await harness.named(again) == {"mo": True}


async def test_a_new_moderator_gets_a_note_only_if_its_author_has_seen_them_named(harness: Harness) -> None:
    await harness.moderate("zoe")
    begun = await harness.begin("ana")
    ana, id = await harness.person("ana"), begun.note.id
    await harness.norms.notes.read_by(ana, id, [await harness.person("mo")])
    await harness.write("ana", id, "hm")
    await harness.moderate("kim")
    assert await harness.named(await harness.send("ana", id)) == {"mo": True}
    assert await harness.waiting("kim") == []
    other = await harness.begin("bo")
    await harness.moderate("lou")
    opened = await harness.norms.notes.open(await harness.person("bo"), other.note.id)
    assert await harness.named(opened) == {"lou": False, "kim": True, "zoe": True, "mo": True}


@pytest.mark.parametrize("goes", ["loses the role", "erases", "leaves"])
@pytest.mark.parametrize("unticked", [("zoe",), ("zoe", "mo")], ids=" and ".join)
async def test_a_moderator_who_was_unticked_and_comes_back_is_not_ticked_again(
    harness: Harness, goes: str, unticked: tuple[str, ...]
) -> None:
    await harness.moderate("zoe")
    ana, id = await harness.person("ana"), (await harness.begin("ana")).note.id
    notes = harness.norms.notes
    await notes.read_by(ana, id, [await harness.person("mo")])
    await harness.write("ana", id, "hm")
    for name in unticked:
        person = await harness.person(name)
        if goes == "erases":
            await harness.services.privacy.erase(person, harness.now)
        elif goes == "leaves":
            await harness.people.leave(person, HERE, harness.now)
        else:
            await harness.servers.seen_without(HERE, person)
    await notes.open(ana, id)
    for name in unticked:
        await harness.moderate(name)
    assert await harness.named(await notes.open(ana, id)) == {"zoe": False, "mo": "mo" not in unticked}
    assert await harness.named(await harness.begin("ana")) == {"zoe": False, "mo": "mo" not in unticked}
    if "mo" in unticked:
        with pytest.raises(NobodyReads):
            await harness.send("ana", id)
    else:
        assert await harness.named(await harness.send("ana", id)) == {"mo": True}
    assert await harness.waiting("zoe") == []


async def test_moderators_whom_a_note_has_named_stay_on_it_however_many_others_come(harness: Harness) -> None:
    id = (await harness.begin("ana")).note.id
    await harness.write("ana", id, "hm")
    for number in range(MOST_READERS):
        await harness.moderate(f"moderator {number}")
    named = await harness.named(await harness.norms.notes.open(await harness.person("ana"), id))
    assert len(named) == MOST_READERS
    assert [name for name, ticked in named.items() if ticked] == ["mo"]
    assert await harness.named(await harness.send("ana", id)) == {"mo": True}


async def test_a_note_is_not_sent_to_somebody_who_no_longer_moderates(harness: Harness) -> None:
    await harness.moderate("zoe")
    id = (await harness.begin("ana")).note.id
    await harness.write("ana", id, "hm")
    await harness.servers.seen_without(HERE, await harness.person("mo"))
    assert await harness.named(await harness.send("ana", id)) == {"zoe": True}
    await harness.leave("zoe")
    assert await harness.named(await harness.norms.notes.open(await harness.person("ana"), id)) == {}


async def test_while_no_moderator_is_known_a_note_cannot_be_sent_and_its_draft_is_kept(
    harness: Harness,
) -> None:
    await harness.leave("mo")
    letter = await harness.begin("ana")
    assert letter.readers == {}
    await harness.write("ana", letter.note.id, "hm")
    with pytest.raises(NobodyReads):
        await harness.send("ana", letter.note.id)
    await harness.moderate("mo")
    again = await harness.begin("ana")
    assert (again.note.id, again.text, await harness.named(again)) == (letter.note.id, "hm", {"mo": False})
    ana, mo = await harness.person("ana"), await harness.person("mo")
    await harness.norms.notes.read_by(ana, letter.note.id, [mo])
    await harness.send("ana", letter.note.id)
    assert [one.author for one in await harness.waiting("mo")] == ["ana"]


async def test_a_concern_counts_in_the_result_and_shows_in_no_count_before(harness: Harness) -> None:
    version = await harness.put(A)
    await harness.be_in("ana", version)
    id = (await harness.begin("ana", version)).note.id
    await harness.write("ana", id, "hm")
    assert await harness.counted(version) == (1, 0)
    await harness.send("ana", id)
    assert await harness.counted(version) == (1, 0)
    assert await harness.result_so_far(version) == (0, 1)
    [letter] = await harness.waiting("mo")
    assert letter.version == version
    await harness.take_back("ana", id)
    assert await harness.counted(version) == await harness.result_so_far(version) == (1, 0)
    assert await harness.waiting("mo") == []
    assert await harness.keys(id) == 0


async def test_a_concern_of_somebody_who_was_not_in_is_gone_from_the_vote_when_it_is_taken_back(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    id = await harness.tell("ana", version)
    assert await harness.result_so_far(version) == (0, 1)
    await harness.take_back("ana", id)
    assert await harness.result_so_far(version) == (0, 0)


async def test_the_result_of_a_vote_shows_its_concerns_to_everybody_at_once(harness: Harness) -> None:
    version = await harness.put(A)
    for name in ("ana", "bo"):
        await harness.be_in(name, version)
    await harness.tell("ana", version)
    assert await harness.counted(version) == (2, 0)
    await harness.wait(days=8)
    assert await harness.counted(version) == (1, 1)
    assert (await harness.ballot(version)).concerns == 1


@pytest.mark.parametrize("replaced", [False, True])
async def test_a_vote_that_is_called_off_tells_nobody_of_its_concerns(
    harness: Harness, replaced: bool
) -> None:
    version = await harness.put(A)
    await harness.be_in("ana", version)
    await harness.tell("ana", version)
    await (harness.put(A, B) if replaced else harness.withdraw())
    assert await harness.counted(version) == (1, 0)


async def test_a_concern_that_is_sent_after_the_vote_counts_nowhere(harness: Harness) -> None:
    version = await harness.put(A)
    for number in range(5):
        await harness.be_in(f"m{number}", version)
    await harness.wait(days=1)
    begun = (await harness.begin("m0", version)).note.id
    await harness.write("m0", begun, "hm")
    await harness.wait(days=6)
    assert await harness.in_force() == version.number
    await harness.stands(posts.BALLOT, version.id)
    await harness.send("m0", begun)
    assert await harness.counted(version) == await harness.result_so_far(version) == (5, 0)
    assert not await harness.renewed(version)
    assert len(await harness.waiting("mo")) == 1


async def test_im_in_counts_instead_of_an_earlier_concern_and_without_it_the_concern_counts_again(
    harness: Harness,
) -> None:
    """A member's last answer counts. The concern stays with moderators until its author takes it back."""
    version = await harness.put(A)
    id = await harness.tell("ana", version)
    answer = await harness.be_in("ana", version)
    assert (answer.stand, answer.concern) == (Stand.IN, True)
    assert await harness.counted(version) == (1, 0)
    assert len(await harness.waiting("mo")) == 1
    assert (await harness.be_out("ana", version)).stand is Stand.CONCERN
    assert await harness.counted(version) == (0, 0)
    assert await harness.result_so_far(version) == (0, 1)
    await harness.be_in("ana", version)
    await harness.take_back("ana", id)
    assert await harness.counted(version) == (1, 0)
    assert (await harness.be_out("ana", version)).stand is None


@pytest.mark.parametrize("was_in", [False, True])
async def test_a_concern_never_edits_the_message_in_the_channel(harness: Harness, was_in: bool) -> None:
    version = await harness.put(A)
    if was_in:
        await harness.be_in("ana", version)
    await harness.stands(posts.BALLOT, version.id)
    id = await harness.tell("ana", version)
    assert not await harness.renewed(version)
    await harness.take_back("ana", id)
    assert not await harness.renewed(version)
    await harness.tell("ana", version)
    await harness.leave("ana")
    assert await harness.renewed(version) is was_in


async def test_a_member_can_begin_a_second_concern_only_after_the_first_is_marked_as_done(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    first = await harness.begin("ana", version)
    assert (await harness.begin("ana", version)).note.id == first.note.id
    await harness.send("ana", first.note.id, text=False)
    again = await harness.begin("ana", version)
    assert (again.note.id, again.note.state) == (first.note.id, NoteState.SENT)
    await harness.done("mo", first.note.id)
    second = await harness.begin("ana", version)
    assert second.note.id != first.note.id
    await harness.send("ana", second.note.id, text=False)
    await harness.take_back("ana", second.note.id)
    assert await harness.result_so_far(version) == (0, 1)


async def test_moderators_see_only_the_author_of_a_concern_that_is_sent_without_its_text(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    id = (await harness.begin("ana", version)).note.id
    await harness.write("ana", id, "a name that slipped in")
    await harness.send("ana", id, text=False)
    [letter] = await harness.waiting("mo")
    assert (letter.text, letter.author) == ("", "ana")
    assert await harness.keys(id) == 0
    [row] = await harness.db.read(lambda tx: tx.all(select(notes)))
    assert row.text is None


async def test_a_note_cannot_be_sent_with_empty_text_and_its_text_is_stored_encrypted(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    concern, idea = await harness.begin("ana", version), await harness.begin("ana")
    for id in (concern.note.id, idea.note.id):
        with pytest.raises(NotWritten):
            await harness.send("ana", id)
        with pytest.raises(NotWritten):
            await harness.write("ana", id, " \n ")
    with pytest.raises(NotWritten):
        await harness.send("ana", idea.note.id, text=False)
    await harness.write("ana", idea.note.id, "the very words")
    [row] = await harness.db.read(lambda tx: tx.all(select(notes).where(notes.c.id == idea.note.id)))
    assert b"the very words" not in row.text
    await harness.write("ana", idea.note.id, "other words")
    await harness.restart()
    assert (await harness.norms.notes.open(await harness.person("ana"), idea.note.id)).text == "other words"


async def test_a_note_is_sent_once_if_send_is_pressed_twice_at_once(harness: Harness) -> None:
    version = await harness.put(A)
    id = (await harness.begin("ana", version)).note.id
    await harness.write("ana", id, "hm")
    await asyncio.gather(harness.send("ana", id), harness.send("ana", id, text=False))
    [letter] = await harness.waiting("mo")
    assert letter.text == "hm"
    assert await harness.result_so_far(version) == (0, 1)
    assert (await harness.write("ana", id, "something else")).text == "hm"


async def test_nobody_can_read_or_change_the_note_of_somebody_else(harness: Harness) -> None:
    id = await harness.tell("ana")
    bo, notes = await harness.person("bo"), harness.norms.notes
    for reaching in (
        notes.open(bo, id),
        notes.read_by(bo, id, []),
        notes.write(bo, id, "x", harness.now),
        notes.send(bo, id, harness.now),
        notes.move(bo, id),
        notes.take_back(bo, id, harness.now),
        harness.norms.inbox.done(bo, HERE, id, harness.now),
        harness.norms.inbox.done(await harness.person("mo"), ELSEWHERE, id, harness.now),
        harness.norms.inbox.done(await harness.person("mo"), HERE, "nothing", harness.now),
        harness.norms.inbox.open_again(bo, HERE, id),
        harness.norms.inbox.open_again(await harness.person("mo"), ELSEWHERE, id),
        notes.begin(bo, ELSEWHERE, NoteKind.SUGGESTION, None, harness.now),
    ):
        with pytest.raises(NotYours):
            await reaching
    draft = await harness.begin("bo")
    with pytest.raises(NotYours):
        await harness.done("mo", draft.note.id)
    assert await notes.mine(bo) == []


async def test_a_concern_must_be_about_a_version_of_the_same_server_that_can_still_be_answered(
    harness: Harness,
) -> None:
    version = await harness.put(A)
    await harness.elsewhere("ana")
    ana = await harness.person("ana")
    with pytest.raises(NotYours):
        await harness.norms.notes.begin(ana, ELSEWHERE, NoteKind.CONCERN, version.id, harness.now)
    await harness.withdraw()
    with pytest.raises(StandsNoMore):
        await harness.begin("ana", version)


async def test_a_concern_about_a_replaced_version_can_be_moved_to_the_new_version(harness: Harness) -> None:
    first = await harness.put(A)
    id = (await harness.begin("ana", first)).note.id
    await harness.write("ana", id, "hm")
    second = await harness.put(A, B)
    with pytest.raises(StandsNoMore):
        await harness.send("ana", id)
    shown = await harness.norms.notes.open(await harness.person("ana"), id)
    assert (shown.outdated, shown.newer, shown.text) == (True, second, "hm")
    moved = await harness.norms.notes.move(await harness.person("ana"), id)
    assert (moved.version, moved.outdated, moved.text) == (second, False, "hm")
    await harness.send("ana", id)
    assert await harness.result_so_far(second) == (0, 1)


async def test_a_concern_becomes_a_suggestion_if_there_is_no_newer_version(harness: Harness) -> None:
    first = await harness.put(A)
    id = (await harness.begin("ana", first)).note.id
    await harness.write("ana", id, "hm")
    await harness.withdraw()
    shown = await harness.norms.notes.open(await harness.person("ana"), id)
    assert (shown.outdated, shown.newer) == (True, None)
    moved = await harness.norms.notes.move(await harness.person("ana"), id)
    assert (moved.note.kind, moved.version, moved.text) == (NoteKind.SUGGESTION, None, "hm")
    await harness.send("ana", id)
    assert [one.note.kind for one in await harness.waiting("mo")] == [NoteKind.SUGGESTION]


async def test_a_member_can_have_only_a_limited_number_of_waiting_suggestions(harness: Harness) -> None:
    for _ in range(MOST_WAITING):
        last = await harness.tell("ana")
    with pytest.raises(TooMany):
        await harness.begin("ana")
    await harness.done("mo", last)
    assert (await harness.begin("ana")).note.state is NoteState.DRAFT


async def test_only_those_who_can_read_a_note_are_told_that_one_waits_and_once(harness: Harness) -> None:
    for name in ("zoe", "kim"):
        await harness.moderate(name)
    ana = await harness.person("ana")
    letter = await harness.begin("ana")
    await harness.norms.notes.read_by(ana, letter.note.id, [await harness.person("zoe")])
    await harness.write("ana", letter.note.id, "hm")
    await harness.send("ana", letter.note.id)
    assert [await harness.told_of_notes(name) for name in ("zoe", "mo", "kim")] == [["waiting"], [], []]
    await harness.tell("bo")
    assert [await harness.told_of_notes(name) for name in ("zoe", "mo", "kim")] == [["waiting"]] * 3
    await harness.norms.inbox.heard(await harness.person("zoe"), str(HERE), harness.now)
    await harness.tell("cy")
    assert await harness.told_of_notes("zoe") == ["waiting"]
    assert await harness.posts(posts.WAITS) == []


async def test_the_message_closes_when_no_note_waits_for_its_moderator(harness: Harness) -> None:
    await harness.moderate("zoe")
    first, letter = await harness.tell("ana"), await harness.begin("bo")
    await harness.norms.notes.read_by(
        await harness.person("bo"), letter.note.id, [await harness.person("mo")]
    )
    await harness.write("bo", letter.note.id, "hm")
    await harness.send("bo", letter.note.id)
    await harness.done("zoe", first)
    assert [await harness.told_of_notes(name) for name in ("zoe", "mo")] == [[], ["waiting"]]
    await harness.take_back("bo", letter.note.id)
    assert await harness.told_of_notes("mo") == []


@pytest.mark.parametrize("going", ["the author", "the reader", "time"])
async def test_the_message_about_waiting_notes_closes_however_the_last_note_was_removed(
    harness: Harness, going: str
) -> None:
    await harness.tell("ana")
    assert await harness.told_of_notes("mo") == ["waiting"]
    match going:
        case "the author":
            await harness.leave("ana")
        case "the reader":
            await harness.erase("mo")
        case _:
            await harness.wait(days=90)
    assert await harness.told_of_notes("mo") == []


async def test_at_most_ten_drafts_are_kept_and_an_empty_one_makes_room(harness: Harness) -> None:
    ana, begin = await harness.person("ana"), harness.norms.notes.begin
    servers = [ServerId(100 + number) for number in range(DRAFTS_AT_MOST + 2)]
    for server in servers:
        await harness.people.meet(DiscordUser(harness.accounts["ana"], "ana", server), harness.now)
    first = (await begin(ana, servers[0], NoteKind.SUGGESTION, None, harness.now)).note.id
    for server in servers[1 : DRAFTS_AT_MOST + 1]:
        letter = await begin(ana, server, NoteKind.SUGGESTION, None, harness.now)
        await harness.write("ana", letter.note.id, "hm")
    with pytest.raises(NotYours):
        await harness.norms.notes.open(ana, first)
    with pytest.raises(TooManyDrafts):
        await begin(ana, servers[-1], NoteKind.SUGGESTION, None, harness.now)
    assert len(await harness.norms.notes.mine(ana)) == DRAFTS_AT_MOST
