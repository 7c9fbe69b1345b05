"""Boundaries, leaving and rest, in the middle of an ask: always the ordinary "can't"."""

from collections.abc import Awaitable, Callable

import pytest

from bot.asks.errors import AskClosed
from bot.asks.models import AskState, Reply
from bot.asks.wait import Wait
from bot.delivery.message import MessageState as Lines
from bot.errors import AlreadyDone, NotYours
from tests.unit.asks.fixtures import Town
from tests.unit.asks.test_answering import verbs
from tests.unit.pods.fixtures import HERE

Drop = Callable[[Town, str], Awaitable[object]]
DROPS: dict[str, Drop] = {
    "parted": lambda town, name: town.part(name, "Ana"),
    "parted by the asker": lambda town, name: town.part("Ana", name),
    "rests": lambda town, name: town.rest(name),
    "leaves": lambda town, name: town.leave(name),
}


def seen(town: Town, id: str) -> Callable[[], Awaitable[object]]:
    """All that the asker can tell the causes by."""

    async def look() -> object:
        lines = [(line.kind, line.other) for line in await town.lines("Ana") if line.kind.startswith("asks.")]
        status = await town.status(id)
        # The name of one who left is gone from the server's list of names.
        replies = sorted(("Bo" if one.name == "" else one.name, one.reply) for one in status.asked)
        return (replies, lines, status.room, status.ask.over_at, status.ask.ends_at)

    return look


@pytest.mark.parametrize("cause", DROPS)
async def test_whoever_drops_out_looks_like_who_cant(town: Town, cause: str) -> None:
    one = await town.ask("Ana", "Bo", "Cy")
    await town.cannot(one, "Bo")
    ordinary = await seen(town, one)()
    await town.withdraw(one)
    two = await town.ask("Ana", "Bo", "Cy")
    await DROPS[cause](town, "Bo")
    assert await seen(town, two)() == ordinary
    assert await town.kinds("Bo") == []


@pytest.mark.parametrize("cause", DROPS)
async def test_the_last_to_drop_out_ends_the_wait(town: Town, cause: str) -> None:
    id = await town.ask("Ana", "Bo")
    await DROPS[cause](town, "Bo")
    assert (await town.status(id)).ask.over_at == town.now
    assert await town.kinds("Ana") == ["asks.nobody"]


