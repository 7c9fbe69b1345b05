"""What happens to votes and notes when people part or leave, and to norms when a server is forgotten."""

from bot.events import BoundarySet, PersonParted, ServerForgotten
from bot.norms import note_store, posts, stand_store, store
from bot.norms.moderator_inbox import ModeratorInbox
from bot.norms.queries import NormQueries
from bot.slice_context import SliceContext
from bot.storage.tx import Tx


class NormLifecycle:
    """Reacts to events about people and servers."""

    def __init__(self, context: SliceContext, queries: NormQueries, inbox: ModeratorInbox) -> None:
        self._channel_posts = context.channel_posts
        self._queries = queries
        self._inbox = inbox

    async def on_parted(self, tx: Tx, event: PersonParted) -> None:
        """If a person left, delete their votes and what they wrote, and stop their reading as a moderator."""
        if event.other is not None:
            return
        await self._uncount(tx, event)
        written = await note_store.of_author(tx, event.person, event.server)
        read = await note_store.read_where(tx, event.person, event.server)
        await self._inbox.remove(tx, written, event.at)
        await note_store.reads_no_more(tx, event.person, event.server)
        for server in read:
            await self._inbox.settle(tx, server, [event.person], event.at)

    async def on_boundary(self, tx: Tx, event: BoundarySet) -> None:
        """Untick the other person as a reader of the drafts of notes. The author can tick them again."""
        await note_store.untick(tx, event.owner, event.other)

    async def on_server_forgotten(self, tx: Tx, event: ServerForgotten) -> None:
        """Delete all norms of the server, and the answers to them."""
        await self._inbox.remove(tx, await note_store.of_server(tx, event.server), event.at)
        await store.forget(tx, event.server)

    async def _uncount(self, tx: Tx, event: PersonParted) -> None:
        """Delete their answers. The messages that counted them as in are edited, and no others."""
        said = await stand_store.counting(tx, event.person, event.server)
        await stand_store.leave(tx, event.person, event.server)
        for id in said:
            version = await store.get(tx, id)
            if version is not None and await self._queries.stands(tx, version):
                await self._channel_posts.renew(tx, posts.BALLOT, id, event.at)
