"""The log is written with each change, shown in sentences, exported as a file, and never edited."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from sqlalchemy import Executable, delete, text, update
from sqlalchemy.exc import IntegrityError

from bot.content.library import installed
from bot.ids import PersonId, ServerId
from bot.servers.models import LogEntry, Ratifying
from bot.servers.tables import config_log
from bot.ui import strings as ui_words
from cogs.manage.log import strings
from cogs.manage.log.wording import Wording, file
from tests.unit.pods.fixtures import HERE, Harness

ANA = PersonId("ana-id")
AT = datetime(2026, 1, 7, 12, tzinfo=UTC)
WORDING = Wording(installed())


def entry(setting: str, was: str, now: str) -> LogEntry:
    return LogEntry(1, AT, ANA, setting, was, now)


async def test_the_log_holds_only_the_settings_that_a_change_really_changed(harness: Harness) -> None:
    mo = await harness.person("mo")
    await harness.servers.change(HERE, mo, harness.now, {"country": "ie", "retention_days": 7})
    await harness.servers.change(HERE, mo, harness.now, {"ratifying": Ratifying(share=80)})
    noted = [(one.setting, one.was, one.now, one.who) for one in await harness.servers.log.every(HERE)]
    assert noted == [("country", "_", "ie", mo), ("ratify_share", "67", "80", mo)]
    assert await harness.servers.log.every(ServerId(78)) == []


async def test_the_log_returns_the_newest_entries_first_page_by_page(harness: Harness) -> None:
    mo = await harness.person("mo")
    for days in range(8, 13):
        await harness.servers.change(HERE, mo, harness.now, {"retention_days": days})
    first = await harness.servers.log.latest(HERE, 2)
    second = await harness.servers.log.latest(HERE, 2, first[-1].number)
    assert [one.now for one in (*first, *second)] == ["12", "11", "10", "9"]


async def test_the_log_does_not_name_somebody_who_has_left(harness: Harness) -> None:
    mo = await harness.person("mo")
    await harness.servers.change(HERE, mo, harness.now, {"country": "ie"})
    entries = await harness.servers.log.every(HERE)
    assert await harness.servers.log.names(HERE, entries) == {mo: "mo"}
    await harness.people.leave(mo, HERE, harness.now)
    names = await harness.servers.log.names(HERE, entries)
    assert names == {}
    assert WORDING.sentence(entries[0], names).startswith("Someone whose name is gone set the country")


REPLACE = text(
    "INSERT OR REPLACE INTO config_log SELECT number, server, at, who, setting, was, 'nz' FROM config_log"
)


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (update(config_log).values(now="nz"), False),
        (update(config_log).values(now="nz"), True),
        pytest.param(REPLACE, False, marks=pytest.mark.sqlite("PostgreSQL has no such statement")),
        pytest.param(REPLACE, True, marks=pytest.mark.sqlite("PostgreSQL has no such statement")),
        (delete(config_log), False),
    ],
)
async def test_the_database_refuses_to_change_the_log(
    lawful: Harness, change: Executable, gone: bool
) -> None:
    """Only the log of a removed server can be deleted, and nobody can edit one."""
    await lawful.servers.change(HERE, await lawful.person("mo"), lawful.now, {"country": "ie"})
    if gone:
        await lawful.servers.left(HERE, lawful.now)
    with pytest.raises(IntegrityError):
        await lawful.db.write(lambda tx: tx.execute(change))
    assert [one.now for one in await lawful.servers.log.every(HERE)] == ["ie"]


async def test_the_log_of_a_removed_server_is_deleted_and_no_other(lawful: Harness) -> None:
    mo = await lawful.person("mo")
    for server in (HERE, ServerId(78)):
        await lawful.servers.change(server, mo, lawful.now, {"country": "ie"})
    await lawful.servers.left(HERE, lawful.now)
    await lawful.wait(days=30)
    assert await lawful.servers.log.every(HERE) == []
    assert len(await lawful.servers.log.every(ServerId(78))) == 1


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        (("adult_role", "_", "7"), "set the role that adults have to <@&7>"),
        (("welcome_posted", "_", "7"), "posted the welcome message in <#7>"),
        (("minors", "True", "False"), "opened asks, pods, pairs, paths, plans and nights again"),
        (("ratify_least", "0", "8"), "changed how many people must be in"
         " from a fifth of the members to 8 people"),
        (("country", "_", "ie"), "set the country to Ireland"),
        (("country", "ie", "_"), "cleared the country (before: Ireland)"),
        (("country", "_", "xx"), "set the country to xx"),
        (("retention_days", "7", "1"), "changed how long I keep an ask after it closes"
         " from 7 days to 1 day"),
        (("newcomer_days", "3", "0"), "changed how long new members wait before they can ask"
         " from 3 days to 0 days"),
        (("minors", "False", "True"), "closed asks, pods, pairs, paths, plans and nights,"
         " because some members are under 18"),
        (("norms_channel", "12", "34"), "changed the channel for norms from <#12> to <#34>"),
        (("mods_channel", "12", "_"), "cleared the channel for moderators (before: <#12>)"),
        (("ratify_direct", "False", "True"), "changed who decides about norms"
         " from the members to moderators"),
        (("ratify_share", "67", "80"), "changed how many of those who answer must be in from 67% to 80%"),
        (("ratify_least", "5", "1"), "changed how many people must be in from 5 people to 1 person"),
        (("ratify_days", "7", "14"), "changed how long members have to answer from 7 days to 14 days"),
        (("norms_proposed", "_", "1"), "asked the members about version 1 of the norms (before: none)"),
        (("norms_published", "1", "2"), "published version 2 of the norms (before: 1)"),
        (("norms_withdrawn", "2", "_"), "took back version 2 of the norms"),
        (("reminder_begun", "_", "A norm: Fridays"), "started a reminder: A norm: Fridays"),
        (("reminder_changed", "Fridays", "Mondays"), "changed a reminder: Mondays (before: Fridays)"),
        (("reminder_removed", "Fridays", "_"), "removed a reminder: Fridays"),
        (("reminder_skipped", "Friday", "Monday"), "skipped a reminder's next time, so it's now Monday"
         " (before: Friday)"),
        (("local_line_added", "_", "Café · 555 · anyone · hurt, told"),
         "added local help: Café · 555 · anyone (shown under I was hurt, Someone told me)"),
        (("local_line_changed", "Café · 555 · anyone · hurt", "Café · 555 · anyone · "),
         "changed local help: Café · 555 · anyone (not shown on any page)"
         " (before: Café · 555 · anyone (shown under I was hurt))"),
        (("local_line_removed", "Café · 555 · anyone · now", "_"),
         "removed local help: Café · 555 · anyone (shown under Right now)"),
        (("colour", "<@1>", "*red*"), "changed `colour` from \\<@\u200b1\\> to \\*red\\*"),
    ],
)  # fmt: skip
def test_each_kind_of_log_entry_is_said_in_words(noted: tuple[str, str, str], said: str) -> None:
    assert WORDING.sentence(entry(*noted), {ANA: "Ana"}) == f"\u2068Ana\u2069 {said}"


def test_every_setting_of_a_server_has_words_for_the_log() -> None:
    from bot.servers.log import spoken
    from bot.servers.models import Server

    assert spoken(Server(HERE)).keys() <= strings.SETTINGS.keys()


def test_a_log_line_says_when_and_a_name_cannot_change_its_format() -> None:
    line = WORDING.line(entry("country", "_", "ie"), {ANA: "**Ana** \u202e@here"})
    assert line == ("\u2068\\*\\*Ana\\*\\* @\u200bhere\u2069 set the country to Ireland\n-# <t:1767787200:f>")
    assert WORDING.sentence(entry("minors", "True", "False"), {ANA: "\u200f "}).startswith(
        ui_words.SOMEONE_FIRST
    )


def rows(entries: list[LogEntry], name: str = "Ana") -> list[list[str]]:
    written = file(entries, {ANA: name})
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(written.decode("utf-8-sig"))))


def test_the_exported_file_holds_every_entry_as_it_was_written() -> None:
    noted = [entry("country", "_", "ie"), entry("colour", 'a "quoted", thing', "two\nlines")]
    assert rows(noted) == [
        ["at", "who", "setting", "was", "now"],
        ["2026-01-07T12:00:00+00:00", "Ana", "country", "", "ie"],
        ["2026-01-07T12:00:00+00:00", "Ana", "colour", 'a "quoted", thing', "two\nlines"],
    ]
    assert rows([]) == [["at", "who", "setting", "was", "now"]]


@pytest.mark.parametrize("name", ["שרה כהן", "محمد", "🏳️‍🌈 Ana 👩‍👩‍👧", "x" * 32])
def test_names_are_complete_in_the_exported_file(name: str) -> None:
    assert rows([entry("country", "_", "ie")], name)[1][1] == name


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_the_exported_file_is_a_formula(name: str) -> None:
    [_, row] = rows([entry("colour", name, name)], name)
    assert row[1] == row[3] == row[4] == f"'{name}"


def test_the_exported_file_does_not_name_somebody_who_has_left() -> None:
    [_, row] = rows([entry("country", "_", "ie")], "")
    assert row[1] == "someone whose name is gone"
