"""`plumbline outbox` says what waits, what did not arrive and why, and names nobody."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import app
from bot.delivery import channel_post_store, outcome_store, store
from bot.delivery.channel_post import ChannelPost
from bot.delivery.outbox_message import OutboxMessage
from bot.delivery.outcome import Delivered, Missing, Refused, Uncertain
from bot.ids import PersonId, ServerId
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.storage.tx import Tx
from bot.vault.keyring import Keyring
from tests.database_file import keys_beside

pytestmark = pytest.mark.slow

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
"""When the report is read."""
HOUR = timedelta(hours=1)
ROBIN = PersonId("canary-robin")
SERVER = ServerId(812_345_678_901_234_567)


def message(kind: str, subject: str) -> OutboxMessage:
    return OutboxMessage.to(ROBIN, kind, subject, NOON, server=SERVER, other=PersonId("canary-kim"))


async def deliveries(tx: Tx) -> None:
    """Leave deliveries behind that went in every way."""
    closed = message("asks.asked", "one").tried(NOON).dms_closed(NOON, 50007)
    left = message("asks.came", "two").unreachable(NOON, 10007)
    failing = message("asks.over", "three").failed(LATER + 3 * HOUR, NOON + HOUR, Uncertain(503))
    quiet = OutboxMessage.to(ROBIN, "asks.unread", "four", NOON, quietly=True)
    waits = message("pairs.asked", "five").put_off(LATER + 8 * HOUR)
    new = message("talks.asked", "six").among_new()
    due = message("plans.day", "seven")
    sent = message("pods.joined", "eight").tried(NOON).sent(5)
    await store.tell_all(tx, [closed, left, failing, quiet, waits, new, due, sent])
    post = ChannelPost.to(SERVER, 7, "norms.ballot", "v1", NOON)
    await channel_post_store.put(tx, post.stands(9, 1, NOON)._replace(wanted=2).parked(50013, NOON + HOUR))
    for outcome in (Delivered(5), Delivered(6), Refused(50007)):
        await outcome_store.add(tx, "direct message", closed, outcome, NOON)
    await outcome_store.add(tx, "direct message", left, Missing(10007), NOON)
    forum = ChannelPost.to(SERVER, 8, "norms.result", "v1", NOON)
    await outcome_store.add(tx, "channel post", forum, Refused(50008), NOON)


@pytest.fixture
async def outbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_STATE_DIR", str(tmp_path))
    Keyring.fresh().save(tmp_path / "keys.json")
    db = Database(tmp_path / "plumbline.db", keys=keys_beside(tmp_path / "plumbline.db"))
    await upgrade(db)
    await db.write(deliveries)
    await db.close()
    monkeypatch.setattr("bot.app.utcnow", lambda: LATER)
    return lambda *words: CliRunner().invoke(app, ["outbox", *words])


def about(said: str, kind: str) -> str:
    """Return the two lines about the delivery of this kind that did not arrive."""
    lines = said.splitlines()
    [at] = [number for number, line in enumerate(lines) if f" {kind}, id " in line]
    return "\n".join(lines[at : at + 2])


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "asks.asked",
            "They'll find it only in their /inbox. They don't accept direct messages from the bot (50007).",
        ),
        ("asks.came", "One of the two people has left the server (10007). Plumbline tried once."),
        (
            "norms.result",
            "Plumbline couldn't post it, and has told the moderators. "
            "Channels like this one take no messages",
        ),
        ("norms.result", "It gave up at 2026-01-07 12:00 UTC."),
        ("asks.over", "Plumbline will try again. Discord answered with 503. Plumbline tried once."),
        ("asks.over", "The next try is at 2026-11-29 15:00 UTC."),
        ("pairs.asked", "It isn't time yet: it was meant for later, or they have quiet hours."),
        ("talks.asked", "This person gets their first DM, and those are sent a few at a time."),
        ("plans.day", "It is due now, or being sent right now."),
        ("norms.ballot", "The message in the channel says something out of date."),
        ("norms.ballot", "(50013). Plumbline tried once. It has been failing since 2026-01-07 13:00 UTC."),
    ],
)
def test_each_delivery_that_waits_or_did_not_arrive_is_listed_with_its_reason(
    outbox: Callable[..., Result], kind: str, said: str
) -> None:
    shown = outbox()

    assert shown.exit_code == 0
    assert said in about(shown.output, kind)
    assert f"server {SERVER}" in about(shown.output, kind)


def test_what_was_sent_or_is_only_for_the_inbox_is_not_listed(outbox: Callable[..., Result]) -> None:
    said = outbox().output

    assert "pods.joined, id" not in said
    assert "asks.unread, id" not in said
    assert "Everything else was sent" in said


def test_what_waits_and_how_deliveries_ended_is_counted_by_kind(outbox: Callable[..., Result]) -> None:
    lines = [line.split() for line in outbox().output.splitlines()]

    assert ["pairs.asked", "1", "waiting,", "the", "oldest", "since", "2026-01-07", "12:00", "UTC"] in lines
    assert ["asks.asked", "delivered", "2"] in lines
    assert ["asks.asked", "refused", "50007", "1"] in lines


def test_the_report_can_be_limited_to_a_kind_and_a_server(outbox: Callable[..., Result]) -> None:
    said = outbox("--kind", "asks.came").output
    assert "asks.came, id" in said
    assert "asks.over" not in said

    assert "asks.came, id" not in outbox("--server", "5").output


def test_a_kind_of_which_nothing_is_known_is_refused_with_those_that_are(
    outbox: Callable[..., Result],
) -> None:
    said = outbox("--kind", "asks.askd")

    assert said.exit_code == 1
    assert "no delivery called asks.askd" in said.output
    assert "asks.asked, asks.came" in said.output


def test_the_report_names_nobody(outbox: Callable[..., Result]) -> None:
    assert "canary" not in outbox().output


def test_check_says_that_something_did_not_arrive(outbox: Callable[..., Result]) -> None:
    said = CliRunner().invoke(app, ["check"]).output
    # Closed DMs are ordinary.
    assert "note: deliveries that keep failing or didn't arrive: 4." in said


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
    assert "is damaged, locked by another program, or from another version" in said.output


@pytest.mark.parametrize("command", ["outbox", "check", "keys"])
def test_another_users_files_are_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_STATE_DIR", str(tmp_path / "theirs"))
    for asked in ("exists", "is_file"):
        monkeypatch.setattr(
            Path, asked, lambda path, *_, **__: refuse(path) if "theirs" in str(path) else False
        )
    said = CliRunner().invoke(app, [command])

    assert said.exit_code == 1
    assert "You may not read" in said.output
