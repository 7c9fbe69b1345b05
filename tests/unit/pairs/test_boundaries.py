"""A boundary between two partners: it holds from its commit on, and nobody notices before the parting.

Cy and Di are a second pair, without a boundary: what Ana and Bo see is compared with what these two see.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from bot.delivery.outbox_message import MessageState
from bot.delivery.tables import outbox
from bot.errors import NotYours
from bot.pairs.check_in import CheckIn, CheckInStatus, Wish
from bot.pairs.errors import PairClosed, PausedByOther
from bot.pairs.queries import CheckInView, PairView
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import sides
from tests.unit.pairs.fixtures import SUNDAYS, Harness, words_of
from tests.unit.pods.fixtures import utc

pytestmark = pytest.mark.slow

MIDWEEK = PairSchedule(Cadence.WEEKLY, 2, 7 * 60, 6)
Act = Callable[[Harness, str, str], Awaitable[object]]


async def shares(harness: Harness, name: str, id: str) -> object:
    one = await harness.check_in(name, id)
    await harness.mark(name, one, CheckInStatus.SLIPPED)
    await harness.note(name, one, "read this")
    return heard(await harness.share(name, one))


async def wishes(harness: Harness, name: str, id: str) -> object:
    return heard(await harness.wish(name, await harness.check_in(name, id)))


async def suggests(harness: Harness, name: str, id: str) -> object:
    return told(await harness.put(name, id, MIDWEEK))


async def renews(harness: Harness, name: str, id: str) -> object:
    return told(await harness.renew(name, id))


async def pauses(harness: Harness, name: str, id: str) -> object:
    return told(await harness.pause(name, id, 14))


async def pauses_and_goes_on(harness: Harness, name: str, id: str) -> object:
    await harness.pause(name, id, 14)
    return told(await harness.resume(name, id))


async def takes_back(harness: Harness, name: str, id: str) -> object:
    await harness.put(name, id, MIDWEEK)
    return told(await harness.pairs.changes.take_back(await harness.person(name), id, harness.now))


ACTS = [shares, wishes, suggests, renews, pauses, pauses_and_goes_on, takes_back]


def heard(asked: CheckInView) -> object:
    """Return what a check-in shows to the person who was asked."""
    one = asked.check_in
    return (one.status, one.shared_at, one.heard, asked.note, asked.next_at, asked.renewing, one.closes_at)


def told(view: PairView) -> object:
    """Return what a pair shows to one of the two, without names and ids."""
    pair, one = view.pair, view.open_check_in
    stands = (pair.state, pair.schedule, pair.ends_on, view.paused_until, view.side.next_at)
    changes = [
        None if change is None else (change.schedule, change.proposed, change.renew)
        for change in (view.change, view.offered)
    ]
    asked = None if one is None else (one.day, one.status, one.shared_at, one.heard)
    words = [words.signs.split()[-1:] for words in (view.mine, view.theirs)]
    return stands, changes, asked, view.shared, view.unread, words


async def seen(harness: Harness, name: str, id: str) -> object:
    """Return all that one of the two can see: the pair, its messages, and what their partner shared."""
    view = await harness.view(name, id)
    shared = []
    for number in range(view.shared):
        read = await harness.shared(name, id, number)
        shared.append((read.check_in.status, read.check_in.shared_at, read.note))
    return told(view), await harness.kinds(name), shared, await harness.waiting(name) == [(id, "running")]


async def twins(harness: Harness) -> tuple[str, str]:
    """Make two equal pairs on Monday, 19 January: what was shared on the first Sunday has been read."""
    ids = await harness.pair("Ana", "Bo"), await harness.pair("Cy", "Di")
    both = (("Ana", ids[0]), ("Bo", ids[0]), ("Cy", ids[1]), ("Di", ids[1]))
    await harness.wait_for_check_in("Ana", ids[0])
    for name, id in both:
        one = await harness.check_in(name, id)
        await harness.mark(name, one)
        await harness.note(name, one, "how it went")
        await harness.share(name, one)
    for name, id in both:
        await harness.pairs.saw(await harness.person(name), id)
        await harness.shared(name, id)
    await harness.wait_until(utc(2026, 1, 19, 7))
    return ids


async def of_the_pair(harness: Harness, name: str) -> list[tuple[str, str]]:
    """Return what `/privacy` exports to somebody of their pairs, without words and what is random."""
    own = {"words", "note", "question"}
    return sorted(
        [
            (table, str({column: value for column, value in row.items() if column not in own}))
            async for table, row in harness.services.privacy.records(
                await harness.person(name), asked_for=True
            )
            if table in ("pairs", "pair_sides", "check_ins", "pair_changes")
        ]
    )


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_until_the_parting_both_see_the_same_as_in_a_pair_without_a_boundary(
    harness: Harness, owner: str
) -> None:
    theirs, others = await twins(harness)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for hours in (0, 1):
        await harness.wait(hours=hours, seconds=-1 if hours else 0)
        assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)
        assert await seen(harness, "Bo", theirs) == await seen(harness, "Di", others)


@pytest.mark.slow
@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("act", ACTS)
async def test_what_somebody_does_across_a_boundary_looks_done_but_reaches_nobody(
    harness: Harness, owner: str, act: Act
) -> None:
    theirs, others = await twins(harness)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for name, twin in (("Bo", "Di"), ("Ana", "Cy")):
        other, others_other = ("Ana", "Cy") if name == "Bo" else ("Bo", "Di")
        before = await seen(harness, other, theirs)
        result = await act(harness, name, theirs)
        # The partner sees nothing of what was done ...
        assert await seen(harness, other, theirs) == before
        if name == "Bo":
            assert before == await seen(harness, others_other, others)
            # ... and to the person who did it, it looks done, as in any pair.
            assert result == await act(harness, twin, others)
            assert told(await harness.view(name, theirs)) == told(await harness.view(twin, others))
            assert await of_the_pair(harness, name) == await of_the_pair(harness, twin)
    waiting = [message for message in await harness.standing() if message.state is not MessageState.WITHHELD]
    apart = {await harness.person("Ana"), await harness.person("Bo")}
    assert not [message for message in waiting if {message.person, message.other} == apart]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("act", ACTS)
async def test_after_the_parting_the_end_of_a_pair_looks_like_any_other_end(
    harness: Harness, owner: str, act: Act
) -> None:
    theirs, _ = await twins(harness)
    other = "Bo" if owner == "Ana" else "Ana"
    await harness.apart(owner, other)
    await act(harness, "Bo", theirs)
    await harness.wait(days=1)
    for name in ("Ana", "Bo"):
        with pytest.raises(PairClosed):
            await harness.view(name, theirs)
    messages = [
        (message.person, message.kind, message.other)
        for message in await harness.standing()
        if message.subject == theirs
    ]
    assert messages == [(await harness.person(other), "pairs.ended", None)]
    assert await harness.kinds(other) == ["ended"]
    assert await harness.kinds(owner) == []


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_what_was_not_read_before_a_boundary_looks_taken_back(harness: Harness, owner: str) -> None:
    """In the pair without a boundary, Di takes the same things back, one by one."""
    theirs, others = await twins(harness)
    for name, id in (("Bo", theirs), ("Di", others)):
        await shares(harness, name, id)
        await suggests(harness, name, id)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await harness.keep("Di", await harness.check_in("Di", others))
    await harness.pairs.changes.take_back(await harness.person("Di"), others, harness.now)
    assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)
    for verb in (
        harness.agree("Ana", theirs),
        harness.pairs.changes.keep_as_is(await harness.person("Ana"), theirs, harness.now),
    ):
        with pytest.raises(PairClosed):
            await verb
    # The person who did it still sees their own part as it was.
    bo = await harness.view("Bo", theirs)
    assert bo.change is not None
    assert (bo.change.schedule, bo.change.proposed) == (MIDWEEK, True)
    assert (await harness.look("Bo", await harness.check_in("Bo", theirs))).check_in.shared_at is not None


async def test_a_boundary_closes_messages_about_what_waits_for_an_answer(harness: Harness) -> None:
    """It looks as if it had been taken back. What was shared, and told of before, stays."""
    id, _ = await twins(harness)
    await shares(harness, "Bo", id)
    await suggests(harness, "Bo", id)
    arrived = (
        update(outbox)
        .where(outbox.c.other == await harness.person("Bo"))
        .values(state=MessageState.SENT, message_id=1)
    )
    await harness.db.write(lambda tx: tx.execute(arrived))
    assert await harness.kinds("Ana") == ["change", "check_in", "shared"]
    await harness.apart("Ana", "Bo")
    assert await harness.kinds("Ana") == ["check_in", "shared"]
    closing = select(outbox.c.kind).where(outbox.c.state == MessageState.CLOSING)
    rows = await harness.db.read(lambda tx: tx.all(closing))
    assert {row.kind for row in rows} == {"pairs.change"}


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_what_was_shared_and_told_of_can_be_read_until_the_pair_ends(
    harness: Harness, owner: str
) -> None:
    id, _ = await twins(harness)
    await shares(harness, "Bo", id)
    await harness.deliver()
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert (await harness.view("Ana", id)).shared == 2
    assert (await harness.shared("Ana", id)).note == "read this"
    assert (await harness.view("Ana", id)).shared == 2
    await harness.wait(days=1)
    with pytest.raises(PairClosed):
        await harness.view("Ana", id)


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("told", ["sent", "opened days ago"])
async def test_both_can_read_what_they_wrote_for_each_other_until_the_pair_ends(
    harness: Harness, owner: str, told: str
) -> None:
    """Nobody has pressed `Show` yet. A pair whose words are blank exists only under a boundary."""
    id = await harness.propose("Ana", "Bo")
    await harness.accept("Bo", id)
    await harness.deliver()
    if told == "opened days ago":
        await harness.read("Ana", "pairs.begun", id)
        await harness.forget_old_messages(days=2)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for name, other in (("Ana", "Bo"), ("Bo", "Ana")):
        assert (await harness.view(name, id)).theirs == words_of(other)
        await harness.pairs.saw(await harness.person(name), id)
        passage = await harness.read_for_a_report(name, id)
        assert passage is not None
        assert passage.texts[0] == ("aim", f"{other} aims")


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("already", [False, True])
async def test_a_yes_that_the_starter_was_not_told_of_ends_at_once_as_if_the_partner_had_ended_it(
    harness: Harness, shown: bool, already: bool
) -> None:
    """Otherwise the pair would run, and no message that it began would ever come."""
    ids = [await harness.propose(one, other) for one, other in (("Ana", "Bo"), ("Cy", "Di"))]
    for name, id in zip(("Bo", "Di"), ids, strict=True):
        await harness.accept(name, id)
    for name, id in zip(("Ana", "Cy"), ids, strict=True):
        if shown:
            await harness.view(name, id)
            await harness.pairs.saw(await harness.person(name), id)
    if already:
        await harness.apart("Ana", "Bo")
    await harness.apart("Bo", "Ana")
    await harness.end("Di", ids[1])
    for name, id in zip(("Ana", "Bo", "Cy", "Di"), (ids[0], ids[0], ids[1], ids[1]), strict=True):
        with pytest.raises(PairClosed):
            await harness.view(name, id)
    assert await harness.kinds("Ana") == await harness.kinds("Cy") == ["ended"]
    assert await harness.kinds("Bo") == await harness.kinds("Di") == []
    assert await harness.waiting("Ana") == []
    await harness.wait(days=1)
    assert await harness.kinds("Ana") == ["ended"]


async def pausing(harness: Harness, by: str, _other: str, id: str) -> None:
    await harness.pause(by, id, 14)


async def agreeing(harness: Harness, by: str, other: str, id: str) -> None:
    await harness.put(other, id, MIDWEEK)
    await harness.agree(by, id)


async def keeping_it_as_it_is(harness: Harness, by: str, other: str, id: str) -> None:
    await harness.put(other, id, MIDWEEK)
    await harness.pairs.changes.keep_as_is(await harness.person(by), id, harness.now)


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("does", [pausing, agreeing, keeping_it_as_it_is])
async def test_what_stands_on_the_pair_and_was_not_told_ends_it_at_once_as_if_its_owner_had_ended_it(
    harness: Harness, does: Callable[[Harness, str, str, str], Awaitable[None]], shown: bool
) -> None:
    """Otherwise the pair would be paused, or changed, and no message about that would ever come."""
    theirs, others = await twins(harness)
    for by, other, id in (("Bo", "Ana", theirs), ("Di", "Cy", others)):
        await does(harness, by, other, id)
        if shown:
            await harness.view(other, id)
    await harness.apart("Bo", "Ana")
    await harness.end("Di", others)
    for name, id in (("Ana", theirs), ("Bo", theirs), ("Cy", others), ("Di", others)):
        with pytest.raises(PairClosed):
            await harness.view(name, id)
    assert await harness.kinds("Ana") == await harness.kinds("Cy") == ["ended"]
    assert await harness.kinds("Bo") == await harness.kinds("Di") == []


@pytest.mark.parametrize("does", [pausing, agreeing, keeping_it_as_it_is])
async def test_what_stands_on_the_pair_and_was_told_stays_until_the_random_time(
    harness: Harness, does: Callable[[Harness, str, str, str], Awaitable[None]]
) -> None:
    theirs, others = await twins(harness)
    for by, other, id in (("Bo", "Ana", theirs), ("Di", "Cy", others)):
        await does(harness, by, other, id)
    await harness.deliver()
    await harness.apart("Bo", "Ana")
    assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)


async def test_what_whoever_set_the_boundary_was_not_told_of_ends_nothing_at_once(harness: Harness) -> None:
    """Bo, who did it, must not notice that Ana's message was withheld."""
    theirs, others = await twins(harness)
    for name, id in (("Bo", theirs), ("Di", others)):
        await harness.pause(name, id, 14)
    await harness.apart("Ana", "Bo")
    assert await seen(harness, "Bo", theirs) == await seen(harness, "Di", others)


