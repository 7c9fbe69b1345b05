"""Listen to the pretend Discord during a walk, and make chapters of what was shown and pressed."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from simcord.enums import ComponentType, InteractionType
from simcord.types import HttpLogEntry

from tests.database_file import open_file
from tests.system.recorded.recording import ID, Chapter, Press
from tests.system.walk import Walk

MODERATOR = "mo"
ANYBODY = "ben"
"""Presses what was posted for everybody, but was pressed by nobody during the walk."""
_A_MOMENT = timedelta(seconds=1)
_EPHEMERAL = 64
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Control:
    """A button, a select or a form as the bot sent it, and to whom and in which chapter it was shown."""

    sent: Part
    chapter: int
    by: str
    dm: bool
    public: bool


class Recorder:
    """Makes the chapters. Set `way` as the walk goes on, and call `finish` at its end."""

    def __init__(self, walk: Walk, state: Path) -> None:
        self.way = ""
        self.chapters: list[Chapter] = []
        self.databases: list[bytes] = []
        self._demo = walk.demo
        self._state = state
        self._backend = walk.demo.env.backend
        self._read = 0
        self._rows: list[set[str]] = []
        self._shown: dict[str, Control] = {}
        self._chosen: dict[int, Part] = {}
        self._backend.subscribers.append(self._hear)

    def finish(self) -> None:
        """Add what was shown and never pressed, at the end of a chapter that has the rows it names.

        If the walk never pressed its verb, it goes into a chapter of its own, on that chapter's database.
        """
        self._look()
        pressed = [press for chapter in self.chapters for press in chapter.presses]
        ids, verbs = {one.custom_id for one in pressed}, {one.verb for one in pressed}
        own: list[list[Press]] = [[] for _ in self.chapters]
        for one in self._shown.values():
            press = Press(one.by, self._data(one.sent), one.dm, one.public, walked=False)
            if press.custom_id not in ids:
                place = self._where_its_rows_are(press, one.chapter)
                (self.chapters[place].presses if press.verb in verbs else own[place]).append(press)
        self.chapters = [
            one
            for chapter, more in zip(self.chapters, own, strict=True)
            for one in (chapter, replace(chapter, presses=more))
            if one.presses
        ]

    def _where_its_rows_are(self, press: Press, first: int) -> int:
        """Return the first chapter from `first` on that has every row that the press names; else `first`."""
        named = set(ID.findall(str(press.data)))
        later = range(first, len(self.chapters))
        return next((number for number in later if named <= self._rows[number]), first)

    # -- what is pressed ------------------------------------------------------------------------

    def _hear(self, event: str, payload: Part) -> None:
        if event != "INTERACTION_CREATE":
            return
        self._look()
        if payload["type"] in (InteractionType.MESSAGE_COMPONENT, InteractionType.MODAL_SUBMIT):
            interaction, message = self._backend.interactions[int(payload["id"])], payload.get("message")
            public = message is not None and not message["flags"] & _EPHEMERAL
            by, data = self._name(interaction.user_id), payload["data"]
            self._begin_where_needed(data)
            self.chapters[-1].presses.append(
                Press(by, data, interaction.guild_id is None, public, walked=True)
            )
            if "values" in data:
                self._chosen.setdefault(data["component_type"], data)

    def _begin_where_needed(self, data: Part) -> None:
        """Begin a chapter, unless the last one began a moment ago and has every row that `data` names."""
        rows = row_ids(self._state)
        if self.chapters:
            new = (set(ID.findall(str(data))) & rows) - self._rows[-1]
            if not new and self._demo.now - self.chapters[-1].at < _A_MOMENT:
                return
        # A chapter begins on a full second: cards show seconds, and its presses take only tenths of one.
        at = (self._demo.now + timedelta(microseconds=999_999)).replace(microsecond=0)
        self.chapters.append(Chapter(self.way, at, len(self.databases), []))
        self.databases.append(snapshot(self._state))
        self._rows.append(rows)

    # -- what is shown --------------------------------------------------------------------------

    def _look(self) -> None:
        """Read what the bot has sent since the last look."""
        requests = self._demo.requests
        for one in requests[self._read :]:
            before = self._before_whom(one)
            if before is not None:
                for sent in controls(one.json):
                    control = Control(sent, max(len(self.chapters) - 1, 0), *before)
                    self._shown.setdefault(sent["custom_id"], control)
        self._read = len(requests)

    def _before_whom(self, one: HttpLogEntry) -> tuple[str, bool, bool] | None:
        """Return who saw it, whether in the bot's DMs, and whether others see it too.

        Return None for what nobody sees.
        """
        match one.path.split("/"):
            case [_, "channels", channel, *_]:
                owners = [user for user, dm in self._backend.dm_channels.items() if dm == int(channel)]
                if owners:
                    return self._name(owners[0]), True, True
                return MODERATOR if int(channel) == self._demo.mods.id else ANYBODY, False, True
            case [_, "interactions", id, *_]:
                interaction = self._backend.interactions[int(id)]
            case [_, "webhooks", _, token, *_]:
                interaction = self._backend.interactions[self._backend.interaction_tokens[token]]
            case _:
                return None
        return self._name(interaction.user_id), interaction.guild_id is None, False

    def _data(self, sent: Part) -> Part:
        """Return what Discord would send for it, with the first values chosen and every field filled in."""
        kind, custom_id = sent.get("type"), sent["custom_id"]
        if kind is None:
            return {"custom_id": custom_id, "components": [_filled(one) for one in sent["components"]]}
        if kind == ComponentType.BUTTON:
            return {"custom_id": custom_id, "component_type": kind}
        if kind == ComponentType.STRING_SELECT:
            values = [option["value"] for option in sent["options"]]
            fewest = max(sent.get("min_values", 1), 1)
            return {"custom_id": custom_id, "component_type": kind, "values": values[:fewest]}
        return {**self._chosen[kind], "custom_id": custom_id}

    def _name(self, user_id: int) -> str:
        return self._backend.users[user_id].name


def controls(part: Any) -> Iterator[Part]:
    """Yield every button, select and form in what the bot sent, unchanged."""
    match part:
        case {"custom_id": _}:
            yield part
        case dict():
            for one in part.values():
                yield from controls(one)
        case list():
            for one in part:
                yield from controls(one)


def snapshot(state: Path) -> bytes:
    """Return the database as it is now, including what is only in its journal so far."""
    with closing(open_file(state / "plumbline.db")) as database:
        return database.serialize()


def row_ids(state: Path) -> set[str]:
    """Return every random id in the database."""
    with closing(open_file(state / "plumbline.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
    return {id for row in rows for text in row if isinstance(text, str) for id in ID.findall(text)}


def _filled(part: Part) -> Part:
    """Return a label of a form with its field, as it opened; an empty field gets some words."""
    if "component" not in part:
        return part
    field = part["component"]
    typed = {"type": field["type"], "custom_id": field["custom_id"], "value": field.get("value") or "words"}
    return {"type": part["type"], "component": typed}
