"""A server's settings, and which server somebody means."""

import pytest
from msgspec.structs import replace

from bot.ids import ServerId
from bot.servers.errors import NoServer, WhichServer
from bot.servers.models import Server
from bot.servers.service import the_one
from tests.unit.pods.fixtures import HERE, Harness

ELSEWHERE = ServerId(78)


async def test_a_server_has_defaults_until_something_is_set(harness: Harness) -> None:
    assert await harness.servers.settings(HERE) == Server(HERE, 7, None, False)
    assert Server(HERE).retention_days == 7
    assert harness.servers.country(HERE) is None


async def test_settings_are_stored_and_the_country_is_read_from_memory(harness: Harness) -> None:
    kept = replace(await harness.servers.settings(HERE), retention_days=3, country="nz")
    await harness.servers.keep(kept)
    assert harness.servers.country(HERE) == "nz"
    assert harness.servers.country(ELSEWHERE) is None
    assert harness.servers.country(None) is None
    await harness.restart()
    assert harness.servers.country(HERE) is None
    await harness.servers.load()
    assert harness.servers.country(HERE) == "nz"
    assert await harness.servers.settings(HERE) == kept
    await harness.servers.keep(replace(kept, country=None, minors=True))
    assert harness.servers.country(HERE) is None
    assert (await harness.servers.settings(HERE)).minors


def test_the_current_server_is_preferred_to_the_servers_in_common() -> None:
    assert the_one(HERE, [ELSEWHERE]) == HERE
    assert the_one(HERE, []) == HERE
    assert the_one(None, [ELSEWHERE]) == ELSEWHERE


def test_without_a_current_server_several_in_common_must_be_chosen_from_and_none_is_refused() -> None:
    with pytest.raises(NoServer):
        the_one(None, [])
    with pytest.raises(WhichServer) as which:
        the_one(None, [HERE, ELSEWHERE])
    assert which.value.servers == (HERE, ELSEWHERE)