async def test_a_pair_of_whose_beginning_inbox_told_runs_until_its_time(harness: Harness) -> None:
    id = await harness.propose("Ana", "Bo")
    await harness.accept("Bo", id)
    await harness.services.messages.show(await harness.person("Ana"), harness.now)
    await harness.apart("Bo", "Ana")
    assert await harness.kinds("Ana") == ["begun"]
    assert (await harness.view("Ana", id)).theirs.aim == "Bo aims"


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_what_was_typed_for_a_proposal_goes_when_a_boundary_closes_it(
    harness: Harness, owner: str
) -> None:
    """It goes as at once as when the proposal is taken back. Its starter still sees their own part."""
    id = await harness.propose("Ana", "Bo")
    await harness.write("Bo", id)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    ana = await harness.person("Ana")
    assert await harness.keys(id) == {f"{ana} "}
    assert len(await harness.sealed(sides, "words")) == 1
    assert (await harness.count())[1] == 1
    assert await harness.waiting("Ana") == [(id, "proposed")]
    assert (await harness.side("Ana", id)).written > 0


async def test_what_a_boundary_withheld_unread_stays_withheld_when_it_is_lifted(harness: Harness) -> None:
    id, _ = await twins(harness)
    await shares(harness, "Bo", id)
    await suggests(harness, "Bo", id)
    await harness.apart("Ana", "Bo")
    before = await seen(harness, "Ana", id)
    await harness.lift("Ana")
    assert await seen(harness, "Ana", id) == before
    with pytest.raises(PairClosed):
        await harness.agree("Ana", id)
    await harness.pairs.changes.take_back(await harness.person("Bo"), id, harness.now)
    await suggests(harness, "Bo", id)
    assert (await harness.agree("Ana", id)).pair.schedule == MIDWEEK


