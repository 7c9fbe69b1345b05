"""What the cards of a plan have in common."""

from collections.abc import Sequence

from bot.plans.models import PlanText
from bot.plans.service import PlanView
from bot.ui.components import Button, Card, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.shared.plans import strings

_ROOM = 2700
"""Twice the length of the three longest texts together, so that they fit one card even after escaping."""


def said(spoken: PlanText) -> list[Said]:
    found = [
        (strings.PLAN, spoken.action),
        (strings.DIFFERENT, spoken.different),
        (strings.STAY_AWAY, spoken.stay_away),
    ]
    return told(found)


def told(spoken: Sequence[tuple[str, str]]) -> list[Said]:
    """Return each text under its heading, all for the same card."""
    return [one for page in pages(spoken, _ROOM) for one in page]


def what_ill_do(tone: Tone = Tone.QUIET) -> Button:
    """Return the button that starts a plan from any card. The form opens over the card, which stays."""
    return Button(strings.PLAN, to("plans.start"), tone)


def my_plans() -> Button:
    """Return the button that shows somebody's list of plans."""
    return Button(strings.MY_PLANS, to("plans.list"))


def ended(title: str, text: str, shown: PlanView) -> Card:
    another = Button(strings.ANOTHER, to("plans.open", shown.plan.source))
    return Card(title, text, rows=([another, my_plans(), contact()],))


def button(label: str, verb: str, shown: PlanView, word: str = "") -> Button:
    tone = Tone.CHIEF if label in (strings.I_DID_IT, strings.STILL_DOING_IT) else Tone.QUIET
    return Button(label, to(verb, shown.plan.id, word), tone)


def contact() -> Button:
    return Button(strings.CONTACT, to("contact.open"))
