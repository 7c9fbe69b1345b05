"""Asking one person at a time; what comes back is only whether they have time."""

from datetime import timedelta

import pytest

from bot.errors import NotYours
from bot.people.models import UnderEighteen
from bot.servers.models import Server
from bot.talks.models import CannotBeAsked, Did, Reply, TalkClosed, TalkState
from bot.talks.notifications import AGREED, ASKED, CANT, DID_YOU
from tests.unit.pods.fixtures import HERE
from tests.unit.talks.fixtures import Town


async def test_whoever_is_in_the_pod_can_be_asked(town: Town) -> None:
    assert await town.others("Ana") == {"Bo", "Cy", "Di"}
    view = await town.ask("Ana", "Bo")
    assert view.name == "Bo"
    assert view.talk is not None
    assert view.talk.state is TalkState.WAITING
    assert await town.kinds("Bo") == [ASKED]
    assert await town.kinds("Cy") == []


async def test_only_the_answer_goes_back(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TOMORROW)
    assert await town.kinds("Bo") == []
    assert await town.kinds("Ana") == [AGREED]
    talk = await town.talk("Ana")
    assert talk.state is TalkState.AGREED
    assert talk.day == town.now + timedelta(days=1)


@pytest.mark.parametrize("how", ["says so", "is silent", "rests", "leaves", "is parted"])
async def test_whoever_cannot_looks_the_same_and_the_next_is_offered(town: Town, how: str) -> None:
    await town.ask("Ana", "Bo")
    match how:
        case "says so":
            await town.answer("Bo", "Ana", Reply.CANT)
        case "is silent":
            await town.wait(hours=24)
        case "rests":
            await town.rest("Bo")
        case "leaves":
            await town.part("Bo")
        case "is parted":
            await town.part("Bo", "Ana")
    assert (await town.talk("Ana")).current.reply is Reply.CANT
    assert await town.kinds("Ana") == [CANT]
    [line] = await town.unclosed("talks")
    assert line.other is None
    assert await town.others("Ana") == {"Cy", "Di"}
    assert await town.kinds("Bo") == []
    await town.ask("Ana", "Cy")
    assert await town.kinds("Ana") == []
    assert await town.kinds("Cy") == [ASKED]


async def test_nobody_is_asked_twice_in_one_talk(town: Town) -> None:
    for friend in ("Bo", "Cy", "Di"):
        await town.ask("Ana", friend)
        await town.answer(friend, "Ana", Reply.CANT)
    assert await town.others("Ana") == set()
    with pytest.raises(CannotBeAsked):
        await town.ask("Ana", "Bo")


async def test_who_is_in_no_pod_of_theirs_cannot_be_asked(town: Town) -> None:
    with pytest.raises(CannotBeAsked):
        await town.ask("Ana", "Eve")
    with pytest.raises(CannotBeAsked):
        await town.ask("Bo", "Ana")


async def test_one_open_talk_a_person(town: Town) -> None:
    first = await town.ask("Ana", "Bo")
    second = await town.ask("Ana", "Cy")
    assert second.talk == first.talk
    assert await town.counted() == (1, 1)
    assert await town.kinds("Cy") == []


async def test_a_second_press_of_an_answer_finds_it(town: Town) -> None:
    await town.ask("Ana", "Bo")
    request = (await town.talk("Ana")).current.id
    bo = await town.person("Bo")
    for _ in range(2):
        shown = await town.talks.answer(bo, request, Reply.TODAY, town.now)
        assert shown.request.reply is Reply.TODAY
    with pytest.raises(TalkClosed):
        await town.talks.answer(bo, request, Reply.CANT, town.now)
    assert await town.kinds("Ana") == [AGREED]


async def test_nobody_else_can_answer_or_look(town: Town) -> None:
    await town.ask("Ana", "Bo")
    talk = await town.talk("Ana")
    for name in ("Ana", "Cy"):
        with pytest.raises(NotYours):
            await town.talks.answer(await town.person(name), talk.current.id, Reply.TODAY, town.now)
        with pytest.raises(NotYours):
            await town.talks.offered(await town.person(name), talk.current.id)
    bo = await town.person("Bo")
    for verb in (town.talks.show, town.talks.take_back):
        with pytest.raises(NotYours):
            await verb(bo, talk.id, town.now)
    with pytest.raises(NotYours):
        await town.tell("Bo", talk.id, Did.YES)
    with pytest.raises(NotYours):
        await town.talks.answer(bo, "made up", Reply.TODAY, town.now)


