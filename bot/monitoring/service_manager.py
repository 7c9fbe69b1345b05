"""Tell systemd how the bot is, and that its event loop still turns.

This is the protocol of sd_notify(3): one datagram to the socket in NOTIFY_SOCKET. Without that variable
nothing is sent. If a service has WatchdogSec= and no WATCHDOG=1 comes for so long, systemd starts it again.
"""

import asyncio
import os
import socket
from collections.abc import Mapping

from bot.logs import get_logger

log = get_logger(__name__)

READY, STOPPING, ALIVE = "READY=1", "STOPPING=1", "WATCHDOG=1"


class ServiceManager:
    """The service manager that has started this process, if there is one."""

    def __init__(self, variables: Mapping[str, str] = os.environ) -> None:
        address = variables.get("NOTIFY_SOCKET", "")
        # An address with @ has no file: it begins with a zero byte.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._watchdog_seconds = _watchdog_seconds(variables)

    def tell(self, *states: str) -> None:
        """Send states such as READY. An error is logged: the bot runs on without its service manager."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as telling:
                telling.setblocking(False)
                telling.sendto("\n".join(states).encode(), self._address)
        except OSError as error:
            log.warning("The service manager could not be told", error=error)

    async def keep_alive(self) -> None:
        """Say at half the time that the event loop still turns. Without a watchdog, return at once."""
        if not self._address or self._watchdog_seconds is None:
            return
        while True:
            self.tell(ALIVE)
            await asyncio.sleep(self._watchdog_seconds / 2)


def status(text: str) -> str:
    """Return the state that shows this text in `systemctl status`."""
    return f"STATUS={text}"


def _watchdog_seconds(variables: Mapping[str, str]) -> float | None:
    """Return how long the watchdog waits. WATCHDOG_PID, if it is there, says whose watchdog it is."""
    waits, whose = variables.get("WATCHDOG_USEC", ""), variables.get("WATCHDOG_PID", "")
    if not waits.isdecimal() or int(waits) == 0 or (whose and whose != str(os.getpid())):
        return None
    return int(waits) / 1e6
