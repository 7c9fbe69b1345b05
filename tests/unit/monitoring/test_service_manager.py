"""What systemd is told, over a real socket."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.monitoring.service_manager import ALIVE, READY, ServiceManager, status


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(5)
        yield listening


def address(manager: socket.socket) -> dict[str, str]:
    return {"NOTIFY_SOCKET": manager.getsockname()}


def test_states_are_sent_as_one_datagram(manager: socket.socket) -> None:
    ServiceManager(address(manager)).tell(READY, status("running"))

    assert manager.recv(1000) == b"READY=1\nSTATUS=running"


def test_an_address_without_a_file_is_understood() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0plumbline-{os.getpid()}")
        listening.settimeout(5)
        ServiceManager({"NOTIFY_SOCKET": f"@plumbline-{os.getpid()}"}).tell(READY)

        assert listening.recv(1000) == b"READY=1"


async def test_without_a_service_manager_nothing_is_sent() -> None:
    ServiceManager({}).tell(READY)
    await ServiceManager({"WATCHDOG_USEC": "1000000"}).keep_alive()


def test_a_service_manager_that_is_gone_does_not_disturb_the_bot(tmp_path: Path) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone")}).tell(READY)


async def test_the_watchdog_hears_twice_in_its_time_that_the_loop_turns(manager: socket.socket) -> None:
    variables = {**address(manager), "WATCHDOG_USEC": "20000", "WATCHDOG_PID": str(os.getpid())}
    manager.setblocking(False)
    alive = asyncio.create_task(ServiceManager(variables).keep_alive())
    heard = [await asyncio.get_running_loop().sock_recv(manager, 100) for _ in range(3)]
    alive.cancel()

    assert heard == [ALIVE.encode()] * 3


@pytest.mark.parametrize(
    "watchdog",
    [{}, {"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "1000", "WATCHDOG_PID": "1"}],
)
async def test_no_watchdog_or_another_process_s_hears_nothing(
    manager: socket.socket, watchdog: dict[str, str]
) -> None:
    await ServiceManager({**address(manager), **watchdog}).keep_alive()

    manager.setblocking(False)
    with pytest.raises(BlockingIOError):
        manager.recv(100)
