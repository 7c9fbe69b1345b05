"""Local lines: three at most, each in the log, from memory, and gone with their server."""

from dataclasses import replace

import pytest

from bot.errors import NotYours, TooMany
from bot.ids import ServerId
from bot.servers.local import LocalLines
from bot.servers.models import LineUnwritten, LocalLine
from tests.unit.pods.fixtures import HERE, Town

HOUSE = LocalLine("a", "The house", "at the corner", "anyone")
ELSEWHERE = ServerId(78)


async def write(town: Town, line: LocalLine, *, server: ServerId = HERE, again: bool = False) -> LocalLine:
    mo = await town.person("mo")
    return await town.servers.local.write(server, mo, line, town.now, again=again)


async def logged(town: Town, server: ServerId = HERE) -> list[tuple[str, str, str]]:
    return [(one.setting, one.was, one.now) for one in await town.servers.log.every(server)]


async def test_it_is_added_changed_and_removed_and_the_log_says_so(town: Town) -> None:
    mo, local = await town.person("mo"), town.servers.local
    assert local.of(HERE) == ()
    await write(town, replace(HOUSE, name="  The \n house "))
    assert local.of(HERE) == (HOUSE,)
    await write(town, replace(HOUSE, reach="by phone"), again=True)
    await local.show_behind(HERE, mo, "a", ("worried",), town.now)
    [line] = local.of(HERE)
    assert (line.reach, line.doors) == ("by phone", ("worried",))
    await local.remove(HERE, mo, "a", town.now)
    await local.remove(HERE, mo, "a", town.now)
    assert local.of(HERE) == ()
    first = "The house · at the corner · anyone · hurt, told"
    second = "The house · by phone · anyone · hurt, told"
    third = "The house · by phone · anyone · worried"
    assert await logged(town) == [
        ("local_line_added", "_", first),
        ("local_line_changed", first, second),
        ("local_line_changed", second, third),
        ("local_line_removed", third, "_"),
    ]


async def test_sent_twice_it_is_one_line_and_one_entry(town: Town) -> None:
    await write(town, HOUSE)
    await write(town, HOUSE)
    assert town.servers.local.of(HERE) == (HOUSE,)
    assert len(await logged(town)) == 1


async def test_other_words_leave_its_doors_as_they_are(town: Town) -> None:
    await write(town, HOUSE)
    await town.servers.local.show_behind(HERE, await town.person("mo"), "a", (), town.now)
    assert (await write(town, replace(HOUSE, name="Other"), again=True)).doors == ()


async def test_a_fourth_is_refused(town: Town) -> None:
    for id in "abc":
        await write(town, replace(HOUSE, id=id))
    with pytest.raises(TooMany):
        await write(town, replace(HOUSE, id="d"))
    await write(town, replace(HOUSE, id="c", name="Other"), again=True)
    assert [one.id for one in town.servers.local.of(HERE)] == ["a", "b", "c"]


@pytest.mark.parametrize("part", ["name", "reach", "whom"])
async def test_a_blank_part_is_refused(town: Town, part: str) -> None:
    name, reach, whom = (" \n " if one == part else "said" for one in ("name", "reach", "whom"))
    blank = LocalLine("a", name, reach, whom)
    with pytest.raises(LineUnwritten):
        await write(town, blank)
    assert town.servers.local.of(HERE) == ()


async def test_one_that_is_gone_does_not_come_back_and_one_of_another_server_is_not_there(town: Town) -> None:
    mo, local = await town.person("mo"), town.servers.local
    with pytest.raises(NotYours):
        await write(town, HOUSE, again=True)
    await write(town, HOUSE)
    for again in (False, True):
        with pytest.raises(NotYours):
            await write(town, replace(HOUSE, name="Mine now"), server=ELSEWHERE, again=again)
    with pytest.raises(NotYours):
        await local.show_behind(ELSEWHERE, mo, "a", (), town.now)
    await local.remove(ELSEWHERE, mo, "a", town.now)
    assert local.of(HERE) == (HOUSE,)
    assert local.of(ELSEWHERE) == ()
    assert await logged(town, ELSEWHERE) == []


async def test_the_copy_in_memory_is_there_after_a_restart(town: Town) -> None:
    for id in "ba":
        await write(town, replace(HOUSE, id=id))
        await town.wait(minutes=1)
    fresh = LocalLines(town.context, town.servers.log)
    assert fresh.of(HERE) == ()
    await fresh.load()
    await fresh.load()
    assert [one.id for one in fresh.of(HERE)] == ["b", "a"]
    assert fresh.of(None) == ()


async def test_it_goes_with_its_server(lawful: Town) -> None:
    await write(lawful, HOUSE)
    await lawful.servers.left(HERE, lawful.now)
    await lawful.wait(days=29)
    assert lawful.servers.local.of(HERE) == (HOUSE,)
    await lawful.wait(days=2)
    assert lawful.servers.local.of(HERE) == ()
    fresh = LocalLines(lawful.context, lawful.servers.log)
    await fresh.load()
    assert fresh.of(HERE) == ()
