"""The handlers for the welcome message, and for what moderators hear when it can't be posted."""

from msgspec.structs import replace

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.servers import notifications, posts
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from bot.ui.dm_gateway import Whisper
from cogs.manage.norms.home import here
from cogs.manage.norms.putting import Putting
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards import welcome as cards
from cogs.manage.setup.cards.part import WELCOME, Mode
from cogs.manage.setup.cards.step import step
from cogs.manage.setup.cards.summary import summary
from cogs.manage.setup.state import SetupState


class Welcoming:
    """Posts the welcome message. In the setup, it then goes on to the draft of the norms."""

    def __init__(self, services: Services, putting: Putting) -> None:
        self._services = services
        self._welcome = services.servers.welcome
        self._state = SetupState(services)
        self._putting = putting

    def register(self, services: Services) -> None:
        for verb, handler in {
            "manage.welcome": self.post,
            "manage.welcome_in": self.choose,
        }.items():
            services.router.handle(verb, handler, moderators=True)
        services.channel_gateway.renders(posts.WELCOME, self.message)
        services.channel_gateway.renders(posts.BARRED, self.notice)
        services.dm_gateway.renders(notifications.BARRED, Whisper.CHANGED)
        services.inbox.opens(notifications.BARRED, self.opened, lambda _message, _other: strings.IN_BARRED)

    async def choose(self, ctx: InteractionContext) -> None:
        """Show the step with the channel that was chosen in it."""
        channel = self._channel(ctx, ctx.chosen[0] if ctx.chosen else "")
        await self._show(ctx, _mode(ctx.argument), channel)

    async def post(self, ctx: InteractionContext) -> None:
        """Post the message, and go on: to the draft if it can be put now, otherwise to the summary."""
        server, mode = here(ctx), _mode(ctx.word)
        if not ctx.argument.isdecimal():
            raise NotYours
        channel = int(ctx.argument)
        lacks = self._services.channel_permissions.lacks(server, channel)
        if lacks is None or lacks:
            await self._show(ctx, mode, None if lacks is None else channel, cards.unposted(channel, lacks))
            return
        await self._welcome.post(server, ctx.person, channel, ctx.now)
        comes = strings.WELCOME_COMES.format(channel=wording.channel(channel))
        state = await self._state.of(ctx)
        if mode is Mode.STEP and state.ready_to_put and state.lacks == ():
            await self._putting.follow(ctx, comes)
            return
        await ctx.show(summary(self._services.library, state, comes))

    # -- in a channel ---------------------------------------------------------------------------

    async def message(self, post: ChannelPost) -> Card | None:
        """Return the message, or None in a server that removed the bot."""
        settings = await self._services.servers.settings(post.server)
        if settings.gone_at is not None:
            return None
        return cards.message(post, closed=settings.minors).within(settings.country)

    async def notice(self, post: ChannelPost) -> Card:
        return cards.barred(post).within(self._services.servers.country(post.server))

    async def opened(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        """Tell one moderator, in a direct message, that the message can't be posted."""
        if message.server is None:
            raise NotYours
        text = strings.BARRED_TEXT.format(channel=wording.channel(int(message.subject)))
        await ctx.add(Card(strings.BARRED_TITLE, text).within(self._services.servers.country(message.server)))
        await self._welcome.read(ctx.person, message.subject, ctx.now)

    # -- inside ---------------------------------------------------------------------------------

    def _channel(self, ctx: InteractionContext, chosen: str) -> int:
        permissions = self._services.channel_permissions
        if not chosen.isdecimal() or permissions.lacks(here(ctx), int(chosen)) is None:
            raise NotYours
        return int(chosen)

    async def _show(self, ctx: InteractionContext, mode: Mode, channel: int | None, notice: str = "") -> None:
        state = replace(await self._state.of(ctx), welcome_in=channel)
        await ctx.show(step(WELCOME, self._services.library, state, mode, notice))


def _mode(word: str) -> Mode:
    if word not in set(Mode):
        raise NotYours
    return Mode(word)
