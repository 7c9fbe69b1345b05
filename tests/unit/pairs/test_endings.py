"""However a pair ends, the partner gets the same message, and nothing reveals the cause."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs.check_in import CheckInStatus, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.models import PairState
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import check_ins, sides
from tests.unit.pairs.fixtures import SUNDAYS, Harness

pytestmark = pytest.mark.slow

Cause = Callable[[Harness, str], Awaitable[object]]


async def ends_it(harness: Harness, id: str) -> None:
    await harness.end("Bo", id)


async def leaves(harness: Harness, id: str) -> None:
    await harness.leave("Bo")


async def sets_a_boundary(harness: Harness, id: str) -> None:
    await harness.apart("Bo", "Ana")
    await harness.wait(days=1)


async def erases(harness: Harness, id: str) -> None:
    await harness.erase("Bo")


async def says_minor(harness: Harness, id: str) -> None:
    await harness.preferences.say_minor(await harness.person("Bo"), harness.now)


CAUSES = [ends_it, leaves, sets_a_boundary, erases, says_minor]
"""What Bo can do that ends the pair."""


async def lived_in(harness: Harness) -> str:
    """Make a pair with answers, notes, wishes, a suggestion and a missed round."""
    id = await harness.pair("Ana", "Bo")
    for number in range(5):
        one = await harness.wait_for_check_in("Ana", id)
        if number < 2:
            await harness.mark("Bo", await harness.check_in("Bo", id))
            await harness.note("Bo", await harness.check_in("Bo", id), f"Bo's note {number}")
            await harness.share("Bo", await harness.check_in("Bo", id))
            await harness.mark("Ana", one)
            await harness.note("Ana", one, f"Ana's note {number}")
    await harness.mark("Ana", one, CheckInStatus.SLIPPED)
    await harness.share("Ana", one)
    await harness.wish("Ana", one)
    await harness.answer("Bo", one, Wish.LATER)
    await harness.wish("Bo", await harness.check_in("Bo", id))
    await harness.put("Bo", id, PairSchedule(Cadence.MONTHLY, 1))
    await harness.put("Ana", id, PairSchedule(Cadence.MONTHLY, 2))
    await harness.wait(hours=14)
    assert {"change", "check_in", "later", "shared", "wish"} <= set(await harness.kinds("Ana"))
    assert {"change", "check_in", "missed", "shared"} <= set(await harness.kinds("Bo"))
    return id


Notes = list[tuple[date, str]]


async def mine(harness: Harness, name: str, id: str) -> tuple[list[tuple[date, CheckInStatus | None]], Notes]:
    """Return those of their own months and notes that can still be read."""
    person = await harness.person(name)
    months = await harness.pairs.history.months(person, id, 0)
    notes: Notes = []
    while (found := await harness.pairs.history.notes(person, id, len(notes))) is not None:
        notes.append((found.check_in.day, found.note))
        if len(notes) == found.count:
            break
    return [(one.day, one.status) for one in months.check_ins], notes


@pytest.mark.parametrize("cause", CAUSES)
async def test_whatever_the_cause_the_partner_gets_the_same_single_message(
    harness: Harness, cause: Cause
) -> None:
    id = await lived_in(harness)
    await cause(harness, id)
    ana = await harness.person("Ana")
    messages = [
        (message.person, message.kind, message.subject, message.other) for message in await harness.standing()
    ]
    assert messages == [(ana, "pairs.ended", id, None)]
    assert await harness.waiting("Ana") == await harness.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await harness.view("Ana", id)


@pytest.mark.parametrize("cause", [ends_it, sets_a_boundary, says_minor])
async def test_the_ending_names_the_partner_whatever_the_cause(harness: Harness, cause: Cause) -> None:
    id = await lived_in(harness)
    await cause(harness, id)
    queries = harness.pairs.queries
    assert await queries.ended_with(await harness.person("Ana"), id) == "Bo"
    assert await queries.ended_with(await harness.person("Bo"), id) == "Ana"
    await harness.wait(days=89)
    assert await queries.ended_with(await harness.person("Ana"), id) == "Bo"


async def test_the_ending_names_nobody_who_left_and_tells_nobody_else(harness: Harness) -> None:
    id = await lived_in(harness)
    await harness.leave("Bo")
    assert await harness.pairs.queries.ended_with(await harness.person("Ana"), id) == ""
    for who, which in (("Cy", id), ("Ana", "nothing")):
        assert await harness.pairs.queries.ended_with(await harness.person(who), which) == ""


async def test_a_request_that_ran_out_names_the_person_who_was_asked(harness: Harness) -> None:
    await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    await harness.wait(days=14)
    assert await harness.kinds("Ana") == ["lapsed"]
    assert await harness.pairs.queries.ended_with(await harness.person("Ana"), id) == "Bo"


@pytest.mark.parametrize("cause", CAUSES)
async def test_aims_signs_and_sentences_are_deleted_at_once_for_both(harness: Harness, cause: Cause) -> None:
    id = await lived_in(harness)
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    assert await harness.keys(id) == {f"{ana} ", f"{bo} ", f"{ana} /notes", f"{bo} /notes"}
    await cause(harness, id)
    assert not await harness.keys(id) & {f"{ana} ", f"{bo} "}
    assert await harness.sealed(sides, "words") == []
    assert (await harness.count())[3] == 0


@pytest.mark.parametrize("cause", CAUSES)
async def test_the_partner_can_read_their_own_notes_for_seven_days_before_they_are_deleted(
    harness: Harness, cause: Cause
) -> None:
    id = await lived_in(harness)
    before = await mine(harness, "Ana", id)
    assert [note for _, note in before[1]] == ["", "Ana's note 1", "Ana's note 0"]
    await cause(harness, id)
    assert await mine(harness, "Ana", id) == before
    assert [pair.id for pair, _ in await harness.pairs.queries.past(await harness.person("Ana"), None)] == [
        id
    ]
    ended = await harness.stored(id)
    assert ended is not None
    assert ended.ended_at is not None
    await harness.wait_until(ended.ended_at + timedelta(days=7, seconds=-1))
    assert await mine(harness, "Ana", id) == before
    await harness.wait(seconds=1)
    assert await harness.keys(id) == set()
    assert await harness.sealed(check_ins, "note") == []
    assert (await harness.count())[2] == 0
    assert await harness.pairs.queries.past(await harness.person("Ana"), None) == []


@pytest.mark.parametrize("cause", CAUSES)
async def test_an_ended_pair_has_only_timers_that_delete_it_and_finally_nothing_is_left(
    harness: Harness, cause: Cause
) -> None:
    id = await lived_in(harness)
    await cause(harness, id)
    assert {kind for kind, _ in await harness.timers()} == {"pairs.notes_end", "pairs.forget"}
    await harness.wait(days=91)
    assert await harness.count() == (0, 0, 0, 0, 0)
    assert await harness.timers() == {}
    assert await harness.standing() == []


@pytest.mark.parametrize("cause", CAUSES)
async def test_a_paused_pair_ends_in_the_same_way(harness: Harness, cause: Cause) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.pause("Ana", id, 56)
    await cause(harness, id)
    assert [(message.person, message.kind) for message in await harness.standing()] == [
        (await harness.person("Ana"), "pairs.ended")
    ]
    assert {kind for kind, _ in await harness.timers()} == {"pairs.notes_end", "pairs.forget"}


async def test_in_a_pair_that_has_ended_nothing_of_the_erased_person_is_left(harness: Harness) -> None:
    id = await lived_in(harness)
    bo = await harness.person("Bo")
    await harness.erase("Bo")
    assert {key.split()[0] for key in await harness.keys(id)} == {await harness.person("Ana")}
    assert await harness.asked("Bo", id) == []
    assert await _sides_of(harness, bo) == []
    with pytest.raises(NotYours):
        await mine(harness, "Bo", id)


async def test_what_an_erased_person_proposed_looks_ended_and_is_kept_no_longer(harness: Harness) -> None:
    """If it were gone at once, an old button would tell whoever got it that they didn't just take it back."""
    ana = await harness.person("Ana")
    old = await harness.pair("Ana", "Bo")
    await harness.end("Bo", old)
    draft = (await harness.begin("Ana", "Cy")).pair.id
    sent = await harness.propose("Ana", "Di")
    assert await harness.waiting("Di") == [(sent, "proposed")]
    await harness.erase("Ana")
    assert await harness.waiting("Di") == []
    assert await harness.stored(draft) is None
    for id in (old, sent):
        ended = await harness.stored(id)
        assert ended is not None
        assert ended.state is PairState.ENDED
        assert ana not in (ended.starter, ended.partner)
    assert await harness.keys(old) == set()
    assert await harness.standing() == []
    await harness.wait(days=91)
    assert await harness.count() == (0, 0, 0, 0, 0)


