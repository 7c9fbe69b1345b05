"""When a message about norms can't be shown in its channel: what moderators hear, and `Post it again`."""

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.norms import notifications, posts
from bot.services import Services
from bot.ui.components import Button, Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from cogs.manage.norms import strings
from cogs.manage.norms.home import NormsHome, here
from cogs.manage.setup.wording import channel


class Unposted:
    """The notice, in the moderators' channel or in one moderator's direct messages, and the way out."""

    def __init__(self, services: Services, home: NormsHome) -> None:
        self._services = services
        self._posting = services.norms.posting
        self._home = home

    def register(self, services: Services) -> None:
        services.channel_gateway.renders(posts.BARRED, self.notice)
        services.dm_gateway.renders(notifications.BARRED, Whisper.CHANGED)
        services.inbox.opens(notifications.BARRED, self.opened, lambda _message, _other: strings.IN_BARRED)
        services.router.handle("manage.post_again", self.post_again, moderators=True)

    async def notice(self, post: ChannelPost) -> Card:
        """Show moderators that a message about norms can't be shown in its channel."""
        row = [Button(strings.LOOK_AT_IT, to("manage.norms", post.id))]
        text = strings.BARRED_LINE.format(channel=channel(int(post.subject)))
        return Card("", text, rows=(row,)).within(self._services.servers.country(post.server))

    async def opened(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Tell one moderator, in a direct message, what can't be shown and where."""
        if message.server is None:
            raise NotYours
        text = strings.BARRED_TEXT.format(channel=channel(int(message.subject)))
        await ctx.add(Card(strings.BARRED_TITLE, text).within(self._services.servers.country(message.server)))
        await self._posting.read(ctx.person, message.subject, ctx.now)

    async def post_again(self, ctx: InteractionContext) -> None:
        """Post the version that the button names again, in the present channel for norms."""
        number = int(ctx.argument) if ctx.argument.isdecimal() else 0
        version = await self._posting.post_again(here(ctx), number, ctx.now)
        await self._home.show(ctx, strings.POSTS_AGAIN if version is not None else "")
