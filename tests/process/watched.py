"""A bot that runs with a page about its health, and everything that can be asked of it from outside."""

import asyncio
import re
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.monitoring.alarms import Alarm
from tests.load.processes import Running
from tests.load.processes import running as launched
from tests.process.waiting import until
from tests.wire.client import Wire
from tests.wire.process import environment

HOST = "127.0.0.1"
PROGRAM = ("tests.process.hasty", "run")
WELL = "All is well."
_LINE = re.compile(rf"^({'|'.join(Alarm)}): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """What `/healthz` said of each alarm, and the metrics without labels at that time."""

    sentences: Mapping[Alarm, str]
    metrics: Mapping[str, float]


class WatchedBot:
    """A bot that runs. `variables` are its settings."""

    def __init__(self, process: Running, port: int, where: Path, variables: Mapping[str, str]) -> None:
        self.process = process
        self.port = port
        self.where = where
        self.variables = variables

    @property
    def printed(self) -> str:
        return self.process.output.read_text("utf-8")

    async def get(self, path: str) -> tuple[int, str]:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{HOST}:{self.port}{path}") as answer,
        ):
            return answer.status, await answer.text()

    async def plumbline(self, *command: str) -> tuple[int, str]:
        """Run a command of `plumbline` beside it. Return its exit code, and what it says."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *command, cwd=self.where, env=environment() | {**self.variables},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said, _ = await process.communicate()
        assert process.returncode is not None
        return process.returncode, said.decode()

    async def shows(self, *alarms: Alarm, ready: bool = True) -> Shown:
        """Wait until these alarms, and no others, are in `/healthz`, the metrics and the log.

        Then `/readyz` and `plumbline health` have to agree.
        """
        sentences: dict[Alarm, str] = {}
        metrics: dict[str, float] = {}

        async def shown() -> bool:
            nonlocal sentences, metrics
            status, text = await self.get("/healthz")
            sentences = _alarms(text)
            measured, metrics = await self._metrics()
            return (
                (status == 503) is bool(alarms)
                and sentences.keys() == measured == {*alarms}
                and all(self._logged(alarm) for alarm in alarms)
            )

        await until(shown)
        assert (await self.get("/readyz"))[0] == (200 if ready else 503)
        code, said = await self.plumbline("health")
        assert (code, {*_alarms(said)}) == (1, {*alarms})
        return Shown(sentences, metrics)

    async def is_over(self, *alarms: Alarm) -> None:
        """Wait until the log says that these alarms are over, and the bot says everywhere that it is well."""

        async def over() -> bool:
            status, text = await self.get("/healthz")
            return (
                status == 200
                and text.startswith(WELL)
                and not (await self._metrics())[0]
                and (await self.get("/readyz"))[0] == 200
                and all(
                    f"INFO bot.monitoring.watch: An alarm is over alarm={one} " in self.printed
                    for one in alarms
                )
            )

        await until(over)
        code, said = await self.plumbline("health")
        assert code == 0, said
        assert said.startswith(WELL)

    def _logged(self, alarm: Alarm) -> bool:
        return f"WARNING bot.monitoring.watch: Alarm alarm={alarm} why=" in self.printed

    async def _metrics(self) -> tuple[set[str], dict[str, float]]:
        """Return which alarms the metrics show, and all metrics that have no labels."""
        samples = [
            sample
            for family in text_string_to_metric_families((await self.get("/metrics"))[1])
            for sample in family.samples
        ]
        alarms = {one.labels["alarm"] for one in samples if one.name == "plumbline_alarm" and one.value == 1}
        return alarms, {one.name: one.value for one in samples if not one.labels}


def _alarms(text: str) -> dict[Alarm, str]:
    return {Alarm(alarm): sentence for alarm, sentence in _LINE.findall(text)}


@asynccontextmanager
async def running(
    discord: Wire, where: Path, variables: Mapping[str, str] | None = None
) -> AsyncIterator[WatchedBot]:
    """Run the bot in a directory, from the moment when it says that it is ready."""
    with socket.socket() as chosen:
        chosen.bind((HOST, 0))
        port = int(chosen.getsockname()[1])
    told = {"PLUMBLINE_MONITORING": f"{HOST}:{port}", **(variables or {})}
    async with launched(discord, PROGRAM, where, told) as process:
        bot = WatchedBot(process, port, where, told)

        async def ready() -> bool:
            return (await bot.get("/readyz"))[0] == 200

        await until(ready)
        yield bot
