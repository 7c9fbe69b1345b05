"""A group of friends between whom something of every kind is open, for the matrix of who may press what."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from bot.asks.models import Answer, AskKind, AskText
from bot.demo.client.client import DemoClient
from bot.ids import PersonId, ServerId
from bot.nights.models import NightCard
from bot.norms.models import Norm
from bot.norms.note import NoteKind
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.paths.answer import Sense
from bot.paths.commitment import About
from bot.paths.models import Step
from bot.paths.notifications import MET
from bot.paths.request import RequestKind
from bot.paths.schedule import MeetingSchedule
from bot.paths.tables import paths as path_rows
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.reports.models import PassageKind
from bot.servers.models import LocalLine
from bot.talks.models import Did, Reply, TalkAbout
from bot.terms.models import Outcome, TermsText, Want

ROLES = ("owner", "answerer", "partner", "other", "moderator", "left", "erased", "unknown")
FRIENDS = ("owner", "answerer", "partner", "left", "erased")
"""The roles of people who have something to do with each other. The others know none of them."""
BYSTANDERS = ("friend", "invited", "helper", "stranger", "elsewhere", "picked")
"""They press nothing. `stranger` and `elsewhere` have to do only with `other`, and `picked` with nobody."""
MARK = "qx"
READERS = {
    "ask": ("owner", "answerer"),
    "answer": ("owner",),
    "pair": ("owner", "partner", "answerer"),
    "note": ("owner", "moderator"),
    "reported": ("owner", "moderator"),
    "path": ("owner", "partner", "answerer"),
    "request": (),
    "carried": ("answerer",),
    "night": ("answerer",),
    "private": (),
}
"""Who else may be shown a text, by its kind, where a press does what its card promises.

