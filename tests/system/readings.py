"""What somebody can read about others: every list, card and text, in every slice."""

from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.asks.models import Reply
from bot.errors import Refusal
from bot.ids import PersonId
from bot.pairs.check_in import Wish
from bot.pairs.models import PairState
from bot.services import Services
from bot.talks.models import TalkState
from tests.system.fixtures import SERVER, Harness


@dataclass(frozen=True)
class Fact:
    """Something about `of` that another person can see. `text` is what it says, if anything."""

    kind: str
    of: str
    id: str
    text: str = ""


KNOWN = {"tie", "pair", "words", "wish", "replied", "carried", "carrier", "word"}
"""Kinds of facts that are seen without opening anything; facts from before a boundary stay until parting."""
STAYS = {
    *("tie", "pair", "heard", "answered", "answer", "agreed", "replied", "words", "shared"),
    *("carried", "carrier", "word"),
}
"""Kinds of facts that a boundary doesn't take back once the other was told. Others wait for an answer."""
TELLS = {
    "asks.came": ("answered", "id"),
    "asks.over": ("answered", "text"),
    "asks.unread": ("answered", "text"),
    "talks.agreed": ("agreed", "id"),
    "pairs.shared": ("shared", "id"),
    "pairs.later": ("heard", "id"),
    "pairs.not_now": ("heard", "id"),
    "terms.agreed": ("carrier", "id"),
    "terms.came": ("word", "id"),
}
"""For each kind of message, of which facts it tells: their kind, and the field that is its subject."""


