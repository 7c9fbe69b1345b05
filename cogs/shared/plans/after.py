"""The cards after an answer to the question about a plan."""

from collections.abc import Sequence

from bot.plans.service import PlanView
from bot.ui import when
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.shared.plans import strings
from cogs.shared.plans.parts import button, contact, ended, my_plans, said, told, what_ill_do


def did(shown: PlanView) -> Card:
    """Show that they did it, what is different now, and when they are asked again."""
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    together = Button(strings.TOGETHER, to("pairs.new", shown.plan.id))
    row = [together, button(strings.STOP, "plans.end", shown, "stop"), contact()]
    return Card(
        strings.DID_TITLE,
        said=said(shown.words),
        after=strings.DID.format(at=at),
        rows=(row,),
        small=strings.KEPT.format(button=strings.STOP),
    )


def still_doing_it(shown: PlanView) -> Card:
    """Answer `Still doing it`: say when they are asked again, or that this was the last question."""
    if shown.plan.ended:
        return Card(strings.LAST_TITLE, strings.LAST)
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [button(strings.STOP, "plans.end", shown, "stop")]
    return Card(strings.KEEPING_TITLE, strings.KEEPING.format(at=at), rows=(row,))


def again(shown: PlanView) -> Card:
    """Say what comes first when it happened again, and where to go on.

    `Ask my pod` leads to the checklist of `/ask`. A plan made from nothing else has no server for it.
    """
    think = Button(strings.THINK, to("think.open"))
    ask = [] if shown.plan.own else [Button(strings.ASK_MY_POD, to("asks.check", shown.plan.source))]
    row = [think, what_ill_do(), contact(), *ask]
    return Card(strings.AGAIN_TITLE, strings.AGAIN_TEXT, rows=(row,))


def changed(shown: PlanView) -> Card:
    return ended(strings.CHANGED_TITLE, strings.CHANGED, shown)


def done() -> Card:
    return Card(strings.DONE_TITLE, strings.DONE_TEXT, rows=([my_plans()],))


def stopped() -> Card:
    return Card(strings.STOPPED_TITLE, strings.STOPPED, rows=([my_plans()],))


def not_kept(shown: PlanView, typed: Sequence[tuple[str, str]]) -> Card:
    """Show what was typed into a form that was sent too late, because it was not stored."""
    if shown.plan.ended:
        card = ended(strings.ENDED_TITLE, strings.ENDED_TYPED, shown)
        return Card(card.title, card.text, said=told(typed), rows=card.rows)
    row = [button(strings.PLAN, "plans.show", shown)]
    return Card(strings.STANDS_TITLE, strings.STANDS, said=told(typed), rows=(row,))
