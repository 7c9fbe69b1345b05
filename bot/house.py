"""Everything that the bot is made of, by name; built once, in `app.py`, and handed to the cogs."""

from dataclasses import dataclass

from bot.asks.answering import Answering
from bot.asks.drafts import Drafts
from bot.asks.service import Asks
from bot.boundaries.service import Boundaries
from bot.contact.service import Contact
from bot.delivery.courier import Courier
from bot.delivery.outbox import Outbox
from bot.guidance.library import Library
from bot.insights.service import Insights
from bot.norms.service import Norms
from bot.pairs.service import Pairs
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.plans.service import Plans
from bot.pods.service import Pods
from bot.posting.board import Board
from bot.posting.poster import Poster
from bot.reminders.service import Reminders
from bot.servers.service import Servers
from bot.settings import Settings
from bot.storage.database import Database
from bot.talks.service import Talks
from bot.timing.agenda import Agenda
from bot.timing.alarm import Alarm
from bot.ui.door import Door
from bot.ui.footing import Footing
from bot.ui.inbox import Inbox
from bot.ui.notices import Notices
from bot.ui.presence import Presence
from bot.ui.roll_call import RollCall
from bot.ui.sender import Sender
from bot.vault.sealing import Vault


@dataclass(frozen=True, slots=True)
class House:
    """The services of one running bot."""

    settings: Settings
    library: Library
    db: Database
    vault: Vault
    agenda: Agenda
    alarm: Alarm
    outbox: Outbox
    courier: Courier
    board: Board
    poster: Poster
    people: People
    preferences: Preferences
    servers: Servers
    boundaries: Boundaries
    pods: Pods
    drafts: Drafts
    asks: Asks
    answering: Answering
    plans: Plans
    talks: Talks
    pairs: Pairs
    norms: Norms
    reminders: Reminders
    insights: Insights
    contact: Contact
    door: Door
    inbox: Inbox
    presence: Presence
    sender: Sender
    notices: Notices
    footing: Footing
    roll_call: RollCall
