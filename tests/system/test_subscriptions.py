"""Who handles which event in which order, as in version 0.1, before `bot/wiring.py` existed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.app import build
from bot.settings import Settings

RECORDED = {
    "PersonParted": "servers pods talks pairs paths asks norms reports terms nights",
    "PersonRested": "talks asks nights",
    "PersonUnderEighteen": "talks pairs paths asks pods plans terms nights",
    "BoundarySet": "pods talks pairs paths asks norms reports terms nights",
    "RetentionShortened": "asks",
    "ServerGone": "reminders delivery",
    "ServerReturned": "reminders",
    "ServerSetForMinors": "talks pairs paths asks plans terms nights",
    "ServerForgotten": (
        "people servers pods talks pairs paths asks norms insights reminders plans reports terms nights"
        " delivery delivery servers"
    ),
    "TieEnded": "asks",
    "AskSent": "insights",
    "AskWithdrawn": "insights",
}
"""For each event, the slices that handle it, in this order."""

TIMERS = {
    "asks": "beyond closes destroyed draft_ends ends message_ends part reminded unread",
    "boundaries": "parted",
    "contact": "remind",
    "delivery": "delete_dms",
    "insights": "month",
    "nights": "card check destroy home missed noon part starts",
    "norms": "ballot_ends note_goes",
    "pairs": "ask ends forget lapse notes_end part resume round_ends silent",
    "paths": "destroy forget invitation_goes lapse look meet part term waits",
    "people": "roll_call strangers",
    "plans": "ask go",
    "pods": "forget lapse part",
    "reminders": "due event",
    "reports": "bar_ends goes quotas_end",
    "servers": "forget",
    "talks": "follow go lapse part",
    "terms": "forget goes lapse part",
    "vault": "rewrap",
}
"""For each slice, its kinds of timers. They are stored, so they never change."""

POSTS = {
    *("norms.ballot", "norms.barred", "norms.result"),
    "nights.post",
    *("reminders.barred", "reminders.reminder"),
    *("servers.barred", "servers.welcome"),
}
"""The kinds of channel posts. Since then those of norms have a handler as well: it tells moderators."""


async def test_each_event_is_handled_by_the_recorded_slices_in_the_recorded_order(tmp_path: Path) -> None:
    async with build(Settings(_env_file=None, state_dir=tmp_path)) as bot:
        found = {
            event.__name__: " ".join(_slice(handler) for handler in handlers)
            for event, handlers in bot.services.events.rows.items()
        }

    assert found == RECORDED


async def test_every_kind_of_timer_has_a_handler_in_its_slice_and_every_kind_of_post_has_one(
    tmp_path: Path,
) -> None:
    async with build(Settings(_env_file=None, state_dir=tmp_path)) as bot:
        timers = {kind: _slice(handler) for kind, handler in bot.services.agenda._handlers.items()}
        posts = set(bot.services.channel_posts._told)

    roll_call = timers.pop("people.roll_call")
    assert roll_call == "ui"
    expected = {f"{slice}.{one}": slice for slice, kinds in TIMERS.items() for one in kinds.split()}
    assert timers == {kind: slice for kind, slice in expected.items() if kind != "people.roll_call"}
    assert posts == POSTS


def _slice(handler: Callable[..., Any]) -> str:
    return handler.__module__.split(".")[1]
