"""The next version: what it begins with, what moderators do to it, and two of them at once."""

import pytest

from bot.errors import NotYours, TooMany
from bot.guidance.library import installed
from bot.ids import ServerId
from bot.norms.drafting import mark, of_pack
from bot.norms.model import MOST, SENTENCE, TITLE, Norm, OverTaken
from bot.norms.view import Desk
from tests.unit.norms.town import ELSEWHERE, HERE, Town, norm

A, B, C = norm("ask"), norm("be"), norm("care")


async def desk(town: Town, name: str = "mo", server: ServerId = HERE) -> Desk:
    return await town.norms.drafting.desk(await town.person(name), server, town.now)


async def write(town: Town, key: str, *, seen: str = "", **parts: str) -> Desk:
    mo = await town.person("mo")
    return await town.norms.drafting.write(mo, HERE, key, parts, town.now, seen=seen)


async def move(town: Town, key: str, *, up: bool, seen: str) -> Desk:
    return await town.norms.drafting.move(await town.person("mo"), HERE, key, town.now, up=up, seen=seen)


async def retire(town: Town, key: str) -> Desk:
    return await town.norms.drafting.retire(await town.person("mo"), HERE, key, town.now)


async def discard(town: Town) -> Desk:
    return await town.norms.drafting.discard(await town.person("mo"), HERE, town.now)


def keys(shown: Desk) -> str:
    return " ".join(one.key for one in shown.draft.norms)


# -- what it begins with ----------------------------------------------------------------------------


async def test_at_first_it_holds_nothing_and_is_not_begun(town: Town) -> None:
    shown = await desk(town)

    assert (shown.draft.norms, shown.changes, shown.begun) == ((), (), False)
    assert (shown.version, shown.proposal, shown.waiting) == (None, None, 0)


async def test_it_begins_as_what_is_in_force_and_is_kept_with_the_first_change(town: Town) -> None:
    await town.put(A, B, direct=True)
    assert (keys(await desk(town)), (await desk(town)).begun) == ("ask be", False)

    shown = await write(town, "care", title="Care", norm="We care.")
    assert (keys(shown), shown.begun) == ("ask be care", True)
    assert [(one.kind.value, one.norm.key) for one in shown.changes] == [("added", "care")]


async def test_while_a_proposal_stands_it_begins_as_that(town: Town) -> None:
    await town.put(A, direct=True)
    await town.put(A, B)

    shown = await write(town, "be", seen=mark([B]), norm="We are there.")
    assert keys(shown) == "ask be"
    assert shown.proposal is not None
    assert [(one.kind.value, one.norm.key) for one in shown.changes] == [("added", "be")]


async def test_discarded_it_is_what_it_began_as(town: Town) -> None:
    version = await town.put(A, direct=True)
    await write(town, "be", title="Be", norm="We are.")

    for _ in range(2):
        shown = await discard(town)
        assert (keys(shown), shown.begun, shown.version) == ("ask", False, version)


async def test_what_changes_nothing_is_not_kept(town: Town) -> None:
    await town.put(A, B, direct=True)
    here = mark([A, B])

    for shown in (
        await write(town, "ask", seen=mark([A]), title=A.title, norm=A.norm),
        await move(town, "ask", up=True, seen=here),
        await move(town, "be", up=False, seen=here),
        await retire(town, "nobody"),
    ):
        assert not shown.begun


# -- writing ----------------------------------------------------------------------------------------


async def test_parts_that_were_not_typed_stay_as_they_were(town: Town) -> None:
    await write(town, "ask", title="Ask", norm="We ask.", why="It counts.", kept="They asked.")
    shown = await write(
        town, "ask", seen=mark([(await desk(town)).draft.norms[0]]), question="When did you last?"
    )

    assert shown.draft.norms == (
        Norm("ask", "Ask", "We ask.", "It counts.", "They asked.", "When did you last?"),
    )


async def test_two_write_the_same_norm_and_the_later_one_is_told(town: Town) -> None:
    await town.draft(A, B)
    await write(town, "ask", seen=mark([A]), norm="The first.")
    with pytest.raises(OverTaken):
        await write(town, "ask", seen=mark([A]), norm="The second.")
    with pytest.raises(OverTaken):
        await write(town, "ask", seen=mark([A]), question="Mine?")

    shown = await write(town, "be", seen=mark([B]), norm="Another norm is another matter.")
    assert [one.norm for one in shown.draft.norms] == ["The first.", "Another norm is another matter."]


