"""A test message in the channel for norms, to see whether messages arrive there."""

from datetime import datetime
from hashlib import sha256

from bot.delivery.channel_post import ChannelPost
from bot.delivery.error_codes import UNKNOWN_CHANNEL, hinders
from bot.delivery.outcome import Delivered, Missing, Refused, Retry
from bot.ids import ServerId
from bot.services import Services
from bot.ui.components import Card
from bot.ui.context import InteractionContext
from cogs.manage.setup import strings, wording

TEST = "servers.test"
_CANNOT = frozenset({"view_channel", "send_messages"})
_NONCE = 24
"""The length of a nonce. Discord accepts at most 25 characters."""


class Trial:
    """Sends a test message at once, not by ChannelPosts, and tells the moderator the result."""

    def __init__(self, services: Services) -> None:
        self._notices = services.channel_gateway
        self._channel_permissions = services.channel_permissions
        self._pace = services.dm_dispatcher.pace

    def register(self, services: Services) -> None:
        self._notices.renders(TEST, _card)

    async def send(self, ctx: InteractionContext, server: ServerId, channel: int) -> str:
        """Send a test message, unless Discord would surely refuse it, and return the result as a sentence."""
        lacks = self._channel_permissions.lacks(server, channel)
        if lacks is None:
            return strings.TEST_GONE
        if _CANNOT & set(lacks):
            return strings.TEST_LACKS
        await self._pace.turn()
        post = ChannelPost.to(server, channel, TEST, str(server), ctx.now)
        came = await self._notices.send(post._replace(id=_nonce(ctx, channel, ctx.now)))
        return _told(came).format(channel=wording.channel(channel))


async def _card(_post: ChannelPost) -> Card:
    return Card(strings.TEST_TITLE, strings.TEST_TEXT)


def _told(came: object) -> str:
    match came:
        case Delivered():
            return strings.TEST_CAME
        case Refused():
            return strings.TEST_NOT
        case Retry(code=code) if hinders(code):
            return strings.TEST_GONE if code == UNKNOWN_CHANNEL else strings.TEST_NOT
        case Missing():
            return strings.TEST_GONE
        case _:
            return strings.TEST_UNSURE


def _nonce(ctx: InteractionContext, channel: int, now: datetime) -> str:
    """Return a nonce.

    Two presses within the same minute get the same one, so that Discord posts one message.
    """
    card = ctx.interaction.message
    pressed = f"{0 if card is None else card.id}:{channel}:{now:%Y-%m-%dT%H:%M}"
    return sha256(pressed.encode()).hexdigest()[:_NONCE]
