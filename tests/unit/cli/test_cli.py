"""The command `plumbline`, as the person who runs it sees it."""

import errno
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from bot.exit_codes import ExitCode
from bot.process_end import SIGNALS
from bot.settings import Misconfigured, Settings
from bot.storage.lock import AlreadyRunning
from bot.storage.migrate import NewerSchema
from bot.vault.deletion_file import DeletionsUnusable
from bot.vault.keyring import KeyFileUnusable, KeysMissing
from tests.database_file import open_file
from tests.patience import PATIENCE
from tests.unit.cli.conftest import TOKEN, Plumbline

NEWER = "UPDATE alembic_version SET version_num = '9999'"
IMPORTS = """
import sys
before = {*sys.modules}
import bot.cli
print(*sys.modules.keys() - before)
"""
OURS = {
    "bot", "bot.backup_commands", "bot.cli", "bot.command_errors", "bot.exit_codes", "bot.key_commands",
    "bot.move_commands", "bot.process_end", "bot.settings", "bot.strings", "bot.tracebacks",
}  # fmt: skip
LIBRARIES = {"attr", "attrs", "click", "dotenv"}
PARKED = "INSERT INTO agenda VALUES ('close', 'one', 0, 5, 'KeyError')"


def altered(state: Path, statement: str) -> None:
    with closing(open_file(state / "plumbline.db")) as database:
        database.execute(statement)
        database.commit()


def test_python_m_bot_is_the_same_program() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], capture_output=True, text=True, check=True, timeout=PATIENCE
    )

    assert all(command in told.stdout for command in ("demo", "run", "check", "keys", "backup", "restore"))


