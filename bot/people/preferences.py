"""What people set for themselves: time zone, quiet hours, rest, age and consent."""

from datetime import datetime, time

from bot.events import PersonRested, PersonUnderEighteen
from bot.ids import PersonId
from bot.people import store
from bot.people.errors import UnknownZone
from bot.people.models import Person, Quiet
from bot.people.service import People
from bot.scheduling.recurrence import known_zones
from bot.slice_context import SliceContext
from bot.storage.transaction import reads, writes
from bot.storage.tx import Tx

ADULT = "settings.adult"
"""The name under which a consent says that somebody told, in `/settings`, that they are 18 or over."""


class Preferences:
    """Reads and changes a person's settings. They apply in every server."""

    def __init__(self, context: SliceContext, people: People) -> None:
        self._db = context.db
        self._events = context.events
        self._people = people

    @reads
    async def of(self, tx: Tx, person: PersonId) -> Person:
        return await self._people.get(tx, person)

    async def wait_until(self, tx: Tx, person: PersonId, now: datetime) -> datetime | None:
        """Return when their quiet hours end, before which nothing is sent; None if they are not in them."""
        return (await self._people.get(tx, person)).quiet_until(now)

    @writes
    async def live_in(self, tx: Tx, person: PersonId, zone: str) -> None:
        """Set the time zone, by its IANA name. Raises UnknownZone."""
        if zone not in known_zones():
            raise UnknownZone
        await store.change(tx, person, zone=zone)

    async def settle_in(self, tx: Tx, person: PersonId, zone: str) -> None:
        """Set a time zone that they entered for something else, unless they have set one."""
        if not (await self._people.get(tx, person)).zone_known:
            await store.change(tx, person, zone=zone)

    @writes
    async def keep_quiet(self, tx: Tx, person: PersonId, quiet: Quiet | None) -> None:
        start, end = (None, None) if quiet is None else (_minutes(quiet.start), _minutes(quiet.end))
        await store.change(tx, person, quiet_start=start, quiet_end=end)

    @writes
    async def rest(self, tx: Tx, person: PersonId, until: datetime | None, now: datetime) -> None:
        """Rest until then; None ends the rest. Nothing new is asked of them, and they leave what is open."""
        await store.change(tx, person, resting_until=until)
        if until is not None and until > now:
            await self._events.publish(tx, PersonRested(now, person))

    @writes
    async def say_minor(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Record that they are under 18. What is for adults ends for them."""
        await store.change(tx, person, minor_since=now)
        await self._events.publish(tx, PersonUnderEighteen(now, person))

    @writes
    async def say_adult(self, tx: Tx, person: PersonId, now: datetime) -> None:
        """Keep that they are 18 or over. Raises NotYet within a day of saying that they are under 18."""
        (await self._people.get(tx, person)).may_say_adult(now)
        await store.change(tx, person, minor_since=None)
        await store.consent(tx, person, ADULT, 1, now)

    @reads
    async def said_adult(self, tx: Tx, person: PersonId) -> bool:
        """Whether they have said, in `/settings`, that they are 18 or over."""
        return await store.consented_ever(tx, person, ADULT)

    async def consented(self, tx: Tx, person: PersonId, text: str, version: int) -> bool:
        return await store.consented(tx, person, text, version)

    async def newest_consent(self, tx: Tx, person: PersonId, text: str) -> int:
        """Return the highest version of that text to which they agreed; 0 if to none."""
        return await store.newest_consent(tx, person, text)

    @reads
    async def consented_ever(self, tx: Tx, person: PersonId, text: str) -> bool:
        """Whether they agreed to any version of that text."""
        return await store.consented_ever(tx, person, text)

    async def consent(self, tx: Tx, person: PersonId, text: str, version: int, now: datetime) -> None:
        await store.consent(tx, person, text, version, now)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
