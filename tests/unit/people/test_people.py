"""Accounts and persons: who gets an id, what is stored about them, and what never is."""

import pytest
from msgspec.structs import replace

import bot.people.service
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
    assert await harness.people.called(here, HERE, here, None) == "Ana"
    assert await harness.people.called(here, ELSEWHERE, here, None) == "Ani"
    assert await harness.people.servers_of(here) == [HERE, ELSEWHERE]


async def test_a_name_stays_when_its_owner_uses_the_bot_and_changes_when_discord_was_asked(
    harness: Harness,
) -> None:
    """Otherwise others would see by a new name that its owner has just used the bot."""
    ana = await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now)
    for days in (0, 1, 400):
        await harness.wait(days=days)
        assert await harness.people.meet(DiscordUser(5, "Ana in May", HERE), harness.now) == ana
        assert await harness.people.called(ana, HERE, ana, None) == "Ana"
    await harness.people.name_checked(ana, DiscordUser(5, "Ana in May", HERE), harness.now)
    assert await harness.people.called(ana, HERE, ana, None) == "Ana in May"


async def test_a_name_that_others_gave_stays_when_its_owner_first_comes(harness: Harness) -> None:
    named = await harness.db.write(
        lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE), harness.now)
    )
    assert await harness.people.servers_of(named) == []
    for _ in range(2):
        assert await harness.people.meet(DiscordUser(6, "Bo in May", HERE), harness.now) == named
        assert await harness.people.called(named, HERE, named, None) == "Bo"
    assert await harness.people.servers_of(named) == [HERE]


async def test_naming_somebody_changes_no_name_that_discord_is_asked_for(harness: Harness) -> None:
    """Otherwise a new name would tell others that somebody has just been named, as by a boundary."""

    async def name(account: int, called: str) -> str | None:
        user = DiscordUser(account, called, HERE)
        person = await harness.db.write(lambda tx: harness.people.someone(tx, user, harness.now))
        return await harness.people.called(person, HERE, person, None)

    await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now)
    assert await name(5, "Ana in May") == "Ana"
    await harness.wait(days=400)
    assert await name(5, "Ana in May") == "Ana"
    # Discord can't be asked about somebody whose account isn't known.
    assert [await name(6, "Bo"), await name(6, "Bo in May")] == ["Bo", "Bo in May"]


async def test_everybody_who_has_used_the_bot_is_checked_each_day_whatever_they_do(harness: Harness) -> None:
    ana = await harness.people.meet(DiscordUser(5, "Ana", HERE), harness.now)
    await harness.people.meet(DiscordUser(5, "Ana"), harness.now)
    await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE), harness.now))
    await harness.db.write(
        lambda tx: harness.people.someone(tx, DiscordUser(5, "Ana", ELSEWHERE), harness.now)
    )
    for _ in range(3):
        assert await harness.people.to_check() == {(HERE, ana)}
        await harness.people.meet(DiscordUser(5, "Ana in May", HERE), harness.now)
        await harness.wait(days=1)
    await harness.people.leave(ana, HERE, harness.now)
    assert await harness.people.to_check() == set()


async def test_a_name_that_others_gave_is_first_checked_some_time_after_its_owner_came(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it were checked on the next day, others would see then that its owner has just come."""
    drawn = 1
    monkeypatch.setattr(bot.people.service, "randbelow", lambda _: drawn)
    named = await harness.db.write(
        lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE), harness.now)
    )
    await harness.people.meet(DiscordUser(6, "Bo in May", HERE), harness.now)
    assert await harness.people.to_check() == set()
    drawn = 0
    assert await harness.people.to_check() == {(HERE, named)}
    await harness.people.name_checked(named, DiscordUser(6, "Bo in May", HERE), harness.now)
    drawn = 1
    assert await harness.people.to_check() == {(HERE, named)}
    assert await harness.people.called(named, HERE, named, None) == "Bo in May"


async def test_somebody_who_was_named_by_others_keeps_their_id_when_they_first_come(harness: Harness) -> None:
    named = await harness.db.write(
        lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE), harness.now)
    )
    assert (
        await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo"), harness.now))
        == named
    )
    assert await harness.db.read(lambda tx: harness.people.find(tx, 6)) is None
    assert await harness.people.address(named) is None
    assert await harness.people.meet(DiscordUser(6, "Bo", HERE), harness.now) == named
    assert await harness.db.read(lambda tx: harness.people.find(tx, 6)) == named
    assert (
        await harness.db.write(lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo"), harness.now))
        == named
    )


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
    assert await harness.db.read(lambda tx: harness.people.labels(tx, ana, HERE, {ana: None, bo: None})) == {
        bo: "bo"
    }
    assert await harness.people.address(ana) is None


async def test_leaving_a_server_publishes_a_parting_and_deletes_the_name(harness: Harness) -> None:
    ana = await harness.person("ana")
    heard = harness.heard(PersonParted)

    await harness.people.leave(ana, HERE, harness.now)
    assert heard == [PersonParted(harness.now, ana, server=HERE)]
    assert await harness.people.called(ana, HERE, ana, None) is None


async def test_somebody_who_never_came_has_no_preferences(harness: Harness) -> None:
    named = await harness.db.write(
        lambda tx: harness.people.someone(tx, DiscordUser(6, "Bo", HERE), harness.now)
    )
    person = await harness.preferences.of(named)
    assert person == replace(person, zone=None, quiet=None, resting_until=None, minor_since=None)
