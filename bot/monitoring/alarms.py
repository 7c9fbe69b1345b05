"""Which vital signs are worth an alarm, from when on, and what is said then."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.monitoring import strings
from bot.monitoring.vitals import Phase, Vitals

SILENT_FOR = timedelta(minutes=5)
"""Discord answers each heartbeat, about every 41 seconds."""
OVERDUE_BY = timedelta(minutes=10)
"""What is due is looked for at least once a minute, and one delivery takes four minutes at most."""
CLOCK_OFF_BY = timedelta(seconds=30)
LOGINS_LOW = 50
BACKUP_OLD = timedelta(hours=50)
"""Two days, and some time for the copying itself."""
REHEARSAL_OLD = timedelta(days=15)
"""Two weeks and a day."""
SPARE_BYTES = 100 * 2**20
"""How much must be free besides the room for a copy of the database, which a backup and an upgrade make."""


class Alarm(StrEnum):
    """Something that an operator should look at. docs/OPERATIONS.md says what to do about each."""

    SILENT = "discord_silent"
    STORAGE = "database_unusable"
    DISK = "disk_nearly_full"
    OVERDUE = "overdue"
    CLOCK = "clock_off"
    LOGINS = "logins_low"
    BACKUP = "backup_old"
    REHEARSAL = "rehearsal_old"


Rule = Callable[[Vitals], str | None]
"""Returns what is wrong, in a sentence; None if that is as it should be, or can't be told."""


def raised(vitals: Vitals) -> dict[Alarm, str]:
    """Return what is wrong, with a sentence for each."""
    found = {alarm: rule(vitals) for alarm, rule in RULES.items()}
    return {alarm: sentence for alarm, sentence in found.items() if sentence is not None}


def _silent(vitals: Vitals) -> str | None:
    if vitals.phase is not Phase.RUNNING or vitals.silent is None or vitals.silent < SILENT_FOR:
        return None
    return strings.SILENT.format(minutes=_minutes(vitals.silent))


def _storage(vitals: Vitals) -> str | None:
    return None if vitals.storage is None else strings.STORAGE.format(why=vitals.storage)


def _disk(vitals: Vitals) -> str | None:
    if vitals.free_bytes is None or vitals.free_bytes >= vitals.needed_bytes + SPARE_BYTES:
        return None
    return strings.DISK.format(megabytes=vitals.free_bytes // 10**6)


def _overdue(vitals: Vitals) -> str | None:
    if vitals.phase is not Phase.RUNNING or vitals.overdue is None:
        return None
    by = vitals.at - vitals.overdue.since
    if by < OVERDUE_BY:
        return None
    return strings.OVERDUE.format(kind=vitals.overdue.kind, minutes=_minutes(by))


def _clock(vitals: Vitals) -> str | None:
    off = vitals.clock_ahead
    if off is None or abs(off) < CLOCK_OFF_BY:
        return None
    sentence = strings.CLOCK_AHEAD if off > timedelta() else strings.CLOCK_BEHIND
    return sentence.format(seconds=round(abs(off).total_seconds()))


def _logins(vitals: Vitals) -> str | None:
    left = vitals.logins_left
    return None if left is None or left >= LOGINS_LOW else strings.LOGINS.format(count=left)


def _stale(vitals: Vitals) -> str | None:
    age = vitals.backup_age
    return None if age is None or age < BACKUP_OLD else strings.BACKUP.format(hours=_hours(age))


def _unrehearsed(vitals: Vitals) -> str | None:
    age = vitals.rehearsal_age
    return None if age is None or age < REHEARSAL_OLD else strings.REHEARSAL.format(days=age.days)


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))


def _hours(span: timedelta) -> int:
    return int(span / timedelta(hours=1))


RULES: Mapping[Alarm, Rule] = MappingProxyType(
    {
        Alarm.SILENT: _silent,
        Alarm.STORAGE: _storage,
        Alarm.DISK: _disk,
        Alarm.OVERDUE: _overdue,
        Alarm.CLOCK: _clock,
        Alarm.LOGINS: _logins,
        Alarm.BACKUP: _stale,
        Alarm.REHEARSAL: _unrehearsed,
    }
)
