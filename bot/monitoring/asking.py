"""Ask the running bot how it is, from another process: `plumbline health`."""

from http.client import HTTPConnection, HTTPException

_ANSWERS_WITHIN = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where to ask a bot that listens on every address."""


class NoAnswer(Exception):
    """The bot isn't running, or its event loop is stuck."""


def asked(host: str, port: int) -> tuple[bool, str]:
    """Return whether all is well, and what the bot says about it. Raises NoAnswer."""
    asking = HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=_ANSWERS_WITHIN)
    try:
        asking.request("GET", "/healthz")
        answer = asking.getresponse()
        return answer.status == 200, answer.read().decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        raise NoAnswer from error
    finally:
        asking.close()
