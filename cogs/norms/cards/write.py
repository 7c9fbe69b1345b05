"""Writing to those who run the server: a draft with all who would read it, and what was sent."""

from collections.abc import Sequence

from bot.ids import ServerId
from bot.norms.model import Version
from bot.norms.note import Note, NoteKind, NoteState
from bot.norms.queries import Letter
from bot.ui import plain, when
from bot.ui.components import Beside, Button, Card, Choice, Option, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.norms import wording, words

ON_A_PAGE = 5
_WHOLE = 3000


def letter(shown: Letter, notice: str = "", *, fresh: bool = False) -> Card:
    """For its author: to go on with, or as it was sent."""
    if shown.note.state is not NoteState.DRAFT:
        return _sent(shown, fresh=fresh)
    if shown.outdated:
        return _outdated(shown)
    text = [notice] if notice else []
    rows: list[Row] = []
    if shown.readers:
        goes = words.GOES_TO.format(names=_readers(shown)) if shown.ticked else words.GOES_TO_NOBODY
        text += [goes, words.KNOWN, *(_counts(shown) if shown.ticked else ())]
        rows.append(_whom(shown))
    else:
        text.append(words.NOBODY_KNOWN)
    return Card(
        what(shown.note, shown.version),
        "\n\n".join(text),
        said=_words(shown),
        rows=[*rows, _verbs(shown)],
        small=words.KEPT if shown.readers else "",
    )


def too_late(shown: Letter, typed: str) -> Card:
    """It was sent meanwhile: what was typed is nowhere else."""
    note = shown.note
    row = [
        Button(words.TAKE_BACK, to("norms.take_back", note.id)),
        Button(words.SUGGEST, to("norms.suggest", str(note.server))),
    ]
    said = pages([(words.YOUR_WORDS, typed)], _WHOLE)[0]
    return Card(words.TOO_LATE_TITLE, words.TOO_LATE, said=said, rows=(row,))


def what(note: Note, version: Version | None) -> str:
    """What it is, as a title."""
    if note.kind is NoteKind.SUGGESTION:
        return words.SUGGESTION_TITLE
    return words.CONCERN_UNKNOWN if version is None else words.CONCERN_TITLE.format(number=version.number)


def gone(note: Note) -> Card:
    row = [Button(words.SHOW, to("norms.show", str(note.server)))]
    if note.state is NoteState.DRAFT:
        return Card(words.DISCARDED_TITLE, words.DISCARDED, rows=(row,))
    return Card(words.TAKEN_TITLE, words.TAKEN, rows=(row,))


def sent(server: ServerId, found: Sequence[tuple[Note, Version | None]], page: int) -> Card:
    """All of theirs in one server; `page` may have gone since, then it is the last."""
    show = Button(words.SHOW, to("norms.show", str(server)))
    if not found:
        row = [Button(words.SUGGEST, to("norms.suggest", str(server)), Tone.CHIEF), show]
        return Card(words.LIST_TITLE, words.LIST_NONE, rows=(row,))
    last = (len(found) - 1) // ON_A_PAGE
    page = min(page, last)
    here = found[page * ON_A_PAGE :][:ON_A_PAGE]
    rows: list[Row] = [
        Beside(_line(note, version), Button(words.OPEN, to("norms.note", note.id))) for note, version in here
    ]
    back = [Button(words.BACK, to("norms.sent", str(server), str(page - 1)))] if page else []
    ahead = [Button(words.NEXT, to("norms.sent", str(server), str(page + 1)))] if page < last else []
    small = words.PAGE.format(page=page + 1, pages=last + 1) if last else ""
    return Card(words.LIST_TITLE, rows=[*rows, [*back, *ahead, show]], small=small)


def to_write(note: str) -> Card:
    """There is no text in it."""
    row = [
        Button(words.WRITE, to("norms.write", note), Tone.CHIEF),
        Button(words.BACK, to("norms.note", note)),
    ]
    return Card(words.NOT_WRITTEN_TITLE, words.NOT_WRITTEN, rows=(row,))


