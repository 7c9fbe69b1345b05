"""Which of Discord's shards this process has, and so which servers.

Discord puts each server on one shard, and sends what happens there to whichever process has that shard.
Direct messages are on shard 0.
"""

from msgspec import Struct

from bot.ids import ServerId

_TIMESTAMP_AT = 22
"""In a server's id, the bits from this one on are the time at which it was made. Discord chooses its shard by
them (discord.com/developers/docs/events/gateway#sharding-sharding-formula)."""


class Shards(Struct, frozen=True):
    """The shards from `first` to `last`, of `count` in all.

    count: None if Discord is to say how many there are. Then this process has all of them.
    """

    count: int | None = None
    first: int = 0
    last: int = 0

    @property
    def all_here(self) -> bool:
        """Whether no other process has any."""
        return self.count is None or (self.first, self.last) == (0, self.count - 1)

    @property
    def ids(self) -> list[int] | None:
        """Return the numbers of its shards; None if Discord is to say how many there are."""
        return None if self.count is None else [*range(self.first, self.last + 1)]

    def has(self, server: ServerId) -> bool:
        """Whether Discord sends what happens in this server to this process."""
        return self.count is None or self.first <= (server >> _TIMESTAMP_AT) % self.count <= self.last


EVERY_SHARD = Shards()
