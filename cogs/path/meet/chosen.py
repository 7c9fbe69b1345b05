"""What was chosen of a schedule so far. It stands in the custom_ids of its card, so nothing is kept of it."""

from msgspec import Struct
from msgspec.structs import replace

from bot.errors import NotYours
from bot.paths.schedule import CADENCES, MeetingSchedule
from bot.scheduling.cadence import Cadence

_DAYS = {Cadence.MONTHLY: 1, Cadence.FORTNIGHT: 6}


class Chosen(Struct, frozen=True):
    """A cadence, a day and a time of day, without a time zone."""

    cadence: Cadence = Cadence.MONTHLY
    day: int = 1
    minute: int = 18 * 60

    @property
    def word(self) -> str:
        """The word for a custom_id."""
        return f"{self.cadence.value}-{self.day}-{self.minute}"

    @classmethod
    def read(cls, word: str) -> "Chosen":
        """Return what a word says; the usual choice for none. Raises NotYours for any other."""
        if not word:
            return cls()
        cadence, _, rest = word.partition("-")
        day, _, minute = rest.partition("-")
        if cadence not in set(CADENCES) or not (day.isdecimal() and minute.isdecimal()):
            raise NotYours
        return cls(Cadence(cadence), int(day), int(minute))

    @classmethod
    def of(cls, schedule: MeetingSchedule | None) -> "Chosen":
        return cls() if schedule is None else cls(schedule.cadence, schedule.day, schedule.minute)

    def every(self, cadence: str) -> "Chosen":
        if cadence not in set(CADENCES):
            raise NotYours
        found = Cadence(cadence)
        return self if found is self.cadence else replace(self, cadence=found, day=_DAYS[found])

    def on(self, day: str) -> "Chosen":
        return replace(self, day=_number(day))

    def at(self, minute: str) -> "Chosen":
        return replace(self, minute=_number(minute))

    def within(self, zone: str) -> MeetingSchedule:
        """Return the schedule in that time zone. Raises NoSuchMeeting."""
        return MeetingSchedule(zone, self.cadence, self.day, self.minute)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotYours
    return int(text)
