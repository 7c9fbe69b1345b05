"""A check-in: asked of each, answered or not, and shared only by whoever answered it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.pairs.check_in import ANSWERS, CheckIn, Status, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.queries import CheckInView
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Town, utc

FOUR = replace(SUNDAYS, weeks=4)


async def both_asked(town: Town, schedule: PairSchedule = SUNDAYS) -> tuple[str, CheckIn]:
    """A pair on its first Sunday, 11 January 2026, 18:00 in Berlin; Ana's check-in."""
    id = await town.pair("Ana", "Bo", schedule)
    return id, await town.wait_for_check_in("Ana", id)


async def test_each_is_asked_at_the_agreed_hour_of_their_own_day(town: Town) -> None:
    id = await town.pair("Ana", "Bo", zones=("Pacific/Auckland", "America/New_York"))
    await town.wait_until(utc(2026, 1, 11, 5))
    assert (await town.asked("Ana", id), await town.asked("Bo", id)) != ([], [])
    assert await town.asked("Bo", id) == []
    [hers] = await town.asked("Ana", id)
    assert hers.asked_at == utc(2026, 1, 11, 5)
    assert await town.kinds("Ana") == ["check_in"]
    await town.wait_until(utc(2026, 1, 11, 22, 59))
    assert await town.kinds("Bo") == []
    await town.wait(minutes=1)
    [his] = await town.asked("Bo", id)
    assert (his.asked_at, his.day) == (utc(2026, 1, 11, 23), hers.day)
    assert (his.late, his.last, his.status) == (False, False, None)
    [line] = await town.lines("Bo")
    assert (line.kind, line.subject, line.other) == ("pairs.check_in", his.id, None)


async def test_the_hour_stays_the_hour_when_clocks_change(town: Town) -> None:
    id = await town.pair("Ana", "Bo", zones=("Europe/Berlin", "America/New_York"))
    await town.wait_until(utc(2026, 4, 1))
    hers, his = await town.asked("Ana", id), await town.asked("Bo", id)
    assert [one.asked_at.hour for one in hers] == [17] * 11 + [16]
    assert [one.asked_at.hour for one in his] == [23] * 8 + [22] * 4
    assert [one.day for one in hers] == [one.day for one in his]


async def test_questions_are_of_support_and_of_limits_in_turn(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.wait(days=30)
    for name in ("Ana", "Bo"):
        numbers = [one.question for one in await town.asked(name, id)]
        assert numbers == list(range(numbers[0], numbers[0] + 4))
        # Each of the two lists in turn, the first by support.
        assert [number % 2 for number in numbers] == [0, 1, 0, 1]


async def test_not_everybody_begins_with_the_same_question(town: Town) -> None:
    began = set()
    for number in range(8):
        id = await town.propose(f"one {number}", f"other {number}")
        began.add((await town.side(f"one {number}", id)).question)
    assert len(began) > 1


async def test_it_can_be_answered_otherwise_until_the_round_closes_and_not_after(town: Town) -> None:
    id, one = await both_asked(town)
    for status in (*ANSWERS, Status.ON_TRACK):
        assert (await town.mark("Ana", one, status)).check_in.status is status
    await town.wait_until(one.closes_at - timedelta(seconds=1))
    assert (await town.mark("Ana", one, Status.HARD)).check_in.status is Status.HARD
    await town.wait(seconds=1)
    for late in (
        town.mark("Ana", one, Status.ON_TRACK),
        town.note("Ana", one, "too late"),
        town.share("Ana", one),
        town.wish("Ana", one),
        town.pairs.check_ins.open(await town.person("Ana"), one.id, town.now),
    ):
        with pytest.raises(PairClosed):
            await late
    assert (await town.look("Ana", one)).check_in.status is Status.HARD
    assert (await town.asked("Ana", id))[0].status is Status.HARD


async def test_the_round_closes_once_both_were_asked_again(town: Town) -> None:
    id = await town.pair("Ana", "Bo", zones=("Pacific/Auckland", "Pacific/Pago_Pago"))
    hers = await town.wait_for_check_in("Ana", id)
    later = (await town.view("Bo", id)).side.next_at
    assert later is not None
    assert hers.closes_at >= later + timedelta(weeks=1)
    await town.wait_until(later + timedelta(weeks=1, seconds=-1))
    assert (await town.mark("Ana", hers)).check_in.status is Status.HARD


async def test_the_question_is_told_until_its_round_closes(town: Town) -> None:
    _, one = await both_asked(town)
    await town.wait_until(one.closes_at - timedelta(seconds=1))
    assert one.id in [line.subject for line in await town.lines("Ana")]
    await town.wait(seconds=1)
    assert one.id not in [line.subject for line in await town.lines("Ana")]


async def test_the_same_answer_again_changes_nothing(town: Town) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one, Status.HARD)
    await town.share("Ana", one)
    before = await town.asked("Ana", id)
    await town.mark("Ana", one, Status.HARD)
    assert await town.asked("Ana", id) == before
    assert await town.kinds("Bo") == ["check_in", "shared"]


