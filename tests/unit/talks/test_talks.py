"""Talks: one person is asked at a time, and the only answer is whether they have time."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from bot.errors import NotYours
from bot.people.errors import UnderEighteen
from bot.servers.models import Server
from bot.storage.tx import Tx
from bot.talks.errors import CannotBeAsked, TalkClosed
from bot.talks.models import Did, Reply, Talk, TalkAbout, TalkState
from bot.talks.notifications import AGREED, ASKED, CANT, DID_YOU
from bot.talks.timers import FOLLOW, GO, PART
from tests.unit.pods.fixtures import HERE
from tests.unit.talks.fixtures import Harness


async def test_whoever_is_in_the_pod_can_be_asked(harness: Harness) -> None:
    assert await harness.others("Ana") == {"Bo", "Cy", "Di"}
    view = await harness.ask("Ana", "Bo")
    assert view.name == "Bo"
    assert view.talk is not None
    assert view.talk.state is TalkState.WAITING
    assert await harness.kinds("Bo") == [ASKED]
    assert await harness.kinds("Cy") == []


async def test_the_asker_is_told_on_which_day_the_person_asked_can_talk(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TOMORROW)
    assert await harness.kinds("Bo") == []
    assert await harness.kinds("Ana") == [AGREED]
    talk = await harness.talk("Ana")
    assert talk.state is TalkState.AGREED
    assert talk.day == harness.now + timedelta(days=1)


@pytest.mark.parametrize("how", ["says so", "is silent", "rests", "leaves", "is parted"])
async def test_the_asker_does_not_see_why_somebody_cannot_talk_and_can_ask_the_next_person(
    harness: Harness, how: str
) -> None:
    await harness.ask("Ana", "Bo")
    match how:
        case "says so":
            await harness.answer("Bo", "Ana", Reply.CANT)
        case "is silent":
            await harness.wait(hours=24)
        case "rests":
            await harness.rest("Bo")
        case "leaves":
            await harness.part("Bo")
        case "is parted":
            await harness.part("Bo", "Ana")
    assert (await harness.talk("Ana")).current.reply is Reply.CANT
    assert await harness.kinds("Ana") == [CANT]
    [message] = await harness.unclosed("talks")
    assert message.other is None
    assert await harness.others("Ana") == {"Cy", "Di"}
    assert await harness.kinds("Bo") == []
    await harness.ask("Ana", "Cy")
    assert await harness.kinds("Ana") == []
    assert await harness.kinds("Cy") == [ASKED]


async def test_nobody_is_asked_twice_in_one_talk(harness: Harness) -> None:
    for friend in ("Bo", "Cy", "Di"):
        await harness.ask("Ana", friend)
        await harness.answer(friend, "Ana", Reply.CANT)
    assert await harness.others("Ana") == set()
    with pytest.raises(CannotBeAsked):
        await harness.ask("Ana", "Bo")


async def test_somebody_who_is_not_in_the_askers_pod_cannot_be_asked(harness: Harness) -> None:
    with pytest.raises(CannotBeAsked):
        await harness.ask("Ana", "Eve")
    with pytest.raises(CannotBeAsked):
        await harness.ask("Bo", "Ana")


async def test_a_person_has_at_most_one_open_talk(harness: Harness) -> None:
    first = await harness.ask("Ana", "Bo")
    second = await harness.ask("Ana", "Cy")
    assert second.talk == first.talk
    assert await harness.counted() == (1, 1)
    assert await harness.kinds("Cy") == []


async def test_the_same_answer_a_second_time_changes_nothing_and_another_answer_is_refused(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    request = (await harness.talk("Ana")).current.id
    bo = await harness.person("Bo")
    for _ in range(2):
        shown = await harness.talks.answer(bo, request, Reply.TODAY, harness.now)
        assert shown.request.reply is Reply.TODAY
    with pytest.raises(TalkClosed):
        await harness.talks.answer(bo, request, Reply.TOMORROW, harness.now)
    assert await harness.kinds("Ana") == [AGREED]


async def test_somebody_who_agreed_can_still_say_that_they_cant(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    request = (await harness.talk("Ana")).current.id
    bo = await harness.person("Bo")
    assert (await harness.talks.answer(bo, request, Reply.TODAY, harness.now)).agreed
    for _ in range(2):
        shown = await harness.talks.answer(bo, request, Reply.CANT, harness.now)
        assert (shown.request.reply, shown.agreed) == (Reply.CANT, False)
    assert await harness.kinds("Ana") == [CANT]
    assert (await harness.talk("Ana")).state is TalkState.FREE
    with pytest.raises(TalkClosed):
        await harness.talks.answer(bo, request, Reply.TODAY, harness.now)


async def test_a_talk_knows_what_it_is_about_and_the_next_request_can_change_it(harness: Harness) -> None:
    ana = await harness.person("Ana")
    await harness.talks.ask(ana, HERE, await harness.person("Bo"), harness.now, TalkAbout.DID)
    first = await harness.talk("Ana")
    assert first.about is TalkAbout.DID
    bo = await harness.person("Bo")
    assert (await harness.talks.offered(bo, first.current.id)).about is TalkAbout.DID
    await harness.talks.answer(bo, first.current.id, Reply.CANT, harness.now)
    assert (await harness.talk("Ana")).about is TalkAbout.DID
    await harness.talks.ask(ana, HERE, await harness.person("Cy"), harness.now, TalkAbout.HARD)
    assert (await harness.talk("Ana")).about is TalkAbout.HARD


async def test_only_the_person_asked_can_answer_and_only_the_asker_can_manage_the_talk(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    talk = await harness.talk("Ana")
    for name in ("Ana", "Cy"):
        with pytest.raises(NotYours):
            await harness.talks.answer(await harness.person(name), talk.current.id, Reply.TODAY, harness.now)
        with pytest.raises(NotYours):
            await harness.talks.offered(await harness.person(name), talk.current.id)
    bo = await harness.person("Bo")
    for verb in (harness.talks.show, harness.talks.take_back):
        with pytest.raises(NotYours):
            await verb(bo, talk.id, harness.now)
    with pytest.raises(NotYours):
        await harness.tell("Bo", talk.id, Did.YES)
    with pytest.raises(NotYours):
        await harness.talks.answer(bo, "made up", Reply.TODAY, harness.now)


async def test_a_talk_that_was_taken_back_accepts_no_answer_and_is_deleted_after_a_day(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    talk = await harness.talk("Ana")
    for _ in range(2):
        view = await harness.talks.take_back(talk.asker, talk.id, harness.now)
        assert view.talk is not None
        assert view.talk.state is TalkState.CLOSED
    assert await harness.kinds("Bo") == []
    with pytest.raises(TalkClosed):
        await harness.talks.answer(await harness.person("Bo"), talk.current.id, Reply.TODAY, harness.now)
    assert await harness.others("Ana") == {"Bo", "Cy", "Di"}
    await harness.wait(days=1)
    assert await harness.counted() == (0, 0)
    assert await harness.timers("talks") == []


async def test_taking_back_a_talk_that_was_answered_shows_the_answer_instead(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    talk = await harness.talk("Ana")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    view = await harness.talks.take_back(talk.asker, talk.id, harness.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.AGREED


async def test_the_next_day_the_asker_is_asked_whether_they_talked(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.wait(hours=21)
    assert await harness.kinds("Ana") == [AGREED]
    await harness.wait(hours=3)
    assert await harness.kinds("Ana") == [DID_YOU]


async def test_the_asker_is_asked_about_a_talk_for_tomorrow_on_the_day_after_it(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TOMORROW)
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [AGREED]
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [DID_YOU]


async def _followed(harness: Harness) -> str:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.wait(hours=24)
    return (await harness.talk("Ana")).id


async def test_after_yes_only_the_asker_can_make_a_plan_from_the_talk(harness: Harness) -> None:
    talk = await _followed(harness)
    ana = await harness.person("Ana")
    with pytest.raises(NotYours):
        await harness.plans.look(ana, talk)
    for _ in range(2):
        view = await harness.tell("Ana", talk, Did.YES)
        assert view.talk is not None
        assert view.talk.state is TalkState.TALKED
    assert await harness.plans.look(ana, talk) is None
    with pytest.raises(NotYours):
        await harness.plans.look(await harness.person("Bo"), talk)
    assert await harness.kinds("Ana") == []
    await harness.wait(days=6)
    assert await harness.counted() == (0, 0)
    assert await harness.timers("talks") == []


async def test_after_not_yet_the_asker_is_asked_once_more(harness: Harness) -> None:
    talk = await _followed(harness)
    for _ in range(2):
        view = await harness.tell("Ana", talk, Did.NOT_YET)
        assert view.again_at == harness.now + timedelta(days=2)
    assert await harness.kinds("Ana") == []
    await harness.wait(days=2)
    assert await harness.kinds("Ana") == [DID_YOU]
    view = await harness.tell("Ana", talk, Did.NOT_YET)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED
    assert view.again_at is None
    await harness.wait(days=2)
    assert await harness.kinds("Ana") == []


async def test_a_late_not_yet_closes_the_talk(harness: Harness) -> None:
    talk = await _followed(harness)
    await harness.wait(days=5)
    view = await harness.tell("Ana", talk, Did.NOT_YET)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED


async def test_if_they_could_not_talk_the_asker_can_ask_the_next_person(harness: Harness) -> None:
    talk = await _followed(harness)
    view = await harness.tell("Ana", talk, Did.COULDNT)
    assert {name for _, name in view.others} == {"Cy", "Di"}
    assert await harness.kinds("Ana") == []
    assert await harness.talks.of(await harness.person("Ana"), harness.now) is not None


async def test_a_talk_is_deleted_seven_days_after_its_answer(harness: Harness) -> None:
    await _followed(harness)
    await harness.wait(days=5, hours=23)
    assert await harness.counted() == (1, 1)
    await harness.wait(hours=1)
    assert await harness.counted() == (0, 0)
    assert await harness.timers("talks") == []
    assert await harness.unclosed("talks") == []


async def test_a_request_across_a_boundary_reaches_nobody_and_ends_as_cannot_after_a_day(
    harness: Harness,
) -> None:
    await harness.apart("Bo", "Ana")
    view = await harness.ask("Ana", "Bo")
    assert view.talk is not None
    assert await harness.kinds("Bo") == []
    with pytest.raises(TalkClosed):
        await harness.talks.offered(await harness.person("Bo"), view.talk.current.id)
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [CANT]
    assert "Bo" not in await harness.others("Ana")


@pytest.mark.parametrize("setter", ["Ana", "Bo"])
async def test_a_boundary_that_is_set_while_a_request_waits_withholds_it(
    harness: Harness, setter: str
) -> None:
    await harness.ask("Ana", "Bo")
    await harness.apart(setter, "Bo" if setter == "Ana" else "Ana")
    request = (await harness.talk("Ana")).current.id
    with pytest.raises(TalkClosed):
        await harness.talks.offered(await harness.person("Bo"), request)
    with pytest.raises(TalkClosed):
        await harness.talks.answer(await harness.person("Bo"), request, Reply.TODAY, harness.now)
    assert (await harness.talk("Ana")).state is TalkState.WAITING
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [CANT]


@pytest.mark.parametrize("setter", ["Ana", "Bo"])
async def test_a_withheld_request_cannot_be_answered_even_after_the_boundary_is_lifted(
    harness: Harness, setter: str
) -> None:
    """A message that stays but opens nothing would reveal the boundary, and so would one that comes back."""
    await harness.ask("Ana", "Bo")
    bo, request = await harness.person("Bo"), (await harness.talk("Ana")).current.id
    assert await harness.kinds("Bo") == [ASKED]
    await harness.apart(setter, "Bo" if setter == "Ana" else "Ana")
    assert await harness.kinds("Bo") == []
    owner = await harness.person(setter)
    [boundary] = await harness.boundaries.of(owner)
    await harness.boundaries.lift(owner, boundary.id)
    with pytest.raises(TalkClosed):
        await harness.talks.answer(bo, request, Reply.TODAY, harness.now)
    assert (await harness.talk("Ana")).state is TalkState.WAITING


async def test_a_withheld_answer_does_not_come_back_when_the_boundary_is_lifted(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    assert await harness.kinds("Ana") == [AGREED]
    await harness.apart("Bo", "Ana")
    bo = await harness.person("Bo")
    [boundary] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, boundary.id)
    assert await harness.kinds("Ana") == []
    talk = await harness.talk("Ana")
    view = await harness.talks.show(talk.asker, talk.id, harness.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.WAITING


async def test_a_withheld_answer_looks_to_the_asker_as_if_it_never_came(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.apart("Bo", "Ana")
    assert await harness.kinds("Ana") == []
    talk = await harness.talk("Ana")
    assert talk.state is TalkState.WAITING
    view = await harness.talks.of(talk.asker, harness.now)
    assert view is not None
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [CANT]


async def test_an_answer_that_was_seen_stays_until_the_parting(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    talk = await harness.talk("Ana")
    await harness.answer("Bo", "Ana", Reply.TOMORROW)
    await harness.talks.show(talk.asker, talk.id, harness.now)
    await harness.apart("Bo", "Ana")
    assert (await harness.talk("Ana")).state is TalkState.AGREED
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [CANT]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("how", ["a message", "the inbox", "a card"])
async def test_a_yes_that_the_asker_was_told_of_stays_until_the_talk_ends(
    harness: Harness, owner: str, how: str
) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TOMORROW)
    match how:
        case "a message":
            await harness.deliver()
        case "the inbox":
            await harness.services.messages.show(await harness.person("Ana"), harness.now)
        case "a card":
            await harness.look("Ana")
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    talk = await harness.talk("Ana")
    assert (talk.state, talk.current.reply) == (TalkState.AGREED, Reply.TOMORROW)
    await harness.wait(minutes=59)
    assert (await harness.talk("Ana")).state is TalkState.AGREED
    await harness.wait(hours=24)
    assert (await harness.talk("Ana")).state is TalkState.FREE
    assert await harness.kinds("Ana") == [CANT]


async def test_a_talk_that_was_agreed_goes_on_if_the_boundary_is_lifted_before_its_end(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TOMORROW)
    await harness.look("Ana")
    await harness.apart("Bo", "Ana")
    bo = await harness.person("Bo")
    [boundary] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, boundary.id)
    await harness.restart()
    await harness.wait(hours=24)
    assert (await harness.talk("Ana")).agreed


@pytest.mark.parametrize("setter", ["Ana", "Bo"])
@pytest.mark.parametrize("told", [True, False])
async def test_after_a_boundary_somebody_who_agreed_can_still_say_that_they_cant(
    harness: Harness, setter: str, told: bool
) -> None:
    await harness.ask("Ana", "Bo")
    request = (await harness.talk("Ana")).current.id
    bo = await harness.person("Bo")
    await harness.talks.answer(bo, request, Reply.TOMORROW, harness.now)
    if told:
        await harness.look("Ana")
    await harness.apart(setter, "Bo" if setter == "Ana" else "Ana")
    assert (await harness.talks.offered(bo, request)).agreed
    for _ in range(2):
        shown = await harness.talks.answer(bo, request, Reply.CANT, harness.now)
        assert (shown.request.reply, shown.agreed) == (Reply.CANT, False)
    assert await harness.kinds("Ana") == [CANT]
    [message] = await harness.unclosed("talks")
    assert message.other is None
    assert {kind for kind, _ in await harness.timers("talks")} == {GO}


async def _withheld_yes(harness: Harness, setter: str) -> Talk:
    """Bo agrees twelve hours after Ana asked. An hour later one of them sets a boundary."""
    await harness.ask("Ana", "Bo")
    request = (await harness.talk("Ana")).current.id
    await harness.wait(hours=12)
    await harness.talks.answer(await harness.person("Bo"), request, Reply.TOMORROW, harness.now)
    await harness.wait(hours=1)
    await harness.apart(setter, "Bo" if setter == "Ana" else "Ana")
    return await harness.talk("Ana")


@pytest.mark.parametrize("lifted", [False, True])
async def test_a_request_whose_yes_is_withheld_waits_no_longer_than_the_asker_was_told(
    harness: Harness, lifted: bool
) -> None:
    talk = await _withheld_yes(harness, "Bo")
    assert (talk.state, talk.current.reply, talk.day) == (TalkState.WAITING, None, None)
    if lifted:
        bo = await harness.person("Bo")
        [boundary] = await harness.boundaries.of(bo)
        await harness.boundaries.lift(bo, boundary.id)
    await harness.wait(hours=11)
    assert harness.now == talk.current.lapses_at
    assert (await harness.talk("Ana")).state is TalkState.FREE
    assert await harness.kinds("Ana") == [CANT]


async def test_a_second_boundary_changes_nothing_in_when_a_withheld_yes_ends(harness: Harness) -> None:
    """If it did, Ana, who has lifted her own boundary, could tell that Bo has set one."""
    talk = await _withheld_yes(harness, "Ana")
    ana, times = await harness.person("Ana"), []
    for _ in range(2):
        kinds = [kind for kind, _ in await harness.timers("talks")]
        dues = {one: await harness.db.read(partial(_due, harness, one, talk.id)) for one in kinds}
        times.append(dues)
        for boundary in await harness.boundaries.of(ana):
            await harness.boundaries.lift(ana, boundary.id)
        await harness.apart("Bo", "Ana")
    assert times[0] == times[1]
    assert set(times[0]) == {FOLLOW, GO, PART}


async def _due(harness: Harness, kind: str, talk: str, tx: Tx) -> datetime | None:
    return await harness.agenda.due_at(tx, kind, talk)


async def test_the_asker_cannot_tell_from_the_card_before_a_boundary_whether_somebody_has_agreed(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    request = (await harness.talk("Ana")).current.id
    assert await harness.talks.between(ana, bo) == (True, False)
    await harness.talks.answer(bo, request, Reply.TODAY, harness.now)
    assert await harness.talks.between(ana, bo) == (True, False)
    await harness.apart("Bo", "Ana")
    assert await harness.talks.between(ana, bo) == (True, False)


async def test_a_talk_with_a_withheld_answer_can_be_taken_back(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.apart("Bo", "Ana")
    talk = await harness.talk("Ana")
    view = await harness.talks.take_back(talk.asker, talk.id, harness.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED


async def test_when_the_asker_leaves_the_server_their_talk_is_deleted(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.part("Ana")
    assert await harness.counted() == (0, 0)
    assert await harness.unclosed("talks") == []
    assert await harness.timers("talks") == []


async def test_a_talk_stays_agreed_if_the_person_asked_rests_afterwards(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.rest("Bo")
    assert (await harness.talk("Ana")).state is TalkState.AGREED


async def test_an_erased_person_is_removed_from_others_talks_and_their_own_talk_is_deleted(
    harness: Harness,
) -> None:
    await harness.ask("Ana", "Bo")
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    await harness.part("Bo")
    await harness.db.write(lambda tx: harness.talks.privacy.erase(tx, bo, harness.now))
    view = await harness.look("Ana")
    assert view.name == ""
    assert view.talk is not None
    assert view.talk.current.person != bo
    await harness.db.write(lambda tx: harness.talks.privacy.erase(tx, ana, harness.now))
    assert await harness.counted() == (0, 0)


async def test_nobody_under_18_asks_or_is_asked(harness: Harness) -> None:
    await harness.preferences.say_minor(await harness.person("Bo"), harness.now)
    assert await harness.others("Ana") == {"Cy", "Di"}
    await harness.preferences.say_minor(await harness.person("Ana"), harness.now)
    with pytest.raises(UnderEighteen):
        await harness.look("Ana")
    with pytest.raises(UnderEighteen):
        await harness.ask("Ana", "Cy")


async def test_in_a_server_for_minors_talks_are_refused(harness: Harness) -> None:
    await harness.servers.keep(Server(HERE, minors=True))
    with pytest.raises(UnderEighteen):
        await harness.look("Ana")


async def test_a_restart_changes_nothing(harness: Harness) -> None:
    await harness.ask("Ana", "Bo")
    await harness.restart()
    await harness.answer("Bo", "Ana", Reply.TODAY)
    await harness.restart()
    await harness.wait(hours=24)
    assert await harness.kinds("Ana") == [DID_YOU]
