"""What an answerer can do: read the ask, answer it, or leave it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.asks.errors import AskClosed, AskUnwritten
from bot.asks.models import Answer, AskState, Reply
from bot.asks.tables import askings
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState
from bot.errors import AlreadyDone, NotYours
from bot.ids import PersonId
from bot.vault.tables import data_keys
from tests.unit.asks.fixtures import ANSWER, WORDS, Harness
from tests.unit.pods.fixtures import utc


async def test_opening_the_message_shows_who_asks_and_the_kind_of_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    invited = await harness.look(id, "Bo")
    assert invited.name == "Ana"
    assert invited.ask.kind == "said"
    assert invited.alone
    assert (await harness.replies(id))["Bo"] is Reply.ASKED


async def test_the_asker_does_not_see_that_somebody_has_read_the_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    assert await harness.read_it(id, "Bo") == WORDS
    assert (await harness.look(id, "Bo")).asking.reply is Reply.READING
    assert (await harness.replies(id))["Bo"] is Reply.ASKED


async def test_the_answer_of_the_only_person_asked_reaches_the_asker_and_ends_the_wait(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.answer(id, "Bo")
    assert (await harness.status(id)).ask.over_at == harness.now
    assert await harness.kinds("Ana") == ["asks.over"]
    assert await harness.kinds("Bo") == []
    answers = await harness.read(id)
    assert list(answers.came) == [("Bo", ANSWER)]
    assert answers.words == WORDS
    assert answers.kept_until == harness.now + timedelta(days=7)


async def test_the_asker_is_told_of_the_first_answer_and_of_the_end_of_the_wait(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", "Di")
    await harness.answer(id, "Bo")
    assert await harness.kinds("Ana") == ["asks.came"]
    await harness.answer(id, "Cy")
    assert await harness.kinds("Ana") == ["asks.came"]
    await harness.answer(id, "Di")
    assert await harness.kinds("Ana") == ["asks.came", "asks.over"]


async def test_answerers_cannot_see_each_others_answers(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    asking = await harness.asking(id, "Bo")
    for verb in verbs(harness, await harness.person("Cy"), asking):
        with pytest.raises(NotYours):
            await verb()
    with pytest.raises(NotYours):
        await harness.asks.read(await harness.person("Cy"), id, harness.now)
    with pytest.raises(NotYours):
        await harness.asks.status_of(await harness.person("Cy"), asking, harness.now)


@pytest.mark.parametrize("blank", [Answer(), Answer("impact"), Answer(" ", "step"), Answer("impact", "\n")])
async def test_an_incomplete_answer_is_kept_but_not_sent(harness: Harness, blank: Answer) -> None:
    id = await harness.ask("Ana", "Bo")
    bo, asking = await harness.person("Bo"), await harness.asking(id, "Bo")
    with pytest.raises(AskUnwritten):
        await harness.answer(id, "Bo", blank)
    await harness.answering.keep(bo, asking, blank)
    assert await harness.answering.form(bo, asking) == blank
    assert (await harness.status(id)).came == 0
    await harness.restart()
    assert await harness.answering.form(bo, asking) == blank
    await harness.answer(id, "Bo")
    assert list((await harness.read(id)).came) == [("Bo", ANSWER)]


async def test_of_two_answers_sent_at_once_by_one_person_only_one_counts(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    done = await asyncio.gather(
        harness.answer(id, "Bo", Answer("one", "one")),
        harness.answer(id, "Bo", Answer("two", "two")),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyDone) for one in done) == 1
    assert len((await harness.read(id)).came) == 1


@pytest.mark.sqlite("it reads the file")
async def test_an_answer_is_stored_sealed(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.answer(id, "Bo")
    await harness.db.checkpoint()
    assert b"stung" not in harness.path.read_bytes()


# -- not now -------------------------------------------------------------------------------------------


async def test_somebody_who_says_not_now_is_reminded_once_halfway_through_the_wait(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.wait(hours=1)
    half = utc(2026, 1, 7, 17)
    assert (await harness.not_now(id, "Bo")).reminded_at == half
    await harness.wait(hours=1)
    assert (await harness.not_now(id, "Bo")).reminded_at == half
    assert await harness.kinds("Bo") == ["asks.asked"]
    await harness.wait_until(half)
    assert await harness.kinds("Bo") == ["asks.again", "asks.asked"]
    assert await harness.kinds("Cy") == ["asks.asked"]
    assert (await harness.not_now(id, "Bo")).reminded_at is None
    assert "asks.reminded" not in [kind for kind, _ in await harness.timers()]


async def test_somebody_who_says_not_now_again_after_reading_is_reminded_too(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.not_now(id, "Bo")
    await harness.read_it(id, "Bo")
    assert "asks.reminded" not in [kind for kind, _ in await harness.timers()]
    await harness.not_now(id, "Bo")
    await harness.wait(hours=5)
    assert await harness.kinds("Bo") == ["asks.again", "asks.asked"]


@pytest.mark.parametrize("then", ["answer", "cannot", "beyond", "withdraw"])
async def test_nobody_is_reminded_after_they_reply_or_the_ask_is_withdrawn(
    harness: Harness, then: str
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.not_now(id, "Bo")
    await (harness.withdraw(id) if then == "withdraw" else getattr(harness, then)(id, "Bo"))
    assert "asks.reminded" not in [kind for kind, _ in await harness.timers()]
    await harness.wait(hours=5)
    assert await harness.kinds("Bo") == []


# -- can't ---------------------------------------------------------------------------------------------


async def test_the_asker_is_told_that_somebody_cannot_answer_but_not_why(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    assert (await harness.cannot(id, "Bo")).name == "Ana"
    assert (await harness.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}
    assert await harness.kinds("Ana") == ["asks.cant"]
    assert await harness.kinds("Bo") == []


async def test_when_the_last_person_cannot_answer_the_asker_is_told_only_that_the_wait_is_over(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.cannot(id, "Bo")
    await harness.cannot(id, "Cy")
    assert await harness.kinds("Ana") == ["asks.cant", "asks.nobody"]
    assert (await harness.status(id)).ask.over_at == harness.now


async def test_a_cant_after_the_end_of_the_wait_is_told_in_a_message_of_its_own(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.wait(hours=10)
    assert await harness.kinds("Ana") == ["asks.nobody"]
    await harness.cannot(id, "Bo")
    assert await harness.kinds("Ana") == ["asks.cant", "asks.nobody"]


async def test_a_second_cant_changes_nothing(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    one, two = await asyncio.gather(harness.cannot(id, "Bo"), harness.cannot(id, "Bo"))
    assert one.name == two.name == "Ana"
    assert len([message for message in await harness.messages("Ana") if message.kind == "asks.cant"]) == 1


async def test_when_somebody_cannot_answer_their_begun_answer_is_deleted(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    bo, asking = await harness.person("Bo"), await harness.asking(id, "Bo")
    await harness.answering.keep(bo, asking, Answer("begun"))
    await harness.cannot(id, "Bo")
    kept = await harness.db.read(lambda tx: tx.scalar(select(askings.c.words).where(askings.c.id == asking)))
    keys = await harness.db.read(lambda tx: tx.all(select(data_keys.c.author).where(data_keys.c.case == id)))
    assert kept is None
    assert [row.author for row in keys] == [await harness.person("Ana")]
    for verb in (harness.look(id, "Bo"), harness.read_it(id, "Bo"), harness.answer(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb


# -- beyond --------------------------------------------------------------------------------------------


async def test_one_to_three_hours_after_a_beyond_the_asker_is_told_and_the_ask_pauses(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", "Di", wait=Wait.DAYS)
    await harness.answer(id, "Di")
    await harness.beyond(id, "Bo")
    [(_, due)] = [one for one in await harness.timers() if one[0] == "asks.beyond"]
    assert harness.now + timedelta(hours=1) <= due <= harness.now + timedelta(hours=3)
    await harness.wait(minutes=59)
    assert (await harness.replies(id)) == {"Bo": Reply.ASKED, "Cy": Reply.ASKED, "Di": Reply.ANSWERED}
    assert await harness.kinds("Ana") == ["asks.came"]
    await harness.wait(hours=2, minutes=1)
    assert (await harness.status(id)).ask.state is AskState.PAUSED
    assert (await harness.replies(id))["Bo"] is Reply.ASKED
    assert await harness.kinds("Ana") == ["asks.paused"]
    assert await harness.kinds("Cy") == []
    with pytest.raises(AskClosed):
        await harness.answer(id, "Cy")
    assert [name for name, _ in (await harness.read(id)).came] == ["Di"]
    assert (await harness.status(id)).ask.state is AskState.PAUSED


async def test_when_somebody_may_be_in_danger_the_asker_is_told_at_once_and_the_ask_pauses(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.danger(id, "Bo")
    status = await harness.status(id)
    assert status.ask.state is AskState.PAUSED
    assert status.danger
    assert await harness.replies(id) == {"Bo": Reply.ASKED, "Cy": Reply.ASKED}
    assert await harness.kinds("Ana") == ["asks.paused"]
    assert await harness.kinds("Cy") == []
    assert [kind for kind, _ in await harness.timers()] == ["asks.closes"]
    with pytest.raises(AskClosed):
        await harness.answer(id, "Cy")


async def test_a_friend_to_whom_it_was_beyond_can_still_say_that_somebody_may_be_in_danger(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.beyond(id, "Bo")
    assert (await harness.their_part(id, "Bo")).may_alarm
    await harness.danger(id, "Bo")
    assert (await harness.status(id)).danger
    assert not (await harness.their_part(id, "Bo")).may_alarm
    assert "asks.beyond" not in [kind for kind, _ in await harness.timers()]
    await harness.wait(hours=3)
    assert await harness.kinds("Ana") == ["asks.paused"]


async def test_a_pause_because_it_is_beyond_somebody_says_nothing_of_danger(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.beyond(id, "Bo")
    await harness.wait(hours=3)
    assert not (await harness.status(id)).danger


async def test_saying_twice_that_somebody_may_be_in_danger_changes_nothing(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    one, two = await asyncio.gather(harness.danger(id, "Bo"), harness.danger(id, "Bo"))
    assert one.asking.id == two.asking.id
    assert await harness.kinds("Ana") == ["asks.paused"]


@pytest.mark.parametrize("reply", ["answer", "cannot", "withdraw"])
async def test_danger_cannot_be_said_through_an_ask_that_no_longer_waits_for_them(
    harness: Harness, reply: str
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await (harness.withdraw(id) if reply == "withdraw" else getattr(harness, reply)(id, "Bo"))
    assert not (await harness.their_part(id, "Bo")).may_alarm
    with pytest.raises((AskClosed, AlreadyDone)):
        await harness.danger(id, "Bo")


async def test_nobody_else_can_say_that_somebody_may_be_in_danger(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    asking, cy = await harness.asking(id, "Bo"), await harness.person("Cy")
    with pytest.raises(NotYours):
        await harness.answering.danger(cy, asking, harness.now)
    with pytest.raises(NotYours):
        await harness.answering.part(cy, asking)
    with pytest.raises(NotYours):
        await harness.answering.part(cy, "none")


async def test_the_time_at_which_the_asker_is_told_of_a_beyond_differs_each_time(harness: Harness) -> None:
    due = set()
    for _ in range(4):
        id = await harness.ask("Ana", "Bo", "Cy")
        await harness.beyond(id, "Bo")
        due |= {at for kind, at in await harness.timers() if kind == "asks.beyond"}
        await harness.withdraw(id)
    assert len(due) == 4


async def test_a_paused_ask_closes_when_its_timer_is_due_and_is_destroyed_a_week_later(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.beyond(id, "Bo")
    await harness.wait(hours=3)
    [(_, closes)] = [one for one in await harness.timers() if one[0] == "asks.closes"]
    await harness.wait_until(closes - timedelta(minutes=1))
    assert (await harness.stored(id)).state is AskState.PAUSED
    await harness.wait(minutes=1)
    assert (await harness.stored(id)).state is AskState.CLOSED
    await harness.wait(days=7)
    assert await harness.nothing_left(id)


async def test_reading_does_not_close_an_ask_while_a_beyond_is_still_to_be_told(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Cy")
    await harness.wait(hours=9, minutes=30)
    await harness.beyond(id, "Bo")
    await harness.wait(minutes=30)
    assert (await harness.status(id)).ask.over_at is not None
    assert len((await harness.read(id)).came) == 1
    assert (await harness.status(id)).ask.state is AskState.OPEN
    await harness.wait(hours=3)
    assert (await harness.status(id)).ask.state is AskState.PAUSED
    assert "asks.paused" in await harness.kinds("Ana")


async def test_a_second_beyond_changes_nothing(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    one, two = await asyncio.gather(harness.beyond(id, "Bo"), harness.beyond(id, "Bo"))
    assert one.name == two.name
    assert [kind for kind, _ in await harness.timers()].count("asks.beyond") == 1


async def test_when_it_is_beyond_two_people_the_ask_pauses_once(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.beyond(id, "Bo")
    await harness.beyond(id, "Cy")
    await harness.wait(hours=3)
    assert (await harness.stored(id)).state is AskState.PAUSED
    assert [kind for kind, _ in await harness.timers()] == ["asks.closes"]


async def test_the_last_person_who_may_still_answer_is_told_so(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", "Di")
    assert not (await harness.look(id, "Bo")).alone
    await harness.answer(id, "Cy")
    assert not (await harness.look(id, "Bo")).alone
    await harness.cannot(id, "Di")
    assert (await harness.look(id, "Bo")).alone


async def test_a_beyond_still_pauses_the_ask_if_that_person_rests_afterwards(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.beyond(id, "Bo")
    await harness.rest("Bo")
    await harness.wait(hours=3)
    assert (await harness.stored(id)).state is AskState.PAUSED


# -- who may answer, and until when --------------------------------------------------------------------


def verbs(harness: Harness, by: PersonId, asking: str) -> list[Callable[[], Awaitable[object]]]:
    """Return everything that an answerer can do."""
    answering, now = harness.answering, harness.now
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
async def test_only_the_person_asked_can_read_or_answer_an_ask(harness: Harness, reply: str) -> None:
    id = await harness.ask("Ana", "Bo", "Di")
    if reply != "none":
        await getattr(harness, reply)(id, "Bo")
    asking = await harness.asking(id, "Bo")
    for whose, which in (("Ana", asking), ("Cy", asking), ("Bo", "no-such")):
        for verb in verbs(harness, await harness.person(whose), which):
            with pytest.raises(NotYours):
                await verb()


async def test_somebody_who_has_answered_can_do_nothing_more_with_the_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    for verb in verbs(harness, await harness.person("Bo"), await harness.asking(id, "Bo")):
        with pytest.raises(AlreadyDone):
            await verb()


async def test_a_closed_ask_accepts_no_answer(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.withdraw(id)
    for verb in verbs(harness, await harness.person("Bo"), await harness.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    assert await harness.messages_of(MessageState.WAITING, MessageState.SENT) == []


async def test_an_answer_after_the_wait_counts_while_the_ask_is_open(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.wait(hours=10)
    await harness.answer(id, "Bo")
    assert await harness.kinds("Ana") == ["asks.came", "asks.nobody"]
    assert len((await harness.read(id)).came) == 1
    assert (await harness.stored(id)).state is AskState.CLOSED


async def test_somebody_who_says_that_they_are_under_18_drops_out_of_an_open_ask(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.read_it(id, "Bo")
    await harness.preferences.say_minor(await harness.person("Bo"), harness.now)
    assert (await harness.replies(id))["Bo"] is Reply.CANT
    for verb in (harness.look(id, "Bo"), harness.read_it(id, "Bo"), harness.answer(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb
