"""The two forms of a plan, from `data/forms/`."""

from bot.content.models import FormText as Written
from bot.plans.models import PlanText
from bot.ui.custom_id import to
from bot.ui.form import Field, Form

AGAIN = "again"
"""On the form of a plan that is there already: its card is changed, and no other is added."""


def action(form: Written, source: str, text: str = "", *, again: bool = False) -> Form:
    """What they will do; its day is chosen on the card that follows."""
    leads = to("plans.write", source, AGAIN if again else "")
    return Form(leads, form.title, form.above, [_field(form, "action", text)])


def different(form: Written, id: str, words: PlanText) -> Form:
    """Behind `I did it`."""
    fields = [_field(form, "different", words.different), _field(form, "stay_away", words.stay_away)]
    return Form(to("plans.done", id), form.title, form.above, fields)


def _field(form: Written, key: str, text: str) -> Field:
    field = form.field(key)
    return Field(field.key, field.label, field.most, field.description, field.required, value=text)
