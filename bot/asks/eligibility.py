"""Whom an asker can ask, and how long those asked have."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from bot.asks import recipient_store, wait
from bot.asks.models import Ask, AskState
from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.pods.service import Pods
from bot.servers.models import NewHere
from bot.servers.service import Servers
from bot.storage.tx import Tx


class Around(Enum):
    """Whether somebody of the pod can be asked. That somebody rests must not look like that they left."""

    SOMEONE = "someone"
    AWAY = "away"
    NOBODY = "nobody"
    """Nobody has agreed to be asked yet."""


class AskEligibility:
    """The people around an ask."""

    def __init__(self, people: People, servers: Servers, pods: Pods) -> None:
        self._people = people
        self._servers = servers
        self._pods = pods

    async def long_enough(self, tx: Tx, server: ServerId, joined_at: datetime | None, now: datetime) -> None:
        """Raises NewHere for a new member; where nobody knows since when they are one, nobody waits."""
        if joined_at is not None:
            may_at = (await self._servers.get(tx, server)).may_start_at(joined_at)
            if now < may_at:
                raise NewHere(may_at)

    async def around(self, tx: Tx, owner: PersonId, server: ServerId, now: datetime) -> Around:
        """Whether anybody of their pod can be asked."""
        if await self._pods.available(tx, owner, server, now):
            return Around.SOMEONE
        return Around.AWAY if await self._pods.anyone(tx, owner, server) else Around.NOBODY

    async def able(self, tx: Tx, ask: Ask, now: datetime) -> list[tuple[PersonId, str]]:
        """Who can be asked now, by name: nobody with whom an ask is open, nor whom this one asked already."""
        can = await self.whom(tx, ask, now)
        names = await self._people.names(tx, ask.server, can)
        return [(one, names[one]) for one in can if one in names]

    async def whom(self, tx: Tx, ask: Ask, now: datetime) -> list[PersonId]:
        """The same people, without their names."""
        taken = await recipient_store.busy_with(tx, ask.asker)
        if ask.state is not AskState.DRAFT:
            taken |= {one.answerer for one in await recipient_store.of(tx, ask.id)}
        return [one for one in await self._pods.available(tx, ask.asker, ask.server, now) if one not in taken]

    async def end(self, tx: Tx, ask: Ask, now: datetime) -> datetime:
        """When a wait that begins now ends, as it is shown: nobody's quiet hours can be read from it."""
        return wait.ends(ask.wait, now, (await self._people.get(tx, ask.asker)).tz)

    async def longer(self, tx: Tx, ask: Ask, now: datetime) -> datetime:
        """When the next wait of the same kind would end: the next such time after this one's."""
        return await self.end(tx, ask, max(now, ask.ends_at or now))

    async def after_quiet(self, tx: Tx, asked: Sequence[PersonId], end: datetime) -> datetime:
        """When it truly ends: where that is in quiet hours of one of these, two hours after them."""
        people = await self._people.these(tx, asked)
        quiet = [people[one].quiet_until(end) for one in asked]
        return max([end, *(until + wait.AFTER_QUIET for until in quiet if until is not None)])

    async def short(self, tx: Tx, ask: Ask, now: datetime) -> bool:
        """Whether too little of its wait is left for somebody who is asked only now."""
        zone = (await self._people.get(tx, ask.asker)).tz
        return ask.ends_at is None or wait.counted(now, ask.ends_at, zone) < wait.AT_LEAST