async def test_the_same_words_sent_twice_are_written_once(town: Town) -> None:
    for _ in range(2):
        shown = await write(town, "new", title="New", norm="We try.")
        assert keys(shown) == "new"
    await write(town, "new", seen=mark(shown.draft.norms), norm="We try harder.")
    again = await write(town, "new", seen=mark(shown.draft.norms), norm="We try harder.")

    assert [one.norm for one in again.draft.norms] == ["We try harder."]


async def test_one_that_was_retired_while_it_was_written_is_added_again(town: Town) -> None:
    await town.draft(A, B)
    await retire(town, "ask")

    assert keys(await write(town, "ask", seen=mark([A]), title="Ask", norm="We ask.")) == "be ask"


async def test_no_more_than_can_be_kept_in_mind(town: Town) -> None:
    await town.draft(*(norm(f"n{number}") for number in range(MOST)))
    with pytest.raises(TooMany):
        await write(town, "more", title="More", norm="One more.")

    shown = await write(town, "n0", seen=mark([norm("n0")]), norm="Edited.")
    assert len(shown.draft.norms) == MOST


# -- order, and leaving out -------------------------------------------------------------------------


async def test_a_norm_moves_one_place(town: Town) -> None:
    await town.draft(A, B, C)
    shown = await move(town, "care", up=True, seen=mark([A, B, C]))
    assert keys(shown) == "ask care be"

    shown = await move(town, "ask", up=False, seen=mark(shown.draft.norms))
    assert keys(shown) == "care ask be"


async def test_a_move_on_what_is_no_more_is_not_made(town: Town) -> None:
    await town.draft(A, B, C)
    await move(town, "care", up=True, seen=mark([A, B, C]))
    with pytest.raises(OverTaken):
        await move(town, "be", up=True, seen=mark([A, B, C]))

    assert keys(await desk(town)) == "ask care be"


async def test_the_same_move_made_twice_is_made_once(town: Town) -> None:
    await town.draft(A, B, C)
    for _ in range(2):
        await move(town, "care", up=True, seen=mark([A, B, C]))

    assert keys(await desk(town)) == "ask care be"


async def test_a_draft_that_was_discarded_and_begun_anew_is_another(town: Town) -> None:
    await town.draft(A, B)
    await discard(town)
    await town.draft(A, C)

    with pytest.raises(OverTaken):
        await move(town, "ask", up=False, seen=mark([A, B]))


async def test_a_retired_norm_is_left_out_and_what_is_in_force_keeps_it(town: Town) -> None:
    await town.put(A, B, direct=True)
    for _ in range(2):
        shown = await retire(town, "ask")
        assert keys(shown) == "be"
    assert shown.version is not None
    assert shown.version.norms == (A, B)
    assert [(one.kind.value, one.norm) for one in shown.changes] == [("retired", A)]


# -- whose it is ------------------------------------------------------------------------------------


async def test_a_draft_is_of_one_server(town: Town) -> None:
    await town.draft(A)

    assert keys(await desk(town, server=ELSEWHERE)) == ""
    with pytest.raises(NotYours):
        await town.norms.drafting.norm(ELSEWHERE, "ask", town.now)
    assert await town.norms.drafting.norm(HERE, "ask", town.now) == A


async def test_put_as_it_was_seen_or_not_at_all(town: Town) -> None:
    await town.draft(A, B)
    seen = mark([A, B])
    await retire(town, "be")
    put = town.norms.ballots.put
    with pytest.raises(OverTaken):
        await put(await town.person("mo"), HERE, town.now, direct=False, seen=seen)

    version = await put(await town.person("mo"), HERE, town.now, direct=False, seen=mark([A]))
    assert version.norms == (A,)


async def test_withdrawn_is_the_one_that_was_meant(town: Town) -> None:
    await town.put(A)
    second = await town.put(A, B)
    withdraw = town.norms.ballots.withdraw
    with pytest.raises(NotYours):
        await withdraw(await town.person("mo"), HERE, town.now, 1)

    assert await withdraw(await town.person("mo"), HERE, town.now, 2) == second


# -- packs ------------------------------------------------------------------------------------------


def test_a_pack_gives_the_same_norms_each_time() -> None:
    for pack in installed().packs.values():
        norms = of_pack(pack)
        assert norms == of_pack(pack)
        assert len({one.key for one in norms}) == len(norms) <= MOST
        assert all(len(one.title) <= TITLE and len(one.norm) <= SENTENCE for one in norms)


def test_a_mark_tells_every_part_and_the_order() -> None:
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
