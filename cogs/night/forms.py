"""The forms of `/night`. Their wording is in `data/forms/`."""

from msgspec.structs import asdict

from bot.content.models import FormText as Written
from bot.nights.models import NightCard
from bot.ui.custom_id import to
from bot.ui.form import Form, filled


def card(form: Written, member: str, written: NightCard) -> Form:
    return filled(form, to("nights.write", member), asdict(written))


def zone(form: Written, begins: str, typed: str) -> Form:
    """Return the form for a time zone. `begins`: when an event begins before which they plan, if it's one."""
    return filled(form, to("nights.settle", "", begins if begins.isdecimal() else ""), {"zone": typed})
