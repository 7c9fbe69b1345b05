"""The cards for notes that were sent to this moderator, one note on each page."""

from collections.abc import Sequence

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


def nothing() -> Card:
    return Card(strings.NOTHING_WAITS_TITLE, strings.NOTHING_WAITS, rows=([back()],))


def letter(all_of_them: Sequence[Letter], at: int, number: str) -> Card:
    """Show the note at index `at`. If its text needs several cards, `More` shows the next part."""
    shown = all_of_them[at]
    id, concern = shown.note.id, shown.note.kind is NoteKind.CONCERN
    found = pages([(strings.THEIR_WORDS, shown.text)])
    page = at_page(found, number)
    more = [Button(strings.MORE, to("manage.waiting", id, str((page + 1) % len(found))))]
    title = strings.CONCERN_TITLE if concern else strings.SUGGESTION_TITLE
    return Card(
        title.format(number=at + 1, count=len(all_of_them)),
        " ".join(_about(shown)),
        said=found[page],
        rows=(
            [Button(strings.DONE, to("manage.done", id), Tone.CHIEF), *(more if len(found) > 1 else [])],
            [*_turning(all_of_them, at), back()],
        ),
        small=strings.WAITING_SMALL,
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


def _turning(all_of_them: Sequence[Letter], at: int) -> list[Button]:
    before = [Button(strings.BACK, to("manage.waiting", all_of_them[at - 1].note.id))] if at else []
    last = at + 1 == len(all_of_them)
    after = [] if last else [Button(strings.NEXT, to("manage.waiting", all_of_them[at + 1].note.id))]
    return [*before, *after]
