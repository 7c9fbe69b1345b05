"""After a change by which the bot may be able to post again, what failed in that server is tried at once."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.ids import ServerId
from bot.ui.access_changes import AccessChanges

HERE, ME = 7001, 1
LATER = datetime(2026, 1, 8, tzinfo=UTC)


class Dispatcher:
    def __init__(self) -> None:
        self.tried: list[ServerId] = []

    async def try_again(self, server: ServerId) -> None:
        self.tried.append(server)


@pytest.fixture
def dispatcher() -> Dispatcher:
    return Dispatcher()


@pytest.fixture
def changes(dispatcher: Dispatcher) -> AccessChanges:
    bot = SimpleNamespace(user=SimpleNamespace(id=ME))
    return AccessChanges(cast("Any", bot), cast("Any", dispatcher))


def member(id: int = ME, roles: tuple[int, ...] = (), until: datetime | None = None, nick: str = "") -> Any:
    return SimpleNamespace(
        id=id, roles=list(roles), timed_out_until=until, nick=nick, guild=SimpleNamespace(id=HERE)
    )


def thing(**values: object) -> Any:
    """Return a channel or a role with these values."""
    return SimpleNamespace(guild=SimpleNamespace(id=HERE), **values)


@pytest.mark.parametrize(
    ("before", "after", "tried"),
    [
        (member(until=LATER), member(), True),
        (member(), member(roles=(5,)), True),
        (member(), member(nick="Plumb"), False),
        (member(id=2, until=LATER), member(id=2), False),
    ],
)
async def test_only_a_change_of_the_bots_own_roles_or_time_out_counts(
    changes: AccessChanges, dispatcher: Dispatcher, before: Any, after: Any, tried: bool
) -> None:
    await changes.on_member_update(before, after)

    assert dispatcher.tried == ([HERE] if tried else [])


@pytest.mark.parametrize("tried", [True, False])
async def test_only_a_change_of_permissions_counts_for_a_channel(
    changes: AccessChanges, dispatcher: Dispatcher, tried: bool
) -> None:
    before, after = (
        thing(overwrites={1: "no"}, topic="a"),
        thing(overwrites={} if tried else {1: "no"}, topic="b"),
    )

    await changes.on_guild_channel_update(before, after)

    assert dispatcher.tried == ([HERE] if tried else [])


@pytest.mark.parametrize("tried", [True, False])
async def test_only_a_change_of_permissions_counts_for_a_role(
    changes: AccessChanges, dispatcher: Dispatcher, tried: bool
) -> None:
    before, after = thing(permissions=0, name="a"), thing(permissions=8 if tried else 0, name="b")

    await changes.on_guild_role_update(before, after)

    assert dispatcher.tried == ([HERE] if tried else [])


async def test_the_end_of_an_outage_counts(changes: AccessChanges, dispatcher: Dispatcher) -> None:
    await changes.on_guild_available(cast("Any", SimpleNamespace(id=HERE)))

    assert dispatcher.tried == [HERE]
