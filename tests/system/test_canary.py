"""What people type, and who they are, can be read nowhere without the key."""

import re
import struct

import pytest

from tests.system.controls import FORM, shown_in
from tests.system.walk import MARK
from tests.system.walk_record import Record

LINES = {
    "Something is waiting for you.",
    "Something here has changed.",
    "This is closed.",
}
PUBLISHED = {
    *(("manage.wrote", field) for field in ("title", "norm", "why", "kept")),
    ("manage.asked", "question"),
    *(("manage.local_wrote", field) for field in ("name", "reach", "whom")),
}
"""Fields with what a moderator writes for everybody in a server: norms, and local help."""
ZONES = {
    ("nights.settle", "zone"),
    ("pairs.write", "zone"),
    ("manage.rem_zoned", "zone"),
    ("paths.settle", "zone"),
}
"""Fields that take nothing but the name of a time zone."""
KEPT_IN_CLEAR = "Europe/Berlin"
"""A time zone, which isn't sealed by itself. It shows that the search finds what is there."""


def encoded(text: str) -> list[bytes]:
    return [text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]


def written(number: int) -> list[bytes]:
    """Return a number as text, and in the bytes in which SQLite and the machine store it."""
    return [str(number).encode(), struct.pack(">q", number), struct.pack("<q", number)]


def test_the_walk_types_into_every_field_of_asks_answers_and_plans(record: Record) -> None:
    typed = {of.rpartition(": ")[2] for of in record.canaries}
    assert typed >= {
        *("what", "felt", "asking"), *("impact", "step", "missing", "offer"),
        *("action", "different", "stay away"), "a message from the menu",
    }  # fmt: skip
    assert all(text.startswith(MARK) for text in record.canaries.values())


def test_the_walk_types_into_every_field_of_every_form(record: Record) -> None:
    shown = {
        (one.route.verb, name) for one in shown_in(record.requests) if one.type == FORM for name in one.fields
    }
    assert shown - record.typed_into == PUBLISHED | ZONES


def test_no_typed_text_no_name_no_account_and_no_channel_is_readable_in_any_file(record: Record) -> None:
    """Not even without the encryption of the whole file: each of these is sealed by itself as well."""
    assert {"after ask", "restarted", "forgotten", "closed"} <= record.files.keys()
    assert "plumbline.db-wal" in record.files["after ask"]
    assert any(KEPT_IN_CLEAR.encode() in held for held in record.clear["restarted"].values())
    numbers = {**record.accounts, **{f"channel of {user}": one for user, one in record.channels.items()}}
    hidden = {of: written(number) for of, number in numbers.items()} | {"a canary": encoded(MARK)}
    found = [
        f"{of} in {name}, {when}"
        for when, files in record.clear.items()
        for name, held in files.items()
        for of, ways in hidden.items()
        if any(way in held for way in ways)
    ]
    assert not found


def test_no_typed_text_no_name_no_account_and_no_channel_is_in_the_log(record: Record) -> None:
    assert record.kept_out > 1000, "libraries log what they send and store at DEBUG"
    assert " DEBUG " not in record.log
    assert " INFO bot.delivery.engine: Delivery " in record.log
    assert " ERROR " not in record.log
    hidden = [MARK, *map(str, record.accounts.values()), *map(str, record.channels.values())]
    assert not [line for line in record.log.splitlines() if any(one in line for one in hidden)]


def test_a_direct_message_is_one_of_five_sentences(record: Record) -> None:
    names = "|".join(text for of, text in record.canaries.items() if of.startswith("name of "))
    asks, calls = (
        re.compile(rf"\u2068(?:{names})\u2069 {what}\.")
        for what in ("has a question for you", "needs a hand now")
    )
    channels = {f"/channels/{channel}/messages" for channel in record.channels.values()}
    sent = [
        one
        for one in record.requests
        if one.method in ("POST", "PATCH") and any(one.path.startswith(path) for path in channels)
    ]
    said = {text for one in sent for text in contents(one.json)}
    named = [{text for text in said if sentence.fullmatch(text)} for sentence in (asks, calls)]
    assert said - named[0] - named[1] == LINES
    assert all(named)
    assert {text for one in sent for text in labels(one.json)} == {"Open"}


def contents(part: object) -> list[str]:
    """Return every text in a message's payload."""
    return _of(part, "content")


def labels(part: object) -> list[str]:
    return _of(part, "label")


def _of(part: object, key: str) -> list[str]:
    if isinstance(part, list):
        return [text for one in part for text in _of(one, key)]
    if isinstance(part, dict):
        here = [part[key]] if isinstance(part.get(key), str) and part[key] else []
        return here + [text for one in part.values() for text in _of(one, key)]
    return []


@pytest.mark.parametrize(
    "table",
    [
        *("asks", "askings", "talks", "talk_requests", "pair_sides", "check_ins"),
        *("reports", "report_readers", "bars"),
        *("path_commitments", "path_requests", "path_votes", "path_answers", "path_companions"),
        *("terms", "carryings"),
    ],
)
def test_rows_and_keys_are_deleted_when_their_time_is_over(record: Record, table: str) -> None:
    """Without the keys, texts in an old copy of the file cannot be decrypted any more."""
    assert any(held[table] for held in record.rows.values())
    assert record.rows["forgotten"][table] == 0
    assert all(case.startswith("person:") for case in record.keys)
