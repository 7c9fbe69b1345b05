"""Which shards a process has, and which servers are on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import ServerId
from bot.instances.instance import shards_of
from bot.instances.shards import EVERY_SHARD
from bot.settings import Settings

URL = "postgresql://host/database"
SERVERS = st.integers(0, 2**63 - 1).map(ServerId)


def settings(instances: int, instance: int, shards: int) -> Settings:
    return Settings(
        _env_file=None, _environ={}, database_url=URL, instances=instances, instance=instance, shards=shards
    )


@given(SERVERS)
def test_without_a_number_of_shards_every_server_is_here(server: ServerId) -> None:
    shards = shards_of(Settings(_env_file=None, _environ={}))

    assert (shards, shards.ids, shards.all_here) == (EVERY_SHARD, None, True)
    assert shards.has(server)


@given(st.integers(1, 8), st.integers(0, 24), SERVERS)
def test_each_shard_and_each_server_is_at_exactly_one_instance(
    instances: int, more: int, server: ServerId
) -> None:
    every = [shards_of(settings(instances, number, instances + more)) for number in range(instances)]

    assert [id for one in every for id in one.ids or ()] == [*range(instances + more)]
    assert sum(one.has(server) for one in every) == 1
    assert all(one.all_here is (instances == 1) for one in every)


@pytest.mark.parametrize(("server", "shard"), [(1 << 22, 1), ((7 << 22) + 4_194_303, 1), (6 << 22, 0)])
def test_the_shard_of_a_server_follows_from_when_it_was_made(server: int, shard: int) -> None:
    [here] = [one for one in (0, 1) if shards_of(settings(2, one, 2)).has(ServerId(server))]

    assert here == shard
