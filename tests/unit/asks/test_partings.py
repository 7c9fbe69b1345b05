"""A boundary, leaving or resting in the middle of an ask always looks like an ordinary "can't"."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.asks import notifications
from bot.asks.between import AsksBetween
from bot.asks.errors import AskClosed
from bot.asks.models import AskState, Reply
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState
from bot.errors import AlreadyDone, NotYours
from bot.scheduling.tables import agenda
from tests.unit.asks.fixtures import Harness
from tests.unit.asks.test_answering import verbs
from tests.unit.pods.fixtures import HERE

pytestmark = pytest.mark.slow

Drop = Callable[[Harness, str], Awaitable[object]]
DROPS: dict[str, Drop] = {
    "parted": lambda harness, name: harness.part(name, "Ana"),
    "parted by the asker": lambda harness, name: harness.part("Ana", name),
    "rests": lambda harness, name: harness.rest(name),
    "leaves": lambda harness, name: harness.leave(name),
}


def seen(harness: Harness, id: str) -> Callable[[], Awaitable[object]]:
    """Return a function that collects everything by which the asker could tell the causes apart."""

    async def look() -> object:
        messages = [
            (message.kind, message.other)
            for message in await harness.messages("Ana")
            if message.kind.startswith("asks.")
        ]
        status = await harness.status(id)
        # Somebody who left the server has no name there any more, so an empty name is Bo's.
        replies = sorted(("Bo" if one.name == "" else one.name, one.reply) for one in status.asked)
        return (replies, messages, status.room, status.ask.over_at, status.ask.ends_at)

    return look


@pytest.mark.parametrize("cause", DROPS)
async def test_every_way_of_dropping_out_looks_to_the_asker_like_an_ordinary_cant(
    harness: Harness, cause: str
) -> None:
    one = await harness.ask("Ana", "Bo", "Cy")
    await harness.cannot(one, "Bo")
    ordinary = await seen(harness, one)()
    await harness.withdraw(one)
    two = await harness.ask("Ana", "Bo", "Cy")
    await DROPS[cause](harness, "Bo")
    assert await seen(harness, two)() == ordinary
    assert await harness.kinds("Bo") == []


@pytest.mark.parametrize("cause", DROPS)
async def test_the_wait_ends_when_the_last_person_asked_drops_out(harness: Harness, cause: str) -> None:
    id = await harness.ask("Ana", "Bo")
    await DROPS[cause](harness, "Bo")
    assert (await harness.status(id)).ask.over_at == harness.now
    assert await harness.kinds("Ana") == ["asks.nobody"]


async def test_a_boundary_closes_the_ask_to_the_answerer_at_once_and_the_asker_sees_a_cant_later(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.apart("Bo", "Ana")
    assert (await harness.replies(id))["Bo"] is Reply.ASKED
    assert await harness.kinds("Bo") == []
    for verb in verbs(harness, await harness.person("Bo"), await harness.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    await harness.wait(hours=1, seconds=-1)
    assert (await harness.replies(id))["Bo"] is Reply.ASKED
    await harness.wait(hours=23, seconds=1)
    assert (await harness.replies(id))["Bo"] is Reply.CANT
    assert await harness.kinds("Ana") == ["asks.cant"]


async def test_an_ask_read_before_a_boundary_can_still_be_answered_but_the_answer_reaches_nobody(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.read_it(id, "Bo")
    await harness.apart("Ana", "Bo")
    await harness.answer(id, "Bo")
    assert await harness.kinds("Bo") == []
    assert (await harness.replies(id))["Bo"] is Reply.ASKED
    assert await harness.kinds("Ana") == []
    with pytest.raises(AlreadyDone):
        await harness.answer(id, "Bo")
    assert (await harness.read(id)).came == []
    await harness.wait(days=1)
    assert (await harness.replies(id))["Bo"] is Reply.CANT


async def test_an_answer_that_the_asker_was_not_told_of_looks_as_if_it_had_never_come(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.apart("Bo", "Ana")
    assert await harness.kinds("Ana") == []
    for _ in range(2):
        assert (await harness.replies(id))["Bo"] is Reply.ASKED
        assert (await harness.read(id)).came == []
    await harness.wait(days=1)
    assert (await harness.replies(id))["Bo"] is Reply.CANT


Tell = Callable[[Harness, str], Awaitable[object]]


async def by_message(harness: Harness, _id: str) -> None:
    await harness.deliver()


async def by_inbox(harness: Harness, _id: str) -> None:
    await harness.services.messages.show(await harness.person("Ana"), harness.now)


async def by_card(harness: Harness, id: str) -> None:
    await harness.status(id)


TELLS: tuple[Tell, ...] = (by_message, by_inbox, by_card)


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("owner", ["Ana", "Bo"])
@pytest.mark.parametrize("tells", TELLS)
async def test_an_answer_that_the_asker_was_told_of_stays_as_if_its_author_had_left(
    harness: Harness, owner: str, tells: Tell, alone: bool
) -> None:
    id = await harness.ask("Ana", "Bo", *(() if alone else ("Cy",)), wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await tells(harness, id)
    before = await harness.kinds("Ana")
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    if tells is not by_card:
        assert await harness.kinds("Ana") == before, "what /inbox showed stays in it"
    await harness.wait(days=1)
    assert (await harness.replies(id))["Bo"] is Reply.ANSWERED
    assert [name for name, _ in (await harness.read(id)).came] == ["Bo"]
    assert [name for name, _ in (await harness.read(id)).came] == ["Bo"]


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_wait_that_ended_by_an_answer_that_was_not_told_goes_on(harness: Harness, owner: str) -> None:
    """Otherwise its end would tell the asker of the answer, and when it came."""
    id = await harness.ask("Ana", "Bo", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    assert await harness.kinds("Ana") == ["asks.over"]
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    ask = await harness.stored(id)
    assert (ask.over_at, await harness.kinds("Ana")) == (None, [])
    assert (await harness.status(id)).waiting
    await harness.wait(days=1)
    assert (await harness.replies(id))["Bo"] is Reply.CANT
    assert await harness.kinds("Ana") == ["asks.nobody"]


async def test_a_wait_that_ended_by_its_time_says_that_nobody_answered(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.NOON)
    await harness.answer(id, "Bo")
    ends_at = (await harness.stored(id)).ends_at
    assert ends_at is not None
    await harness.wait_until(ends_at)
    assert "asks.over" in await harness.kinds("Ana")
    await harness.apart("Bo", "Ana")
    assert await harness.kinds("Ana") == ["asks.nobody"]


async def test_a_withheld_answer_does_not_count_when_the_wait_ends(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.apart("Bo", "Ana")
    await harness.cannot(id, "Cy")
    assert await harness.kinds("Ana") == ["asks.cant"]
    await harness.wait(days=1)
    assert "asks.nobody" in await harness.kinds("Ana")
    assert "asks.over" not in await harness.kinds("Ana")
    assert (await harness.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.CANT}


@pytest.mark.slow
async def test_an_ask_across_a_boundary_ends_when_the_name_is_gone_from_the_pod(harness: Harness) -> None:
    """If one of the two ended before the other, it would reveal the boundary: leaving ends both at once."""
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    for _ in range(5):
        id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
        await harness.apart("Bo", "Ana")
        while bo in await harness.available("Ana"):
            assert (await harness.replies(id))["Bo"] is Reply.ASKED
            await harness.wait(minutes=30)
        assert (await harness.replies(id))["Bo"] is Reply.CANT
        await harness.withdraw(id)
        for one in await harness.boundaries.of(bo):
            await harness.boundaries.lift(bo, one.id)
        await harness.wait(days=90)
        await harness.tie("Ana", "Bo")
    assert ana != bo


async def test_what_is_asked_across_a_boundary_ends_with_the_tie(harness: Harness) -> None:
    await harness.apart("Bo", "Ana")
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    bo = await harness.person("Bo")
    while bo in await harness.available("Ana"):
        assert (await harness.replies(id))["Bo"] is Reply.ASKED
        await harness.wait(minutes=30)
    assert (await harness.replies(id))["Bo"] is Reply.CANT


async def test_a_withheld_answer_stays_withheld_when_the_boundary_is_lifted(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    bo = await harness.person("Bo")
    await harness.apart("Bo", "Ana")
    [boundary] = await harness.boundaries.of(bo)
    await harness.boundaries.lift(bo, boundary.id)
    assert (await harness.read(id)).came == []


async def test_somebody_who_leaves_the_askers_pod_looks_like_an_ordinary_cant(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    bo = await harness.person("Bo")
    pod = await harness.pods.show(bo, HERE, harness.now)
    [tie] = [one for one in pod.owners if one.owner == await harness.person("Ana")]
    await harness.pods.leave(bo, tie.id, harness.now)
    assert (await harness.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}


async def test_the_person_asked_can_be_told_who_asked_for_a_boundary_even_after_the_ask_closed(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo")
    bo, asking = await harness.person("Bo"), await harness.asking(id, "Bo")
    await harness.read_it(id, "Bo")
    await harness.cannot(id, "Bo")
    await harness.withdraw(id)
    with pytest.raises(NotYours):
        await harness.answering.part(await harness.person("Cy"), asking)
    assert (await harness.answering.part(bo, asking)).ask.asker == await harness.person("Ana")


async def test_an_ask_across_a_boundary_does_not_reach_the_other_person_and_becomes_a_cant(
    harness: Harness,
) -> None:
    await harness.apart("Bo", "Ana")
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    assert (await harness.replies(id)) == {"Bo": Reply.ASKED, "Cy": Reply.ASKED}
    assert await harness.kinds("Bo") == []
    assert [message.kind for message in await harness.messages_of(MessageState.WITHHELD)] == ["asks.asked"]
    for verb in verbs(harness, await harness.person("Bo"), await harness.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    await harness.wait(days=1)
    assert (await harness.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}
    assert await harness.messages_of(MessageState.WITHHELD) == []
    await harness.withdraw(id)
    await harness.wait(days=7)
    assert await harness.nothing_left(id)


@pytest.mark.parametrize(("owner", "other"), [("Bo", "Ana"), ("Ana", "Bo")])
async def test_an_unread_answer_can_no_longer_be_read_after_a_boundary(
    harness: Harness, owner: str, other: str
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.apart(owner, other)
    assert list((await harness.read(id)).came) == []
    status = await harness.status(id)
    assert (status.came, status.room) == (0, 1)
    await harness.wait(days=1)
    assert (await harness.replies(id))["Bo"] is Reply.CANT
    [boundary] = await harness.boundaries.of(await harness.person(owner))
    await harness.boundaries.lift(await harness.person(owner), boundary.id)
    assert list((await harness.read(id)).came) == []


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_an_unread_answer_to_a_closed_ask_can_no_longer_be_read_after_a_boundary(
    harness: Harness, owner: str
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.withdraw(id)
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert list((await harness.read(id)).came) == []
    await harness.wait(days=1)
    assert list((await harness.read(id)).came) == []


async def test_an_answer_that_the_asker_has_read_stays_readable_after_a_boundary(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.answer(id, "Bo")
    await harness.read(id)
    await harness.apart("Bo", "Ana")
    await harness.wait(days=1)
    assert [name for name, _ in (await harness.read(id)).came] == ["Bo"]


async def test_a_boundary_between_two_answerers_changes_nothing(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.apart("Bo", "Cy")
    await harness.wait(days=1)
    for name in ("Bo", "Cy"):
        await harness.answer(id, name)
    assert len((await harness.read(id)).came) == 2


async def test_a_reminder_across_a_boundary_is_withheld(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", wait=Wait.NOON)
    await harness.wait(hours=11)
    await harness.not_now(id, "Bo")
    [(_, half)] = [one for one in await harness.timers() if one[0] == "asks.reminded"]
    await harness.wait(minutes=30)
    await harness.apart("Bo", "Ana")
    await harness.wait_until(half)
    assert await harness.kinds("Bo") == []
    assert {message.kind for message in await harness.messages_of(MessageState.WITHHELD)} >= {"asks.again"}


async def test_the_asker_is_not_told_of_a_beyond_across_a_boundary(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.beyond(id, "Bo")
    await harness.apart("Bo", "Ana")
    await harness.wait(days=1)
    assert (await harness.stored(id)).state is AskState.OPEN
    assert (await harness.replies(id))["Bo"] is Reply.CANT


@pytest.mark.parametrize("beyond_before", [False, True])
@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_the_asker_is_not_told_of_danger_across_a_boundary(
    harness: Harness, owner: str, beyond_before: bool
) -> None:
    """If the asker set it, the ask is paused as without one, but without a word of danger or a name."""
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.read_it(id, "Bo")
    if beyond_before:
        await harness.beyond(id, "Bo")
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await harness.danger(id, "Bo")
    await harness.danger(id, "Bo")
    status, paused = await harness.status(id), owner == "Ana"
    assert status.ask.state is (AskState.PAUSED if paused else AskState.OPEN)
    assert not status.danger
    assert await harness.kinds("Ana") == ([notifications.PAUSED] if paused else [])
    await harness.wait(days=1)
    assert (await harness.stored(id)).state is (AskState.PAUSED if paused else AskState.OPEN)
    assert (await harness.replies(id))["Bo"] is (Reply.ASKED if paused else Reply.CANT)


async def test_a_friend_who_had_not_read_the_ask_before_a_boundary_can_say_nothing_through_it(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.apart("Ana", "Bo")
    assert not (await harness.their_part(id, "Bo")).may_alarm
    with pytest.raises(AskClosed):
        await harness.danger(id, "Bo")


async def test_when_an_asker_leaves_the_server_their_asks_close_and_their_drafts_are_deleted(
    harness: Harness,
) -> None:
    id, draft = await harness.ask("Ana", "Bo"), await harness.draft("Ana", "Cy")
    await harness.leave("Ana")
    assert (await harness.stored(id)).state is AskState.CLOSED
    assert await harness.kinds("Bo") == []
    with pytest.raises(NotYours):
        await harness.drafts.open(await harness.person("Ana"), draft, harness.now)
    await harness.wait(days=7)
    assert await harness.nothing_left(id)


async def test_leaving_another_server_changes_nothing_here(harness: Harness) -> None:
    from bot.ids import ServerId

    id = await harness.ask("Ana", "Bo")
    await harness.people.leave(await harness.person("Bo"), ServerId(78), harness.now)
    await harness.people.leave(await harness.person("Ana"), ServerId(78), harness.now)
    assert (await harness.replies(id)) == {"Bo": Reply.ASKED}
    assert (await harness.stored(id)).state is AskState.OPEN


async def test_somebody_who_rests_drops_out_of_an_open_ask_and_is_not_offered_for_it_again(
    harness: Harness,
) -> None:
    one = await harness.ask("Ana", "Bo", "Cy")
    await harness.rest("Bo")
    assert (await harness.replies(one))["Bo"] is Reply.CANT
    assert "Bo" not in [name for _, name in (await harness.status(one)).others]


async def test_a_parting_while_an_ask_is_paused_sends_the_asker_no_message(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await harness.beyond(id, "Bo")
    await harness.wait(hours=3)
    await harness.part("Cy", "Ana")
    assert await harness.kinds("Ana") == ["asks.paused"]
    assert (await harness.stored(id)).state is AskState.PAUSED


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_boundary_closes_an_unread_ask_to_the_person_asked_at_once(
    harness: Harness, owner: str
) -> None:
    """A message that stays but opens nothing would reveal the boundary.

    If Ana set it, it looks as if she had removed Bo from her pod. If Bo set it, Ana must not see when.
    """
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    assert await harness.kinds("Bo") == ["asks.asked"]
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert await harness.kinds("Bo") == []
    removed = owner == "Ana"
    assert (await harness.replies(id))["Bo"] is (Reply.CANT if removed else Reply.ASKED)
    assert [tie.owner for tie in (await harness.pod("Bo")).owners] == (
        [] if removed else [await harness.person("Ana")]
    )


async def could_ask(harness: Harness, name: str) -> set[str]:
    """Return the names of the people whom they could ask now."""
    preview = await harness.pick(name, await harness.draft(name))
    return {shown for _, shown in preview.people}


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_a_withheld_ask_does_not_stop_the_other_person_from_asking_the_asker(
    harness: Harness, owner: str
) -> None:
    """Bo does not know of Ana's ask. If Bo could not ask Ana, that would reveal it."""
    await harness.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await harness.ask("Ana", "Bo", wait=Wait.DAYS)
    assert await could_ask(harness, "Bo") == {"Ana"}
    assert "Bo" not in await could_ask(harness, "Ana"), "to whoever sent it, it is an ask like any"


