"""Moving on, back, and to the beginning; and how a path ends."""

from datetime import timedelta

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.paths import notifications
from bot.paths.errors import NoMeetings, NotReadyYet
from bot.paths.models import Step, enough
from bot.paths.vote import Said
from bot.reports.models import LIMITS, Start
from tests.unit.paths.fixtures import Harness


def test_all_must_agree_and_of_four_all_but_one() -> None:
    assert [[enough(yes, many) for yes in range(5)] for many in (0, 2, 3, 4)] == [
        [False, False, False, False, False],
        [False, False, True, True, True],
        [False, False, False, True, True],
        [False, False, False, True, True],
    ]


async def test_moving_on_takes_two_held_meetings_the_person_and_all_companions(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.hold(id, many=1)
    with pytest.raises(NotReadyYet):
        await harness.paths.steps.ready(ana, id, harness.now)
    with pytest.raises(AlreadyDone):
        await harness.vote("bo", id)
    await harness.hold(id, many=1)
    await harness.paths.steps.ready(ana, id, harness.now)
    assert notifications.READY in await harness.kinds("bo")
    assert (await harness.vote("bo", id)).step is Step.SAY
    assert (await harness.vote("cy", id)).step is Step.SEE
    assert notifications.CHANGED in await harness.kinds("ana")
    assert notifications.READY not in await harness.kinds("bo")
    view = await harness.view()
    assert (view.path.ready_at, view.can_go_on) == (None, False)


async def test_of_four_companions_one_may_say_not_yet(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy", "dee", "eve")
    await harness.hold(id)
    await harness.paths.steps.ready(ana, id, harness.now)
    await harness.vote("bo", id, Said.NOT_YET)
    for name in ("cy", "dee"):
        assert (await harness.vote(name, id)).step is Step.SAY
    assert (await harness.vote("eve", id)).step is Step.SEE


async def test_not_yet_shows_to_nobody_and_holds_until_the_next_meeting(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.hold(id)
    await harness.paths.steps.ready(ana, id, harness.now)
    before, seen = await harness.view(), await harness.kinds("ana")
    await harness.vote("bo", id, Said.NOT_YET)
    assert (await harness.view(), await harness.kinds("ana")) == (before, seen)
    assert (await harness.beside("cy", id)).on is None
    await harness.meeting(id)
    assert (await harness.view()).can_go_on
    assert (await harness.beside("bo", id)).on is None
    with pytest.raises(AlreadyDone):
        await harness.vote("cy", id)


async def test_being_ready_or_not_in_turn_does_not_write_to_the_companions_again_and_again(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.hold(id)
    ana, told = await harness.person("ana"), 0
    for _ in range(9):
        await harness.read_all("bo")
        await harness.paths.steps.ready(ana, id, harness.now)
        told += (await harness.kinds("bo")).count(notifications.READY)
        assert (await harness.beside("bo", id)).ready
        await harness.paths.steps.not_ready(ana, id, harness.now)
    assert told == LIMITS[Start.WORD].own.most


async def test_being_ready_can_be_taken_back(harness: Harness) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.hold(id)
    await harness.paths.steps.ready(ana, id, harness.now)
    await harness.vote("bo", id)
    await harness.paths.steps.not_ready(ana, id, harness.now)
    await harness.paths.steps.ready(ana, id, harness.now)
    assert (await harness.vote("cy", id)).step is Step.SAY


async def test_one_step_back_takes_the_person_or_two_companions(harness: Harness) -> None:
    ana, bo, cy = [await harness.person(name) for name in ("ana", "bo", "cy")]
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.move_on(id, "ana", "bo", "cy")
    assert (await harness.paths.steps.back(bo, id, harness.now)).step is Step.SEE
    assert (await harness.paths.steps.back(bo, id, harness.now)).step is Step.SEE
    assert (await harness.paths.steps.back(cy, id, harness.now)).step is Step.SAY
    assert (await harness.paths.steps.back(ana, id, harness.now)).step is Step.STOP
    with pytest.raises(AlreadyDone):
        await harness.paths.steps.back(ana, id, harness.now)


@pytest.mark.parametrize("who", ["ana", "bo"])
async def test_it_happened_again_leads_back_to_stop_and_names_nobody(harness: Harness, who: str) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.move_on(id, "ana", "bo", "cy")
    for name in ("ana", "bo", "cy"):
        await harness.read_all(name)
    again = await harness.paths.steps.happened_again(await harness.person(who), id, harness.now)
    assert again.step is Step.STOP
    assert await harness.kinds(who) == []
    other = "bo" if who == "ana" else "ana"
    [message] = await harness.messages(other)
    assert (message.kind, message.other) == (notifications.CHANGED, None)
    with pytest.raises(NotReadyYet):
        await harness.paths.steps.ready(await harness.person("ana"), id, harness.now)
    moved = await harness.move_on(id, "ana", "bo", "cy")
    assert moved.step is Step.SAY


async def test_in_the_last_step_they_meet_every_three_months_and_there_is_none_after_it(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    for step in (Step.SEE, Step.REPAIR, Step.CHANGE, Step.KEEP):
        assert (await harness.move_on(id, "ana", "bo", "cy")).step is step
    path = await harness.path_of(id)
    assert path.next_at is not None
    assert 85 < (path.next_at - harness.now).days < 95
    await harness.hold(id)
    assert not (await harness.view()).can_go_on
    with pytest.raises(AlreadyDone):
        await harness.paths.steps.ready(await harness.person("ana"), id, harness.now)


async def test_closing_together_ends_after_a_last_meeting_with_plans(harness: Harness) -> None:
    ana = await harness.person("ana")
    alone = await harness.start()
    with pytest.raises(NoMeetings):
        await harness.paths.steps.close_together(ana, alone.id, harness.now)
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana", "no parties")
    await harness.paths.steps.close_together(ana, id, harness.now)
    assert await harness.kinds("bo") == [notifications.CHANGED]
    await harness.paths.steps.go_on_after_all(ana, id, harness.now)
    await harness.meeting(id)
    assert (await harness.path_of(id)).open
    await harness.paths.steps.close_together(ana, id, harness.now)
    await harness.meeting(id)
    assert not (await harness.path_of(id)).open
    assert await harness.kinds("bo") == await harness.kinds("cy") == [notifications.CLOSED]
    assert notifications.CLOSED in await harness.kinds("ana")
    assert [one.words.action for one in await harness.plans.of_owner(ana)] == ["no parties"]


async def test_nobody_else_moves_or_ends_a_path(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    bo, eve = await harness.person("bo"), await harness.person("eve")
    steps = harness.paths.steps
    for person, verb in (
        (bo, steps.ready), (bo, steps.end), (bo, steps.close_together), (bo, steps.not_ready),
        (eve, steps.back), (eve, steps.happened_again), (eve, steps.ready), (eve, steps.end),
    ):  # fmt: skip
        with pytest.raises(NotYours):
            await verb(person, id, harness.now)
    with pytest.raises(NotYours):
        await harness.vote("ana", id)


async def test_what_is_said_at_a_meeting_holds_until_the_next_one_and_the_meeting_is_asked_about(
    harness: Harness,
) -> None:
    """They agree at the meeting itself, before anybody was asked about it."""
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.hold(id)
    await harness.read_all("ana")
    path = await harness.path_of(id)
    assert path.next_at is not None
    await harness.wait_until(path.next_at + timedelta(hours=1))
    await harness.paths.steps.ready(ana, id, harness.now)
    await harness.vote("bo", id)
    await harness.wait(hours=2)
    assert (await harness.path_of(id)).ready_at is not None
    assert (await harness.vote("cy", id)).step is Step.SEE
    assert await harness.asked("bo") is not None


async def test_a_step_that_is_moved_during_a_meeting_does_not_keep_anybody_from_being_asked(
    harness: Harness,
) -> None:
    ana = await harness.person("ana")
    id = await harness.accompanied("ana", "bo", "cy")
    path = await harness.path_of(id)
    assert path.next_at is not None
    await harness.wait_until(path.next_at + timedelta(hours=1))
    assert (await harness.paths.steps.back(ana, id, harness.now)).next_at == path.next_at
    await harness.wait(hours=1)
    assert await harness.asked("ana") is not None
