"""The forms of `/path`. Their wording is in `data/forms/`, and each says that it isn't for what happened."""

from msgspec.structs import replace

from bot.content.models import FormText as Written
from bot.ui.custom_id import to
from bot.ui.form import Form, filled

MEETING = "met"
"""The word of a form that was opened while somebody says how their commitments held."""


def commitment(form: Written, path: str, kind: str, example: str) -> Form:
    """Return the form for a new sentence, with an example below its field."""
    return _with(filled(form, to("paths.write", path, kind), {}), example)


def rewriting(form: Written, id: str, text: str, word: str = "") -> Form:
    """Return the form that changes a sentence."""
    return filled(form, to("paths.rewrite", id, word), {"commitment": text})


def request(form: Written, path: str, kind: str) -> Form:
    return filled(form, to("paths.enter", path, kind), {})


def zone(form: Written, path: str, typed: str = "") -> Form:
    return filled(form, to("paths.settle", path), {"zone": typed})


def _with(form: Form, example: str) -> Form:
    if not example:
        return form
    return replace(form, fields=[replace(form.fields[0], description=example)])
