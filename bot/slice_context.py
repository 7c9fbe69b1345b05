"""What every slice stands on, handed to its constructor together with the services that it uses."""

from dataclasses import dataclass

from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.outbox import Outbox
from bot.events import Events
from bot.scheduling.agenda import Agenda
from bot.storage.database import Database
from bot.vault.sealing import Vault


@dataclass(frozen=True, slots=True)
class SliceContext:
    """The database, what is due, what is to be told, what is sealed, and what others are to hear of."""

    db: Database
    vault: Vault
    agenda: Agenda
    outbox: Outbox
    channel_posts: ChannelPosts
    events: Events
