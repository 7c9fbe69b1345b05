"""A boundary between two partners: from its commit nothing passes, and until the parting nothing shows.

Beside Ana and Bo live Cy and Di, between whom nothing stands: what the first two see is compared with theirs.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.delivery.message import MessageState
from bot.delivery.store import outbox
from bot.errors import NotYours
from bot.pairs.check_in import Status, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.models import PairText
from bot.pairs.queries import CheckInView, PairView
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Town, utc

MIDWEEK = PairSchedule(Cadence.WEEKLY, 2, 7 * 60, 6)
Act = Callable[[Town, str, str], Awaitable[object]]


async def shares(town: Town, name: str, id: str) -> object:
    one = await town.check_in(name, id)
    await town.mark(name, one, Status.SLIPPED)
    await town.note(name, one, "read this")
    return heard(await town.share(name, one))


async def wishes(town: Town, name: str, id: str) -> object:
    return heard(await town.wish(name, await town.check_in(name, id)))


async def suggests(town: Town, name: str, id: str) -> object:
    return told(await town.put(name, id, MIDWEEK))


async def renews(town: Town, name: str, id: str) -> object:
    return told(await town.renew(name, id))


async def pauses(town: Town, name: str, id: str) -> object:
    return told(await town.pause(name, id, 14))


async def pauses_and_goes_on(town: Town, name: str, id: str) -> object:
    await town.pause(name, id, 14)
    return told(await town.resume(name, id))


async def takes_back(town: Town, name: str, id: str) -> object:
    await town.put(name, id, MIDWEEK)
    return told(await town.pairs.changes.take_back(await town.person(name), id, town.now))


ACTS = [shares, wishes, suggests, renews, pauses, pauses_and_goes_on, takes_back]


def heard(asked: CheckInView) -> object:
    """What a check-in shows to the one who was asked."""
    one = asked.check_in
    return (one.status, one.shared_at, one.heard, asked.note, asked.next_at, asked.renewing, one.closes_at)


def told(view: PairView) -> object:
    """What a pair shows to one of the two; names and ids apart."""
    pair, one = view.pair, view.open_check_in
    stands = (pair.state, pair.schedule, pair.ends_on, view.paused_until, view.side.next_at)
    changes = [
        None if change is None else (change.schedule, change.proposed, change.renew)
        for change in (view.change, view.offered)
    ]
    asked = None if one is None else (one.day, one.status, one.shared_at, one.heard)
    words = [words.signs.split()[-1:] for words in (view.mine, view.theirs)]
    return stands, changes, asked, view.shared, view.unread, words


async def seen(town: Town, name: str, id: str) -> object:
    """All that one of the two can look at: the pair, its lines, and what the other shared."""
    view = await town.view(name, id)
    shared = []
    for number in range(view.shared):
        read = await town.shared(name, id, number)
        shared.append((read.check_in.status, read.check_in.shared_at, read.note))
    return told(view), await town.kinds(name), shared, await town.waiting(name) == [(id, "running")]


async def twins(town: Town) -> tuple[str, str]:
    """Ana and Bo, Cy and Di, on Monday, 19 January: what the first Sunday brought was shared and read."""
    ids = await town.pair("Ana", "Bo"), await town.pair("Cy", "Di")
    both = (("Ana", ids[0]), ("Bo", ids[0]), ("Cy", ids[1]), ("Di", ids[1]))
    await town.wait_for_check_in("Ana", ids[0])
    for name, id in both:
        one = await town.check_in(name, id)
        await town.mark(name, one)
        await town.note(name, one, "how it went")
        await town.share(name, one)
    for name, id in both:
        await town.pairs.saw(await town.person(name), id)
        await town.shared(name, id)
    await town.wait_until(utc(2026, 1, 19, 7))
    return ids


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_until_the_parting_both_see_what_anybody_sees(town: Town, owner: str) -> None:
    theirs, others = await twins(town)
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for hours in (0, 1):
        await town.wait(hours=hours, seconds=-1 if hours else 0)
        assert await seen(town, "Ana", theirs) == await seen(town, "Cy", others)
        assert await seen(town, "Bo", theirs) == await seen(town, "Di", others)


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("act", ACTS)
async def test_what_one_does_looks_done_and_reaches_nobody(town: Town, owner: str, act: Act) -> None:
    theirs, others = await twins(town)
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    for name, twin in (("Bo", "Di"), ("Ana", "Cy")):
        other, others_other = ("Ana", "Cy") if name == "Bo" else ("Bo", "Di")
        before = await seen(town, other, theirs)
        result = await act(town, name, theirs)
        # Of what was done nothing is seen by the other ...
        assert await seen(town, other, theirs) == before
        if name == "Bo":
            assert before == await seen(town, others_other, others)
            # ... and it looks done, as between any two.
            assert result == await act(town, twin, others)
            assert told(await town.view(name, theirs)) == told(await town.view(twin, others))
    waiting = [line for line in await town.standing() if line.state is not MessageState.HELD]
    apart = {await town.person("Ana"), await town.person("Bo")}
    assert not [line for line in waiting if {line.person, line.other} == apart]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("act", ACTS)
async def test_after_the_parting_it_looks_like_any_ending(town: Town, owner: str, act: Act) -> None:
    theirs, _ = await twins(town)
    other = "Bo" if owner == "Ana" else "Ana"
    await town.apart(owner, other)
    await act(town, "Bo", theirs)
    await town.wait(days=1)
    for name in ("Ana", "Bo"):
        with pytest.raises(PairClosed):
            await town.view(name, theirs)
    lines = [(line.person, line.kind, line.other) for line in await town.standing() if line.subject == theirs]
    assert lines == [(await town.person(other), "pairs.ended", None)]
    assert await town.kinds(other) == ["ended"]
    assert await town.kinds(owner) == []


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_what_waits_unread_looks_taken_back(town: Town, owner: str) -> None:
    """Between Cy and Di the same is taken back by Di, one by one."""
    theirs, others = await twins(town)
    for name, id in (("Bo", theirs), ("Di", others)):
        await shares(town, name, id)
        await suggests(town, name, id)
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await town.keep("Di", await town.check_in("Di", others))
    await town.pairs.changes.take_back(await town.person("Di"), others, town.now)
    assert await seen(town, "Ana", theirs) == await seen(town, "Cy", others)
    for verb in (
        town.agree("Ana", theirs),
        town.pairs.changes.keep_as_is(await town.person("Ana"), theirs, town.now),
    ):
        with pytest.raises(PairClosed):
            await verb
    # The one who did it still sees their own as it was.
    bo = await town.view("Bo", theirs)
    assert bo.change is not None
    assert (bo.change.schedule, bo.change.proposed) == (MIDWEEK, True)
    assert (await town.look("Bo", await town.check_in("Bo", theirs))).check_in.shared_at is not None


async def test_messages_about_what_waits_unread_say_that_it_has_closed(town: Town) -> None:
    """As they would if it had been taken back; those about what was read are closed already."""
    id, _ = await twins(town)
    await shares(town, "Bo", id)
    await suggests(town, "Bo", id)
    arrived = (
        update(outbox)
        .where(outbox.c.other == await town.person("Bo"))
        .values(state=MessageState.SENT, message_id=1)
    )
    await town.db.write(lambda tx: tx.execute(arrived))
    assert await town.kinds("Ana") == ["change", "check_in", "shared"]
    await town.apart("Ana", "Bo")
    assert await town.kinds("Ana") == ["check_in"]
    closing = select(outbox.c.kind).where(outbox.c.state == MessageState.CLOSING)
    rows = await town.db.read(lambda tx: tx.all(closing))
    assert {row.kind for row in rows} == {"pairs.change", "pairs.shared"}


async def test_what_was_unread_when_it_was_set_stays_held_when_it_is_lifted(town: Town) -> None:
    id, _ = await twins(town)
    await shares(town, "Bo", id)
    await suggests(town, "Bo", id)
    await town.apart("Ana", "Bo")
    before = await seen(town, "Ana", id)
    await town.lift("Ana")
    assert await seen(town, "Ana", id) == before
    with pytest.raises(PairClosed):
        await town.agree("Ana", id)
    await town.pairs.changes.take_back(await town.person("Bo"), id, town.now)
    await suggests(town, "Bo", id)
    assert (await town.agree("Ana", id)).pair.schedule == MIDWEEK


async def test_words_that_were_not_read_before_stay_unread(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pairs.saw(await town.person("Ana"), id)
    await town.apart("Bo", "Ana")
    assert (await town.view("Ana", id)).theirs.aim == "Bo aims"
    assert (await town.view("Bo", id)).theirs == PairText()
    await town.pairs.saw(await town.person("Bo"), id)
    assert (await town.view("Bo", id)).theirs == PairText()


async def test_a_wish_that_came_before_can_be_answered_and_the_answer_goes_nowhere(town: Town) -> None:
    id, _ = await twins(town)
    one = await town.check_in("Ana", id)
    await town.wish("Ana", one)
    assert "wish" in await town.kinds("Bo")
    await town.apart("Ana", "Bo")
    answered = await town.answer("Bo", one, Wish.LATER)
    assert answered.check_in.wish is Wish.LATER
    assert (await town.look("Ana", one)).check_in.heard is Wish.ASKED
    assert await town.kinds("Ana") == ["check_in"]


async def test_a_wish_across_a_boundary_is_not_found(town: Town) -> None:
    id, _ = await twins(town)
    one = await town.check_in("Ana", id)
    await town.apart("Bo", "Ana")
    await town.wish("Ana", one)
    for verb in (town.wished("Bo", one), town.answer("Bo", one, Wish.LATER)):
        with pytest.raises(NotYours):
            await verb


async def test_what_was_read_before_can_be_read_still_until_it_is_taken_back(town: Town) -> None:
    id, others = await twins(town)
    [one, _] = await town.asked("Bo", id)
    await town.apart("Ana", "Bo")
    assert await seen(town, "Ana", id) == await seen(town, "Cy", others)
    await town.keep("Bo", one)
    assert (await town.view("Ana", id)).shared == 0
    with pytest.raises(PairClosed):
        await town.shared("Ana", id)


async def test_sharing_again_what_was_read_changes_nothing_for_the_other(town: Town) -> None:
    id, _ = await twins(town)
    await shares(town, "Bo", id)
    await town.shared("Ana", id)
    await town.apart("Bo", "Ana")
    before = await seen(town, "Ana", id)
    await town.share("Bo", await town.check_in("Bo", id))
    assert await seen(town, "Ana", id) == before


async def test_suggestions_that_meet_across_a_boundary_change_nothing(town: Town) -> None:
    id, _ = await twins(town)
    await suggests(town, "Ana", id)
    await town.apart("Ana", "Bo")
    await suggests(town, "Bo", id)
    for name in ("Ana", "Bo"):
        view = await town.view(name, id)
        assert (view.pair.schedule, view.offered) == (SUNDAYS, None)
        assert view.change is not None


@pytest.mark.parametrize("act", ACTS)
async def test_lifted_before_the_parting_it_goes_on_and_what_was_held_stays_held(
    town: Town, act: Act
) -> None:
    theirs, others = await twins(town)
    await town.apart("Ana", "Bo")
    await act(town, "Bo", theirs)
    await town.lift("Ana")
    assert await seen(town, "Ana", theirs) == await seen(town, "Cy", others)
    await town.wait(days=2)
    assert await seen(town, "Ana", theirs) == await seen(town, "Cy", others)


async def test_what_is_done_after_it_was_lifted_reaches_the_other_again(town: Town) -> None:
    id, _ = await twins(town)
    await town.apart("Ana", "Bo")
    await town.put("Bo", id, MIDWEEK)
    await town.wish("Bo", await town.check_in("Bo", id))
    await town.lift("Ana")
    await town.renew("Bo", id)
    assert await town.kinds("Ana") == ["change", "check_in"]
    offered = (await town.view("Ana", id)).offered
    assert offered is not None
    assert offered.renew
    one = await town.wait_for_check_in("Bo", id)
    await town.wish("Bo", one)
    await town.mark("Bo", one)
    await town.share("Bo", one)
    assert {"wish", "shared"} <= set(await town.kinds("Ana"))


async def test_a_pause_that_nobody_sees_ends_on_its_day_all_the_same(town: Town) -> None:
    id, _ = await twins(town)
    await town.apart("Ana", "Bo")
    view = await town.pause("Bo", id, 14)
    assert (view.paused_until, view.side.next_at) == (utc(2026, 2, 2), None)
    await town.lift("Ana")
    await town.wait_until(utc(2026, 1, 31))
    assert [len(await town.asked(name, id)) for name in ("Ana", "Bo")] == [3, 2]
    assert (await town.side("Bo", id)).missed == 0
    await town.wait_until(utc(2026, 2, 2))
    view = await town.view("Bo", id)
    assert (view.paused_until, view.side.next_at) == (None, utc(2026, 2, 8, 17))
    await town.wait(days=7)
    assert [one.day for one in await town.asked("Bo", id)][-1] == date(2026, 2, 8)
    assert len(await town.asked("Ana", id)) == 5


async def test_two_pauses_that_hide_from_each_other_end_each_on_its_own_day(town: Town) -> None:
    id, _ = await twins(town)
    await town.apart("Ana", "Bo")
    assert (await town.pause("Ana", id, 28)).paused_until == utc(2026, 2, 16)
    assert (await town.pause("Bo", id, 7)).paused_until == utc(2026, 1, 26)
    for days in (14, 7):
        assert (await town.pause("Bo", id, days)).paused_until == utc(2026, 2, 2)
    assert (await town.resume("Bo", id)).paused_until is None
    assert (await town.view("Ana", id)).paused_until == utc(2026, 2, 16)
    assert (await town.pause("Bo", id, 7)).paused_until == utc(2026, 1, 26)
    await town.lift("Ana")
    for name, until in (("Bo", utc(2026, 1, 26)), ("Ana", utc(2026, 2, 16))):
        await town.wait_until(until - timedelta(seconds=1))
        assert (await town.view(name, id)).side.next_at is None
        await town.wait(seconds=1)
        assert (await town.view(name, id)).side.next_at == until + timedelta(days=6, hours=17)


async def test_two_pauses_beyond_the_last_check_in_end_it(town: Town) -> None:
    id = await town.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    await town.apart("Ana", "Bo")
    for name in ("Ana", "Bo"):
        await town.pause(name, id, 56)
    await town.lift("Ana")
    await town.wait(days=57)
    assert await town.kinds("Ana") == await town.kinds("Bo") == ["ended"]


async def test_a_pause_from_before_and_a_longer_one_that_nobody_sees(town: Town) -> None:
    id, _ = await twins(town)
    await town.pause("Ana", id, 7)
    await town.apart("Ana", "Bo")
    assert (await town.pause("Bo", id, 14)).paused_until == utc(2026, 2, 2)
    assert (await town.view("Ana", id)).paused_until == utc(2026, 1, 26)
    await town.lift("Ana")
    await town.wait_until(utc(2026, 1, 26))
    assert (await town.view("Ana", id)).side.next_at == utc(2026, 2, 1, 17)
    assert (await town.view("Bo", id)).side.next_at is None
    await town.wait_until(utc(2026, 2, 2))
    assert (await town.view("Bo", id)).side.next_at == utc(2026, 2, 8, 17)


@pytest.mark.parametrize("by", ["Ana", "Bo"])
async def test_either_can_end_it_before_the_parting(town: Town, by: str) -> None:
    id, _ = await twins(town)
    await town.apart("Ana", "Bo")
    await town.end(by, id)
    other = "Bo" if by == "Ana" else "Ana"
    assert await town.kinds(other) == ["ended"]
    await town.wait(days=1)
    assert await town.kinds(other) == ["ended"]
    assert await town.kinds(by) == []


async def test_of_two_boundaries_the_first_parting_ends_it(town: Town) -> None:
    id, _ = await twins(town)
    await town.apart("Ana", "Bo")
    await town.apart("Bo", "Ana")
    await town.wait(days=1)
    assert len([line for line in await town.standing() if line.subject == id]) == 1


async def test_what_ends_by_itself_is_told_to_both_as_between_any_two(town: Town) -> None:
    id = await town.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    closes: datetime | None = None
    for _ in range(4):
        closes = (await town.wait_for_check_in("Ana", id)).closes_at
    assert closes is not None
    await town.wait_until(closes - timedelta(minutes=1))
    await town.apart("Ana", "Bo")
    await town.wait(minutes=1)
    assert await town.kinds("Ana") == await town.kinds("Bo") == ["ended"]
    await town.wait(days=1)
    assert await town.kinds("Bo") == ["ended"]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_proposal_that_a_boundary_overtook_does_not_come_back(town: Town, owner: str) -> None:
    """To the one whom it was for it looks taken back; to its starter it waits."""
    id = await town.propose("Ana", "Bo")
    assert await town.waiting("Bo") == [(id, "proposed")]
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await town.lift(owner)
    assert await town.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await town.accept("Bo", id)
    assert await town.waiting("Ana") == [(id, "proposed")]
