"""Meetings: when they are, who is asked, and who sees what is said."""

from datetime import datetime, timedelta

import pytest

from bot.errors import NotYours
from bot.paths import due_times, notifications
from bot.paths.answer import Sense
from bot.paths.commitment import Word
from bot.paths.errors import NoSuchMeeting
from bot.paths.schedule import ASKED_AFTER, MeetingSchedule
from bot.scheduling.cadence import Cadence
from tests.unit.paths.fixtures import BERLIN, FORTNIGHT, Harness
from tests.unit.pods.fixtures import utc


@pytest.mark.parametrize(
    "given",
    [
        (BERLIN, Cadence.WEEKLY, 1, 0),
        (BERLIN, Cadence.MONTHLY, 30, 0),
        (BERLIN, Cadence.FORTNIGHT, 7, 0),
        (BERLIN, Cadence.MONTHLY, 1, 1440),
        ("Nowhere/Else", Cadence.MONTHLY, 1, 0),
    ],
)
def test_a_schedule_that_is_not_offered_is_refused(given: tuple[str, Cadence, int, int]) -> None:
    with pytest.raises(NoSuchMeeting):
        MeetingSchedule(*given)


def test_meetings_keep_their_hour_when_the_clocks_change() -> None:
    start = FORTNIGHT.first_on(utc(2026, 3, 1))
    times: list[datetime] = []
    at = utc(2026, 3, 1)
    for _ in range(20):
        at = due_times.following(FORTNIGHT, start, at)
        times.append(at)
    assert {(one - other).days in (13, 14) for one, other in zip(times[1:], times, strict=False)} == {True}
    assert {one.hour for one in times} == {16, 17}
    assert {due_times.at(FORTNIGHT, due_times.day_of(FORTNIGHT, one)) == one for one in times} == {True}


async def test_everybody_is_asked_after_a_meeting_and_every_third_is_without_the_person(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    asked: list[list[bool]] = []
    for _ in range(6):
        assert (await harness.view()).path.alone == (len(asked) % 3 == 2)
        await harness.meeting(id)
        asked.append([await harness.asked(name) is not None for name in ("ana", "bo", "cy")])
        for name in ("ana", "bo", "cy"):
            await harness.read_all(name)
    assert asked == [[True] * 3, [True] * 3, [False, True, True]] * 2


async def test_the_person_says_of_each_commitment_how_it_held(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    one = await harness.commit("ana", "one")
    await harness.wait(seconds=1)
    two = await harness.commit("ana", "two")
    await harness.meeting(id)
    answer = await harness.asked("ana")
    assert answer is not None
    view = await harness.paths.meetings.met(ana, answer, True, harness.now)
    assert view.next is not None
    assert view.next[0].id == one.id
    view = await harness.paths.meetings.held(ana, one.id, Word.NOT_HELD, harness.now)
    assert view.next is not None
    assert view.next[0].id == two.id
    assert notifications.MET in await harness.kinds("ana")
    assert (await harness.paths.meetings.held(ana, two.id, Word.HELD, harness.now)).next is None
    with pytest.raises(NotYours):
        await harness.paths.meetings.held(await harness.person("bo"), two.id, Word.HELD, harness.now)
    assert notifications.MET not in await harness.kinds("ana")
    await harness.meeting(id)
    again = await harness.asked("ana")
    assert again not in (None, answer)
    with pytest.raises(NotYours):
        await harness.paths.meetings.met(ana, answer, True, harness.now)


@pytest.mark.parametrize("sense", list(Sense))
async def test_what_a_companion_says_shows_to_nobody_unless_they_tell_it(
    harness: Harness, sense: Sense
) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.meeting(id)
    answer = await harness.asked("bo")
    assert answer is not None
    await harness.met("ana", "bo")
    before, seen = await harness.view(), [await harness.kinds(one) for one in ("ana", "cy")]
    await harness.sense("bo", answer, sense)
    assert (await harness.view(), [await harness.kinds(one) for one in ("ana", "cy")]) == (before, seen)
    bo, cy = await harness.person("bo"), await harness.person("cy")
    with pytest.raises(NotYours):
        await harness.paths.queries.told(cy, answer)
    if not sense.can_be_told:
        with pytest.raises(NotYours):
            await harness.paths.meetings.tell_others(bo, answer, harness.now)
        return
    for _ in range(2):
        await harness.paths.meetings.tell_others(bo, answer, harness.now)
    assert (await harness.paths.queries.told(cy, answer)).answer.sense is sense
    assert (await harness.view(), await harness.kinds("ana")) == (before, seen[0])
    with pytest.raises(NotYours):
        await harness.paths.queries.told(await harness.person("ana"), answer)
    await harness.sense("bo", answer, Sense.GOING_ON)
    with pytest.raises(NotYours):
        await harness.paths.queries.told(cy, answer)


async def test_whether_a_step_can_be_left_depends_on_what_the_person_says_alone(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    for _ in range(2):
        await harness.meeting(id)
        await harness.met("ana")
        await harness.met("bo", "cy", met=False)
    assert (await harness.view()).can_go_on


async def test_nothing_new_is_asked_of_a_companion_who_rests(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    bo = await harness.person("bo")
    await harness.preferences.rest(bo, harness.now + timedelta(days=60), harness.now)
    await harness.meeting(id)
    assert await harness.messages("bo") == []
    assert await harness.asked("cy") is not None
    await harness.request("cy", id)
    assert await harness.messages("bo") == []


async def test_meetings_that_were_missed_while_the_bot_was_off_are_asked_about_once(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    harness.now += timedelta(days=100)
    await harness.agenda.run_due(harness.now)
    assert [one.kind for one in await harness.messages("ana")].count(notifications.MET) == 1
    path = await harness.path_of(id)
    assert path.next_at is not None
    assert path.next_at > harness.now
    assert path.number == 2


async def test_a_changed_schedule_moves_the_next_meeting_and_tells_the_companions(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    moved = await harness.paths.steps.go_on(await harness.person("ana"), id, FORTNIGHT, harness.now)
    assert moved.next_at is not None
    assert moved.next_at.weekday() == 6
    assert await harness.kinds("bo") == [notifications.CHANGED]
    assert await harness.paths.meetings.follow() == 0


async def test_a_question_that_was_half_answered_closes_with_the_next_meeting(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.meeting(id)
    first = await harness.asked("bo")
    await harness.met("bo")
    assert await harness.asked("bo") == first
    await harness.meeting(id)
    assert [one.subject for one in await harness.messages("bo") if one.kind == notifications.MET] != [first]
    assert [one.kind for one in await harness.messages("bo")].count(notifications.MET) == 1


async def test_another_schedule_brings_no_meeting_nearer(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", schedule=FORTNIGHT)
    ana = await harness.person("ana")
    await harness.meeting(id)
    met_at = harness.now - ASKED_AFTER
    for cadence, least in ((Cadence.FORTNIGHT, 14), (Cadence.MONTHLY, 28)):
        for day in cadence.days if cadence is Cadence.FORTNIGHT else (1, 13):
            other = MeetingSchedule(BERLIN, cadence, day, 18 * 60)
            changed = await harness.paths.steps.go_on(ana, id, other, harness.now)
            assert changed.next_at is not None
            assert changed.next_at - met_at >= timedelta(days=least) - timedelta(hours=1)


async def test_before_the_first_meeting_another_schedule_can_bring_it_nearer(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    first = (await harness.path_of(id)).next_at
    changed = await harness.paths.steps.go_on(await harness.person("ana"), id, FORTNIGHT, harness.now)
    assert changed.next_at is not None
    assert first is not None
    assert changed.next_at < first
