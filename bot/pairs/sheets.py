"""What each of the two writes before a pair runs."""

from secrets import randbelow

from msgspec.structs import replace

from bot.ids import PersonId, new_id
from bot.pairs import side_store
from bot.pairs.models import Pair, PairText, Side
from bot.pairs.queries import PairDraft
from bot.pairs.sealed import SealedPairs
from bot.people.service import People
from bot.storage.tx import Tx

_QUESTIONS = 1000


class Sheets:
    """Each partner's side of a pair, which is made when they first open the form."""

    def __init__(self, people: People, sealed: SealedPairs) -> None:
        self._people = people
        self._sealed = sealed

    async def side(self, tx: Tx, pair: Pair, person: PersonId) -> Side:
        """Return their side. A new one begins with a random question, so that pairs begin differently."""
        found = await side_store.of(tx, pair.id, person)
        if found is not None:
            return found
        return await side_store.add(tx, Side(new_id(), pair.id, person, "", 2 * randbelow(_QUESTIONS)))

    async def write(self, tx: Tx, side: Side, words: PairText) -> None:
        """Store what they wrote, replacing what was there."""
        written = replace(side, written=side.written + 1)
        await side_store.keep(tx, written, words=await self._sealed.seal_words(tx, written, words))

    async def draft(self, tx: Tx, by: PersonId, pair: Pair) -> PairDraft:
        """Return the pair before it runs, as one of the two sees it, with what they wrote so far."""
        mine = by == pair.starter
        whom = pair.partner if mine else pair.starter
        met = {} if whom is None else {whom: pair.asked_at}
        names = await self._people.labels(tx, by, pair.server, met) if met else {}
        side = await side_store.of(tx, pair.id, by)
        words = PairText() if side is None else await self._sealed.words(tx, side)
        person = await self._people.get(tx, by)
        zone = words.zone or (person.zone if person.zone_known else None) or ""
        name = names.get(whom, "") if whom else ""
        about = None if side is None else side.about
        return PairDraft(pair, name, replace(words, zone=zone), mine, about)
