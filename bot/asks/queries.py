"""What askers get to see: a draft at each step before `Send`, an ask while it waits, and the answers.

Every "can't" looks the same, whatever its cause is.
"""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.asks import recipient_store, store
from bot.asks.eligibility import Around, AskEligibility
from bot.asks.models import (
    ASKED_AT_MOST,
    MORE_TIME_AT_MOST,
    SAME_WITHIN,
    Answer,
    Ask,
    AskRecipient,
    AskState,
    AskText,
    Reply,
)
from bot.asks.tables import OPEN
from bot.ids import PersonId
from bot.people.models import Person
from bot.people.service import People
from bot.plans.service import Plans
from bot.storage.tx import Tx


class Beginning(Struct, frozen=True):
    """What `/ask` begins with: the draft to go on with, and what has to be said first."""

    ask: Ask
    consented: bool
    around: Around
    days: int
    """How many days text is kept in this server after an ask closes."""
    written: Ask | None = None
    """Another draft, with text, that was not sent."""


class Opened(Struct, frozen=True):
    """A draft with its text so far, and with the message that it began with while that is kept."""

    ask: Ask
    words: AskText
    message: str
    around: Around


class Preview(Struct, frozen=True):
    """A draft as it would be sent. `people`: who can be asked now, with names, also those already picked."""

    ask: Ask
    words: AskText
    people: Sequence[tuple[PersonId, str]]
    ends_at: datetime
    zone_known: bool
    kept_until: datetime | None
    earlier: Ask | None
    """What they asked in this server lately, if the ask can still be opened."""


class AskedView(Struct, frozen=True):
    """One answerer as the asker sees them: their name, and their reply as it is shown."""

    name: str
    reply: Reply
    asking: AskRecipient


class AskStatus(Struct, frozen=True):
    """An ask as its asker sees it.

    others: who else could be asked, with names.
    longer_until: when the wait would end after `More time`; None if it can't be extended now.
    """

    ask: Ask
    asked: Sequence[AskedView]
    others: Sequence[tuple[PersonId, str]] = ()
    longer_until: datetime | None = None

    @property
    def came(self) -> int:
        """How many have answered."""
        return sum(one.reply is Reply.ANSWERED for one in self.asked)

    @property
    def untold(self) -> list[str]:
        """The answers among them that the asker was not told of before, by the ids of the AskRecipients."""
        return [one.asking.id for one in self.asked if one.reply is Reply.ANSWERED and not one.asking.told]

    @property
    def room(self) -> int:
        """How many more can be asked. Those who can't answer don't count."""
        return ASKED_AT_MOST - sum(one.reply is not Reply.CANT for one in self.asked)

    @property
    def danger(self) -> bool:
        """Whether it is paused because somebody who was asked said that somebody may be in danger.

        What somebody with a boundary said doesn't count: it may pause the ask, but nothing says why.
        """
        said = [one.asking for one in self.asked if one.asking.reply is Reply.DANGER]
        return self.ask.state is AskState.PAUSED and not all(one.withheld for one in said)

    @property
    def waiting(self) -> bool:
        """Whether somebody may still answer."""
        return any(one.reply is Reply.ASKED for one in self.asked)


class Answers(Struct, frozen=True):
    """The answers with names, and the asker's text. `kept_until`: when a closed ask is destroyed.

    ids: the id of each answer's AskRecipient, in the same order.
    """

    ask: Ask
    words: AskText
    came: Sequence[tuple[str, Answer]]
    kept_until: datetime | None = None
    ids: Sequence[str] = ()


class AskQueries:
    """Reads what an asker may know about their asks and the people they asked."""

    def __init__(self, people: People, plans: Plans, eligibility: AskEligibility) -> None:
        self._people = people
        self._plans = plans
        self._eligibility = eligibility

    async def status(
        self,
        tx: Tx,
        ask: Ask,
        now: datetime,
        askings: Sequence[AskRecipient] | None = None,
        others: Sequence[Person] | None = None,
    ) -> AskStatus:
        """Return the ask as its asker sees it.

        `askings`, and `others` who can be asked now, save queries if the caller has them.
        """
        if askings is None:
            askings = await recipient_store.of(tx, ask.id)
        asked_people = {one.answerer: one.asked_at for one in askings}
        names = await self._people.labels(tx, ask.asker, ask.server, asked_people)
        asked = [AskedView(names.get(one.answerer, ""), one.as_shown, one) for one in askings]
        status = AskStatus(ask, asked)
        if ask.state is not AskState.OPEN:
            return status
        if status.room:
            status = replace(status, others=await self._eligibility.able(tx, ask, now, others))
        if ask.over_at is not None and status.waiting and ask.extended < MORE_TIME_AT_MOST:
            status = replace(status, longer_until=await self._eligibility.longer(tx, ask, now))
        return status

    async def earlier(self, tx: Tx, draft: Ask, now: datetime) -> Ask | None:
        """Return their newest recent ask in the same server that is open, or has an answer or a plan."""
        for ask in await store.sent_since(tx, draft.asker, draft.server, now - SAME_WITHIN):
            if ask.state in OPEN or await self._left(tx, ask):
                return ask
        return None

    async def _left(self, tx: Tx, ask: Ask) -> bool:
        answered = any(one.reply is Reply.ANSWERED for one in await recipient_store.of(tx, ask.id))
        return answered or await self._plans.of(tx, ask.id) is not None
