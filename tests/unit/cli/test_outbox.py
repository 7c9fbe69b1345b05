"""`plumbline outbox` says what waits, what did not arrive and why, and names nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import app
from bot.delivery import channel_post_store, counts_store, store
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Refused
from bot.ids import PersonId, ServerId
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.storage.tx import Tx

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROBIN = PersonId("canary-robin")
SERVER = ServerId(812_345_678_901_234_567)


def message(kind: str, subject: str) -> OutboxMessage:
    return OutboxMessage.to(ROBIN, kind, subject, NOON, server=SERVER, other=PersonId("canary-kim"))


async def deliveries(tx: Tx) -> None:
    """Leave deliveries behind that went in every way."""
    closed = message("asks.asked", "one").tried(NOON).dms_closed(NOON).because(50007)
    left = message("asks.came", "two").unreachable(NOON).because(10007)
    failing = message("asks.over", "three").failed(NOON + 3 * HOUR, NOON + HOUR, 503, surely=False)
    quiet = OutboxMessage.to(ROBIN, "asks.unread", "four", NOON, quietly=True)
    waits = message("pairs.asked", "five")
    sent = message("pods.joined", "six").tried(NOON).sent(5)
    await store.tell_all(tx, [closed, left, failing, quiet, waits, sent])
    post = ChannelPost.to(SERVER, 7, "norms.ballot", "v1", NOON)
    await channel_post_store.put(tx, post.stands(9, 1, NOON)._replace(wanted=2).parked(50013, NOON + HOUR))
    for outcome in (Delivered(5), Delivered(6), Refused(50007)):
        await counts_store.add(tx, "asks.asked", outcome, NOON)


@pytest.fixture
async def outbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_STATE_DIR", str(tmp_path))
    db = Database(tmp_path / "plumbline.db")
    await upgrade(db)
    await db.write(deliveries)
    await db.close()
    return lambda *words: CliRunner().invoke(app, ["outbox", *words])


def about(said: str, kind: str) -> str:
    """Return the two lines about the delivery of this kind that did not arrive."""
    lines = said.splitlines()
    [at] = [number for number, line in enumerate(lines) if f" {kind}, id " in line]
    return "\n".join(lines[at : at + 2])


def test_each_delivery_that_did_not_arrive_is_listed_with_its_reason(outbox: Callable[..., Result]) -> None:
    said = outbox()

    assert said.exit_code == 0
    assert "in their /inbox only: They take no direct messages from me (50007)" in about(
        said.output, "asks.asked"
    )
    assert "given up: One of the two people has left the server (10007)" in about(said.output, "asks.came")
    failing = about(said.output, "asks.over")
    assert "waiting: Discord answered with 503." in failing
    assert "Tried 1 times, failing since 2026-01-07 13:00 UTC." in failing
    assert "The next try is at 2026-01-07 15:00 UTC." in failing
    parked = about(said.output, "norms.ballot")
    assert "parked until something changes in that server" in parked
    assert "(50013)" in parked
    assert f"server {SERVER}" in parked


def test_what_was_sent_or_is_only_for_the_inbox_is_not_called_stuck(outbox: Callable[..., Result]) -> None:
    said = outbox().output

    assert "pods.joined, id" not in said
    assert "asks.unread, id" not in said
    assert "pairs.asked, id" not in said


def test_what_waits_and_how_deliveries_ended_is_counted_by_kind(outbox: Callable[..., Result]) -> None:
    lines = [line.split() for line in outbox().output.splitlines()]

    assert ["pairs.asked", "1"] in lines
    assert ["asks.asked", "delivered", "2"] in lines
    assert ["asks.asked", "refused", "50007", "1"] in lines


def test_the_report_can_be_limited_to_a_kind_and_a_server(outbox: Callable[..., Result]) -> None:
    said = outbox("--kind", "asks.came").output
    assert "asks.came, id" in said
    assert "asks.over" not in said

    assert "asks.came, id" not in outbox("--server", "5").output


def test_the_report_names_nobody(outbox: Callable[..., Result]) -> None:
    assert "canary" not in outbox().output


def test_check_says_that_something_did_not_arrive(outbox: Callable[..., Result]) -> None:
    assert "look: 4 deliveries wait" in CliRunner().invoke(app, ["check"]).output


def test_without_a_database_of_this_version_there_is_nothing_to_show(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_STATE_DIR", str(tmp_path))
    said = CliRunner().invoke(app, ["outbox"])
    assert said.exit_code != 0
    assert "There is no database" in said.output

    (tmp_path / "plumbline.db").write_bytes(b"not a database" * 100)
    said = CliRunner().invoke(app, ["outbox"])
    assert said.exit_code != 0
    assert "is not a database of this version" in said.output
