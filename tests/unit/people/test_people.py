"""Accounts and persons: who gets an id, what is stored about them, and what never is."""

from msgspec.structs import replace

from bot.events import PersonParted
from bot.ids import ServerId
from bot.people.models import DiscordUser
from tests.database_file import open_file
from tests.unit.pods.fixtures import HERE, Harness

ELSEWHERE = ServerId(78)


async def test_an_account_is_the_same_person_on_every_server(harness: Harness) -> None:
    here = await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now)
    assert await harness.people.meet(DiscordUser(5, "Ani", ELSEWHERE), harness.now) == here
    assert await harness.people.meet(DiscordUser(5, "Ana"), harness.now) == here
    await harness.restart()
    assert await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now) == here
    assert await harness.people.called(here, HERE, here) == "Ana"
    assert await harness.people.called(here, ELSEWHERE, here) == "Ani"
    assert await harness.people.servers_of(here) == [HERE, ELSEWHERE]


async def test_a_new_name_replaces_the_old_one(harness: Harness) -> None:
    ana = await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now)
    await harness.people.meet(DiscordUser(5, "Ana in May", HERE), harness.now)
    assert await harness.people.called(ana, HERE, ana) == "Ana in May"


async def test_somebody_who_was_named_by_others_keeps_their_id_when_they_first_come(harness: Harness) -> None:
    named = await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE)))
    assert await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo"))) == named
    assert await harness.db.read(lambda tx: harness.people.find(tx, 6)) is None
    assert await harness.people.address(named) is None
    assert await harness.people.meet(DiscordUser(6, "Bo", HERE), harness.now) == named
    assert await harness.db.read(lambda tx: harness.people.find(tx, 6)) == named
    assert await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo"))) == named


async def test_an_address_and_a_name_are_stored_sealed(harness: Harness) -> None:
    ana = await harness.people.meet(DiscordUser(987654321987, "Ana", HERE), harness.now)
    address = await harness.people.address(ana)
    assert address is not None
    assert (address.discord_id, address.channel_id) == (987654321987, None)
    await harness.people.keep_channel(ana, 123456789123)
    address = await harness.people.address(ana)
    assert address is not None
    assert address.channel_id == 123456789123
    await harness.close()
    with open_file(harness.path) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        written = repr([file.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables])
    file.close()
    for secret in ("987654321987", "123456789123", "Ana"):
        assert secret not in written
    await harness.open()


async def test_a_name_and_an_address_cannot_be_read_without_their_key(harness: Harness) -> None:
    ana, bo = await harness.person("ana"), await harness.person("bo")
    vault = harness.boundaries._vault
    await harness.db.write(lambda tx: vault.drop(tx, f"person:{ana}"))
    assert await harness.db.read(lambda tx: harness.people.labels(tx, ana, HERE, [ana, bo])) == {bo: "bo"}
    assert await harness.people.address(ana) is None


async def test_leaving_a_server_publishes_a_parting_and_deletes_the_name(harness: Harness) -> None:
    ana = await harness.person("ana")
    heard = harness.heard(PersonParted)

    await harness.people.leave(ana, HERE, harness.now)
    assert heard == [PersonParted(harness.now, ana, server=HERE)]
    assert await harness.people.called(ana, HERE, ana) is None


async def test_somebody_who_never_came_has_no_preferences(harness: Harness) -> None:
    named = await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE)))
    person = await harness.preferences.of(named)
    assert person == replace(person, zone=None, quiet=None, resting_until=None, minor_since=None)
