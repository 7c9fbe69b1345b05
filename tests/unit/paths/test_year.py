"""A whole year of one path, with what can come to pass in it, in virtual time."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotYours
from bot.paths import notifications
from bot.paths.models import Step
from bot.paths.request import RequestKind
from tests.unit.paths.fixtures import BERLIN, Harness


async def test_a_year_with_three_companions(harness: Harness) -> None:
    """One leaves at month four and is replaced, a companion enters a relapse at month five, two requests."""
    ana, bo, dee = [await harness.person(name) for name in ("ana", "bo", "dee")]
    began = harness.now
    await harness.commit("ana", "no parties")
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    hours = set()

    async def meet() -> None:
        at = (await harness.path_of(id)).next_at
        assert at is not None
        hours.add(at.astimezone(ZoneInfo(BERLIN)).hour)
        await harness.meeting(id)
        if await harness.asked("ana") is not None:
            await harness.met("ana")

    # Distance is shown at once, at the second step.
    await harness.request("cy", id, RequestKind.DISTANCE, "please don't come to game nights")
    assert [text for _, text in (await harness.view()).requests] == ["please don't come to game nights"]
    # An answer is asked for long before it can reach Ana.
    answer = await harness.request("cy", id, RequestKind.ANSWER, "was it planned")
    for person in (bo, dee):
        await harness.paths.requests.agree(person, answer.id, harness.now)
    for _ in range(4):
        await meet()
    assert len((await harness.view()).requests) == 1

    # Month four: Bo leaves, and the path goes on with the two others.
    await harness.wait_until(began + timedelta(days=122))
    await harness.paths.beside.leave(bo, id, harness.now)
    assert not (await harness.path_of(id)).waits
    await harness.join("ana", "eve")
    await harness.paths.steps.ready(ana, id, harness.now)
    for name in ("cy", "dee", "eve"):
        await harness.vote(name, id)
    assert (await harness.path_of(id)).step is Step.SEE

    # Month five: a companion enters that it happened again.
    await harness.wait_until(began + timedelta(days=150))
    assert (await harness.paths.steps.happened_again(dee, id, harness.now)).step is Step.STOP
    assert notifications.CHANGED in await harness.kinds("ana")

    # A path that waits, and goes on.
    for name in ("dee", "eve"):
        await harness.paths.beside.leave(await harness.person(name), id, harness.now)
    assert (await harness.path_of(id)).waits
    await harness.wait(days=10)
    await harness.join("ana", "fay")
    assert not (await harness.path_of(id)).waits

    for step in (Step.SAY, Step.SEE, Step.REPAIR):
        moved = await harness.move_on(id, "ana", "cy", "fay")
        assert moved.step is step
        if step is not Step.REPAIR:
            assert len((await harness.view()).requests) == 1
    # The companions have changed since they agreed to the other one, so their words are waited for.
    assert len((await harness.view()).requests) == 1
    for name in ("cy", "fay"):
        await harness.paths.requests.agree(await harness.person(name), answer.id, harness.now)
    assert {text for _, text in (await harness.view()).requests} == {
        "please don't come to game nights",
        "was it planned",
    }

    await harness.wait_until(max(harness.now, began + timedelta(days=365)))
    await harness.paths.steps.close_together(ana, id, harness.now)
    await meet()
    assert not (await harness.path_of(id)).open
    assert hours == {18}
    assert {one.words.action for one in await harness.plans.of_owner(ana)} == {"no parties"}
    for name in ("cy", "fay"):
        assert notifications.CLOSED in await harness.kinds(name)
        with pytest.raises(NotYours):
            await harness.beside(name, id)
    await harness.wait(days=31)
    assert (await harness.view(id=id)).commitments == ()
    await harness.wait(days=340)
    with pytest.raises(NotYours):
        await harness.view(id=id)