async def test_unasked_is_no_answer_that_anybody_can_give(town: Town) -> None:
    _, one = await both_asked(town)
    with pytest.raises(NotYours):
        await town.mark("Ana", one, Status.UNASKED)


async def test_nothing_of_it_is_anybody_elses(town: Town) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one)
    for name in ("Bo", "Cy"):
        person = await town.person(name)
        for wrong in (
            town.mark(name, one),
            town.note(name, one, "x"),
            town.share(name, one),
            town.keep(name, one),
            town.wish(name, one),
            town.look(name, one),
            town.pairs.check_ins.open(person, one.id, town.now),
            town.wished(name, one),
            town.answer(name, one, Wish.LATER),
        ):
            with pytest.raises(NotYours):
                await wrong
    cy = await town.person("Cy")
    for foreign in (
        town.shared("Cy", id),
        town.view("Cy", id),
        town.pairs.sharing.pair_of(cy, one.id),
        town.pairs.sharing.pair_of(cy, "nothing"),
        town.pairs.check_ins.look(cy, "nothing"),
        town.pairs.queries.of_side(cy, one.side, town.now),
    ):
        with pytest.raises(NotYours):
            await foreign
    assert (await town.pairs.sharing.pair_of(await town.person("Bo"), one.id)).id == id
    assert (await town.pairs.queries.of_side(await town.person("Ana"), one.side, town.now)).pair.id == id


async def test_nothing_is_shared_by_default(town: Town) -> None:
    id, one = await both_asked(town)
    asked = await town.mark("Ana", one)
    assert asked.check_in.shared_at is None
    asked = await town.note("Ana", one, "it was loud")
    assert (asked.note, asked.check_in.shared_at) == ("it was loud", None)
    assert (await town.view("Bo", id)).shared == 0
    assert await town.kinds("Bo") == ["check_in"]
    with pytest.raises(PairClosed):
        await town.shared("Bo", id)


async def test_what_is_shared_can_be_read_with_its_note(town: Town) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one)
    await town.note("Ana", one, "it was loud")
    await town.share("Ana", one)
    assert await town.kinds("Bo") == ["check_in", "shared"]
    [line] = [line for line in await town.lines("Bo") if line.kind == "pairs.shared"]
    assert (line.subject, line.other) == (one.id, await town.person("Ana"))
    assert (await town.view("Bo", id)).shared == 1
    shared = await town.shared("Bo", id)
    assert (shared.name, shared.note, shared.number, shared.count) == ("Ana", "it was loud", 0, 1)
    assert shared.check_in.status is Status.HARD
    assert await town.kinds("Bo") == ["check_in"]
    assert (await town.view("Ana", id)).shared == 0


async def test_sharing_twice_shares_once(town: Town) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one)
    await town.share("Ana", one)
    await town.shared("Bo", id)
    before = await town.asked("Ana", id)
    await town.share("Ana", one)
    assert await town.asked("Ana", id) == before
    assert await town.kinds("Bo") == ["check_in"]


Undoing = Callable[[Town, CheckIn], Awaitable[CheckInView]]
UNDOINGS: dict[str, Undoing] = {
    "another answer": lambda town, one: town.mark("Ana", one, Status.ON_TRACK),
    "another note": lambda town, one: town.note("Ana", one, "other words"),
    "keep it mine": lambda town, one: town.keep("Ana", one),
}


@pytest.mark.parametrize("undoing", UNDOINGS)
@pytest.mark.parametrize("read", [False, True])
async def test_another_answer_undoes_sharing(town: Town, undoing: str, read: bool) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one)
    await town.note("Ana", one, "it was loud")
    await town.share("Ana", one)
    if read:
        await town.shared("Bo", id)
    asked = await UNDOINGS[undoing](town, one)
    assert asked.check_in.shared_at is None
    assert await town.kinds("Bo") == ["check_in"]
    assert (await town.view("Bo", id)).shared == 0
    with pytest.raises(PairClosed):
        await town.shared("Bo", id)
    await town.share("Ana", one)
    assert await town.kinds("Bo") == ["check_in", "shared"]
    assert (await town.shared("Bo", id)).note == asked.note


async def test_shared_again_it_is_listed_and_no_second_message(town: Town) -> None:
    """Sharing and taking back, over and over, must not make a phone ring."""
    _, one = await both_asked(town)
    await town.mark("Ana", one)
    await town.share("Ana", one)
    await town.keep("Ana", one)
    await town.share("Ana", one)
    [line] = [line for line in await town.standing() if line.kind == "pairs.shared"]
    assert line.state == "shut"
    assert await town.kinds("Bo") == ["check_in", "shared"]


