"""What `plumbline doctor` finds: about helplines and texts, backups, and what Discord says."""

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from msgspec.structs import replace

from bot import diagnostics, strings
from bot.backups import age
from bot.content.library import Library, Unreadable, installed
from bot.diagnostics import Finding, Mark, examine, examine_online
from bot.settings import Settings
from bot.ui import discord_check
from bot.ui.discord_check import Application, same, same_commands
from bot.ui.discord_errors import Rejected, TokenRefused, Unreachable


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


NOW = noon(date(2026, 11, 22))


def test_check_warns_of_helplines_that_nobody_has_checked_for_more_than_180_days() -> None:
    then = max(line.seen_on for country in installed().countries() for line in country.lines)

    fresh, old = examine(noon(then)), examine(noon(date(then.year + 1, 12, 31)))

    assert not [finding for finding in fresh if "more than 180 days ago" in finding.what]
    assert next(finding.mark for finding in old if "more than 180 days ago" in finding.what) is Mark.WARNED


def test_check_says_which_of_the_five_columns_each_country_has() -> None:
    found = {finding.what: finding.mark for finding in examine(NOW)}
    has = {what.partition(" has: ")[0]: what for what in found if " has: " in what}

    assert set(has) == {country.name for country in installed().countries()}
    assert "missing" not in has["New Zealand"]
    assert has["Germany"].endswith("missing: lines for people who worry about what they did")
    assert has["India"].endswith(
        "missing: lines for people who worry about what they did, care without the police"
    )
    assert {found[what] for what in has.values()} == {Mark.RIGHT}


def test_check_reports_a_text_that_cannot_be_used_as_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        raise Unreadable("talk.toml is missing")

    monkeypatch.setattr(Library, "load", broken)

    assert Finding(Mark.WRONG, "talk.toml is missing") in examine(NOW)


# -- backups and the disk -------------------------------------------------------------------------


def found_with(what: str) -> Finding:
    """Return the one finding that contains a text."""
    [finding] = [one for one in examine(NOW) if what in one.what]
    return finding


def an_installation(monkeypatch: pytest.MonkeyPatch, *, backup_key: bool) -> Path:
    state = Path("state")
    state.mkdir(mode=0o700)
    (state / "plumbline.db").touch()
    if backup_key:
        monkeypatch.setenv("PLUMBLINE_BACKUP_KEY", age.new_pair().public)
    return state


def test_before_the_first_run_nothing_is_said_about_backups() -> None:
    assert not [one for one in examine(NOW) if "backup" in one.what.lower()]


def test_an_installation_without_backups_is_told_how_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    an_installation(monkeypatch, backup_key=False)

    assert found_with("No backups are set up").mark is Mark.WARNED


@pytest.mark.parametrize(
    ("hours", "mark", "said"),
    [(None, Mark.WARNED, "no backup has been made yet"), (30, Mark.RIGHT, "the newest backup, of"),
     (60, Mark.WARNED, "The newest backup is of 2026-11-20 00:00 UTC.")],
)  # fmt: skip
def test_the_age_of_the_newest_backup_is_said(
    monkeypatch: pytest.MonkeyPatch, hours: int | None, mark: Mark, said: str
) -> None:
    made = an_installation(monkeypatch, backup_key=True) / "last-backup"
    if hours is not None:
        made.touch()
        os.utime(made, ((NOW - timedelta(hours=hours)).timestamp(),) * 2)

    assert found_with(said).mark is mark


@pytest.mark.parametrize(("free", "mark"), [(10**8, Mark.WARNED), (10**9, Mark.RIGHT)])
def test_the_room_on_the_disk_is_said(monkeypatch: pytest.MonkeyPatch, free: int, mark: Mark) -> None:
    an_installation(monkeypatch, backup_key=False)
    monkeypatch.setattr(diagnostics, "free_bytes", lambda _settings: free)

    assert found_with(f"{free // 10**6} MB left").mark is mark


# -- what Discord says ----------------------------------------------------------------------------

SOUND = Application(
    id=42, name="Plumb", can_be_invited=True, anybody=False, by_http=False, privileged=False, for_users=False,
    terms="https://example.org/terms", privacy="https://example.org/privacy", logins_left=999, commands=(),
)  # fmt: skip
ONLINE = Settings(_env_file=None, _environ={}, token="a.b.c")


async def online(monkeypatch: pytest.MonkeyPatch, seen: Application | Exception) -> dict[str, Mark]:
    async def application(_token: str) -> Application:
        if isinstance(seen, Exception):
            raise seen
        return seen

    monkeypatch.setattr(discord_check, "application", application)
    return {finding.what: finding.mark for finding in await examine_online(ONLINE)}


async def test_a_sound_application_needs_only_its_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    found = await online(monkeypatch, SOUND)

    assert [what for what, mark in found.items() if mark is not Mark.RIGHT] == [strings.ONLINE_NOT_IN_SYNC]
    assert (
        "to invite the bot to a server, open https://discord.com/oauth2/authorize"
        "?client_id=42&scope=bot+applications.commands&permissions=68608" in found
    )


@pytest.mark.parametrize(
    ("change", "said", "mark"),
    [
        ({"by_http": True}, strings.ONLINE_BY_HTTP, Mark.WRONG),
        ({"can_be_invited": False}, strings.ONLINE_CODE_GRANT, Mark.WRONG),
        ({"anybody": True}, strings.ONLINE_PUBLIC, Mark.RIGHT),
        ({"for_users": True}, strings.ONLINE_USERS, Mark.WARNED),
        ({"privileged": True}, strings.ONLINE_PRIVILEGED, Mark.WARNED),
        ({"terms": None}, strings.ONLINE_NO_TERMS, Mark.WARNED),
        ({"privacy": None}, strings.ONLINE_NO_PRIVACY, Mark.WARNED),
        ({"logins_left": 3}, strings.ONLINE_LOGINS_LOW.format(count=3), Mark.WARNED),
    ],
)
async def test_each_setting_that_does_not_fit_is_said(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], said: str, mark: Mark
) -> None:
    assert (await online(monkeypatch, replace(SOUND, **change)))[said] is mark


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TokenRefused(), strings.TOKEN_REFUSED),
        (Unreachable(), strings.UNREACHABLE),
        (Rejected(403, 50001), strings.REJECTED.format(status=403, code=50001)),
    ],
)
async def test_where_discord_says_nothing_that_is_the_only_finding(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    assert await online(monkeypatch, error) == {said: Mark.WRONG}


def test_commands_are_the_same_although_discord_leaves_out_and_adds() -> None:
    ours = {
        "name": "ask",
        "type": 1,
        "description": "Ask",
        "nsfw": False,
        "options": [{"name": "a", "required": False}],
    }
    theirs = {
        "id": "9",
        "name": "ask",
        "type": 1,
        "description": "Ask",
        "options": [{"name": "a", "type": 3}],
    }

    assert same_commands([ours], [theirs])
    assert not same_commands([ours], [])
    assert not same_commands([], [theirs])
    assert not same_commands([ours], [theirs | {"description": "Ask!"}])
    assert not same_commands([ours | {"options": []}], [theirs])


def test_a_text_and_a_number_of_the_same_digits_are_the_same() -> None:
    assert same({"default_member_permissions": 32}, {"default_member_permissions": "32"})
    assert not same({"contexts": [0, 1]}, {"contexts": [0]})
    assert not same({"nested": {"a": 1}}, {"nested": None})
