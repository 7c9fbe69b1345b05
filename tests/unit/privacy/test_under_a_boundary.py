"""Nothing that `/privacy` shows or exports changes because somebody else sets a boundary.

What the boundary closes looks as if whoever sent it had taken it back.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from msgspec.structs import replace

import bot.pairs.sheets
import bot.people.service
from bot.asks.errors import AskClosed
from bot.asks.models import Reply as Asked
from bot.asks.wait import Wait
from bot.delivery.outbox_message import MessageState
from bot.pairs.models import PairText
from bot.people.models import DiscordUser
from bot.privacy.service import Record
from bot.talks.models import Reply
from tests.unit.asks.fixtures import ANSWER
from tests.unit.reports.fixtures import HERE, SUNDAYS, Harness, settled

pytestmark = pytest.mark.slow

Begin = Callable[[Harness], Awaitable[Callable[[], Awaitable[object]] | None]]
"""Lets one of Ana and Ben begin something. Returns how she takes it back, if he hasn't opened it."""


@pytest.fixture(autouse=True)
def same_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.pairs.sheets, "randbelow", lambda _: 7)


async def asked(harness: Harness) -> Callable[[], Awaitable[object]]:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    return lambda: harness.withdraw(id)


async def asked_and_opened(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.read_it(id, "Ben")


async def asked_and_answered(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.answer(id, "Ben")


async def asked_and_beyond(harness: Harness) -> None:
    id = await harness.ask("Ana", "Ben", wait=Wait.DAYS)
    await harness.deliver()
    await harness.beyond(id, "Ben")


async def answer_came(harness: Harness) -> None:
    await harness.tie("Ben", "Ana")
    id = await harness.ask("Ben", "Ana", wait=Wait.DAYS)
    await harness.answer(id, "Ana")
    await harness.deliver()


async def talk(harness: Harness) -> Callable[[], Awaitable[object]]:
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    id = view.talk.id
    await harness.deliver()
    return lambda: harness.talks.take_back(ana, id, harness.now)


async def talk_agreed(harness: Harness) -> None:
    ana, ben = await harness.person("Ana"), await harness.person("Ben")
    view = await harness.talks.ask(ana, HERE, ben, harness.now)
    assert view.talk is not None
    await harness.deliver()
    await harness.talks.answer(ben, view.talk.current.id, Reply.TOMORROW, harness.now)
    await harness.deliver()


async def proposed(harness: Harness) -> Callable[[], Awaitable[object]]:
    ana, proposals = await harness.person("Ana"), harness.pairs.proposals
    id = (await proposals.begin(ana, HERE, SUNDAYS, harness.discord_user("Ben"), harness.now)).pair.id
    await proposals.write(ana, id, PairText("aim", "signs", "words", "UTC"), "UTC")
    await proposals.send(ana, id, harness.now)
    await harness.deliver()
    return lambda: proposals.take_back(ana, id, harness.now)


async def paired(harness: Harness) -> None:
    ana, ben, proposals = await harness.person("Ana"), await harness.person("Ben"), harness.pairs.proposals
    id = (await proposals.begin(ana, HERE, SUNDAYS, harness.discord_user("Ben"), harness.now)).pair.id
    for person in (ana, ben):
        await proposals.write(person, id, PairText("aim", "signs", "words", "UTC"), "UTC")
        await proposals.send(person, id, harness.now)
    await harness.wait(days=5)
    await harness.deliver()


async def invited(harness: Harness) -> Callable[[], Awaitable[object]]:
    """Ben is in Ana's pod already, so she invites Dee."""
    await harness.person("Dee")
    id = (await harness.invite("Ana", "Dee")).id
    person = await harness.person("Ana")
    return lambda: harness.pods.invitations.take_back(person, id)


BEGINNINGS: tuple[Begin, ...] = (
    asked, asked_and_opened, asked_and_answered, asked_and_beyond, answer_came, talk, talk_agreed, proposed,
    paired, invited,
)  # fmt: skip


async def held(harness: Harness, name: str) -> tuple[list[tuple[str, int]], list[tuple[str, Record]]]:
    """Return what `/privacy` counts for somebody, and what it exports to them."""
    person, privacy = await harness.person(name), harness.services.privacy
    counts = [(one.table, one.count) for one in await privacy.summary(person)]
    records = [found async for found in privacy.records(person, asked_for=True)]
    # The rows of a table come in the order of their random ids.
    return counts, sorted(records, key=str)


@pytest.mark.parametrize("begin", BEGINNINGS, ids=lambda one: one.__name__)
async def test_privacy_shows_the_same_right_after_a_boundary_as_without_it(begin: Begin) -> None:
    other = "Dee" if begin is invited else "Ben"
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            take_back = await begin(harness)
            if apart:
                await harness.apart("Ana", other)
            elif take_back is not None:
                await take_back()
            seen.append(await held(harness, other))
    assert seen[0] == seen[1]
    assert seen[0][0]


@pytest.mark.parametrize("begin", [asked, talk, proposed], ids=lambda one: one.__name__)
async def test_what_was_taken_back_and_what_a_boundary_closed_look_the_same_after_the_parting(
    begin: Begin,
) -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            take_back = await begin(harness)
            assert take_back is not None
            if apart:
                await harness.apart("Ana", "Ben")
            else:
                await take_back()
            await harness.wait(days=2)
            _, records = await held(harness, "Ben")
            seen.append(
                [(table, one) for table, one in records if table in ("askings", "talk_requests", "pairs")]
            )
    assert [table for table, _ in seen[0]] == [table for table, _ in seen[1]]


async def test_a_friend_keeps_their_own_answer_after_a_boundary_for_as_long_as_after_a_withdrawal() -> None:
    seen: list[Any] = []
    for apart in (True, False):
        async with settled(Harness) as harness:
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.answer(id, "Ben")
            if apart:
                await harness.apart("Ana", "Ben")
            else:
                await harness.withdraw(id)
            await harness.wait(days=2)
            if apart:
                assert (await harness.replies(id))["Ben"] is Asked.CANT
                await harness.withdraw(id)
            seen.append(await words(harness))
            ben, ana = await harness.person("Ben"), await harness.person("Ana")
            assert await harness.asks.between.take_back(ben, ana, harness.now) == 1
            seen.append((await words(harness), await harness.kinds("Ana")))
    assert seen[:2] == seen[2:]
    assert seen[0] == [ANSWER.impact]


async def words(harness: Harness) -> list[str]:
    """Return the answers that are exported to Ben."""
    _, records = await held(harness, "Ben")
    return [one["words"]["impact"] for table, one in records if table == "askings" and one["words"]]


@pytest.mark.parametrize("apart", [False, True])
async def test_whoever_said_that_an_ask_is_beyond_them_can_raise_an_alarm_for_as_long_under_a_boundary(
    apart: bool,
) -> None:
    """Without a boundary the ask is paused one to three hours later, and then they can't."""
    async with settled(Harness) as harness:
        await harness.tie("Ana", "Cy")
        id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
        await harness.beyond(id, "Ben")
        if apart:
            await harness.apart("Ana", "Ben")
        assert (await harness.their_part(id, "Ben")).may_alarm
        await harness.wait(hours=3)
        assert not (await harness.their_part(id, "Ben")).may_alarm
        with pytest.raises(AskClosed):
            await harness.danger(id, "Ben")
        assert (await harness.their_part(id, "Ben")).asking.reply is Asked.BEYOND
        assert (await harness.replies(id))["Ben"] is (Asked.CANT if apart else Asked.ASKED)


async def test_what_somebody_saw_in_their_inbox_in_quiet_hours_is_sent_after_a_boundary() -> None:
    """A line in /inbox about which no message ever comes would reveal the boundary."""
    for owner in ("Ana", "Ben"):
        async with settled(Harness) as harness:
            await harness.quiet("Ben", 21, 7)
            await harness.quiet("Ana", 21, 7)
            await harness.tie("Ana", "Cy")
            id = await harness.ask("Ana", "Ben", "Cy", wait=Wait.DAYS)
            await harness.read_all("Ana")
            await harness.answer(id, "Ben")
            [before] = await harness.messages("Ana")
            await harness.services.messages.show(await harness.person("Ana"), harness.now)
            await harness.apart(owner, "Ben" if owner == "Ana" else "Ana")
            [after] = await harness.messages("Ana")
            assert (after.id, after.kind) == (before.id, before.kind)
            waits = MessageState.DMS_CLOSED if owner == "Ana" else MessageState.WAITING
            assert after.state is waits


async def by_nothing(_harness: Harness) -> None:
    pass


async def by_its_owner(harness: Harness) -> None:
    await harness.people.meet(renamed(harness), harness.now)


async def by_a_boundary(harness: Harness) -> None:
    """Ana picks the person from the members of the server, and sets a boundary."""
    await harness.boundaries.add(await harness.person("Ana"), renamed(harness), harness.now)


async def by_looking_at_a_boundary(harness: Harness) -> None:
    await harness.boundaries.consider(renamed(harness))


async def by_an_invitation(harness: Harness) -> None:
    by = await harness.person("Eve")
    await harness.pods.invitations.invite(by, HERE, renamed(harness), harness.now)


def renamed(harness: Harness) -> DiscordUser:
    return replace(harness.discord_user("Max"), name="Max with a new name")


@pytest.mark.parametrize("days", [0, 1, 3])
@pytest.mark.parametrize("seen_in", ["an invitation", "a boundary", "a pod"])
async def test_a_new_name_shows_neither_that_its_owner_used_the_bot_nor_that_somebody_named_them(
    seen_in: str, days: int
) -> None:
    """Cy gives Max a new nickname, and looks."""
    seen = []
    for way in (by_nothing, by_its_owner, by_a_boundary, by_looking_at_a_boundary, by_an_invitation):
        async with settled(Harness) as harness:
            cy, person = await harness.person("Cy"), await harness.person("Max")
            if seen_in == "a pod":
                await harness.tie("Cy", "Max")
            elif seen_in == "an invitation":
                await harness.invite("Cy", "Max")
            else:
                await harness.apart("Cy", "Max")
            await harness.wait(days=days)
            await way(harness)
            checked = (HERE, person) in await harness.people.to_check()
            seen.append((await harness.people.called(cy, HERE, person), checked))
            await harness.people.name_checked(person, renamed(harness), harness.now)
            assert await harness.people.called(cy, HERE, person) == "Max with a new name"
    assert set(seen) == {("Max", True)}


async def test_somebody_who_was_named_before_they_came_has_the_same_name_whether_or_not_they_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Discord can't be asked about them before, so it isn't asked right afterwards either."""
    monkeypatch.setattr(bot.people.service, "randbelow", lambda _: 7)
    seen = []
    for way in (by_nothing, by_its_owner):
        async with settled(Harness) as harness:
            cy, sent = await harness.person("Cy"), await harness.invite("Cy", "Max")
            await way(harness)
            checked = (HERE, sent.member) in await harness.people.to_check()
            seen.append((await harness.people.called(cy, HERE, sent.member), checked))
    assert seen == [("Max", False), ("Max", False)]