async def test_a_wish_from_before_a_boundary_can_be_answered_but_the_answer_reaches_nobody(
    harness: Harness,
) -> None:
    id, _ = await twins(harness)
    one = await harness.check_in("Ana", id)
    await harness.wish("Ana", one)
    await harness.deliver()
    assert "wish" in await harness.kinds("Bo")
    await harness.apart("Ana", "Bo")
    answered = await harness.answer("Bo", one, Wish.LATER)
    assert answered.check_in.wish is Wish.LATER
    assert (await harness.look("Ana", one)).check_in.heard is Wish.ASKED
    assert await harness.kinds("Ana") == ["check_in"]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("said", [Wish.LATER, Wish.NOT_NOW])
async def test_an_answer_to_a_wish_that_was_not_told_looks_after_a_boundary_as_if_it_had_not_come(
    harness: Harness, owner: str, said: Wish
) -> None:
    """Ana's message about it still waits. In the other pair, Di hasn't answered."""
    theirs, others = await twins(harness)
    ones = await harness.check_in("Ana", theirs), await harness.check_in("Cy", others)
    for name, one in zip(("Ana", "Cy"), ones, strict=True):
        await harness.wish(name, one)
    await harness.deliver()
    await harness.answer("Bo", ones[0], said)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert heard(await harness.look("Ana", ones[0])) == heard(await harness.look("Cy", ones[1]))
    assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)
    # Bo still sees that he has answered, and a second press changes nothing.
    for wished in (await harness.wished("Bo", ones[0]), await harness.answer("Bo", ones[0], said)):
        assert wished.check_in.wish is said
    await harness.lift(owner)
    await harness.deliver()
    assert (await harness.look("Ana", ones[0])).check_in.heard is Wish.ASKED
    assert "later" not in await harness.kinds("Ana")


