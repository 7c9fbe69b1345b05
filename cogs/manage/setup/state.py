"""Collects the state of a server for the cards of the setup."""

from bot.services import Services
from bot.ui.context import InteractionContext
from cogs.manage.norms.home import here
from cogs.manage.setup.here import Here, Lacks


class SetupState:
    """Reads what is stored about a server, and what Discord has said about it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def of(self, ctx: InteractionContext) -> Here:
        services, server = self._services, here(ctx)
        settings = await services.servers.settings(server)
        desk = await services.norms.drafts.desk(ctx.person, server, ctx.now)
        role = settings.adult_role
        welcomed = await services.servers.welcome.channel(server)
        return Here(
            settings,
            desk,
            self._lacks(ctx, settings.norms_channel),
            self._lacks(ctx, settings.mods_channel),
            services.servers.local.of(server),
            members=services.server_lookup.members(server),
            role_there=role is None or services.server_lookup.has_role(server, role),
            welcomed=None if self._lacks(ctx, welcomed) is None else welcomed,
        )

    def _lacks(self, ctx: InteractionContext, channel: int | None) -> Lacks:
        return None if channel is None else self._services.channel_permissions.lacks(here(ctx), channel)
