"""People who use everything: they run commands, press, choose, fill in forms, and ask their friends."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.ui.custom_id import CustomId
from tests.load.crowd import Asker, dm_channel
from tests.wire.client import Answered, Message, Wire, WireError
from tests.wire.state import flattened

Json = dict[str, Any]

STEPS_AT_MOST = 6
WRONG = "That didn't work"
ANSWERED_WITHIN_SECONDS = 90.0
_BUTTON, _STRING_SELECT, _TEXT, _USER_SELECT, _CHANNEL_SELECT = 2, 3, 4, 5, 8
_RADIO, _CHECKBOXES, _CHECKBOX = 21, 22, 23
_LINK = 5
_AVOIDED = {"I'm under 18"}
"""Whoever presses it can do hardly anything any longer."""
_OPTIONS = {"day": "Sunday", "at": "18:00", "zone": "Europe/Berlin", "weeks": 12}
_USED_MOST = ("help", "inbox", "ask", "pod", "support", "settings", "pair show", "norms")
_ANSWER = ("What it may have been like for them", "One next step")


@dataclass(frozen=True, slots=True)
class Place:
    """A server with a channel, and the people who are in it."""

    server: int
    channel: int
    people: Sequence[int]


@dataclass(slots=True)
class Tally:
    """What came of everything that people did."""

    done: int = 0
    unreached: int = 0
    """Made while the bot had no session: Discord tells people that it didn't respond."""
    lost: list[int] = field(default_factory=list)
    """Reached the bot, and got no answer."""
    wrong: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds to the acknowledgement of what was sent over a connection at once."""
    whole: Counter[str] = field(default_factory=Counter)
    """Asks that went from the first command to the answers that were read, and other whole things."""


class Stranded(Exception):
    """The bot didn't answer, or what was to be pressed isn't there. The person begins with something else."""


@dataclass(slots=True)
class Hands:
    """Acts as people, at a pace, and keeps the tally."""

    discord: Wire
    tally: Tally
    chance: random.Random
    pace: Callable[[], Awaitable[None]]

    async def command(
        self, person: int, channel: int, path: str, target: int | None = None, **options: Any
    ) -> Answered:
        told = {"do": "command", "path": path, "options": options, "target": target}
        return await self._act({**told, "person": person, "channel": channel}, path)

    async def press(
        self, person: int, message: Message, custom_id: str, values: Sequence[object] = ()
    ) -> Answered:
        chosen = [str(one) for one in values]
        told = {"do": "press", "message": message.id, "custom_id": custom_id, "values": chosen}
        return await self._act({**told, "person": person}, custom_id)

    async def label(self, person: int, message: Message, label: str) -> Answered:
        return await self.press(person, message, _labelled(message, label))

    async def submit(self, opened: Answered, fields: Mapping[str, Any]) -> Answered:
        return await self._act({"do": "submit", "opened_by": opened.id, "fields": dict(fields)}, "a form")

    async def _act(self, act: Json, what: str) -> Answered:
        await self.pace()
        try:
            [id] = await self.discord.act([act])
        except WireError as error:
            raise Stranded from error
        self.tally.done += 1
        answer = await self._answer(id)
        if answer.reached and answer.acked_at is not None:
            self.tally.waits.append(answer.acked_at - answer.made_at)
        if answer.messages and any(WRONG in text for text in answer.message.texts):
            self.tally.wrong[what] += 1
        return answer

    async def _answer(self, id: int) -> Answered:
        try:
            return await self.discord.interaction(id, "answered", ANSWERED_WITHIN_SECONDS)
        except TimeoutError:
            answer = await self.discord.interaction(id)
            if answer.reached:
                self.tally.lost.append(id)
            else:
                self.tally.unreached += 1
            raise Stranded from None


# -- somebody who tries everything --------------------------------------------------------------------


@dataclass(slots=True)
class Wanderer:
    """Runs a command, and presses what it shows, a few steps far.

    Every second time it takes what was taken least often. Otherwise some buttons would be pressed for the
    first time late in a run, and what fills then, only once, would look like growth.
    """

    hands: Hands
    places: Sequence[Place]
    commands: Sequence[Json]
    taken: Counter[str] = field(default_factory=Counter)
    """How often each command was run, and each kind of button or select was used."""

    async def run(self) -> None:
        while True:
            try:
                await self._wander()
            except Stranded:
                continue

    async def _wander(self) -> None:
        chance = self.hands.chance
        place = chance.choice(self.places)
        person = chance.choice(place.people)
        answer = await self._begin(place, person)
        for _ in range(chance.randint(0, STEPS_AT_MOST)):
            if answer.callback is not None and answer.callback["type"] == 9:
                answer = await self.hands.submit(answer, _filled(answer.form, chance, place))
                continue
            step = self._step(answer, place)
            if step is None:
                return
            answer = await self.hands.press(person, answer.message, *step)
        self.hands.tally.whole["walks"] += 1

    async def _begin(self, place: Place, person: int) -> Answered:
        chance = self.hands.chance
        usual = [one for one in self.commands if one["path"] in _USED_MOST]
        command = self._one_of(usual if chance.random() < 0.5 else self.commands, lambda one: one["path"])
        target = None
        if command["type"] == 2:
            target = chance.choice(place.people)
        elif command["type"] == 3:
            target = await self.hands.discord.say(place.channel, person, "What a joke.")
        options = {
            one["name"]: _option(one, chance, place) for one in command["options"] if _wanted(one, chance)
        }
        return await self.hands.command(person, place.channel, command["path"], target, **options)

    def _step(self, answer: Answered, place: Place) -> tuple[str, Sequence[object]] | None:
        """Return what to press next; None if there is nothing."""
        chance = self.hands.chance
        there = [
            one
            for message in answer.messages[-1:]
            for one in flattened(message.components)
            if "custom_id" in one and not one.get("disabled") and one.get("label") not in _AVOIDED
        ]
        if not there:
            return None
        one = self._one_of(there, _verb)
        return one["custom_id"], _chosen(one, chance, place)

    def _one_of(self, offered: Sequence[Json], called: Callable[[Json], str]) -> Json:
        chance = self.hands.chance
        least = min(self.taken[called(one)] for one in offered)
        seldom = [one for one in offered if self.taken[called(one)] == least]
        found = chance.choice(seldom if chance.random() < 0.5 else offered)
        self.taken[called(found)] += 1
        return found


def paths(commands: Sequence[Json], before: str = "", kind: int = 1) -> Iterator[Json]:
    """Yield every command that can be run, with its whole path."""
    for one in commands:
        options = one.get("options") or []
        below = [each for each in options if each["type"] in (1, 2)]
        kind = one.get("type", 1) if not before else kind
        if below:
            yield from paths(below, f"{before}{one['name']} ", kind)
        else:
            yield {"path": f"{before}{one['name']}", "type": kind, "options": options}


def _wanted(option: Json, chance: random.Random) -> bool:
    return bool(option.get("required")) or chance.random() < 0.5


def _option(option: Json, chance: random.Random, place: Place) -> object:
    if option["type"] == 6:
        return chance.choice(place.people)
    if option.get("choices"):
        return chance.choice(option["choices"])["value"]
    return _OPTIONS[option["name"]]


def _verb(component: Json) -> str:
    custom_id = CustomId.read(component["custom_id"])
    return component["custom_id"] if custom_id is None else custom_id.verb


def _chosen(component: Json, chance: random.Random, place: Place) -> list[object]:
    if component["type"] == _BUTTON:
        return []
    least, most = component.get("min_values", 1), component.get("max_values", 1)
    offered: list[object] = [one["value"] for one in component.get("options", ())]
    if component["type"] == _USER_SELECT:
        offered = [*place.people]
    elif component["type"] == _CHANNEL_SELECT:
        offered = [place.channel]
    return chance.sample(offered, min(len(offered), chance.randint(max(1, least), max(1, most))))


def _filled(form: Json, chance: random.Random, place: Place) -> dict[str, Any]:
    """Return something for every field of a form."""
    found: dict[str, Any] = {}
    for one in flattened(form["components"]):
        match one["type"]:
            case kind if kind == _TEXT:
                words = chance.choice(("I said it again. ", "They went quiet. ", "Berlin")) * chance.choice(
                    (1, 1, 3)
                )
                found[one["custom_id"]] = words.strip()[: one.get("max_length", 4000)]
            case kind if kind in (_STRING_SELECT, _USER_SELECT, _CHANNEL_SELECT, _CHECKBOXES):
                found[one["custom_id"]] = _chosen(one, chance, place)
            case kind if kind == _RADIO:
                found[one["custom_id"]] = chance.choice(one["options"])["value"]
            case kind if kind == _CHECKBOX:
                found[one["custom_id"]] = True
    return found


# -- somebody who asks a friend -----------------------------------------------------------------------


@dataclass(slots=True)
class Consultation:
    """An asker and the friend whom they ask, from the draft to the answer, again and again."""

    hands: Hands
    asker: Asker
    channel: int

    async def run(self) -> None:
        while True:
            try:
                await self._ask()
            except Stranded:
                self.hands.tally.whole["asks that stopped half-way"] += 1
                await asyncio.sleep(1)

    async def _ask(self) -> None:
        hands, by, friend = self.hands, self.asker.account, self.asker.other
        sent = await self._sent()
        whisper = await self._message(friend, sent)
        shown = await hands.label(friend, whisper, "Open")
        read = await hands.label(friend, shown.message, "Read it")
        form = await hands.label(friend, read.message, "Answer")
        await hands.submit(form, dict.fromkeys(_ANSWER, "It may have stung."))
        came = await self._message(by, sent)
        shown = await hands.label(by, came, "Open")
        await hands.label(by, shown.message, "Read")
        hands.tally.whole["asks from the draft to the answer"] += 1

    async def _sent(self) -> int:
        """Write and send an ask. Return the time of that, as an id."""
        hands, by = self.hands, self.asker.account
        shown = await hands.command(by, self.channel, "ask")
        for label in ("Continue, I'm 18+", "Write something new"):
            if _has(shown.message, label):
                shown = await hands.label(by, shown.message, label)
        kinds = next(one for one in flattened(shown.message.components) if one["type"] == _STRING_SELECT)
        form = await hands.press(by, shown.message, kinds["custom_id"], ["said"])
        preview = await hands.submit(
            form, dict.fromkeys(("What I said", "What they said or did, and may have felt"), "words")
        )
        whom = next(
            (one for one in flattened(preview.message.components) if one["type"] == _STRING_SELECT), None
        )
        if whom is None:
            raise Stranded
        values = [one["value"] for one in whom["options"]]
        chosen = await hands.press(by, preview.message, whom["custom_id"], values[:1])
        sent = await hands.label(by, chosen.message, "Send")
        hands.tally.whole["asks that were sent"] += 1
        return sent.id

    async def _message(self, person: int, after: int) -> Message:
        """Wait for the direct message that came after this, and return it."""
        for _ in range(600):
            found = [
                one
                for one in await self.hands.discord.messages(dm_channel(person), after)
                if _has(one, "Open")
            ]
            if found:
                return found[-1]
            await asyncio.sleep(0.2)
        self.hands.tally.wrong["a direct message that never came"] += 1
        raise Stranded


def _has(message: Message, label: str) -> bool:
    return any(one.get("label") == label for one in flattened(message.components))


def _labelled(message: Message, label: str) -> str:
    if not _has(message, label):
        raise Stranded
    return message.labelled(label)


# -- somebody who opens what came ---------------------------------------------------------------------


@dataclass(slots=True)
class Reader:
    """Opens the newest direct messages of people, such as check-ins, and goes on from there."""

    hands: Hands
    place: Place
    people: Sequence[int]
    wanderer: Wanderer
    opened: set[int] = field(default_factory=set)

    async def run(self) -> None:
        while True:
            for person in self.people:
                try:
                    await self._read(person)
                except Stranded:
                    continue
            await asyncio.sleep(1)

    async def _read(self, person: int) -> None:
        for message in await self.hands.discord.messages(dm_channel(person)):
            if message.id in self.opened or not _has(message, "Open"):
                continue
            self.opened.add(message.id)
            answer = await self.hands.label(person, message, "Open")
            self.hands.tally.whole["direct messages that were opened"] += 1
            step = self.wanderer._step(answer, self.place) if answer.messages else None
            if step is not None:
                await self.hands.press(person, answer.message, *step)