async def by_a_message(harness: Harness, _one: CheckIn) -> None:
    await harness.deliver()


async def by_inbox(harness: Harness, _one: CheckIn) -> None:
    await harness.services.messages.show(await harness.person("Ana"), harness.now)


async def by_a_card(harness: Harness, one: CheckIn) -> None:
    assert (await harness.look("Ana", one)).untold
    assert not (await harness.hear("Ana", one)).untold
    assert not (await harness.look("Ana", one)).untold


async def by_a_message_that_was_opened_days_ago(harness: Harness, one: CheckIn) -> None:
    await harness.deliver()
    await harness.read("Ana", "pairs.later", one.id)
    await harness.forget_old_messages(days=2)


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("told", [by_a_message, by_inbox, by_a_card, by_a_message_that_was_opened_days_ago])
async def test_an_answer_to_a_wish_that_was_told_stays_after_a_boundary(
    harness: Harness, owner: str, told: Callable[[Harness, CheckIn], Awaitable[None]]
) -> None:
    id, _ = await twins(harness)
    one = await harness.check_in("Ana", id)
    await harness.wish("Ana", one)
    await harness.answer("Bo", one, Wish.LATER)
    await told(harness, one)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert (await harness.look("Ana", one)).check_in.heard is Wish.LATER


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_wish_that_was_not_told_before_a_boundary_cannot_be_found_by_the_partner(
    harness: Harness, owner: str
) -> None:
    id, _ = await twins(harness)
    one = await harness.check_in("Ana", id)
    await harness.wish("Ana", one)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for verb in (harness.wished("Bo", one), harness.answer("Bo", one, Wish.LATER)):
        with pytest.raises(NotYours):
            await verb
    assert (await harness.look("Ana", one)).check_in.heard is Wish.ASKED


