"""Find the time zone that somebody means by what they type: a city or a part of its name, in any case."""

from functools import cache

from bot.scheduling.recurrence import known_zones

_MOST = 25
"""How many zones Discord can offer at once."""


@cache
def every() -> tuple[str, ...]:
    """Return all zones of the IANA database: those named after places first, then offsets and old names."""
    return tuple(sorted(known_zones(), key=lambda zone: ("/" not in zone or zone.startswith("Etc/"), zone)))


def matching(typed: str) -> list[str]:
    """Return the zones whose name contains what was typed; those whose city begins with it come first."""
    wanted = _plain(typed)
    found = [zone for zone in every() if wanted in _plain(zone)]
    return sorted(found, key=lambda zone: not _plain(zone.rpartition("/")[2]).startswith(wanted))[:_MOST]


def meant(typed: str) -> str:
    """Return the zone that is meant if there is exactly one; otherwise return what was typed."""
    exact = [zone for zone in every() if _plain(zone) == _plain(typed)]
    city = [zone for zone in every() if _plain(zone.rpartition("/")[2]) == _plain(typed)]
    some = exact or city or matching(typed)
    return some[0] if len(some) == 1 else typed


def _plain(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()
