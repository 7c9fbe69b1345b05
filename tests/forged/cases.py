"""Make interactions that no honest client sends, from those that were recorded and those that are shown."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from simcord.enums import ComponentType

from bot.ui.custom_id import CustomId
from tests.forged.texts import SHORT, hostile
from tests.system.recorded.recording import Press
from tests.system.walk import MARK

WORDS = ("", "0", "1", "-1", "sure", "\u00b2", "\u0663", "9" * 20, "tonight", "all", "x.y", "ie")
PLACES = ("own", "own", "own", "public", "dm", "other")
"""On a card that only they see, on one that all see, in the bot's direct messages, or in another server."""
STRANGERS = ("zed", "out")
"""Somebody who has only just come to the server, and somebody who was never there."""
ENTITIES = {int(ComponentType.USER_SELECT), int(ComponentType.ROLE_SELECT), int(ComponentType.CHANNEL_SELECT)}


@dataclass(frozen=True)
class Case:
    """One interaction, or two at once if `also` names who else sends the same.

    data: what Discord would send of it. place: where it is sent.
    """

    how: str
    by: str
    place: str
    data: Mapping[str, Any]
    also: str = ""
    command: str = ""
    option: str = ""

    @property
    def verb(self) -> str:
        """Where it leads; empty if it leads nowhere."""
        route = CustomId.read(str(self.data.get("custom_id", "")))
        return self.command or (route.verb if route is not None else "")


@dataclass(frozen=True)
class Known:
    """What can be pressed, chosen or sent, whom it was shown to, and where."""

    by: str
    place: str
    data: Mapping[str, Any]

    @property
    def verb(self) -> str:
        return str(self.data["custom_id"]).split(":")[1]


