"""`Send`: who is asked, what is written with it, and what stands against it."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.asks.errors import AskUnwritten, CannotBeAsked, NobodyChosen, TooManyOpen
from bot.asks.models import OPEN_AT_MOST, AskState, AskText, Reply
from bot.asks.tables import askings, asks
from bot.asks.wait import Wait
from bot.delivery.message import Lane
from bot.delivery.message import MessageState as Lines
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx
from tests.unit.asks.fixtures import WORDS, Town, utc
from tests.unit.pods.fixtures import HERE, NOON


async def test_those_picked_are_asked_until_tonight(town: Town) -> None:
    status = await town.send("Ana", await town.draft("Ana", "Bo", "Cy"))
    assert status.ask.state is AskState.OPEN
    assert status.ask.ends_at == utc(2026, 1, 7, 22)
    assert {one.name: one.reply for one in status.asked} == {"Bo": Reply.ASKED, "Cy": Reply.ASKED}
    assert await town.alarms() == [("asks.ends", utc(2026, 1, 7, 22))]
    lines = await town.lines_of(Lines.WAITING)
    assert {line.kind for line in lines} == {"asks.asked"}
    assert {line.person for line in lines} == {await town.person("Bo"), await town.person("Cy")}
    assert {line.other for line in lines} == {await town.person("Ana")}
    for line in await town.lines("Bo"):
        assert line.lane is Lane.QUESTION


async def test_a_second_press_shows_what_was_sent(town: Town) -> None:
    id = await town.draft("Ana", "Bo")
    first = await town.send("Ana", id)
    second = await town.send("Ana", id)
    assert [one.asking.id for one in first.asked] == [one.asking.id for one in second.asked]
    assert await town.count(askings) == 1


async def test_two_presses_at_once_make_one_ask(town: Town) -> None:
    id = await town.draft("Ana", "Bo", "Cy")
    one, two = await asyncio.gather(town.send("Ana", id), town.send("Ana", id))
    assert one.ask == two.ask
    assert await town.count(asks) == 1
    assert await town.count(askings) == 2
    assert len(await town.lines_of(Lines.WAITING)) == 2


@pytest.mark.parametrize("words", [AskText(), AskText(" ", "felt"), AskText("what", "\n")])
async def test_blanks_are_not_sent(town: Town, words: AskText) -> None:
    id = await town.draft("Ana", "Bo", words=words)
    with pytest.raises(AskUnwritten):
        await town.send("Ana", id)


async def test_an_empty_draft_is_not_sent(town: Town) -> None:
    with pytest.raises(AskUnwritten):
        await town.send("Ana", (await town.begin()).ask.id)


@pytest.mark.parametrize("whom", [(), ("Bo", "Cy", "Di", "Ed")])
async def test_one_to_three_are_asked(town: Town, whom: tuple[str, ...]) -> None:
    id = await town.draft("Ana", *whom)
    with pytest.raises(NobodyChosen):
        await town.send("Ana", id)
    await town.pick("Ana", id, "Bo", "Cy", "Di")
    assert len((await town.send("Ana", id)).asked) == 3


async def test_where_one_can_no_longer_be_asked_nobody_is(town: Town) -> None:
    id = await town.draft("Ana", "Bo", "Cy")
    await town.rest("Bo")
    with pytest.raises(CannotBeAsked) as refused:
        await town.send("Ana", id)
    assert (refused.value.ask, refused.value.draft) == (id, True)
    assert await town.count(askings) == 0
    await town.drafts.preview(await town.person("Ana"), id, town.now)
    assert [one.name for one in (await town.send("Ana", id)).asked] == ["Cy"]


async def test_three_are_open_at_most(town: Town) -> None:
    ids = [await town.ask("Ana", whom) for whom in ("Bo", "Cy", "Di")]
    assert len(ids) == OPEN_AT_MOST
    fourth = await town.draft("Ana", "Ed")
    with pytest.raises(TooManyOpen):
        await town.send("Ana", fourth)
    await town.withdraw(ids[0])
    assert (await town.send("Ana", fourth)).ask.state is AskState.OPEN


async def test_four_at_once_are_three(town: Town) -> None:
    drafts = [await town.draft("Ana", whom) for whom in ("Bo", "Cy", "Di", "Ed")]
    done = await asyncio.gather(*(town.send("Ana", id) for id in drafts), return_exceptions=True)
    assert sum(isinstance(one, TooManyOpen) for one in done) == 1


async def test_a_paused_one_counts_as_open(town: Town) -> None:
    for whom in ("Bo", "Cy", "Di"):
        id = await town.ask("Ana", whom, wait=Wait.DAYS)
    await town.beyond(id, "Di")
    await town.wait(hours=3)
    assert (await town.stored(id)).state is AskState.PAUSED
    with pytest.raises(TooManyOpen):
        await town.send("Ana", await town.draft("Ana", "Ed"))


async def test_between_two_people_one_is_open_in_either_direction(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        draft = await town.draft(by, whom)
        preview = await town.pick(by, draft, whom)
        assert whom not in [name for _, name in preview.people]
        assert preview.ask.chosen == ()
    await town.answer(id, "Bo")
    assert "Bo" not in [name for _, name in (await town.pick("Ana", await town.draft("Ana"))).people]
    await town.read(id)
    assert (await town.ask("Bo", "Ana")) != id


async def test_one_race_for_the_same_two_people_is_won_once(town: Town) -> None:
    mine, theirs = await town.draft("Ana", "Bo"), await town.draft("Bo", "Ana")
    done = await asyncio.gather(town.send("Ana", mine), town.send("Bo", theirs), return_exceptions=True)
    assert sum(isinstance(one, CannotBeAsked) for one in done) == 1
    assert await town.count(askings) == 1


async def test_whoever_cant_is_free_for_another(town: Town) -> None:
    await town.cannot(await town.ask("Ana", "Bo"), "Bo")
    assert await town.ask("Bo", "Ana")


async def test_the_end_is_moved_out_of_an_answerers_quiet_hours(town: Town) -> None:
    await town.quiet("Bo", 21, 7)
    await town.quiet("Cy", 20, 6)
    assert (await town.send("Ana", await town.draft("Ana", "Di"))).ask.ends_at == utc(2026, 1, 7, 22)
    assert (await town.send("Ana", await town.draft("Ana", "Bo", "Cy"))).ask.ends_at == utc(2026, 1, 7, 22)
    assert ("asks.ends", utc(2026, 1, 8, 9)) in await town.alarms()


async def test_the_quiet_hours_are_those_of_their_own_zone(town: Town) -> None:
    await town.preferences.live_in(await town.person("Bo"), "America/New_York")
    await town.quiet("Bo", 16, 18)
    await town.ask("Ana", "Bo")
    assert ("asks.ends", utc(2026, 1, 8, 1)) in await town.alarms()


async def test_the_words_are_sealed_and_only_their_own(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    assert await town.read_it(id, "Bo") == WORDS
    await town.db.checkpoint()
    for part in ("mocked", "small", "out of line"):
        assert part.encode() not in town.path.read_bytes()


async def test_everything_is_there_after_a_restart(town: Town) -> None:
    draft = await town.draft("Ana", "Bo")
    await town.restart()
    id = (await town.send("Ana", draft)).ask.id
    await town.restart()
    assert await town.read_it(id, "Bo") == WORDS
    await town.restart()
    await town.answer(id, "Bo")
    await town.restart()
    assert (await town.status(id)).came == 1
    assert len((await town.read(id)).came) == 1
    await town.restart()
    await town.wait(days=8)
    assert await town.nothing_left(id)


async def test_who_takes_part_in_an_open_ask_is_known(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    people = {(HERE, await town.person(name)) for name in ("Ana", "Bo", "Cy")}
    assert await town.asks.people_in_open() == people
    await town.withdraw(id)
    assert await town.asks.people_in_open() == set()


async def test_a_plan_can_follow_from_what_was_sent_and_is_the_askers(town: Town) -> None:
    ana, bo = await town.person("Ana"), await town.person("Bo")
    id, draft = await town.ask("Ana", "Bo"), await town.draft("Ana")
    pairs = ((ana, id), (bo, id), (ana, draft), (ana, "no-such"))
    place = [await town.db.read(partial(_place, town, who, what)) for who, what in pairs]
    assert place == [HERE, None, None, None]
    held = await town.asks.held(ana)
    assert [one.id for one in held] == [id]
    assert held[0].sent_at == NOON
    assert await town.asks.until(ana, id) is None
    assert (await town.withdraw(id)) == NOON + timedelta(days=7)


async def _place(town: Town, who: PersonId, what: str, tx: Tx) -> ServerId | None:
    return await town.asks.place(tx, who, what)


@pytest.mark.parametrize("wait", Wait)
async def test_more_time_lasts_until_when_it_said(town: Town, wait: Wait) -> None:
    id = await town.ask("Ana", "Bo", wait=wait)
    assert (await town.status(id)).longer_until is None
    await town.wait_until((await town.stored(id)).ends_at)
    for _ in range(2):
        said = (await town.status(id)).longer_until
        assert said is not None
        assert (await town.longer(id)).ask.ends_at == said
        assert (await town.status(id)).longer_until is None
        await town.wait_until(said)
    assert (await town.status(id)).longer_until is None


async def test_more_time_is_said_of_nothing_that_all_have_replied_to(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.cannot(id, "Bo")
    assert (await town.status(id)).longer_until is None
