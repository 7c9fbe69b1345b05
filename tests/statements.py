"""One store of statements as SQL for all engines of a process: each would put every statement together anew.

It was a sixth of what a test of the stage takes. The bot has one process and two engines, and does without.
"""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache


class _Compiled(LRUCache[Any, Any]):
    """The dialect, which stands first in a key, is left out of it: all engines here speak the same."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


_COMPILED = _Compiled(2_000)


def share() -> None:
    @event.listens_for(Engine, "engine_connect")
    def _(connection: Connection) -> None:
        connection.execution_options(compiled_cache=_COMPILED)
