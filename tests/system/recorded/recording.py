"""What the recording holds, and the two files in which it is stored.

`walk.zip` never changes. It holds the bot's key file, its database at the start of each chapter, and
everything that is pressed (`walk.json`). `screens.json.gz` holds what each press shows.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FOLDER = Path(__file__).parent
WALK = FOLDER / "walk.zip"
SCREENS = FOLDER / "screens.json.gz"

ID = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{16}(?![A-Za-z0-9_-])")
"""The random id of a row."""

Shown = Any
"""What a press shows, as plain JSON."""


@dataclass(frozen=True)
class Member:
    """Somebody on the pretend server, with their Discord ids. `dm` is their channel with the bot, if any."""

    name: str
    shown: str
    id: int
    dm: int | None
    moderator: bool


@dataclass(frozen=True)
class Press:
    """A button, a select or a form, and the person to whom it was shown.

    `data` is what Discord sends with such an interaction: the custom_id, the kind of control, and the values
    chosen or the fields typed. `dm`: in the bot's DMs. `public`: on a message that others see too.
    `walked`: the walk pressed it; otherwise it was only shown, and `data` holds what anybody could send.
    """

    by: str
    data: Mapping[str, Any]
    dm: bool
    public: bool
    walked: bool

    @property
    def custom_id(self) -> str:
        return str(self.data["custom_id"])

    @property
    def verb(self) -> str:
        return self.custom_id.split(":")[1]


@dataclass(frozen=True)
class Chapter:
    """Presses on one database from one moment on; each press works on what the ones before it left.

    `way` names the part of the walk. `database` is a number in the list of the recording's databases.
    """

    way: str
    at: datetime
    database: int
    presses: list[Press]


@dataclass(frozen=True)
class Recording:
    """Everything except what is shown. `ids` are those of the pretend Discord's server and channels."""

    ids: Mapping[str, int]
    members: Sequence[Member]
    keys: bytes
    chapters: Sequence[Chapter]
    databases: Sequence[bytes]

    @property
    def presses(self) -> list[Press]:
        return [press for chapter in self.chapters for press in chapter.presses]


def save(recording: Recording) -> None:
    """Write `walk.zip`. To be small, it holds each database as the difference from the one before."""
    with ZipFile(WALK, "w", ZIP_DEFLATED, compresslevel=9) as file:
        walk = {
            "ids": recording.ids,
            "members": [asdict(one) for one in recording.members],
            "chapters": [{**asdict(one), "at": one.at.isoformat()} for one in recording.chapters],
        }
        _put(file, "walk.json", json.dumps(walk, indent=1, ensure_ascii=False).encode())
        _put(file, "keys.json", recording.keys)
        before = b""
        for number, database in enumerate(recording.databases):
            assert len(database) >= len(before), "SQLite has made its file smaller"
            _put(file, f"{number:03}.db", _difference(before, database))
            before = database


def load() -> Recording:
    """Read `walk.zip`."""
    with ZipFile(WALK) as file:
        walk = json.loads(file.read("walk.json"))
        return Recording(
            walk["ids"],
            [Member(**one) for one in walk["members"]],
            file.read("keys.json"),
            [_chapter(**one) for one in walk["chapters"]],
            list(_databases(file)),
        )


def save_screens(screens: Sequence[Shown]) -> None:
    """Write `screens.json.gz`: one screen for each press, in the order of the presses."""
    text = json.dumps(screens, indent=0, ensure_ascii=False)
    SCREENS.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def load_screens() -> list[Shown]:
    """Read `screens.json.gz`."""
    screens: list[Shown] = json.loads(gzip.decompress(SCREENS.read_bytes()))
    return screens


def _put(file: ZipFile, name: str, data: bytes) -> None:
    file.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)


def _chapter(way: str, at: str, database: int, presses: Sequence[Mapping[str, Any]]) -> Chapter:
    return Chapter(way, datetime.fromisoformat(at), database, [Press(**press) for press in presses])


def _databases(file: ZipFile) -> Iterator[bytes]:
    before = b""
    for name in sorted(file.namelist()):
        if name.endswith(".db"):
            before = _difference(before, file.read(name))
            yield before


def _difference(before: bytes, after: bytes) -> bytes:
    """Return the bytes of both, XORed. Together with `before`, the result gives `after` again."""
    longest = max(len(before), len(after))
    one, other = (int.from_bytes(data.ljust(longest, b"\0"), "big") for data in (before, after))
    return (one ^ other).to_bytes(longest, "big")
