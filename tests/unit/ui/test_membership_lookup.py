"""MembershipLookup: only Discord's "unknown member" and "unknown user" mean that somebody is gone."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.ids import PersonId, ServerId
from bot.instances.shards import EVERY_SHARD, Shards
from bot.people.service import People
from bot.servers.errors import NoServer
from bot.servers.service import Servers
from bot.ui.membership_lookup import MembershipLookup

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
ROBIN, HERE = PersonId("robin"), ServerId(7)


def refused(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    return kind(Mock(status=status, reason="no"), {"code": code, "message": "no"})


@dataclass
class OneServer:
    """A server that always answers in one way, and a People that records who left."""

    error: Exception | None = None
    known: bool = True
    there: bool = True
    left: list[PersonId] = field(default_factory=list)
    deleted: list[PersonId] = field(default_factory=list)
    role: int | None = None
    roles: tuple[int, ...] = ()
    holding: list[tuple[PersonId, bool]] = field(default_factory=list)
    shards: Shards = EVERY_SHARD
    fetched: int = 0
    unknown: bool = False
    id: int = HERE
    now: datetime = NOON

    def get_guild(self, _server: int) -> "OneServer | None":
        return self if self.there else None

    async def fetch_guild(self, server: int, *, with_counts: bool) -> "OneServer":
        assert not with_counts
        assert server == self.id
        self.fetched += 1
        if self.unknown:
            raise refused(discord.NotFound, 404, 10004)
        return self

    async def fetch_member(self, _account: int) -> object:
        if self.error is not None:
            raise self.error
        return SimpleNamespace(joined_at=NOON, get_role=lambda id: id if id in self.roles else None)

    def adult_role(self, _server: ServerId) -> int | None:
        return self.role

    @property
    def adults(self) -> "OneServer":
        return self

    async def seen(self, _server: ServerId, person: PersonId, role: int, *, holds: bool) -> None:
        assert role == self.role
        self.holding.append((person, holds))

    async def address(self, _person: PersonId) -> object:
        return SimpleNamespace(discord_id=1) if self.known else None

    async def leave(self, person: PersonId, _server: ServerId, _now: datetime) -> None:
        self.left.append(person)

    async def delete_account(self, person: PersonId, _now: datetime) -> None:
        self.deleted.append(person)

    @property
    def lookup(self) -> MembershipLookup:
        return MembershipLookup(
            cast(discord.Client, self), cast(People, self), cast(Servers, self), self.shards, lambda: self.now
        )

    async def asked(self) -> bool:
        return await self.lookup.still_here(HERE, ROBIN)


async def test_a_member_unknown_to_discord_is_recorded_as_having_left() -> None:
    server = OneServer(refused(discord.NotFound, 404, 10007))

    assert not await server.asked()
    assert server.left == [ROBIN]


async def test_somebody_whose_account_was_deleted_is_gone_from_every_server() -> None:
    server = OneServer(refused(discord.NotFound, 404, 10013))

    assert not await server.asked()
    assert (server.left, server.deleted) == ([], [ROBIN])


@pytest.mark.parametrize(
    "error",
    [
        None,
        refused(discord.NotFound, 404, 10004),
        refused(discord.Forbidden, 403, 50001),
        discord.DiscordServerError(Mock(status=503, reason="trouble"), None),
        discord.RateLimited(60),
        aiohttp.ClientOSError(104, "reset"),
        TimeoutError(),
    ],
)
async def test_any_other_answer_of_discord_means_that_somebody_is_still_here(error: Exception | None) -> None:
    server = OneServer(error)

    assert await server.asked()
    assert server.left == []


@pytest.mark.parametrize("server", [OneServer(known=False), OneServer(there=False)])
async def test_somebody_counts_as_still_here_when_discord_cannot_be_asked(server: OneServer) -> None:
    assert await server.asked()


ELSEWHERE = Shards(count=2, first=1, last=1)
"""Another process has the shard of HERE."""


async def test_discord_is_asked_about_a_server_of_another_process() -> None:
    """With its own memory alone, this process would take everybody there to be still here."""
    server = OneServer(refused(discord.NotFound, 404, 10007), there=False, shards=ELSEWHERE)

    assert not await server.asked()
    assert server.left == [ROBIN]


async def test_a_server_of_another_process_is_asked_for_once_a_minute() -> None:
    server = OneServer(there=False, shards=ELSEWHERE)
    lookup = server.lookup

    for _ in range(3):
        assert await lookup.still_here(HERE, ROBIN)
    assert server.fetched == 1
    server.now += timedelta(minutes=1)
    assert await lookup.still_here(HERE, ROBIN)
    assert server.fetched == 2


async def test_in_a_server_of_another_process_that_discord_does_not_show_somebody_is_still_here() -> None:
    assert await OneServer(there=False, shards=ELSEWHERE, unknown=True).asked()


async def test_the_date_of_joining_is_the_one_that_discord_gives() -> None:
    assert await OneServer().lookup.joined_at(HERE, ROBIN) == NOON


async def test_asking_for_the_date_of_joining_of_somebody_who_left_records_that_they_left() -> None:
    server = OneServer(refused(discord.NotFound, 404, 10007))

    with pytest.raises(NoServer):
        await server.lookup.joined_at(HERE, ROBIN)
    assert server.left == [ROBIN]


@pytest.mark.parametrize(
    "server",
    [OneServer(TimeoutError()), OneServer(refused(discord.NotFound, 404, 10004)), OneServer(there=False)],
)
async def test_the_date_of_joining_is_unknown_when_discord_does_not_tell_it(server: OneServer) -> None:
    assert await server.lookup.joined_at(HERE, ROBIN) is None
    assert server.left == []


@pytest.mark.parametrize(("roles", "holds"), [((3, 5), True), ((3,), False)])
async def test_an_answer_about_a_member_says_whether_they_have_the_adults_role(
    roles: tuple[int, ...], holds: bool
) -> None:
    server = OneServer(role=5, roles=roles)

    assert await server.asked()
    assert server.holding == [(ROBIN, holds)]


@pytest.mark.parametrize("server", [OneServer(roles=(5,)), OneServer(TimeoutError(), role=5)])
async def test_without_such_a_role_or_an_answer_nothing_is_recorded(server: OneServer) -> None:
    assert await server.asked()
    assert server.holding == []
