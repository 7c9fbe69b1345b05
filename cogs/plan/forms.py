"""The two forms of a plan. Their wording is in `data/forms/`."""

from bot.content.models import FormText as Written
from bot.plans.models import PlanText
from bot.ui.custom_id import to
from bot.ui.form import Field, Form

AGAIN = "again"
"""The word of a form that was opened from a card. That card is then replaced, and no new one is added."""


def action(form: Written, source: str, text: str = "", *, again: bool = False) -> Form:
    """Return the form for what they will do. The day is chosen on the next card."""
    leads = to("plans.write", source, AGAIN if again else "")
    return Form(leads, form.title, form.above, [_field(form, "action", text)])


def begin(form: Written) -> Form:
    """Return the same form for a plan that is made from nothing else."""
    return Form(to("plans.begin"), form.title, form.above, [_field(form, "action", "")])


def different(form: Written, id: str, words: PlanText) -> Form:
    """Return the form that `I did it` opens."""
    fields = [_field(form, "different", words.different), _field(form, "stay_away", words.stay_away)]
    return Form(to("plans.done", id), form.title, form.above, fields)


def _field(form: Written, key: str, text: str) -> Field:
    field = form.field(key)
    return Field(field.key, field.label, field.most, field.description, field.required, value=text)
