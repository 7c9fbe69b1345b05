"""Helplines by country, and the pages of `/support` made from them."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.content.models import Part, Written
from bot.text import is_blank

OLD = timedelta(days=180)


class SupportTopic(StrEnum):
    """The four topics of `/support`."""

    HURT = "hurt"
    TOLD = "told"
    WORRIED = "worried"
    NOW = "now"


class Column(StrEnum):
    """What a country can have: four columns of the table of helplines, and its emergency number.

    CARE is medical care and an exam that keeps evidence, both without the police.
    """

    HURT = "hurt"
    CRISIS = "crisis"
    WORRIED = "worried"
    CARE = "care"
    EMERGENCY = "emergency"


class Confidence(StrEnum):
    """How sure we are of an entry.

    HIGH: two independent copies, or the service's own page. MEDIUM: one copy. Nothing less is shown.
    """

    HIGH = "high"
    MEDIUM = "medium"


class Fit(StrEnum):
    """How much of its topics a helpline covers. Its `who` says the rest."""

    ANYONE = "anyone"
    SOME = "some"
    ONE_THING = "one thing"


class Hours(Part, frozen=True):
    """When a helpline is open: in words, and if known also as days and times in its own zone.

    `days` are 0 (Monday) to 6. `closes` 00:00 means midnight.
    """

    words: str
    always: bool = False
    zone: str = ""
    days: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None

    def __post_init__(self) -> None:
        if is_blank(self.words):
            raise ValueError("hours are said in words, even if only where to find them")
        if self.opens is not None:
            ZoneInfo(self.zone)
            if self.closes is None or not self.days:
                raise ValueError("hours that open have days and a closing time")

    def open_at(self, now: datetime) -> bool | None:
        """Whether it is open at that time; None if the times are not known."""
        if self.always:
            return True
        if self.opens is None or self.closes is None:
            return None
        local = now.astimezone(ZoneInfo(self.zone))
        before_end = self.closes == time(0) or local.time() < self.closes
        return local.weekday() in self.days and self.opens <= local.time() and before_end


class Helpline(Part, frozen=True):
    """A helpline: its name, whom it is for (its exact scope), and how to reach it.

    `page` is empty if no address was seen, since a guessed one is worse than none.
    """

    key: str
    name: str
    who: str
    topics: tuple[SupportTopic, ...]
    hours: Hours
    page: str
    seen_on: date
    seen_in: str
    confidence: Confidence
    phone: str = ""
    text: str = ""
    whatsapp: str = ""
    area: str = ""
    young: bool = False
    fits: Fit = Fit.ANYONE

    def __post_init__(self) -> None:
        if any(is_blank(text) for text in (self.name, self.who, self.seen_in)):
            raise ValueError(f"{self.key}: name, who and seen_in are needed")
        if not (self.phone or self.page):
            raise ValueError(f"{self.name}: a line can be reached, by phone or on its page")
        if not self.topics:
            raise ValueError(f"{self.name}: a line has at least one topic")


class Care(Part, frozen=True):
    """Care after sexual violence, and an exam that keeps evidence: what a country has, and who to ask.

    without_police: whether both can be had without a report to the police.
    """

    name: str
    what: str
    without_police: bool
    seen_on: date
    seen_in: str
    confidence: Confidence
    phone: str = ""
    page: str = ""
    area: str = ""

    def __post_init__(self) -> None:
        if any(is_blank(text) for text in (self.name, self.what, self.seen_in)):
            raise ValueError("care has a name, says what it is, and where that was seen")


class Country(Written, frozen=True):
    """A country with its emergency number, helplines and care. The code `world` is for everywhere else."""

    code: str
    name: str
    place: str
    emergency: str
    emergency_seen_on: date
    emergency_seen_in: str
    lines: tuple[Helpline, ...]
    care: tuple[Care, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if is_blank(self.emergency) or is_blank(self.emergency_seen_in):
            raise ValueError("a country has an emergency number, and where it was seen")
        if not self.care:
            raise ValueError("a country says where to find care, even if only at a hospital")

    def behind(self, topic: SupportTopic) -> tuple[Helpline, ...]:
        """Return the helplines for a topic: those we are sure of first, else in the order of the file."""
        behind = (line for line in self.lines if topic in line.topics)
        return tuple(sorted(behind, key=lambda line: line.confidence is not Confidence.HIGH))

    def columns(self) -> tuple[Column, ...]:
        """Return the columns that are filled here. A line about one thing alone fills none."""
        topics = {topic for line in self.lines if line.fits is not Fit.ONE_THING for topic in line.topics}
        has = {
            Column.HURT: SupportTopic.HURT in topics,
            Column.CRISIS: SupportTopic.NOW in topics,
            Column.WORRIED: SupportTopic.WORRIED in topics,
            Column.CARE: any(care.without_police for care in self.care),
            Column.EMERGENCY: any(sign.isdigit() for sign in self.emergency),
        }
        return tuple(column for column in Column if has[column])


class SupportPart(Struct, frozen=True):
    """A part of a support page. Each of its heading, text and helplines may be empty."""

    heading: str
    text: str
    lines: tuple[Helpline, ...] = ()


class SupportPage(Struct, frozen=True):
    """What `/support` shows for a topic in a country.

    parts: what the country has. A server's own helplines are shown after it. further: what comes after
    those, and ends in a number or in what to do today. closing: the small print.
    """

    country: Country
    topic: SupportTopic
    title: str
    intro: str
    parts: tuple[SupportPart, ...]
    closing: str
    further: tuple[SupportPart, ...] = ()

    @property
    def lines(self) -> tuple[Helpline, ...]:
        """All helplines of the page, in order."""
        return tuple(line for part in (*self.parts, *self.further) for line in part.lines)


class Stale(Struct, frozen=True):
    """A helpline, an emergency number or a place for care that nobody has checked for too long."""

    country: str
    name: str
    seen_on: date


def stale(countries: Iterable[Country], today: date) -> tuple[Stale, ...]:
    """Return the entries that were seen more than 180 days before `today`."""
    return tuple(
        Stale(country.code, name, seen_on)
        for country in countries
        for name, seen_on in [
            ("emergency number", country.emergency_seen_on),
            *((line.name, line.seen_on) for line in country.lines),
            *((care.name, care.seen_on) for care in country.care),
        ]
        if today - seen_on > OLD
    )
