"""Time zones by what people type: a city, a part of one, in any case."""

from functools import cache

from bot.scheduling.recurrence import known_zones

_MOST = 25
"""What Discord offers at once."""


@cache
def every() -> tuple[str, ...]:
    """All zones of the IANA database, the places before what only stands for an offset or an old name."""
    return tuple(sorted(known_zones(), key=lambda zone: ("/" not in zone or zone.startswith("Etc/"), zone)))


def matching(typed: str) -> list[str]:
    """Zones in whose name it stands, those whose city begins with it first."""
    wanted = _plain(typed)
    found = [zone for zone in every() if wanted in _plain(zone)]
    return sorted(found, key=lambda zone: not _plain(zone.rpartition("/")[2]).startswith(wanted))[:_MOST]


def meant(typed: str) -> str:
    """The one zone that is meant, else what was typed."""
    exact = [zone for zone in every() if _plain(zone) == _plain(typed)]
    city = [zone for zone in every() if _plain(zone.rpartition("/")[2]) == _plain(typed)]
    some = exact or city or matching(typed)
    return some[0] if len(some) == 1 else typed


def _plain(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()
