"""What stands in channels about norms, rendered from what is true now."""

from bot.errors import NotYours
from bot.house import House
from bot.norms import kinds
from bot.norms.model import State
from bot.posting.post import Post
from bot.ui.look import Card
from cogs.norms.cards import post as cards


class Posts:
    """Hangs every kind of post on the notices; nothing is said where the bot is no longer."""

    def __init__(self, house: House) -> None:
        self._house = house
        house.notices.renders(kinds.BALLOT_POST, self.ballot)
        house.notices.renders(kinds.RESULT_POST, self.result)
        house.notices.renders(kinds.WAITS_POST, self.waits)

    async def ballot(self, post: Post) -> Card | None:
        try:
            put = await self._house.norms.ballots.shown(post.subject)
        except NotYours:
            return None
        return cards.ballot(put, post).within(self._country(post)) if await self._there(post) else None

    async def result(self, post: Post) -> Card | None:
        try:
            put = await self._house.norms.ballots.shown(post.subject)
        except NotYours:
            return None
        if put.ballot.state not in (State.RATIFIED, State.NOT_RATIFIED) or not await self._there(post):
            return None
        return cards.result(put, post).within(self._country(post))

    async def waits(self, post: Post) -> Card | None:
        """None once nothing waits: it may have been taken back before the line went out."""
        notes = self._house.norms.notes
        waits = await self._house.db.read(lambda tx: notes.anything_waits(tx, post.server))
        return cards.waits(post) if waits and await self._there(post) else None

    async def _there(self, post: Post) -> bool:
        return (await self._house.servers.settings(post.server)).gone_at is None

    def _country(self, post: Post) -> str | None:
        return self._house.servers.country(post.server)
