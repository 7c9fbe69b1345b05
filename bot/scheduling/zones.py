"""Find time zones by the names that rows hold, also when this machine doesn't know a name any more.

The database of time zones differs between machines, and names are dropped from it now and then. A row with
such a name must not stop anything: its times are then in UTC, and whoever it belongs to is told.
"""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.logs import get_logger

log = get_logger(__name__)

FALLBACK = "UTC"


def find_zone(name: str) -> ZoneInfo:
    """Return the time zone; UTC if this machine doesn't know its name."""
    return _find(name) or ZoneInfo(FALLBACK)


def is_known_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that name."""
    return _find(name) is not None


# ZoneInfo itself caches only eight zones, and reads the others from their files each time. Because of the
# cache, a name that isn't known is logged once.
@cache
def _find(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    # An odd name is a ValueError or, if it is that of a folder or too long for a file, an OSError.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.warning("A time zone is not known here, so its times are in UTC", zone=name)
        return None
