"""Somebody leaves a server and comes back: what they left behind stays without their name.

Otherwise others would see when they use the bot again, or when somebody names them, and would see something
else than after an erasing.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.ids import ServerId
from bot.pairs.models import PairText
from bot.people.models import DiscordUser
from bot.people.service import RETURNS_WITHIN
from tests.unit.asks.fixtures import ANSWER
from tests.unit.pods.fixtures import HERE
from tests.unit.reports.fixtures import SUNDAYS, Harness, settled

pytestmark = pytest.mark.slow

ELSEWHERE = ServerId(78)
Leaves = Callable[[Harness], Awaitable[Callable[[], Awaitable[list[str]]]]]
"""Makes something of Ben's that Ana can see after he has left. Returns how she looks at it."""


async def an_answer(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    id = await harness.ask("Ana", "Ben")
    await harness.answer(id, "Ben", ANSWER)
    await harness.read(id)

    async def look() -> list[str]:
        return [one.name for one in (await harness.status(id)).asked]

    return look


async def an_ask(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    await harness.tie("Ben", "Ana")
    id = await harness.ask("Ben", "Ana")
    await harness.read_it(id, "Ana")

    async def look() -> list[str]:
        return [(await harness.their_part(id, "Ana")).name]

    return look


async def a_pair(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    id = await harness.paired()

    async def look() -> list[str]:
        return [await harness.pairs.queries.ended_with(await harness.person("Ana"), id)]

    return look


async def a_proposal(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    ana, proposals = await harness.person("Ana"), harness.pairs.proposals
    id = (await proposals.begin(ana, HERE, SUNDAYS, harness.discord_user("Ben"), harness.now)).pair.id

    async def look() -> list[str]:
        return [(await proposals.draft(ana, id)).name]

    return look


async def a_talk(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    ana = await harness.person("Ana")
    await harness.talks.ask(ana, HERE, await harness.person("Ben"), harness.now)

    async def look() -> list[str]:
        return [(await harness.talks.look(ana, HERE, harness.now)).name]

    return look


async def an_invitation(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    for name in ("Dee", "Cy"):
        await harness.person(name)
    await harness.invite("Dee", "Ben")

    async def look() -> list[str]:
        pod = await harness.pod("Dee")
        return [pod.names.get(one.member, "") for one in pod.sent]

    return look


async def an_invitation_to_a_path(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    dee, paths = await harness.person("Dee"), harness.services.paths
    path = await paths.start(dee, HERE, harness.now)
    await paths.invitations.invite(dee, path.id, harness.discord_user("Ben"), harness.now)

    async def look() -> list[str]:
        view = await paths.queries.show(dee, path.id, harness.now)
        return [view.names.get(one.member, "") for one in view.sent]

    return look


async def a_message(harness: Harness) -> Callable[[], Awaitable[list[str]]]:
    """It stays in /inbox after he has left: an answer of which she was told stays, too."""
    id = await harness.ask("Ana", "Ben")
    await harness.answer(id, "Ben", ANSWER)
    ana, ben, at = await harness.person("Ana"), await harness.person("Ben"), harness.now

    async def look() -> list[str]:
        return [await harness.people.called(ana, HERE, ben, at) or ""]

    return look


THINGS = pytest.mark.parametrize(
    "left",
    [an_answer, an_ask, a_pair, a_proposal, a_talk, an_invitation, an_invitation_to_a_path, a_message],
    ids=lambda one: one.__name__,
)


async def uses_the_bot(harness: Harness) -> None:
    await harness.people.meet(harness.discord_user("Ben"), harness.now)


async def is_invited(harness: Harness) -> None:
    await harness.person("Eve")
    await harness.invite("Eve", "Ben")


async def is_set_a_boundary_with(harness: Harness) -> None:
    await harness.boundaries.add(await harness.person("Eve"), harness.discord_user("Ben"), harness.now)


async def is_checked_on_later_days(harness: Harness) -> None:
    await uses_the_bot(harness)
    ben = await harness.person("Ben")
    for _ in range(3):
        await harness.wait(days=1)
        await harness.people.name_checked(ben, harness.discord_user("Ben"), harness.now)


BACK = pytest.mark.parametrize(
    "back",
    [uses_the_bot, is_invited, is_set_a_boundary_with, is_checked_on_later_days],
    ids=lambda one: one.__name__,
)


@THINGS
@BACK
async def test_what_somebody_left_behind_stays_without_their_name_when_they_come_back(
    left: Leaves, back: Callable[[Harness], Awaitable[None]]
) -> None:
    async with settled(Harness) as harness:
        look = await left(harness)
        assert await look() == ["Ben"]
        await harness.wait(minutes=10)
        await harness.people.leave(await harness.person("Ben"), HERE, harness.now)
        assert await look() == [""]
        await harness.wait(minutes=10)
        await back(harness)
        assert await look() == [""]


async def test_what_begins_after_somebody_came_back_shows_their_name() -> None:
    async with settled(Harness) as harness:
        ana, ben = await harness.person("Ana"), await harness.person("Ben")
        await harness.people.leave(ben, HERE, harness.now)
        await harness.wait(days=1)
        await uses_the_bot(harness)
        await harness.tie("Cy", "Ben")
        await harness.tie("Ben", "Dee")
        pod = await harness.pod("Cy")
        assert {pod.names[one.member] for one in pod.members} == {"Ben"}
        id = await harness.ask("Cy", "Ben")
        assert [one.name for one in (await harness.status(id, "Cy")).asked] == ["Ben"]
        theirs = await harness.ask("Ben", "Dee")
        assert (await harness.look(theirs, "Dee")).name == "Ben"
        assert await harness.people.called(ana, HERE, ben, harness.now) == "Ben"


async def test_leaving_one_server_hides_nothing_in_another() -> None:
    async with settled(Harness) as harness:
        ana, ben = await harness.person("Ana"), await harness.person("Ben")
        at = harness.now
        await harness.wait(days=1)
        user = harness.discord_user("Ben")
        await harness.people.meet(DiscordUser(user.discord_id, "Benny", ELSEWHERE), harness.now)
        await harness.people.leave(ben, ELSEWHERE, harness.now)
        await harness.wait(days=1)
        await harness.people.meet(DiscordUser(user.discord_id, "Benny", ELSEWHERE), harness.now)
        assert await harness.people.called(ana, HERE, ben, at) == "Ben"
        assert await harness.people.called(ana, ELSEWHERE, ben, at) is None


async def test_a_clock_that_was_put_back_by_some_seconds_takes_nobodys_name_away() -> None:
    async with settled(Harness) as harness:
        ana, ben = await harness.person("Ana"), await harness.person("Ben")
        await harness.people.leave(ben, HERE, harness.now)
        await uses_the_bot(harness)
        assert await harness.people.called(ana, HERE, ben, harness.now - timedelta(seconds=30)) == "Ben"


# -- the same as after an erasing ----------------------------------------------------------------------


async def leaves(harness: Harness) -> None:
    await harness.people.leave(await harness.person("Ben"), HERE, harness.now)


async def erases(harness: Harness) -> None:
    await harness.services.privacy.erase(await harness.person("Ben"), harness.now)


WAYS = (leaves, erases)
GOES = pytest.mark.parametrize("goes", WAYS, ids=lambda one: one.__name__)


@GOES
async def test_a_namesake_is_called_the_same_when_somebody_comes_back(
    goes: Callable[[Harness], Awaitable[None]],
) -> None:
    """Their username would tell that the reader has known whoever came back."""
    async with settled(Harness) as harness:
        dee = await harness.person("Dee")
        sunday = SUNDAYS, harness.discord_user("Ben")
        proposed = await harness.pairs.proposals.begin(dee, HERE, *sunday, harness.now)
        text = PairText("aim", "signs", "words", "UTC")
        await harness.pairs.proposals.write(dee, proposed.pair.id, text, "UTC")
        await harness.pairs.proposals.send(dee, proposed.pair.id, harness.now)
        await harness.invite("Dee", "Ben")
        path = await harness.services.paths.start(dee, HERE, harness.now)
        await harness.services.paths.invitations.invite(dee, path.id, sunday[1], harness.now)
        other = DiscordUser(12, "Ben", HERE, "ben.two")
        namesake = await harness.people.meet(other, harness.now)
        await harness.pods.invitations.invite(dee, HERE, other, harness.now)
        assert await harness.people.called(dee, HERE, namesake, None) == "Ben (@ben.two)"
        await harness.wait(hours=1)
        await goes(harness)
        await harness.wait(hours=1)
        await uses_the_bot(harness)
        assert await harness.people.called(dee, HERE, namesake, None) == "Ben"


async def test_who_is_invited_again_looks_the_same_whether_they_had_left_or_erased() -> None:
    seen = []
    for goes in WAYS:
        async with settled(Harness) as harness:
            dee, paths = await harness.person("Dee"), harness.services.paths
            path = await paths.start(dee, HERE, harness.now)

            async def invites(path: str = path.id, harness: Harness = harness) -> list[list[str]]:
                await harness.invite("Dee", "Ben")
                dee, paths = await harness.person("Dee"), harness.services.paths
                await paths.invitations.invite(dee, path, harness.discord_user("Ben"), harness.now)
                pod, view = await harness.pod("Dee"), await paths.queries.show(dee, path, harness.now)
                return [
                    sorted(shown.names.get(one.member, "") for one in shown.sent) for shown in (pod, view)
                ]

            assert await invites() == [["Ben"], ["Ben"]]
            await harness.wait(hours=1)
            await goes(harness)
            await harness.wait(hours=1)
            await uses_the_bot(harness)
            seen.append(await invites())
            ben = await harness.person("Ben")
            waiting = await harness.pods.waiting(ben, harness.now)
            assert (waiting, await paths.invitations.waiting(ben, harness.now)) == ([], [])
    assert seen == [[["", "Ben"], ["", "Ben"]]] * 2


# -- a list of boundaries ------------------------------------------------------------------------------


async def listed(harness: Harness) -> list[str]:
    """Return what Ana's list of boundaries calls the people."""
    ana = await harness.person("Ana")
    own = {one.other: one.set_by for one in await harness.boundaries.of(ana) if one.other is not None}
    return [*(await harness.people.labels_across(ana, [HERE], own, harness.now)).values()]


async def shown_again(harness: Harness) -> datetime:
    """Return when Ben's name is listed again, to the hour."""
    while not await listed(harness):
        harness.now += timedelta(hours=1)
    assert await listed(harness) == ["Ben"]
    return harness.now


@GOES
@pytest.mark.parametrize("back", [uses_the_bot, is_invited, is_set_a_boundary_with])
async def test_a_list_of_boundaries_shows_a_name_again_at_a_random_time(
    goes: Callable[[Harness], Awaitable[None]], back: Callable[[Harness], Awaitable[None]]
) -> None:
    """Somebody must be able to find the boundary and remove it. When it is shown again tells nothing."""
    async with settled(Harness) as harness:
        await harness.person("Ben")
        await harness.boundaries.add(await harness.person("Ana"), harness.discord_user("Ben"), harness.now)
        assert await listed(harness) == ["Ben"]
        await goes(harness)
        await harness.wait(days=2)
        await back(harness)
        came = harness.now
        await uses_the_bot(harness)
        assert await listed(harness) == []
        if back is uses_the_bot:
            ben = await harness.person("Ben")
            assert (HERE, ben) in await harness.people.to_check()
            await harness.people.name_checked(ben, harness.discord_user("Ben"), harness.now)
            assert await listed(harness) == []
        again = await shown_again(harness)
        assert timedelta(days=1) <= again - came <= RETURNS_WITHIN + timedelta(hours=1)


async def test_a_name_is_shown_again_after_another_time_each_time() -> None:
    async with settled(Harness) as harness:
        ben = await harness.person("Ben")
        await harness.boundaries.add(await harness.person("Ana"), harness.discord_user("Ben"), harness.now)
        spans = set()
        for _ in range(3):
            await harness.wait(days=1)
            await harness.people.leave(ben, HERE, harness.now)
            await uses_the_bot(harness)
            came = harness.now
            spans.add(await shown_again(harness) - came)
        assert len(spans) > 1


async def test_a_boundary_with_somebody_who_was_not_there_shows_their_name_a_while_after_they_came() -> None:
    """Otherwise its owner would see when they first use the bot."""
    async with settled(Harness) as harness:
        cy = DiscordUser(harness.discord_user("Cy").discord_id, "Cy")
        await harness.boundaries.add(await harness.person("Ana"), cy, harness.now)
        await harness.wait(days=2)
        await harness.person("Cy")
        assert await listed(harness) == []
        harness.now += RETURNS_WITHIN
        assert await listed(harness) == ["Cy"]


async def test_a_boundary_that_was_set_in_the_hour_in_which_somebody_came_back_shows_their_name() -> None:
    async with settled(Harness) as harness:
        ben = await harness.person("Ben")
        await harness.people.leave(ben, HERE, harness.now)
        await harness.wait(days=1, minutes=30)
        await uses_the_bot(harness)
        await harness.boundaries.add(await harness.person("Ana"), harness.discord_user("Ben"), harness.now)
        assert await listed(harness) == ["Ben"]