async def test_an_answer_that_was_read_can_be_taken_back_and_then_looks_like_an_ordinary_cant(
    harness: Harness,
) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    for name in ("Bo", "Cy"):
        await harness.answer(id, name)
    assert len((await harness.read(id)).came) == 2
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    before = await harness.kinds("Ana")
    assert (await harness.asks.between.seen(bo, ana)).answered
    assert await harness.asks.between.take_back(bo, ana, harness.now) == 1
    assert await harness.kinds("Ana") == before, "nothing is sent about it"
    assert [name for name, _ in (await harness.read(id)).came] == ["Cy"]
    assert await harness.replies(id) == {"Bo": Reply.CANT, "Cy": Reply.ANSWERED}
    assert await harness.asks.between.take_back(bo, ana, harness.now) == 0
    assert not (await harness.asks.between.seen(bo, ana)).answered


async def test_an_answer_that_was_not_read_becomes_a_cant_when_it_is_taken_back(harness: Harness) -> None:
    id = await harness.ask("Ana", "Bo", "Cy")
    await harness.answer(id, "Bo")
    ana, bo, cy = [await harness.person(name) for name in ("Ana", "Bo", "Cy")]
    assert await harness.asks.between.take_back(cy, ana, harness.now) == 0
    assert await harness.asks.between.take_back(ana, bo, harness.now) == 0
    assert await harness.asks.between.take_back(bo, ana, harness.now) == 1
    assert (await harness.replies(id))["Bo"] is Reply.CANT


