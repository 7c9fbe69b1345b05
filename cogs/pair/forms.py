"""The forms of a pair. Their wording is in `data/forms/`."""

from bot.content.library import Library
from bot.content.models import FormName
from bot.pairs.models import PairText
from bot.ui.custom_id import to
from bot.ui.form import Form, filled


def pair(library: Library, id: str, so_far: PairText) -> Form:
    values = {"aim": so_far.aim, "signs": so_far.signs, "words": so_far.words, "zone": so_far.zone}
    return filled(library.form(FormName.PAIR), to("pairs.write", id), values)


def note(library: Library, id: str, so_far: str) -> Form:
    return filled(library.form(FormName.NOTE), to("pairs.noted", id), {"note": so_far})
