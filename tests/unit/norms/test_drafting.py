"""The draft of the next version: what it begins with, how moderators edit it, and conflicting edits."""

import pytest

from bot.content.library import installed
from bot.errors import NotYours, TooMany
from bot.ids import ServerId
from bot.norms.drafts import mark, of_pack
from bot.norms.errors import NormGone, OverTaken
from bot.norms.models import NORMS_AT_MOST, SENTENCE, TITLE, Norm
from bot.norms.queries import NormDesk
from tests.unit.norms.fixtures import ELSEWHERE, HERE, Harness, norm

A, B, C = norm("ask"), norm("be"), norm("care")


async def desk(harness: Harness, name: str = "mo", server: ServerId = HERE) -> NormDesk:
    return await harness.norms.drafts.desk(await harness.person(name), server, harness.now)


async def write(harness: Harness, key: str, *, seen: str = "", **parts: str) -> NormDesk:
    mo = await harness.person("mo")
    return await harness.norms.drafts.write(mo, HERE, key, parts, harness.now, seen=seen)


async def move(harness: Harness, key: str, *, up: bool, seen: str) -> NormDesk:
    return await harness.norms.drafts.move(
        await harness.person("mo"), HERE, key, harness.now, up=up, seen=seen
    )


async def retire(harness: Harness, key: str) -> NormDesk:
    return await harness.norms.drafts.retire(await harness.person("mo"), HERE, key, harness.now)


async def discard(harness: Harness) -> NormDesk:
    return await harness.norms.drafts.discard(await harness.person("mo"), HERE, harness.now)


def keys(shown: NormDesk) -> str:
    return " ".join(one.key for one in shown.draft.norms)


# -- what it begins with ----------------------------------------------------------------------------


async def test_at_first_the_draft_is_empty_and_not_begun(harness: Harness) -> None:
    shown = await desk(harness)

    assert (shown.draft.norms, shown.changes, shown.begun) == ((), (), False)
    assert (shown.version, shown.proposal, shown.waiting) == (None, None, 0)


async def test_a_draft_begins_as_the_version_in_force_and_is_stored_with_the_first_change(
    harness: Harness,
) -> None:
    await harness.put(A, B, direct=True)
    assert (keys(await desk(harness)), (await desk(harness)).begun) == ("ask be", False)

    shown = await write(harness, "care", title="Care", norm="We care.")
    assert (keys(shown), shown.begun) == ("ask be care", True)
    assert [(one.kind.value, one.norm.key) for one in shown.changes] == [("added", "care")]


async def test_while_a_proposal_is_open_the_draft_begins_as_that_proposal(harness: Harness) -> None:
    await harness.put(A, direct=True)
    await harness.put(A, B)

    shown = await write(harness, "be", seen=mark([B]), norm="We are there.")
    assert keys(shown) == "ask be"
    assert shown.proposal is not None
    assert [(one.kind.value, one.norm.key) for one in shown.changes] == [("added", "be")]


async def test_a_discarded_draft_goes_back_to_the_version_in_force(harness: Harness) -> None:
    version = await harness.put(A, direct=True)
    await write(harness, "be", title="Be", norm="We are.")

    for _ in range(2):
        shown = await discard(harness)
        assert (keys(shown), shown.begun, shown.version) == ("ask", False, version)


async def test_an_edit_that_changes_nothing_does_not_begin_a_draft(harness: Harness) -> None:
    await harness.put(A, B, direct=True)
    here = mark([A, B])

    for shown in (
        await write(harness, "ask", seen=mark([A]), title=A.title, norm=A.norm),
        await move(harness, "ask", up=True, seen=here),
        await move(harness, "be", up=False, seen=here),
        await retire(harness, "nobody"),
    ):
        assert not shown.begun


# -- writing ----------------------------------------------------------------------------------------


async def test_parts_that_were_not_typed_stay_as_they_were(harness: Harness) -> None:
    await write(harness, "ask", title="Ask", norm="We ask.", why="It counts.", kept="They asked.")
    shown = await write(
        harness, "ask", seen=mark([(await desk(harness)).draft.norms[0]]), question="When did you last?"
    )

    assert shown.draft.norms == (
        Norm("ask", "Ask", "We ask.", "It counts.", "They asked.", "When did you last?"),
    )


async def test_when_two_people_edit_the_same_norm_the_later_edit_is_refused(harness: Harness) -> None:
    await harness.draft(A, B)
    await write(harness, "ask", seen=mark([A]), norm="The first.")
    with pytest.raises(OverTaken):
        await write(harness, "ask", seen=mark([A]), norm="The second.")
    with pytest.raises(OverTaken):
        await write(harness, "ask", seen=mark([A]), question="Mine?")

    shown = await write(harness, "be", seen=mark([B]), norm="Another norm is another matter.")
    assert [one.norm for one in shown.draft.norms] == ["The first.", "Another norm is another matter."]


async def test_the_same_words_sent_twice_are_written_once(harness: Harness) -> None:
    for _ in range(2):
        shown = await write(harness, "new", title="New", norm="We try.")
        assert keys(shown) == "new"
    await write(harness, "new", seen=mark(shown.draft.norms), norm="We try harder.")
    again = await write(harness, "new", seen=mark(shown.draft.norms), norm="We try harder.")

    assert [one.norm for one in again.draft.norms] == ["We try harder."]