async def test_what_is_between_two_people_in_asks_reveals_no_boundary(harness: Harness) -> None:
    ana, bo = await harness.person("Ana"), await harness.person("Bo")
    seen = harness.asks.between.seen
    assert await seen(ana, bo) == AsksBetween(False, False, False)
    await harness.ask("Ana", "Bo")
    assert await seen(ana, bo) == AsksBetween(True, False, False)
    assert await seen(bo, ana) == AsksBetween(False, True, False)
    await harness.boundaries.set(bo, ana, harness.now)
    assert await seen(ana, bo) == AsksBetween(True, False, False), "to Ana it still waits"
    assert await seen(bo, ana) == AsksBetween(False, False, False), "to Bo it looks withdrawn"


@pytest.mark.parametrize("reply", ["beyond", "danger"])
async def test_before_a_boundary_nobody_sees_who_said_that_it_is_beyond_them(
    harness: Harness, reply: str
) -> None:
    """A boundary is considered with each of those who were asked: whoever said it looks like the other."""
    id = await harness.ask("Ana", "Bo", "Cy")
    await getattr(harness, reply)(id, "Cy")
    ana, bo, cy = [await harness.person(name) for name in ("Ana", "Bo", "Cy")]
    seen = harness.asks.between.seen
    assert await seen(ana, cy) == await seen(ana, bo) == AsksBetween(True, False, False)


@pytest.mark.parametrize("replies", ["read_it", "answer"])
@pytest.mark.parametrize("apart", [False, True])
async def test_after_the_parting_the_asker_can_be_asked_as_after_a_withdrawal(
    harness: Harness, apart: bool, replies: str
) -> None:
    """The ask is closed to Bo then. If his list still lacked Ana, a boundary must have closed it."""
    id = await harness.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await getattr(harness, replies)(id, "Bo")
    assert await could_ask(harness, "Bo") == set()
    if apart:
        await harness.apart("Ana", "Bo")
        assert await could_ask(harness, "Bo") == set()
        # Each of the two ties ends at a time of its own. Let this one be the last.
        [tie] = (await harness.pod("Bo")).members
        later = update(agenda).where(agenda.c.subject == tie.id)
        at = harness.now + timedelta(days=2)
        await harness.db.write(lambda tx: tx.execute(later.values(due_at=at)))
        await harness.wait(days=1)
    else:
        await harness.withdraw(id)
    assert await could_ask(harness, "Bo") == {"Ana"}
