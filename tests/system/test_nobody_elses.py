"""What belongs to somebody looks to everybody else exactly as if it did not exist."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simcord.types import HttpLogEntry

from bot.asks.models import AskKind, AskText
from bot.ids import ServerId, new_id
from bot.people.models import DiscordUser
from bot.ui.custom_id import CustomId
from bot.ui.router import Audience
from cogs.manage import strings
from tests.database_file import open_file
from tests.system.conftest import walking
from tests.system.journeys import WAYS
from tests.system.walk import Walk
from tests.system.walk_record import Record, rows

NOT_YOURS = "### There is nothing here for you to open"
NIGHT_OVER, LOOK_OVER = "### That night is over", "### This is over"
ROW = re.compile(r"[A-Za-z0-9_-]{16}")
"""The id of a row. The id of a server has only digits, and a page or an hour is shorter."""


@dataclass(frozen=True)
class Control:
    """A button, a select with its values, or a form with its fields, as it was shown to somebody."""

    custom_id: str
    values: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def route(self) -> CustomId:
        route = CustomId.read(self.custom_id)
        assert route is not None, self.custom_id
        return route

    @property
    def names_a_row(self) -> bool:
        return _is_row(self.route.argument)

    @property
    def offers_rows(self) -> bool:
        return any(_is_row(value.rpartition(":")[2]) for value in self.values)

    def of_nothing(self) -> "Control":
        """Return the same control with ids that no row has."""
        route = self.route
        argument = new_id() if self.names_a_row else route.argument
        values = tuple(
            f"{kind}{colon}{new_id() if _is_row(id) else id}"
            for kind, colon, id in (value.rpartition(":") for value in self.values)
        )
        return Control(CustomId(route.verb, argument, route.word).text, values, self.fields)


def _is_row(id: str) -> bool:
    return ROW.fullmatch(id) is not None and not id.isdecimal()


def shown(requests: list[HttpLogEntry]) -> Iterator[Control]:
    """Yield every control of every card and form that the bot has sent."""
    for one in requests:
        if one.path.startswith(("/interactions/", "/webhooks/", "/channels/")):
            yield from _controls(one.json)


def _controls(part: Any, form: str = "") -> Iterator[Control]:
    match part:
        case {"custom_id": custom_id, "components": list(labels)}:
            yield Control(custom_id, fields=tuple(_fields(labels)))
        case {"custom_id": custom_id, "options": list(options)}:
            yield Control(custom_id, tuple(option["value"] for option in options))
        case {"custom_id": custom_id}:
            yield Control(custom_id)
        case dict():
            for one in part.values():
                yield from _controls(one)
        case list():
            for one in part:
                yield from _controls(one)


def _fields(labels: list[Any]) -> Iterator[str]:
    for label in labels:
        if "component" in label:
            yield label["component"]["custom_id"]


class Newcomer:
    """Somebody who takes part in nothing, and presses what was shown to others."""

    def __init__(self, walk: Walk, state: Path) -> None:
        self._walk = walk
        self._state = state
        self._tried: set[Control] = set()

    @property
    def verbs(self) -> set[str]:
        """The verbs that were tried."""
        return {control.route.verb for control in self._tried}

    async def try_all(self, *, again: bool = False) -> None:
        """Press every control shown so far that names a row; skip those pressed before, unless `again`."""
        zoe = await self._walk.demo.member("zoe")
        await self._walk.demo.slash(zoe, "inbox")
        await self._walk.demo.settle()
        before = dump(self._state)
        for control in dict.fromkeys(shown(self._walk.demo.requests)):
            if control.route.verb in EVERYBODYS:
                continue
            if (control.names_a_row or control.offers_rows) and (again or control not in self._tried):
                self._tried.add(control)
                real, nothing = await self._text(control), await self._text(control.of_nothing())
                assert real == nothing, control
                assert real.startswith(self._turned_away(control)) or not control.names_a_row, (control, real)
        assert dump(self._state) == before

    def _turned_away(self, control: Control) -> str | tuple[str, ...]:
        """Return how the refusal begins: the router refuses moderators' verbs before it looks for a row."""
        entry = self._walk.demo.bot.services.router._handlers[control.route.verb][1]
        if control.route.verb.startswith("nights."):
            return (NOT_YOURS, NIGHT_OVER, LOOK_OVER)
        return f"### {strings.NOT_A_MODERATOR_TITLE}" if entry is Audience.MODERATORS else NOT_YOURS

    async def _text(self, control: Control) -> str:
        zoe, forge = await self._walk.demo.member("zoe"), self._walk.demo
        if control.fields:
            fields = dict.fromkeys(control.fields, "words")
            return (await forge.forge_form(zoe, control.custom_id, fields)).text.replace("words", "")
        return (await forge.forge(zoe, control.custom_id, control.values or None)).text


