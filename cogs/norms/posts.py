"""The messages about norms in channels, rendered from the current state."""

from bot.delivery.channel_post import ChannelPost
from bot.errors import NotYours
from bot.norms import posts
from bot.norms.models import VersionState
from bot.services import Services
from bot.ui.components import Card
from cogs.norms.cards import post as cards


class NormPosts:
    """Registers the renderer of each kind of post. It renders nothing for a server that removed the bot."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def register(self, services: Services) -> None:
        services.channel_gateway.renders(posts.BALLOT, self.ballot)
        services.channel_gateway.renders(posts.RESULT, self.result)
        services.channel_gateway.renders(posts.WAITS, self.nothing)

    async def ballot(self, post: ChannelPost) -> Card | None:
        try:
            put = await self._services.norms.queries.shown(post.subject)
        except NotYours:
            return None
        return cards.ballot(put, post).within(self._country(post)) if await self._there(post) else None

    async def result(self, post: ChannelPost) -> Card | None:
        try:
            put = await self._services.norms.queries.shown(post.subject)
        except NotYours:
            return None
        if put.ballot.state not in (
            VersionState.RATIFIED,
            VersionState.NOT_RATIFIED,
        ) or not await self._there(post):
            return None
        return cards.result(put, post).within(self._country(post))

    async def nothing(self, _post: ChannelPost) -> Card | None:
        """Show nothing for a kind that is only taken down."""
        return None

    async def _there(self, post: ChannelPost) -> bool:
        return (await self._services.servers.settings(post.server)).gone_at is None

    def _country(self, post: ChannelPost) -> str | None:
        return self._services.servers.country(post.server)
