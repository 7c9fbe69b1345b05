"""Reminders in channels: how each looks, what `Why` shows, and the notice that one can't be posted."""

from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.errors import NotYours
from bot.reminders import notifications, posts
from bot.reminders.models import RotationTurn
from bot.reminders.queries import Ahead
from bot.services import Services
from bot.ui.components import Button, Card
from bot.ui.context import InteractionContext
from bot.ui.custom_id import to
from bot.ui.dm_gateway import Whisper
from cogs.manage.reminders import cards, look, strings
from cogs.manage.reminders.guilds import Guilds
from cogs.shared.stories.handlers import closed


class Posted:
    """Renders reminders. Each is rendered from the post's own detail, so that a second try shows the same."""

    def __init__(self, services: Services, guilds: Guilds) -> None:
        self._services = services
        self._reminders = services.reminders
        self._guilds = guilds

    def register(self, services: Services) -> None:
        services.channel_gateway.renders(posts.REMINDER, self.render)
        services.channel_gateway.renders(posts.BARRED, self.barred_post)
        services.dm_gateway.renders(notifications.BARRED, Whisper.CHANGED)
        services.inbox.opens(notifications.BARRED, self.barred, lambda _line, _other: strings.IN_BARRED)
        services.router.handle("reminders.why", self.why)

    async def render(self, post: ChannelPost) -> Card | None:
        """Return the card of a post; None if there is nothing to show any more.

        Its norm may be retired, its event cancelled or moved, or nights closed in the server.
        """
        turn = RotationTurn.read(post.detail)
        card = await self._card(post, turn)
        return None if card is None else card.within(self._services.servers.country(post.server))

    async def _card(self, post: ChannelPost, turn: RotationTurn) -> Card | None:
        if not turn.version:
            story = self._services.library.stories.get(turn.key)
            return None if story is None else closed(story, post.id)
        event = self._guilds.event(post.server, turn.event, turn.begins) if turn.event else None
        if turn.offers:
            closed_here = (await self._services.servers.settings(post.server)).minors
            return None if event is None or closed_here else look.night(turn, event, post.id)
        shown = await self._reminders.queries.norm(post.server, turn)
        if not shown.in_force or (turn.event and event is None):
            return None
        return look.norm(shown, turn, post.id, event)

    def preview(self, ahead: Ahead) -> Card:
        """Show a reminder as its next post will look."""
        turn, one = ahead.turn, ahead.shown.reminder
        story = None if turn is None else self._services.library.stories.get(turn.key)
        if turn is not None and turn.offers:
            return look.night(turn, self._event(ahead) or strings.SOME_EVENT)
        if turn is not None and ahead.norm is not None:
            return look.norm(ahead.norm, turn, event=self._event(ahead))
        if story is not None:
            return closed(story)
        return Card(strings.NOTHING_TITLE, strings.NOTHING).within(self._services.servers.country(one.server))

    def _event(self, ahead: Ahead) -> str | None:
        one, events = ahead.shown.reminder, ahead.shown.events
        if not one.kind.before_events:
            return None
        return (self._guilds.event(one.server, events[0].event) if events else None) or strings.SOME_EVENT

    async def why(self, ctx: InteractionContext) -> None:
        """Show why a norm was agreed on, to everyone in the server, even if it was retired since."""
        version, _, key = ctx.word.partition(".")
        if ctx.server is None:
            raise NotYours
        await ctx.add(look.why(await self._reminders.queries.norm(ctx.server, RotationTurn(key, version))))

    # -- what can't be posted -------------------------------------------------------------------

    async def barred_post(self, post: ChannelPost) -> Card:
        """Show, in the channel for moderators, that a reminder can't be posted."""
        row = [Button(strings.LOOK, to("manage.rem_show", post.subject, post.id))]
        card = Card("", strings.BARRED_LINE, rows=(row,))
        return card.within(self._services.servers.country(post.server))

    async def barred(self, ctx: InteractionContext, message: OutboxMessage) -> None:
        if message.server is None:
            raise NotYours
        shown = await self._reminders.queries.show(message.server, message.subject, ctx.now)
        await ctx.add(cards.barred(shown.reminder).within(self._services.servers.country(message.server)))
        await self._reminders.read(ctx.person, message.subject, ctx.now)
