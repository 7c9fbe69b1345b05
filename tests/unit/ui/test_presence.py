"""Whether somebody is still in a server: only Discord's "unknown member" says that they left."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast
from unittest.mock import Mock

import aiohttp
import discord
import pytest

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.servers.models import NoServer
from bot.ui.membership_lookup import MembershipLookup

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
ROBIN, HERE = PersonId("robin"), ServerId(7)


def refused(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    return kind(Mock(status=status, reason="no"), {"code": code, "message": "no"})


@dataclass
class Stage:
    """A server that answers in one way, and people who hear who left."""

    error: Exception | None = None
    known: bool = True
    there: bool = True
    left: list[PersonId] = field(default_factory=list)

    def get_guild(self, _server: int) -> "Stage | None":
        return self if self.there else None

    async def fetch_member(self, _account: int) -> object:
        if self.error is not None:
            raise self.error
        return SimpleNamespace(joined_at=NOON)

    async def address(self, _person: PersonId) -> object:
        return SimpleNamespace(discord_id=1) if self.known else None

    async def leave(self, person: PersonId, _server: ServerId, _now: datetime) -> None:
        self.left.append(person)

    @property
    def presence(self) -> MembershipLookup:
        return MembershipLookup(cast(discord.Client, self), cast(People, self), lambda: NOON)

    async def asked(self) -> bool:
        return await self.presence.still_here(HERE, ROBIN)


async def test_an_unknown_member_has_left_and_their_ties_end() -> None:
    stage = Stage(refused(discord.NotFound, 404, 10007))

    assert not await stage.asked()
    assert stage.left == [ROBIN]


@pytest.mark.parametrize(
    "error",
    [
        None,
        refused(discord.NotFound, 404, 10013),
        refused(discord.NotFound, 404, 10004),
        refused(discord.Forbidden, 403, 50001),
        discord.DiscordServerError(Mock(status=503, reason="trouble"), None),
        discord.RateLimited(60),
        aiohttp.ClientOSError(104, "reset"),
        TimeoutError(),
    ],
)
async def test_any_other_answer_changes_nothing(error: Exception | None) -> None:
    stage = Stage(error)

    assert await stage.asked()
    assert stage.left == []


@pytest.mark.parametrize("stage", [Stage(known=False), Stage(there=False)])
async def test_nobody_is_asked_about_where_there_is_nobody_to_ask(stage: Stage) -> None:
    assert await stage.asked()


async def test_since_when_somebody_is_a_member_is_as_discord_says() -> None:
    assert await Stage().presence.joined_at(HERE, ROBIN) == NOON


async def test_whoever_left_is_a_member_since_never_and_their_ties_end() -> None:
    stage = Stage(refused(discord.NotFound, 404, 10007))

    with pytest.raises(NoServer):
        await stage.presence.joined_at(HERE, ROBIN)
    assert stage.left == [ROBIN]


@pytest.mark.parametrize(
    "stage", [Stage(TimeoutError()), Stage(refused(discord.NotFound, 404, 10004)), Stage(there=False)]
)
async def test_where_discord_does_not_tell_it_is_not_known(stage: Stage) -> None:
    assert await stage.presence.joined_at(HERE, ROBIN) is None
    assert stage.left == []
