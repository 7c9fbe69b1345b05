"""What the running bot answers over HTTP."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from bot.delivery.waiting import Waiting
from bot.monitoring.asking import AnotherAnswers, NoAnswer, asked
from bot.monitoring.counted_connector import CountedConnector
from bot.monitoring.counts import Counts
from bot.monitoring.instance import instance
from bot.monitoring.monitor import Monitor
from bot.monitoring.page import Page, served
from bot.monitoring.vitals import Phase
from bot.storage.database import Database
from bot.storage.lock import Lock
from tests.unit.monitoring.fixtures import NOON, Seen, monitor

HOST = "127.0.0.1"


class Asked:
    """A page that is served, and who asks for it."""

    def __init__(self, port: int, seen: Seen, monitor: Monitor, counts: Counts) -> None:
        self.port = port
        self.seen = seen
        self.monitor = monitor
        self.counts = counts

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(self._url(path)) as answer:
            return answer.status, await answer.text()

    @property
    def instance(self) -> str:
        return instance(self.monitor.settings.state_dir)

    async def metrics(self) -> dict[str, dict[tuple[str, ...], float]]:
        """Return every sample by its name and the values of its labels."""
        found: dict[str, dict[tuple[str, ...], float]] = {}
        for family in text_string_to_metric_families((await self.get("/metrics"))[1]):
            for sample in family.samples:
                found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
        return found

    def _url(self, path: str) -> str:
        return f"http://{HOST}:{self.port}{path}"


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind((HOST, 0))
        return int(chosen.getsockname()[1])


@pytest.fixture
async def page(tmp_path: Path, db: Database) -> AsyncIterator[Asked]:
    seen, counts, port = Seen(), Counts(), free_port()
    found = monitor(tmp_path, seen, db)
    tried = {("asks.asked", "delivered"): 41, ("asks.asked", "refused"): 1}
    async with served(Page(found, counts, lambda: tried), HOST, port):
        yield Asked(port, seen, found, counts)


async def test_a_bot_that_is_well_says_so(page: Asked) -> None:
    assert await page.get("/healthz") == (
        200,
        "All is well.\nIt is running.\n1 of 1 connections to Discord are ready.\n",
    )
    assert (await page.get("/readyz"))[0] == 200


async def test_each_alarm_is_a_line_and_the_answer_is_503(page: Asked) -> None:
    page.seen.silent, page.seen.left = timedelta(minutes=8), 3
    await page.monitor.look()

    assert await page.get("/healthz") == (
        503,
        "discord_silent: Nothing has come from Discord for 8 minutes.\n"
        "logins_low: The bot may log in 3 more times today. When none is left, it stops.\n"
        "It is running.\n1 of 1 connections to Discord are ready.\n",
    )


async def test_during_an_upgrade_it_says_so_and_is_not_ready(page: Asked) -> None:
    page.monitor.enter(Phase.UPGRADING)

    upgrading = "It is opening the database, which may have to be upgraded.\n"
    assert (await page.get("/readyz"))[0] == 503
    assert upgrading in (await page.get("/readyz"))[1]
    assert (await page.get("/healthz"))[0] == 200


async def test_without_a_connection_it_is_well_for_a_while_and_not_ready(page: Asked) -> None:
    page.seen.connected = 0

    assert (await page.get("/readyz"))[0] == 503
    assert (await page.get("/healthz"))[0] == 200


@pytest.mark.parametrize("path", ["/", "/health", "/healthz/x", "/metrics/1"])
async def test_there_is_nothing_else(page: Asked, path: str) -> None:
    assert (await page.get(path))[0] == 404


async def test_the_metrics_say_what_was_counted(page: Asked) -> None:
    page.seen.due = [
        Waiting("asks.asked", 3, NOON - timedelta(minutes=12)),
        Waiting("asks.asked", 40, NOON - timedelta(minutes=30), held_back=True),
    ]
    page.counts.requests["GET", 200] = 7
    page.counts.requests["POST", 0] = 2
    page.counts.on_interaction({"type": 3})
    page.counts.on_interaction({"type": 99})
    page.counts.limited_seconds = 1.5
    page.counts.lags[2], page.counts.lags[-1], page.counts.lag_seconds = 6, 1, 9.1
    await page.monitor.look()
    found = await page.metrics()

    assert found["plumbline_waiting"] == {("asks.asked",): 43}
    assert found["plumbline_waiting_oldest_seconds"] == {("asks.asked",): 1800}
    assert found["plumbline_overdue_seconds"] == {(): 720}
    assert found["plumbline_alarm"][("overdue",)] == 1
    assert sum(found["plumbline_alarm"].values()) == 1
    assert found["plumbline_deliveries_total"] == {
        ("asks.asked", "delivered"): 41,
        ("asks.asked", "refused"): 1,
    }
    assert found["plumbline_discord_requests_total"] == {("GET", "200"): 7, ("POST", "none"): 2}
    assert found["plumbline_interactions_total"] == {("component",): 1, ("99",): 1}
    assert found["plumbline_rate_limit_wait_seconds_total"] == {(): 1.5}
    assert found["plumbline_event_loop_lag_seconds_bucket"][("0.025",)] == 6
    assert found["plumbline_event_loop_lag_seconds_count"] == {(): 7}
    assert found["plumbline_logins_left"] == {(): 200}
    assert found["plumbline_ready"] == {(): 1}
    assert found["plumbline_database_transactions_total"][("write",)] >= 1
    assert found["process_cpu_seconds_total"][()] > 0


async def test_a_value_that_cannot_be_told_has_no_sample(page: Asked) -> None:
    page.seen.ahead = page.seen.silent = None
    await page.monitor.look()
    found = await page.metrics()

    assert "plumbline_clock_ahead_seconds" not in found
    assert "plumbline_discord_silent_seconds" not in found
    assert "plumbline_backup_age_seconds" not in found


async def test_no_label_looks_like_an_id(page: Asked) -> None:
    await page.monitor.look()
    labels = {label for samples in (await page.metrics()).values() for values in samples for label in values}

    assert not [label for label in labels if re.search(r"\d{6,}", label)]


async def test_a_port_that_is_taken_does_not_end_the_bot(page: Asked) -> None:
    async with served(Page(page.monitor, page.counts, dict), HOST, page.port):
        assert (await page.get("/healthz"))[0] == 200


async def test_another_process_can_ask(page: Asked) -> None:
    assert (await asyncio.to_thread(asked, HOST, page.port, page.instance))[0]
    assert (await asyncio.to_thread(asked, "0.0.0.0", page.port, page.instance))[0]

    page.seen.left = 0
    await page.monitor.look()
    well, said = await asyncio.to_thread(asked, HOST, page.port, page.instance)
    assert not well
    assert said.startswith("logins_low: ")


def test_where_nothing_listens_there_is_no_answer() -> None:
    with pytest.raises(NoAnswer):
        asked(HOST, free_port(), "")


async def test_the_answer_of_another_bot_is_not_taken_for_this_ones(page: Asked, tmp_path: Path) -> None:
    with Lock(tmp_path / "another" / "lock") as lock:
        assert lock.holder
    with pytest.raises(AnotherAnswers):
        await asyncio.to_thread(asked, HOST, page.port, instance(tmp_path / "another"))


async def test_requests_are_counted_with_what_discord_asked_to_wait(page: Asked) -> None:
    counts = Counts()

    async def limited(request: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": request.query["after"]})

    app = web.Application()
    app.add_routes([web.put("/", limited)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession(connector=CountedConnector(counts.on_answer)) as session:
        await session.get(f"http://{HOST}:{page.port}/healthz")
        for after in ("2.5", "Wed, 21 Oct 2026 07:28:00 GMT"):
            await session.put(f"http://{HOST}:{port}/", params={"after": after})
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(f"http://{HOST}:{free_port()}/")
    await runner.cleanup()

    assert counts.requests == {("GET", 200): 1, ("GET", 0): 1, ("PUT", 429): 2}
    assert counts.limited_seconds == 2.5


async def test_a_request_to_which_no_answer_comes_is_counted() -> None:
    counts = Counts()

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with (
        await asyncio.start_server(hang_up, HOST, 0) as server,
        aiohttp.ClientSession(connector=CountedConnector(counts.on_answer)) as session,
    ):
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(f"http://{HOST}:{server.sockets[0].getsockname()[1]}/")

    assert counts.requests == {("POST", 0): 1}


async def test_the_loop_s_delays_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.monitoring.counts.LAG_EVERY_SECONDS", 0.001)
    counts = Counts()
    watching = asyncio.create_task(counts.watch_the_loop())
    while not sum(counts.lags):  # noqa: ASYNC110 - a measurement tells nobody that it was made
        await asyncio.sleep(0.001)
    watching.cancel()

    assert counts.lag_seconds >= 0
