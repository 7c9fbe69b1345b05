"""Accounts and persons: who is met, what is kept of them, and what is never kept."""

import sqlite3
from dataclasses import replace

from bot.events import PersonParted
from bot.ids import ServerId
from bot.people.models import DiscordUser
from tests.unit.pods.fixtures import HERE, Town

ELSEWHERE = ServerId(78)


async def test_an_account_is_one_person_everywhere(town: Town) -> None:
    here = await town.people.meet(DiscordUser(5, "Ana", HERE), town.now)
    assert await town.people.meet(DiscordUser(5, "Ani", ELSEWHERE), town.now) == here
    assert await town.people.meet(DiscordUser(5, "Ana"), town.now) == here
    await town.restart()
    assert await town.people.meet(DiscordUser(5, "Ana", HERE), town.now) == here
    assert await town.people.called(HERE, here) == "Ana"
    assert await town.people.called(ELSEWHERE, here) == "Ani"
    assert await town.people.servers_of(here) == [HERE, ELSEWHERE]


async def test_a_new_name_takes_the_place_of_the_old(town: Town) -> None:
    ana = await town.people.meet(DiscordUser(5, "Ana", HERE), town.now)
    await town.people.meet(DiscordUser(5, "Ana in May", HERE), town.now)
    assert await town.people.called(HERE, ana) == "Ana in May"


async def test_whoever_is_named_keeps_the_id_for_the_day_they_come(town: Town) -> None:
    named = await town.db.write(lambda tx: town.people.someone(tx, DiscordUser(6, "Bo", HERE)))
    assert await town.db.write(lambda tx: town.people.someone(tx, DiscordUser(6, "Bo"))) == named
    assert await town.db.read(lambda tx: town.people.find(tx, 6)) is None
    assert await town.people.address(named) is None
    assert await town.people.meet(DiscordUser(6, "Bo", HERE), town.now) == named
    assert await town.db.read(lambda tx: town.people.find(tx, 6)) == named
    assert await town.db.write(lambda tx: town.people.someone(tx, DiscordUser(6, "Bo"))) == named


async def test_an_address_is_kept_sealed(town: Town) -> None:
    ana = await town.people.meet(DiscordUser(987654321987, "Ana", HERE), town.now)
    address = await town.people.address(ana)
    assert address is not None
    assert (address.discord_id, address.channel_id) == (987654321987, None)
    await town.people.keep_channel(ana, 123456789123)
    address = await town.people.address(ana)
    assert address is not None
    assert address.channel_id == 123456789123
    await town.close()
    with sqlite3.connect(town.path) as file:
        written = "\n".join(file.iterdump())
    file.close()
    for secret in ("987654321987", "123456789123", "Ana"):
        assert secret not in written
        assert secret.encode().hex() not in written.lower()
    await town.open()


async def test_a_name_without_its_key_is_no_name(town: Town) -> None:
    ana, bo = await town.person("ana"), await town.person("bo")
    vault = town.boundaries._vault
    await town.db.write(lambda tx: vault.drop(tx, f"person:{ana}"))
    assert await town.db.read(lambda tx: town.people.names(tx, HERE, [ana, bo])) == {bo: "bo"}
    assert await town.people.address(ana) is None


async def test_partings_are_told_to_everyone_who_asked(town: Town) -> None:
    ana = await town.person("ana")
    heard = town.heard(PersonParted)

    await town.people.leave(ana, HERE, town.now)
    assert heard == [PersonParted(town.now, ana, server=HERE)]
    assert await town.people.called(HERE, ana) is None


async def test_whoever_never_came_has_set_nothing(town: Town) -> None:
    named = await town.db.write(lambda tx: town.people.someone(tx, DiscordUser(6, "Bo", HERE)))
    person = await town.preferences.of(named)
    assert person == replace(person, zone=None, quiet=None, resting_until=None, minor_since=None)
