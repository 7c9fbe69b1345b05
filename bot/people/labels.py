"""The label of a person: what they are called on every card, in every select and in every message."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from bot.ids import PersonId
from bot.text import look, one_line

_NAME = 40
_USERNAME = 32
LONGEST = 60
"""The most characters of a label with a username: it must fit on a button that has words of its own."""
_LIKE_A_USERNAME = re.compile(r"^@[\w.]|\(@[\w.]")


CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""A name that came so soon after something counts as there before. Clocks are put back by some seconds."""


class Name(Struct, frozen=True):
    """How a person is called in one server, and the username of their account, which nobody else has.

    The username is empty if they have not used the bot since it is kept.
    """

    shown: str
    username: str = ""


class Stored(Struct, frozen=True):
    """A person's name in one server, as it is stored.

    since: since when it is known without a gap; None if it was known before that was written down.
    returns_at: when it is shown again where people must be found who have come back.
    """

    name: Name
    since: datetime | None
    returns_at: datetime | None

    def stands_in(self, at: datetime | None, *, now: datetime | None = None) -> bool:
        """Whether something from `at` shows the name. `at` is None for what concerns somebody here now.

        What somebody has left behind stays without their name when they come back. Otherwise others would see
        that they have just used the bot or were just named, and could tell leaving from erasing.
        now: it is shown again from `returns_at` on.
        """
        if at is None or self.since is None or self.since <= at + CLOCKS_DIFFER_BY:
            return True
        return now is not None and self.returns_at is not None and now >= self.returns_at


def labels(
    names: Mapping[PersonId, Name], known: Iterable[tuple[PersonId, Name]] = ()
) -> dict[PersonId, str]:
    """Return a label for each of these people, on one line; empty if nothing of their name can be seen.

    The username is added to the names of two people that look the same, whether both are in `names` or one
    of them in `known`, and to a name that itself looks like one with a username.
    """
    called: dict[str, set[PersonId]] = defaultdict(set)
    for person, name in (*names.items(), *known):
        called[_look(name)].add(person)
    return {person: _label(name, namesakes=len(called[_look(name)]) > 1) for person, name in names.items()}


def alone(name: Name) -> str:
    """Return the label of somebody whom no one can be taken for."""
    return _label(name, namesakes=False)


def in_full(name: Name) -> str:
    """Return the label with the username, if it is known."""
    username, shown = one_line(name.username, _USERNAME), one_line(name.shown, _NAME)
    if not shown:
        return username and f"@{username}"
    added = f" (@{username})" if username else ""
    return f"{one_line(name.shown, min(_NAME, LONGEST - len(added)))}{added}"


def _label(name: Name, *, namesakes: bool) -> str:
    shown = one_line(name.shown, _NAME)
    alone = shown and not namesakes and not _LIKE_A_USERNAME.search(look(shown))
    return shown if alone else in_full(name)


def _look(name: Name) -> str:
    """Return how the name looks where it is shown. A long name looks like any other with its beginning."""
    return look(one_line(name.shown, _NAME) or in_full(name))
