"""The cards for writing to moderators: a draft with everybody who would read it, and what was sent."""

from collections.abc import Sequence

from bot.ids import ServerId
from bot.norms.models import Version
from bot.norms.note import Note, NoteKind, NoteState
from bot.norms.queries import Letter
from bot.ui import labels, when
from bot.ui.components import Beside, Button, Card, Choice, Option, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.norms import strings, wording

ON_A_PAGE = 5
_WHOLE = 3000


def letter(shown: Letter, notice: str = "", *, fresh: bool = False) -> Card:
    """Show a note to its author: a draft, with which they can go on, or what was sent."""
    if shown.note.state is not NoteState.DRAFT:
        return _sent(shown, fresh=fresh)
    if shown.outdated:
        return _outdated(shown)
    text = [notice] if notice else []
    rows: list[Row] = []
    if shown.readers:
        goes = strings.GOES_TO.format(names=_readers(shown)) if shown.ticked else strings.GOES_TO_NOBODY
        text += [goes, strings.KNOWN, *(_counts(shown) if shown.ticked else ())]
        rows.append(_whom(shown))
    else:
        text.append(strings.NOBODY_KNOWN)
    return Card(
        what(shown.note, shown.version),
        "\n\n".join(text),
        said=_words(shown),
        rows=[*rows, _verbs(shown)],
        small=strings.KEPT if shown.readers else "",
    )


def too_late(shown: Letter, typed: str) -> Card:
    """Say that the note was sent meanwhile, and show what was typed, because that is not stored."""
    note = shown.note
    row = [
        Button(strings.TAKE_BACK, to("norms.take_back", note.id)),
        Button(strings.SUGGEST, to("norms.suggest", str(note.server))),
    ]
    said = pages([(strings.YOUR_WORDS, typed)], _WHOLE)[0]
    return Card(strings.TOO_LATE_TITLE, strings.TOO_LATE, said=said, rows=(row,))


def what(note: Note, version: Version | None) -> str:
    """Return the title of a note, which says what kind of note it is."""
    if note.kind is NoteKind.SUGGESTION:
        return strings.SUGGESTION_TITLE
    return strings.CONCERN_UNKNOWN if version is None else strings.CONCERN_TITLE.format(number=version.number)


def gone(note: Note, *, in_again: bool = False) -> Card:
    """Confirm that a note is deleted. `in_again`: its author is in again, as before they sent the concern."""
    row = [Button(strings.SHOW, to("norms.show", str(note.server)))]
    if note.state is NoteState.DRAFT:
        return Card(strings.DISCARDED_TITLE, strings.DISCARDED, rows=(row,))
    again = [strings.TAKEN_IN_AGAIN] if in_again else []
    return Card(strings.TAKEN_TITLE, " ".join([strings.TAKEN, *again]), rows=(row,))


def sent(server: ServerId, found: Sequence[tuple[Note, Version | None]], page: int) -> Card:
    """Show all of a member's notes in one server. If `page` no longer exists, show the last page."""
    show = Button(strings.SHOW, to("norms.show", str(server)))
    if not found:
        row = [Button(strings.SUGGEST, to("norms.suggest", str(server)), Tone.CHIEF), show]
        return Card(strings.LIST_TITLE, strings.LIST_NONE, rows=(row,))
    last = (len(found) - 1) // ON_A_PAGE
    page = min(page, last)
    here = found[page * ON_A_PAGE :][:ON_A_PAGE]
    rows: list[Row] = [
        Beside(_line(note, version), Button(strings.OPEN, to("norms.note", note.id)))
        for note, version in here
    ]
    back = [Button(strings.BACK, to("norms.sent", str(server), str(page - 1)))] if page else []
    ahead = [Button(strings.NEXT, to("norms.sent", str(server), str(page + 1)))] if page < last else []
    small = strings.PAGE.format(page=page + 1, pages=last + 1) if last else ""
    return Card(strings.LIST_TITLE, rows=[*rows, [*back, *ahead, show]], small=small)