async def test_a_boundary_holds_from_its_own_commit_and_shows_later(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.apart("Bo", "Ana")
    assert (await town.replies(id))["Bo"] is Reply.ASKED
    assert await town.kinds("Bo") == []
    for verb in verbs(town, await town.person("Bo"), await town.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    await town.wait(hours=1, seconds=-1)
    assert (await town.replies(id))["Bo"] is Reply.ASKED
    await town.wait(hours=23, seconds=1)
    assert (await town.replies(id))["Bo"] is Reply.CANT
    assert await town.kinds("Ana") == ["asks.cant"]


async def test_what_was_read_before_can_be_answered_still_and_reaches_nobody(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.read_it(id, "Bo")
    await town.apart("Ana", "Bo")
    await town.answer(id, "Bo")
    assert await town.kinds("Bo") == []
    assert (await town.replies(id))["Bo"] is Reply.ASKED
    assert await town.kinds("Ana") == []
    with pytest.raises(AlreadyDone):
        await town.answer(id, "Bo")
    assert (await town.read(id)).came == []
    await town.wait(days=1)
    assert (await town.replies(id))["Bo"] is Reply.CANT


async def test_an_answer_that_came_before_stays_until_it_would_be_read(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    await town.apart("Bo", "Ana")
    assert (await town.replies(id))["Bo"] is Reply.ANSWERED
    assert (await town.read(id)).came == []
    assert (await town.replies(id))["Bo"] is Reply.CANT


async def test_what_is_held_does_not_count_when_the_wait_ends(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    await town.answer(id, "Bo")
    await town.apart("Bo", "Ana")
    await town.cannot(id, "Cy")
    assert "asks.nobody" in await town.kinds("Ana")
    assert "asks.over" not in await town.kinds("Ana")
    assert (await town.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.CANT}


async def test_a_boundary_that_is_lifted_lets_nothing_through(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    bo = await town.person("Bo")
    await town.apart("Bo", "Ana")
    [boundary] = await town.boundaries.of(bo)
    await town.boundaries.lift(bo, boundary.id)
    assert (await town.read(id)).came == []


async def test_whoever_leaves_a_pod_is_asked_no_more_along_it(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy")
    bo = await town.person("Bo")
    pod = await town.pods.show(bo, HERE, town.now)
    [tie] = [one for one in pod.owners if one.owner == await town.person("Ana")]
    await town.pods.leave(bo, tie.id, town.now)
    assert (await town.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}


async def test_a_boundary_with_the_asker_takes_one_press_whatever_became_of_the_ask(town: Town) -> None:
    id = await town.ask("Ana", "Bo")
    bo, asking = await town.person("Bo"), await town.asking(id, "Bo")
    await town.read_it(id, "Bo")
    await town.cannot(id, "Bo")
    await town.withdraw(id)
    with pytest.raises(NotYours):
        await town.answering.keep_apart(await town.person("Cy"), asking, town.now)
    _, id = await town.answering.keep_apart(bo, asking, town.now)
    [boundary] = await town.boundaries.of(bo)
    assert (boundary.id, boundary.other) == (id, await town.person("Ana"))


async def test_an_ask_sent_meanwhile_reaches_nobody_and_gets_its_cant(town: Town) -> None:
    await town.apart("Bo", "Ana")
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    assert (await town.replies(id)) == {"Bo": Reply.ASKED, "Cy": Reply.ASKED}
    assert await town.kinds("Bo") == []
    assert [line.kind for line in await town.lines_of(Lines.HELD)] == ["asks.asked"]
    for verb in verbs(town, await town.person("Bo"), await town.asking(id, "Bo")):
        with pytest.raises(AskClosed):
            await verb()
    await town.wait(days=1)
    assert (await town.replies(id)) == {"Bo": Reply.CANT, "Cy": Reply.ASKED}
    assert await town.lines_of(Lines.HELD) == []
    await town.withdraw(id)
    await town.wait(days=7)
    assert await town.nothing_left(id)


@pytest.mark.parametrize(("owner", "other"), [("Bo", "Ana"), ("Ana", "Bo")])
async def test_an_answer_that_was_not_read_is_read_no_more(town: Town, owner: str, other: str) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    await town.apart(owner, other)
    assert list((await town.read(id)).came) == []
    status = await town.status(id)
    assert (status.came, status.room) == (0, 2)
    await town.wait(days=1)
    assert (await town.replies(id))["Bo"] is Reply.CANT
    [boundary] = await town.boundaries.of(await town.person(owner))
    await town.boundaries.lift(await town.person(owner), boundary.id)
    assert list((await town.read(id)).came) == []


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_an_answer_that_was_not_read_before_the_ask_closed_is_read_no_more(
    town: Town, owner: str
) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    await town.withdraw(id)
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert list((await town.read(id)).came) == []
    await town.wait(days=1)
    assert list((await town.read(id)).came) == []


async def test_an_answer_that_was_read_stays(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.answer(id, "Bo")
    await town.read(id)
    await town.apart("Bo", "Ana")
    await town.wait(days=1)
    assert [name for name, _ in (await town.read(id)).came] == ["Bo"]


async def test_a_boundary_between_two_answerers_changes_nothing(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.apart("Bo", "Cy")
    await town.wait(days=1)
    for name in ("Bo", "Cy"):
        await town.answer(id, name)
    assert len((await town.read(id)).came) == 2


async def test_a_reminder_across_a_boundary_is_held(town: Town) -> None:
    id = await town.ask("Ana", "Bo", wait=Wait.NOON)
    await town.wait(hours=11)
    await town.not_now(id, "Bo")
    [(_, half)] = [one for one in await town.alarms() if one[0] == "asks.reminded"]
    await town.wait(minutes=30)
    await town.apart("Bo", "Ana")
    await town.wait_until(half)
    assert await town.kinds("Bo") == []
    assert {line.kind for line in await town.lines_of(Lines.HELD)} >= {"asks.again"}


async def test_what_is_beyond_them_is_not_heard_across_a_boundary(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.beyond(id, "Bo")
    await town.apart("Bo", "Ana")
    await town.wait(days=1)
    assert (await town.stored(id)).state is AskState.OPEN
    assert (await town.replies(id))["Bo"] is Reply.CANT


async def test_the_asks_of_one_who_leaves_are_withdrawn_and_their_drafts_go(town: Town) -> None:
    id, draft = await town.ask("Ana", "Bo"), await town.draft("Ana", "Cy")
    await town.leave("Ana")
    assert (await town.stored(id)).state is AskState.CLOSED
    assert await town.kinds("Bo") == []
    with pytest.raises(NotYours):
        await town.drafts.open(await town.person("Ana"), draft, town.now)
    await town.wait(days=7)
    assert await town.nothing_left(id)


async def test_leaving_another_server_changes_nothing_here(town: Town) -> None:
    from bot.ids import ServerId

    id = await town.ask("Ana", "Bo")
    await town.people.leave(await town.person("Bo"), ServerId(78), town.now)
    await town.people.leave(await town.person("Ana"), ServerId(78), town.now)
    assert (await town.replies(id)) == {"Bo": Reply.ASKED}
    assert (await town.stored(id)).state is AskState.OPEN


async def test_who_rests_is_asked_by_nobody_new_and_drops_out_everywhere(town: Town) -> None:
    one = await town.ask("Ana", "Bo", "Cy")
    await town.rest("Bo")
    assert (await town.replies(one))["Bo"] is Reply.CANT
    assert "Bo" not in [name for _, name in (await town.status(one)).others]


async def test_while_paused_a_parting_is_silent(town: Town) -> None:
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    await town.beyond(id, "Bo")
    await town.wait(hours=3)
    await town.part("Cy", "Ana")
    assert await town.kinds("Ana") == ["asks.paused"]
    assert (await town.stored(id)).state is AskState.PAUSED


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_an_ask_that_was_not_read_looks_withdrawn_to_whom_it_was_for(town: Town, owner: str) -> None:
    """A message that stays, and opens nothing, would tell of the boundary."""
    id = await town.ask("Ana", "Bo", "Cy", wait=Wait.DAYS)
    assert await town.kinds("Bo") == ["asks.asked"]
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    assert await town.kinds("Bo") == []
    assert (await town.replies(id))["Bo"] is Reply.ASKED


async def could_ask(town: Town, name: str) -> set[str]:
    """Who is offered to them when they are about to ask."""
    preview = await town.pick(name, await town.draft(name))
    return {shown for _, shown in preview.people}


@pytest.mark.parametrize("owner", ["Ana", "Bo"])
async def test_an_ask_that_reached_nobody_keeps_nobody_busy(town: Town, owner: str) -> None:
    """Bo knows of no ask of Ana's: that Ana could not be asked would tell that there is one."""
    await town.apart(owner, "Bo" if owner == "Ana" else "Ana")
    await town.ask("Ana", "Bo", wait=Wait.DAYS)
    assert await could_ask(town, "Bo") == {"Ana"}
    assert "Bo" not in await could_ask(town, "Ana"), "to whoever sent it, it is an ask like any"
