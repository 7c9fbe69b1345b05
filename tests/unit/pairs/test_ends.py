"""However a pair ends, the other gets the same one sentence, and nothing tells of the cause."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import NotYours
from bot.ids import PersonId
from bot.pairs.check_in import Status, Wish
from bot.pairs.errors import PairClosed
from bot.pairs.schedule import Cadence, PairSchedule
from bot.pairs.tables import check_ins, sides
from tests.unit.pairs.fixtures import SUNDAYS, Town

Cause = Callable[[Town, str], Awaitable[object]]


async def ends_it(town: Town, id: str) -> None:
    await town.end("Bo", id)


async def leaves(town: Town, id: str) -> None:
    await town.leave("Bo")


async def sets_a_boundary(town: Town, id: str) -> None:
    await town.apart("Bo", "Ana")
    await town.wait(days=1)


async def erases(town: Town, id: str) -> None:
    await town.erase("Bo")


async def says_minor(town: Town, id: str) -> None:
    await town.preferences.say_minor(await town.person("Bo"), town.now)


CAUSES = [ends_it, leaves, sets_a_boundary, erases, says_minor]
"""All of them Bo's."""


async def lived_in(town: Town) -> str:
    """A pair with something of everything: answers, notes, wishes, a suggestion, a silence."""
    id = await town.pair("Ana", "Bo")
    for number in range(5):
        one = await town.wait_for_check_in("Ana", id)
        if number < 2:
            await town.mark("Bo", await town.check_in("Bo", id))
            await town.note("Bo", await town.check_in("Bo", id), f"Bo's note {number}")
            await town.share("Bo", await town.check_in("Bo", id))
            await town.mark("Ana", one)
            await town.note("Ana", one, f"Ana's note {number}")
    await town.mark("Ana", one, Status.SLIPPED)
    await town.share("Ana", one)
    await town.wish("Ana", one)
    await town.answer("Bo", one, Wish.LATER)
    await town.wish("Bo", await town.check_in("Bo", id))
    await town.put("Bo", id, PairSchedule(Cadence.MONTHLY, 1))
    await town.put("Ana", id, PairSchedule(Cadence.MONTHLY, 2))
    await town.wait(hours=14)
    assert {"change", "check_in", "later", "shared", "wish"} <= set(await town.kinds("Ana"))
    assert {"change", "check_in", "missed", "shared"} <= set(await town.kinds("Bo"))
    return id


Notes = list[tuple[date, str]]


async def mine(town: Town, name: str, id: str) -> tuple[list[tuple[date, Status | None]], Notes]:
    """Their own months, and their notes, as they can still be read."""
    person = await town.person(name)
    months = await town.pairs.history.months(person, id, 0)
    notes: Notes = []
    while (found := await town.pairs.history.notes(person, id, len(notes))) is not None:
        notes.append((found.check_in.day, found.note))
        if len(notes) == found.count:
            break
    return [(one.day, one.status) for one in months.check_ins], notes


@pytest.mark.parametrize("cause", CAUSES)
async def test_the_other_gets_the_same_one_sentence_and_nothing_else(town: Town, cause: Cause) -> None:
    id = await lived_in(town)
    await cause(town, id)
    ana = await town.person("Ana")
    lines = [(line.person, line.kind, line.subject, line.other) for line in await town.standing()]
    assert lines == [(ana, "pairs.ended", id, None)]
    assert await town.waiting("Ana") == await town.waiting("Bo") == []
    with pytest.raises(PairClosed):
        await town.view("Ana", id)


@pytest.mark.parametrize("cause", CAUSES)
async def test_aims_signs_and_sentences_are_gone_at_once_for_both(town: Town, cause: Cause) -> None:
    id = await lived_in(town)
    ana, bo = await town.person("Ana"), await town.person("Bo")
    assert await town.keys(id) == {f"{ana} ", f"{bo} ", f"{ana} /notes", f"{bo} /notes"}
    await cause(town, id)
    assert not await town.keys(id) & {f"{ana} ", f"{bo} "}
    assert await town.sealed(sides, "words") == []
    assert (await town.count())[3] == 0


@pytest.mark.parametrize("cause", CAUSES)
async def test_ones_own_notes_stay_for_seven_days_and_are_gone_then(town: Town, cause: Cause) -> None:
    id = await lived_in(town)
    before = await mine(town, "Ana", id)
    assert [note for _, note in before[1]] == ["", "Ana's note 1", "Ana's note 0"]
    await cause(town, id)
    assert await mine(town, "Ana", id) == before
    assert [pair.id for pair, _ in await town.pairs.queries.past(await town.person("Ana"), None)] == [id]
    ended = await town.stored(id)
    assert ended is not None
    assert ended.ended_at is not None
    await town.wait_until(ended.ended_at + timedelta(days=7, seconds=-1))
    assert await mine(town, "Ana", id) == before
    await town.wait(seconds=1)
    assert await town.keys(id) == set()
    assert await town.sealed(check_ins, "note") == []
    assert (await town.count())[2] == 0
    assert await town.pairs.queries.past(await town.person("Ana"), None) == []


@pytest.mark.parametrize("cause", CAUSES)
async def test_nothing_rings_any_more_and_in_the_end_nothing_is_left(town: Town, cause: Cause) -> None:
    id = await lived_in(town)
    await cause(town, id)
    assert {kind for kind, _ in await town.alarms()} == {"pairs.notes_end", "pairs.forget"}
    await town.wait(days=91)
    assert await town.count() == (0, 0, 0, 0, 0)
    assert await town.alarms() == {}
    assert await town.standing() == []


