"""Runs the real `plumbline` against a Discord on this machine, and lets it reach nothing else.

Run as `python -m tests.wire.launch <address> <command of plumbline>`.
"""

import http.client
import json
import sys
from typing import Any
from urllib.parse import urlsplit

LOCAL = {"127.0.0.1", "localhost", "::1", "", None}


class ReachedOutside(ConnectionError):
    """The program tried to connect to an address that is not on this machine."""


def point_at(address: str) -> None:
    """Send discord.py to this Discord, also after an invalid session, when it goes to its default gateway."""
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    Route.BASE = f"{address}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{address.replace('http', 'ws', 1)}/gateway")


def stay_inside(address: str) -> None:
    """Refuse every look-up of a name and every connection to another machine, and report each."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        match event, arguments:
            case "socket.connect" | "socket.sendto", (_, (host, *_)) if _outside(host):
                _refuse(address, host)
            case "socket.getaddrinfo" | "socket.gethostbyname", (host, *_) if _outside(host):
                _refuse(address, host)

    sys.addaudithook(watch)


def as_installed() -> None:
    """Hide what only developers have: structlog imports `rich`, which import-linter brings, if it can."""
    sys.modules["rich"] = None  # type: ignore[assignment] # with None, `import` raises ModuleNotFoundError


def _outside(host: object) -> bool:
    return (host.decode() if isinstance(host, bytes) else host) not in LOCAL


def _refuse(address: str, host: object) -> None:
    """Report it over a connection of its own, so that neither a kill nor a caught error can hide it."""
    reporting = http.client.HTTPConnection(urlsplit(address).netloc)
    reporting.request("POST", "/control/report_outside", json.dumps({"host": str(host)}))
    reporting.getresponse().read()
    reporting.close()
    raise ReachedOutside


if __name__ == "__main__":
    where = sys.argv.pop(1)
    as_installed()
    stay_inside(where)
    point_at(where)
    from bot.cli import main

    main()
