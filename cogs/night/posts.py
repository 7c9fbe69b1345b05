"""The message of a night in a channel."""

from bot.delivery.channel_post import ChannelPost
from bot.nights import posts
from bot.services import Services
from bot.ui.components import Card
from cogs.night.company import cards


class NightPosts:
    """Renders the message. It shows nothing any more once the night is gone."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def register(self, services: Services) -> None:
        services.channel_gateway.renders(posts.POST, self.message)

    async def message(self, post: ChannelPost) -> Card | None:
        night = await self._services.nights.posts.shown(post.subject)
        if night is None:
            return None
        return cards.post(night, post).within(self._services.servers.country(post.server))
