"""What must be true of every answer: there is one, it tells nobody's words, and it pings nobody."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from simcord.enums import ComponentType
from simcord.types import HttpLogEntry

from bot.ui.strings import WENT_WRONG_TITLE
from tests.forged.cases import STRANGERS, Case
from tests.system.recorded.recording import Press, Shown
from tests.system.test_nobody_elses import NOT_YOURS, Control, shown
from tests.system.walk import MARK

CANARY = re.compile(rf"{MARK}\d{{3}}qx[a-z0-9]+")
NAME = "qxnameof"
BLOCK = re.compile(r"```\n.*?\n```", re.DOTALL)
"""A block of code, in which Discord shows a mention as it was typed. What was typed can't end one."""
PING = re.compile(r"(?<!\\)<@[!&]?\d+>|@everyone|@here")
OF_OUR_OWN = "turn it off for @everyone"
"""Our own text about a channel's permissions, in which the role has that name."""
PUBLISHING = ("manage.", "norms.")
"""Verbs with which moderators write what every member may read, and members what moderators may take over."""
MAY_READ_TOO = {"ben": "anotherask"}
"""Who could have read a text, and in the recording said that they can't answer before they did."""
TOKEN = re.compile(r"forged\d{6}qx")
CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback")
MODAL, UPDATE_LATER = 9, 6


def readers(presses: Sequence[Press], screens: Sequence[Shown]) -> dict[str, set[str]]:
    """Return who has read each text that was typed in the recording, and who has typed it."""
    found: dict[str, set[str]] = {}
    for press, screen in zip(presses, screens, strict=True):
        for canary in canaries([press.data, screen]):
            also = {by for by, ask in MAY_READ_TOO.items() if ask in canary}
            found.setdefault(canary, also).add(press.by)
    return found


def canaries(part: object) -> set[str]:
    """Return the texts of the recording that occur in this, without names, which all members can see."""
    told = json.dumps(part, ensure_ascii=False, default=str)
    return {one for one in CANARY.findall(told) if NAME not in one} if MARK in told else set()


class Answers:
    """Everything that the bot sent while one case was answered."""

    def __init__(self, requests: Sequence[HttpLogEntry], interactions: Mapping[str, tuple[str, str]]) -> None:
        """`interactions`: who sent each, by its id, and its token."""
        self._requests = requests
        self._people = {id: by for id, (by, _) in interactions.items()}
        self._by_token = {token: by for by, token in interactions.values()}

    def wrong(self, readers: Mapping[str, Set[str]]) -> Iterator[str]:
        """`readers`: who may read a text that somebody typed, also one that was typed meanwhile."""
        yield from self._answered()
        for one in self._requests:
            if one.json is None:
                continue
            to = self._to(one)
            for canary in canaries(one.json):
                if to not in readers.get(canary, ()):
                    yield f"{to or one.path} reads {canary}"
            for token in TOKEN.findall(json.dumps(one.json)):
                if to in STRANGERS and to not in readers.get(token, ()):
                    yield f"{to} reads {token}"
                if not to and not _is_for_a_channel(one):
                    yield f"a text that was typed is sent to {one.path}"
            yield from _pings(one)
            if WENT_WRONG_TITLE in json.dumps(one.json):
                yield f"{to} is told that something went wrong"

    def controls(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield what can be pressed, chosen or sent on everything that somebody was shown, and who was."""
        for one in self._requests:
            if to := self._to(one):
                yield from ((to, _data(control)) for control in shown([one]))

    def opened(self) -> bool:
        """Whether anything was shown other than that there is nothing."""
        told = [text for one in self._requests if self._to(one) for text in texts(one.json)]
        return bool(told) and not any(NOT_YOURS in text for text in told)

    def _answered(self) -> Iterator[str]:
        """Say which interaction was not answered once, with something to see."""
        for id, by in self._people.items():
            first = [one for one in self._requests if (at := CALLBACK.search(one.path)) and at[1] == id]
            if len(first) != 1:
                yield f"{by} is answered {len(first)} times at first"
            elif not any(_shows(one) for one in self._requests if self._to(one) == by):
                yield f"{by} sees no answer"

    def _to(self, request: HttpLogEntry) -> str:
        """Return whom an answer is for; empty if it isn't one."""
        callback = CALLBACK.search(request.path)
        if callback is not None:
            return self._people.get(callback[1], "")
        return next((by for token, by in self._by_token.items() if token in request.path), "")


def _data(control: Control) -> dict[str, Any]:
    """Return what Discord sends of it when it is pressed, the first option chosen, or the form sent."""
    if control.fields:
        labels = [{"type": int(ComponentType.LABEL), "component": _field(name)} for name in control.fields]
        return {"custom_id": control.custom_id, "components": labels}
    if control.values:
        kind = int(ComponentType.STRING_SELECT)
        return {"custom_id": control.custom_id, "component_type": kind, "values": [control.values[0]]}
    return {"custom_id": control.custom_id, "component_type": int(ComponentType.BUTTON)}


def _field(name: str) -> dict[str, Any]:
    return {"type": int(ComponentType.TEXT_INPUT), "custom_id": name, "value": "words"}


def _shows(request: HttpLogEntry) -> bool:
    if request.method == "DELETE":
        return True
    body = request.json or {}
    if body.get("type") == MODAL:
        return True
    return any(text.strip() for text in texts(body.get("data", body)))


def _pings(request: HttpLogEntry) -> Iterator[str]:
    body = request.json
    message = body.get("data", body) if isinstance(body, dict) else None
    if not isinstance(message, dict) or not message.get("components") or message.get("custom_id"):
        return
    allowed = message.get("allowed_mentions")
    if allowed is None or allowed.get("parse") or allowed.get("users") or allowed.get("roles"):
        yield f"{request.method} {request.path} may ping: {allowed}"
    for text in texts(message):
        if found := PING.search(BLOCK.sub("", text.replace(OF_OUR_OWN, ""))):
            yield f"{request.path} has the mention {found[0]}"


def typed(case: Case) -> Iterator[tuple[str, set[str]]]:
    """Yield each text that is typed with a case, and which strangers may read it."""
    public = case.verb.startswith(PUBLISHING)
    for token in TOKEN.findall(json.dumps(case.data)):
        yield token, {*STRANGERS} if public else {case.by, case.also}


def _is_for_a_channel(request: HttpLogEntry) -> bool:
    """Whether it is sent to a channel of a server: what moderators publish is theirs to choose."""
    return request.path.startswith("/channels/")


def texts(part: Any) -> Iterable[str]:
    """Yield every text that is shown on a card."""
    match part:
        case {"content": str(text)}:
            yield text
            yield from texts([one for key, one in part.items() if key != "content"])
        case dict():
            yield from texts(list(part.values()))
        case list():
            for one in part:
                yield from texts(one)
