"""A machine on which the bot runs, with a shell for its operator."""

import asyncio
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.crash.process import SETTINGS
from tests.patience import PATIENCE
from tests.wire.process import environment

_SHIM = """#!/bin/sh
exec "$HARNESS_PYTHON" -m tests.crash.launch "$HARNESS_ADDRESS" "$HARNESS_AHEAD" "$@"
"""
"""What `plumbline` is in the shell: the real program, with the clock and the Discord of this test."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How the commands ended, and what they printed."""

    code: int
    printed: str


class Machine:
    """A folder, in which the bot has its state directory."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self._address = address
        folder.mkdir(parents=True)
        programs = folder / "bin"
        programs.mkdir()
        (programs / "plumbline").write_text(_SHIM)
        (programs / "plumbline").chmod(0o755)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def configure(self, public: str) -> None:
        """Write the settings of the operator, with the public key for backups."""
        (self.folder / ".env").write_text(f"PLUMBLINE_BACKUP_KEY={public}\n")

    async def types(self, commands: str, ahead: float, pasted: str = "") -> Ran:
        """Run the commands one after the other, until one of them fails. `pasted` is what they read."""
        told = environment(**SETTINGS)
        told["PATH"] = os.pathsep.join((str(self.folder / "bin"), told["PATH"]))
        told |= {
            "HARNESS_PYTHON": sys.executable,
            "HARNESS_ADDRESS": self._address,
            "HARNESS_AHEAD": str(ahead),
        }
        shell = await asyncio.create_subprocess_exec(
            "sh", "-e", "-c", commands, cwd=self.folder, env=told,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        printed, _ = await asyncio.wait_for(shell.communicate(pasted.encode()), PATIENCE)
        assert shell.returncode is not None
        return Ran(shell.returncode, printed.decode("utf-8", "replace"))

    def destroy(self, wreck: Path) -> None:
        """Leave nothing where the machine was. The wreck is only for whoever looks for what went wrong."""
        shutil.move(self.folder, wreck)
