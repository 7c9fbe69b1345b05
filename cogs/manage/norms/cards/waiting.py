"""The cards for notes that were sent to this moderator, one note on each page."""

from collections.abc import Sequence

from msgspec import Struct

from bot.norms.moderator_inbox import Letters
from bot.norms.note import NoteKind
from bot.norms.queries import Letter
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, Tone, pages
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.cards.home import back
from cogs.manage.norms.wording import at as at_page


def waits(server: str) -> Card:
    """Tell a moderator, in a direct message, where to read what a member sent them."""
    where = plain.name(server, strings.SOME_SERVER)
    text = strings.WAITS_TEXT.format(server=where, button=strings.WAITING)
    return Card(strings.WAITS_TITLE, text, small=strings.WAITS_SMALL)


def waiting(letters: Letters, id: str = "", number: str = "") -> Card:
    """Show that note among those that wait, or else the oldest of them."""
    other = [Button(strings.SHOW_DONE, to(DONE))] if letters.done else []
    if not letters.waiting:
        return Card(strings.NOTHING_WAITS_TITLE, strings.NOTHING_WAITS, rows=([*other, back()],))
    return _letter(_Shelf(letters.waiting, WAITING, other), id, number)


def done(letters: Letters, id: str = "", number: str = "") -> Card:
    """Show that note among those that are done, or else the oldest of them."""
    other = [Button(strings.SHOW_WAITING, to(WAITING))]
    if not letters.done:
        return Card(strings.NOTHING_DONE_TITLE, strings.NOTHING_DONE, rows=([*other, back()],))
    return _letter(_Shelf(letters.done, DONE, other), id, number)


WAITING, DONE = "manage.waiting", "manage.notes_done"
"""The verbs that show a note of either kind."""


class _Shelf(Struct, frozen=True):
    """The notes of one kind, the verb that shows one of them, and the button that leads to the other kind."""

    notes: Sequence[Letter]
    verb: str
    other: Sequence[Button]


def _letter(shelf: _Shelf, id: str, number: str) -> Card:
    """Show one note. If its text needs several cards, `More` shows the next part."""
    ids = [letter.note.id for letter in shelf.notes]
    at = ids.index(id) if id in ids else 0
    shown, done = shelf.notes[at], shelf.verb == DONE
    found = pages([(strings.THEIR_WORDS, shown.text)])
    page = at_page(found, number if id in ids else "")
    more = [Button(strings.MORE, to(shelf.verb, ids[at], str((page + 1) % len(found))))]
    verb = (
        Button(strings.OPEN_AGAIN, to("manage.note_again", ids[at]))
        if done
        else Button(strings.DONE, to("manage.done", ids[at]), Tone.CHIEF)
    )
    title = strings.CONCERN_TITLE if shown.note.kind is NoteKind.CONCERN else strings.SUGGESTION_TITLE
    return Card(
        title.format(number=at + 1, count=len(ids)),
        " ".join([*_about(shown), *([strings.MARKED_DONE] if done else [])]),
        said=found[page],
        rows=(
            [verb, *(more if len(found) > 1 else [])],
            [*_turning(shelf.verb, ids, at), *shelf.other, back()],
        ),
        small=strings.DONE_SMALL if done else strings.WAITING_SMALL,
    )


def _about(shown: Letter) -> list[str]:
    note = shown.note
    name = labels.name(shown.author)
    told = [strings.FROM.format(name=name, day=when.day(note.sent_at or note.made_at))]
    if shown.version is not None:
        told.append(strings.ABOUT_VERSION.format(number=shown.version.number))
    if not shown.text:
        concern = note.kind is NoteKind.CONCERN
        told.append(strings.NO_CONCERN_TEXT if concern else strings.NO_SUGGESTION_TEXT)
    return told


def _turning(verb: str, ids: Sequence[str], at: int) -> list[Button]:
    before = [Button(strings.BACK, to(verb, ids[at - 1]))] if at else []
    after = [] if at + 1 == len(ids) else [Button(strings.NEXT, to(verb, ids[at + 1]))]
    return [*before, *after]
