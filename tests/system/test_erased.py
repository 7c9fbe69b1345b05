"""A person who was erased is in no row any more, and nobody else has lost anything of their own."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import AlreadyDone
from bot.ids import PersonId, ServerId
from bot.pods.errors import InvitationClosed
from bot.storage.schema import metadata
from bot.storage.tx import Tx
from bot.vault.keyring import Keyring
from tests.architecture.test_ledgers import ledgers
from tests.system.filled import Filled, two_servers
from tests.system.fixtures import KEYS, Harness

HERE, ELSEWHERE = ServerId(7001), ServerId(8002)
FRIENDS = ("ana", "bo", "cy", "dee", "mo")
WRITTEN = {
    "asks": ("words", "message"),
    "askings": ("words",),
    "pair_sides": ("words",),
    "check_ins": ("note",),
    "plans": ("action", "different", "stay_away"),
    "path_commitments": ("text",),
    "path_requests": ("text",),
    "terms": ("content",),
    "norm_notes": ("text",),
    "boundaries": ("other",),
}
"""The columns with what somebody wrote, or noted."""
LOST = {
    "ana": {("bo", "pair_sides"), ("bo", "path_requests")},
    "bo": {("ana", "pair_sides")},
}
"""Whose texts are lost, by table, when one of the friends is erased."""
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    Keyring.fresh().save(tmp_path / KEYS)
    opened = Harness(tmp_path, 0)
    try:
        yield opened
    finally:
        opened.close()


def everything(harness: Harness) -> Rows:
    return {name: [dict(row) for row in harness.rows(f'SELECT * FROM "{name}"')] for name in metadata.tables}


def person(harness: Harness, filled: Filled, name: str) -> PersonId:
    return harness.run(harness.services.people.meet(filled.discord_user(name), harness.now))


def erase(harness: Harness, who: PersonId) -> None:
    harness.run(harness.services.privacy.erase(who, harness.now))


def exported(harness: Harness, who: PersonId) -> list[tuple[str, dict[str, Any]]]:
    async def every() -> list[tuple[str, dict[str, Any]]]:
        return [one async for one in harness.services.privacy.records(who, asked_for=True)]

    return harness.run(every())


def test_every_ledger_with_people_in_it_belongs_to_exactly_one_slice(harness: Harness) -> None:
    held = [one.name for one in harness.services.privacy.tables]
    assert len(held) == len(set(held))
    assert set(held) == {ledger.table for ledger in ledgers() if ledger.subjects}
    assert all(one.ledger.subjects for one in harness.services.privacy.tables)


def test_every_exported_table_has_a_row_of_somebody(harness: Harness) -> None:
    """Otherwise the tests below would say nothing about it."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    found = {table for name in FRIENDS for table, _ in exported(harness, person(harness, first, name))}
    assert found == {one.name for one in harness.services.privacy.tables if one.mine is not None}


@pytest.mark.parametrize("name", FRIENDS)
def test_nothing_of_an_erased_person_is_left(harness: Harness, name: str) -> None:
    first, second = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, name)
    others = {one: person(harness, second, one) for one in FRIENDS}
    before = {one: exported(harness, id) for one, id in others.items()}
    keys = {row["author"] for row in harness.rows("SELECT author FROM data_keys")}
    assert who in keys

    erase(harness, who)

    rows = everything(harness)
    left = [
        (table, column)
        for table, found in rows.items()
        for row in found
        for column, value in row.items()
        if isinstance(value, str) and who in value
    ]
    assert left == []
    assert exported(harness, who) == []
    assert before == {one: exported(harness, id) for one, id in others.items()}


def texts(records: list[tuple[str, dict[str, Any]]]) -> set[str]:
    """Return everything in these records that somebody wrote."""
    return {
        f"{table}: {value}"
        for table, record in records
        for key, value in record.items()
        if key in WRITTEN.get(table, ()) and value is not None
    }


@pytest.mark.parametrize("name", FRIENDS)
def test_of_other_people_only_what_ends_with_it_is_lost(harness: Harness, name: str) -> None:
    """Nobody loses a word but those in what ends at once: the aims of a pair."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, name)
    others = {one: person(harness, first, one) for one in FRIENDS if one != name}
    before = {one: texts(exported(harness, id)) for one, id in others.items()}
    assert any(before.values())

    erase(harness, who)

    lost = {
        (one, text.partition(":")[0])
        for one, id in others.items()
        for text in before[one] - texts(exported(harness, id))
    }
    assert lost == LOST.get(name, set())


def test_the_rest_of_the_bot_works_on_after_somebody_was_erased(harness: Harness) -> None:
    """Every timer runs for a year, and every message is delivered, without an error."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    erase(harness, who)
    sent = [*harness.deliver()]
    for _ in range(12):
        harness.pass_time(timedelta(days=31))
        sent += harness.deliver()
    assert not [message for message in sent if who in (message.person, message.other)]
    assert harness.rows("SELECT * FROM agenda WHERE parked IS NOT NULL") == []


