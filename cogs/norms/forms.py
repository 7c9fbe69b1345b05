"""The forms in which members write to moderators. Their wording is in `data/forms/`."""

from bot.content.library import Library
from bot.content.models import FormName
from bot.norms.note import NoteKind
from bot.norms.queries import Letter
from bot.ui.custom_id import to
from bot.ui.form import Form, filled

TEXT = "text"
_FORMS = {NoteKind.CONCERN: FormName.CONCERN, NoteKind.SUGGESTION: FormName.SUGGESTION}


def write(library: Library, letter: Letter) -> Form:
    """Return the form for a note, filled in with what they have written so far."""
    note = letter.note
    return filled(library.form(_FORMS[note.kind]), to("norms.written", note.id), {TEXT: letter.text})
