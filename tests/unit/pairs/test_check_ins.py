"""A check-in is asked of each partner, answered or not, and shared only by the person who answered it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.pairs.check_in import ANSWERS, CheckIn, CheckInStatus, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.queries import CheckInView
from bot.pairs.schedule import Cadence, PairSchedule
from tests.unit.pairs.fixtures import SUNDAYS, Harness
from tests.unit.pods.fixtures import utc

FOUR = replace(SUNDAYS, weeks=4)


async def both_asked(harness: Harness, schedule: PairSchedule = SUNDAYS) -> tuple[str, CheckIn]:
    """Return a pair on its first Sunday, 11 January 2026 at 18:00 in Berlin, and Ana's check-in."""
    id = await harness.pair("Ana", "Bo", schedule)
    return id, await harness.wait_for_check_in("Ana", id)


async def test_each_partner_is_asked_at_the_agreed_hour_in_their_own_zone(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", zones=("Pacific/Auckland", "America/New_York"))
    await harness.wait_until(utc(2026, 1, 11, 5))
    assert (await harness.asked("Ana", id), await harness.asked("Bo", id)) != ([], [])
    assert await harness.asked("Bo", id) == []
    [hers] = await harness.asked("Ana", id)
    assert hers.asked_at == utc(2026, 1, 11, 5)
    assert await harness.kinds("Ana") == ["check_in"]
    await harness.wait_until(utc(2026, 1, 11, 22, 59))
    assert await harness.kinds("Bo") == []
    await harness.wait(minutes=1)
    [his] = await harness.asked("Bo", id)
    assert (his.asked_at, his.day) == (utc(2026, 1, 11, 23), hers.day)
    assert (his.late, his.last, his.status) == (False, False, None)
    [message] = await harness.messages("Bo")
    assert (message.kind, message.subject, message.other) == ("pairs.check_in", his.id, None)


async def test_check_ins_keep_their_local_hour_when_clocks_change(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", zones=("Europe/Berlin", "America/New_York"))
    await harness.wait_until(utc(2026, 4, 1))
    hers, his = await harness.asked("Ana", id), await harness.asked("Bo", id)
    assert [one.asked_at.hour for one in hers] == [17] * 11 + [16]
    assert [one.asked_at.hour for one in his] == [23] * 8 + [22] * 4
    assert [one.day for one in hers] == [one.day for one in his]


async def test_questions_about_support_and_questions_about_limits_alternate(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.wait(days=30)
    for name in ("Ana", "Bo"):
        numbers = [one.question for one in await harness.asked(name, id)]
        assert numbers == list(range(numbers[0], numbers[0] + 4))
        # Even numbers are questions about support, and odd numbers are questions about limits.
        assert [number % 2 for number in numbers] == [0, 1, 0, 1]


async def test_not_everybody_begins_with_the_same_question(harness: Harness) -> None:
    began = set()
    for number in range(8):
        id = await harness.propose(f"one {number}", f"other {number}")
        began.add((await harness.side(f"one {number}", id)).question)
    assert len(began) > 1


async def test_an_answer_can_be_changed_until_the_round_closes_but_not_after(harness: Harness) -> None:
    id, one = await both_asked(harness)
    for status in (*ANSWERS, CheckInStatus.ON_TRACK):
        assert (await harness.mark("Ana", one, status)).check_in.status is status
    await harness.wait_until(one.closes_at - timedelta(seconds=1))
    assert (await harness.mark("Ana", one, CheckInStatus.HARD)).check_in.status is CheckInStatus.HARD
    await harness.wait(seconds=1)
    for late in (
        harness.mark("Ana", one, CheckInStatus.ON_TRACK),
        harness.note("Ana", one, "too late"),
        harness.share("Ana", one),
        harness.wish("Ana", one),
        harness.pairs.check_ins.open(await harness.person("Ana"), one.id, harness.now),
    ):
        with pytest.raises(PairClosed):
            await late
    assert (await harness.look("Ana", one)).check_in.status is CheckInStatus.HARD
    assert (await harness.asked("Ana", id))[0].status is CheckInStatus.HARD


async def test_a_round_stays_open_until_both_partners_are_asked_again(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", zones=("Pacific/Auckland", "Pacific/Pago_Pago"))
    hers = await harness.wait_for_check_in("Ana", id)
    later = (await harness.view("Bo", id)).side.next_at
    assert later is not None
    assert hers.closes_at >= later + timedelta(weeks=1)
    await harness.wait_until(later + timedelta(weeks=1, seconds=-1))
    assert (await harness.mark("Ana", hers)).check_in.status is CheckInStatus.HARD


async def test_the_message_with_the_question_stays_open_until_the_round_closes(harness: Harness) -> None:
    _, one = await both_asked(harness)
    await harness.wait_until(one.closes_at - timedelta(seconds=1))
    assert one.id in [message.subject for message in await harness.messages("Ana")]
    await harness.wait(seconds=1)
    assert one.id not in [message.subject for message in await harness.messages("Ana")]


async def test_the_same_answer_again_changes_nothing(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one, CheckInStatus.HARD)
    await harness.share("Ana", one)
    before = await harness.asked("Ana", id)
    await harness.mark("Ana", one, CheckInStatus.HARD)
    assert await harness.asked("Ana", id) == before
    assert await harness.kinds("Bo") == ["check_in", "shared"]


async def test_nobody_can_answer_a_check_in_with_unasked(harness: Harness) -> None:
    _, one = await both_asked(harness)
    with pytest.raises(NotYours):
        await harness.mark("Ana", one, CheckInStatus.UNASKED)


async def test_neither_the_partner_nor_a_stranger_can_open_or_change_a_check_in(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one)
    for name in ("Bo", "Cy"):
        person = await harness.person(name)
        for wrong in (
            harness.mark(name, one),
            harness.note(name, one, "x"),
            harness.share(name, one),
            harness.keep(name, one),
            harness.wish(name, one),
            harness.look(name, one),
            harness.pairs.check_ins.open(person, one.id, harness.now),
            harness.wished(name, one),
            harness.answer(name, one, Wish.LATER),
        ):
            with pytest.raises(NotYours):
                await wrong
    cy = await harness.person("Cy")
    for foreign in (
        harness.shared("Cy", id),
        harness.view("Cy", id),
        harness.pairs.sharing.pair_of(cy, one.id),
        harness.pairs.sharing.pair_of(cy, "nothing"),
        harness.pairs.check_ins.look(cy, "nothing"),
        harness.pairs.queries.of_side(cy, one.side, harness.now),
    ):
        with pytest.raises(NotYours):
            await foreign
    assert (await harness.pairs.sharing.pair_of(await harness.person("Bo"), one.id)).id == id
    assert (
        await harness.pairs.queries.of_side(await harness.person("Ana"), one.side, harness.now)
    ).pair.id == id


async def test_nothing_is_shared_by_default(harness: Harness) -> None:
    id, one = await both_asked(harness)
    asked = await harness.mark("Ana", one)
    assert asked.check_in.shared_at is None
    asked = await harness.note("Ana", one, "it was loud")
    assert (asked.note, asked.check_in.shared_at) == ("it was loud", None)
    assert (await harness.view("Bo", id)).shared == 0
    assert await harness.kinds("Bo") == ["check_in"]
    with pytest.raises(PairClosed):
        await harness.shared("Bo", id)


async def test_the_partner_can_read_a_shared_check_in_with_its_note(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one)
    await harness.note("Ana", one, "it was loud")
    await harness.share("Ana", one)
    assert await harness.kinds("Bo") == ["check_in", "shared"]
    [message] = [message for message in await harness.messages("Bo") if message.kind == "pairs.shared"]
    assert (message.subject, message.other) == (one.id, await harness.person("Ana"))
    assert (await harness.view("Bo", id)).shared == 1
    shared = await harness.shared("Bo", id)
    assert (shared.name, shared.note, shared.number, shared.count) == ("Ana", "it was loud", 0, 1)
    assert shared.check_in.status is CheckInStatus.HARD
    assert await harness.kinds("Bo") == ["check_in"]
    assert (await harness.view("Ana", id)).shared == 0


async def test_sharing_twice_shares_once(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one)
    await harness.share("Ana", one)
    await harness.shared("Bo", id)
    before = await harness.asked("Ana", id)
    await harness.share("Ana", one)
    assert await harness.asked("Ana", id) == before
    assert await harness.kinds("Bo") == ["check_in"]


Undoing = Callable[[Harness, CheckIn], Awaitable[CheckInView]]
UNDOINGS: dict[str, Undoing] = {
    "another answer": lambda harness, one: harness.mark("Ana", one, CheckInStatus.ON_TRACK),
    "another note": lambda harness, one: harness.note("Ana", one, "other words"),
    "keep it mine": lambda harness, one: harness.keep("Ana", one),
}


@pytest.mark.parametrize("undoing", UNDOINGS)
@pytest.mark.parametrize("read", [False, True])
async def test_changing_a_check_in_or_taking_it_back_ends_its_sharing(
    harness: Harness, undoing: str, read: bool
) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one)
    await harness.note("Ana", one, "it was loud")
    await harness.share("Ana", one)
    if read:
        await harness.shared("Bo", id)
    asked = await UNDOINGS[undoing](harness, one)
    assert asked.check_in.shared_at is None
    assert await harness.kinds("Bo") == ["check_in"]
    assert (await harness.view("Bo", id)).shared == 0
    with pytest.raises(PairClosed):
        await harness.shared("Bo", id)
    await harness.share("Ana", one)
    assert await harness.kinds("Bo") == ["check_in", "shared"]
    assert (await harness.shared("Bo", id)).note == asked.note


async def test_sharing_a_check_in_again_lists_it_but_sends_no_second_message(harness: Harness) -> None:
    """Sharing and taking back again and again must not send a notification each time."""
    _, one = await both_asked(harness)
    await harness.mark("Ana", one)
    await harness.share("Ana", one)
    await harness.keep("Ana", one)
    await harness.share("Ana", one)
    [message] = [message for message in await harness.standing() if message.kind == "pairs.shared"]
    assert message.state == "shut"
    assert await harness.kinds("Bo") == ["check_in", "shared"]


async def test_a_shared_check_in_can_be_read_and_taken_back_after_its_round(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.mark("Ana", one)
    await harness.share("Ana", one)
    await harness.wait_until(one.closes_at + timedelta(days=3))
    assert "shared" in await harness.kinds("Bo")
    assert (await harness.shared("Bo", id)).check_in.id == one.id
    await harness.keep("Ana", one)
    assert (await harness.view("Bo", id)).shared == 0


async def test_shared_check_ins_are_read_newest_first(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    ids = []
    for note in ("first", "second", "third"):
        one = await harness.wait_for_check_in("Ana", id)
        await harness.mark("Ana", one)
        await harness.note("Ana", one, note)
        if note != "second":
            await harness.share("Ana", one)
            ids.append(one.id)
    assert (await harness.view("Bo", id)).shared == 2
    assert [(await harness.shared("Bo", id, number)).note for number in (0, 1, 7)] == [
        "third",
        "first",
        "first",
    ]
    assert (await harness.shared("Bo", id, 1)).check_in.id == ids[0]


@pytest.mark.parametrize("status", [None, CheckInStatus.SKIP])
async def test_an_unanswered_or_skipped_check_in_cannot_be_shared(
    harness: Harness, status: CheckInStatus | None
) -> None:
    _, one = await both_asked(harness)
    if status is not None:
        await harness.mark("Ana", one, status)
    with pytest.raises(PairClosed):
        await harness.share("Ana", one)


async def test_without_an_answer_a_note_and_keep_it_mine_are_refused(harness: Harness) -> None:
    _, one = await both_asked(harness)
    for verb in (harness.note("Ana", one, "x"), harness.keep("Ana", one)):
        with pytest.raises(PairClosed):
            await verb


async def test_the_partner_cannot_see_what_or_whether_somebody_answers(harness: Harness) -> None:
    """Bo sees the same whether Ana answers, skips or stays silent, during the round and after it."""
    answers = {
        "Ana": None,
        "Cy": CheckInStatus.ON_TRACK,
        "Di": CheckInStatus.SLIPPED,
        "Eli": CheckInStatus.SKIP,
    }
    ids = {name: await harness.pair(name, f"{name}'s Bo") for name in answers}
    for _ in range(3):
        for name, status in answers.items():
            one = await harness.wait_for_check_in(name, ids[name]) if name == "Ana" else None
            one = one or await harness.check_in(name, ids[name])
            if status is not None:
                await harness.mark(name, one, status)
        assert one is not None
        for at in (harness.now, one.closes_at):
            await harness.wait_until(at)
            seen = [await seen_by(harness, f"{name}'s Bo", ids[name]) for name in answers]
            assert seen == seen[:1] * 4


async def seen_by(harness: Harness, name: str, id: str) -> object:
    """Return everything of a pair that could show the partner's answers."""
    view = await harness.view(name, id)
    check_in = view.open_check_in
    asked = (check_in.day, check_in.closes_at, check_in.status) if check_in is not None else None
    stands = (view.pair.state, view.pair.starts_on, view.pair.ends_on, view.pair.paused_until)
    return (stands, view.side.next_at, view.offered, view.shared, asked, await harness.kinds(name))


# -- I'd like to talk -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "kind"), [(Wish.LATER, "later"), (Wish.NOT_NOW, "not_now")])
async def test_a_wish_to_talk_goes_to_the_partner_and_only_the_answer_comes_back(
    harness: Harness, said: Wish, kind: str
) -> None:
    _, one = await both_asked(harness)
    assert (await harness.wish("Ana", one)).check_in.heard is Wish.ASKED
    assert await harness.kinds("Bo") == ["check_in", "wish"]
    assert (await harness.wished("Bo", one)).name == "Ana"
    assert (await harness.answer("Bo", one, said)).check_in.wish is said
    assert await harness.kinds("Bo") == ["check_in"]
    assert await harness.kinds("Ana") == sorted(["check_in", kind])
    assert (await harness.look("Ana", one)).check_in.heard is said
    await harness.answer("Bo", one, said)
    with pytest.raises(PairClosed):
        await harness.answer("Bo", one, Wish.LATER if said is Wish.NOT_NOW else Wish.NOT_NOW)
    assert await harness.kinds("Ana") == sorted(["check_in", kind])


async def test_a_wish_to_talk_can_be_made_only_once_in_a_round(harness: Harness) -> None:
    id, one = await both_asked(harness)
    await harness.wish("Ana", one)
    await harness.answer("Bo", one, Wish.NOT_NOW)
    for _ in range(2):
        assert (await harness.wish("Ana", one)).check_in.heard is Wish.NOT_NOW
    assert await harness.kinds("Bo") == ["check_in"]
    again = await harness.wait_for_check_in("Ana", id)
    await harness.wish("Ana", again)
    assert "wish" in await harness.kinds("Bo")


async def test_an_unanswered_wish_closes_with_its_round_but_the_answer_to_a_wish_stays(
    harness: Harness,
) -> None:
    id, one = await both_asked(harness)
    await harness.wish("Ana", one)
    [his] = await harness.asked("Bo", id)
    await harness.wish("Bo", his)
    await harness.answer("Ana", his, Wish.LATER)
    await harness.wait_until(one.closes_at)
    assert "wish" not in await harness.kinds("Bo")
    assert "later" in await harness.kinds("Bo")
    assert (await harness.look("Bo", his)).check_in.heard is Wish.LATER


async def test_a_wish_that_was_not_made_cannot_be_answered(harness: Harness) -> None:
    _, one = await both_asked(harness)
    for verb in (harness.wished("Bo", one), harness.answer("Bo", one, Wish.LATER)):
        with pytest.raises(NotYours):
            await verb
    await harness.wish("Ana", one)
    assert (await harness.answer("Bo", one, Wish.ASKED)).check_in.wish is Wish.ASKED
    assert await harness.kinds("Ana") == ["check_in"]


async def test_somebody_who_rests_hears_of_no_wish_and_their_partner_cannot_notice(harness: Harness) -> None:
    id, one = await both_asked(harness)
    bo = await harness.person("Bo")
    await harness.preferences.rest(bo, harness.now + timedelta(days=2), harness.now)
    assert (await harness.wish("Ana", one)).check_in.heard is Wish.ASKED
    assert await harness.kinds("Bo") == ["check_in"]
    with pytest.raises(NotYours):
        await harness.wished("Bo", one)
    await harness.wait(days=3)
    assert await harness.kinds("Bo") == ["check_in"]
    again = await harness.wait_for_check_in("Ana", id)
    await harness.wish("Ana", again)
    assert "wish" in await harness.kinds("Bo")


async def test_a_message_about_a_wish_waits_in_the_lane_for_questions(harness: Harness) -> None:
    _, one = await both_asked(harness)
    await harness.wish("Ana", one)
    [message] = [message for message in await harness.messages("Bo") if message.kind == "pairs.wish"]
    assert (message.state, message.lane) == ("waiting", 0)


# -- the last one ---------------------------------------------------------------------------------------


async def test_the_last_check_in_is_marked_as_the_last_one(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    last = [(await harness.wait_for_check_in("Ana", id)).last for _ in range(4)]
    assert last == [False, False, False, True]
    assert (await harness.look("Ana", await harness.check_in("Ana", id))).next_at is None


async def test_after_the_last_round_a_pair_ends_by_itself_and_both_are_told_the_same(
    harness: Harness,
) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
        await harness.mark("Ana", one)
    await harness.wait_until(one.closes_at - timedelta(seconds=1))
    assert (await harness.view("Bo", id)).pair.open
    await harness.wait(seconds=1)
    with pytest.raises(PairClosed):
        await harness.view("Ana", id)
    messages = {
        message.person: (message.kind, message.subject, message.other) for message in await harness.standing()
    }
    assert messages == {
        await harness.person("Ana"): ("pairs.ended", id, None),
        await harness.person("Bo"): ("pairs.ended", id, None),
    }


async def test_an_unanswered_last_check_in_brings_only_the_message_about_the_end(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    for _ in range(2):
        await harness.mark("Ana", await harness.wait_for_check_in("Ana", id))
    await harness.wait(days=60)
    assert await harness.kinds("Ana") == ["ended"]


async def test_a_pair_that_both_renew_goes_on_for_as_many_check_ins_again(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
    await harness.mark("Ana", one)
    view = await harness.renew("Ana", id)
    assert view.change is not None
    assert view.change.renew
    assert (await harness.look("Ana", one)).renewing
    assert "change" in await harness.kinds("Bo")
    offered = (await harness.view("Bo", id)).offered
    assert offered is not None
    assert (offered.renew, offered.schedule) == (True, FOUR)
    await harness.renew("Ana", id)
    view = await harness.renew("Bo", id)
    assert (view.change, view.offered) == (None, None)
    assert "settled" in await harness.kinds("Ana")
    assert (str(view.pair.starts_on), str(view.pair.ends_on)) == ("2026-02-08", "2026-03-01")
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
    assert (one.last, len(await harness.asked("Ana", id))) == (True, 8)
    await harness.wait_until(one.closes_at)
    assert "ended" in await harness.kinds("Bo")


async def test_a_pair_that_only_one_partner_renews_ends(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", FOUR)
    for _ in range(4):
        one = await harness.wait_for_check_in("Ana", id)
    await harness.renew("Ana", id)
    await harness.wait_until(one.closes_at)
    assert await harness.kinds("Bo") == ["ended"]
    assert (await harness.count())[3] == 0


async def test_with_the_cadence_twice_a_week_there_are_two_check_ins_in_a_week(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", PairSchedule(Cadence.TWICE, 0, 9 * 60, 4))
    await harness.wait(days=40)
    days = [one.day.weekday() for one in await harness.asked("Bo", id)]
    assert sorted(days[:2]) == [0, 3]
    assert len(days) == 8
