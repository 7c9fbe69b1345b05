"""What happens between the first and the last failpoint: a little of everything that writes or delivers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import text

from bot.asks.models import Answer, AskKind, AskText
from bot.ids import PersonId
from bot.norms.models import Norm
from bot.norms.note import NoteKind
from bot.pairs.check_in import CheckInStatus, Wish
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.storage.tx import Tx
from bot.talks.models import Reply
from tests.crash.failpoints.running_bot import RunningBot
from tests.system.fixtures import NAMES, SERVER

CHANNEL = 4000
TERMS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
AIMS = PairText("what I work on", "what you may see", "what you may say", "UTC")


@dataclass
class ScenarioRun:
    """The five friends, who use one bot. Each step is one thing that somebody does."""

    bot: RunningBot
    people: dict[str, PersonId] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """The ids of what later steps are about."""

    def user(self, name: str) -> DiscordUser:
        return DiscordUser(1000 + NAMES.index(name), name.capitalize(), SERVER)

    async def meet(self) -> None:
        for name in NAMES:
            self.people[name] = await self.bot.services.people.meet(self.user(name), self.bot.time.tick())


async def pods(run: ScenarioRun) -> None:
    now, pods = run.bot.time.tick, run.bot.services.pods
    sent = await pods.invitations.invite(run.people["dee"], SERVER, run.user("eve"), now())
    await pods.invitations.accept(run.people["eve"], sent.id, now())
    await pods.invitations.invite(run.people["eve"], SERVER, run.user("ana"), now())


async def ask(run: ScenarioRun) -> None:
    """Send an ask to two people."""
    now, asks, ana = run.bot.time.tick, run.bot.services.asks, run.people["ana"]
    id = (await asks.drafts.begin(ana, SERVER, 1, now())).ask.id
    await asks.drafts.agree(ana, id, 1, 7, now())
    await asks.drafts.write(ana, id, AskKind.SAID, AskText("what", "felt", "asking"), now())
    await asks.drafts.pick(ana, id, [run.people["bo"], run.people["cy"]], now())
    sent = await asks.send(ana, id, now())
    run.ids |= {"ask": id}
    run.ids |= {one.asking.answerer: one.asking.id for one in sent.asked}


async def answer(run: ScenarioRun) -> None:
    """Answer it while other messages are still under way, and let the other one decline."""
    now, answering = run.bot.time.tick, run.bot.services.asks.answering
    bo, cy = run.people["bo"], run.people["cy"]
    await answering.read(bo, run.ids[bo])
    await answering.answer(bo, run.ids[bo], Answer("impact", "step", "", ""), now())
    await answering.cannot(cy, run.ids[cy], now())


async def close(run: ScenarioRun) -> None:
    """Withdraw the ask: its messages are edited."""
    await run.bot.services.asks.withdraw(run.people["ana"], run.ids["ask"], run.bot.time.tick())


async def pair(run: ScenarioRun) -> None:
    now, proposals = run.bot.time.tick, run.bot.services.pairs.proposals
    ana, dee = run.people["ana"], run.people["dee"]
    id = (await proposals.begin(ana, SERVER, TERMS, run.user("dee"), now())).pair.id
    await proposals.write(ana, id, AIMS, "UTC")
    await proposals.send(ana, id, now())
    await proposals.write(dee, id, AIMS, "UTC")
    await proposals.send(dee, id, now())
    run.ids["pair"] = id


async def check_in(run: ScenarioRun) -> None:
    """Answer, note and share a check-in, and wish to talk."""
    now, pairs, ana = run.bot.time.tick, run.bot.services.pairs, run.people["ana"]
    one = (await pairs.queries.show(ana, run.ids["pair"], now())).open_check_in
    assert one is not None, "no check-in was due"
    await pairs.check_ins.mark(ana, one.id, CheckInStatus.HARD, now())
    await pairs.check_ins.note(ana, one.id, "a note", now())
    await pairs.check_ins.share(ana, one.id, now())
    await pairs.check_ins.wish(ana, one.id, now())
    await pairs.sharing.answer(run.people["dee"], one.id, Wish.LATER, now())


async def talk(run: ScenarioRun) -> None:
    now, talks, bo = run.bot.time.tick, run.bot.services.talks, run.people["bo"]
    await talks.ask(bo, SERVER, run.people["ana"], now())
    [request] = await run.bot.bot.db.read(_requests)
    await talks.answer(run.people["ana"], request, Reply.TODAY, now())


async def norms(run: ScenarioRun) -> None:
    """Publish norms and propose others; somebody is in, and writes a concern."""
    services, now, ana, mo = run.bot.services, run.bot.time.tick, run.people["ana"], run.people["eve"]
    await services.servers.change(SERVER, mo, now(), {"norms_channel": CHANNEL})
    await services.servers.seen_moderating(SERVER, mo, now())
    for number, direct in ((1, True), (2, False)):
        await services.norms.drafts.adopt(mo, SERVER, [Norm("kind", "Kind", f"Be kind, {number}.")], now())
        version = await services.norms.ballots.put(mo, SERVER, now(), direct=direct)
        await run.bot.settle()
    await services.norms.ballots.be_in(ana, version.id, now())
    note = (await services.norms.notes.begin(ana, SERVER, NoteKind.CONCERN, version.id, now())).note.id
    await services.norms.notes.write(ana, note, "a concern", now())
    await services.norms.notes.send(ana, note, now())


async def reminders(run: ScenarioRun) -> None:
    services, now, mo = run.bot.services, run.bot.time.tick, run.people["eve"]
    shown = await services.reminders.add(SERVER, mo, ReminderKind.NORM, CHANNEL, "UTC", now())
    await services.reminders.resume(SERVER, shown.reminder.id, mo, now())


async def a_week(run: ScenarioRun) -> None:
    await run.bot.skip(timedelta(days=7, hours=8))


async def settled(run: ScenarioRun) -> None:
    await run.bot.settle()


async def _requests(tx: Tx) -> list[str]:
    return [row.id for row in await tx.all(text("SELECT id FROM talk_requests"))]


STEPS: tuple[Callable[[ScenarioRun], Awaitable[None]], ...] = (
    pods, ask, settled, pair, answer, norms, settled, reminders, close, talk, settled, a_week, check_in,
    settled, a_week,
)  # fmt: skip
"""Between some steps nothing is delivered, so that what is written and what is delivered overlap."""
