"""An export is a ZIP that its owner can read, with everything in it as data as well."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest

from bot.asks.models import AskKind, AskState
from bot.ids import ServerId
from bot.norms.models import Stand
from bot.norms.note import NoteKind, NoteState
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import About, PairState
from bot.plans.models import PlanState
from bot.privacy import archive, strings
from bot.reminders.models import ReminderKind
from bot.reports.models import BarState, ReportState
from bot.scheduling.cadence import LAST, Cadence
from bot.talks.models import TalkAbout
from tests.architecture.test_ledgers import ledgers

NOW = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
SERVER = ServerId(7001)


async def given(records: Sequence[tuple[str, dict[str, Any]]]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    for one in records:
        yield one


async def parts(*records: tuple[str, dict[str, Any]]) -> list[zipfile.ZipFile]:
    found = archive.parts(given(records), NOW, lambda server: "Book club" if server == SERVER else "")
    return [zipfile.ZipFile(io.BytesIO(part)) async for part in found]


async def page(*records: tuple[str, dict[str, Any]]) -> str:
    [part] = await parts(*records)
    return part.read("plumbline.html").decode()


def test_every_exported_table_and_column_has_its_words() -> None:
    exported = {ledger.table: ledger.exported for ledger in ledgers() if ledger.subjects and ledger.exported}
    assert exported.keys() - strings.TABLES.keys() == set()
    assert {name for columns in exported.values() for name in columns} - strings.COLUMNS.keys() == set()


async def test_a_zip_has_the_data_its_schema_and_a_page() -> None:
    [part] = await parts(("plans", {"server": SERVER, "action": "I'll leave early", "day_at": NOW}))
    assert sorted(part.namelist()) == ["plumbline.html", "plumbline.json", "schema.json"]
    data = json.loads(part.read("plumbline.json"))
    assert data["exported_at"] == "2026-11-30T09:05:00+00:00"
    assert data["plans"] == [
        {"server": "Book club", "action": "I'll leave early", "day_at": "2026-11-30T09:05:00+00:00"}
    ]
    schema = json.loads(part.read("schema.json"))
    assert schema["properties"]["plans"]["description"] == strings.TABLES["plans"]
    assert set(data) <= set(schema["properties"])


async def test_the_page_says_in_words_what_is_in_it_and_leaves_out_what_is_empty() -> None:
    shown = await page(
        ("asks", {"server": SERVER, "words": {"what": "I shouted", "asking": ""}, "closed_at": None}),
        ("check_ins", {"day": date(2026, 2, 8), "late": False, "note": "It was hard"}),
    )
    for words in ("Book club", "what you did", "I shouted", "8 February 2026", "no", "It was hard"):
        assert words in shown
    assert strings.PARTS["asking"] not in shown
    assert strings.COLUMNS["closed_at"] not in shown
    assert shown.index(strings.TABLES["asks"]) < shown.index(strings.TABLES["check_ins"])


async def test_what_somebody_wrote_is_shown_as_they_wrote_it_and_never_run() -> None:
    written = '<script>alert("x")</script> & \u202eevil\n\nسلام 🌿'
    shown = await page(("norm_notes", {"text": written}))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "سلام 🌿" in shown


async def test_a_server_whose_name_is_not_known_any_more_is_shown_by_its_id() -> None:
    assert "8002" in await page(("ties", {"server": 8002}))


async def test_an_export_of_nothing_says_so() -> None:
    assert f"<p>{strings.EMPTY}</p>" in await page()


async def test_a_large_export_comes_in_parts_none_of_which_is_too_large(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "PART_MOST", 10_000)
    found = await parts(*(("plans", {"action": f"{number} " + "x" * 900}) for number in range(40)))
    actions = [one["action"] for part in found for one in json.loads(part.read("plumbline.json"))["plans"]]
    assert [int(action.split()[0]) for action in actions] == list(range(40))
    assert len(found) > 3
    assert [json.loads(part.read("plumbline.json"))["part"] for part in found] == [*range(1, len(found) + 1)]
    assert strings.PART.format(number=2) in found[1].read("plumbline.html").decode()


ENUMERATED: dict[str, type[StrEnum]] = {
    "asks.state": AskState,
    "asks.kind": AskKind,
    "talks.about": TalkAbout,
    "pairs.state": PairState,
    "pairs.cadence": Cadence,
    "pair_changes.cadence": Cadence,
    "pair_sides.about": About,
    "check_ins.status": CheckInStatus,
    "plans.state": PlanState,
    "norm_stands.stand": Stand,
    "norm_notes.kind": NoteKind,
    "norm_notes.state": NoteState,
    "reports.state": ReportState,
    "bars.state": BarState,
    "reminders.kind": ReminderKind,
}


@pytest.mark.parametrize("column", ENUMERATED)
def test_every_value_of_a_column_has_its_words(column: str) -> None:
    assert strings.VALUES[column].keys() == {*ENUMERATED[column]}


async def test_the_page_says_times_and_days_in_words_and_leaves_out_ids() -> None:
    weekly = {"cadence": "weekly", "day": 6, "minute": 18 * 60 + 5}
    shown = await page(
        ("people", {"quiet_start": 22 * 60, "quiet_end": 0}),
        ("pairs", weekly),
        ("pair_changes", {"cadence": "monthly", "day": 3, "minute": 0}),
        ("pair_changes", {"cadence": "monthly", "day": LAST, "minute": 0}),
        ("check_ins", {"question": 877, "day": date(2026, 2, 8)}),
        ("report_readers", {"report": "an-id-of-a-report", "reads": True}),
        ("outbox", {"kind": "asks.came"}),
    )
    for words in (
        "22:00", "00:00", "weekly", "Sunday", "18:05", "day 3 of the month", "the last day of the month",
        "8 February 2026", "about an ask",
    ):  # fmt: skip
        assert f"<dd>{words}</dd>" in shown
    assert "877" not in shown
    assert "an-id-of-a-report" not in shown
