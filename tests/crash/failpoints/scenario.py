"""What happens between the first and the last failpoint: a little of everything that writes or delivers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.asks.models import Answer, AskKind, AskText
from bot.ids import PersonId
from bot.norms.models import Norm
from bot.norms.note import NoteKind
from bot.pairs.check_in import CheckInStatus, Wish
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.talks.models import Reply
from tests.crash.failpoints.bench import Bench
from tests.system.fixtures import NAMES, SERVER

CHANNEL = 4000
TERMS = PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 12)
AIMS = PairText("what I work on", "what you may see", "what you may say", "UTC")


@dataclass
class Play:
    """The five friends on a bench. Each step is one thing that somebody does."""

    bench: Bench
    people: dict[str, PersonId] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """The ids of what later steps are about."""

    def user(self, name: str) -> DiscordUser:
        return DiscordUser(1000 + NAMES.index(name), name.capitalize(), SERVER)

    async def meet(self) -> None:
        for name in NAMES:
            self.people[name] = await self.bench.services.people.meet(self.user(name), self.bench.time.tick())


async def pods(play: Play) -> None:
    now, pods = play.bench.time.tick, play.bench.services.pods
    sent = await pods.invitations.invite(play.people["dee"], SERVER, play.user("eve"), now())
    await pods.invitations.accept(play.people["eve"], sent.id, now())
    await pods.invitations.invite(play.people["eve"], SERVER, play.user("ana"), now())


async def ask(play: Play) -> None:
    """Send an ask to two people."""
    now, asks, ana = play.bench.time.tick, play.bench.services.asks, play.people["ana"]
    id = (await asks.drafts.begin(ana, SERVER, 1, now())).ask.id
    await asks.drafts.agree(ana, id, 1, now())
    await asks.drafts.write(ana, id, AskKind.SAID, AskText("what", "felt", "asking"), now())
    await asks.drafts.pick(ana, id, [play.people["bo"], play.people["cy"]], now())
    sent = await asks.send(ana, id, now())
    play.ids |= {"ask": id}
    play.ids |= {one.asking.answerer: one.asking.id for one in sent.asked}


async def answer(play: Play) -> None:
    """Answer it while other messages are still under way, and let the other one decline."""
    now, answering = play.bench.time.tick, play.bench.services.asks.answering
    bo, cy = play.people["bo"], play.people["cy"]
    await answering.read(bo, play.ids[bo])
    await answering.answer(bo, play.ids[bo], Answer("impact", "step", "", ""), now())
    await answering.cannot(cy, play.ids[cy], now())


async def close(play: Play) -> None:
    """Withdraw the ask: its messages are edited."""
    await play.bench.services.asks.withdraw(play.people["ana"], play.ids["ask"], play.bench.time.tick())


async def pair(play: Play) -> None:
    now, proposals = play.bench.time.tick, play.bench.services.pairs.proposals
    ana, dee = play.people["ana"], play.people["dee"]
    id = (await proposals.begin(ana, SERVER, TERMS, play.user("dee"), now())).pair.id
    await proposals.write(ana, id, AIMS, "UTC")
    await proposals.send(ana, id, now())
    await proposals.write(dee, id, AIMS, "UTC")
    await proposals.send(dee, id, now())
    play.ids["pair"] = id


async def check_in(play: Play) -> None:
    """Answer, note and share a check-in, and wish to talk."""
    now, pairs, ana = play.bench.time.tick, play.bench.services.pairs, play.people["ana"]
    one = (await pairs.queries.show(ana, play.ids["pair"], now())).open_check_in
    assert one is not None, "no check-in was due"
    await pairs.check_ins.mark(ana, one.id, CheckInStatus.HARD, now())
    await pairs.check_ins.note(ana, one.id, "a note", now())
    await pairs.check_ins.share(ana, one.id, now())
    await pairs.check_ins.wish(ana, one.id, now())
    await pairs.sharing.answer(play.people["dee"], one.id, Wish.LATER, now())


async def talk(play: Play) -> None:
    now, talks, bo = play.bench.time.tick, play.bench.services.talks, play.people["bo"]
    await talks.ask(bo, SERVER, play.people["ana"], now())
    [(request,)] = [*map(tuple, await _rows(play, "SELECT id FROM talk_requests"))]
    await talks.answer(play.people["ana"], request, Reply.TODAY, now())


async def norms(play: Play) -> None:
    """Publish norms and propose others; somebody is in, and writes a concern."""
    services, now, ana, mo = play.bench.services, play.bench.time.tick, play.people["ana"], play.people["eve"]
    await services.servers.change(SERVER, mo, now(), {"norms_channel": CHANNEL})
    await services.servers.seen_moderating(SERVER, mo, now())
    for number, direct in ((1, True), (2, False)):
        await services.norms.drafts.adopt(mo, SERVER, [Norm("kind", "Kind", f"Be kind, {number}.")], now())
        version = await services.norms.ballots.put(mo, SERVER, now(), direct=direct)
        await play.bench.settle()
    await services.norms.ballots.be_in(ana, version.id, now())
    note = (await services.norms.notes.begin(ana, SERVER, NoteKind.CONCERN, version.id, now())).note.id
    await services.norms.notes.write(ana, note, "a concern", now())
    await services.norms.notes.send(ana, note, now())


async def reminders(play: Play) -> None:
    services, now, mo = play.bench.services, play.bench.time.tick, play.people["eve"]
    shown = await services.reminders.add(SERVER, mo, ReminderKind.NORM, CHANNEL, "UTC", now())
    await services.reminders.resume(SERVER, shown.reminder.id, mo, now())


async def a_week(play: Play) -> None:
    await play.bench.skip(timedelta(days=7, hours=8))


async def settled(play: Play) -> None:
    await play.bench.settle()


async def _rows(play: Play, statement: str) -> list[tuple[str]]:
    from sqlalchemy import text

    return [tuple(row) for row in await play.bench.bot.db.read(lambda tx: tx.all(text(statement)))]


STEPS: tuple[Callable[[Play], Awaitable[None]], ...] = (
    pods, ask, settled, pair, answer, norms, settled, reminders, close, talk, settled, a_week, check_in,
    settled, a_week,
)  # fmt: skip
"""Between some steps nothing is delivered, so that what is written and what is delivered overlap."""
