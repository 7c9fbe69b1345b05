"""Every private part of SimCord that the demo and the tests touch. No other module names one.

SimCord 3.2 is pinned. When it is updated, this is the list to go through:

- `Env._bot_scope`, and `_BOT_SCOPE` of `simcord._runtime`: what is begun outside the bot must run as the
  bot's own, or it follows the real clock.
- `Env._begin_operation`, `_end_operation`: to send an interaction that no honest client sends.
- `Env._settle_internal`, `_schedule_timer`: to let the pretend clock alone fire timers.
- `Env._settlement_state`, `_work`, `_advancing`, and of `simcord._settlement` `_active_callbacks`,
  `_next_virtual_timer` and `_run_due_virtual_callbacks`: to know when the bot is at rest.
- `Env._virtual_time`, `_move_clock`: to move weeks at once, without a stop at each of 10,000 timers.
- `_CLOCK_SCOPE` of `simcord._runtime`: a fixture is closed in another context than it was opened in, which
  `time_context` forbids.
- its `_CallbackRecord`: SimCord compares all fields of all timers to find one.
- `VirtualClock._epoch`: to begin at a date of our own, and at that of a recording.
- `Env._errors_acknowledged`: to leave out the errors that a test has looked at.
- `Env._preview`, `_generation`: to have more than one page, and to take a press from before a restart.
- `simcord.preview._pages._Page`, `Preview._pages`, `_publish`, `_open_page`, `_action`,
  `_mark_action_dispatched`: to keep all pages in step.
- `Preview._server`, its `_SECURITY_HEADERS` and `_static`: to show a page inside the demo's own.
- `simcord.preview._queries._candidate_source`: to offer only members whom somebody would choose.
- `Cdn._blobs`: to give the bot its picture.
- `router._ROUTES`: to refuse what Discord refuses and SimCord lets pass.
- `InteractionResult._interaction`: to know in which channel an answer stands.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from typing import Any

from simcord import Env, InteractionResult
from simcord._runtime import _BOT_SCOPE, _CLOCK_SCOPE, _CallbackRecord
from simcord._settlement import _active_callbacks, _next_virtual_timer, _run_due_virtual_callbacks
from simcord.http import router
from simcord.preview import Preview, _queries
from simcord.preview._pages import _Page

Page = _Page
Action = Callable[[str | None, Any], Awaitable[dict[str, Any]]]
OpenPage = Callable[..., Page]
Settle = Callable[..., Awaitable[None]]

# -- whose work it is -----------------------------------------------------------------------------------


def bot_scope(env: Env) -> AbstractContextManager[Any]:
    """Count what is begun inside as the bot's own work."""
    return env._bot_scope()


def is_bots_own() -> bool:
    """Whether the caller is the bot's own work, and not a test's."""
    return _BOT_SCOPE.get() is not None


@contextmanager
def operation(env: Env, name: str) -> Iterator[None]:
    """Do something to the pretend server from outside."""
    env._begin_operation(name)
    try:
        yield
    finally:
        env._end_operation()


# -- when the bot is at rest ----------------------------------------------------------------------------


async def settle(env: Env, dispatch: str | None = None) -> None:
    """Let the bot finish what it does now, inside an operation."""
    await env._settle_internal(dispatch=dispatch)


def replace_settling(settle: Settle, schedule: Callable[..., None]) -> None:
    """Replace what says when the bot is at rest, and what sets a timer."""
    every: Any = Env
    every._settle_internal, every._schedule_timer = settle, schedule
    # SimCord looks for each timer in the list of all, and compared all fields of those before it.
    record: Any = _CallbackRecord
    record.__eq__ = object.__eq__


def run_due_callbacks(env: Env, deadline: float) -> None:
    _run_due_virtual_callbacks(env._settlement_state(), deadline)


def has_callbacks(env: Env) -> bool:
    """Whether something of the bot's is ready to run now."""
    return any(one.when is None for one in _active_callbacks(env._settlement_state()))


def executor_work(env: Env) -> list[asyncio.Future[Any]]:
    """Return what the bot has handed to threads."""
    return list(env._work.executors)