async def test_a_message_about_an_ending_stays_when_the_partner_is_erased(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.end("Ana", id)
    await harness.erase("Ana")
    assert await harness.kinds("Bo") == ["ended"]


async def test_a_pair_can_be_ended_only_once_and_only_by_a_partner(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.end("Ana", id)
    for name in ("Ana", "Bo"):
        with pytest.raises(PairClosed):
            await harness.end(name, id)
    assert await harness.kinds("Bo") == ["ended"]
    assert await harness.kinds("Ana") == []
    with pytest.raises(NotYours):
        await harness.end("Cy", id)


async def test_old_cards_of_an_ended_pair_do_nothing(harness: Harness) -> None:
    id = await lived_in(harness)
    hers, his = await harness.check_in("Ana", id), await harness.check_in("Bo", id)
    await harness.end("Ana", id)
    for verb in (
        harness.mark("Bo", his),
        harness.note("Bo", his, "x"),
        harness.share("Bo", his),
        harness.wish("Bo", his),
        harness.answer("Bo", hers, Wish.NOT_NOW),
        harness.shared("Bo", id),
        harness.agree("Bo", id),
        harness.look("Bo", his),
        harness.pairs.queries.of_side(await harness.person("Bo"), his.side, harness.now),
    ):
        with pytest.raises(PairClosed):
            await verb
    assert await harness.kinds("Ana") == []


async def test_after_the_message_about_the_end_is_read_nothing_waits(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.end("Ana", id)
    await harness.read("Bo", "pairs.ended", id)
    assert await harness.standing() == []


async def test_when_somebody_leaves_the_server_pairs_of_other_people_go_on(harness: Harness) -> None:
    here = await harness.pair("Ana", "Bo")
    other = await harness.pair("Ana", "Cy")
    await harness.leave("Bo")
    with pytest.raises(PairClosed):
        await harness.view("Ana", here)
    assert (await harness.view("Ana", other)).pair.open
    assert await harness.kinds("Cy") == []


async def test_after_a_pair_has_run_to_its_end_the_same_two_can_begin_again_at_once(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    await harness.wait(days=40)
    assert await harness.kinds("Ana") == ["ended"]
    again = await harness.propose("Bo", "Ana")
    assert await harness.waiting("Ana") == [(again, "proposed")]
    assert id != again


@pytest.mark.parametrize("by", ["Ana", "Bo"])
async def test_after_an_early_end_a_new_proposal_by_either_reaches_nobody_for_90_days(
    harness: Harness, by: str
) -> None:
    """The person who ended it is not put under pressure, and whoever asks again sees a usual proposal."""
    id = await harness.pair("Ana", "Bo")
    await harness.wait(days=20)
    await harness.end("Bo", id)
    other = "Bo" if by == "Ana" else "Ana"
    await harness.wait(days=89)
    again = await harness.propose(by, other)
    assert await harness.waiting(by) == [(again, "proposed")]
    assert await harness.waiting(other) == []
    await harness.pairs.proposals.take_back(await harness.person(by), again, harness.now)
    await harness.wait(days=1)
    third = await harness.propose(by, other)
    assert await harness.waiting(other) == [(third, "proposed")]


async def test_somebody_who_rests_still_gets_their_own_check_ins(harness: Harness) -> None:
    id = await harness.pair("Ana", "Bo")
    await harness.preferences.rest(await harness.person("Ana"), harness.now + timedelta(days=30), harness.now)
    await harness.wait_for_check_in("Ana", id)
    assert await harness.kinds("Ana") == ["check_in"]


async def test_the_membership_sweep_looks_for_the_people_of_running_pairs_only(harness: Harness) -> None:
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    id = await harness.propose("Ana", "Bo")
    assert await harness.pairs.queries.people_in_open() == set()
    await harness.accept("Bo", id)
    assert {person for _, person in await harness.pairs.queries.people_in_open()} == {ana, bo}
    await harness.end("Bo", id)
    assert await harness.pairs.queries.people_in_open() == set()


async def _sides_of(harness: Harness, person: PersonId) -> list[object]:
    rows = await harness.db.read(lambda tx: tx.all(sides.select().where(sides.c.person == person)))
    return list(rows)