async def test_taken_back_before_it_is_answered(town: Town) -> None:
    await town.ask("Ana", "Bo")
    talk = await town.talk("Ana")
    for _ in range(2):
        view = await town.talks.take_back(talk.asker, talk.id, town.now)
        assert view.talk is not None
        assert view.talk.state is TalkState.CLOSED
    assert await town.kinds("Bo") == []
    with pytest.raises(TalkClosed):
        await town.talks.answer(await town.person("Bo"), talk.current.id, Reply.TODAY, town.now)
    assert await town.others("Ana") == {"Bo", "Cy", "Di"}
    await town.wait(days=1)
    assert await town.counted() == (0, 0)
    assert await town.alarms("talks") == []


async def test_an_answer_that_came_first_is_shown_instead(town: Town) -> None:
    await town.ask("Ana", "Bo")
    talk = await town.talk("Ana")
    await town.answer("Bo", "Ana", Reply.TODAY)
    view = await town.talks.take_back(talk.asker, talk.id, town.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.AGREED


async def test_the_next_day_they_are_asked_whether_they_talked(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.wait(hours=21)
    assert await town.kinds("Ana") == [AGREED]
    await town.wait(hours=3)
    assert await town.kinds("Ana") == [DID_YOU]


async def test_a_talk_for_tomorrow_is_asked_about_the_day_after(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TOMORROW)
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [AGREED]
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [DID_YOU]


async def _followed(town: Town) -> str:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.wait(hours=24)
    return (await town.talk("Ana")).id


async def test_yes_leads_to_what_they_will_do(town: Town) -> None:
    talk = await _followed(town)
    ana = await town.person("Ana")
    with pytest.raises(NotYours):
        await town.plans.look(ana, talk)
    for _ in range(2):
        view = await town.tell("Ana", talk, Did.YES)
        assert view.talk is not None
        assert view.talk.state is TalkState.TALKED
    assert await town.plans.look(ana, talk) is None
    with pytest.raises(NotYours):
        await town.plans.look(await town.person("Bo"), talk)
    assert await town.kinds("Ana") == []
    await town.wait(days=6)
    assert await town.counted() == (0, 0)
    assert await town.alarms("talks") == []


async def test_not_yet_asks_once_more(town: Town) -> None:
    talk = await _followed(town)
    for _ in range(2):
        view = await town.tell("Ana", talk, Did.NOT_YET)
        assert view.again_at == town.now + timedelta(days=2)
    assert await town.kinds("Ana") == []
    await town.wait(days=2)
    assert await town.kinds("Ana") == [DID_YOU]
    view = await town.tell("Ana", talk, Did.NOT_YET)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED
    assert view.again_at is None
    await town.wait(days=2)
    assert await town.kinds("Ana") == []


async def test_a_late_not_yet_is_the_last(town: Town) -> None:
    talk = await _followed(town)
    await town.wait(days=5)
    view = await town.tell("Ana", talk, Did.NOT_YET)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED


async def test_they_could_not_offers_the_next(town: Town) -> None:
    talk = await _followed(town)
    view = await town.tell("Ana", talk, Did.COULDNT)
    assert {name for _, name in view.others} == {"Cy", "Di"}
    assert await town.kinds("Ana") == []
    assert await town.talks.of(await town.person("Ana"), town.now) is not None


async def test_it_goes_seven_days_after_its_answer(town: Town) -> None:
    await _followed(town)
    await town.wait(days=5, hours=23)
    assert await town.counted() == (1, 1)
    await town.wait(hours=1)
    assert await town.counted() == (0, 0)
    assert await town.alarms("talks") == []
    assert await town.unclosed("talks") == []


async def test_a_boundary_lets_nothing_through(town: Town) -> None:
    await town.apart("Bo", "Ana")
    view = await town.ask("Ana", "Bo")
    assert view.talk is not None
    assert await town.kinds("Bo") == []
    with pytest.raises(TalkClosed):
        await town.talks.offered(await town.person("Bo"), view.talk.current.id)
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [CANT]
    assert "Bo" not in await town.others("Ana")


@pytest.mark.parametrize("setter", ["Ana", "Bo"])
async def test_a_boundary_set_while_it_waits(town: Town, setter: str) -> None:
    await town.ask("Ana", "Bo")
    await town.apart(setter, "Bo" if setter == "Ana" else "Ana")
    request = (await town.talk("Ana")).current.id
    with pytest.raises(TalkClosed):
        await town.talks.offered(await town.person("Bo"), request)
    with pytest.raises(TalkClosed):
        await town.talks.answer(await town.person("Bo"), request, Reply.TODAY, town.now)
    assert (await town.talk("Ana")).state is TalkState.WAITING
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [CANT]


@pytest.mark.parametrize("setter", ["Ana", "Bo"])
async def test_what_a_boundary_overtook_leads_nowhere_and_stays_so(town: Town, setter: str) -> None:
    """A message that stays, and opens nothing, would tell of the boundary; one that comes back, too."""
    await town.ask("Ana", "Bo")
    bo, request = await town.person("Bo"), (await town.talk("Ana")).current.id
    assert await town.kinds("Bo") == [ASKED]
    await town.apart(setter, "Bo" if setter == "Ana" else "Ana")
    assert await town.kinds("Bo") == []
    owner = await town.person(setter)
    [boundary] = await town.boundaries.of(owner)
    await town.boundaries.lift(owner, boundary.id)
    with pytest.raises(TalkClosed):
        await town.talks.answer(bo, request, Reply.TODAY, town.now)
    assert (await town.talk("Ana")).state is TalkState.WAITING


async def test_an_answer_that_a_boundary_overtook_does_not_come_back(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    assert await town.kinds("Ana") == [AGREED]
    await town.apart("Bo", "Ana")
    bo = await town.person("Bo")
    [boundary] = await town.boundaries.of(bo)
    await town.boundaries.lift(bo, boundary.id)
    assert await town.kinds("Ana") == []
    talk = await town.talk("Ana")
    view = await town.talks.show(talk.asker, talk.id, town.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.WAITING


async def test_an_answer_overtaken_by_a_boundary_never_came(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.apart("Bo", "Ana")
    assert await town.kinds("Ana") == []
    talk = await town.talk("Ana")
    assert talk.state is TalkState.WAITING
    view = await town.talks.of(talk.asker, town.now)
    assert view is not None
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [CANT]


async def test_an_answer_that_was_seen_stays_until_the_parting(town: Town) -> None:
    await town.ask("Ana", "Bo")
    talk = await town.talk("Ana")
    await town.answer("Bo", "Ana", Reply.TOMORROW)
    await town.talks.show(talk.asker, talk.id, town.now)
    await town.apart("Bo", "Ana")
    assert (await town.talk("Ana")).state is TalkState.AGREED
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [CANT]


async def test_what_was_overtaken_can_be_taken_back(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.apart("Bo", "Ana")
    talk = await town.talk("Ana")
    view = await town.talks.take_back(talk.asker, talk.id, town.now)
    assert view.talk is not None
    assert view.talk.state is TalkState.CLOSED


async def test_an_asker_who_leaves_takes_it_along(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.part("Ana")
    assert await town.counted() == (0, 0)
    assert await town.unclosed("talks") == []
    assert await town.alarms("talks") == []


async def test_one_who_rests_after_agreeing_has_agreed(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.rest("Bo")
    assert (await town.talk("Ana")).state is TalkState.AGREED


async def test_erasing_leaves_no_row(town: Town) -> None:
    await town.ask("Ana", "Bo")
    ana, bo = await town.person("Ana"), await town.person("Bo")
    await town.part("Bo")
    await town.db.write(lambda tx: town.talks.erase(tx, bo, town.now))
    view = await town.look("Ana")
    assert view.name == ""
    assert view.talk is not None
    assert view.talk.current.person != bo
    await town.db.write(lambda tx: town.talks.erase(tx, ana, town.now))
    assert await town.counted() == (0, 0)


async def test_nobody_under_18_asks_or_is_asked(town: Town) -> None:
    await town.preferences.say_minor(await town.person("Bo"), town.now)
    assert await town.others("Ana") == {"Cy", "Di"}
    await town.preferences.say_minor(await town.person("Ana"), town.now)
    with pytest.raises(UnderEighteen):
        await town.look("Ana")
    with pytest.raises(UnderEighteen):
        await town.ask("Ana", "Cy")


async def test_nor_where_members_may_be_under_18(town: Town) -> None:
    await town.servers.keep(Server(HERE, minors=True))
    with pytest.raises(UnderEighteen):
        await town.look("Ana")


async def test_a_restart_changes_nothing(town: Town) -> None:
    await town.ask("Ana", "Bo")
    await town.restart()
    await town.answer("Bo", "Ana", Reply.TODAY)
    await town.restart()
    await town.wait(hours=24)
    assert await town.kinds("Ana") == [DID_YOU]
