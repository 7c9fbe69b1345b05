"""What somebody can do by themselves where friends can't be asked: every refusal offers it."""

from bot.asks.models import AskKind
from bot.ids import ServerId
from bot.ui.components import Button, Tone
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.shared.plans.parts import what_ill_do


def think(tone: Tone = Tone.QUIET) -> Button:
    return Button(strings.THINK, to("think.open"), tone)


def check_on_them() -> Button:
    return Button(strings.CHECK_ON_THEM, to("contact.open"))


def what_to_say(country: str = "") -> Button:
    """Return the button to `/told`. Without a country, that of the current server counts."""
    return Button(strings.WHAT_TO_SAY, to("told.open", country))


def set_up_pod(server: ServerId) -> Button:
    return Button(strings.SET_UP_POD, to("pods.invite", str(server)))


def about_them(kind: AskKind | None, country: str = "") -> list[Button]:
    """Return the button about the other person. Only for somebody who may have hurt them is it a question."""
    if kind is AskKind.NAMED:
        return [what_to_say(country)]
    return [] if kind is AskKind.SAW else [check_on_them()]


def by_themselves(kind: AskKind | None, country: str = "", *, plan: bool = True) -> list[Button]:
    """Return what the asker can do alone. The four questions begin with what they did themselves.

    plan: whether `What I'll do` is among it, because the card has no other.
    """
    of_others = kind is not None and kind.of_others
    questions = [] if of_others else [think()]
    return [*questions, *([what_ill_do()] if plan else []), *about_them(kind, country)]


def alone(server: ServerId, kind: AskKind | None = None) -> list[Button]:
    """Return what can be done with nobody to ask. `Support` stands beside it, as on every card."""
    return [*by_themselves(kind), set_up_pod(server)]