async def test_a_wish_made_across_a_boundary_cannot_be_found_by_the_partner(harness: Harness) -> None:
    id, _ = await twins(harness)
    one = await harness.check_in("Ana", id)
    await harness.apart("Bo", "Ana")
    await harness.wish("Ana", one)
    for verb in (harness.wished("Bo", one), harness.answer("Bo", one, Wish.LATER)):
        with pytest.raises(NotYours):
            await verb


async def test_what_was_read_before_a_boundary_can_be_read_until_it_is_taken_back(harness: Harness) -> None:
    id, others = await twins(harness)
    [one, _] = await harness.asked("Bo", id)
    await harness.apart("Ana", "Bo")
    assert await seen(harness, "Ana", id) == await seen(harness, "Cy", others)
    await harness.keep("Bo", one)
    assert (await harness.view("Ana", id)).shared == 0
    with pytest.raises(PairClosed):
        await harness.shared("Ana", id)


async def test_sharing_a_read_check_in_again_across_a_boundary_changes_nothing_for_the_partner(
    harness: Harness,
) -> None:
    id, _ = await twins(harness)
    await shares(harness, "Bo", id)
    await harness.shared("Ana", id)
    await harness.apart("Bo", "Ana")
    before = await seen(harness, "Ana", id)
    await harness.share("Bo", await harness.check_in("Bo", id))
    assert await seen(harness, "Ana", id) == before


