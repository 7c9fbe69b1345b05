"""An ask as its asker sees it: every "can't" looks the same, whatever its cause."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.asks import asking_store
from bot.asks.drafts import Drafts
from bot.asks.model import ASKED_AT_MOST, MORE_TIME_AT_MOST, Answer, Ask, Asking, Reply, State, Words
from bot.ids import PersonId
from bot.people.service import People
from bot.storage.tx import Tx


@dataclass(frozen=True, slots=True)
class Asked:
    """One answerer as the asker sees them; `reply` is the ordinary one, whatever its cause."""

    name: str
    reply: Reply
    asking: Asking


@dataclass(frozen=True, slots=True)
class Status:
    """An ask as its asker sees it. `others`: who could be asked besides, by name.

    `longer_until`: once the wait is over, until when `More time` would make it; None where it cannot.
    """

    ask: Ask
    asked: Sequence[Asked]
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
    words: Words
    came: Sequence[tuple[str, Answer]]
    kept_until: datetime | None = None


class View:
    """What an asker may know of those they asked."""

    def __init__(self, drafts: Drafts, people: People) -> None:
        self._company = drafts.company
        self._people = people

    async def status(
        self, tx: Tx, ask: Ask, now: datetime, askings: Sequence[Asking] | None = None
    ) -> Status:
        """`askings`: those of the ask, where they are at hand."""
        if askings is None:
            askings = await asking_store.of(tx, ask.id)
        names = await self._people.names(tx, ask.server, [one.answerer for one in askings])
        asked = [Asked(names.get(one.answerer, ""), _ordinary(one), one) for one in askings]
        status = Status(ask, asked)
        if ask.state is not State.OPEN:
            return status
        if status.room:
            status = replace(status, others=await self._company.able(tx, ask, now))
        if ask.over_at is not None and status.waiting and ask.extended < MORE_TIME_AT_MOST:
            status = replace(status, longer_until=await self._company.longer(tx, ask, now))
        return status


def _ordinary(one: Asking) -> Reply:
    """What the asker may know of a reply; until a parting, what they knew before."""
    return one.reply if one.reply in (Reply.ANSWERED, Reply.CANT) else Reply.ASKED
