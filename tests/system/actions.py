"""Everything that people do to each other, as actions that can be run on one harness or on two."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.asks.models import Answer, AskKind, AskText
from bot.asks.wait import Wait
from bot.errors import Refusal
from bot.ids import PersonId
from bot.pairs.check_in import ANSWERS, Wish
from bot.pairs.models import PairText as Aims
from bot.pairs.schedule import Cadence, PairSchedule
from bot.services import Services
from bot.talks.models import Did, Reply
from bot.terms.models import Outcome, TermsText, Want
from tests.system.fixtures import NAMES, SERVER, Harness, four_friends

Act = Callable[[Services, PersonId, datetime], Awaitable[Any]]
TERMS = (PairSchedule(Cadence.WEEKLY, 6, 18 * 60, 4), PairSchedule(Cadence.TWICE, 5, 30, 6))


@dataclass(frozen=True)
class Action:
    """`whom` is the person it is about or goes to; it is empty if there are several."""

    name: str
    verb: str
    act: Act
    whom: str = ""
    about: str = ""
    """The id of the row that it is about."""


def done(harness: Harness, action: Action) -> Any:
    """Run the action; return its result or the refusal."""
    harness.now += timedelta(seconds=1)
    person = harness.meet(action.name)
    try:
        return harness.run(action.act(harness.services, person, harness.now))
    except Refusal as refused:
        return refused


class ActionChooser:
    """Makes an action from the rows of one harness, or returns None if the rows allow no such action."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness
        self._towards = ""

    def choose(self, verb: str, name: str, number: int, towards: str = "") -> Action | None:
        """Return the action, or None. If the action lets them choose a person, they choose `towards`."""
        if name in self._harness.away:
            return None
        self._towards = towards
        action: Action | None = getattr(self, f"_{verb}")(verb, name, number)
        return action

    def some(self, verbs: Sequence[str], name: str, number: int) -> Action | None:
        """Return the first of these actions that the rows allow; `number` says with which one to begin."""
        first = number % len(verbs)
        found = (self.choose(verb, name, number) for verb in (*verbs[first:], *verbs[:first]))
        return next((action for action in found if action is not None), None)

    def _row(self, name: str, number: int, statement: str) -> Any:
        """Return one of the rows. `?1` is the person; `whom` is the id of the other person."""
        rows = self._harness.rows(statement, self._harness.meet(name))
        return rows[number % len(rows)] if rows else None

    def _called(self, person: str | None) -> str:
        return next((name for name, id in self._harness.people.items() if id == person), "")

    def _on(self, verb: str, name: str, row: Any, act: Act) -> Action | None:
        return None if row is None else Action(name, verb, act, self._called(row["whom"]), row["id"])

    def _other(self, name: str, number: int) -> str:
        return self._towards or [one for one in NAMES if one != name][number % (len(NAMES) - 1)]

    # -- pods -----------------------------------------------------------------------------------

    def _invite(self, verb: str, name: str, number: int) -> Action | None:
        whom = self._other(name, number)
        discord_user = self._harness.discord_user(whom)
        return Action(
            name, verb, lambda h, me, now: h.pods.invitations.invite(me, SERVER, discord_user, now), whom
        )

    def _uninvite(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number, "SELECT id, member AS whom FROM invitations WHERE owner = ?1 ORDER BY rowid"
        )
        return self._on(verb, name, row, lambda h, me, _: h.pods.invitations.take_back(me, row["id"]))

    def _invited(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT id, owner AS whom FROM invitations WHERE member = ?1 AND state = 'open'"
            " ORDER BY rowid DESC",
        )  # fmt: skip

    def _accept(self, verb: str, name: str, number: int) -> Action | None:
        row = self._invited(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pods.invitations.accept(me, row["id"], now))

    def _decline(self, verb: str, name: str, number: int) -> Action | None:
        row = self._invited(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pods.invitations.decline(me, row["id"], now))

    def _never(self, verb: str, name: str, number: int) -> Action | None:
        row = self._invited(name, number)
        return self._on(
            verb, name, row, lambda h, me, now: h.pods.invitations.refuse_for_good(me, row["id"], now)
        )

    def _remove(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(name, number, "SELECT id, member AS whom FROM ties WHERE owner = ?1 ORDER BY rowid")
        return self._on(verb, name, row, lambda h, me, now: h.pods.remove(me, row["id"], now))

    def _leave(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(name, number, "SELECT id, owner AS whom FROM ties WHERE member = ?1 ORDER BY rowid")
        return self._on(verb, name, row, lambda h, me, now: h.pods.leave(me, row["id"], now))

    # -- asks -----------------------------------------------------------------------------------

    def _ask(self, verb: str, name: str, number: int) -> Action | None:
        towards = self._towards.capitalize()

        async def ask(h: Services, me: PersonId, now: datetime) -> Any:
            id = (await h.asks.drafts.begin(me, SERVER, 1, now)).ask.id
            await h.asks.drafts.agree(me, id, 1, 7, now)
            words = AskText(f"what {name} did at {now}", "felt", "asks")
            people = (await h.asks.drafts.write(me, id, AskKind.SAID, words, now)).people
            picked = {people[(number + more) % len(people)][0] for more in range(number % 3 + 1) if people}
            picked = {one for one, called in people if called == towards} or picked
            await h.asks.drafts.pick(me, id, sorted(picked), now)
            await h.asks.drafts.wait(me, id, list(Wait)[number % 3], now)
            return [one for _, one in people], await h.asks.send(me, id, now)

        return Action(name, verb, ask)

    def _mine(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT id, NULL AS whom FROM asks WHERE asker = ?1 AND state != 'draft' ORDER BY rowid DESC",
        )  # fmt: skip

    def _ask_others(self, verb: str, name: str, number: int) -> Action | None:
        row = self._mine(name, number)

        async def others(h: Services, me: PersonId, now: datetime) -> Any:
            there = (await h.asks.status(me, row["id"], now)).others
            picked = [there[number % len(there)][0]] if there else []
            return await h.asks.ask_others(me, row["id"], picked, now)

        return self._on(verb, name, row, others)

    def _status(self, verb: str, name: str, number: int) -> Action | None:
        row = self._mine(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.status(me, row["id"], now))

    def _more_time(self, verb: str, name: str, number: int) -> Action | None:
        row = self._mine(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.more_time(me, row["id"], now))

    def _withdraw(self, verb: str, name: str, number: int) -> Action | None:
        row = self._mine(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.withdraw(me, row["id"], now))

    def _asked(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT askings.id, asker AS whom FROM askings JOIN asks ON asks.id = ask"
            " WHERE answerer = ?1 AND reply != 'cant' ORDER BY askings.rowid DESC",
        )  # fmt: skip

    def _cannot(self, verb: str, name: str, number: int) -> Action | None:
        row = self._asked(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.answering.cannot(me, row["id"], now))

    def _beyond(self, verb: str, name: str, number: int) -> Action | None:
        row = self._asked(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.answering.beyond(me, row["id"], now))

    def _not_now(self, verb: str, name: str, number: int) -> Action | None:
        row = self._asked(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.asks.answering.not_now(me, row["id"], now))

    def _answer(self, verb: str, name: str, number: int) -> Action | None:
        row = self._asked(name, number)

        async def answer(h: Services, me: PersonId, now: datetime) -> Any:
            await h.asks.answering.read(me, row["id"])
            return await h.asks.answering.answer(
                me, row["id"], Answer(f"{name} answers at {now}", "step"), now
            )

        return self._on(verb, name, row, answer)

    # -- talks ----------------------------------------------------------------------------------

    def _talk(self, verb: str, name: str, number: int) -> Action | None:
        towards = self._towards.capitalize()

        async def talk(h: Services, me: PersonId, now: datetime) -> Any:
            there = (await h.talks.look(me, SERVER, now)).others
            whom = there[number % len(there)][0] if there else me
            whom = next((one for one, called in there if called == towards), whom)
            return [one for _, one in there], await h.talks.ask(me, SERVER, whom, now)

        return Action(name, verb, talk)

    def _untalk(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number, "SELECT id, NULL AS whom FROM talks WHERE asker = ?1 ORDER BY rowid DESC"
        )
        return self._on(verb, name, row, lambda h, me, now: h.talks.take_back(me, row["id"], now))

    def _tell(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number, "SELECT id, NULL AS whom FROM talks WHERE asker = ?1 ORDER BY rowid DESC"
        )
        said = list(Did)[number % 3]
        return self._on(verb, name, row, lambda h, me, now: h.talks.tell(me, row["id"], said, now))

    def _answer_talk(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number,
            "SELECT talk_requests.id, asker AS whom FROM talk_requests JOIN talks ON talks.id = talk"
            " WHERE person = ?1 ORDER BY talk_requests.rowid DESC",
        )  # fmt: skip
        said = list(Reply)[number % 3]
        return self._on(verb, name, row, lambda h, me, now: h.talks.answer(me, row["id"], said, now))

    # -- pairs ----------------------------------------------------------------------------------

    def _propose(self, verb: str, name: str, number: int) -> Action | None:
        whom = self._other(name, number)
        discord_user = self._harness.discord_user(whom)

        async def propose(h: Services, me: PersonId, now: datetime) -> Any:
            p = h.pairs.proposals
            id = (await p.begin(me, SERVER, TERMS[number % 2], discord_user, now)).pair.id
            await p.write(me, id, aims(name), "UTC")
            return await p.send(me, id, now)

        return Action(name, verb, propose, whom)

    def _proposal(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT id, starter AS whom FROM pairs WHERE partner = ?1 AND state = 'proposed'"
            " ORDER BY rowid DESC",
        )  # fmt: skip

    def _join(self, verb: str, name: str, number: int) -> Action | None:
        row = self._proposal(name, number)

        async def join(h: Services, me: PersonId, now: datetime) -> Any:
            await h.pairs.proposals.write(me, row["id"], aims(name), "UTC")
            return await h.pairs.proposals.send(me, row["id"], now)

        return self._on(verb, name, row, join)

    def _refuse(self, verb: str, name: str, number: int) -> Action | None:
        row = self._proposal(name, number)
        return self._on(verb, name, row, lambda h, me, _: h.pairs.proposals.decline(me, row["id"]))

    def _unpropose(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number,
            "SELECT id, partner AS whom FROM pairs WHERE starter = ?1 AND state = 'proposed'"
            " ORDER BY rowid DESC",
        )  # fmt: skip
        return self._on(verb, name, row, lambda h, me, now: h.pairs.proposals.take_back(me, row["id"], now))

    def _check(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT check_ins.id, check_ins.partner AS whom FROM check_ins JOIN pairs ON pairs.id = pair"
            " WHERE person = ?1 AND state = 'running' ORDER BY check_ins.rowid DESC",
        )  # fmt: skip

    def _mark(self, verb: str, name: str, number: int) -> Action | None:
        row, status = self._check(name, number), ANSWERS[number % 4]
        return self._on(
            verb, name, row, lambda h, me, now: h.pairs.check_ins.mark(me, row["id"], status, now)
        )

    def _share(self, verb: str, name: str, number: int) -> Action | None:
        row = self._check(name, number)

        async def share(h: Services, me: PersonId, now: datetime) -> Any:
            await h.pairs.check_ins.mark(me, row["id"], ANSWERS[number % 3], now)
            await h.pairs.check_ins.note(me, row["id"], f"{name} notes at {now}", now)
            return await h.pairs.check_ins.share(me, row["id"], now)

        return self._on(verb, name, row, share)

    def _unshare(self, verb: str, name: str, number: int) -> Action | None:
        row = self._check(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.check_ins.keep(me, row["id"], now))

    def _wish(self, verb: str, name: str, number: int) -> Action | None:
        row = self._check(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.check_ins.wish(me, row["id"], now))

    def _answer_wish(self, verb: str, name: str, number: int) -> Action | None:
        row = self._row(
            name, number,
            "SELECT id, person AS whom FROM check_ins WHERE partner = ?1 AND wish = 'asked'"
            " ORDER BY rowid DESC",
        )  # fmt: skip
        said = (Wish.LATER, Wish.NOT_NOW)[number % 2]
        return self._on(verb, name, row, lambda h, me, now: h.pairs.sharing.answer(me, row["id"], said, now))

    def _running(self, name: str, number: int) -> Any:
        return self._row(
            name, number,
            "SELECT id, CASE starter WHEN ?1 THEN partner ELSE starter END AS whom FROM pairs"
            " WHERE state = 'running' AND ?1 IN (starter, partner) ORDER BY rowid DESC",
        )  # fmt: skip

    def _put(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)

        async def put(h: Services, me: PersonId, now: datetime) -> Any:
            await h.pairs.changes.begin(me, row["id"], now)
            await h.pairs.changes.choose(me, row["id"], TERMS[number % 2], now)
            return await h.pairs.changes.put(me, row["id"], now)

        return self._on(verb, name, row, put)

    def _renew(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.changes.renew(me, row["id"], now))

    def _unput(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.changes.take_back(me, row["id"], now))

    def _agree(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.changes.agree(me, row["id"], now))

    def _pause(self, verb: str, name: str, number: int) -> Action | None:
        row, days = self._running(name, number), (7, 14)[number % 2]
        return self._on(verb, name, row, lambda h, me, now: h.pairs.pauses.pause(me, row["id"], days, now))

    def _resume(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.pauses.resume(me, row["id"], now))

    def _end(self, verb: str, name: str, number: int) -> Action | None:
        row = self._running(name, number)
        return self._on(verb, name, row, lambda h, me, now: h.pairs.end(me, row["id"], now))

    # -- terms ----------------------------------------------------------------------------------

    def _ask_carrier(self, verb: str, name: str, number: int) -> Action | None:
        whom = self._other(name, number)
        discord_user = self._harness.discord_user(whom)

        async def ask(h: Services, me: PersonId, now: datetime) -> Any:
            if not await h.terms.any_kept(me):
                await h.terms.keep(me, wanted(name, number, now), now)
            return await h.terms.carriers.ask(me, SERVER, discord_user, now)

        return Action(name, verb, ask, whom)

    def _carried(self, name: str, number: int, side: str, state: str) -> Any:
        other = {"author": "carrier", "carrier": "author"}[side]
        return self._row(
            name, number,
            f"SELECT id, {other} AS whom FROM carryings WHERE {side} = ?1 AND state = '{state}'"
            " ORDER BY rowid DESC",
        )  # fmt: skip

    def _carry(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "carrier", "open")
        return self._on(verb, name, row, lambda h, me, now: h.terms.carrying.accept(me, row["id"], now))

    def _not_carry(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "carrier", "open")
        return self._on(verb, name, row, lambda h, me, now: h.terms.carrying.decline(me, row["id"], now))

    def _let(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "author", "agreed")

        async def let(h: Services, me: PersonId, now: datetime) -> Any:
            written = (await h.terms.show(me, now)).own.written
            return await h.terms.carriers.let(me, row["id"], written, now)

        return self._on(verb, name, row, let)

    def _reword(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "author", "agreed")
        return self._on(
            verb, name, row, lambda h, me, now: h.terms.rewrite(me, wanted(name, number, now), now)
        )

    def _leave_word(self, verb: str, name: str, number: int) -> Action | None:
        row, outcome = self._carried(name, number, "carrier", "agreed"), list(Outcome)[number % 5]
        return self._on(verb, name, row, lambda h, me, now: h.terms.carrying.say(me, row["id"], outcome, now))

    def _hand_back(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "carrier", "agreed")
        return self._on(verb, name, row, lambda h, me, now: h.terms.carrying.hand_back(me, row["id"], now))

    def _uncarry(self, verb: str, name: str, number: int) -> Action | None:
        """Take back what somebody was asked, or what they carry."""
        row = self._carried(name, number, "author", ("open", "agreed")[number % 2])
        return self._on(verb, name, row, lambda h, me, now: h.terms.carriers.withdraw(me, row["id"], now))

    def _unask_carrier(self, verb: str, name: str, number: int) -> Action | None:
        row = self._carried(name, number, "author", "open")
        return self._on(verb, name, row, lambda h, me, now: h.terms.carriers.withdraw(me, row["id"], now))


def wanted(name: str, number: int, now: datetime) -> TermsText:
    return TermsText.of([list(Want)[number % len(Want)]], f"{name} wants it at {now}")


def aims(name: str) -> Aims:
    return Aims(f"{name} aims", f"{name} shows", f"say to {name}", "UTC")


def friends_of_old(state: Path) -> Path:
    """Make a file to start from: four of the five know each other, and something of every slice is open."""
    four_friends(state)
    harness = Harness(state, 0)
    for owner, member in (("bo", "cy"), ("cy", "ana"), ("dee", "ana"), ("dee", "bo")):
        harness.pod(owner, member)
    chooser = ActionChooser(harness)
    for verb, name, number in (
        *(("propose", "ana", 0), ("join", "bo", 0), ("propose", "cy", 2), ("join", "dee", 0)),
        *(("ask", "ana", 1), ("ask", "bo", 0), ("ask", "dee", 2), ("talk", "cy", 0), ("talk", "bo", 0)),
        *(("ask_carrier", "ana", 0), ("carry", "bo", 0), ("let", "ana", 0), ("ask_carrier", "dee", 0)),
        *(("carry", "ana", 0), ("ask_carrier", "cy", 1)),
    ):
        action = chooser.choose(verb, name, number)
        assert action is not None, verb
        done(harness, action)
    harness.pass_time(timedelta(days=6))
    for verb, name, number in (
        *(("share", "ana", 0), ("share", "bo", 1), ("wish", "cy", 0), ("put", "dee", 1), ("ask", "ana", 2)),
        *(("ask", "cy", 4), ("ask", "bo", 0), ("talk", "ana", 0), ("answer", "bo", 0)),
    ):
        action = chooser.choose(verb, name, number)
        assert action is not None, verb
        done(harness, action)
    harness.deliver()
    for what, least in OPEN.items():
        assert len(harness.rows(f"SELECT 1 FROM {what}")) >= least, what
    harness.close()
    return state


OPEN = {
    "ties": 8, "asks WHERE state = 'open'": 3, "askings WHERE reply = 'answered'": 1, "talks": 2,
    "pairs WHERE state = 'running'": 2, "check_ins WHERE shared_at IS NOT NULL": 2, "pair_changes": 1,
    "carryings WHERE state = 'agreed'": 2, "carryings WHERE state = 'open'": 1,
}  # fmt: skip
"""How many rows of each kind the file must have at least."""