async def test_two_equal_suggestions_across_a_boundary_change_nothing(harness: Harness) -> None:
    id, _ = await twins(harness)
    await suggests(harness, "Ana", id)
    await harness.apart("Ana", "Bo")
    await suggests(harness, "Bo", id)
    for name in ("Ana", "Bo"):
        view = await harness.view(name, id)
        assert (view.pair.schedule, view.offered) == (SUNDAYS, None)
        assert view.change is not None


@pytest.mark.parametrize("act", ACTS)
async def test_after_a_boundary_is_lifted_early_the_pair_goes_on_and_what_was_withheld_stays_so(
    harness: Harness, act: Act
) -> None:
    theirs, others = await twins(harness)
    await harness.apart("Ana", "Bo")
    await act(harness, "Bo", theirs)
    await harness.lift("Ana")
    assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)
    await harness.wait(days=2)
    assert await seen(harness, "Ana", theirs) == await seen(harness, "Cy", others)


async def test_what_somebody_does_after_a_boundary_was_lifted_reaches_the_partner_again(
    harness: Harness,
) -> None:
    id, _ = await twins(harness)
    await harness.apart("Ana", "Bo")
    await harness.put("Bo", id, MIDWEEK)
    await harness.wish("Bo", await harness.check_in("Bo", id))
    await harness.lift("Ana")
    await harness.renew("Bo", id)
    assert await harness.kinds("Ana") == ["change", "check_in"]
    offered = (await harness.view("Ana", id)).offered
    assert offered is not None
    assert offered.renew
    one = await harness.wait_for_check_in("Bo", id)
    await harness.wish("Bo", one)
    await harness.mark("Bo", one)
    await harness.share("Bo", one)
    assert {"wish", "shared"} <= set(await harness.kinds("Ana"))


async def test_a_pause_that_a_boundary_hides_still_ends_on_its_day(harness: Harness) -> None:
    id, _ = await twins(harness)
    await harness.apart("Ana", "Bo")
    view = await harness.pause("Bo", id, 14)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 2, 2), None)
    await harness.lift("Ana")
    await harness.wait_until(utc(2026, 1, 31))
    assert [len(await harness.asked(name, id)) for name in ("Ana", "Bo")] == [3, 2]
    assert (await harness.side("Bo", id)).missed == 0
    await harness.wait_until(utc(2026, 2, 2))
    view = await harness.view("Bo", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 2, 8, 17))
    await harness.wait(days=7)
    assert [one.day for one in await harness.asked("Bo", id)][-1] == date(2026, 2, 8)
    assert len(await harness.asked("Ana", id)) == 5


async def test_two_pauses_that_a_boundary_hides_each_end_on_their_own_day(harness: Harness) -> None:
    id, _ = await twins(harness)
    await harness.apart("Ana", "Bo")
    assert (await harness.pause("Ana", id, 28)).paused_until == utc(2026, 2, 16)
    assert (await harness.pause("Bo", id, 7)).paused_until == utc(2026, 1, 26)
    for days in (14, 7):
        assert (await harness.pause("Bo", id, days)).paused_until == utc(2026, 2, 2)
    assert (await harness.resume("Bo", id)).paused_until is None
    assert (await harness.view("Ana", id)).paused_until == utc(2026, 2, 16)
    assert (await harness.pause("Bo", id, 7)).paused_until == utc(2026, 1, 26)
    await harness.lift("Ana")
    for name, until in (("Bo", utc(2026, 1, 26)), ("Ana", utc(2026, 2, 16))):
        await harness.wait_until(until - timedelta(seconds=1))
        assert (await harness.view(name, id)).side.next_at is None
        await harness.wait(seconds=1)
        assert (await harness.view(name, id)).side.next_at == until + timedelta(days=6, hours=17)


