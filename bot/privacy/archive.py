"""Write an export: a ZIP with the data as JSON, its schema, and one page for people to read."""

import html
import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from bot.ids import ServerId
from bot.privacy import strings, wording
from bot.turns import in_turns

PART_MOST = 6 * 2**20
"""How many bytes of text a part takes at most. Discord takes 10 MiB, and a ZIP is smaller."""
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;"
    "background:#fff}h2{margin-top:2.5rem;font-size:1.15rem}dl{border-top:1px solid #ccc;padding:.6rem 0;"
    "margin:0}dt{color:#555;font-size:.85rem;margin-top:.4rem}dd{margin:0;white-space:pre-wrap;"
    "overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}"
    "dt{color:#aaa}dl{border-color:#444}}"
)

Record = Mapping[str, Any]
ServerName = Callable[[ServerId], str]
"""Returns what a server is called; empty if that isn't known any more."""


async def parts(
    records: AsyncIterator[tuple[str, Record]], now: datetime, server_name: ServerName
) -> AsyncIterator[bytes]:
    """Yield the ZIP files of an export, nearly always one. They are written as the records come."""
    number, part = 1, _Part(1, now, server_name)
    async for table, record in records:
        if part.size > PART_MOST:
            yield await part.zipped()
            number += 1
            part = _Part(number, now, server_name)
        part.add(table, record)
    yield await part.zipped()


class _Part:
    """One ZIP file that is being filled. Its text is written record by record."""

    def __init__(self, number: int, now: datetime, server_name: ServerName) -> None:
        self._number = number
        self._now = now
        self._server_name = server_name
        self._json: dict[str, list[str]] = {}
        self._page: dict[str, list[str]] = {}
        self.size = 0

    def add(self, table: str, record: Record) -> None:
        written = _dumped(
            {
                column: self._server(value) if column == "server" else _plain(value)
                for column, value in record.items()
            }
        )
        read = _read(table, record, self._server)
        self._json.setdefault(table, []).append(written)
        self._page.setdefault(table, []).append(read)
        self.size += len(written) + len(read)

    async def zipped(self) -> bytes:
        """Return the file. In a thread it would be one step, but keep Python for itself 5 ms at a time."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
            texts = {
                "schema.json": [msgspec.json.format(msgspec.json.encode(schema()), indent=1).decode()],
                "plumbline.html": self._html(),
                "plumbline.json": self._data(),
            }
            for name, pieces in texts.items():
                with file.open(name, "w") as part:
                    async for piece in in_turns(pieces):
                        part.write(piece.encode())
        return written.getvalue()

    def _data(self) -> Iterator[str]:
        yield f'{{\n "exported_at": {_dumped(_plain(self._now))},\n "part": {self._number}'
        for table, records in self._json.items():
            yield f",\n {_dumped(table)}: ["
            for number, record in enumerate(records):
                yield f"{',' if number else ''}\n  {record}"
            yield "\n ]"
        yield "\n}\n"

    def _html(self) -> Iterator[str]:
        title = html.escape(strings.TITLE)
        yield (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f"<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>"
        )
        yield _paragraph(strings.INTRO.format(day=wording.day(self._now)))
        if self._number > 1:
            yield _paragraph(strings.PART.format(number=self._number))
        for table, heading in strings.TABLES.items():
            if table in self._page:
                yield f"<h2>{html.escape(heading)}</h2>"
                yield from self._page[table]
        if not self._page:
            yield _paragraph(strings.EMPTY)
        yield "</body></html>"

    def _server(self, value: Any) -> Any:
        """Return what a server is called, or its id if that is no longer known."""
        return None if value is None else self._server_name(ServerId(value)) or str(value)


def schema() -> dict[str, Any]:
    """Return a JSON Schema of `plumbline.json` (https://json-schema.org), with what each name means."""
    record = {
        "type": "object",
        "properties": {
            name: {"description": said, "type": ["string", "number", "boolean", "object", "null"]}
            for name, said in strings.COLUMNS.items()
        },
    }
    tables = {
        name: {"description": said, "type": "array", "items": record} for name, said in strings.TABLES.items()
    }
    ends = {"exported_at": {"type": "string", "format": "date-time"}, "part": {"type": "integer"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": strings.SCHEMA_TITLE,
        "type": "object",
        "properties": {**ends, **tables},
    }


def _read(table: str, record: Record, server: Callable[[Any], Any]) -> str:
    """Return a record as people read it."""
    lines = wording.lines(table, record, server)
    return (
        "<dl>"
        + "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in lines)
        + "</dl>"
    )


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value
