"""The events that Discord sends: each is read by discord.py's parser, which may fail, and by our listeners.

discord.py has no public place for either. Without a guard, one event in which Discord leaves something out
would end the program; and the exceptions of recurring events have no parser at all.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

import discord

from bot.logs import get_logger, where
from bot.text import all_storable

log = get_logger(__name__)

Listener = Callable[[Mapping[str, Any]], None]
Parser = Callable[[Any], None]

SHARD_BEING_READ: ContextVar[int] = ContextVar("SHARD_BEING_READ", default=0)
"""The shard whose connection the current task reads."""


class GatewayEvents:
    """Guards every parser of discord.py's, and hands events to listeners as Discord sent them."""

    def __init__(self, client: discord.Client) -> None:
        # Private, because discord.py offers no other way to survive an event that it can't parse.
        state: Any = client._connection
        self._client = client
        self._parsers: dict[str, Parser] = state.parsers
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        for event, parse in [*self._parsers.items()]:
            self._parsers[event] = self._guarded(event, parse)

    def listen(self, event: str, listener: Listener) -> None:
        """Call `listener` with the raw data of each such event, after discord.py's own parser ran.

        It is also called if that parser failed. An error of the listener is logged and goes no further.
        """
        self._listeners[event].append(listener)
        if event not in self._parsers:
            self._parsers[event] = self._guarded(event, _nothing)

    def _guarded(self, event: str, parse: Parser) -> Parser:
        def guarded(data: Any) -> None:
            if event == "READY":
                self._complete(data)
            elif event == "INTERACTION_CREATE":
                # Everything that people type, choose and are called comes in with one of these.
                data = all_storable(data)
            _run(event, parse, data)
            for listener in self._listeners.get(event, ()):
                _run(event, listener, data)

        return guarded

    def _complete(self, ready: dict[str, Any]) -> None:
        """Fill in what discord.py can't do without in READY: otherwise it would never be ready."""
        ready.setdefault("shard", [SHARD_BEING_READ.get(), self._client.shard_count or 1])
        ready.setdefault("guilds", [])


def _run(event: str, handle: Callable[[Any], None], data: Any) -> None:
    try:
        handle(data)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event, the next ones must be read
        log.error("An event could not be read", event_name=event, error=error, traceback=where(error))


def _nothing(_data: Any) -> None:
    """Stand in for the parser of an event that discord.py doesn't know."""