async def paused_before(harness: Harness, days: int) -> tuple[str, str]:
    """Return two equal pairs that were paused for so long a week and a day ago, and both know it."""
    ids = await twins(harness)
    for name, id in zip(("Bo", "Di"), ids, strict=True):
        await harness.pause(name, id, days)
    await harness.deliver()
    await harness.wait(days=8)
    return ids


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_pause_from_before_a_boundary_that_its_author_ends_goes_on_for_the_partner(
    harness: Harness, owner: str
) -> None:
    """Bo sees what Di sees, who resumes a pair without a boundary. Ana sees what she saw before."""
    theirs, others = await paused_before(harness, 14)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    before = await seen(harness, "Ana", theirs), await of_the_pair(harness, "Ana")
    await harness.pairs.changes.begin(await harness.person("Ana"), theirs, harness.now)
    suggested = (await harness.view("Ana", theirs)).change
    await harness.pairs.changes.take_back(await harness.person("Ana"), theirs, harness.now)
    for _ in range(2):
        resumed = await harness.resume("Bo", theirs), await harness.resume("Di", others)
        assert told(resumed[0]) == told(resumed[1])
        assert (await seen(harness, "Ana", theirs), await of_the_pair(harness, "Ana")) == before
        assert await seen(harness, "Bo", theirs) == await seen(harness, "Di", others)
        assert await of_the_pair(harness, "Bo") == await of_the_pair(harness, "Di")
    with pytest.raises(PausedByOther):
        await harness.resume("Ana", theirs)
    began = await harness.pairs.changes.begin(await harness.person("Ana"), theirs, harness.now)
    assert suggested is not None
    assert began.change is not None
    assert began.change.schedule == suggested.schedule
    changes = [
        (await harness.pairs.changes.begin(await harness.person(name), id, harness.now)).change
        for name, id in (("Bo", theirs), ("Di", others))
    ]
    assert changes[0] is not None
    assert changes[1] is not None
    assert changes[0].schedule == changes[1].schedule
    pauses = [told(await harness.pause(name, id, 7)) for name, id in (("Bo", theirs), ("Di", others))]
    assert pauses[0] == pauses[1]
    assert (await harness.view("Ana", theirs)).paused_until == utc(2026, 2, 2)
    again = [told(await harness.resume(name, id)) for name, id in (("Bo", theirs), ("Di", others))]
    assert again[0] == again[1]


async def test_a_pause_that_only_its_author_ended_ends_for_the_partner_on_its_day_when_a_boundary_is_lifted(
    harness: Harness,
) -> None:
    theirs, others = await paused_before(harness, 28)
    await harness.apart("Ana", "Bo")
    for name, id in (("Bo", theirs), ("Di", others)):
        await harness.resume(name, id)
    await harness.lift("Ana")
    assert (await harness.view("Ana", theirs)).paused_until == utc(2026, 2, 16)
    await harness.wait_until(utc(2026, 2, 15, 18))
    # Bo is asked on the days on which Di is, and Ana isn't before the day that she was told.
    assert [len(await harness.asked(name, theirs)) for name in ("Ana", "Bo")] == [2, 5]
    assert len(await harness.asked("Di", others)) == 5
    await harness.wait_until(utc(2026, 2, 16))
    ana, bo, di = [
        await harness.view(name, id) for name, id in (("Ana", theirs), ("Bo", theirs), ("Di", others))
    ]
    assert (ana.paused_until, ana.side.next_at) == (None, utc(2026, 2, 22, 17))
    assert (bo.side.next_at, bo.pair.ends_on) == (di.side.next_at, di.pair.ends_on)
    assert "paused" not in await harness.kinds("Ana")


@pytest.mark.parametrize("name", ["Ana", "Bo"])
@pytest.mark.parametrize("days", [7, 56])
async def test_a_new_pause_after_a_boundary_was_lifted_holds_for_both(
    harness: Harness, name: str, days: int
) -> None:
    """Also if the old one would last longer: it goes on then."""
    id, _ = await paused_before(harness, 28)
    await harness.apart("Ana", "Bo")
    await harness.resume("Bo", id)
    await harness.lift("Ana")
    until = (await harness.pause(name, id, days)).paused_until
    assert until == max(utc(2026, 1, 27) + timedelta(days=days), utc(2026, 2, 16))
    both = {one: await harness.view(one, id) for one in ("Ana", "Bo")}
    assert both["Ana"].paused_until == until
    if name == "Bo" or days == 56:
        assert (both["Bo"].paused_until, both["Bo"].side.next_at) == (until, None)
    else:
        assert both["Bo"].paused_until is None


