"""What happens to reminders when the bot is removed from a server, returns, or forgets the server."""

from datetime import datetime

from bot.events import ServerForgotten, ServerGone, ServerReturned
from bot.ids import ServerId
from bot.reminders import posts, store
from bot.reminders.moves import ReminderMoves
from bot.reminders.scheduled_events import ScheduledEvents
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class ReminderLifecycle:
    """Reacts to events about servers."""

    def __init__(self, context: SliceContext, moves: ReminderMoves, events: ScheduledEvents) -> None:
        self._channel_posts = context.channel_posts
        self._moves = moves
        self._events = events

    async def on_server_gone(self, tx: Tx, event: ServerGone) -> None:
        """Stop all reminders there."""
        await self._stop(tx, event.server, event.at)

    async def on_server_returned(self, tx: Tx, event: ServerReturned) -> None:
        """Schedule the reminders again from now. Discord sends the server's scheduled events again."""
        for one in await store.of_server(tx, event.server):
            await self._moves.expect(tx, one, event.at)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete every reminder of the server."""
        await self._stop(tx, event.server, event.at)
        await store.forget(tx, event.server)

    async def _stop(self, tx: Tx, server: ServerId, now: datetime) -> None:
        await self._events.stop(tx, server)
        for one in await store.of_server(tx, server):
            await self._moves.wait(tx, one, None)
            for kind in (posts.REMINDER, posts.BARRED):
                await self._channel_posts.call_off(tx, kind, one.id, now)
