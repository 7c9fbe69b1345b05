"""The cards of a plan. Its owner's words stand in a container of their own, as they typed them."""

from collections.abc import Sequence

from bot.guidance.model import Form as Written
from bot.guidance.texts import Steps
from bot.plans.model import State, Words
from bot.plans.service import Shown
from bot.ui import when
from bot.ui.look import Button, Card, Choice, Option, Row, Said, Tone, pages
from bot.ui.route import to
from cogs.plan import words

OTHER = "other"
"""The step that is in one's own words."""
OPEN_END = "…"
"""A step whose label ends so is finished by whoever picks it."""
_ROOM = 2700
"""Twice the three fields' longest together: escaped, they still fit one card."""


def plan(form: Written, shown: Shown) -> Card:
    """Where it stands, with what can be done."""
    match shown.plan.state:
        case State.WANTS_DAY:
            return _wants_day(form, shown)
        case State.SET:
            return _set(form, shown)
        case State.ASKED:
            return _how(shown)
        case State.KEEPING:
            return did(shown)
        case State.STILL:
            return _still(shown)
        case State.ENDED:
            return _ended(words.ENDED_TITLE, words.ENDED, shown)


def later(form: Written, shown: Shown) -> Card:
    """After `Not yet`: another day."""
    if shown.plan.state is not State.ASKED:
        return plan(form, shown)
    row = [
        _button(words.EDIT, "plans.edit", shown),
        _button(words.CHANGED_MY_MIND, "plans.end", shown, "changed"),
    ]
    return Card(
        words.LATER_TITLE,
        words.LATER,
        said=_said(shown.words),
        rows=(_days(form, shown, words.CHOOSE_DAY), row),
    )


def did(shown: Shown) -> Card:
    """They did it: what is different, and when they are asked again."""
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [_button(words.STOP, "plans.end", shown, "stop"), _contact()]
    return Card(
        words.DID_TITLE,
        said=_said(shown.words),
        after=words.DID.format(at=at),
        rows=(row,),
        small=words.KEPT.format(button=words.STOP),
    )


def still_doing_it(shown: Shown) -> Card:
    """After `Still doing it`."""
    if shown.plan.ended:
        return Card(words.LAST_TITLE, words.LAST)
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [_button(words.STOP, "plans.end", shown, "stop")]
    return Card(words.KEEPING_TITLE, words.KEEPING.format(at=at), rows=(row,))


def changed(shown: Shown) -> Card:
    return _ended(words.CHANGED_TITLE, words.CHANGED, shown)


def stopped() -> Card:
    return Card(words.STOPPED_TITLE, words.STOPPED)


def not_kept(shown: Shown, typed: Sequence[tuple[str, str]]) -> Card:
    """A form that came too late: what was typed is given back."""
    said = [spoken for page in pages(typed, _ROOM) for spoken in page]
    if shown.plan.ended:
        card = _ended(words.ENDED_TITLE, words.ENDED_TYPED, shown)
        return Card(card.title, card.text, said=said, rows=card.rows)
    row = [_button(words.PLAN, "plans.show", shown)]
    return Card(words.STANDS_TITLE, words.STANDS, said=said, rows=(row,))


def steps(texts: Steps, source: str) -> Card:
    """After a talk: a fixed list, followed like a plan."""
    options = [Option(choice.label, choice.key) for choice in texts.choices]
    choice = Choice(texts.card.title, to("plans.step", source), options)
    return Card(texts.card.title, texts.card.body, rows=(choice, [_contact()]))


def unwritten(source: str) -> Card:
    return Card(
        words.UNWRITTEN_TITLE, words.UNWRITTEN, rows=([Button(words.PLAN, to("plans.open", source))],)
    )


def waits(shown: Shown) -> str | None:
    """The plan in one line, for the list of what waits; None where a line of it is listed already."""
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    match shown.plan.state:
        case State.WANTS_DAY:
            return words.IN_WANTS_DAY
        case State.SET:
            return words.IN_SET.format(at=at)
        case State.KEEPING:
            return words.IN_KEEPING.format(at=at)
        case _:
            return None


def _wants_day(form: Written, shown: Shown) -> Card:
    until = "" if shown.plan.goes_at is None else when.moment(shown.plan.goes_at)
    row = [
        _button(words.EDIT, "plans.edit", shown),
        _button(words.CHANGED_MY_MIND, "plans.end", shown, "changed"),
    ]
    return Card(
        words.TITLE,
        said=_said(shown.words),
        after=words.WHICH_DAY,
        rows=(_days(form, shown, words.CHOOSE_DAY), row),
        small=_small(words.WHICH_DAY_SMALL.format(until=until), shown),
    )


def _set(form: Written, shown: Shown) -> Card:
    at = "" if shown.next_at is None else when.moment(shown.next_at)
    row = [
        _button(words.I_DID_IT, "plans.did", shown),
        _button(words.EDIT, "plans.edit", shown),
        _button(words.CHANGED_MY_MIND, "plans.end", shown, "changed"),
        _contact(),
    ]
    return Card(
        words.TITLE,
        said=_said(shown.words),
        after=words.SET.format(at=at),
        rows=(_days(form, shown, words.ANOTHER_DAY), row),
        small=_small(words.KEPT.format(button=words.CHANGED_MY_MIND), shown),
    )


def _how(shown: Shown) -> Card:
    until = "" if shown.plan.goes_at is None else when.day(shown.plan.goes_at)
    row = [
        _button(words.I_DID_IT, "plans.did", shown),
        _button(words.NOT_YET, "plans.not_yet", shown),
        _button(words.CHANGED_MY_MIND, "plans.end", shown, "changed"),
        _contact(),
    ]
    small = words.HOW_SMALL.format(until=until)
    return Card(words.HOW_TITLE, words.HOW, said=_said(shown.words), rows=(row,), small=small)


def _still(shown: Shown) -> Card:
    row = [
        _button(words.STILL_DOING_IT, "plans.still", shown),
        Button(words.AGAIN, to("asks.check", shown.plan.source)),
        _button(words.STOP, "plans.end", shown, "stop"),
    ]
    small = words.STILL_LAST if shown.next_at is None else words.KEPT.format(button=words.STOP)
    return Card(words.STILL_TITLE, words.STILL, said=_said(shown.words), rows=(row,), small=small)


def _ended(title: str, text: str, shown: Shown) -> Card:
    another = Button(words.ANOTHER, to("plans.open", shown.plan.source))
    return Card(title, text, rows=([another, _contact()],))


def _said(spoken: Words) -> list[Said]:
    found = [
        (words.PLAN, spoken.action),
        (words.DIFFERENT, spoken.different),
        (words.STAY_AWAY, spoken.stay_away),
    ]
    return [one for page in pages(found, _ROOM) for one in page]


def _days(form: Written, shown: Shown, prompt: str) -> Row:
    options = [Option(choice.label, choice.key) for choice in form.field("day").choices]
    return Choice(prompt, to("plans.day", shown.plan.id), options)


def _small(text: str, shown: Shown) -> str:
    return text if shown.zoned else f"{text}\n{words.NO_ZONE}"


def _button(label: str, verb: str, shown: Shown, word: str = "") -> Button:
    tone = Tone.CHIEF if label in (words.I_DID_IT, words.STILL_DOING_IT) else Tone.QUIET
    return Button(label, to(verb, shown.plan.id, word), tone)


def _contact() -> Button:
    return Button(words.CONTACT, to("contact.open"))
