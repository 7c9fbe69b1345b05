"""The card `Before you set it`. Another card with `Set a boundary` leads to it as well."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.boundaries.models import Boundary
from bot.errors import NotYours
from bot.ids import PersonId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from cogs.me.boundary import cards
from cogs.me.boundary.noticing import between


class BeforeBoundary:
    """Gathers what the other person can notice, from what the person who sets the boundary can see."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def of(self, ctx: InteractionContext, other: PersonId, at: datetime) -> Card:
        """Return the card about somebody whose account isn't at hand. Raises NotYours if they are gone.

        at: the time of what led to it. It may be older than their name here.
        """
        address = await self._services.people.address(other)
        if address is None:
            raise NotYours
        return await self.card(ctx, address.discord_id, other, at=at)

    async def card(
        self,
        ctx: InteractionContext,
        account: int,
        other: PersonId,
        notice: str = "",
        at: datetime | None = None,
    ) -> Card:
        if other == ctx.person:
            raise NotYours
        ties = await between(self._services, ctx.person, other, ctx.now)
        name = (await self.labels(ctx, {other: at})).get(other, "")
        sets, untells = to("boundaries.set", str(account)), to("boundaries.untell", str(account))
        untells = untells if ties.asks.answered else ""
        return cards.before(name, ties, sets, notice=notice, untells=untells)

    async def labels_of(self, ctx: InteractionContext, own: Sequence[Boundary]) -> dict[PersonId | None, str]:
        """Return what the people are called with whom these boundaries are.

        A name that was gone is shown again some time after its owner came back, so that the boundary can be
        found and removed.
        """
        return await self.labels(ctx, {one.other: one.set_by for one in own}, ctx.now)

    async def labels(
        self,
        ctx: InteractionContext,
        others: Mapping[PersonId | None, datetime | None],
        now: datetime | None = None,
    ) -> dict[PersonId | None, str]:
        """Return what these people are called, in this server if they are in it. None is somebody unknown."""
        known = {one: at for one, at in others.items() if one is not None}
        servers = await self._services.people.servers_of(ctx.person)
        if ctx.server is not None:
            # Of several names, that in the last server is shown.
            servers = [*(server for server in servers if server != ctx.server), ctx.server]
        found = await self._services.people.labels_across(ctx.person, servers, known, now)
        return {one: found[one] for one in others if one is not None and one in found}
