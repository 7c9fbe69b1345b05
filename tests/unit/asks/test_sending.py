"""Sending an ask: who is asked, what is stored, and why sending can be refused."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest

from bot.asks.errors import AskUnwritten, CannotBeAsked, NobodyChosen, TooManyOpen
from bot.asks.models import OPEN_AT_MOST, AskState, AskText, Reply
from bot.asks.tables import askings, asks
from bot.asks.wait import Wait
from bot.delivery.outbox_message import Lane, MessageState
from bot.ids import PersonId, ServerId
from bot.storage.tx import Tx
from tests.unit.asks.fixtures import WORDS, Harness
from tests.unit.pods.fixtures import HERE, NOON, utc


async def test_the_picked_people_are_asked_and_the_ask_waits_until_tonight(harness: Harness) -> None:
    status = await harness.send("Ana", await harness.draft("Ana", "Bo", "Cy"))
    assert status.ask.state is AskState.OPEN
    assert status.ask.ends_at == utc(2026, 1, 7, 22)
    assert {one.name: one.reply for one in status.asked} == {"Bo": Reply.ASKED, "Cy": Reply.ASKED}
    assert await harness.timers() == [("asks.ends", utc(2026, 1, 7, 22))]
    messages = await harness.messages_of(MessageState.WAITING)
    assert {message.kind for message in messages} == {"asks.asked"}
    assert {message.person for message in messages} == {
        await harness.person("Bo"),
        await harness.person("Cy"),
    }
    assert {message.other for message in messages} == {await harness.person("Ana")}
    for message in await harness.messages("Bo"):
        assert message.lane is Lane.QUESTION


async def test_a_second_press_of_send_shows_the_ask_that_was_already_sent(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo")
    first = await harness.send("Ana", id)
    second = await harness.send("Ana", id)
    assert [one.asking.id for one in first.asked] == [one.asking.id for one in second.asked]
    assert await harness.count(askings) == 1


async def test_two_presses_at_once_make_one_ask(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo", "Cy")
    one, two = await asyncio.gather(harness.send("Ana", id), harness.send("Ana", id))
    assert one.ask == two.ask
    assert await harness.count(asks) == 1
    assert await harness.count(askings) == 2
    assert len(await harness.messages_of(MessageState.WAITING)) == 2


@pytest.mark.parametrize("words", [AskText(), AskText(" ", "felt"), AskText("what", "\n")])
async def test_an_ask_with_a_blank_required_field_is_not_sent(harness: Harness, words: AskText) -> None:
    id = await harness.draft("Ana", "Bo", words=words)
    with pytest.raises(AskUnwritten):
        await harness.send("Ana", id)


async def test_an_empty_draft_is_not_sent(harness: Harness) -> None:
    with pytest.raises(AskUnwritten):
        await harness.send("Ana", (await harness.begin()).ask.id)


@pytest.mark.parametrize("whom", [(), ("Bo", "Cy", "Di", "Ed")])
async def test_an_ask_goes_to_at_least_one_and_at_most_three_people(
    harness: Harness, whom: tuple[str, ...]
) -> None:
    id = await harness.draft("Ana", *whom)
    with pytest.raises(NobodyChosen):
        await harness.send("Ana", id)
    await harness.pick("Ana", id, "Bo", "Cy", "Di")
    assert len((await harness.send("Ana", id)).asked) == 3


async def test_if_one_picked_person_can_no_longer_be_asked_nobody_is_asked(harness: Harness) -> None:
    id = await harness.draft("Ana", "Bo", "Cy")
    await harness.rest("Bo")
    with pytest.raises(CannotBeAsked) as refused:
        await harness.send("Ana", id)
    assert (refused.value.ask, refused.value.draft) == (id, True)
    assert await harness.count(askings) == 0
    await harness.drafts.preview(await harness.person("Ana"), id, harness.now)
    assert [one.name for one in (await harness.send("Ana", id)).asked] == ["Cy"]


async def test_an_asker_has_at_most_three_open_asks(harness: Harness) -> None:
    ids = [await harness.ask("Ana", whom) for whom in ("Bo", "Cy", "Di")]
    assert len(ids) == OPEN_AT_MOST
    fourth = await harness.draft("Ana", "Ed")
    with pytest.raises(TooManyOpen):
        await harness.send("Ana", fourth)
    await harness.withdraw(ids[0])
    assert (await harness.send("Ana", fourth)).ask.state is AskState.OPEN


async def test_of_four_asks_sent_at_once_one_is_refused(harness: Harness) -> None:
    drafts = [await harness.draft("Ana", whom) for whom in ("Bo", "Cy", "Di", "Ed")]
    done = await asyncio.gather(*(harness.send("Ana", id) for id in drafts), return_exceptions=True)
    assert sum(isinstance(one, TooManyOpen) for one in done) == 1


async def test_a_paused_ask_counts_as_open(harness: Harness) -> None:
    for whom in ("Bo", "Cy", "Di"):
        id = await harness.ask("Ana", whom, wait=Wait.DAYS)
    await harness.beyond(id, "Di")
    await harness.wait(hours=3)
    assert (await harness.stored(id)).state is AskState.PAUSED
    with pytest.raises(TooManyOpen):
        await harness.send("Ana", await harness.draft("Ana", "Ed"))


async def test_two_people_have_at_most_one_open_ask_with_each_other(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    for by, whom in (("Ana", "Bo"), ("Bo", "Ana")):
        draft = await harness.draft(by, whom)
        preview = await harness.pick(by, draft, whom)
        assert whom not in [name for _, name in preview.people]
        assert preview.ask.chosen == ()
    await harness.answer(id, "Bo")
    assert "Bo" not in [name for _, name in (await harness.pick("Ana", await harness.draft("Ana"))).people]
    await harness.read(id)
    assert (await harness.ask("Bo", "Ana")) != id


async def test_when_two_people_ask_each_other_at_once_only_one_ask_is_sent(harness: Harness) -> None:
    mine, theirs = await harness.draft("Ana", "Bo"), await harness.draft("Bo", "Ana")
    done = await asyncio.gather(harness.send("Ana", mine), harness.send("Bo", theirs), return_exceptions=True)
    assert sum(isinstance(one, CannotBeAsked) for one in done) == 1
    assert await harness.count(askings) == 1


async def test_somebody_who_cannot_answer_an_ask_may_then_send_one_to_its_asker(harness: Harness) -> None:
    await harness.cannot(await harness.ask("Ana", "Bo"), "Bo")
    assert await harness.ask("Bo", "Ana")


async def test_a_wait_that_would_end_in_quiet_hours_really_ends_the_next_morning(harness: Harness) -> None:
    await harness.quiet("Bo", 21, 7)
    await harness.quiet("Cy", 20, 6)
    assert (await harness.send("Ana", await harness.draft("Ana", "Di"))).ask.ends_at == utc(2026, 1, 7, 22)
    assert (await harness.send("Ana", await harness.draft("Ana", "Bo", "Cy"))).ask.ends_at == utc(
        2026, 1, 7, 22
    )
    assert ("asks.ends", utc(2026, 1, 8, 10)) in await harness.timers()


async def test_quiet_hours_are_in_the_answerers_own_time_zone(harness: Harness) -> None:
    await harness.preferences.live_in(await harness.person("Bo"), "America/New_York")
    await harness.quiet("Bo", 16, 18)
    await harness.ask("Ana", "Bo")
    assert ("asks.ends", utc(2026, 1, 8, 10)) in await harness.timers()


@pytest.mark.sqlite("it reads the file")
async def test_the_text_of_an_ask_is_stored_sealed(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    assert await harness.read_it(id, "Bo") == WORDS
    await harness.db.checkpoint()
    for part in ("mocked", "small", "out of line"):
        assert part.encode() not in harness.path.read_bytes()


async def test_an_ask_continues_after_a_restart_at_every_step(harness: Harness) -> None:
    draft = await harness.draft("Ana", "Bo")
    await harness.restart()
    id = (await harness.send("Ana", draft)).ask.id
    await harness.restart()
    assert await harness.read_it(id, "Bo") == WORDS
    await harness.restart()
    await harness.answer(id, "Bo")
    await harness.restart()
    assert (await harness.status(id)).came == 1
    assert len((await harness.read(id)).came) == 1
    await harness.restart()
    await harness.wait(days=8)
    assert await harness.nothing_left(id)


async def test_people_in_open_lists_the_asker_and_the_answerers_until_the_ask_closes(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    people = {(HERE, await harness.person(name)) for name in ("Ana", "Bo", "Cy")}
    assert await harness.asks.people_in_open() == people
    await harness.withdraw(id)
    assert await harness.asks.people_in_open() == set()


async def test_a_plan_can_be_made_only_from_a_sent_ask_and_only_by_its_asker(harness: Harness) -> None:
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    id, draft = await harness.ask("Ana", "Bo"), await harness.draft("Ana")
    pairs = ((ana, id), (bo, id), (ana, draft), (ana, "no-such"))
    place = [await harness.db.read(partial(_place, harness, who, what)) for who, what in pairs]
    assert place == [HERE, None, None, None]
    withheld = await harness.asks.kept(ana)
    assert [one.id for one in withheld] == [id]
    assert withheld[0].sent_at == NOON
    assert await harness.asks.until(ana, id) is None
    assert (await harness.withdraw(id)) == NOON + timedelta(days=7)


async def _place(harness: Harness, who: PersonId, what: str, tx: Tx) -> ServerId | None:
    return await harness.asks.place(tx, who, what)


@pytest.mark.parametrize("wait", Wait)
async def test_more_time_extends_the_wait_to_the_time_that_was_shown(harness: Harness, wait: Wait) -> None:
    id = await harness.ask("Ana", "Bo", wait=wait)
    assert (await harness.status(id)).longer_until is None
    await harness.wait_until((await harness.stored(id)).ends_at)
    for _ in range(2):
        said = (await harness.status(id)).longer_until
        assert said is not None
        assert (await harness.longer(id)).ask.ends_at == said
        assert (await harness.status(id)).longer_until is None
        await harness.wait_until(said)
    assert (await harness.status(id)).longer_until is None


async def test_more_time_is_not_offered_once_everybody_has_replied(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo")
    await harness.cannot(id, "Bo")
    assert (await harness.status(id)).longer_until is None
