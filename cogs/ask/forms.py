"""The forms of `/ask`. Their wording is in `data/forms/`."""

from bot.asks.answering import Invited
from bot.asks.models import Answer, Ask, AskKind, AskText
from bot.content.library import Library
from bot.content.models import FormName
from bot.ui.custom_id import to
from bot.ui.form import Form, filled


def write(library: Library, ask: Ask, kind: AskKind, words: AskText, message: str) -> Form:
    """Return the form with the three fields of an ask.

    The first field holds the message that the ask began with.
    """
    text = library.form(kind)
    first = text.field("what").most
    # The person who was hurt decides who hears of it, so a form about a friend doesn't hold the message.
    begun = message if len(message) <= first and kind is not AskKind.NAMED else ""
    values = {"what": words.what or begun, "felt": words.felt, "asking": words.asking}
    leads = to("asks.rewrite" if ask.written else "asks.write", ask.id, kind)
    return filled(text, leads, values)


def answer(library: Library, invited: Invited, so_far: Answer) -> Form:
    """Return the form for an answer.

    Only where somebody else did something may the next step involve the person whom it hurt.
    """
    of_others = invited.ask.kind is not None and invited.ask.kind.of_others
    name = FormName.ANSWER_OTHERS if of_others else FormName.ANSWER
    values = {
        "impact": so_far.impact,
        "step": so_far.step,
        "missing": so_far.missing,
        "offer": so_far.offer,
    }
    return filled(library.form(name), to("asks.answered", invited.asking.id), values)