async def test_resuming_again_after_a_boundary_was_lifted_resumes_the_pair_for_both(harness: Harness) -> None:
    id, _ = await paused_before(harness, 28)
    await harness.apart("Ana", "Bo")
    await harness.resume("Bo", id)
    await harness.lift("Ana")
    await harness.resume("Bo", id)
    at = [(await harness.view(name, id)).side.next_at for name in ("Ana", "Bo")]
    assert at == [utc(2026, 2, 1, 17)] * 2
    await harness.put("Bo", id, MIDWEEK)
    assert (await harness.agree("Ana", id)).side.next_at == (await harness.view("Bo", id)).side.next_at


async def test_two_hidden_pauses_that_last_beyond_the_last_check_in_end_the_pair(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    await harness.apart("Ana", "Bo")
    for name in ("Ana", "Bo"):
        await harness.pause(name, id, 56)
    await harness.lift("Ana")
    await harness.wait(days=57)
    assert await harness.kinds("Ana") == await harness.kinds("Bo") == ["ended"]


async def test_a_pause_from_before_a_boundary_and_a_longer_hidden_one_end_separately(
    harness: Harness,
) -> None:
    id, _ = await twins(harness)
    await harness.pause("Ana", id, 7)
    await harness.deliver()
    await harness.apart("Ana", "Bo")
    assert (await harness.pause("Bo", id, 14)).paused_until == utc(2026, 2, 2)
    assert (await harness.view("Ana", id)).paused_until == utc(2026, 1, 26)
    await harness.lift("Ana")
    await harness.wait_until(utc(2026, 1, 26))
    assert (await harness.view("Ana", id)).side.next_at == utc(2026, 2, 1, 17)
    assert (await harness.view("Bo", id)).side.next_at is None
    await harness.wait_until(utc(2026, 2, 2))
    assert (await harness.view("Bo", id)).side.next_at == utc(2026, 2, 8, 17)


@pytest.mark.parametrize("by", ["Ana", "Bo"])
async def test_either_partner_can_end_the_pair_before_the_parting(harness: Harness, by: str) -> None:
    id, _ = await twins(harness)
    await harness.apart("Ana", "Bo")
    await harness.end(by, id)
    other = "Bo" if by == "Ana" else "Ana"
    assert await harness.kinds(other) == ["ended"]
    await harness.wait(days=1)
    assert await harness.kinds(other) == ["ended"]
    assert await harness.kinds(by) == []


async def test_when_both_set_a_boundary_there_is_only_one_message_about_the_pair(harness: Harness) -> None:
    id, _ = await twins(harness)
    await harness.apart("Ana", "Bo")
    await harness.apart("Bo", "Ana")
    await harness.wait(days=1)
    assert len([message for message in await harness.standing() if message.subject == id]) == 1


async def test_a_pair_that_ends_by_itself_before_the_parting_tells_both_as_usual(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    closes: datetime | None = None
    for _ in range(4):
        closes = (await harness.wait_for_check_in("Ana", id)).closes_at
    assert closes is not None
    await harness.wait_until(closes - timedelta(minutes=1))
    await harness.apart("Ana", "Bo")
    await harness.wait(minutes=1)
    assert await harness.kinds("Ana") == await harness.kinds("Bo") == ["ended"]
    await harness.wait(days=1)
    assert await harness.kinds("Bo") == ["ended"]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_proposal_that_a_boundary_hid_does_not_come_back_when_it_is_lifted(
    harness: Harness, owner: str
) -> None:
    """To the person asked it looks as if it had been taken back; to its starter it still waits."""
    id = await harness.propose("Ana", "Bo")
    assert await harness.waiting("Bo") == [(id, "proposed")]
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await harness.lift(owner)
    assert await harness.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await harness.accept("Bo", id)
    assert await harness.waiting("Ana") == [(id, "proposed")]