@pytest.mark.parametrize("cause", CAUSES)
async def test_while_it_pauses_it_ends_the_same(town: Town, cause: Cause) -> None:
    id = await town.pair("Ana", "Bo")
    await town.pause("Ana", id, 56)
    await cause(town, id)
    assert [(line.person, line.kind) for line in await town.standing()] == [
        (await town.person("Ana"), "pairs.ended")
    ]
    assert {kind for kind, _ in await town.alarms()} == {"pairs.notes_end", "pairs.forget"}


async def test_the_one_who_erased_leaves_nothing_of_theirs(town: Town) -> None:
    id = await lived_in(town)
    bo = await town.person("Bo")
    await town.erase("Bo")
    assert {key.split()[0] for key in await town.keys(id)} == {await town.person("Ana")}
    assert await town.asked("Bo", id) == []
    assert await _sides_of(town, bo) == []
    with pytest.raises(NotYours):
        await mine(town, "Bo", id)


async def test_erasing_takes_drafts_and_proposals_too_and_what_ended_before(town: Town) -> None:
    old = await town.pair("Ana", "Bo")
    await town.end("Bo", old)
    await town.begin("Ana", "Cy")
    sent = await town.propose("Ana", "Di")
    assert await town.waiting("Di") == [(sent, "proposed")]
    await town.erase("Ana")
    assert await town.waiting("Di") == []
    assert await town.stored(sent) is None
    assert await town.keys(old) == set()
    assert await town.standing() == []
    await town.wait(days=8)
    assert await town.count() == (0, 0, 0, 0, 0)


async def test_a_line_about_an_ending_outlives_the_erasure_of_the_other(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.end("Ana", id)
    await town.erase("Ana")
    assert await town.kinds("Bo") == ["ended"]


async def test_either_ends_it_once(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.end("Ana", id)
    for name in ("Ana", "Bo"):
        with pytest.raises(PairClosed):
            await town.end(name, id)
    assert await town.kinds("Bo") == ["ended"]
    assert await town.kinds("Ana") == []
    with pytest.raises(NotYours):
        await town.end("Cy", id)


async def test_old_cards_of_one_that_ended_do_nothing(town: Town) -> None:
    id = await lived_in(town)
    hers, his = await town.check_in("Ana", id), await town.check_in("Bo", id)
    await town.end("Ana", id)
    for verb in (
        town.mark("Bo", his),
        town.note("Bo", his, "x"),
        town.share("Bo", his),
        town.wish("Bo", his),
        town.answer("Bo", hers, Wish.NOT_NOW),
        town.shared("Bo", id),
        town.agree("Bo", id),
        town.look("Bo", his),
        town.pairs.queries.of_side(await town.person("Bo"), his.side, town.now),
    ):
        with pytest.raises(PairClosed):
            await verb
    assert await town.kinds("Ana") == []


async def test_whoever_reads_that_it_ended_has_nothing_waiting(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.end("Ana", id)
    await town.read("Bo", "pairs.ended", id)
    assert await town.standing() == []


async def test_leaving_one_server_leaves_the_pairs_of_others(town: Town) -> None:
    here = await town.pair("Ana", "Bo")
    other = await town.pair("Ana", "Cy")
    await town.leave("Bo")
    with pytest.raises(PairClosed):
        await town.view("Ana", here)
    assert (await town.view("Ana", other)).pair.open
    assert await town.kinds("Cy") == []


async def test_a_pair_that_ran_to_its_end_can_be_begun_again_at_once(town: Town) -> None:
    id = await town.pair("Ana", "Bo", replace(SUNDAYS, weeks=4))
    await town.wait(days=40)
    assert await town.kinds("Ana") == ["ended"]
    again = await town.propose("Bo", "Ana")
    assert await town.waiting("Ana") == [(again, "proposed")]
    assert id != again


@pytest.mark.parametrize("by", ["Ana", "Bo"])
async def test_one_that_was_ended_early_keeps_both_from_asking_again_for_ninety_days(
    town: Town, by: str
) -> None:
    """Whoever ended it is not pressed, and whoever asks cannot tell."""
    id = await town.pair("Ana", "Bo")
    await town.wait(days=20)
    await town.end("Bo", id)
    other = "Bo" if by == "Ana" else "Ana"
    await town.wait(days=89)
    again = await town.propose(by, other)
    assert await town.waiting(by) == [(again, "proposed")]
    assert await town.waiting(other) == []
    await town.pairs.proposals.take_back(await town.person(by), again, town.now)
    await town.wait(days=1)
    third = await town.propose(by, other)
    assert await town.waiting(other) == [(third, "proposed")]


async def test_a_rest_leaves_what_one_set_oneself(town: Town) -> None:
    id = await town.pair("Ana", "Bo")
    await town.preferences.rest(await town.person("Ana"), town.now + timedelta(days=30), town.now)
    await town.wait_for_check_in("Ana", id)
    assert await town.kinds("Ana") == ["check_in"]


async def test_who_is_in_a_pair_is_looked_for_by_the_roll_call(town: Town) -> None:
    ana, bo = await town.person("Ana"), await town.person("Bo")
    id = await town.propose("Ana", "Bo")
    assert await town.pairs.queries.people_in_open() == set()
    await town.accept("Bo", id)
    assert {person for _, person in await town.pairs.queries.people_in_open()} == {ana, bo}
    await town.end("Bo", id)
    assert await town.pairs.queries.people_in_open() == set()


async def _sides_of(town: Town, person: PersonId) -> list[object]:
    rows = await town.db.read(lambda tx: tx.all(sides.select().where(sides.c.person == person)))
    return list(rows)
