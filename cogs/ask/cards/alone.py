"""What somebody can do by themselves where friends can't be asked: every refusal offers it."""

from bot.ids import ServerId
from bot.ui.components import Button, Tone
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.shared.plans.parts import what_ill_do


def think(tone: Tone = Tone.QUIET) -> Button:
    return Button(strings.THINK, to("think.open"), tone)


def check_on_them() -> Button:
    return Button(strings.CHECK_ON_THEM, to("contact.open"))


def set_up_pod(server: ServerId) -> Button:
    return Button(strings.SET_UP_POD, to("pods.invite", str(server)))


def alone(server: ServerId) -> list[Button]:
    """Return what can be done with nobody to ask. `Support` stands beside it, as on every card."""
    return [think(), what_ill_do(), check_on_them(), set_up_pod(server)]
