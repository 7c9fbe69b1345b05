"""The forms in which a norm is written. Their wording is in `data/forms/`."""

from collections.abc import Mapping

from bot.content.library import Library
from bot.content.models import FormName
from bot.norms.drafts import mark
from bot.norms.models import SENTENCE, TITLE, Norm, fresh_key
from bot.ui.custom_id import to
from bot.ui.form import Form, filled


def norm(library: Library, one: Norm | None) -> Form:
    """Return the form for an existing norm or a new one.

    It holds the norm's key, so that sending it twice writes one norm.
    """
    if one is None:
        return filled(library.form(FormName.NORM), to("manage.wrote", fresh_key()), {})
    values = {"title": one.title, "norm": one.norm, "why": one.why, "kept": one.kept}
    return filled(library.form(FormName.NORM), to("manage.wrote", one.key, mark([one])), values)


def question(library: Library, one: Norm) -> Form:
    leads = to("manage.asked", one.key, mark([one]))
    return filled(library.form(FormName.QUESTION), leads, {"question": one.question})


def parts(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, as the parts of a norm. A blank title becomes the beginning of the norm."""
    said = {key: typed.get(key, "").strip() for key in ("title", "norm", "why", "kept")}
    lead = next((text for text in said.values() if text), "")
    norm = said["norm"] or lead[:SENTENCE]
    return {**said, "norm": norm, "title": said["title"] or norm[:TITLE]}
