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
    found = [zone for zone, name in _plain_names().items() if wanted in name]
    return sorted(found, key=lambda zone: not _city(_plain(zone)).startswith(wanted))[:_MOST]


def meant(typed: str) -> str:
    """Return the zone that is meant if there is exactly one; otherwise return what was typed."""
    wanted = _plain(typed)
    exact = [zone for zone, name in _plain_names().items() if name == wanted]
    city = [zone for zone, name in _plain_names().items() if _city(name) == wanted]
    some = exact or city or matching(typed)
    return some[0] if len(some) == 1 else typed


@cache
def _plain_names() -> dict[str, str]:
    return {zone: _plain(zone) for zone in every()}


def _city(name: str) -> str:
    return name.rpartition("/")[2]


def _plain(text: str) -> str:
    return text.strip().replace(" ", "_").casefold()
