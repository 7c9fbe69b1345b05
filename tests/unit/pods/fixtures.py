"""A test harness: the real services with a real database, and people who are referred to by name."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import discord
from sqlalchemy import update

from bot.asks import timers as ask_timers
from bot.delivery import store as outbox_store
from bot.delivery.outbox import MessageState, OutboxMessage
from bot.delivery.tables import outbox
from bot.events import Event, PersonParted
from bot.ids import PersonId, ServerId
from bot.pairs import timers as pair_timers
from bot.paths import timers as path_timers
from bot.people.models import DiscordUser
from bot.pods import timers as pod_timers
from bot.pods.models import Pod, Sent
from bot.pods.notifications import JOINED
from bot.scheduling.tables import agenda
from bot.services import build_services
from bot.settings import Settings
from bot.slice_context import SliceContext
from bot.storage.tx import Tx
from bot.talks import timers as talk_timers
from bot.terms import timers as terms_timers
from bot.vault.keyring import Keyring
from bot.wiring import wire
from tests.databases import database

E = TypeVar("E", bound=Event)
PARTINGS = (
    ask_timers.PART,
    pair_timers.PART,
    path_timers.PART,
    pod_timers.PART,
    talk_timers.PART,
    terms_timers.PART,
)
HERE = ServerId(77)
NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)


@dataclass
class Harness:
    """Methods take people's names. `wait` moves `now` forward and runs the timers that are due."""

    path: Path
    ring: Keyring = field(default_factory=Keyring.fresh)
    now: datetime = NOON
    accounts: dict[str, int] = field(default_factory=dict)

    async def open(self) -> None:
        self.db = database(self.path)
        await self.db.open()
        settings = Settings(state_dir=self.path.parent)
        # The client never connects, because nothing here needs Discord.
        client = discord.Client(intents=discord.Intents(guilds=True))
        self.services = s = build_services(client, settings, self.db, self.ring, lambda: self.now)
        wire(s)
        self.context = SliceContext(self.db, s.vault, s.agenda, s.outbox, s.channel_posts, s.events)
        self.agenda, self.outbox, self.channel_posts, self.events = (
            s.agenda,
            s.outbox,
            s.channel_posts,
            s.events,
        )
        self.people, self.preferences, self.servers = s.people, s.preferences, s.servers
        self.boundaries, self.pods, self.plans, self.talks = s.boundaries, s.pods, s.plans, s.talks
        self.pairs, self.norms, self.reminders, self.insights = s.pairs, s.norms, s.reminders, s.insights
        self.asks, self.drafts, self.answering = s.asks, s.asks.drafts, s.asks.answering

    async def close(self) -> None:
        await self.db.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    def discord_user(self, name: str) -> DiscordUser:
        return DiscordUser(self.accounts.setdefault(name, 1000 + len(self.accounts)), name, HERE)

    async def person(self, name: str) -> PersonId:
        return await self.people.meet(self.discord_user(name), self.now)

    async def parted(self, one: PersonId, server: ServerId | None = None) -> None:
        """Part a person from everybody; in every server, if none is named."""
        await self.db.write(lambda tx: self.events.publish(tx, PersonParted(self.now, one, server)))

    async def ends_with(self, one: PersonId, other: PersonId) -> None:
        """Set a boundary, and let every tie between the two end now, although each has a time of its own."""
        await self.boundaries.set(one, other, self.now)
        due = update(agenda).where(agenda.c.kind.in_(PARTINGS)).values(due_at=self.now)
        await self.db.write(lambda tx: tx.execute(due))
        await self.agenda.run_due(self.now)

    def heard(self, event: type[E]) -> list[E]:
        """Return a list that collects all events of a type from now on, until a restart."""
        heard: list[E] = []

        async def hear(_tx: Tx, event: E) -> None:
            heard.append(event)

        handlers = self.events._handlers
        handlers[event] = (*handlers[event], hear)
        return heard

    async def wait(self, **span: float) -> None:
        self.now += timedelta(**span)
        await self.agenda.run_due(self.now)

    async def invite(self, by: str, whom: str) -> Sent:
        return await self.pods.invitations.invite(
            await self.person(by), HERE, self.discord_user(whom), self.now
        )

    async def pod(self, name: str) -> Pod:
        return await self.pods.show(await self.person(name), HERE, self.now)

    async def messages(self, name: str) -> list[OutboxMessage]:
        person = await self.person(name)
        return await self.db.read(lambda tx: self.outbox.listed(tx, person))

    async def deliver(self) -> None:
        """Let every direct message that waits be sent."""
        waiting = update(outbox).where(outbox.c.state == MessageState.WAITING)
        sent = waiting.values(state=MessageState.SENT, lane=None, tried_at=self.now, message_id=1)
        await self.db.write(lambda tx: tx.execute(sent))

    async def read_all(self, name: str) -> None:
        """Close each message that waits for them, as if they had opened it."""
        for message in await self.messages(name):
            await self.db.write(partial(self._close, message.subject))

    async def _close(self, subject: str, tx: Tx) -> None:
        await self.outbox.close(tx, subject, self.now)

    async def available(self, name: str) -> set[PersonId]:
        person = await self.person(name)
        found = await self.db.read(lambda tx: self.pods.available(tx, person, HERE, self.now))
        return {one.id for one in found}

    async def tie(self, owner: str, member: str, *, told: bool = True) -> str:
        """Let the member agree to be asked by the owner, and return the id of the tie.

        told: the owner has opened the message about it. Otherwise it still waits.
        """
        invitation = await self.invite(owner, member)
        tie = await self.pods.invitations.accept(await self.person(member), invitation.id, self.now)
        if told:
            await self.pods.read(tie.owner, JOINED, tie.id, self.now)
        return tie.id

    async def forget_old_messages(self, *, days: int) -> None:
        """Let so many days pass, and forget the messages that ended before."""
        self.now += timedelta(days=days)
        await self.db.write(lambda tx: outbox_store.forget(tx, self.now))


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
