"""The card `Before you set it`. Another card with `Set a boundary` leads to it as well."""

from collections.abc import Sequence

from bot.errors import NotYours
from bot.ids import PersonId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.me.boundary import cards


class BeforeBoundary:
    """Gathers what the other person can notice, from what the person who sets the boundary can see."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def card(self, ctx: InteractionContext, account: int, other: PersonId, notice: str = "") -> Card:
        if other == ctx.person:
            raise NotYours
        services, me = self._services, ctx.person
        paired, suggested = await services.pairs.queries.between(me, other)
        asks_to_talk, asked_to_talk = await services.talks.between(me, other)
        ties = cards.Ties(
            await services.pods.between(me, other, ctx.now),
            await services.asks.between.seen(me, other),
            paired,
            suggested,
            asks_to_talk,
            asked_to_talk,
        )
        name = (await self.labels(ctx, [other])).get(other, "")
        return cards.before(account, name, ties, notice)

    async def labels(self, ctx: InteractionContext, others: Sequence[PersonId]) -> dict[PersonId, str]:
        """Return what these people are called, in this server if they are in it."""
        servers = await self._services.people.servers_of(ctx.person)
        if ctx.server is not None:
            # Of several names, that in the last server is shown.
            servers = [*(server for server in servers if server != ctx.server), ctx.server]
        return await self._services.people.labels_across(ctx.person, servers, others)