def test_who_comes_back_is_somebody_new(harness: Harness) -> None:
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    erase(harness, who)
    again = person(harness, first, "ana")
    assert again != who
    assert {table for table, _ in exported(harness, again)} == {"people", "names"}


def test_erasing_a_second_time_changes_nothing(harness: Harness) -> None:
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    erase(harness, who)
    before = everything(harness)
    erase(harness, who)
    # The deletion log has one more line, and the database says up to where it knows the log.
    assert everything(harness) | {"deletion_marks": before["deletion_marks"]} == before


def test_to_others_what_an_erased_person_asked_looks_closed_and_not_gone(harness: Harness) -> None:
    """If an old button said that there is nothing, it would tell that they didn't just withdraw it."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    ana, bo = (person(harness, first, name) for name in ("ana", "bo"))
    [asked] = harness.rows(
        "SELECT askings.id, ask FROM askings JOIN asks ON asks.id = ask WHERE asker = ?", ana
    )
    erase(harness, ana)
    with pytest.raises(AlreadyDone):
        harness.run(harness.services.asks.answering.invited(bo, asked["id"]))
    [ask] = harness.rows("SELECT * FROM asks WHERE id = ?", asked["ask"])
    assert (ask["state"], ask["kind"], ask["words"], ask["message"]) == ("closed", None, None, None)
    harness.pass_time(timedelta(days=8))
    assert harness.rows("SELECT 1 FROM asks WHERE id = ?", asked["ask"]) == []


def test_to_others_an_invitation_by_an_erased_person_looks_closed_and_not_gone(harness: Harness) -> None:
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    cy, mo = (person(harness, first, name) for name in ("cy", "mo"))
    invitations, user = harness.services.pods.invitations, first.discord_user("mo")
    sent = harness.run(invitations.invite(cy, HERE, user, harness.now))
    erase(harness, cy)
    with pytest.raises(InvitationClosed):
        harness.run(invitations.look_at(mo, sent.id, harness.now))
    harness.pass_time(timedelta(days=91))
    assert harness.rows("SELECT 1 FROM invitations WHERE id = ?", sent.id) == []


def test_a_channel_that_was_being_opened_leaves_no_key_of_an_erased_person(harness: Harness) -> None:
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    erase(harness, who)
    harness.run(harness.services.people.keep_channel(who, 987654321))
    assert harness.rows("SELECT 1 FROM data_keys WHERE author = ?", who) == []


def test_the_history_of_their_direct_messages_is_deleted_without_saying_whose_it_is(harness: Harness) -> None:
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    harness.run(harness.services.people.keep_channel(who, 987654321))
    erase(harness, who)
    [row] = harness.rows("SELECT * FROM dm_deletions")
    assert row["person"] is None
    assert row["message"] is None
    assert b"987654321" not in row["channel"]


def test_their_direct_messages_are_deleted_again_when_an_older_copy_comes_back(
    harness: Harness, tmp_path: Path
) -> None:
    """The machine may have been lost before they were all deleted."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who = person(harness, first, "ana")
    harness.run(harness.services.people.keep_channel(who, 987654321))
    harness.back_up(tmp_path / "backup.db")
    erase(harness, who)

    harness.restore(tmp_path / "backup.db")

    assert harness.rows("SELECT 1 FROM people WHERE id = ?", who) == []
    assert len(harness.rows("SELECT 1 FROM dm_deletions WHERE channel IS NOT NULL")) == 1


def test_what_waited_in_an_older_copy_is_looked_for_before_it_is_sent(
    harness: Harness, tmp_path: Path
) -> None:
    """It may have been sent after the copy was made."""
    first, _ = two_servers(harness, HERE, ELSEWHERE)
    who, other = (person(harness, first, name) for name in ("ana", "bo"))
    outbox, now = harness.services.outbox, harness.now

    async def tell(tx: Tx) -> None:
        await outbox.tell(tx, who, "pods.joined", "waits", now)
        await outbox.tell(tx, who, "pods.joined", "later", now, not_before=now + timedelta(days=1))

    harness.run(harness.bot.db.write(tell))
    harness.back_up(tmp_path / "backup.db")
    erase(harness, other)

    harness.restore(tmp_path / "backup.db")

    told = "SELECT subject, tried_at = made_at FROM outbox WHERE subject IN ('waits', 'later') ORDER BY 1"
    assert [tuple(row) for row in harness.rows(told)] == [("later", None), ("waits", 1)]