def soonest_timer(env: Env) -> float:
    """Return when the next timer fires, in seconds of the pretend clock; infinity if none is set."""
    at = _next_virtual_timer(env._settlement_state())
    return math.inf if at is None else at


# -- the clock ------------------------------------------------------------------------------------------


def is_advancing(env: Env) -> bool:
    """Whether the caller is moving the clock."""
    return bool(env._advancing)


def virtual_time(env: Env) -> float:
    """Seconds since the pretend clock began."""
    return env._virtual_time


def move_clock(env: Env, to: float) -> None:
    env._move_clock(to)


def start_clock_at(env: Env, at: datetime) -> None:
    """Let the pretend clock begin at this moment."""
    env.backend.clock._epoch = at


def shift_epoch(env: Env, by: timedelta) -> None:
    """Let the pretend clock show another date, while no time passes."""
    env.backend.clock._epoch += by


def follow_clock(env: Env | None) -> None:
    """Let this process read the clock of that environment; with None, its own again."""
    _CLOCK_SCOPE.set(env)


# -- what the bot raised and answered -------------------------------------------------------------------


def unseen_errors(env: Env) -> list[BaseException]:
    return list(env.errors_since(env._errors_acknowledged))


def channel_of(answer: InteractionResult) -> int:
    return answer._interaction.channel_id


def interaction_of(answer: InteractionResult) -> Any:
    """SimCord's record of the interaction that was answered."""
    return answer._interaction


# -- pages ----------------------------------------------------------------------------------------------


def set_preview(env: Env, preview: Preview | None) -> None:
    env._preview = preview


def bot_generation(env: Env) -> int:
    """How often the bot was started."""
    return env._generation


def pages_of(preview: Preview) -> list[Page]:
    """Return the pages of a preview. One is SimCord's own; each of the others is looked at by somebody."""
    return list(preview._pages.values())


def publish(preview: Preview, page: Page) -> None:
    preview._publish(page)


def mark_dispatched(preview: Preview) -> None:
    preview._mark_action_dispatched()


def hooks_of(preview: Preview) -> tuple[Action, OpenPage]:
    """Return what runs at an action on a page, and when a page is opened."""
    return preview._action, preview._open_page


def set_hooks(preview: Preview, act: Action, open_page: OpenPage) -> None:
    """Change those of this one preview, and not of its class."""
    hooked: Any = preview
    hooked._action, hooked._open_page = act, open_page


def offer_only(members: Callable[[Preview], Collection[int]]) -> None:
    """Let a page's lists of people offer only these of its viewer's fellow members, by their ids."""
    if hasattr(_queries._candidate_source, "members"):
        return
    source = _queries._candidate_source

    def chosen(preview: Preview, *which: Any) -> Iterator[dict[str, Any]]:
        allowed = {str(one) for one in members(preview)}
        return (one for one in source(preview, *which) if one["kind"] != "user" or one["id"] in allowed)

    chosen.__dict__["members"] = members
    queries: Any = _queries
    queries._candidate_source = chosen


def offered(preview: Preview, page: Page, kind: str) -> list[str]:
    """Return what a page's list of this kind ("users", "roles", "channels") offers, by its labels."""
    return [one["label"] for one in _queries._candidate_source(preview, page, {}, kind)]


def serve_with(
    preview: Preview, headers: Callable[[dict[str, str]], dict[str, str]], static: Callable[[Any], Any]
) -> None:
    """Change the headers of this one preview's server, and what it serves of its own files."""
    server: Any = preview._server
    server._SECURITY_HEADERS = headers(dict(server._SECURITY_HEADERS))
    server._static = static(server._static)


# -- Discord's side -------------------------------------------------------------------------------------


def put_in_cdn(env: Env, address: str, content: bytes) -> None:
    env.backend.cdn._blobs[address] = content


def routes(method: str) -> list[Any]:
    """Return SimCord's answers to requests of this method: for each a template of the path, and a handler."""
    found: list[Any] = router._ROUTES[method]
    return found
