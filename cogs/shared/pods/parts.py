"""What other cards show of pods."""

from bot.ui.components import Button, Tone
from bot.ui.custom_id import to
from cogs.shared.pods import strings


def set_up_pod(tone: Tone = Tone.QUIET) -> Button:
    """Return the button that shows somebody their pod on a new card, from any card or message."""
    return Button(strings.SET_UP, to("pods.setup"), tone)
