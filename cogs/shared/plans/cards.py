"""The cards of a plan. Its owner's words are in a container of their own, as they were typed."""

from bot.content.models import FormText as Written
from bot.content.texts import NextSteps
from bot.plans.models import PlanState
from bot.plans.service import PlanView
from bot.ui import when
from bot.ui.components import Button, Card, Choice, Option, Row
from bot.ui.custom_id import to
from cogs.shared.plans import after, strings
from cogs.shared.plans.parts import button, contact, ended, said, what_ill_do

OTHER = "other"
"""The key of the step that a person writes in their own words."""
OPEN_END = "…"
"""The end of the label of a step that a person has to finish themselves."""


def plan(form: Written, shown: PlanView) -> Card:
    """Show the state of a plan, and what can be done with it."""
    match shown.plan.state:
        case PlanState.WANTS_DAY:
            return _wants_day(form, shown)
        case PlanState.SET:
            return _set(form, shown)
        case PlanState.ASKED:
            return _how(shown)
        case PlanState.KEEPING:
            return after.did(shown)
        case PlanState.STILL:
            return _still(shown)
        case PlanState.ENDED:
            return ended(strings.ENDED_TITLE, strings.ENDED, shown)


def later(form: Written, shown: PlanView) -> Card:
    """After `Not yet`: let them choose another day."""
    if shown.plan.state is not PlanState.ASKED:
        return plan(form, shown)
    row = [
        button(strings.EDIT, "plans.edit", shown),
        button(strings.CHANGED_MY_MIND, "plans.end", shown, "changed"),
    ]
    return Card(
        strings.LATER_TITLE,
        strings.LATER,
        said=said(shown.words),
        rows=(_days(form, shown, strings.CHOOSE_DAY), row),
    )


def steps(texts: NextSteps, source: str) -> Card:
    """Show the list of next steps after a talk. A chosen step becomes a plan."""
    options = [Option(choice.label, choice.key) for choice in texts.choices]
    choice = Choice(texts.card.title, to("plans.step", source), options)
    return Card(texts.card.title, texts.card.body, rows=(choice, [contact()]))


def unwritten(source: str) -> Card:
    write = Button(strings.PLAN, to("plans.open", source)) if source else what_ill_do()
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=([write],))


def to_write_again(plan: str) -> Card:
    """Say that the field about what is different now is blank."""
    row = [Button(strings.I_DID_IT, to("plans.did", plan))]
    return Card(strings.UNWRITTEN_TITLE, strings.DIFFERENT_UNWRITTEN, rows=(row,))


def waits(shown: PlanView) -> str | None:
    """Return the entry of a plan in `/inbox`; None if a message about the plan is listed already."""
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    match shown.plan.state:
        case PlanState.WANTS_DAY:
            return strings.IN_WANTS_DAY
        case PlanState.SET:
            return strings.IN_SET.format(at=at)
        case PlanState.KEEPING:
            return strings.IN_KEEPING.format(at=at)
        case _:
            return None


def _wants_day(form: Written, shown: PlanView) -> Card:
    until = "" if shown.plan.goes_at is None else when.moment(shown.plan.goes_at)
    row = [
        button(strings.EDIT, "plans.edit", shown),
        button(strings.CHANGED_MY_MIND, "plans.end", shown, "changed"),
    ]
    return Card(
        strings.TITLE,
        said=said(shown.words),
        after=strings.WHICH_DAY,
        rows=(_days(form, shown, strings.CHOOSE_DAY), row),
        small=_small(strings.WHICH_DAY_SMALL.format(until=until), shown),
    )


def _set(form: Written, shown: PlanView) -> Card:
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [
        button(strings.I_DID_IT, "plans.did", shown),
        button(strings.EDIT, "plans.edit", shown),
        button(strings.CHANGED_MY_MIND, "plans.end", shown, "changed"),
        contact(),
    ]
    return Card(
        strings.TITLE,
        said=said(shown.words),
        after=strings.SET.format(at=at),
        rows=(_days(form, shown, strings.ANOTHER_DAY), row),
        small=_small(strings.KEPT.format(button=strings.CHANGED_MY_MIND), shown),
    )


def _how(shown: PlanView) -> Card:
    until = "" if shown.plan.goes_at is None else when.day(shown.plan.goes_at)
    row = [
        button(strings.I_DID_IT, "plans.did", shown),
        button(strings.NOT_YET, "plans.not_yet", shown),
        button(strings.DONE, "plans.end", shown, "done"),
        button(strings.CHANGED_MY_MIND, "plans.end", shown, "changed"),
        contact(),
    ]
    small = strings.HOW_SMALL.format(until=until)
    return Card(strings.HOW_TITLE, strings.HOW, said=said(shown.words), rows=(row,), small=small)


def _still(shown: PlanView) -> Card:
    row = [
        button(strings.STILL_DOING_IT, "plans.still", shown),
        button(strings.AGAIN, "plans.again", shown),
        button(strings.STOP, "plans.end", shown, "stop"),
    ]
    small = strings.STILL_LAST if shown.next_at is None else strings.KEPT.format(button=strings.STOP)
    return Card(strings.STILL_TITLE, strings.STILL, said=said(shown.words), rows=(row,), small=small)


def _days(form: Written, shown: PlanView, prompt: str) -> Row:
    options = [Option(choice.label, choice.key) for choice in form.field("day").choices]
    return Choice(prompt, to("plans.day", shown.plan.id), options)


def _small(text: str, shown: PlanView) -> str:
    return text if shown.zoned else f"{text}\n{strings.NO_ZONE}"
