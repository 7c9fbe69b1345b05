"""What each select of the setup may send, and which settings follow from it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from bot.errors import NotYours
from bot.servers.models import Server
from cogs.manage.setup import strings
from cogs.manage.setup.cards.agree import DAYS, DIRECT, LEAST, SHARES
from cogs.manage.setup.cards.asks import KEPT, WAIT
from cogs.manage.setup.cards.country import YES
from cogs.manage.setup.cards.part import AGREE, ASKS, CHANNEL, COUNTRY

Values = Callable[[Server, str], Mapping[str, Any]]
"""Returns the settings that follow from a choice. Raises NotYours for a choice that was not offered."""


class Choosing(NamedTuple):
    """The verb of a select, the number of the part that has it, and the settings that it changes."""

    verb: str
    part: int
    values: Values


def choosings(countries: Sequence[str], is_channel: Callable[[Server, int], bool]) -> list[Choosing]:
    """Return all selects of the setup, except those about members under 18.

    countries: the codes that can be chosen. is_channel: says whether a server has such a channel.
    """

    def country(_current: Server, chosen: str) -> Mapping[str, Any]:
        return {"country": _of(countries, chosen)}

    def channel(name: str) -> Values:
        def one(current: Server, chosen: str) -> Mapping[str, Any]:
            if not chosen.isdecimal() or not is_channel(current, int(chosen)):
                raise NotYours
            return {name: int(chosen)}

        return one

    return [
        Choosing("manage.set_country", COUNTRY, country),
        Choosing("manage.set_channel", CHANNEL, channel("norms_channel")),
        Choosing("manage.set_mods", CHANNEL, channel("mods_channel")),
        Choosing("manage.no_mods", CHANNEL, lambda _held, _chosen: {"mods_channel": None}),
        Choosing("manage.set_way", AGREE, _way),
        Choosing("manage.set_least", AGREE, _rule("least", LEAST)),
        Choosing("manage.set_share", AGREE, _rule("share", SHARES)),
        Choosing("manage.set_days", AGREE, _rule("days", DAYS)),
        Choosing("manage.set_kept", ASKS, _number("retention_days", KEPT)),
        Choosing("manage.set_wait", ASKS, _number("newcomer_days", WAIT)),
    ]


def under_18(chosen: str) -> str:
    """Return the answer to whether there are members under 18. Raises NotYours for any other."""
    return _of(tuple(strings.MINORS), chosen)


def without_role(answer: str) -> Mapping[str, Any]:
    """Return the settings that follow from `NO` or `YES`."""
    return {"minors": answer == YES, "adult_role": None}


def _way(current: Server, chosen: str) -> Mapping[str, Any]:
    return {"ratifying": replace(current.ratifying, direct=_of(tuple(strings.WAYS), chosen) == DIRECT)}


def _rule(name: str, offered: Sequence[int]) -> Values:
    def one(current: Server, chosen: str) -> Mapping[str, Any]:
        rule = current.ratifying
        number = _offered((*offered, getattr(rule, name)), chosen)
        changed: dict[str, Any] = {name: number}
        return {"ratifying": replace(rule, **changed)}

    return one


def _number(name: str, offered: Sequence[int]) -> Values:
    def one(current: Server, chosen: str) -> Mapping[str, Any]:
        return {name: _offered((*offered, getattr(current, name)), chosen)}

    return one


def _offered(offered: Sequence[int], chosen: str) -> int:
    return int(_of([str(one) for one in offered], chosen))


def _of(offered: Sequence[str], chosen: str) -> str:
    if chosen not in offered:
        raise NotYours
    return chosen