def nobody(note: str) -> Card:
    """Whoever was ticked is gone."""
    row = [Button(words.OPEN_AGAIN, to("norms.note", note), Tone.CHIEF)]
    return Card(words.NOBODY_TITLE, words.NOBODY, rows=(row,))


# -- parts ------------------------------------------------------------------------------------------


def _sent(shown: Letter, *, fresh: bool) -> Card:
    note, server = shown.note, str(shown.note.server)
    told = [words.SENT.format(names=_readers(shown)) if shown.ticked else words.SENT_NOBODY]
    if not shown.text:
        told.append(words.SENT_BARE)
    if fresh and shown.version is not None:
        told.append(words.SENT_COUNTS.format(number=shown.version.number))
    if note.state is NoteState.DONE:
        told.append(words.SENT_SEEN_TO)
    row = [
        Button(words.TAKE_BACK, to("norms.take_back", note.id)),
        Button(words.SENT_LIST, to("norms.sent", server, "0")),
        Button(words.SHOW, to("norms.show", server)),
    ]
    title = words.SENT_TITLE if fresh else what(note, shown.version)
    return Card(title, " ".join(told), said=_words(shown), rows=(row,), small=words.SENT_SMALL)


def _outdated(shown: Letter) -> Card:
    """Its version can't be answered any more: what was written is still there."""
    number = "" if shown.version is None else shown.version.number
    text, label = words.OUTDATED.format(number=number), words.MOVE_AWAY
    if shown.newer is not None:
        text = words.OUTDATED_NEWER.format(number=number, newer=shown.newer.number)
        label = words.MOVE_TO.format(number=shown.newer.number)
    row = [
        Button(label, to("norms.move", shown.note.id), Tone.CHIEF),
        Button(words.SHOW, to("norms.show", str(shown.note.server))),
        _discard(shown),
    ]
    return Card(what(shown.note, shown.version), text, said=_words(shown), rows=(row,))


def _counts(shown: Letter) -> list[str]:
    return [] if shown.version is None else [words.COUNTS.format(number=shown.version.number)]


def _words(shown: Letter) -> list[Said]:
    [page] = pages([(words.YOUR_WORDS, shown.text)], _WHOLE)
    return page


def _readers(shown: Letter) -> str:
    return wording.names([name for one, name in shown.readers.items() if one in shown.ticked])


def _whom(shown: Letter) -> Choice:
    options = [
        Option(plain.option(name) or words.A_MODERATOR, one, chosen=one in shown.ticked)
        for one, name in shown.readers.items()
    ]
    return Choice(
        words.READERS_PROMPT, to("norms.readers", shown.note.id), options, least=0, most=len(options)
    )


def _verbs(shown: Letter) -> list[Button]:
    id, written = shown.note.id, bool(shown.text)
    tone = Tone.QUIET if written else Tone.CHIEF
    row = [Button(words.EDIT if written else words.WRITE, to("norms.write", id), tone)]
    if shown.ticked and written:
        row.insert(0, Button(words.SEND, to("norms.send", id), Tone.CHIEF))
    if shown.ticked and shown.note.kind is NoteKind.CONCERN:
        row.append(Button(words.SEND_BARE, to("norms.send_bare", id)))
    return [*row, _discard(shown)]


def _discard(shown: Letter) -> Button:
    return Button(words.DISCARD, to("norms.take_back", shown.note.id))


def _line(note: Note, version: Version | None) -> str:
    match note.state:
        case NoteState.DRAFT:
            sentence = words.LIST_DRAFT
        case NoteState.SENT:
            sentence = words.LIST_SENT
        case _:
            sentence = words.LIST_DONE
    return sentence.format(what=what(note, version), day=when.day(note.sent_at or note.made_at))
