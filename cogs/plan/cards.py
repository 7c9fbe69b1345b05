"""The cards of `/plan`: the list of somebody's plans, and what it says when a plan can't be made."""

from collections.abc import Sequence

from bot.plans.models import PlanState
from bot.plans.service import PlanView
from bot.text import one_line
from bot.ui import plain, when
from bot.ui.components import Beside, Button, Card, Row, Tone
from bot.ui.custom_id import to
from cogs.plan import strings
from cogs.shared.plans.parts import my_plans, what_ill_do

ON_A_PAGE = 5
_SHORT = 80
"""How many characters of a plan the list shows."""


def listed(plans: Sequence[PlanView], page: int) -> Card:
    """Show five plans on a page, each with its `Open`. If `page` no longer exists, show the last one."""
    if not plans:
        return Card(strings.TITLE, strings.NONE_YET, rows=((what_ill_do(Tone.CHIEF),),), small=strings.SMALL)
    page = min(page, (len(plans) - 1) // ON_A_PAGE)
    here = plans[page * ON_A_PAGE :][:ON_A_PAGE]
    rows: list[Row] = [
        Beside(_line(shown), Button(strings.OPEN, to("plans.show", shown.plan.id))) for shown in here
    ]
    rows.append((what_ill_do(), *_turn(len(plans), page)))
    return Card(strings.TITLE, rows=rows, small=strings.SMALL)


def too_many(limit: int) -> Card:
    return Card(strings.TOO_MANY_TITLE.format(limit=limit), strings.TOO_MANY, rows=((my_plans(),),))


def _line(shown: PlanView) -> str:
    at = "" if shown.next_at is None else when.day(shown.next_at)
    sentence = {
        PlanState.WANTS_DAY: strings.WANTS_DAY,
        PlanState.SET: strings.SET,
        PlanState.KEEPING: strings.KEEPING,
    }.get(shown.plan.state, strings.ASKED)
    text = plain.escaped(one_line(shown.words.action, _SHORT))
    return f"**{text}**\n{sentence.format(at=at)}"


def _turn(count: int, page: int) -> Sequence[Button]:
    back = [Button(strings.BACK, to("plans.list", str(page - 1)))] if page else []
    ahead = (page + 1) * ON_A_PAGE < count
    return (*back, *([Button(strings.NEXT, to("plans.list", str(page + 1)))] if ahead else []))