async def test_what_was_shared_can_be_read_and_taken_back_after_its_round(town: Town) -> None:
    id, one = await both_asked(town)
    await town.mark("Ana", one)
    await town.share("Ana", one)
    await town.wait_until(one.closes_at + timedelta(days=3))
    assert "shared" in await town.kinds("Bo")
    assert (await town.shared("Bo", id)).check_in.id == one.id
    await town.keep("Ana", one)
    assert (await town.view("Bo", id)).shared == 0


async def test_what_was_shared_is_read_newest_first(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    ids = []
    for note in ("first", "second", "third"):
        one = await town.wait_for_check_in("Ana", id)
        await town.mark("Ana", one)
        await town.note("Ana", one, note)
        if note != "second":
            await town.share("Ana", one)
            ids.append(one.id)
    assert (await town.view("Bo", id)).shared == 2
    assert [(await town.shared("Bo", id, number)).note for number in (0, 1, 7)] == ["third", "first", "first"]
    assert (await town.shared("Bo", id, 1)).check_in.id == ids[0]


@pytest.mark.parametrize("status", [None, Status.SKIP])
async def test_what_was_not_answered_is_not_shared(town: Town, status: Status | None) -> None:
    _, one = await both_asked(town)
    if status is not None:
        await town.mark("Ana", one, status)
    with pytest.raises(PairClosed):
        await town.share("Ana", one)


async def test_without_an_answer_there_is_nothing_to_add_or_to_keep(town: Town) -> None:
    _, one = await both_asked(town)
    for verb in (town.note("Ana", one, "x"), town.keep("Ana", one)):
        with pytest.raises(PairClosed):
            await verb


async def test_what_the_other_answers_shows_nowhere(town: Town) -> None:
    """Bo sees the same whether Ana answers, skips, or is silent, in the round and after it."""
    answers = {"Ana": None, "Cy": Status.ON_TRACK, "Di": Status.SLIPPED, "Eli": Status.SKIP}
    ids = {name: await town.pair(name, f"{name}'s Bo") for name in answers}
    for _ in range(3):
        for name, status in answers.items():
            one = await town.wait_for_check_in(name, ids[name]) if name == "Ana" else None
            one = one or await town.check_in(name, ids[name])
            if status is not None:
                await town.mark(name, one, status)
        assert one is not None
        for at in (town.now, one.closes_at):
            await town.wait_until(at)
            seen = [await seen_by(town, f"{name}'s Bo", ids[name]) for name in answers]
            assert seen == seen[:1] * 4


async def seen_by(town: Town, name: str, id: str) -> object:
    """All of a pair that could tell of the other's answers."""
    view = await town.view(name, id)
    check_in = view.open_check_in
    asked = (check_in.day, check_in.closes_at, check_in.status) if check_in is not None else None
    stands = (view.pair.state, view.pair.starts_on, view.pair.ends_on, view.pair.paused_until)
    return (stands, view.side.next_at, view.offered, view.shared, asked, await town.kinds(name))


# -- I'd like to talk -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "kind"), [(Wish.LATER, "later"), (Wish.NOT_NOW, "not_now")])
async def test_a_wish_to_talk_is_asked_of_the_other_and_only_the_answer_comes_back(
    town: Town, said: Wish, kind: str
) -> None:
    _, one = await both_asked(town)
    assert (await town.wish("Ana", one)).check_in.heard is Wish.ASKED
    assert await town.kinds("Bo") == ["check_in", "wish"]
    assert (await town.wished("Bo", one)).name == "Ana"
    assert (await town.answer("Bo", one, said)).check_in.wish is said
    assert await town.kinds("Bo") == ["check_in"]
    assert await town.kinds("Ana") == sorted(["check_in", kind])
    assert (await town.look("Ana", one)).check_in.heard is said
    await town.answer("Bo", one, said)
    with pytest.raises(PairClosed):
        await town.answer("Bo", one, Wish.LATER if said is Wish.NOT_NOW else Wish.NOT_NOW)
    assert await town.kinds("Ana") == sorted(["check_in", kind])


async def test_once_a_round(town: Town) -> None:
    id, one = await both_asked(town)
    await town.wish("Ana", one)
    await town.answer("Bo", one, Wish.NOT_NOW)
    for _ in range(2):
        assert (await town.wish("Ana", one)).check_in.heard is Wish.NOT_NOW
    assert await town.kinds("Bo") == ["check_in"]
    again = await town.wait_for_check_in("Ana", id)
    await town.wish("Ana", again)
    assert "wish" in await town.kinds("Bo")


async def test_an_unanswered_wish_goes_with_its_round_and_an_answer_stays_until_it_is_read(
    town: Town,
) -> None:
    id, one = await both_asked(town)
    await town.wish("Ana", one)
    [his] = await town.asked("Bo", id)
    await town.wish("Bo", his)
    await town.answer("Ana", his, Wish.LATER)
    await town.wait_until(one.closes_at)
    assert "wish" not in await town.kinds("Bo")
    assert "later" in await town.kinds("Bo")
    assert (await town.look("Bo", his)).check_in.heard is Wish.LATER


async def test_a_wish_that_was_not_made_cannot_be_answered(town: Town) -> None:
    _, one = await both_asked(town)
    for verb in (town.wished("Bo", one), town.answer("Bo", one, Wish.LATER)):
        with pytest.raises(NotYours):
            await verb
    await town.wish("Ana", one)
    assert (await town.answer("Bo", one, Wish.ASKED)).check_in.wish is Wish.ASKED
    assert await town.kinds("Ana") == ["check_in"]


async def test_whoever_rests_hears_of_no_wish_and_the_one_who_wishes_cannot_tell(town: Town) -> None:
    id, one = await both_asked(town)
    bo = await town.person("Bo")
    await town.preferences.rest(bo, town.now + timedelta(days=2), town.now)
    assert (await town.wish("Ana", one)).check_in.heard is Wish.ASKED
    assert await town.kinds("Bo") == ["check_in"]
    with pytest.raises(NotYours):
        await town.wished("Bo", one)
    await town.wait(days=3)
    assert await town.kinds("Bo") == ["check_in"]
    again = await town.wait_for_check_in("Ana", id)
    await town.wish("Ana", again)
    assert "wish" in await town.kinds("Bo")


async def test_a_wish_is_a_question_that_waits_for_the_quiet_hours_like_any_line(town: Town) -> None:
    _, one = await both_asked(town)
    await town.wish("Ana", one)
    [line] = [line for line in await town.lines("Bo") if line.kind == "pairs.wish"]
    assert (line.state, line.lane) == ("waiting", 0)


# -- the last one ---------------------------------------------------------------------------------------


async def test_the_last_check_in_says_that_it_is(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    last = [(await town.wait_for_check_in("Ana", id)).last for _ in range(4)]
    assert last == [False, False, False, True]
    assert (await town.look("Ana", await town.check_in("Ana", id))).next_at is None


async def test_after_the_last_round_it_ends_by_itself_and_both_are_told_the_same(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
        await town.mark("Ana", one)
    await town.wait_until(one.closes_at - timedelta(seconds=1))
    assert (await town.view("Bo", id)).pair.open
    await town.wait(seconds=1)
    with pytest.raises(PairClosed):
        await town.view("Ana", id)
    lines = {line.person: (line.kind, line.subject, line.other) for line in await town.standing()}
    assert lines == {
        await town.person("Ana"): ("pairs.ended", id, None),
        await town.person("Bo"): ("pairs.ended", id, None),
    }


async def test_an_unanswered_last_check_in_is_no_miss(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    for _ in range(2):
        await town.mark("Ana", await town.wait_for_check_in("Ana", id))
    await town.wait(days=60)
    assert await town.kinds("Ana") == ["ended"]


async def test_renewed_by_both_it_goes_on_for_as_many_again(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
    await town.mark("Ana", one)
    view = await town.renew("Ana", id)
    assert view.change is not None
    assert view.change.renew
    assert (await town.look("Ana", one)).renewing
    assert "change" in await town.kinds("Bo")
    offered = (await town.view("Bo", id)).offered
    assert offered is not None
    assert (offered.renew, offered.schedule) == (True, FOUR)
    await town.renew("Ana", id)
    view = await town.renew("Bo", id)
    assert (view.change, view.offered) == (None, None)
    assert "settled" in await town.kinds("Ana")
    assert (str(view.pair.starts_on), str(view.pair.ends_on)) == ("2026-02-08", "2026-03-01")
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
    assert (one.last, len(await town.asked("Ana", id))) == (True, 8)
    await town.wait_until(one.closes_at)
    assert "ended" in await town.kinds("Bo")


async def test_renewed_by_one_alone_it_ends(town: Town) -> None:
    id = await town.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await town.wait_for_check_in("Ana", id)
    await town.renew("Ana", id)
    await town.wait_until(one.closes_at)
    assert await town.kinds("Bo") == ["ended"]
    assert (await town.count())[3] == 0


async def test_twice_a_week_two_are_asked_in_a_week(town: Town) -> None:
    id = await town.pair("Ana", "Bo", PairSchedule(Cadence.TWICE, 0, 9 * 60, 4))
    await town.wait(days=40)
    days = [one.day.weekday() for one in await town.asked("Bo", id)]
    assert sorted(days[:2]) == [0, 3]
    assert len(days) == 8
