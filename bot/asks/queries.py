"""What askers get to see: a draft at each step before `Send`, an ask while it waits, and what came.

Every "can't" looks the same, whatever its cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

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
from bot.people.service import People
from bot.plans.service import Plans
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Beginning:
    """What `/ask` finds: the draft to go on with, and what has to be said before it."""

    ask: Ask
    consented: bool
    around: Around
    days: int
    """How long text is kept here after an ask closes."""
    written: Ask | None = None
    """A draft with words in it, that was not sent."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft as it lies there: its words so far, and the message that it began with, while it is kept."""

    ask: Ask
    words: AskText
    message: str
    around: Around


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be sent. `people`: who can be asked now, by name, those picked among them."""

    ask: Ask
    words: AskText
    people: Sequence[tuple[PersonId, str]]
    ends_at: datetime
    zone_known: bool
    kept_until: datetime | None
    earlier: Ask | None
    """What they asked here not long ago, if there is something of it to open."""


@dataclass(frozen=True, slots=True)
class AskedView:
    """One answerer as the asker sees them; `reply` is the ordinary one, whatever its cause."""

    name: str
    reply: Reply
    asking: AskRecipient


@dataclass(frozen=True, slots=True)
class Status:
    """An ask as its asker sees it. `others`: who could be asked besides, by name.

    `longer_until`: once the wait is over, until when `More time` would make it; None where it cannot.
    """

    ask: Ask
    asked: Sequence[AskedView]
    others: Sequence[tuple[PersonId, str]] = ()
    longer_until: datetime | None = None

    @property
    def came(self) -> int:
        return sum(one.reply is Reply.ANSWERED for one in self.asked)

    @property
    def room(self) -> int:
        """How many more can be asked: whoever can't does not count."""
        return ASKED_AT_MOST - sum(one.reply is not Reply.CANT for one in self.asked)

    @property
    def waiting(self) -> bool:
        """Whether somebody may still answer."""
        return any(one.reply is Reply.ASKED for one in self.asked)


@dataclass(frozen=True, slots=True)
class Answers:
    """What came, by name, and the words that it answers. `kept_until`: once closed, when all of it goes."""

    ask: Ask
    words: AskText
    came: Sequence[tuple[str, Answer]]
    kept_until: datetime | None = None


class AskQueries:
    """What an asker may know of their asks, and of those they asked."""

    def __init__(self, people: People, plans: Plans, eligibility: AskEligibility) -> None:
        self._people = people
        self._plans = plans
        self._eligibility = eligibility

    async def status(
        self, tx: Tx, ask: Ask, now: datetime, askings: Sequence[AskRecipient] | None = None
    ) -> Status:
        """`askings`: those of the ask, where they are at hand."""
        if askings is None:
            askings = await recipient_store.of(tx, ask.id)
        names = await self._people.names(tx, ask.server, [one.answerer for one in askings])
        asked = [AskedView(names.get(one.answerer, ""), _ordinary(one), one) for one in askings]
        status = Status(ask, asked)
        if ask.state is not AskState.OPEN:
            return status
        if status.room:
            status = replace(status, others=await self._eligibility.able(tx, ask, now))
        if ask.over_at is not None and status.waiting and ask.extended < MORE_TIME_AT_MOST:
            status = replace(status, longer_until=await self._eligibility.longer(tx, ask, now))
        return status

    async def earlier(self, tx: Tx, draft: Ask, now: datetime) -> Ask | None:
        """The newest ask of theirs there that is open, or of which an answer or a plan is left."""
        for ask in await store.sent_since(tx, draft.asker, draft.server, now - SAME_WITHIN):
            if ask.state in OPEN or await self._left(tx, ask):
                return ask
        return None

    async def _left(self, tx: Tx, ask: Ask) -> bool:
        answered = any(one.reply is Reply.ANSWERED for one in await recipient_store.of(tx, ask.id))
        return answered or await self._plans.of(tx, ask.id) is not None


def _ordinary(one: AskRecipient) -> Reply:
    """What the asker may know of a reply; until a parting, what they knew before."""
    return one.reply if one.reply in (Reply.ANSWERED, Reply.CANT) else Reply.ASKED
