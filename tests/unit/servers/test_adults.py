"""The role of a server's adults: who can start something, as they were last seen there."""

from collections.abc import Awaitable, Callable

import pytest
from msgspec.structs import replace

from bot.people.models import DiscordUser
from bot.servers.errors import WithoutAdultRole
from bot.servers.models import FEWEST, MOST, Ratifying, Server
from tests.unit.pods.fixtures import HERE, Harness

ROLE = 500


async def choose(harness: Harness, role: int | None) -> None:
    mo = await harness.person("mo")
    await harness.servers.change(HERE, mo, harness.now, {"adult_role": role})


async def seen(harness: Harness, name: str, *, holds: bool) -> None:
    await harness.servers.adults.seen(HERE, await harness.person(name), ROLE, holds=holds)


async def may_start(harness: Harness, name: str) -> bool:
    person = await harness.person(name)
    try:
        await harness.db.read(lambda tx: harness.servers.require_adult(tx, person, HERE))
    except WithoutAdultRole:
        return False
    return True


async def test_without_such_a_role_everybody_can_start_something(harness: Harness) -> None:
    await seen(harness, "ana", holds=False)

    assert await may_start(harness, "ana")


async def test_with_it_only_people_last_seen_with_it_can(harness: Harness) -> None:
    await choose(harness, ROLE)
    for name, holds in (("ana", True), ("ben", False)):
        await seen(harness, name, holds=holds)

    assert [await may_start(harness, name) for name in ("ana", "ben", "cleo")] == [True, False, False]

    await seen(harness, "ana", holds=False)
    await seen(harness, "ben", holds=True)
    assert [await may_start(harness, name) for name in ("ana", "ben")] == [False, True]


async def test_what_was_seen_outlasts_a_restart_and_goes_when_another_role_is_chosen(
    harness: Harness,
) -> None:
    await choose(harness, ROLE)
    await seen(harness, "ana", holds=True)
    await harness.restart()
    await harness.servers.load()

    assert await may_start(harness, "ana")
    assert harness.servers.adult_role(HERE) == ROLE

    await choose(harness, ROLE + 1)
    assert not await may_start(harness, "ana")
    await choose(harness, None)
    assert await may_start(harness, "ana")


async def test_the_role_of_somebody_who_left_is_forgotten(harness: Harness) -> None:
    await choose(harness, ROLE)
    await seen(harness, "ana", holds=True)
    await harness.people.leave(await harness.person("ana"), HERE, harness.now)

    assert not await may_start(harness, "ana")


async def _ask(harness: Harness) -> object:
    return await harness.drafts.begin(await harness.person("ana"), HERE, 1, harness.now)


async def _invite(harness: Harness) -> object:
    user = DiscordUser(4321, "Dee", HERE)
    return await harness.pods.invitations.invite(await harness.person("ana"), HERE, user, harness.now)


async def _talk(harness: Harness) -> object:
    return await harness.talks.look(await harness.person("ana"), HERE, harness.now)


@pytest.mark.parametrize("start", [_ask, _invite, _talk])
async def test_an_ask_an_invitation_and_a_talk_are_refused_without_it(
    harness: Harness, start: Callable[[Harness], Awaitable[object]]
) -> None:
    await choose(harness, ROLE)
    await seen(harness, "ana", holds=False)

    with pytest.raises(WithoutAdultRole):
        await start(harness)

    await seen(harness, "ana", holds=True)
    await start(harness)


async def test_losing_the_role_leaves_the_pod_as_it_is_and_nobody_new_is_asked(harness: Harness) -> None:
    ana, ben = await harness.person("ana"), await harness.person("ben")
    sent = await harness.pods.invitations.invite(ana, HERE, harness.discord_user("ben"), harness.now)
    await harness.pods.invitations.accept(ben, sent.id, harness.now)
    await choose(harness, ROLE)
    await seen(harness, "ana", holds=True)

    async def available() -> list[object]:
        found = await harness.db.read(lambda tx: harness.pods.available(tx, ana, HERE, harness.now))
        return [one.id for one in found]

    assert await available() == [ben], "Ben wasn't seen yet: Discord is asked about him before he is asked"
    await seen(harness, "ben", holds=False)
    assert await available() == []
    assert [tie.member for tie in (await harness.pods.show(ana, HERE, harness.now)).members] == [ben]
    assert [tie.owner for tie in (await harness.pods.show(ben, HERE, harness.now)).owners] == [ana]
    await seen(harness, "ben", holds=True)
    assert await available() == [ben]


async def test_a_server_that_forgets_forgets_its_role_too(harness: Harness) -> None:
    await choose(harness, ROLE)
    await seen(harness, "ana", holds=True)
    await harness.servers.left(HERE, harness.now)
    await harness.wait(days=31)

    assert await harness.servers.settings(HERE) == Server(HERE)
    await harness.servers.keep(replace(Server(HERE), adult_role=ROLE))
    assert not await may_start(harness, "ana")


@pytest.mark.parametrize(
    ("members", "least"),
    [(None, FEWEST), (3, FEWEST), (25, FEWEST), (26, 6), (120, 24), (150, MOST), (4_000, MOST)],
)
def test_the_threshold_follows_the_size_of_the_server_between_two_bounds(
    members: int | None, least: int
) -> None:
    assert Ratifying().least_of(members) == least
    assert Ratifying(least=3).least_of(members) == 3


async def test_a_role_that_the_server_has_replaced_counts_for_nothing(harness: Harness) -> None:
    """Another process may have replaced it a moment ago, and this one may not know that yet."""
    await choose(harness, ROLE)
    await choose(harness, ROLE + 1)
    await seen(harness, "ana", holds=True)

    assert not await may_start(harness, "ana")
