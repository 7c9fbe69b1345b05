"""One row of everything in one server, made by the services that people use."""

from datetime import UTC, datetime, timedelta
from functools import partial

from bot.asks.models import Answer, AskKind, AskText
from bot.delivery import outcome_store
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outcome import Refused
from bot.ids import PersonId, ServerId
from bot.insights.models import REMINDERS
from bot.nights.models import NightCard
from bot.norms.models import Norm
from bot.norms.note import NoteKind
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import PairText as Aims
from bot.pairs.schedule import Cadence, PairSchedule
from bot.paths.commitment import About
from bot.paths.request import RequestKind
from bot.paths.schedule import MeetingSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind, ScheduledEvent
from bot.reports.models import PassageKind
from bot.servers import adult_store, name_store
from bot.servers.models import LocalLine
from bot.services import Services
from bot.storage.tx import Tx
from bot.talks.models import Reply
from bot.terms.models import Outcome, TermsText, Want
from tests.system.fixtures import Harness

CHANNEL = 4000
TERMS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
AIMS = Aims("what I work on", "what you may see", "what you may say", "UTC")


class Filled:
    """Friends of one server, whose account ids start at `first`; `fill` makes one of everything."""

    def __init__(self, harness: Harness, server: ServerId, first: int) -> None:
        self._harness = harness
        self._server = server
        self._first = first
        self._people: dict[str, PersonId] = {}
        self._asking = ""

    @property
    def _services(self) -> Services:
        return self._harness.services

    @property
    def _now(self) -> datetime:
        self._harness.now += timedelta(seconds=1)
        return self._harness.now

    def discord_user(self, name: str) -> DiscordUser:
        names = ("ana", "bo", "cy", "dee", "mo", "stranger")
        return DiscordUser(self._first + names.index(name), f"{name} of {self._first}", self._server)

    async def begin(self) -> None:
        """Make what is needed to count a month: settings, and something to count."""
        for name in ("ana", "bo", "cy", "dee", "mo"):
            self._people[name] = await self._services.people.meet(self.discord_user(name), self._now)
        services, now, mo = self._services, self._now, self._people["mo"]
        await services.servers.change(self._server, mo, now, {"country": "ie", "norms_channel": CHANNEL})
        await services.servers.seen_moderating(self._server, mo, now)
        line = LocalLine(f"local{self._first}", "A house", "at the corner", "anyone")
        await services.servers.local.write(self._server, mo, line, now, again=False)

    async def pair(self) -> str:
        """Make a pair that runs and has a check-in on Sunday."""
        ana, bo = self._people["ana"], self._people["bo"]
        proposals = self._services.pairs.proposals
        id = (await proposals.begin(ana, self._server, TERMS, self.discord_user("bo"), self._now)).pair.id
        await proposals.write(ana, id, AIMS, "UTC")
        await proposals.send(ana, id, self._now)
        await proposals.write(bo, id, AIMS, "UTC")
        await proposals.send(bo, id, self._now)
        return id

    async def path(self) -> None:
        """Make a path of Ana's with two companions, a meeting on Sunday, and a request."""
        paths, ana = self._services.paths, self._people["ana"]
        id = (await paths.start(ana, self._server, self._now)).id
        await paths.commitments.add(ana, id, About.EVENTS, "no parties", self._now)
        for name in ("bo", "cy"):
            sent = await paths.invitations.invite(ana, id, self.discord_user(name), self._now)
            await paths.invitations.accept(self._people[name], sent.id, None, self._now)
        meets = MeetingSchedule("UTC", Cadence.FORTNIGHT, 6, 15 * 60)
        await paths.steps.go_on(ana, id, meets, self._now)
        await paths.requests.enter(
            self._people["bo"], id, RequestKind.DISTANCE, "please keep away", self._now
        )
        await paths.invitations.invite(ana, id, self.discord_user("stranger"), self._now)

    async def fill(self, pair: str) -> None:
        await self._pods()
        await self._pair(pair)
        await self._ask()
        await self._norms()
        await self._reminders()
        services, ana, now = self._services, self._people["ana"], self._now
        talk = (await services.talks.ask(ana, self._server, self._people["cy"], now)).talk
        assert talk is not None
        await services.talks.answer(self._people["cy"], talk.current.id, Reply.TOMORROW, now)
        await services.boundaries.add(ana, self.discord_user("dee"), now)
        await services.contact.remind(ana, now)
        await self._harness.bot.db.write(lambda tx: adult_store.keep(tx, self._server, ana, holds=True))
        await self._harness.bot.db.write(lambda tx: name_store.keep(tx, {self._server: "somewhere"}))
        await self._night()
        await self._report()
        await self._terms()

    async def _pods(self) -> None:
        ana, pods = self._people["ana"], self._services.pods
        for name in ("bo", "cy"):
            sent = await pods.invitations.invite(ana, self._server, self.discord_user(name), self._now)
            await pods.invitations.accept(self._people[name], sent.id, self._now)
        await pods.invitations.invite(ana, self._server, self.discord_user("stranger"), self._now)

    async def _pair(self, id: str) -> None:
        """Share a note and suggest another schedule."""
        ana, pairs = self._people["ana"], self._services.pairs
        check_in = (await pairs.queries.show(ana, id, self._now)).open_check_in
        assert check_in is not None
        await pairs.check_ins.mark(ana, check_in.id, CheckInStatus.HARD, self._now)
        await pairs.check_ins.note(ana, check_in.id, "a note", self._now)
        await pairs.check_ins.share(ana, check_in.id, self._now)
        await pairs.changes.begin(ana, id, self._now)
        await pairs.changes.choose(ana, id, PairSchedule(Cadence.MONTHLY, 3, 600, 12), self._now)
        await pairs.changes.put(ana, id, self._now)

    async def _ask(self) -> None:
        """Make an answered ask with a plan, and the draft of another ask, with its message."""
        services, ana, bo, server = self._services, self._people["ana"], self._people["bo"], self._server
        id = (await services.asks.drafts.begin(ana, server, 1, self._now)).ask.id
        await services.asks.drafts.agree(ana, id, 1, 7, self._now)
        await services.asks.drafts.write(ana, id, AskKind.SAID, AskText("what", "felt", "asking"), self._now)
        await services.asks.drafts.pick(ana, id, [bo], self._now)
        [asked] = (await services.asks.send(ana, id, self._now)).asked
        self._asking = asked.asking.id
        await services.asks.answering.read(bo, asked.asking.id)
        await services.asks.answering.answer(bo, asked.asking.id, Answer("impact", "step", "", ""), self._now)
        plan = await services.plans.write(ana, id, "leave early", self._now)
        await services.plans.choose(ana, plan.plan.id, 3, self._now)
        await services.asks.drafts.begin(ana, server, 1, self._now, "a message")

    async def _terms(self) -> None:
        """Let one person carry what another wants, and say how it went; a third is asked by somebody else."""
        terms, ana, bo, server = self._services.terms, self._people["ana"], self._people["bo"], self._server
        view = await terms.keep(ana, TermsText.of([Want.CONTACT], "not at the parties"), self._now)
        asked = await terms.carriers.ask(ana, server, self.discord_user("bo"), self._now)
        await terms.carrying.accept(bo, asked.carrying.id, self._now)
        await terms.carriers.let(ana, asked.carrying.id, view.own.written, self._now)
        await terms.carrying.read(bo, asked.carrying.id, self._now)
        await terms.carrying.say(bo, asked.carrying.id, Outcome.PARTLY, self._now)
        await terms.keep(bo, TermsText.of([Want.NOTHING], "only for me"), self._now)
        await terms.carriers.ask(bo, server, self.discord_user("cy"), self._now)

    async def _night(self) -> None:
        """Let a night begin in which one friend looks out for another, who calls for a hand."""
        nights, server, ana, bo = self._services.nights, self._server, self._people["ana"], self._people["bo"]
        begins = self._now.replace(minute=0, second=0) - timedelta(hours=1)
        ends = (begins + timedelta(hours=7)).time()
        view = await nights.plan(ana, server, "UTC", begins.date(), begins.time(), ends, self._now)
        place = view.member.id
        await nights.cards.write(ana, place, NightCard("three beers", "loud", "come", "bus"), self._now)
        await nights.cards.keep(ana, place, self._now)
        await nights.company.invite(ana, place, self.discord_user("bo"), self._now)
        await nights.company.invite(ana, place, self.discord_user("cy"), self._now)
        await nights.company.post(ana, place, CHANNEL, self._now)
        [invited] = await nights.company.waiting(bo, self._now)
        theirs = await nights.company.accept(bo, invited.member.id, self._now)
        asked = await nights.looking.wish(ana, place, theirs.member.id, self._now)
        await nights.looking.accept(bo, asked.look_out[0].id, self._now)
        await nights.during.call(ana, place, self._now)

    async def _report(self) -> None:
        """Let a friend report the answered ask to the moderator, who bars its author alone."""
        reports, bo, mo = self._services.reports, self._people["bo"], self._people["mo"]
        id = (await reports.begin(bo, PassageKind.ASK, self._asking, self._now)).report.id
        await reports.write(bo, id, "a reason", self._now)
        await reports.send(bo, id, self._now)
        await reports.bars.propose_from(mo, self._server, id, "a reason for a bar", self._now)

    async def _norms(self) -> None:
        """Make a version in force, one proposed, one drafted, and a concern that waits."""
        services, mo, ana, server = self._services, self._people["mo"], self._people["ana"], self._server
        for number, direct in ((1, True), (2, False)):
            norms = [Norm("kind", "AskKind", f"Be kind, {number}.")]
            await services.norms.drafts.adopt(mo, server, norms, self._now)
            version = await services.norms.ballots.put(mo, server, self._now, direct=direct)
            await services.norms.ballots.be_in(ana, version.id, self._now)
        await services.norms.drafts.adopt(mo, server, [Norm("calm", "Calm", "Be calm.")], self._now)
        note = (
            await services.norms.notes.begin(ana, server, NoteKind.CONCERN, version.id, self._now)
        ).note.id
        await services.norms.notes.write(ana, note, "a concern", self._now)
        await services.norms.notes.send(ana, note, self._now)

    async def _reminders(self) -> None:
        services, mo, server = self._services, self._people["mo"], self._server
        for kind in (ReminderKind.NORM, ReminderKind.EVENT):
            shown = await services.reminders.add(server, mo, kind, CHANNEL, "UTC", self._now)
            await services.reminders.resume(server, shown.reminder.id, mo, self._now)
        event = ScheduledEvent(9000 + self._first, self._now + timedelta(days=2))
        await services.reminders.events.see(server, [event], self._now)


