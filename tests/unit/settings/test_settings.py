"""Settings: from the environment and `.env`, refused in plain sentences that repeat no value."""

import os
from pathlib import Path

import pytest

from bot import settings, strings
from bot.settings import Misconfigured, Settings, load

TOKEN = "mfa.canary.token"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("PLUMBLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_defaults_apply() -> None:
    told = load()

    assert told.token is None
    assert told.state_dir == Path("state")
    assert told.database_path == Path("state/plumbline.db")
    assert told.key_path == Path("state/keys.json")
    assert (told.log_level, told.log_format) == ("INFO", "text")
    assert (told.requests_per_second, told.new_dms_per_minute) == (45, 6)
    assert (told.operator, told.source_url) == ("", "")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PLUMBLINE_OPERATOR=From the file\nPLUMBLINE_LOG_FORMAT=json\nOTHER=1\n")
    monkeypatch.setenv("PLUMBLINE_OPERATOR", "From the environment")

    assert load().operator == "From the environment"
    assert load().log_format == "json"


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_KEY_FILE", "")
    monkeypatch.setenv("PLUMBLINE_TOKEN", "")

    assert load() == Settings()


def test_an_empty_value_in_the_environment_does_not_replace_the_one_in_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("PLUMBLINE_OPERATOR=From the file\n")
    monkeypatch.setenv("PLUMBLINE_OPERATOR", "")

    assert load().operator == "From the file"


def test_names_of_settings_are_accepted_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("plumbline_operator=From the file\n")
    assert load().operator == "From the file"

    monkeypatch.setenv("Plumbline_Operator", "From the environment")
    assert load().operator == "From the environment"


def test_a_value_given_in_code_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PLUMBLINE_SOURCE_URL=https://example.org/file\n")
    monkeypatch.setenv("PLUMBLINE_OPERATOR", "From the environment")

    assert Settings(operator="Given").operator == "Given"
    assert Settings().source_url == "https://example.org/file"
    assert Settings(_env_file=None).source_url == ""


def test_the_key_file_may_be_outside_the_state_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_KEY_FILE", "/run/keys.json")

    assert load().key_path == Path("/run/keys.json")


def test_log_levels_and_formats_are_accepted_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_LOG_LEVEL", "debug")
    monkeypatch.setenv("PLUMBLINE_LOG_FORMAT", "JSON")

    assert (load().log_level, load().log_format) == ("DEBUG", "json")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("REQUESTS_PER_SECOND", "46", "should be a whole number from 1 to 45."),
        ("REQUESTS_PER_SECOND", "0", "should be a whole number from 1 to 45."),
        ("REQUESTS_PER_SECOND", "many", "should be a whole number from 1 to 45."),
        ("NEW_DMS_PER_MINUTE", "0", "should be a whole number from 1 to 60."),
        ("LOG_LEVEL", "LOUD", "should be one of DEBUG, INFO, WARNING or ERROR."),
        ("LOG_FORMAT", "xml", "should be either text or json."),
        ("OPERATOR", "x" * 101, "should be a name of at most 100 characters, which people see in /about."),
        ("SOURCE_URL", "javascript:x", "should be the http or https address of the source code, or empty."),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence_that_names_the_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"PLUMBLINE_{name}", value)

    with pytest.raises(Misconfigured) as refused:
        load()

    assert refused.value.problems == (f"PLUMBLINE_{name} {sentence}",)
    # An error that contains the value must not be attached to ours.
    assert refused.value.__context__ is None


def test_every_wrong_value_has_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLUMBLINE_LOG_LEVEL", "LOUD")
    Path(".env").write_text("PLUMBLINE_LOG_FORMAT=xml\n")

    with pytest.raises(Misconfigured) as refused:
        load()

    assert len(refused.value.problems) == 2


def test_an_env_file_that_is_not_utf_8_is_refused() -> None:
    Path(".env").write_bytes(b"PLUMBLINE_OPERATOR=\xff\xfe\n")

    with pytest.raises(Misconfigured, match="UTF-8"):
        load()


def test_an_env_file_of_another_user_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object, **__: object) -> dict[str, str]:
        raise PermissionError(13, "Permission denied", ".env")

    monkeypatch.setattr(settings, "dotenv_values", shut)
    with pytest.raises(Misconfigured) as refused:
        load()

    assert refused.value.problems == (strings.ENV_FILE_SHUT,)


def test_settings_never_show_the_token() -> None:
    assert TOKEN not in repr(Settings(token=TOKEN))
    assert TOKEN not in str(Settings(token=TOKEN))


def test_the_token_comes_from_the_setting_or_from_its_file(tmp_path: Path) -> None:
    held = tmp_path / "token"
    held.write_text(f"{TOKEN}\n")

    assert Settings(token=TOKEN).secret_token() == TOKEN
    assert Settings(token_file=held).secret_token() == TOKEN


def test_a_missing_token_says_how_to_get_one_and_that_the_demo_needs_none() -> None:
    with pytest.raises(Misconfigured) as refused:
        Settings().secret_token()

    (sentence,) = refused.value.problems
    assert all(said in sentence for said in ("developer portal", "Bot", "Reset Token", "plumbline demo"))


def test_setting_both_a_token_and_a_token_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="both set"):
        Settings(token=TOKEN, token_file=tmp_path / "token").secret_token()


@pytest.mark.parametrize("text", ["two words", "one\ntwo"])
def test_a_token_that_is_not_one_word_is_refused(tmp_path: Path, text: str) -> None:
    held = tmp_path / "token"
    held.write_text(text)

    with pytest.raises(Misconfigured, match="a single word"):
        Settings(token_file=held).secret_token()


def test_a_token_file_that_is_empty_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("\n")
    with pytest.raises(Misconfigured) as refused:
        Settings(_env_file=None, token_file=tmp_path / "token").secret_token()

    assert refused.value.problems == (f"The file with the token, {tmp_path / 'token'}, is empty.",)


def test_a_token_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="PLUMBLINE_TOKEN_FILE"):
        Settings(token_file=tmp_path / "none").secret_token()


SHARED = {"PLUMBLINE_DATABASE_URL": "postgresql://host/database", "PLUMBLINE_INSTANCES": "3"}


def test_several_instances_are_numbered_and_share_the_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SHARED, "PLUMBLINE_INSTANCE": "2", "PLUMBLINE_SHARDS": "8"}.items():
        monkeypatch.setenv(name, value)

    told = load()
    assert (told.instances, told.instance, told.shards) == (3, 2, 8)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"PLUMBLINE_INSTANCES": "2", "PLUMBLINE_SHARDS": "2"}, strings.INSTANCES_NEED_A_SERVER),
        ({**SHARED, "PLUMBLINE_SHARDS": "2"}, strings.INSTANCES_NEED_SHARDS.format(least=3)),
        (SHARED, strings.INSTANCES_NEED_SHARDS.format(least=3)),
        (
            {**SHARED, "PLUMBLINE_SHARDS": "3", "PLUMBLINE_INSTANCE": "3"},
            strings.INSTANCE_TOO_HIGH.format(most=2),
        ),
        ({"PLUMBLINE_INSTANCE": "1"}, strings.INSTANCE_TOO_HIGH.format(most=0)),
    ],
)
def test_settings_of_instances_that_do_not_go_together_are_refused(
    values: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(Misconfigured) as refused:
        load()
    assert refused.value.problems == (said,)
