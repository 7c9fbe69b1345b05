"""The friends on the wire, their server, and a clock that moves on while the bot is not running."""

import asyncio
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.crash.actors import ACTS
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, Interrupted, Life, NotOffered, Place
from tests.crash.submissions import Submissions
from tests.wire.client import Wire
from tests.wire.faults import FaultKind
from tests.wire.state import MANAGE_GUILD

NAMES = ("ana", "ben", "cleo", "dan", "eli", "fin", "gus", "hal", "ida")
MODERATOR = "mo"
SLOWEST = 0.15
"""How many seconds a slow request waits before its effect, and as long again before its answer."""
CALMS_AFTER = 2 * SLOWEST
"""After so many seconds no request of a killed bot can take effect any more."""
SLOW = {"/channels/*/messages": 0.5, "/interactions/*/*/callback": 0.05}
"""Which requests are slow, and how often."""


@dataclass
class Clock:
    """The clock of this Discord and of each bot."""

    ahead: float = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)  # noqa: TID251 - it is shared with processes


@dataclass
class Load:
    """Everything that stays while the bot is killed and started again."""

    wire: Wire
    place: Place
    accounts: dict[str, int]
    clock: Clock = field(default_factory=Clock)
    submissions: Submissions = field(default_factory=Submissions)

    @classmethod
    async def made(cls, wire: Wire, seed: int, **server_too: int) -> "Load":
        """Make the server with these friends. `server_too`: what else is chosen of it, like its id."""
        server = await wire.add_guild("the friends", **server_too)
        general = await wire.add_channel(server, "general")
        moderators = await wire.add_channel(server, "moderators")
        accounts = {name: await wire.add_person(name, guild=server, joined_at=0) for name in NAMES}
        accounts[MODERATOR] = await wire.add_person(
            MODERATOR, guild=server, joined_at=0, permissions=MANAGE_GUILD
        )
        await wire.call("seed", seed=seed)
        for path, often in SLOW.items():
            for effect in (False, True):
                await wire.fault(
                    FaultKind.SLOW, path, "POST",
                    seconds_at_most=SLOWEST, probability=often, effect=effect, times=None,
                )  # fmt: skip
        return cls(wire, Place(server, general, moderators), accounts)

    async def skip(self, seconds: float) -> None:
        """Let time pass while no bot runs, and no request of one is still under way."""
        await asyncio.sleep(CALMS_AFTER)
        self.clock.ahead += seconds
        await self.wire.move_clock(seconds)

    def life(self, chance: random.Random) -> Life:
        """Begin what the friends do during one life of the bot."""
        over = asyncio.Event()
        return Life(self.wire, over, chance, self.clock.now, self.submissions)

    def playing(self, chance: random.Random, asleep: Collection[str] = ()) -> "Playing":
        """Let all friends begin to use the bot, but for some of them."""
        life = self.life(chance)
        return Playing(
            life, [one for one in self.friends(life) if one.name not in asleep], self.accounts.values()
        )

    def friends(self, life: Life) -> list[Friend]:
        return [
            Friend(name, account, self.place, _own(life, name), moderates=name == MODERATOR)
            for name, account in self.accounts.items()
        ]


class Playing:
    """The friends, who use the bot until they are told that it has ended."""

    def __init__(self, life: Life, friends: Iterable[Friend], everyone: Collection[int]) -> None:
        self._life = life
        self._tasks = [
            asyncio.create_task(_play(one, [account for account in everyone if account != one.account]))
            for one in friends
        ]

    async def end(self) -> None:
        """Tell everybody that the bot has ended, and wait until they have noticed."""
        self._life.over.set()
        await asyncio.gather(*self._tasks)


async def _play(friend: Friend, others: list[int]) -> None:
    """Let a friend do one thing after the other, until the bot ends."""
    acts = [act for act in ACTS if friend.moderates or not act.moderators]
    weights = [_weight(act, friend) for act in acts]
    while not friend.life.over.is_set():
        [act] = friend.chance.choices(acts, weights)
        try:
            await act.play(friend, others)
        except (Interrupted, NotOffered):
            # Perhaps the bot is not connected yet, or has not told Discord its commands.
            await asyncio.sleep(0.01)


def _weight(act: Act, friend: Friend) -> int:
    return act.weight * 10 if friend.moderates and act.moderators else act.weight


def _own(life: Life, name: str) -> Life:
    """Return the life with a chance of this friend's own: what they do doesn't depend on who is faster."""
    chance = random.Random(f"{name} {life.chance.getrandbits(64)}")
    return Life(life.wire, life.over, chance, life.now, life.submissions)
