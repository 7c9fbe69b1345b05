"""What the asker and the person who is asked get to see of a talk."""

from datetime import datetime

from msgspec import Struct

from bot.ids import PersonId, ServerId
from bot.people.service import People
from bot.pods.service import Pods
from bot.storage.tx import Tx
from bot.talks.models import Request, Talk, TalkAbout, TalkState
from bot.talks.moves import TalkMoves


class TalkView(Struct, frozen=True):
    """What the asker sees: their open talk, if there is one, and who can be asked now, with names."""

    server: ServerId
    talk: Talk | None
    others: tuple[tuple[PersonId, str], ...] = ()
    name: str = ""
    """The name of the person of the current request; empty if they have none here any more."""
    again_at: datetime | None = None
    """When they are asked next whether they got to talk; None if that is not scheduled."""


class Offered(Struct, frozen=True):
    """What the person who is asked sees."""

    request: Request
    asker: PersonId
    server: ServerId
    name: str
    about: TalkAbout = TalkAbout.HARD
    agreed: bool = False
    """Whether they agreed to talk, and can still say that they can't."""


class TalkQueries:
    """Reads talks inside a transaction of the caller."""

    def __init__(self, people: People, pods: Pods, moves: TalkMoves) -> None:
        self._people = people
        self._pods = pods
        self._moves = moves

    async def free(
        self, tx: Tx, by: PersonId, server: ServerId, talk: Talk | None, now: datetime
    ) -> list[PersonId]:
        found = await self._pods.available(tx, by, server, now)
        return [one.id for one in found if talk is None or not talk.was_asked(one.id)]

    async def mine(
        self, tx: Tx, by: PersonId, server: ServerId, talk: Talk | None, now: datetime
    ) -> TalkView:
        choosing = talk is None or talk.state is TalkState.FREE
        free = await self.free(tx, by, server, talk, now) if choosing else []
        met: dict[PersonId, datetime | None] = dict.fromkeys(free)
        if talk is not None:
            met[talk.current.person] = talk.current.asked_at
        names = await self._people.labels(tx, by, server, met)
        others = tuple((person, names[person]) for person in free if person in names)
        again = None if talk is None else await self._moves.again_at(tx, talk)
        return TalkView(
            server, talk, others, "" if talk is None else names.get(talk.current.person, ""), again
        )

    async def offered(self, tx: Tx, talk: Talk, request_id: str) -> Offered:
        asker = {talk.asker: talk.current.asked_at}
        names = await self._people.labels(tx, talk.current.person, talk.server, asker)
        name, agreed = names.get(talk.asker, ""), talk.state is TalkState.AGREED
        return Offered(talk.current, talk.asker, talk.server, name, talk.about, agreed)
