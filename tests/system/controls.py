"""What is shown to somebody, found by pressing everything that they see, and how anybody presses it."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simcord import ChannelHandle, MemberActor, RoleHandle
from simcord.enums import ComponentType
from simcord.interactions import resolve_handle
from simcord.types import HttpLogEntry

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Closed, Screen
from bot.demo.strings import MODERATOR_ROLE
from bot.ui.custom_id import CustomId

ENTITIES = (ComponentType.USER_SELECT, ComponentType.ROLE_SELECT, ComponentType.CHANNEL_SELECT)
"""Selects whose options come from Discord: the members, roles and channels of a server."""
FORM = 0
"""Stands for a form, which has no component type."""


@dataclass(frozen=True)
class Control:
    """A button, a select with one of its options, or a form with its fields, as it was shown.

    public: it is on a message in a channel, and not on a card that only one person sees.
    """

    custom_id: str
    type: int = ComponentType.BUTTON
    values: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    public: bool = False

    @property
    def route(self) -> CustomId:
        route = CustomId.read(self.custom_id)
        assert route is not None, self.custom_id
        return route

    @property
    def names(self) -> set[str]:
        """The ids in its custom_id and in its option."""
        return {self.route.argument, *(value.rpartition(":")[2] for value in self.values)}

    def about(self, id: str) -> "Control":
        """Return the same control with another argument in its custom_id."""
        route = self.route
        return replace(self, custom_id=CustomId(route.verb, id, route.word).text)


def shown_in(requests: Iterable[HttpLogEntry]) -> Iterator[Control]:
    """Yield every control that the bot has sent, each select once for each option."""
    for one in requests:
        if one.path.startswith(("/interactions/", "/webhooks/", "/channels/")):
            yield from _controls(one.json, public=one.path.startswith("/channels/"))


def _controls(part: Any, *, public: bool) -> Iterator[Control]:
    match part:
        case {"custom_id": custom_id, "components": list(labels)}:
            fields = tuple(one["component"]["custom_id"] for one in labels if "component" in one)
            yield Control(custom_id, FORM, fields=fields)
        case {"custom_id": custom_id, "type": type, "options": list(options)}:
            for option in options:
                yield Control(custom_id, type, (str(option["value"]),), public=public)
        case {"custom_id": custom_id, "type": type}:
            yield Control(custom_id, type, public=public)
        case dict():
            for one in part.values():
                yield from _controls(one, public=public)
        case list():
            for one in part:
                yield from _controls(one, public=public)


class Hand:
    """Presses controls as one member, in the server, or in the bot's direct messages if they have left."""

    def __init__(
        self, demo: DemoClient, member: MemberActor, picks: MemberActor, *, left: bool = False
    ) -> None:
        """`picks` is whom they choose where Discord lets them choose a member."""
        self._demo = demo
        self._member = member
        self._picks = picks
        self._left = left

    async def press(self, control: Control, words: str, zone: str = "Berlin") -> Screen | None:
        """Press it. Return None if the press deletes the card.

        `words` are typed into each field of a form, and `zone` where a city is asked for.
        """
        data = self._data(control, words, zone)
        try:
            return await self._demo.again(self._member, data, dm=self._left, public=control.public)
        except Closed:
            return None

    def _data(self, control: Control, words: str, zone: str) -> dict[str, Any]:
        if control.type == FORM:
            return {"custom_id": control.custom_id, "components": list(_filled(control.fields, words, zone))}
        data: dict[str, Any] = {"custom_id": control.custom_id, "component_type": control.type}
        if control.type in ENTITIES:
            data |= self._chosen(control.type)
        elif control.values:
            data["values"] = list(control.values)
        return data

    def _chosen(self, type: int) -> dict[str, Any]:
        """Return what Discord sends with a choice. In a direct message nothing of a server can be chosen."""
        every: dict[int, MemberActor | ChannelHandle | RoleHandle] = {
            ComponentType.USER_SELECT: self._picks,
            ComponentType.CHANNEL_SELECT: self._demo.general,
            ComponentType.ROLE_SELECT: self._demo.server.roles[MODERATOR_ROLE],
        }
        chosen = every[type]
        resolved: dict[str, Any] = {}
        if not self._left:
            resolve_handle(self._member, chosen, resolved, channel_id=self._demo.general.id)
        return {"values": [str(chosen.id)], "resolved": resolved}


def _filled(fields: Sequence[str], words: str, zone: str) -> Iterator[dict[str, Any]]:
    for place, name in enumerate(fields):
        value = zone if name == "zone" else words
        typed = {"type": ComponentType.TEXT_INPUT, "id": 2 * place + 2, "custom_id": name, "value": value}
        yield {"type": ComponentType.LABEL, "id": 2 * place + 1, "component": typed}


SAME_FOR_ALL = (
    "support.",
    "told.",
    "callin.",
    "contact.",
    "help.",
    "about.",
    "think.",
    "settings.",
    "privacy.",
)
"""What these verbs lead to is the same for everybody: it is enough if one person presses them."""
MOST_OF_A_VERB, MOST_OF_A_ROW = 16, 9
"""So often a verb is pressed at most while looking around, and so often about the same row."""


class Found:
    """The controls that somebody was shown while everything before them was pressed, in that order."""

    def __init__(self, *, first: bool) -> None:
        """`first`: nobody has looked around before them."""
        self._first = first
        self.by_verb: defaultdict[str, list[Control]] = defaultdict(list)
        self._seen: set[Control] = set()
        self._pending: deque[Control] = deque()
        self._pressed: Counter[str] = Counter()

    def see(self, requests: Iterable[HttpLogEntry]) -> None:
        for control in shown_in(requests):
            if control not in self._seen:
                self._seen.add(control)
                self.by_verb[control.route.verb].append(control)
                self._pending.append(control)

    def next(self) -> Control | None:
        """Return a control to press next. Of those that are almost the same, only some are pressed."""
        while self._pending:
            control = self._pending.popleft()
            verb = control.route.verb
            row = f"{verb}:{control.route.argument}"
            often = self._pressed[verb] >= MOST_OF_A_VERB or self._pressed[row] >= MOST_OF_A_ROW
            if control.public or not (often or (verb.startswith(SAME_FOR_ALL) and not self._first)):
                self._pressed.update((verb, row))
                return control
        return None
