"""What every slice's constructor gets, besides the services that it uses."""

from msgspec import Struct

from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.outbox import Outbox
from bot.events import Events
from bot.scheduling.agenda import Agenda
from bot.storage.database import Database
from bot.vault.sealing import Vault


class SliceContext(Struct, frozen=True):
    """The database, the vault, the agenda, the outbox, the channel posts and the events."""

    db: Database
    vault: Vault
    agenda: Agenda
    outbox: Outbox
    channel_posts: ChannelPosts
    events: Events
