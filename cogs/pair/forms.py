"""The forms of a pair. Their wording is in `data/forms/`."""

from msgspec.structs import replace

from bot.content.library import Library
from bot.content.models import FormName
from bot.pairs.queries import CheckInView, PairDraft
from bot.ui.custom_id import to
from bot.ui.form import Form, filled
from cogs.pair.check import cards


def pair(library: Library, drafted: PairDraft, about: str) -> Form:
    """Return the form for somebody's own part. `about` says what they chose their aim to be about."""
    so_far, id = drafted.words, drafted.pair.id
    values = {"aim": so_far.aim, "signs": so_far.signs, "words": so_far.words, "zone": so_far.zone}
    return filled(library.form(FormName.PAIR), to("pairs.write", id, about), values)


def note(library: Library, shown: CheckInView) -> Form:
    """Return the form for a note, with the question to think about above its field."""
    id, values = shown.check_in.id, {"note": shown.note}
    form = filled(library.form(FormName.NOTE), to("pairs.noted", id), values)
    return replace(form, above=f"{form.above}\n\n{cards.question(library, shown.check_in)}")