async def test_a_norm_that_is_retired_while_somebody_edits_it_is_added_again(harness: Harness) -> None:
    await harness.draft(A, B)
    await retire(harness, "ask")

    assert keys(await write(harness, "ask", seen=mark([A]), title="Ask", norm="We ask.")) == "be ask"


async def test_a_full_draft_accepts_no_further_norm_but_its_norms_can_be_edited(harness: Harness) -> None:
    await harness.draft(*(norm(f"n{number}") for number in range(NORMS_AT_MOST)))
    with pytest.raises(TooMany):
        await write(harness, "more", title="More", norm="One more.")

    shown = await write(harness, "n0", seen=mark([norm("n0")]), norm="Edited.")
    assert len(shown.draft.norms) == NORMS_AT_MOST


# -- moving and retiring ----------------------------------------------------------------------------


async def test_a_norm_moves_one_place(harness: Harness) -> None:
    await harness.draft(A, B, C)
    shown = await move(harness, "care", up=True, seen=mark([A, B, C]))
    assert keys(shown) == "ask care be"

    shown = await move(harness, "ask", up=False, seen=mark(shown.draft.norms))
    assert keys(shown) == "care ask be"


async def test_a_move_is_refused_if_the_draft_has_changed_since_it_was_shown(harness: Harness) -> None:
    await harness.draft(A, B, C)
    await move(harness, "care", up=True, seen=mark([A, B, C]))
    with pytest.raises(OverTaken):
        await move(harness, "be", up=True, seen=mark([A, B, C]))

    assert keys(await desk(harness)) == "ask care be"


async def test_the_same_move_made_twice_is_made_once(harness: Harness) -> None:
    await harness.draft(A, B, C)
    for _ in range(2):
        await move(harness, "care", up=True, seen=mark([A, B, C]))

    assert keys(await desk(harness)) == "ask care be"


async def test_a_move_meant_for_a_discarded_draft_is_refused_in_the_new_draft(harness: Harness) -> None:
    await harness.draft(A, B)
    await discard(harness)
    await harness.draft(A, C)

    with pytest.raises(OverTaken):
        await move(harness, "ask", up=False, seen=mark([A, B]))


async def test_a_retired_norm_is_left_out_of_the_draft_but_stays_in_the_version_in_force(
    harness: Harness,
) -> None:
    await harness.put(A, B, direct=True)
    for _ in range(2):
        shown = await retire(harness, "ask")
        assert keys(shown) == "be"
    assert shown.version is not None
    assert shown.version.norms == (A, B)
    assert [(one.kind.value, one.norm) for one in shown.changes] == [("retired", A)]


# -- the draft or proposal that was meant -----------------------------------------------------------


async def test_a_draft_belongs_to_one_server(harness: Harness) -> None:
    await harness.draft(A)

    assert keys(await desk(harness, server=ELSEWHERE)) == ""
    with pytest.raises(NotYours):
        await harness.norms.drafts.norm(ELSEWHERE, "ask", harness.now)
    assert await harness.norms.drafts.norm(HERE, "ask", harness.now) == A


async def test_a_draft_is_proposed_only_as_the_moderator_saw_it(harness: Harness) -> None:
    await harness.draft(A, B)
    seen = mark([A, B])
    await retire(harness, "be")
    put = harness.norms.ballots.put
    with pytest.raises(OverTaken):
        await put(await harness.person("mo"), HERE, harness.now, direct=False, seen=seen)

    version = await put(await harness.person("mo"), HERE, harness.now, direct=False, seen=mark([A]))
    assert version.norms == (A,)


async def test_only_the_proposal_with_the_given_number_is_withdrawn(harness: Harness) -> None:
    await harness.put(A)
    second = await harness.put(A, B)
    withdraw = harness.norms.ballots.withdraw
    with pytest.raises(NotYours):
        await withdraw(await harness.person("mo"), HERE, harness.now, 1)

    assert await withdraw(await harness.person("mo"), HERE, harness.now, 2) == second


# -- packs ------------------------------------------------------------------------------------------


def test_a_pack_gives_the_same_norms_each_time() -> None:
    for pack in installed().packs.values():
        norms = of_pack(pack)
        assert norms == of_pack(pack)
        assert len({one.key for one in norms}) == len(norms) <= NORMS_AT_MOST
        assert all(len(one.title) <= TITLE and len(one.norm) <= SENTENCE for one in norms)


def test_a_mark_depends_on_every_part_of_each_norm_and_on_their_order() -> None:
    said = [
        [A, B],
        [B, A],
        [A],
        [],
        [Norm("ask", "Asked", "We ask.")],
        [Norm("ask", "Ask", "We ask.", "x")],
        [Norm("ask", "Ask", "We ask.", "", "x")],
        [Norm("ask", "Ask", "We ask.", "", "", "x")],
        [Norm("other", "Ask", "We ask.")],
    ]
    assert len({mark(norms) for norms in said}) == len(said)


@pytest.mark.parametrize("key", ["", " ", "²", "a.b", "x" * 33])
async def test_a_norm_cannot_be_added_under_a_key_that_no_card_could_show(harness: Harness, key: str) -> None:
    with pytest.raises(NormGone):
        await write(harness, key, title="Ask", norm="Ask first.")
