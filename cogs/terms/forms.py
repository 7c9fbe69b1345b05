"""The form of `/terms`. Its wording is in `data/forms/`."""

from bot.content.models import FormText as Written
from bot.terms.models import Want
from bot.ui.custom_id import to
from bot.ui.form import Form, filled
from cogs.terms.wording import letters

FIELD = "want"


def write(form: Written, wants: tuple[Want, ...], words: str = "") -> Form:
    """Return the form for words that are kept nowhere yet."""
    return filled(form, to("terms.wrote", letters(wants)), {FIELD: words})


def rewrite(form: Written, wants: tuple[Want, ...], words: str) -> Form:
    """Return the same form for words that they keep."""
    return filled(form, to("terms.rewrote", letters(wants)), {FIELD: words})
