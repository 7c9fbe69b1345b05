"""A Discord for failpoints, as the two gateways see it. It is copied with all that it has accepted."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.delivery.channel_gateway import TalkPage
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, SearchPage
from bot.ids import PersonId, ServerId


def _nowhere(_point: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """One accepted message. `row` is the id of the outbox message or the post that it shows."""

    id: int
    row: str
    edits: int = 0


@dataclass
class Discord:
    """A DmGateway and a ChannelGateway. It has forgotten each nonce by the next try: the search must do."""

    sent: dict[int, Sent] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    open_channels: set[str] = field(default_factory=set)
    reach: Callable[[str], None] = _nowhere

    def __deepcopy__(self, _memo: object) -> "Discord":
        return replace(
            self, sent=dict(self.sent), deleted=set(self.deleted), open_channels=set(self.open_channels),
            reach=_nowhere,
        )  # fmt: skip

    # -- direct messages ------------------------------------------------------------------------

    async def reaches(self, person: PersonId) -> bool:
        return person in self.open_channels

    async def open(self, person: PersonId) -> None:
        self.reach("before opening a DM channel")
        self.open_channels.add(person)
        self.reach("after opening a DM channel")

    async def whisper(self, message: OutboxMessage) -> Delivered:
        return self._accept(message.id)

    async def close(self, message: OutboxMessage) -> Delivered:
        assert message.message_id is not None
        return self._edit(message.message_id)

    # -- posts ----------------------------------------------------------------------------------

    async def shows(self, post: ChannelPost) -> bool:
        return True

    async def send(self, post: ChannelPost) -> Delivered:
        return self._accept(post.id)

    async def edit(self, post: ChannelPost) -> Delivered:
        assert post.message_id is not None
        return self._edit(post.message_id)

    async def delete(self, channel: int, message_id: int) -> Delivered:
        self.reach("before a deletion")
        if message_id in self.sent:
            self.deleted.add(self.sent.pop(message_id).row)
        self.reach("a deletion took effect")
        return self._answer("a deletion", message_id)

    async def spoken(self, post: ChannelPost, before: int | None = None) -> TalkPage:
        return TalkPage(100, None)

    # -- both -----------------------------------------------------------------------------------

    async def find(
        self, item: OutboxMessage | ChannelPost, before: int | None = None
    ) -> Delivered | SearchPage:
        self.reach("before a search")
        found = [one.id for one in self.sent.values() if one.row == item.id]
        self.reach("after a search")
        return Delivered(found[0]) if found else SearchPage()

    def _accept(self, row: str) -> Delivered:
        self.reach("before a message")
        id = len(self.sent) + len(self.deleted) + 1
        self.sent[id] = Sent(id, row)
        self.reach("a message took effect")
        return self._answer("a message", id)

    def _edit(self, id: int) -> Delivered:
        self.reach("before an edit")
        self.sent[id] = replace(self.sent[id], edits=self.sent[id].edits + 1)
        self.reach("an edit took effect")
        return self._answer("an edit", id)

    def _answer(self, what: str, id: int) -> Delivered:
        answer = Delivered(id)
        self.reach(f"{what} was answered")
        return answer


async def everybody_is(_server: ServerId, _person: PersonId) -> bool:
    return True