class Forger:
    """Makes cases. What it is shown while it runs is material for the next ones."""

    def __init__(
        self,
        rng: Random,
        presses: Sequence[Press],
        verbs: Sequence[str],
        people: Sequence[str],
        numbers: Sequence[int],
        commands: Mapping[str, Sequence[str]],
    ) -> None:
        """`numbers` are ids of Discord, `commands` the options of text of each command."""
        self._rng = rng
        self._verbs = verbs
        self._people = people
        self._numbers = [*numbers, 1, 2**63 - 1]
        self._commands = commands
        self._ever = [_recorded(press) for press in presses]
        self._here: list[Known] = []
        self._rows: list[str] = ["", "0", "x" * 16]
        self._tokens = 0
        self.shown: list[Known] = []
        """What can be pressed and sent on cards and forms that were shown meanwhile."""

    def on(self, presses: Sequence[Press], rows: Sequence[str]) -> None:
        """Go on with another database, in which these rows are."""
        self._rows = ["", "0", "x" * 16, *rows]
        self._here = [_recorded(press) for press in presses]
        self.shown.clear()

    def case(self) -> Case:
        rng = self._rng
        make = rng.choices(
            (
                self._replayed,
                self._stolen,
                self._mutated,
                self._random,
                self._typed,
                self._chosen,
                self._command,
            ),
            (16, 16, 20, 16, 20, 7, 5),
        )[0]
        made: Case = make()
        if not made.command and rng.random() < 0.15:
            made = replace(made, also=made.by if rng.random() < 0.5 else self._anybody())
        return made if made.how == "replayed" and made.also in ("", made.by) else self._retyped(made)

    def _retyped(self, case: Case) -> Case:
        """Let nobody send a text that somebody else typed: they would be shown it for that reason alone."""
        if MARK not in str(case.data.get("components", "")):
            return case
        return replace(case, data={**case.data, "components": self._fields(_names(case.data))})

    # -- what kinds there are -------------------------------------------------------------------

    def _replayed(self) -> Case:
        known = self._known()
        return Case("replayed", known.by, known.place, known.data)

    def _stolen(self) -> Case:
        return Case("stolen", self._anybody(), self._place(), self._known().data)

    def _mutated(self) -> Case:
        known = self._known()
        data = {**known.data, "custom_id": self._mutation(str(known.data["custom_id"]))}
        return self._by_owner_or_not("mutated", known, data)

    def _random(self) -> Case:
        verb, word = self._rng.choice(self._verbs), self._word()
        data: dict[str, Any] = {"custom_id": _cut(f"v1:{verb}:{self._row()}{word and '.'}{word}")}
        kind = self._rng.random()
        if kind < 0.3:
            data |= {"component_type": int(ComponentType.STRING_SELECT), "values": self._values()}
        elif kind < 0.6:
            data["components"] = self._fields(["what", "text", "note", "action", "title", self._word()])
        else:
            data["component_type"] = int(ComponentType.BUTTON)
        return Case("random", self._anybody(), self._place(), data)

    def _typed(self) -> Case:
        """Send a form with hostile texts, or with fields that it doesn't have."""
        known = self._known("components")
        data, names = dict(known.data), _names(known.data)
        if self._rng.random() < 0.15:
            names = names[1:] + self._rng.choice(([], ["what"], ["x" * 100], [""]))
        data["components"] = self._fields(names)
        if self._rng.random() < 0.15:
            data["custom_id"] = self._mutation(str(data["custom_id"]))
        return self._by_owner_or_not("typed", known, data)

    def _chosen(self) -> Case:
        """Choose in a select what it doesn't offer."""
        known = self._known("values")
        data = {**known.data, "values": self._values()}
        if data.get("component_type") in ENTITIES and self._rng.random() < 0.5:
            # Without what Discord tells of them, so that they can't be known.
            data["resolved"] = {}
        return self._by_owner_or_not("chosen", known, data)

    def _by_owner_or_not(self, how: str, known: Known, data: Mapping[str, Any]) -> Case:
        """Send it as whoever was shown it, which gets further, or as anybody from anywhere."""
        if self._rng.random() < 0.6:
            return Case(how, known.by, known.place, data)
        return Case(how, self._anybody(), self._place(), data)

    def _command(self) -> Case:
        """Run a command with hostile texts, or type them into an option that offers choices."""
        command = self._rng.choice(sorted(self._commands))
        options = {name: self._text(SHORT) for name in self._commands[command] if self._rng.random() < 0.7}
        option = self._rng.choice([*options, ""]) if options else ""
        # Discord itself lets only moderators give these; their buttons and forms are sent by everybody.
        by = "mo" if command.startswith("manage") else self._anybody()
        return Case("command", by, "own", options, command=command, option=option)

    # -- their parts ----------------------------------------------------------------------------

    def _known(self, part: str = "") -> Known:
        """Return something that was shown: meanwhile, on this file in the recording, or ever in it."""
        near = self._rng.sample((self.shown, self._here), 2)
        # Most of what was ever shown is about rows that aren't in this file.
        for place in (self._ever, *near) if self._rng.random() < 0.25 else (*near, self._ever):
            if found := [one for one in place if not part or one.data.get(part)]:
                # By its verb first, because some buttons are on nearly every card.
                verb = self._rng.choice(sorted({one.verb for one in found}))
                return self._rng.choice([one for one in found if one.verb == verb])
        raise LookupError(part)

    def _anybody(self) -> str:
        return self._rng.choice((*self._people, *STRANGERS))

    def _place(self) -> str:
        return self._rng.choice(PLACES)

    def _row(self) -> str:
        return self._rng.choice(self._rows)

    def _word(self) -> str:
        return self._rng.choice(WORDS)

    def _text(self, most: int) -> str:
        self._tokens += 1
        return hostile(self._rng, f"forged{self._tokens:06}qx", self._numbers, most)

    def _values(self) -> list[str]:
        return [
            self._rng.choice(
                (self._row(), str(self._rng.choice(self._numbers)), self._text(SHORT), self._word())
            )
            for _ in range(self._rng.choice((0, 1, 1, 1, 2, 25)))
        ]

    def _fields(self, names: Sequence[str]) -> list[dict[str, Any]]:
        most = self._rng.choice((300, 1200, 4000))
        return [
            {"type": int(ComponentType.LABEL), "id": 2 * at + 1, "component": {
                "type": int(ComponentType.TEXT_INPUT), "id": 2 * at + 2,
                "custom_id": name, "value": self._text(most),
            }}
            for at, name in enumerate(names)
        ]  # fmt: skip

    def _mutation(self, custom_id: str) -> str:
        """Return the custom_id with another row, word or verb, or with some characters changed."""
        route, rng = CustomId.read(custom_id), self._rng
        ways = [
            f"{custom_id}.{self._word()}",
            custom_id[: rng.randint(0, len(custom_id))],
            _changed(rng, custom_id),
        ]
        if route is not None:
            ways += [
                f"v1:{route.verb}:{self._row()}.{route.word}",
                f"v1:{route.verb}:{route.argument}.{self._word()}",
                f"v1:{rng.choice(self._verbs)}:{route.argument}.{route.word}",
                f"v{rng.randint(0, 2)}:{route.verb}:{route.argument}.{route.word}",
                f"v1:{route.verb}:{rng.choice(self._numbers)}.{route.word}",
                f"v1:{route.verb}:{self._text(60)}",
            ]
        return _cut(rng.choice(ways)) or "v1"


def _recorded(press: Press) -> Known:
    return Known(press.by, "dm" if press.dm else "public" if press.public else "own", press.data)


def _cut(custom_id: str) -> str:
    return custom_id[:100]


def _changed(rng: Random, text: str) -> str:
    letters = list(text)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(letters) + 1)
        letters[at : at + rng.randint(0, 1)] = rng.choice(
            (*string.printable, "\u00e9", "\u202e", "\U0001f600", "")
        )
    return "".join(letters)


def _names(data: Mapping[str, Any]) -> list[str]:
    """Return the custom_ids of a form's fields."""
    fields = [_component(one) for one in data["components"]]
    return [str(one["custom_id"]) for one in fields if "custom_id" in one]


def _component(item: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = item.get("component", item)
    return found
