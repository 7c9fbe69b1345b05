"""Requests: when they reach the person, and that nothing shows of them before."""

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.paths import notifications
from bot.paths.errors import RequestUnwritten, TooManyRequests
from bot.paths.models import Step
from bot.paths.request import REQUESTS_AT_MOST, RequestKind
from tests.unit.paths.fixtures import Harness


async def test_distance_reaches_the_person_at_once_at_any_step(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    made = await harness.request("bo", id, RequestKind.DISTANCE, "please stay away from game nights")
    [message] = await harness.messages("ana")
    assert (message.kind, message.other) == (notifications.ASKED, None)
    assert [text for _, text in (await harness.view()).requests] == ["please stay away from game nights"]
    assert await harness.paths.requests.read(await harness.person("ana"), made.id, harness.now) == id
    assert await harness.messages("ana") == []


async def test_another_request_reaches_them_at_repair_when_all_companions_agree(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    made = await harness.request("bo", id)
    assert await harness.kinds("cy") == [notifications.ENTERED]
    await harness.paths.requests.agree(await harness.person("cy"), made.id, harness.now)
    assert (await harness.view()).requests == ()
    assert (await harness.move_on(id, "ana", "bo", "cy")).step is Step.SEE
    assert (await harness.view()).requests == ()
    assert (await harness.move_on(id, "ana", "bo", "cy")).step is Step.REPAIR
    assert [text for _, text in (await harness.view()).requests] == ["an answer"]
    assert notifications.ASKED in await harness.kinds("ana")


async def test_at_repair_one_who_says_not_yet_keeps_it_from_them(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    for _ in range(2):
        await harness.move_on(id, "ana", "bo", "cy", "dee")
    await harness.read_all("ana")
    made = await harness.request("bo", id)
    before = await harness.view()
    await harness.paths.requests.not_yet(await harness.person("cy"), made.id, harness.now)
    await harness.paths.requests.agree(await harness.person("dee"), made.id, harness.now)
    assert await harness.view() == before
    assert await harness.messages("ana") == []
    await harness.paths.requests.agree(await harness.person("cy"), made.id, harness.now)
    assert len((await harness.view()).requests) == 1
    with pytest.raises(AlreadyDone):
        await harness.paths.requests.not_yet(await harness.person("dee"), made.id, harness.now)


async def test_of_four_companions_three_are_enough(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee", "eve")
    for _ in range(2):
        await harness.move_on(id, "ana", "bo", "cy", "dee")
    made = await harness.request("bo", id)
    await harness.paths.requests.agree(await harness.person("cy"), made.id, harness.now)
    assert (await harness.view()).requests == ()
    await harness.paths.requests.agree(await harness.person("dee"), made.id, harness.now)
    assert len((await harness.view()).requests) == 1


async def test_the_person_cannot_open_or_answer_a_request_that_has_not_reached_them(
    harness: Harness,
) -> None:
    ana, eve = await harness.person("ana"), await harness.person("eve")
    id = await harness.accompanied("ana", "bo", "cy")
    made = await harness.request("bo", id)
    for person in (ana, eve):
        with pytest.raises(NotYours):
            await harness.paths.requests.read(person, made.id, harness.now)
        with pytest.raises(NotYours):
            await harness.paths.queries.request(person, made.id)
        for verb in (harness.paths.requests.agree, harness.paths.requests.hand_back):
            with pytest.raises(NotYours):
                await verb(person, made.id, harness.now)
        with pytest.raises(NotYours):
            await harness.paths.requests.enter(person, id, RequestKind.HELP, "help", harness.now)


async def test_a_request_is_handed_back_and_only_who_saw_it_is_told(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    held = await harness.request("bo", id)
    reached = await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    for name in ("ana", "cy"):
        await harness.read_all(name)
    cy = await harness.person("cy")
    await harness.paths.requests.hand_back(cy, held.id, harness.now)
    assert (await harness.kinds("ana"), await harness.kinds("bo")) == ([], [notifications.CHANGED])
    await harness.paths.requests.hand_back(cy, reached.id, harness.now)
    assert await harness.kinds("ana") == [notifications.CHANGED]
    assert (await harness.view()).requests == ()


async def test_the_same_request_sent_twice_is_entered_once(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    first = await harness.request("bo", id)
    assert (await harness.request("bo", id)).id == first.id
    with pytest.raises(RequestUnwritten):
        await harness.request("bo", id, text=" ")
    for number in range(1, REQUESTS_AT_MOST):
        await harness.request("bo", id, text=f"number {number}")
    with pytest.raises(TooManyRequests):
        await harness.request("bo", id, text="one more")
    assert await harness.request("bo", id, RequestKind.DISTANCE, "distance") is not None


async def test_a_companion_alone_releases_nothing_but_distance(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    for _ in range(2):
        await harness.move_on(id, "ana", "bo", "cy")
    await harness.paths.beside.leave(await harness.person("cy"), id, harness.now)
    await harness.request("bo", id)
    assert (await harness.view()).requests == ()
    await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    assert len((await harness.view()).requests) == 1


async def test_a_new_companion_is_asked_about_what_waits(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    waits = await harness.request("bo", id, RequestKind.ANSWER)
    await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    await harness.join("ana", "dee")
    asked = [one.subject for one in await harness.messages("dee") if one.kind == notifications.ENTERED]
    assert asked == [waits.id]
