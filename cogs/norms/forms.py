"""The forms in which members write to those who run the server: their wording is in `data/forms/`."""

from bot.content.library import Library
from bot.content.models import FormName
from bot.norms.note import NoteKind
from bot.norms.queries import Letter
from bot.ui.custom_id import to
from bot.ui.form import Form, filled

TEXT = "text"
_FORMS = {NoteKind.CONCERN: FormName.CONCERN, NoteKind.SUGGESTION: FormName.SUGGESTION}


def write(library: Library, letter: Letter) -> Form:
    """With what they wrote so far in it."""
    note = letter.note
    return filled(library.form(_FORMS[note.kind]), to("norms.written", note.id), {TEXT: letter.text})
