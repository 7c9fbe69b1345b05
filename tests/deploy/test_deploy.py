"""The image, the compose file and the units of systemd, as linters of others see them.

CI must run all of them. Elsewhere one is skipped if its program isn't there.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.exit_codes import ExitCode
from bot.settings import PREFIX, Settings
from bot.ui.running import STOPS_WITHIN_SECONDS

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [one for one in UNITS if one.suffix == ".service"]
MOST_EXPOSED = 15
"""In tenths: 10 of 10 is a service that may do everything, and below 2 systemd calls one well protected."""
RESTARTABLE = {
    ExitCode.STOPPED,
    ExitCode.BUG,
    ExitCode.UNREACHABLE,
    ExitCode.DISK_FULL,
    ExitCode.DATABASE_LOCKED,
    ExitCode.DATABASE_UNREACHABLE,
}
"""After these, docs/OPERATIONS.md says to start it again, or there is nothing to do."""


def program(name: str) -> str:
    """Return the path of a program that came with the development requirements, or with the system."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None and "CI" not in os.environ:
        pytest.skip(f"{name} isn't installed. It isn't made for every machine, and CI runs this test with it")
    assert found is not None, f"CI must have {name}"
    return found


def ran(*command: str) -> str:
    """Run a program that must find nothing wrong. Return what it printed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_dockerfile_has_no_fault_that_hadolint_knows() -> None:
    assert ran(program("hadolint"), "--failure-threshold", "style", "Dockerfile") == ""


def test_the_compose_file_has_no_fault_that_compose_lint_knows() -> None:
    # An image that is built here has no digest before it is built.
    said = ran(program("compose-lint"), "--fail-on", "high", "compose.yaml")
    assert {*re.findall(r"\bCL-\d+\b", said)} <= {"CL-0019"}


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_systemd_understands_every_unit(unit: Path) -> None:
    done = subprocess.run(
        [program("systemd-analyze"), "verify", str(unit)], capture_output=True, text=True, check=False
    )
    faults = [line for line in done.stderr.splitlines() if "is not executable: No such file" not in line]

    assert faults == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda one: one.name)
def test_every_service_is_well_protected(service: Path) -> None:
    ran(program("systemd-analyze"), "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(service))


def test_the_unit_does_not_start_the_bot_again_where_that_is_useless() -> None:
    unit = (ROOT / "deploy" / "systemd" / "plumbline.service").read_text()
    prevented = re.search(r"^RestartPreventExitStatus=(.+)$", unit, re.MULTILINE)

    assert prevented is not None
    assert {int(code) for code in prevented[1].split()} == {*ExitCode} - RESTARTABLE


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("deploy/systemd/plumbline.service", r"^TimeoutStopSec=(\d+)$"),
        ("compose.yaml", r"stop_grace_period: (\d+)s"),
    ],
)
def test_the_bot_gets_the_time_that_it_needs_to_stop(file: str, pattern: str) -> None:
    found = re.findall(pattern, (ROOT / file).read_text(), re.MULTILINE)

    assert found
    assert all(int(seconds) > STOPS_WITHIN_SECONDS for seconds in found)


@pytest.mark.parametrize(
    "file", ["Dockerfile", "compose.yaml", *(f"deploy/systemd/{one.name}" for one in SERVICES)]
)
def test_every_setting_that_is_named_exists(file: str) -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", (ROOT / file).read_text()))

    assert named <= {name.upper() for name in Settings.__annotations__}


def test_the_builder_gets_nothing_but_what_the_dockerfile_copies() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert {name for names in copied for name in names.split()} == allowed


def test_the_image_has_every_package_of_the_program() -> None:
    packages = {one.name for one in ROOT.iterdir() if (one / "__init__.py").is_file()} - {"tests"}
    allowed = (ROOT / ".dockerignore").read_text().splitlines()

    assert {f"!{name}" for name in packages} <= {*allowed}


def test_no_command_of_compose_needs_a_setting_that_it_is_there_to_make() -> None:
    assert re.findall(r"\$\{\w+:?\?", (ROOT / "compose.yaml").read_text()) == []


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("compose.yaml", r"ulimits: \{core: 0\}"),
        *((f"deploy/systemd/{one.name}", r"^LimitCORE=0$") for one in SERVICES),
    ],
)
def test_no_crash_leaves_a_copy_of_the_memory(file: str, pattern: str) -> None:
    assert re.search(pattern, (ROOT / file).read_text(), re.MULTILINE)


def test_git_takes_no_secret_of_an_operator_s_along() -> None:
    ignored = {*(ROOT / ".gitignore").read_text().splitlines()}

    assert {".env", "token.txt", "private-key.txt", "state/", "backups/"} <= ignored
