"""People who never used the bot and whom others named: what is kept of them goes when nothing names them."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from bot.ids import PersonId, ServerId
from bot.people import stranger_store
from bot.slice_context import SliceContext
from bot.storage.transaction import writes
from bot.storage.tx import Tx
from bot.vault.sealing import PERSON_CASE, Vault

SWEEP, ALL = "people.strangers", "all"
"""The subject of the timer is ALL, or the last person whom the sweep has looked at."""
EVERY, SOON = timedelta(days=1), timedelta(seconds=1)
AT_ONCE = 200
"""How many people are looked at in one transaction."""


class Named(Struct, frozen=True):
    """Which of some people a slice names.

    known: those whose account must be recognised.
    called: those whose name may be shown, each with the server, or with None if it may be shown in any.
    """

    known: frozenset[PersonId] = frozenset()
    called: frozenset[tuple[ServerId | None, PersonId]] = frozenset()

    @classmethod
    def here(cls, found: Collection[tuple[ServerId, PersonId]]) -> "Named":
        """Name these people, each in a server in which their name may be shown."""
        return cls(frozenset(person for _, person in found), frozenset(found))


Naming = Callable[[Tx, Collection[PersonId], datetime], Awaitable[Named]]
"""Returns which of these people a slice names."""


class Strangers:
    """Deletes, once a day, names and reserved ids to which no slice refers any more."""

    def __init__(self, context: SliceContext) -> None:
        self._db = context.db
        self._agenda = context.agenda
        self._vault: Vault = context.vault
        self._namings: Sequence[Naming] = ()

    def named_by(self, *namings: Naming) -> None:
        """Register the slices in which somebody can name an account that never used the bot."""
        self._namings = namings

    @writes
    async def start(self, tx: Tx, now: datetime) -> None:
        """Schedule the first sweep, unless that was done before."""
        if await self._agenda.due_at(tx, SWEEP, ALL) is None:
            await self._agenda.put(tx, SWEEP, ALL, now + EVERY)

    async def sweep(self, tx: Tx, subjects: Sequence[str], now: datetime) -> None:
        """Look at the next people, and go on soon if there are more."""
        for subject in subjects:
            if subject == ALL:
                await self._agenda.put(tx, SWEEP, ALL, now + EVERY)
            page = await stranger_store.page(tx, "" if subject == ALL else subject, AT_ONCE)
            await self._let_go(tx, page, now)
            if len(page) == AT_ONCE:
                await self._agenda.put(tx, SWEEP, page[-1], now + SOON)

    async def _let_go(self, tx: Tx, persons: Sequence[PersonId], now: datetime) -> None:
        named = [await naming(tx, persons, now) for naming in self._namings]
        known = {one for of in named for one in of.known}
        called = {one for of in named for one in of.called}
        nameless = await self._forget_names(tx, persons, called)
        gone = [one for one in persons if one not in known]
        await stranger_store.remove(tx, gone)
        for person in nameless:
            await self._vault.drop(tx, PERSON_CASE + person)

    async def _forget_names(
        self, tx: Tx, persons: Sequence[PersonId], called: Collection[tuple[ServerId | None, PersonId]]
    ) -> set[PersonId]:
        """Delete the names that nobody is shown. Return the strangers who have no name any more."""
        names = await stranger_store.names_given(tx, persons)
        kept = {(server, one) for server, one in names if (None, one) in called or (server, one) in called}
        await stranger_store.forget_names(tx, set(names) - kept)
        return await stranger_store.strangers_among(tx, persons) - {one for _, one in kept}