def to_write(note: str) -> Card:
    """Say that the note has no text."""
    row = [
        Button(strings.WRITE, to("norms.write", note), Tone.CHIEF),
        Button(strings.BACK, to("norms.note", note)),
    ]
    return Card(strings.NOT_WRITTEN_TITLE, strings.NOT_WRITTEN, rows=(row,))


def nobody(note: str) -> Card:
    """Say that every moderator who was ticked has left."""
    row = [Button(strings.OPEN_AGAIN, to("norms.note", note), Tone.CHIEF)]
    return Card(strings.NOBODY_TITLE, strings.NOBODY, rows=(row,))


# -- parts ------------------------------------------------------------------------------------------


def _sent(shown: Letter, *, fresh: bool) -> Card:
    note, server = shown.note, str(shown.note.server)
    told = [strings.SENT.format(names=_readers(shown)) if shown.ticked else strings.SENT_NOBODY]
    if not shown.text:
        told.append(strings.SENT_BARE)
    if fresh and shown.version is not None and shown.voting:
        told.append(strings.SENT_COUNTS.format(number=shown.version.number))
    if note.state is NoteState.DONE:
        told.append(strings.SENT_SEEN_TO)
    row = [
        Button(strings.TAKE_BACK, to("norms.take_back", note.id)),
        Button(strings.SENT_LIST, to("norms.sent", server, "0")),
        Button(strings.SHOW, to("norms.show", server)),
    ]
    title = strings.SENT_TITLE if fresh else what(note, shown.version)
    return Card(title, " ".join(told), said=_words(shown), rows=(row,), small=strings.SENT_SMALL)


def _outdated(shown: Letter) -> Card:
    """Show a concern whose version can no longer be answered. What was written is still kept."""
    number = "" if shown.version is None else shown.version.number
    text, label = strings.OUTDATED.format(number=number), strings.MOVE_AWAY
    if shown.newer is not None:
        text = strings.OUTDATED_NEWER.format(number=number, newer=shown.newer.number)
        label = strings.MOVE_TO.format(number=shown.newer.number)
    row = [
        Button(label, to("norms.move", shown.note.id), Tone.CHIEF),
        Button(strings.SHOW, to("norms.show", str(shown.note.server))),
        _discard(shown),
    ]
    return Card(what(shown.note, shown.version), text, said=_words(shown), rows=(row,))


def _counts(shown: Letter) -> list[str]:
    if shown.version is None:
        return []
    return [(strings.COUNTS if shown.voting else strings.COUNTS_NOWHERE).format(number=shown.version.number)]


def _words(shown: Letter) -> list[Said]:
    [page] = pages([(strings.YOUR_WORDS, shown.text)], _WHOLE)
    return page


def _readers(shown: Letter) -> str:
    return wording.names([name for one, name in shown.readers.items() if one in shown.ticked])


def _whom(shown: Letter) -> Choice:
    options = [
        Option(labels.option(name), one, chosen=one in shown.ticked) for one, name in shown.readers.items()
    ]
    return Choice(
        strings.READERS_PROMPT, to("norms.readers", shown.note.id), options, least=0, most=len(options)
    )


def _verbs(shown: Letter) -> list[Button]:
    id, written = shown.note.id, bool(shown.text)
    tone = Tone.QUIET if written else Tone.CHIEF
    row = [Button(strings.EDIT if written else strings.WRITE, to("norms.write", id), tone)]
    if shown.ticked and written:
        row.insert(0, Button(strings.SEND, to("norms.send", id), Tone.CHIEF))
    if shown.ticked and shown.note.kind is NoteKind.CONCERN:
        row.append(Button(strings.SEND_BARE, to("norms.send_bare", id)))
    return [*row, _discard(shown)]


def _discard(shown: Letter) -> Button:
    return Button(strings.DISCARD, to("norms.take_back", shown.note.id))


def _line(note: Note, version: Version | None) -> str:
    match note.state:
        case NoteState.DRAFT:
            sentence = strings.LIST_DRAFT
        case NoteState.SENT:
            sentence = strings.LIST_SENT
        case _:
            sentence = strings.LIST_DONE
    return sentence.format(what=what(note, version), day=when.day(note.sent_at or note.made_at))