def two_servers(harness: Harness, *servers: ServerId) -> list[Filled]:
    """Fill two servers with one of everything; some messages have been sent, others wait."""
    both = [Filled(harness, server, 100 * number) for number, server in enumerate(servers, 1)]
    for one in both:
        harness.run(one.begin())
    harness.run(harness.services.insights.start(harness.now))
    harness.pass_time(datetime(2026, 2, 1, 0, 1, tzinfo=UTC) - harness.now)
    pairs = [harness.run(one.pair()) for one in both]
    for one in both:
        harness.run(one.path())
    harness.pass_time(datetime(2026, 2, 8, 18, 1, tzinfo=UTC) - harness.now)
    harness.deliver()
    for one, pair in zip(both, pairs, strict=True):
        harness.run(one.fill(pair))
    for server in servers:
        harness.run(harness.bot.db.write(partial(_record, harness, server)))
    # Nothing is posted here, so record one channel post of each server as posted.
    harness.change(
        "UPDATE posts SET message_id = made_at, shown = wanted, due_at = NULL"
        " WHERE id IN (SELECT min(id) FROM posts GROUP BY server)"
    )
    return both


async def _record(harness: Harness, server: ServerId, tx: Tx) -> None:
    await harness.services.insights.count(tx, server, REMINDERS, harness.now)
    post = ChannelPost.to(server, 7, "norms.ballot", "v1", harness.now)
    await outcome_store.add(tx, "channel post", post, Refused(50008), harness.now)
