"""Names of servers: kept in a table where several processes share the database, and nowhere else."""

from pathlib import Path

import pytest

from bot.events import ServerForgotten
from bot.ids import ServerId
from bot.servers import name_store
from bot.storage.database import Database
from tests import databases
from tests.unit.pods.fixtures import HERE, Harness

OTHER = ServerId(78)


async def stored(db: Database) -> dict[ServerId, str]:
    return await db.read(name_store.every)


@pytest.mark.sqlite("with a file, the names are not stored")
async def test_with_a_file_nothing_is_stored(harness: Harness) -> None:
    await harness.servers.names.see({HERE: "The Thursday Table"})

    assert harness.servers.names.of(HERE) == ""
    assert await stored(harness.db) == {}


@pytest.fixture
async def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Harness:
    monkeypatch.setattr(databases, "engine", databases.POSTGRES)
    made = Harness(tmp_path / "plumbline.db")
    await made.open()
    return made


async def test_a_name_is_kept_and_known_to_another_process_once_it_has_read_it(shared: Harness) -> None:
    names = shared.servers.names
    await names.see({HERE: "The Thursday Table", OTHER: "Elsewhere"})
    await names.see({HERE: "The Friday Table"})
    assert (names.of(HERE), names.of(OTHER)) == ("The Friday Table", "Elsewhere")

    await shared.restart()
    assert shared.servers.names.of(HERE) == ""
    await shared.servers.load()
    assert shared.servers.names.of(HERE) == "The Friday Table"
    await shared.close()


async def test_a_name_that_has_not_changed_is_not_written_again(shared: Harness) -> None:
    await shared.servers.names.see({HERE: "The Thursday Table"})
    before = shared.db.writes
    await shared.servers.names.see({HERE: "The Thursday Table"})

    assert shared.db.writes == before
    await shared.close()


async def test_the_name_of_a_forgotten_server_is_deleted(shared: Harness) -> None:
    await shared.servers.names.see({HERE: "The Thursday Table"})
    await shared.db.write(lambda tx: shared.events.publish(tx, ServerForgotten(shared.now, HERE)))
    await shared.servers.load()

    assert shared.servers.names.of(HERE) == ""
    assert await stored(shared.db) == {}
    await shared.close()


async def test_settings_are_read_from_the_table_where_another_process_may_change_them(
    shared: Harness,
) -> None:
    await shared.servers.load()
    with databases.engine_of(shared.path).begin() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO servers (id, retention_days, minors) VALUES ({HERE}, 7, true)"
        )

    assert (await shared.servers.settings(HERE)).minors
    assert shared.servers.country(HERE) is None
    await shared.close()