class Reading:
    """Reads what one person can see; `looked` returns all of it."""

    def __init__(self, harness: Harness, name: str) -> None:
        self._harness = harness
        self._services: Services = harness.services
        self._me: PersonId = harness.meet(name)
        self._now: datetime = harness.now

    async def looked(self) -> set[Fact]:
        rooms = (
            *(self._lines, self._pods, self._asked, self._asks, self._talks, self._pairs, self._check_ins),
            *(self._terms, self._carrying),
        )
        return {fact for room in rooms async for fact in room()}

    def _rows(self, statement: str) -> list[Any]:
        return self._harness.rows(statement, self._me)

    async def _lines(self) -> AsyncIterator[Fact]:
        for message in await self._services.messages.show(self._me, self._now):
            if message.other is not None and message.kind != "pods.ended":
                yield Fact("line", message.other, f"{message.kind} {message.subject}")

    async def _pods(self) -> AsyncIterator[Fact]:
        pod = await self._services.pods.show(self._me, SERVER, self._now)
        for tie in pod.members:
            yield Fact("tie", tie.member, tie.id)
        for tie in pod.owners:
            yield Fact("tie", tie.owner, tie.id)
        for one in (
            *pod.invitations,
            *(one for one, _ in await self._services.pods.waiting(self._me, self._now)),
        ):
            yield Fact("invitation", one.owner, one.id)
        for row in self._rows("SELECT id FROM invitations WHERE member = ?"):
            with suppress(Refusal):
                invitation, _ = await self._services.pods.invitations.look_at(self._me, row["id"], self._now)
                yield Fact("invitation", invitation.owner, row["id"])

    async def _asked(self) -> AsyncIterator[Fact]:
        for row in self._rows("SELECT id FROM askings WHERE answerer = ?"):
            with suppress(Refusal):
                invited, words = await self._services.asks.answering.read(self._me, row["id"])
                yield Fact("ask", invited.ask.asker, row["id"], words.what)

    async def _asks(self) -> AsyncIterator[Fact]:
        for row in self._rows("SELECT id FROM asks WHERE asker = ? AND state != 'draft'"):
            for one in (await self._services.asks.status(self._me, row["id"], self._now)).asked:
                if one.reply is Reply.ANSWERED:
                    yield Fact("answered", one.asking.answerer, one.asking.id, row["id"])
            for _, answer in (await self._services.asks.read(self._me, row["id"], self._now)).came:
                # In a restored copy, what was deleted after the copy was made is blank.
                if answer.impact:
                    author = answer.impact.split()[0]
                    yield Fact("answer", self._harness.people[author], row["id"], answer.impact)

    async def _talks(self) -> AsyncIterator[Fact]:
        for row in self._rows("SELECT id FROM talk_requests WHERE person = ?"):
            with suppress(Refusal):
                offered = await self._services.talks.offered(self._me, row["id"])
                # The person who was asked sees their own reply, and after the wait that they couldn't.
                yield Fact("talk" if offered.request.reply is None else "replied", offered.asker, row["id"])
        for row in self._rows("SELECT id FROM talks WHERE asker = ?"):
            with suppress(Refusal):
                talk = (await self._services.talks.show(self._me, row["id"], self._now)).talk
                if talk is not None and talk.state is TalkState.AGREED:
                    yield Fact("agreed", talk.current.person, row["id"], str(talk.current.reply))

    async def _pairs(self) -> AsyncIterator[Fact]:
        for pair, _ in await self._services.pairs.queries.of(self._me, SERVER):
            if pair.state is PairState.PROPOSED and pair.starter != self._me:
                yield Fact("proposal", pair.starter, pair.id)
            if pair.state is PairState.RUNNING:
                async for fact in self._pair(pair.id, pair.other(self._me)):
                    yield fact
        for row in self._rows("SELECT id, starter FROM pairs WHERE partner = ?"):
            with suppress(Refusal):
                await self._services.pairs.proposals.draft(self._me, row["id"])
                yield Fact("proposal", row["starter"], row["id"])

    async def _terms(self) -> AsyncIterator[Fact]:
        if not await self._services.terms.any_kept(self._me):
            return
        view = await self._services.terms.show(self._me, self._now)
        if view.asked is not None and view.asked.agreed:
            one = view.asked.carrying
            yield Fact("carrier", one.carrier, one.id)
            _, came = await self._services.terms.carriers.see_what_came(self._me, one.id, self._now)
            if came is not None:
                yield Fact("word", one.carrier, one.id, came)

    async def _carrying(self) -> AsyncIterator[Fact]:
        for waiting in await self._services.terms.carrying.waiting(self._me, self._now):
            if not waiting.carrying.agreed:
                yield Fact("to carry", waiting.carrying.author, waiting.carrying.id)
        for row in self._rows("SELECT id FROM carryings WHERE carrier = ?"):
            with suppress(Refusal):
                asked = await self._services.terms.carrying.look_at(self._me, row["id"], self._now)
                yield Fact("to carry", asked.carrying.author, row["id"])
            with suppress(Refusal):
                one = await self._services.terms.carrying.read(self._me, row["id"], self._now)
                yield Fact("carried", one.carrying.author, row["id"])
                if not one.text.blank:
                    yield Fact("text", one.carrying.author, row["id"], one.text.words)

    async def _pair(self, id: str, other: PersonId) -> AsyncIterator[Fact]:
        yield Fact("pair", other, id)
        view = await self._services.pairs.queries.show(self._me, id, self._now)
        await self._services.pairs.saw(self._me, id)
        if view.theirs.aim:
            yield Fact("words", other, id, view.theirs.aim)
        if view.offered is not None:
            yield Fact("offered", other, id, str(view.offered.schedule))
        for number in range(view.shared):
            shared = await self._services.pairs.sharing.shared(self._me, id, number, self._now)
            yield Fact("shared", other, shared.check_in.id, f"{shared.note} {shared.check_in.status}")

    async def _check_ins(self) -> AsyncIterator[Fact]:
        for row in self._rows("SELECT id, person FROM check_ins WHERE partner = ?"):
            with suppress(Refusal):
                await self._services.pairs.sharing.wished(self._me, row["id"])
                yield Fact("wish", row["person"], row["id"])
        for row in self._rows("SELECT id FROM check_ins WHERE person = ? AND wish IS NOT NULL"):
            with suppress(Refusal):
                shown = await self._services.pairs.check_ins.look(self._me, row["id"])
                if shown.untold:
                    shown = await self._services.pairs.check_ins.hear(self._me, row["id"], self._now)
                one = shown.check_in
                if one.heard not in (None, Wish.ASKED):
                    yield Fact("heard", one.partner, row["id"], str(one.heard))
