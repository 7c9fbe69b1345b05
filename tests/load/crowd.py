"""The people of the burst: adults in one server, each asker with two friends who have agreed to be asked.

They are made by the bot's own services in its database, before the program is started, and as accounts with
the same ids in the Discord of `tests/wire`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Plumbline, build
from bot.asks.models import AskKind, AskText
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.settings import Settings
from bot.storage.migrate import upgrade
from tests.wire.client import Wire

SERVER, CHANNEL = 1 << 22, 2 << 22
_ACCOUNTS = 1_000_000
_LONG_SINCE = timedelta(days=400)
_WORDS = AskText("I told a joke about her accent. " * 20, "She went quiet. " * 20, "Was it cruel? " * 5)


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who has sent an ask to one friend, and has a draft for another. These are accounts."""

    account: int
    asked: int
    other: int

    @property
    def accounts(self) -> tuple[int, int, int]:
        return self.account, self.asked, self.other


def askers(count: int) -> list[Asker]:
    firsts = range(_ACCOUNTS, _ACCOUNTS + 3 * count, 3)
    return [Asker(first, first + 1, first + 2) for first in firsts]


def dm_channel(account: int) -> int:
    return account + _ACCOUNTS


async def join(discord: Wire, crowd: Sequence[Asker]) -> None:
    """Let them join a server of this Discord."""
    await admit(discord, SERVER, CHANNEL, [account for one in crowd for account in one.accounts])


async def admit(
    discord: Wire, server: int, channel: int, accounts: Sequence[int], permissions: int = 0
) -> None:
    """Let accounts join a server, long ago, with a DM channel to the bot. The server is made if need be."""
    if server not in await discord.call("guilds"):
        await discord.add_guild(id=server)
        await discord.add_channel(server, id=channel)
    await discord.call(
        "add_people",
        people=[{"id": one, "username": name(one), "dm_channel": dm_channel(one)} for one in accounts],
    )
    joined_at = await discord.call("now") - _LONG_SINCE.total_seconds()
    members = [{"person": one, "joined_at": joined_at, "permissions": permissions} for one in accounts]
    await discord.call("add_members", guild=server, members=members)


async def prepare(state: Path, crowd: Sequence[Asker], ago: timedelta = timedelta()) -> None:
    """Make the database in which each asker has sent one ask, so long ago, and can send another."""
    bot = await opened(state, ago)
    try:
        for one in crowd:
            await _prepare(bot.services, one, bot.now())
    finally:
        await bot.db.close()


async def opened(state: Path, ago: timedelta = timedelta()) -> Plumbline:
    """Return the whole bot with its database but without Discord: no dispatcher and no Wakeup runs.

    Its clock stands still, so long ago.
    """
    now = datetime.now(UTC) - ago  # noqa: TID251 - the program that opens this file has the real clock
    bot = build(Settings(_env_file=None, state_dir=state), now=lambda: now)
    await upgrade(bot.db)
    await bot.services.servers.load()
    return bot


async def _prepare(services: Services, asker: Asker, now: datetime) -> None:
    by = await met(services, asker.account, now)
    asked, other = [await _befriended(services, by, one, now) for one in (asker.asked, asker.other)]
    await services.asks.send(by, await _drafted(services, by, asked, now), now)
    await _drafted(services, by, other, now)


async def _befriended(services: Services, by: PersonId, account: int, now: datetime) -> PersonId:
    """Let the owner of this account agree to be asked, which is old news when the program starts."""
    friend, invited = await met(services, account, now), DiscordUser(account, name(account), ServerId(SERVER))
    invitation = await services.pods.invitations.invite(by, ServerId(SERVER), invited, now)
    tie = await services.pods.invitations.accept(friend, invitation.id, now)
    await services.messages.close(by, tie.id, now)
    return friend


async def met(services: Services, account: int, now: datetime, server: int = SERVER) -> PersonId:
    """Let somebody use the bot in a server, who has a DM channel to it."""
    person = await services.people.meet(DiscordUser(account, name(account), ServerId(server)), now)
    await services.people.keep_channel(person, dm_channel(account))
    return person


async def _drafted(services: Services, by: PersonId, friend: PersonId, now: datetime) -> str:
    drafts, version = services.asks.drafts, services.library.before.version
    draft = (await drafts.begin(by, ServerId(SERVER), version, now)).ask.id
    await drafts.agree(by, draft, version, 7, now)
    await drafts.write(by, draft, AskKind.SAID, _WORDS, now)
    await drafts.pick(by, draft, [friend], now)
    return draft


def name(account: int) -> str:
    """Return the name by which an account is known."""
    return f"friend{account}"
