"""Requests: when they reach the person, and that nothing shows of them before."""

import pytest

from bot.errors import AlreadyDone, NotYours
from bot.paths import notifications
from bot.paths.errors import EnteredTooMuch, RequestUnwritten, TakesItOff, TooManyOfOwn, TooManyRequests
from bot.paths.models import Step
from bot.paths.request import OWN_REQUESTS_AT_MOST, REQUESTS_AT_MOST, RequestKind
from bot.paths.vote import Said
from bot.reports.models import LIMITS, Start
from tests.unit.paths.fixtures import Harness
from tests.unit.pods.fixtures import HERE


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
    # What they said then doesn't count: they are asked now whether it is still wanted.
    assert (await harness.view()).requests == ()
    assert notifications.ENTERED in await harness.kinds("bo")
    for name in ("bo", "cy"):
        await harness.paths.requests.agree(await harness.person(name), made.id, harness.now)
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


async def test_whoever_entered_a_request_hands_it_back_and_only_who_saw_it_is_told(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    held = await harness.request("bo", id)
    reached = await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    for name in ("ana", "cy"):
        await harness.read_all(name)
    await harness.hand_back("bo", held.id)
    assert (await harness.kinds("ana"), await harness.kinds("cy")) == ([], [notifications.CHANGED])
    await harness.hand_back("bo", reached.id)
    assert await harness.kinds("ana") == [notifications.CHANGED]
    assert (await harness.view()).requests == ()


@pytest.mark.parametrize("kind", [RequestKind.DISTANCE, RequestKind.APOLOGY])
async def test_one_friend_alone_cannot_take_a_request_off(harness: Harness, kind: RequestKind) -> None:
    id = await harness.accompanied("ana", "bo", "friend", "dee")
    made = await harness.request("bo", id, kind, "please keep away")
    for name in ("ana", "bo", "dee"):
        await harness.read_all(name)
    before = await harness.view()
    for _ in range(2):
        assert not await harness.hand_back("friend", made.id)
    assert await harness.view() == before
    assert await harness.kinds("ana") == []
    for name in ("bo", "dee"):
        assert await harness.kinds(name) == [notifications.ENTERED]
        [asked] = (await harness.beside(name, id)).requests
        assert (asked.doubted, asked.mine) == (True, name == "bo")
    [asked] = (await harness.beside("friend", id)).requests
    assert (asked.said, asked.doubted) == (Said.HAND_BACK, False)
    assert await harness.hand_back("dee", made.id)
    assert len((await harness.beside("bo", id)).requests) == len((await harness.view()).requests) == 0
    assert notifications.CHANGED in await harness.kinds("bo")


@pytest.mark.parametrize("kind", [RequestKind.DISTANCE, RequestKind.APOLOGY])
async def test_before_a_press_takes_a_request_off_it_is_asked_once_more(
    harness: Harness, kind: RequestKind
) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    made = await harness.request("bo", id, kind, "please keep away")
    bo, cy, dee = [await harness.person(name) for name in ("bo", "cy", "dee")]
    hand_back = harness.paths.requests.hand_back
    with pytest.raises(TakesItOff) as own:
        await hand_back(bo, made.id, harness.now, sure=False)
    assert not (await hand_back(cy, made.id, harness.now, sure=False))[1]
    assert not (await hand_back(cy, made.id, harness.now, sure=False))[1], "one friend twice is still one"
    with pytest.raises(TakesItOff) as second:
        await hand_back(dee, made.id, harness.now, sure=False)
    assert (own.value.mine, second.value.mine) == (True, False)
    [seen] = (await harness.beside("dee", id)).requests
    assert (seen.said, seen.doubted) == (None, True)
    assert (await hand_back(dee, made.id, harness.now, sure=True))[1]


async def test_that_a_request_should_be_handed_back_can_be_taken_back(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    reached = await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    held = await harness.request("bo", id)
    cy = await harness.person("cy")
    for made in (reached, held):
        await harness.hand_back("cy", made.id)
    await harness.paths.requests.keep(cy, reached.id)
    await harness.paths.requests.keep(cy, reached.id)
    await harness.paths.requests.agree(cy, held.id, harness.now)
    for made in (reached, held):
        assert not await harness.hand_back("dee", made.id)
    assert len((await harness.beside("bo", id)).requests) == 2


async def test_handing_back_and_keeping_in_turn_does_not_write_to_the_others_again_and_again(
    harness: Harness,
) -> None:
    id = await harness.accompanied("ana", "bo", "friend", "dee")
    made = await harness.request("bo", id)
    friend, requests, told = await harness.person("friend"), harness.paths.requests, 0
    for number in range(18):
        for name in ("bo", "dee"):
            await harness.read_all(name)
        assert not await harness.hand_back("friend", made.id)
        told += len(await harness.kinds("dee"))
        assert [one.doubted for one in (await harness.beside("dee", id)).requests] == [True], "it counts"
        match number % 3:
            case 0:
                await requests.keep(friend, made.id)
            case 1:
                await requests.agree(friend, made.id, harness.now)
            case _:
                await requests.not_yet(friend, made.id, harness.now)
    assert told == LIMITS[Start.WORD].own.most
    assert not await harness.hand_back("dee", made.id)
    assert await harness.kinds("bo") == [notifications.ENTERED], "what somebody else says is told"


@pytest.mark.parametrize("kind", [RequestKind.DISTANCE, RequestKind.ANSWER])
async def test_one_companion_cannot_fill_the_room_for_requests(harness: Harness, kind: RequestKind) -> None:
    id = await harness.accompanied("ana", "ex", "cy")
    for number in range(OWN_REQUESTS_AT_MOST):
        await harness.request("ex", id, kind, f"false {number}")
    ex, cy = await harness.person("ex"), await harness.person("cy")
    with pytest.raises(TooManyOfOwn):
        await harness.paths.requests.require_room(ex, id, kind, harness.now)
    with pytest.raises(TooManyOfOwn):
        await harness.request("ex", id, kind, "one more")
    await harness.paths.requests.require_room(cy, id, kind, harness.now)
    true = [await harness.request("cy", id, kind, f"true {number}") for number in range(2)]
    assert OWN_REQUESTS_AT_MOST + len(true) == REQUESTS_AT_MOST
    with pytest.raises(TooManyRequests):
        await harness.request("cy", id, kind, "one more")


async def test_a_companion_from_whom_a_request_is_hidden_has_no_word_on_it(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "dee")
    await harness.boundaries.set(await harness.person("cy"), await harness.person("bo"), harness.now)
    made = await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    cy = await harness.person("cy")
    assert notifications.ENTERED not in await harness.kinds("cy")
    with pytest.raises(NotYours):
        await harness.hand_back("cy", made.id)
    with pytest.raises(NotYours):
        await harness.paths.requests.keep(cy, made.id)
    assert not await harness.hand_back("dee", made.id)


async def test_the_other_companions_are_told_of_a_request_for_distance(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.request("bo", id, RequestKind.DISTANCE, "distance")
    assert await harness.kinds("cy") == [notifications.ENTERED]
    assert await harness.kinds("bo") == []


async def test_a_companion_has_no_endless_line_to_the_person(harness: Harness) -> None:
    id = await harness.accompanied("ana", "ex", "cy", "dee")
    await harness.request("ex", id, text="another kind is counted apart")
    ex = await harness.person("ex")
    for number in range(5):
        await harness.paths.requests.require_room(ex, id, RequestKind.DISTANCE, harness.now)
        made = await harness.request("ex", id, RequestKind.DISTANCE, f"I know where you are {number}")
        await harness.hand_back("ex", made.id)
    with pytest.raises(EnteredTooMuch):
        await harness.paths.requests.require_room(ex, id, RequestKind.DISTANCE, harness.now)
    with pytest.raises(EnteredTooMuch):
        await harness.request("ex", id, RequestKind.DISTANCE, "one more")
    assert (await harness.view()).requests == ()
    assert await harness.request("cy", id, RequestKind.DISTANCE, "from somebody else") is not None
    await harness.wait(days=31)
    assert await harness.request("ex", id, RequestKind.DISTANCE, "one more") is not None


@pytest.mark.parametrize("how", ["remove", "boundary"])
async def test_going_on_without_the_one_who_says_not_yet_releases_nothing(harness: Harness, how: str) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "critic")
    while (await harness.path_of(id)).step is not Step.CHANGE:
        await harness.move_on(id, "ana", "bo", "cy", "critic")
    made = await harness.request("bo", id, RequestKind.ANSWER, "where do you live now")
    ana, critic, cy = [await harness.person(name) for name in ("ana", "critic", "cy")]
    await harness.paths.requests.agree(cy, made.id, harness.now)
    await harness.paths.requests.not_yet(critic, made.id, harness.now)
    await harness.read_all("bo")
    if how == "remove":
        [place] = [one for one in (await harness.view()).companions if one.person == critic]
        await harness.paths.beside.remove(ana, place.id, harness.now)
    else:
        await harness.boundaries.set(ana, critic, harness.now)
        await harness.wait(days=1)
    await harness.paths.steps.back(ana, id, harness.now)
    assert (await harness.view()).requests == ()
    for name in ("bo", "cy"):
        assert notifications.ENTERED in await harness.kinds(name)
        assert [one.said for one in (await harness.beside(name, id)).requests] == [None]
        await harness.paths.requests.agree(await harness.person(name), made.id, harness.now)
    assert len((await harness.view()).requests) == 1


async def test_going_on_without_the_one_who_says_not_yet_does_not_move_the_path(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy", "critic")
    await harness.hold(id)
    ana, critic = await harness.person("ana"), await harness.person("critic")
    await harness.paths.steps.ready(ana, id, harness.now)
    await harness.vote("bo", id)
    await harness.vote("critic", id, Said.NOT_YET)
    [place] = [one for one in (await harness.view()).companions if one.person == critic]
    await harness.paths.beside.remove(ana, place.id, harness.now)
    assert notifications.READY in await harness.kinds("bo")
    assert (await harness.beside("bo", id)).on is None
    assert (await harness.vote("cy", id)).step is Step.SAY
    assert (await harness.vote("bo", id)).step is Step.SEE


async def test_the_same_request_sent_twice_is_entered_once(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    first = await harness.request("bo", id)
    assert (await harness.request("bo", id)).id == first.id
    with pytest.raises(RequestUnwritten):
        await harness.request("bo", id, text=" ")
    for number in range(1, REQUESTS_AT_MOST):
        by = "bo" if number < OWN_REQUESTS_AT_MOST else "cy"
        await harness.request(by, id, text=f"number {number}")
    with pytest.raises(TooManyRequests):
        await harness.request("cy", id, text="one more")
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


async def test_distance_that_was_asked_for_is_nothing_to_be_asked_about_in_a_plan(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.commit("ana", "no parties")
    await harness.request("bo", id, RequestKind.DISTANCE, "please don't come to game nights")
    await harness.request("bo", id, text="not heard yet")
    ana = await harness.person("ana")
    await harness.paths.steps.close_together(ana, id, harness.now)
    await harness.meeting(id)
    assert {one.words.action for one in await harness.plans.of_owner(ana)} == {"no parties"}
    assert [text for _, text in (await harness.view(id=id)).requests] == ["please don't come to game nights"]


async def test_a_path_with_nothing_but_a_request_is_shown_after_it_closed(harness: Harness) -> None:
    id = await harness.accompanied("ana", "bo", "cy")
    await harness.request("bo", id, RequestKind.DISTANCE, "please keep away")
    ana = await harness.person("ana")
    await harness.paths.steps.end(ana, id, harness.now)
    assert await harness.plans.of_owner(ana) == []
    found = await harness.paths.queries.closed_in(ana, HERE)
    assert found is not None
    assert found.id == id
    await harness.wait(days=31)
    assert await harness.paths.queries.closed_in(ana, HERE) is None