def dump(state: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_file(state / "plumbline.db") as book:
        tables = [name for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(book.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}


async def test_what_belongs_to_somebody_looks_to_a_newcomer_as_if_it_did_not_exist(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        newcomer = Newcomer(walk, tmp_path)
        for way in WAYS:
            await way(walk)
            await newcomer.try_all()
        await newcomer.try_all(again=True)
        router = walk.demo.bot.services.router
        left = {
            verb for verb in router.verbs if router._handlers[verb][1] is Audience.ANYONE
        } - newcomer.verbs
        assert left - EVERYBODYS == OF_ONES_OWN


OF_ONES_OWN = {
    *("boundaries.add", "boundaries.show", "boundaries.choose", "boundaries.chosen", "boundaries.names"),
    *("boundaries.set", "boundaries.untell"),
    *("settings.show", "settings.zone", "settings.age", "settings.minor", "settings.grown"),
    *("settings.quiet", "settings.quiet_from", "settings.quiet_to", "settings.quiet_keep"),
    *("settings.quiet_none", "settings.rest", "settings.rest_for", "settings.rest_end"),
    *("pods.show", "pods.invite", "pods.chosen", "pods.removing", "pods.leaving"),
    *("pods.change", "pods.setup"),
    *("talks.open", "inbox.show", "pairs.move", "plans.start", "plans.begin", "plans.list"),
    "asks.begin",
    *(
        "terms.keep",
        "terms.carry",
        "terms.home",
        "terms.text",
        "terms.change",
        "terms.rewants",
        "terms.rewords",
    ),
    *("terms.rewrote", "terms.remove", "terms.removed", "terms.choose", "terms.chosen", "terms.ask"),
    "terms.tells",
    *("nights.open", "nights.plan", "nights.day", "nights.from", "nights.until", "nights.zone"),
    *("nights.settle", "nights.planned", "nights.kept", "nights.forget"),
    *("paths.adult", "paths.facts", "paths.start"),
    *("paths.end", "paths.leave", "paths.stay"),
}
"""Verbs that name no row: they show or change something of whoever presses.

The last three name one. They are shown half a year later; `tests/discord/test_path*.py` presses them.
"""


EVERYBODYS = {
    *("norms.show", "norms.page", "norms.why", "norms.all", "norms.changes", "norms.in", "norms.out"),
    *("norms.concern", "norms.suggest", "norms.sent", "reminders.why", "stories.read", "norms.here"),
    *("nights.joining", "nights.join"),
}
"""Verbs about what belongs to the whole server: its norms, a reminder, a story, its welcome message, and a
night that is posted in a channel."""


async def test_everything_pressed_twice_has_one_effect(tmp_path: Path, record: Record) -> None:
    """Every button is pressed twice at once, every form is sent twice; no table has more rows than usual."""
    async with walking(tmp_path, twice=True) as walk:
        for way in WAYS:
            await way(walk)
            await walk.demo.settle()
            once, twice = record.rows[f"after {way.__name__}"], rows(tmp_path)
            assert {name: twice[name] for name in once} == once, way.__name__


async def test_two_presses_of_send_at_once_make_one_ask(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        services, now = walk.demo.bot.services, walk.demo.now
        server = ServerId(walk.demo.server.id)
        ana, ben = [DiscordUser((await walk(name)).id, name.capitalize(), server) for name in ("ana", "ben")]
        me, friend = await services.people.meet(ana, now), await services.people.meet(ben, now)
        invited = await services.pods.invitations.invite(me, server, ben, now)
        await services.pods.invitations.accept(friend, invited.id, now)
        draft = (await services.asks.drafts.begin(me, server, 1, now)).ask.id
        await services.asks.drafts.agree(me, draft, 1, 7, now)
        await services.asks.drafts.write(me, draft, AskKind.SAID, AskText("what", "felt", "asking"), now)
        await services.asks.drafts.pick(me, draft, [friend], now)
        first, *others = await asyncio.gather(*(services.asks.send(me, draft, now) for _ in range(4)))
        assert all(other.ask.id == first.ask.id for other in others)
        made = rows(tmp_path)
        assert (made["asks"], made["askings"]) == (1, 1)
        asked = await walk.demo.bot.db.read(lambda tx: services.outbox.listed(tx, friend))
        assert [line.kind for line in asked] == ["asks.asked"]
