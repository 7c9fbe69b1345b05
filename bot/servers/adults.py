"""Who has the adults' role of a server, as last seen there.

Discord tells a bot without the members intent nothing when a role is given or taken. It is seen in each
interaction in the server, and in each answer of Discord about a member. In direct messages, what was seen
last counts.
"""

from collections.abc import Awaitable, Callable, Collection

from bot.ids import PersonId, ServerId
from bot.servers import adult_store
from bot.servers.errors import WithoutAdultRole
from bot.servers.models import Server
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

Settings = Callable[[Tx, ServerId], Awaitable[Server]]
"""Returns the settings of a server as of the last commit."""


class Adults:
    """Knows who may start what is for adults, where a server has a role for them."""

    def __init__(self, context: SliceContext, settings: Settings) -> None:
        self._db = context.db
        self._settings = settings

    async def seen(self, server: ServerId, person: PersonId, role: int, *, holds: bool) -> None:
        """Record whether they have the role, unless the server has chosen another one since.

        Writes only if that is new.
        """
        if await self._known(server, person) is not holds:
            await self._record(server, person, role, holds=holds)

    async def require(self, tx: Tx, server: ServerId, person: PersonId) -> None:
        """Raises WithoutAdultRole if the server has such a role, and they weren't last seen with it."""
        if (await self._settings(tx, server)).adult_role is None:
            return
        if not await adult_store.holds(tx, server, person):
            raise WithoutAdultRole

    async def without(self, tx: Tx, server: ServerId, persons: Collection[PersonId]) -> set[PersonId]:
        """Return those of these people who were last seen without the role: nothing new is asked of them.

        Somebody who wasn't seen since the role was chosen is not among them. Discord is asked about them
        before anything is sent.
        """
        if (await self._settings(tx, server)).adult_role is None:
            return set()
        return await adult_store.without(tx, server, persons)

    @reads
    async def _known(self, tx: Tx, server: ServerId, person: PersonId) -> bool | None:
        return await adult_store.holds(tx, server, person)

    @writes
    async def _record(self, tx: Tx, server: ServerId, person: PersonId, role: int, *, holds: bool) -> None:
        if (await self._settings(tx, server)).adult_role == role:
            await adult_store.keep(tx, server, person, holds=holds)
