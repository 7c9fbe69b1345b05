"""What the other person can notice of a boundary, as far as the person who sets it can see it."""

from datetime import datetime

from msgspec import Struct

from bot.asks.between import AsksBetween
from bot.ids import PersonId
from bot.nights.queries import BetweenNights
from bot.paths.queries import BetweenPaths
from bot.pods.models import Between
from bot.services import Services
from cogs.me.boundary import strings


class Ties(Struct, frozen=True):
    """What the two have with each other, as far as the person who sets the boundary can see it."""

    pods: Between
    asks: AsksBetween
    paired: bool
    suggested: bool
    asks_to_talk: bool
    asked_to_talk: bool
    paths: BetweenPaths
    carried: bool
    """The other person carries something of theirs, or was asked to."""
    carries: bool
    nights: BetweenNights

    @property
    def read_from_me(self) -> bool:
        """Whether the other person may have read something from the person who sets the boundary."""
        asks = self.asks.answered or self.asks.asking
        return asks or self.paired or self.paths.met or self.carried

    @property
    def noticed(self) -> list[str]:
        """What the other person can notice, one line for each tie."""
        lines = {
            strings.POD_ANSWERS: self.pods.answers,
            strings.POD_ASKS: self.pods.asks,
            strings.POD_INVITED: self.pods.invited,
            strings.PAIR: self.paired,
            strings.PAIR_SUGGESTED: self.suggested,
            strings.ASKING: self.asks.asking,
            strings.ASKED: self.asks.asked,
            strings.PATH_ACCOMPANIED: self.paths.accompanied,
            strings.PATH_ACCOMPANIES: self.paths.accompanies,
            strings.PATH_BESIDE: self.paths.beside,
            strings.PATH_INVITED: self.paths.invited,
            strings.TALK_ASKING: self.asks_to_talk,
            strings.TALK_ASKED: self.asked_to_talk,
            strings.ANSWERED: self.asks.answered,
            strings.CARRIED: self.carried,
            strings.CARRIES: self.carries,
            strings.NIGHT_LOOKS: self.nights.looks,
            strings.NIGHT_TOGETHER: self.nights.together,
            strings.NIGHT_WISHED: self.nights.wished,
        }
        return [line for line, shown in lines.items() if shown]


async def between(services: Services, me: PersonId, other: PersonId, now: datetime) -> Ties:
    paired, suggested = await services.pairs.queries.between(me, other)
    asks_to_talk, asked_to_talk = await services.talks.between(me, other)
    carried, carries = await services.terms.queries.between(me, other, now)
    return Ties(
        await services.pods.between(me, other, now),
        await services.asks.between.seen(me, other),
        paired,
        suggested,
        asks_to_talk,
        asked_to_talk,
        await services.paths.queries.between(me, other, now),
        carried,
        carries,
        await services.nights.queries.between(me, other, now),
    )
