"""Ask the running bot how it is, from another process: `plumbline health`."""

from http.client import HTTPConnection, HTTPException

from bot.monitoring.instance import HEADER

_ANSWERS_WITHIN = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where to ask a bot that listens on every address."""


class AnotherAnswers(Exception):
    """Something answers at this address, and it isn't the bot of this state folder."""


class NoAnswer(Exception):
    """The bot isn't running, or its event loop is stuck."""


def asked(host: str, port: int, expected: str) -> tuple[bool, str]:
    """Return whether all is well, and what the bot with this `instance` says about it.

    Raises NoAnswer and AnotherAnswers.
    """
    asking = HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=_ANSWERS_WITHIN)
    try:
        asking.request("GET", "/healthz")
        answer = asking.getresponse()
        if answer.headers.get(HEADER) != expected:
            raise AnotherAnswers
        return answer.status == 200, answer.read().decode("utf-8", "replace")
    except (OSError, HTTPException) as error:
        raise NoAnswer from error
    finally:
        asking.close()
