"""The answerer's side: read it, answer it, or leave it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.asks.errors import AskClosed, AskUnwritten
from bot.asks.models import Answer, AskState, Reply
from bot.asks.tables import askings
from bot.asks.wait import Wait
from bot.delivery.message import MessageState as Lines
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId
from bot.vault.store import data_keys
from tests.unit.asks.fixtures import ANSWER, WORDS, Town, utc


async def test_opening_says_who_asks_and_about_what_kind_of_thing(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    invited = await town.look(id, "Bo")
    assert invited.name == "Ana"
    assert invited.ask.kind == "said"
    assert invited.alone
    assert (await town.replies(id))["Bo"] is Reply.ASKED


async def test_that_they_read_it_is_not_shown(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    assert await town.read_it(id, "Bo") == WORDS
    assert (await town.look(id, "Bo")).asking.reply is Reply.READING
    assert (await town.replies(id))["Bo"] is Reply.ASKED


async def test_an_answer_reaches_the_asker_and_ends_the_wait(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.answer(id, "Bo")
    assert (await town.status(id)).ask.over_at == town.now
    assert await town.kinds("Ana") == ["asks.over"]
    assert await town.kinds("Bo") == []
    answers = await town.read(id)
    assert list(answers.came) == [("Bo", ANSWER)]
    assert answers.words == WORDS
    assert answers.kept_until == town.now + timedelta(days=7)


async def test_the_asker_hears_of_the_first_and_then_of_the_end(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", "Di")
    await town.answer(id, "Bo")
    assert await town.kinds("Ana") == ["asks.came"]
    await town.answer(id, "Cy")
    assert await town.kinds("Ana") == ["asks.came"]
    await town.answer(id, "Di")
    assert await town.kinds("Ana") == ["asks.came", "asks.over"]


async def test_answerers_never_see_each_others(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    asking = await town.asking(id, "Bo")
    for verb in verbs(town, await town.person("Cy"), asking):
        with pytest.raises(NotYours):
            await verb()
    with pytest.raises(NotYours):
        await town.asks.read(await town.person("Cy"), id, town.now)
    with pytest.raises(NotYours):
        await town.asks.status_of(await town.person("Cy"), asking, town.now)


@pytest.mark.parametrize("blank", [Answer(), Answer("impact"), Answer(" ", "step"), Answer("impact", "\n")])
async def test_blanks_are_kept_and_not_sent(town: Town, blank: Answer) -> None:
    id = await town.ask("Ana", "Bo")
    bo, asking = await town.person("Bo"), await town.asking(id, "Bo")
    with pytest.raises(AskUnwritten):
        await town.answer(id, "Bo", blank)
    await town.answering.keep(bo, asking, blank)
    assert await town.answering.form(bo, asking) == blank
    assert (await town.status(id)).came == 0
    await town.restart()
    assert await town.answering.form(bo, asking) == blank
    await town.answer(id, "Bo")
    assert list((await town.read(id)).came) == [("Bo", ANSWER)]


async def test_an_answer_is_sent_once(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    done = await asyncio.gather(
        town.answer(id, "Bo", Answer("one", "one")),
        town.answer(id, "Bo", Answer("two", "two")),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyDone) for one in done) == 1
    assert len((await town.read(id)).came) == 1


async def test_the_answer_is_sealed(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.answer(id, "Bo")
    await town.db.checkpoint()
    assert b"stung" not in town.path.read_bytes()


# -- not now -------------------------------------------------------------------------------------------


async def test_not_now_is_reminded_of_once_at_half_the_wait(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.wait(hours=1)
    half = utc(2026, 1, 7, 17)
    assert (await town.not_now(id, "Bo")).reminded_at == half
    await town.wait(hours=1)
    assert (await town.not_now(id, "Bo")).reminded_at == half
    assert await town.kinds("Bo") == ["asks.asked"]
    await town.wait_until(half)
    assert await town.kinds("Bo") == ["asks.again", "asks.asked"]
    assert await town.kinds("Cy") == ["asks.asked"]
    assert (await town.not_now(id, "Bo")).reminded_at is None
    assert "asks.reminded" not in [kind for kind, _ in await town.alarms()]


async def test_not_now_after_reading_is_reminded_of_too(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.not_now(id, "Bo")
    await town.read_it(id, "Bo")
    assert "asks.reminded" not in [kind for kind, _ in await town.alarms()]
    await town.not_now(id, "Bo")
    await town.wait(hours=5)
    assert await town.kinds("Bo") == ["asks.again", "asks.asked"]


@pytest.mark.parametrize("then", ["answer", "cannot", "beyond", "withdraw"])
async def test_nobody_is_reminded_of_what_is_done(town: Town, then: str) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.not_now(id, "Bo")
    await (town.withdraw(id) if then == "withdraw" else getattr(town, then)(id, "Bo"))
    assert "asks.reminded" not in [kind for kind, _ in await town.alarms()]
    await town.wait(hours=5)
    assert await town.kinds("Bo") == []


# -- can't ---------------------------------------------------------------------------------------------


async def test_cant_is_told_without_a_reason(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    assert (await town.cannot(id, "Bo")).name == "Ana"
    assert (await town.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}
    assert await town.kinds("Ana") == ["asks.cant"]
    assert await town.kinds("Bo") == []


async def test_the_last_cant_is_told_as_the_end(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.cannot(id, "Bo")
    await town.cannot(id, "Cy")
    assert await town.kinds("Ana") == ["asks.cant", "asks.nobody"]
    assert (await town.status(id)).ask.over_at == town.now


async def test_a_cant_after_the_end_is_a_change_of_its_own(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.wait(hours=10)
    assert await town.kinds("Ana") == ["asks.nobody"]
    await town.cannot(id, "Bo")
    assert await town.kinds("Ana") == ["asks.cant", "asks.nobody"]


async def test_a_second_cant_changes_nothing(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    one, two = await asyncio.gather(town.cannot(id, "Bo"), town.cannot(id, "Bo"))
    assert one.name == two.name == "Ana"
    assert len([line for line in await town.lines("Ana") if line.kind == "asks.cant"]) == 1


async def test_who_cant_leaves_nothing_of_an_answer(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    bo, asking = await town.person("Bo"), await town.asking(id, "Bo")
    await town.answering.keep(bo, asking, Answer("begun"))
    await town.cannot(id, "Bo")
    kept = await town.db.read(lambda tx: tx.scalar(select(askings.c.words).where(askings.c.id == asking)))
    keys = await town.db.read(lambda tx: tx.all(select(data_keys.c.author).where(data_keys.c.case == id)))
    assert kept is None
    assert [row.author for row in keys] == [await town.person("Ana")]
    for verb in (town.look(id, "Bo"), town.read_it(id, "Bo"), town.answer(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb


# -- beyond --------------------------------------------------------------------------------------------


async def test_beyond_is_heard_one_to_three_hours_later_and_pauses_it_for_everyone(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", "Di", wait=Wait.DAYS)
    await town.answer(id, "Di")
    await town.beyond(id, "Bo")
    [(_, due)] = [one for one in await town.alarms() if one[0] == "asks.beyond"]
    assert town.now + timedelta(hours=1) <= due <= town.now + timedelta(hours=3)
    await town.wait(minutes=59)
    assert (await town.replies(id)) == {"Bo": Reply.ASKED, "Cy": Reply.ASKED, "Di": Reply.ANSWERED}
    assert await town.kinds("Ana") == ["asks.came"]
    await town.wait(hours=2, minutes=1)
    assert (await town.status(id)).ask.state is AskState.PAUSED
    assert (await town.replies(id))["Bo"] is Reply.ASKED
    assert await town.kinds("Ana") == ["asks.paused"]
    assert await town.kinds("Cy") == []
    with pytest.raises(AskClosed):
        await town.answer(id, "Cy")
    assert [name for name, _ in (await town.read(id)).came] == ["Di"]
    assert (await town.status(id)).ask.state is AskState.PAUSED


async def test_the_hour_differs(town: Town) -> None:
    due = set()
    for _ in range(4):
        id = await town.ask("Ana", "Bo", "Cy")
        await town.beyond(id, "Bo")
        due |= {at for kind, at in await town.alarms() if kind == "asks.beyond"}
        await town.withdraw(id)
    assert len(due) == 4


async def test_seven_days_after_a_pause_it_closes(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.beyond(id, "Bo")
    await town.wait(hours=3)
    [(_, closes)] = [one for one in await town.alarms() if one[0] == "asks.closes"]
    await town.wait_until(closes - timedelta(minutes=1))
    assert (await town.stored(id)).state is AskState.PAUSED
    await town.wait(minutes=1)
    assert (await town.stored(id)).state is AskState.CLOSED
    await town.wait(days=7)
    assert await town.nothing_left(id)


async def test_what_is_still_to_be_heard_keeps_reading_from_closing(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Cy")
    await town.wait(hours=9, minutes=30)
    await town.beyond(id, "Bo")
    await town.wait(minutes=30)
    assert (await town.status(id)).ask.over_at is not None
    assert len((await town.read(id)).came) == 1
    assert (await town.status(id)).ask.state is AskState.OPEN
    await town.wait(hours=3)
    assert (await town.status(id)).ask.state is AskState.PAUSED
    assert "asks.paused" in await town.kinds("Ana")


async def test_a_second_beyond_changes_nothing(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    one, two = await asyncio.gather(town.beyond(id, "Bo"), town.beyond(id, "Bo"))
    assert one.name == two.name
    assert [kind for kind, _ in await town.alarms()].count("asks.beyond") == 1


async def test_two_who_find_it_beyond_them_pause_it_once(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.beyond(id, "Bo")
    await town.beyond(id, "Cy")
    await town.wait(hours=3)
    assert (await town.stored(id)).state is AskState.PAUSED
    assert [kind for kind, _ in await town.alarms()] == ["asks.closes"]


async def test_who_will_be_known_is_told_so(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", "Di")
    assert not (await town.look(id, "Bo")).alone
    await town.answer(id, "Cy")
    assert not (await town.look(id, "Bo")).alone
    await town.cannot(id, "Di")
    assert (await town.look(id, "Bo")).alone


async def test_someone_rests_after_it_and_is_heard_all_the_same(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.beyond(id, "Bo")
    await town.rest("Bo")
    await town.wait(hours=3)
    assert (await town.stored(id)).state is AskState.PAUSED


# -- whose ---------------------------------------------------------------------------------------------


def verbs(town: Town, by: PersonId, asking: str) -> list[Callable[[], Awaitable[object]]]:
    """Everything that an answerer can do."""
    answering, now = town.answering, town.now
    return [
        lambda: answering.invited(by, asking),
        lambda: answering.read(by, asking),
        lambda: answering.not_now(by, asking, now),
        lambda: answering.cannot(by, asking, now),
        lambda: answering.beyond(by, asking, now),
        lambda: answering.form(by, asking),
        lambda: answering.keep(by, asking, ANSWER),
        lambda: answering.answer(by, asking, ANSWER, now),
    ]


@pytest.mark.parametrize("reply", ["none", "cannot", "beyond"])
async def test_it_is_nobody_elses(town: Town, reply: str) -> None:
    id = await town.ask("Ana", "Bo", "Di")
    if reply != "none":
        await getattr(town, reply)(id, "Bo")
    asking = await town.asking(id, "Bo")
    for whose, which in (("Ana", asking), ("Cy", asking), ("Bo", "no-such")):
        for verb in verbs(town, await town.person(whose), which):
            with pytest.raises(NotYours):
                await verb()


async def test_what_is_answered_is_done(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    for verb in verbs(town, await town.person("Bo"), await town.asking(id, "Bo")):
        with pytest.raises(AlreadyDone):
            await verb()


async def test_what_has_closed_takes_nothing(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.withdraw(id)
    for verb in verbs(town, await town.person("Bo"), await town.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    assert await town.lines_of(Lines.WAITING, Lines.SENT) == []


async def test_an_answer_after_the_wait_counts_while_it_is_open(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.wait(hours=10)
    await town.answer(id, "Bo")
    assert await town.kinds("Ana") == ["asks.came", "asks.nobody"]
    assert len((await town.read(id)).came) == 1
    assert (await town.stored(id)).state is AskState.CLOSED


async def test_who_says_that_they_are_under_18_drops_out(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    await town.read_it(id, "Bo")
    await town.preferences.say_minor(await town.person("Bo"), town.now)
    assert (await town.replies(id))["Bo"] is Reply.CANT
    for verb in (town.look(id, "Bo"), town.read_it(id, "Bo"), town.answer(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb
