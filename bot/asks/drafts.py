"""Before an ask is sent: consent, the words, whom to ask, how long to wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.asks import asking_store, store, wait
from bot.asks.course import DRAFT_ENDS, MESSAGE_ENDS, Course
from bot.asks.letters import Letters
from bot.asks.model import DRAFT_KEPT, MESSAGE_KEPT, SAME_WITHIN, Ask, Kind, State, Words
from bot.asks.wait import Wait
from bot.errors import NotYours
from bot.ids import PersonId, ServerId, new_id
from bot.people.model import UnderEighteen
from bot.people.preferences import Preferences
from bot.people.service import People
from bot.pods.service import Pods
from bot.servers.service import Servers
from bot.storage.database import Database, Tx
from bot.storage.transaction import reads, writes
from bot.timing.agenda import Agenda

CONSENT = "ask"
"""The name under which consent to the text before the first ask is kept."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What `/ask` finds: the draft to go on with, and what has to be said before it."""

    ask: Ask
    consented: bool
    alone: bool
    """Nobody has agreed to be asked yet."""
    days: int
    """How long text is kept here after an ask closes."""
    written: Ask | None = None
    """A draft with words in it, that was not sent."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be sent. `people`: who can be asked now, by name, those picked among them."""

    ask: Ask
    words: Words
    people: Sequence[tuple[PersonId, str]]
    ends: dict[Wait, datetime]
    zone_known: bool
    earlier: Ask | None

    @property
    def chosen(self) -> list[str]:
        return [name for person, name in self.people if person in self.ask.chosen]


class Drafts:
    """Everything up to `Send`. A draft is an ask that nobody has been shown."""

    def __init__(
        self,
        db: Database,
        letters: Letters,
        course: Course,
        people: People,
        preferences: Preferences,
        servers: Servers,
        pods: Pods,
        agenda: Agenda,
    ) -> None:
        self.db = db
        self._letters = letters
        self._course = course
        self._people = people
        self._preferences = preferences
        self._servers = servers
        self._pods = pods
        self._agenda = agenda

    @writes
    async def begin(
        self, tx: Tx, by: PersonId, server: ServerId, version: int, now: datetime, message: str = ""
    ) -> Beginning:
        """An empty draft, or the one never filled; raises UnderEighteen. `version`: the consent text's."""
        settings = await self._servers.get(tx, server)
        if settings.minors or (await self._people.get(tx, by)).minor:
            raise UnderEighteen
        drafts = await store.drafts(tx, by, server)
        ask = next((draft for draft, written in drafts if not written), None)
        if ask is None:
            ask = Ask(new_id(), by, server, State.DRAFT, now)
            await store.add(tx, ask)
        await self._agenda.put(tx, DRAFT_ENDS, ask.id, now + DRAFT_KEPT)
        if message:
            ask = await store.move(tx, ask, ask, message=await self._letters.seal_message(tx, ask, message))
            await self._agenda.put(tx, MESSAGE_ENDS, ask.id, now + MESSAGE_KEPT)
        return Beginning(
            ask,
            consented=await self._preferences.consented(tx, by, CONSENT, version),
            alone=not await self._pods.available(tx, by, server, now),
            days=settings.retention_days,
            written=next((draft for draft, written in drafts if written), None),
        )

    @writes
    async def agree(self, tx: Tx, by: PersonId, id: str, version: int, now: datetime) -> Ask:
        """They read what stands before the first ask, and are 18 or over."""
        ask = await self._draft(tx, by, id)
        if (await self._people.get(tx, by)).minor:
            raise UnderEighteen
        await self._preferences.consent(tx, by, CONSENT, version, now)
        return ask

    @writes
    async def lead_away(self, tx: Tx, by: PersonId, id: str) -> Ask:
        """It is not for friends in writing: the message that it began with goes at once."""
        ask = await self._draft(tx, by, id)
        await store.drop_message(tx, id)
        await self._agenda.drop(tx, MESSAGE_ENDS, id)
        return ask

    @reads
    async def form(self, tx: Tx, by: PersonId, id: str) -> tuple[Ask, Words, str]:
        """What the form is filled in with: the words so far, else the message that it began with."""
        ask = await self._draft(tx, by, id)
        return ask, await self._letters.words(tx, ask), await self._letters.message(tx, ask)

    @writes
    async def write(self, tx: Tx, by: PersonId, id: str, kind: Kind, words: Words, now: datetime) -> Preview:
        """Keep what was typed, whatever is wrong with it."""
        ask = await self._draft(tx, by, id)
        written = replace(ask, kind=kind, written=ask.written + 1)
        sealed = await self._letters.seal_words(tx, written, words)
        moved = await store.move(tx, ask, written, words=sealed, message=None)
        await self._agenda.drop(tx, MESSAGE_ENDS, id)
        await self._agenda.put(tx, DRAFT_ENDS, id, now + DRAFT_KEPT)
        return await self._preview(tx, moved, now)

    @reads
    async def preview(self, tx: Tx, by: PersonId, id: str, now: datetime) -> Preview:
        return await self._preview(tx, await self._draft(tx, by, id), now)

    @writes
    async def pick(self, tx: Tx, by: PersonId, id: str, chosen: Sequence[str], now: datetime) -> Preview:
        """Whom to ask; anybody who cannot be asked is left out."""
        ask = await self._draft(tx, by, id)
        can = {person for person, _ in await self.can_be_asked(tx, ask, now)}
        picked = tuple(PersonId(one) for one in chosen if one in can)
        return await self._preview(tx, await store.move(tx, ask, replace(ask, chosen=picked)), now)

    @writes
    async def wait(self, tx: Tx, by: PersonId, id: str, wait: Wait, now: datetime) -> Preview:
        ask = await self._draft(tx, by, id)
        return await self._preview(tx, await store.move(tx, ask, replace(ask, wait=wait)), now)

    @writes
    async def discard(self, tx: Tx, by: PersonId, id: str, now: datetime) -> None:
        """Nothing of it is kept."""
        await self._draft(tx, by, id)
        await self._course.destroy(tx, id, now)

    @reads
    async def written(self, tx: Tx, by: PersonId) -> list[Ask]:
        """Drafts with words in them, in every server."""
        return [draft for draft, written in await store.drafts(tx, by) if written]

    async def can_be_asked(self, tx: Tx, ask: Ask, now: datetime) -> list[tuple[PersonId, str]]:
        """Whoever of the pod can be asked now, with their names: nobody with whom an ask is open already."""
        busy = await asking_store.busy_with(tx, ask.asker)
        can = [one for one in await self._pods.available(tx, ask.asker, ask.server, now) if one not in busy]
        names = await self._people.names(tx, ask.server, can)
        return [(one, names[one]) for one in can if one in names]

    async def _draft(self, tx: Tx, by: PersonId, id: str) -> Ask:
        ask = await store.get(tx, id)
        if ask is None:
            raise NotYours
        ask.drafted_by(by)
        return ask

    async def _preview(self, tx: Tx, ask: Ask, now: datetime) -> Preview:
        person = await self._people.get(tx, ask.asker)
        return Preview(
            ask,
            await self._letters.words(tx, ask),
            await self.can_be_asked(tx, ask, now),
            {one: wait.ends(one, now, person.tz) for one in Wait},
            person.zone is not None,
            await store.earlier(tx, ask.asker, ask.server, now - SAME_WITHIN),
        )
