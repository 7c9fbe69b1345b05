"""Local helplines: at most three, each change in the log, read from memory, deleted with their server."""

import pytest
from msgspec.structs import replace

from bot.errors import NotYours, TooMany
from bot.ids import ServerId
from bot.servers.errors import LineUnwritten
from bot.servers.local import LocalLines
from bot.servers.models import LocalLine
from tests.unit.pods.fixtures import HERE, Harness

HOUSE = LocalLine("a", "The house", "at the corner", "anyone")
ELSEWHERE = ServerId(78)


async def write(
    harness: Harness, line: LocalLine, *, server: ServerId = HERE, again: bool = False
) -> LocalLine:
    mo = await harness.person("mo")
    return await harness.servers.local.write(server, mo, line, harness.now, again=again)


async def logged(harness: Harness, server: ServerId = HERE) -> list[tuple[str, str, str]]:
    return [(one.setting, one.was, one.now) for one in await harness.servers.log.every(server)]


async def test_adding_changing_and_removing_a_local_helpline_is_written_to_the_log(harness: Harness) -> None:
    mo, local = await harness.person("mo"), harness.servers.local
    assert local.of(HERE) == ()
    await write(harness, replace(HOUSE, name="  The \n house "))
    assert local.of(HERE) == (HOUSE,)
    await write(harness, replace(HOUSE, reach="by phone"), again=True)
    await local.show_behind(HERE, mo, "a", ("worried",), harness.now)
    [line] = local.of(HERE)
    assert (line.reach, line.topics) == ("by phone", ("worried",))
    await local.remove(HERE, mo, "a", harness.now)
    await local.remove(HERE, mo, "a", harness.now)
    assert local.of(HERE) == ()
    first = "The house · at the corner · anyone · hurt, told"
    second = "The house · by phone · anyone · hurt, told"
    third = "The house · by phone · anyone · worried"
    assert await logged(harness) == [
        ("local_line_added", "_", first),
        ("local_line_changed", first, second),
        ("local_line_changed", second, third),
        ("local_line_removed", third, "_"),
    ]


async def test_a_helpline_that_is_sent_twice_is_stored_and_logged_once(harness: Harness) -> None:
    await write(harness, HOUSE)
    await write(harness, HOUSE)
    assert harness.servers.local.of(HERE) == (HOUSE,)
    assert len(await logged(harness)) == 1


async def test_changing_the_text_of_a_helpline_keeps_its_topics(harness: Harness) -> None:
    await write(harness, HOUSE)
    await harness.servers.local.show_behind(HERE, await harness.person("mo"), "a", (), harness.now)
    assert (await write(harness, replace(HOUSE, name="Other"), again=True)).topics == ()


async def test_a_fourth_local_helpline_is_refused(harness: Harness) -> None:
    for id in "abc":
        await write(harness, replace(HOUSE, id=id))
    with pytest.raises(TooMany):
        await write(harness, replace(HOUSE, id="d"))
    await write(harness, replace(HOUSE, id="c", name="Other"), again=True)
    assert [one.id for one in harness.servers.local.of(HERE)] == ["a", "b", "c"]


@pytest.mark.parametrize("part", ["name", "reach", "whom"])
async def test_a_helpline_with_a_blank_part_is_refused(harness: Harness, part: str) -> None:
    name, reach, whom = (" \n " if one == part else "said" for one in ("name", "reach", "whom"))
    blank = LocalLine("a", name, reach, whom)
    with pytest.raises(LineUnwritten):
        await write(harness, blank)
    assert harness.servers.local.of(HERE) == ()


async def test_a_helpline_that_is_missing_or_of_another_server_cannot_be_changed(
    harness: Harness,
) -> None:
    mo, local = await harness.person("mo"), harness.servers.local
    with pytest.raises(NotYours):
        await write(harness, HOUSE, again=True)
    await write(harness, HOUSE)
    for again in (False, True):
        with pytest.raises(NotYours):
            await write(harness, replace(HOUSE, name="Mine now"), server=ELSEWHERE, again=again)
    with pytest.raises(NotYours):
        await local.show_behind(ELSEWHERE, mo, "a", (), harness.now)
    await local.remove(ELSEWHERE, mo, "a", harness.now)
    assert local.of(HERE) == (HOUSE,)
    assert local.of(ELSEWHERE) == ()
    assert await logged(harness, ELSEWHERE) == []


async def test_local_helplines_are_read_into_memory_after_a_restart(harness: Harness) -> None:
    for id in "ba":
        await write(harness, replace(HOUSE, id=id))
        await harness.wait(minutes=1)
    fresh = LocalLines(harness.context, harness.servers.log)
    assert fresh.of(HERE) == ()
    await fresh.load()
    await fresh.load()
    assert [one.id for one in fresh.of(HERE)] == ["b", "a"]
    assert fresh.of(None) == ()


async def test_local_helplines_are_deleted_with_their_server(lawful: Harness) -> None:
    await write(lawful, HOUSE)
    await lawful.servers.left(HERE, lawful.now)
    await lawful.wait(days=29)
    assert lawful.servers.local.of(HERE) == (HOUSE,)
    await lawful.wait(days=2)
    assert lawful.servers.local.of(HERE) == ()
    fresh = LocalLines(lawful.context, lawful.servers.log)
    await fresh.load()
    assert fresh.of(HERE) == ()


@pytest.mark.parametrize("id", ["", " ", "²", "a.b", "x" * 33])
async def test_a_helpline_cannot_be_added_under_an_id_that_no_card_could_show(
    harness: Harness, id: str
) -> None:
    with pytest.raises(NotYours):
        await write(harness, replace(HOUSE, id=id))
