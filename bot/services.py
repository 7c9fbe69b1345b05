"""The services that the bot is made of, built once at start."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import discord
from msgspec import Struct

from bot.asks.service import Asks
from bot.backups.leftovers import remove_copies
from bot.boundaries.service import Boundaries
from bot.contact.service import Contact
from bot.content.library import Library, installed
from bot.delivery.channel_dispatcher import ChannelDispatcher
from bot.delivery.channel_posts import ChannelPosts
from bot.delivery.dm_deletions import DmDeletions
from bot.delivery.dm_dispatcher import DmDispatcher
from bot.delivery.messages import Messages
from bot.delivery.outbox import Outbox
from bot.events import Events
from bot.insights.service import Insights
from bot.instances.instance import ALONE, Instance
from bot.instances.refresh import Refresh
from bot.nights.service import Nights
from bot.norms.service import Norms
from bot.pairs.service import Pairs
from bot.paths.service import Paths
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.plans.service import Plans
from bot.pods.service import Pods
from bot.privacy.service import Privacy
from bot.reminders.service import Reminders
from bot.reports.service import Reports
from bot.scheduling.agenda import Agenda
from bot.scheduling.wakeup import Timed, Wakeup
from bot.servers.service import Servers
from bot.settings import Settings
from bot.slice_context import SliceContext
from bot.storage.database import Database
from bot.storage.sweeping import Sweep
from bot.talks.service import Talks
from bot.terms.service import Terms
from bot.ui.channel_gateway import DiscordChannelGateway
from bot.ui.channel_permissions import ChannelPermissions
from bot.ui.dm_cleaner import DiscordDmCleaner
from bot.ui.dm_gateway import DiscordDmGateway
from bot.ui.follow_ups import FollowUps
from bot.ui.inbox import Inbox
from bot.ui.membership_lookup import MembershipLookup
from bot.ui.membership_sweep import MembershipSweep
from bot.ui.picture_queue import PictureQueue
from bot.ui.router import InteractionRouter
from bot.ui.server_lookup import ServerLookup
from bot.vault.deletion_log import DeletionLog
from bot.vault.keyring import Keyring
from bot.vault.replay import Replay
from bot.vault.rotation import KeyRotation
from bot.vault.sealing import Vault


class Services(Struct, frozen=True):
    """The services that cogs use. The database is not among them, so that cogs start no transactions."""

    settings: Settings
    library: Library
    vault: Vault
    key_rotation: KeyRotation
    replay: Replay
    events: Events
    agenda: Agenda
    wakeup: Wakeup
    refresh: Refresh
    outbox: Outbox
    messages: Messages
    dm_dispatcher: DmDispatcher
    channel_posts: ChannelPosts
    channel_dispatcher: ChannelDispatcher
    people: People
    preferences: Preferences
    servers: Servers
    boundaries: Boundaries
    reports: Reports
    pods: Pods
    plans: Plans
    terms: Terms
    talks: Talks
    pairs: Pairs
    paths: Paths
    nights: Nights
    asks: Asks
    norms: Norms
    insights: Insights
    reminders: Reminders
    contact: Contact
    router: InteractionRouter
    inbox: Inbox
    membership: MembershipLookup
    dm_gateway: DiscordDmGateway
    channel_gateway: DiscordChannelGateway
    channel_permissions: ChannelPermissions
    server_lookup: ServerLookup
    membership_sweep: MembershipSweep
    dm_deletions: DmDeletions
    privacy: Privacy
    pictures: PictureQueue
    follow_ups: FollowUps


def build_services(
    bot: discord.Client,
    settings: Settings,
    db: Database,
    ring: Keyring,
    now: Callable[[], datetime],
    instance: Instance = ALONE,
) -> Services:
    """Build every service with its dependencies. `bot/wiring.py` then connects events to handlers."""
    library, events = installed(), Events()
    agenda, outbox, channel_posts = Agenda(db), Outbox(), ChannelPosts()
    deletions = DeletionLog(settings.deletions_path, ring, now, settings.instance + 1)
    vault = Vault(ring, deletions)
    context = SliceContext(db, vault, agenda, outbox, channel_posts, events)

    people = People(context)
    preferences = Preferences(context, people)
    servers = Servers(context, people)
    boundaries = Boundaries(context, people)
    reports = Reports(context, people, servers, boundaries)
    pods = Pods(context, people, servers, boundaries, reports.starts)
    plans = Plans(context, people)
    terms = Terms(context, people, servers, boundaries, reports.starts.quotas)
    talks = Talks(context, people, servers, boundaries, pods, reports.starts)
    pairs = Pairs(context, people, preferences, servers, boundaries, reports.starts)
    paths = Paths(context, people, servers, boundaries, plans, reports.starts)
    nights = Nights(context, people, servers, boundaries, reports.starts)
    asks = Asks(context, people, preferences, servers, boundaries, pods, plans, reports.starts)
    norms = Norms(context, people, servers, boundaries)
    insights = Insights(context, people, servers, norms, pairs)
    reminders = Reminders(context, servers, norms, insights, tuple(library.stories))

    membership, dm_gateway, channel_gateway = (
        MembershipLookup(bot, people, servers, instance.shards, now),
        DiscordDmGateway(bot, people),
        DiscordChannelGateway(bot, now),
    )
    dm_dispatcher = DmDispatcher(
        db, outbox, dm_gateway, now, settings.requests_per_second / settings.instances,
        settings.new_dms_per_minute, still_here=membership.still_here, wait_until=preferences.wait_until,
        may_open=lambda: instance.leads,
    )  # fmt: skip
    channel_dispatcher = ChannelDispatcher(
        db, channel_posts, channel_gateway, now, dm_dispatcher.pace, servers.left_lately, instance.shards
    )
    dm_deletions = DmDeletions(
        db, vault, agenda, DiscordDmCleaner(bot), people.dm_channel_of, dm_dispatcher.pace
    )
    refresh = Refresh(now, (servers.load, nights.standing_by.refresh))
    timed: list[Timed] = [
        dm_dispatcher, channel_dispatcher, nights.standing_by, Sweep(db, partial(remove_copies, settings)),
        *((refresh,) if db.shared else ()),
    ]  # fmt: skip
    checked_daily = (
        people.to_check,
        asks.people_in_open,
        pairs.queries.people_in_open,
        pods.people,
        paths.queries.people_in_open,
        terms.queries.people_in_open,
        nights.queries.people_in_open,
    )
    return Services(
        settings=settings, library=library, vault=vault, key_rotation=KeyRotation(db, vault, agenda),
        replay=Replay(db, vault, deletions), events=events, agenda=agenda,
        wakeup=Wakeup(agenda, now, timed),
        refresh=refresh, outbox=outbox, messages=Messages(db, outbox), dm_dispatcher=dm_dispatcher,
        channel_posts=channel_posts, channel_dispatcher=channel_dispatcher,
        people=people, preferences=preferences, servers=servers, boundaries=boundaries, reports=reports,
        pods=pods, plans=plans, terms=terms, talks=talks, pairs=pairs, paths=paths, nights=nights, asks=asks,
        norms=norms, insights=insights, reminders=reminders, contact=Contact(context),
        router=InteractionRouter(people, servers, now, library.longest), inbox=Inbox(), membership=membership,
        dm_gateway=dm_gateway, channel_gateway=channel_gateway, channel_permissions=ChannelPermissions(bot),
        server_lookup=ServerLookup(bot, servers.names),
        membership_sweep=MembershipSweep(
            db, agenda, dm_dispatcher.pace, membership.check, checked_daily
        ),
        dm_deletions=dm_deletions, privacy=Privacy(context, people, dm_deletions),
        pictures=PictureQueue(), follow_ups=FollowUps(),
    )  # fmt: skip