Companions read what stands on a path, and the person on it no request that has not reached them.
Those who were asked read an ask, and only its asker the answers. Partners read each other's aims and what is
shared, and so does somebody to whom a pair was proposed. Whoever carries what somebody wants reads it once
they were let. Whoever looks out for somebody on a night reads their card. A moderator reads what was reported
to them. Nobody else reads plans, drafts, notes and terms.
"""
WEEKLY = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
LONG = " of two pages" * 60
FOUR_WEEKS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 4)
_SHORT = timedelta(hours=3)
MONTHLY = PairSchedule(Cadence.MONTHLY, 3, 18 * 60, 12)
LATER = PairSchedule(Cadence.WEEKLY, 6, 19 * 60, 12)


class PreparedGroup:
    """`ids` holds the id of everything that a row of the matrix can name."""

    def __init__(self, demo: DemoClient) -> None:
        self.demo = demo
        self.server = ServerId(demo.server.id)
        self.ids: dict[str, str] = {"server": str(demo.server.id)}
        self.people: dict[str, PersonId] = {}
        self.members: dict[str, Any] = {}

    @property
    def services(self) -> Any:
        return self.demo.bot.services

    def text(self, kind: str, role: str, what: str) -> str:
        """Return a text of theirs. Whatever a person writes begins with a mark of its kind and of theirs."""
        return f"{mark(kind, role)} {what}"

    def user(self, role: str) -> DiscordUser:
        return DiscordUser(self.members[role].id, shown(role), self.server, role)

    # -- in order of time -----------------------------------------------------------------------

    async def prepare(self) -> None:
        """Let five weeks pass, at the end of which something of every kind is open."""
        await self._gather()
        await self._allow_manage()
        await self._set_up()
        await self._long_ago()
        await self.demo.skip(days=13)
        await self._pair()
        await self._path()
        await self.demo.skip(days=6)
        await self._met("owner")
        await self.demo.skip(days=17)
        await self._kept_note()
        await self._closed_ask()
        await self._agreed_talks()
        await self._open_ask()
        await self._group()
        await self._last_night()
        await self.demo.skip(days=3, hours=6, minutes=5)
        await self._last_round()
        await self._small_things()
        await self._on_the_path()
        await self._other()
        await self._gone()
        await self.demo.skip(minutes=5)

    async def _gather(self) -> None:
        for role in (*ROLES, *BYSTANDERS):
            moderates = role == "moderator"
            self.members[role] = await self.demo.member(role, shown=shown(role), moderator=moderates)
            if role != "unknown":
                self.people[role] = await self.services.people.meet(self.user(role), self.demo.now)
        self.ids["account"] = str(self.members["picked"].id)

    async def _allow_manage(self) -> None:
        """Let everybody see `/manage`, as an administrator can in Discord: then the bot alone refuses it."""
        for command in await self.demo.bot.tree.fetch_commands():
            if command.name == "manage":
                self.demo.server.set_command_permissions(command, {self.demo.server.default_role: True})

    async def _set_up(self) -> None:
        services, me, now = self.services, self.people["moderator"], self.demo.now
        channels = {"norms_channel": self.demo.general.id, "mods_channel": self.demo.mods.id}
        await services.servers.change(self.server, me, now, {"country": "ie", **channels})
        await services.servers.seen_moderating(self.server, me, now)
        line = LocalLine("local01", "A house", "at the corner", "anyone")
        await services.servers.local.write(self.server, me, line, now, again=False)
        await services.servers.welcome.post(self.server, me, self.demo.general.id, now)
        await self._put("first", direct=True)
        for kind in ReminderKind:
            id = (
                await services.reminders.add(self.server, me, kind, self.demo.general.id, "UTC", now)
            ).reminder.id
            await services.reminders.change(self.server, id, me, now, {"at_least": 0})
            await services.reminders.resume(self.server, id, me, now)

    async def _put(self, words: str, *, direct: bool) -> str:
        services, me, now = self.services, self.people["moderator"], self.demo.now
        norms = [Norm("kind", f"Be kind, {words}", "Be kind."), Norm("calm", "Be calm", f"Be calm, {words}.")]
        await services.norms.drafts.adopt(me, self.server, norms, now)
        return str((await services.norms.ballots.put(me, self.server, now, direct=direct)).id)

    async def _long_ago(self) -> None:
        """Make a plan about which its owner is asked again after a month, and the ties of the pods."""
        for owner in ("owner", "partner", "erased"):
            await self._tie(owner, "helper")
        for member in ("answerer", "friend", "left", "erased"):
            await self._tie("owner", member)
        await self._tie("partner", "owner")
        await self._tie("answerer", "helper")
        await self._tie("other", "stranger")
        id = await self._ask("owner", ["helper"], "an ask of long ago")
        await self.services.asks.withdraw(self.people["owner"], id, self.demo.now)
        plan = await self._plan("owner", id)
        different = self.text("private", "owner", "what is different")
        await self.services.plans.did(self.people["owner"], plan, different, "", self.demo.now)
        self.ids["lasting plan"], self.ids["lasting plan's source"] = plan, id

    async def _tie(self, owner: str, member: str) -> None:
        id = await self._invite(owner, member)
        await self.services.pods.invitations.accept(self.people[member], id, self.demo.now)

    async def _invite(self, owner: str, member: str) -> str:
        invitations = self.services.pods.invitations
        sent = await invitations.invite(self.people[owner], self.server, self.user(member), self.demo.now)
        return str(sent.id)

    async def _pair(self) -> None:
        """Begin a pair that lasts, and one that has its last check-in when the others press."""
        proposals, now = self.services.pairs.proposals, self.demo.now
        for name, partner, schedule in (("pair", "partner", WEEKLY), ("short pair", "helper", FOUR_WEEKS)):
            id = self.ids[name] = await self._proposed("owner", partner, schedule)
            await proposals.write(self.people[partner], id, self._aims(partner), "UTC")
            await proposals.send(self.people[partner], id, now)

    async def _proposed(self, starter: str, partner: str, schedule: PairSchedule = WEEKLY) -> str:
        id = await self._pair_draft(starter, partner, schedule)
        await self.services.pairs.proposals.send(self.people[starter], id, self.demo.now)
        return id

    async def _pair_draft(self, starter: str, partner: str | None, schedule: PairSchedule) -> str:
        proposals, me = self.services.pairs.proposals, self.people[starter]
        user = None if partner is None else self.user(partner)
        draft = await proposals.begin(me, self.server, schedule, user, self.demo.now)
        await proposals.write(me, draft.pair.id, self._aims(starter), "UTC")
        return str(draft.pair.id)

    def _aims(self, role: str) -> PairText:
        aim, signs, words = (self.text("pair", role, field) for field in ("aim", "signs", "words"))
        return PairText(aim, signs, words, "UTC")

    async def _check_in(self, role: str, pair: str = "pair") -> str:
        shown = await self.services.pairs.queries.show(self.people[role], self.ids[pair], self.demo.now)
        assert shown.open_check_in is not None
        return str(shown.open_check_in.id)

    async def _kept_note(self) -> None:
        """Let the owner write a note that is not shared."""
        check_ins, me, now = self.services.pairs.check_ins, self.people["owner"], self.demo.now
        id = await self._check_in("owner")
        await check_ins.mark(me, id, CheckInStatus.HARD, now)
        await check_ins.note(me, id, self.text("private", "owner", "a note that is kept"), now)

    async def _last_round(self) -> None:
        """Let the owner answer and share, and the partner not yet. Both would like other hours."""
        check_ins, changes = self.services.pairs.check_ins, self.services.pairs.changes
        me, now = self.people["owner"], self.demo.now
        id = self.ids["answered check-in"] = await self._check_in("owner")
        await check_ins.mark(me, id, CheckInStatus.HARD, now)
        await check_ins.note(me, id, self.text("pair", "owner", "a note that is shared"), now)
        await check_ins.share(me, id, now)
        await check_ins.wish(me, id, now)
        self.ids["check-in"] = await self._check_in("partner")
        last = self.ids["last check-in"] = await self._check_in("owner", "short pair")
        await check_ins.mark(me, last, CheckInStatus.ON_TRACK, now)
        for role in ("partner", "owner"):
            await changes.begin(self.people[role], self.ids["pair"], now)
            await changes.choose(self.people[role], self.ids["pair"], LATER, now)
            if role == "partner":
                await changes.put(self.people[role], self.ids["pair"], now)
        for role in ("partner", "owner"):
            await self.services.pairs.saw(self.people[role], self.ids["pair"])

    async def _path(self) -> None:
        """Let two people accompany the owner's path, on which they meet every other Sunday."""
        paths, me, now = self.services.paths, self.people["owner"], self.demo.now
        id = self.ids["path"] = (await paths.start(me, self.server, now)).id
        text = self.text("path", "owner", "no parties")
        self.ids["commitment"] = (await paths.commitments.add(me, id, About.EVENTS, text, now)).id
        for role in ("partner", "helper"):
            sent = await paths.invitations.invite(me, id, self.user(role), now)
            place = await paths.invitations.accept(self.people[role], sent.id, None, now)
            self.ids[f"{role}'s place"] = place.id
        await paths.steps.go_on(me, id, MeetingSchedule("UTC", Cadence.FORTNIGHT, 6, 18 * 60), now)

    async def _met(self, role: str) -> None:
        """Let somebody say that they met."""
        id = await self._asked_after(role)
        await self.services.paths.meetings.met(self.people[role], id, True, self.demo.now)

    async def _asked_after(self, role: str) -> str:
        """Return the id of what somebody was asked after a meeting."""
        person = self.people[role]
        listed = await self.demo.bot.db.read(lambda tx: self.services.outbox.listed(tx, person))
        return next(str(one.subject) for one in listed if one.kind == MET)

    async def _on_the_path(self) -> None:
        """Let a request wait, an invitation too, and the path for its companions' word."""
        paths, me, now, id = self.services.paths, self.people["owner"], self.demo.now, self.ids["path"]
        await self._met("owner")
        partner = self.ids["partner's answer"] = await self._asked_after("partner")
        await paths.meetings.sense(self.people["partner"], partner, Sense.UNSURE, now)
        await paths.steps.ready(me, id, now)
        text = self.text("request", "partner", "an answer")
        made = await paths.requests.enter(self.people["partner"], id, RequestKind.ANSWER, text, now)
        self.ids["request"] = made.id
        # Getting to this step takes months of meetings. Before it, a request can only be handed back.
        await self.demo.bot.db.write(lambda tx: tx.execute(update(path_rows).values(step=Step.REPAIR)))
        sent = await paths.invitations.invite(me, id, self.user("answerer"), now)
        self.ids["path invitation"] = sent.id

    async def _ask(self, asker: str, whom: list[str], what: str) -> str:
        id = await self._draft(asker, what, "ask")
        picked = [self.people[one] for one in whom]
        await self.services.asks.drafts.pick(self.people[asker], id, picked, self.demo.now)
        await self.services.asks.send(self.people[asker], id, self.demo.now)
        return id

    async def _draft(self, asker: str, what: str, kind: str = "private") -> str:
        drafts, me, now = self.services.asks.drafts, self.people[asker], self.demo.now
        version = self.services.library.before.version
        id = (await drafts.begin(me, self.server, version, now)).ask.id
        await drafts.agree(me, id, version, 7, now)
        fields = (self.text(kind, asker, f"{what}: {field}") for field in ("what", "felt", "asking"))
        await drafts.write(me, id, AskKind.SAID, AskText(*fields), now)
        return str(id)

    async def _asking(self, ask: str, asker: str, answerer: str) -> str:
        status = await self.services.asks.status(self.people[asker], ask, self.demo.now)
        return str(
            next(one.asking.id for one in status.asked if one.asking.answerer == self.people[answerer])
        )

    async def _answer(self, ask: str, answerer: str, kind: str = "answer") -> None:
        answering, me = self.services.asks.answering, self.people[answerer]
        asking = await self._asking(ask, "owner", answerer)
        await answering.read(me, asking)
        texts = [self.text(kind, answerer, field) for field in ("impact", "step", "missing", "offer")]
        await answering.answer(me, asking, Answer(*texts), self.demo.now)

    async def _closed_ask(self) -> None:
        id = self.ids["closed ask"] = await self._ask("owner", ["answerer", "erased"], "a closed ask")
        self.ids["closed asking"] = await self._asking(id, "owner", "answerer")
        for answerer, kind in (("answerer", "reported"), ("erased", "answer")):
            await self._answer(id, answerer, kind)
        await self.services.asks.read(self.people["owner"], id, self.demo.now)
        plan = self.ids["plan"] = await self._plan("owner", id)
        await self.services.plans.choose(self.people["owner"], plan, 3, self.demo.now)

    async def _plan(self, owner: str, source: str) -> str:
        text = self.text("private", owner, "a plan")
        made = await self.services.plans.write(self.people[owner], source, text, self.demo.now)
        return str(made.plan.id)

    async def _open_ask(self) -> None:
        id = self.ids["open ask"] = await self._ask("owner", ["answerer", "friend", "left"], "an open ask")
        self.ids["asking"] = await self._asking(id, "owner", "answerer")
        self.ids["left's asking"] = await self._asking(id, "owner", "left")
        await self._answer(id, "friend")

    async def _agreed_talks(self) -> None:
        """Let two of them ask for a talk and get a yes."""
        talks, now, helper = self.services.talks, self.demo.now, self.people["helper"]
        for asker, name in (("partner", "agreed talk"), ("answerer", "talk that took place")):
            view = await talks.ask(self.people[asker], self.server, helper, now, TalkAbout.DID)
            self.ids[name] = view.talk.id
            await talks.answer(helper, view.talk.current.id, Reply.TODAY, now)

    async def _group(self) -> None:
        """Put a version to the members, then another in its place, with a concern about the first."""
        late = await self._put("second", direct=False)
        self.ids["late note"] = await self._note(NoteKind.CONCERN, late)
        self.ids["proposal"] = await self._put("third", direct=False)
        self.ids["note"] = await self._note(NoteKind.CONCERN, self.ids["proposal"])
        self.ids["sent note"] = await self._note(NoteKind.SUGGESTION, None, send=True)
        fourth = [Norm("kind", "Be kind, fourth", "Be kind."), Norm("more", "One more", "Be fair.")]
        moderator = self.people["moderator"]
        await self.services.norms.drafts.adopt(moderator, self.server, fourth, self.demo.now)
        self.ids["norms"] = (await self.services.norms.here(self.people["owner"], self.server)).version.id

    async def _note(self, kind: NoteKind, version: str | None, *, send: bool = False) -> str:
        notes, me, now = self.services.norms.notes, self.people["owner"], self.demo.now
        id = (await notes.begin(me, self.server, kind, version, now)).note.id
        await notes.write(me, id, self.text("note" if send else "private", "owner", f"a {kind}"), now)
        if send:
            await notes.send(me, id, now)
        return str(id)

    async def _small_things(self) -> None:
        """Make what lasts only for a short time, or waits for an answer."""
        services, me, now = self.services, self.people["owner"], self.demo.now
        self.ids["invitation"] = await self._invite("answerer", "owner")
        self.ids["sent invitation"] = await self._invite("owner", "invited")
        pods = await services.pods.show(me, self.server, now)
        self.ids["tie"] = next(one.id for one in pods.members if one.member == self.people["friend"])
        self.ids["own tie"] = next(one.id for one in pods.owners if one.owner == self.people["partner"])
        view = await services.talks.ask(me, self.server, self.people["answerer"], now)
        self.ids["talk"], self.ids["talk request"] = view.talk.id, view.talk.current.id
        await services.talks.tell(self.people["answerer"], self.ids["talk that took place"], Did.YES, now)
        self.ids["pair draft"] = await self._pair_draft("owner", "friend", MONTHLY)
        self.ids["pair draft without a partner"] = await self._pair_draft("owner", None, WEEKLY)
        self.ids["proposed pair"] = await self._proposed("owner", "answerer")
        draft = self.ids["draft"] = await self._draft("owner", "a draft" + LONG)
        await services.asks.drafts.pick(me, draft, [self.people["helper"]], now)
        for role, name in (("owner", "blank draft"), ("answerer", "first draft")):
            begun = await services.asks.drafts.begin(self.people[role], self.server, 1, now)
            self.ids[name] = begun.ask.id
        self.ids["boundary"] = await services.boundaries.add(me, self.user("invited"), now)
        await services.contact.remind(me, now)
        await self._reports()
        await self._terms()
        await self._nights()

    async def _terms(self) -> None:
        """Let the answerer carry what the owner wants; others have agreed, or are asked to."""
        terms, now = self.services.terms, self.demo.now
        for name, author, carrier in (
            ("carrying", "owner", "answerer"),
            ("agreed carrying", "partner", "helper"),
            ("asked carrying", "friend", "owner"),
        ):
            words = self.text("carried" if author == "owner" else "private", author, "what they want")
            view = await terms.keep(self.people[author], TermsText.of([Want.CONTACT], words), now)
            asked = await terms.carriers.ask(self.people[author], self.server, self.user(carrier), now)
            id = self.ids[name] = asked.carrying.id
            if name != "asked carrying":
                await terms.carrying.accept(self.people[carrier], id, now)
            if name == "carrying":
                await terms.carriers.let(self.people[author], id, view.own.written, now)
                await terms.carrying.read(self.people[carrier], id, now)
                await terms.carrying.say(self.people[carrier], id, Outcome.PARTLY, now)

    async def _planned(self, role: str, starts_at: datetime, length: timedelta) -> Any:
        """Let somebody plan a night, and write their card for it."""
        me, nights, now, ends_at = self.people[role], self.services.nights, self.demo.now, starts_at + length
        view = await nights.plan(
            me, self.server, "UTC", starts_at.date(), starts_at.time(), ends_at.time(), now
        )
        words = self.text("night" if role == "owner" else "private", role, "a card")
        return await nights.cards.write(me, view.member.id, NightCard(words, words, words, words), now)

    async def _come(self, night: Any, by: str, role: str) -> str:
        """Let somebody be invited to a night, and come. Return their place in it."""
        company, now = self.services.nights.company, self.demo.now
        await company.invite(self.people[by], night.member.id, self.user(role), now)
        waits = await company.waiting(self.people[role], now)
        id = next(one.member.id for one in waits if one.night.id == night.night.id)
        await company.accept(self.people[role], id, now)
        return str(id)

    async def _looked_after(self, night: Any, looker: str) -> str:
        """Let somebody come and look out for the owner."""
        looking, now = self.services.nights.looking, self.demo.now
        id = await self._come(night, "owner", looker)
        view = await looking.wish(self.people["owner"], night.member.id, id, now)
        look = next(one.id for one in view.look_out if one.member == id)
        await looking.accept(self.people[looker], look, now)
        return str(look)

    async def _last_night(self) -> None:
        """Plan the night whose day after it is when the others press."""
        starts_at = self.demo.now + timedelta(days=3, hours=6) - timedelta(hours=25)
        night = await self._planned("owner", starts_at.replace(second=0), timedelta(hours=6))
        self.ids["last place"] = night.member.id
        await self._looked_after(night, "answerer")

    async def _nights(self) -> None:
        """Let a night be on in which the owner needs a hand; the moderator has planned two more."""
        nights, me, now = self.services.nights, self.people["owner"], self.demo.now
        await self.services.preferences.live_in(me, "Europe/Berlin")
        begun = now.replace(minute=0, second=0) - timedelta(hours=2)
        night = await self._planned("owner", begun, timedelta(hours=2, minutes=30))
        self.ids["night"], self.ids["place"] = night.night.id, night.member.id
        self.ids["look"] = await self._looked_after(night, "answerer")
        partner = await self._come(night, "owner", "partner")
        asked = await nights.looking.wish(self.people["partner"], partner, night.member.id, now)
        self.ids["asked look"] = asked.look_out[0].id
        await nights.company.post(me, night.member.id, self.demo.general.id, now)
        self.ids["hand"] = (await nights.during.call(me, night.member.id, now)).hand.id
        theirs = await self._planned("friend", now.replace(minute=0, second=0) + timedelta(days=2), _SHORT)
        await nights.company.invite(self.people["friend"], theirs.member.id, self.user("owner"), now)
        [waits] = await nights.company.waiting(me, now)
        self.ids["night invitation"] = waits.member.id
        for days in (3, 4):
            begins = now.replace(minute=0, second=0) + timedelta(days=days)
            to_come = await self._planned("moderator", begins, _SHORT)
        self.ids["moderator's place"] = to_come.member.id

    async def _reports(self) -> None:
        """Let one report be written, and another be sent to the moderator, who has barred somebody else."""
        reports, now, passage = self.services.reports, self.demo.now, self.ids["closed asking"]
        drafted = await reports.begin(self.people["answerer"], PassageKind.ASK, passage, now)
        self.ids["report draft"] = drafted.report.id
        reason = self.text("private", "answerer", "a reason")
        await reports.write(self.people["answerer"], drafted.report.id, reason, now)
        sent = await reports.begin(self.people["owner"], PassageKind.ANSWER, passage, now)
        self.ids["report"] = sent.report.id
        await reports.write(self.people["owner"], sent.report.id, self.text("note", "owner", "a reason"), now)
        await reports.send(self.people["owner"], sent.report.id, now)
        bar = await reports.bars.propose_for(
            self.people["moderator"], self.server, self.user("elsewhere"), "a reason for a bar", now
        )
        self.ids["bar"] = bar.bar.id

    async def _other(self) -> None:
        """Let somebody who knows none of them have things of their own."""
        services, me, now = self.services, self.people["other"], self.demo.now
        await self._ask("other", ["stranger"], "an ask of their own")
        await self._draft("other", "a draft of their own")
        await services.plans.begin(me, self.text("private", "other", "a plan of their own"), now)
        await self._proposed("other", "stranger")
        await services.boundaries.add(me, self.user("elsewhere"), now)

    async def _gone(self) -> None:
        """Let one leave the server, and one be erased. Both had things of their own."""
        services, me, now = self.services, self.people["erased"], self.demo.now
        self.ids["erased's ask"] = await self._ask("erased", ["helper"], "an ask")
        plan = await services.plans.begin(me, self.text("private", "erased", "a plan"), now)
        self.ids["erased's plan"] = plan.plan.id
        await self._draft("left", "a draft")
        await services.plans.begin(self.people["left"], self.text("private", "left", "a plan"), now)
        listed = await self.demo.bot.db.read(lambda tx: services.outbox.listed(tx, me))
        self.ids["erased's message"] = listed[0].id
        await services.privacy.erase(me, now)
        left = self.members["left"]
        await self.demo.leave(left)
        await services.people.leave(self.people["left"], self.server, now)


def shown(role: str) -> str:
    """Return the name by which somebody is shown."""
    return f"{name_mark(role)} {role.capitalize()}"


def name_mark(role: str) -> str:
    """Return what only their name begins with."""
    return f"n{MARK}{role}{MARK}"


def mark(kind: str, role: str) -> str:
    """Return what every text of this kind begins with that this person writes."""
    return f"{kind}{MARK}{role}{MARK}"