def test_the_program_starts_with_little_and_each_command_imports_what_it_needs() -> None:
    """Whoever asks for help or whether the bot is well doesn't wait for discord.py or the database."""
    told = subprocess.run(
        [sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    imported = {*told.stdout.split()}

    assert {one for one in imported if one.partition(".")[0] in {"bot", "cogs", "data"}} == OURS
    assert {one.partition(".")[0] for one in imported} - sys.stdlib_module_names == {"bot", *LIBRARIES}


class TestCheck:
    def test_check_finds_nothing_wrong_with_a_sound_installation(
        self, plumbline: Plumbline, installed: Path
    ) -> None:
        told = plumbline("check")

        assert told.exit_code == 0, told.output
        assert "wrong:" not in told.output
        assert TOKEN not in told.output

    def test_check_before_the_first_run_finds_only_the_token_missing(self, plumbline: Plumbline) -> None:
        told = plumbline("check")

        assert told.exit_code == 1
        assert [line for line in told.output.splitlines() if line.startswith("wrong:")] == [
            line for line in told.output.splitlines() if "plumbline demo" in line
        ]
        assert not Path("state").exists()

    def test_check_names_each_wrong_setting_on_a_line_of_its_own(
        self, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLUMBLINE_LOG_FORMAT", "xml")
        monkeypatch.setenv("PLUMBLINE_REQUESTS_PER_SECOND", "50")

        told = plumbline("check")

        assert told.exit_code == 1
        assert told.output.count("wrong: PLUMBLINE_") == 2

    @pytest.mark.parametrize(
        ("harm", "said"),
        [
            (lambda state: state.chmod(0o755), "chmod 700 state"),
            (lambda state: (state / "keys.json").chmod(0o644), "chmod 600 state/keys.json"),
            (lambda state: (state / "keys.json").unlink(), "Put your copy of the key file in its place"),
            (lambda state: (state / "keys.json").write_text("{}"), "isn't a key file"),
            (
                lambda state: (state / "deletions.log").write_bytes(b"x" * 720),
                "isn't this installation's deletion log",
            ),
            (lambda state: (state / "plumbline.db").write_bytes(b"gone" * 999), "is damaged"),
            (
                lambda state: altered(state, "UPDATE alembic_version SET version_num = '9999'"),
                "newer Plumbline",
            ),
            (
                lambda state: altered(state, PARKED),
                "Plumbline has given up on timers called close: 1. Every try failed with KeyError.",
            ),
        ],
    )
    def test_check_says_what_is_wrong_with_an_installation(
        self, plumbline: Plumbline, installed: Path, harm: Callable[[Path], object], said: str
    ) -> None:
        harm(installed)

        told = plumbline("check")

        assert told.exit_code == 1
        (wrong,) = (line for line in told.output.splitlines() if line.startswith("wrong:"))
        assert said in wrong

    def test_check_only_warns_of_an_older_schema_and_an_unusual_token(
        self, plumbline: Plumbline, installed: Path
    ) -> None:
        altered(installed, "UPDATE alembic_version SET version_num = '0000'")
        Path(".env").write_text("PLUMBLINE_TOKEN=a-client-secret\n")

        told = plumbline("check")

        assert told.exit_code == 0
        assert told.output.count("note:") >= 2

    def test_a_state_folder_that_is_a_file_is_wrong(self, plumbline: Plumbline) -> None:
        Path("state").write_text("")

        assert "wrong: state should be a folder" in plumbline("check").output

    def test_a_key_file_that_is_a_folder_is_wrong(self, plumbline: Plumbline, installed: Path) -> None:
        (installed / "keys.json").unlink()
        (installed / "keys.json").mkdir()

        assert "should be a file that Plumbline may read" in plumbline("check").output


@pytest.fixture
def signals_put_back() -> Iterator[None]:
    """Undo how `run` handles signals, which is for its whole process."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("signals_put_back")
class TestRun:
    def test_run_without_a_token_says_how_to_get_one(self, plumbline: Plumbline) -> None:
        told = plumbline("run")

        assert told.exit_code == ExitCode.MISCONFIGURED
        assert "Reset Token" in told.stderr
        assert "plumbline demo" in told.stderr
        assert not Path("state").exists()

    @pytest.mark.parametrize(
        ("error", "code", "said"),
        [
            (AlreadyRunning("state"), ExitCode.ALREADY_RUNNING, "Another Plumbline runs"),
            (NewerSchema("9999"), ExitCode.DATABASE_NEWER, "newer Plumbline"),
            (KeyFileUnusable("keys.json"), ExitCode.KEY_FILE_UNUSABLE, "isn't a key file"),
            (KeysMissing(), ExitCode.KEYS_DO_NOT_FIT, "None of the keys in state/keys.json opens"),
            (DeletionsUnusable(), ExitCode.DELETIONS_UNUSABLE, "isn't this installation's deletion log"),
            (Misconfigured("The token was refused."), ExitCode.MISCONFIGURED, "The token was refused."),
        ],
    )
    def test_run_says_in_a_plain_sentence_why_it_cannot_start(
        self,
        plumbline: Plumbline,
        monkeypatch: pytest.MonkeyPatch,
        error: Exception,
        code: ExitCode,
        said: str,
    ) -> None:
        async def failing(_settings: Settings) -> None:
            raise error

        monkeypatch.setattr("bot.app.run", failing)
        monkeypatch.setenv("PLUMBLINE_TOKEN", TOKEN)

        told = plumbline("run")

        assert told.exit_code == code
        assert said in told.stderr

    def test_ctrl_c_ends_run_without_an_error(
        self, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def stopped(_settings: Settings) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("bot.app.run", stopped)
        monkeypatch.setenv("PLUMBLINE_TOKEN", TOKEN)

        assert plumbline("run").exit_code == 0


class TestDemo:
    def test_the_demo_is_given_no_token(self, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[tuple[Settings, int]] = []

        async def served(settings: Settings, port: int) -> None:
            given.append((settings, port))

        monkeypatch.setattr("bot.demo.serve.serve", served)
        monkeypatch.setenv("PLUMBLINE_TOKEN", TOKEN)

        assert plumbline("demo", "--port", "8123").exit_code == 0
        ((settings, port),) = given
        assert (settings.token, settings.token_file, port) == (None, None, 8123)

    def test_the_demo_says_plainly_that_a_port_is_taken(self, plumbline: Plumbline) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]

            told = plumbline("demo", "--port", str(port))

        assert told.exit_code == 1
        assert f"Port {port} is taken" in told.stderr

    def test_another_error_is_not_reported_as_a_taken_port(
        self, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def served(_settings: Settings, _port: int) -> None:
            raise OSError(errno.ENOSPC, "full")

        monkeypatch.setattr("bot.demo.serve.serve", served)

        assert isinstance(plumbline("demo").exception, OSError)

    @pytest.mark.parametrize(("missing", "refused"), [("simcord", True), ("bot.demo.serve", False)])
    def test_the_demo_says_how_to_install_its_packages_only_when_they_are_missing(
        self, plumbline: Plumbline, monkeypatch: pytest.MonkeyPatch, missing: str, refused: bool
    ) -> None:
        class Absent(ModuleType):
            def __getattr__(self, name: str) -> object:
                raise ModuleNotFoundError(missing, name=missing)

        monkeypatch.setitem(sys.modules, "bot.demo.serve", Absent("bot.demo.serve"))

        told = plumbline("demo")

        assert isinstance(told.exception, SystemExit if refused else ModuleNotFoundError)
        assert ("make demo" in told.stderr) is refused
