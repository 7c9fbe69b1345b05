"""Why something about an ask did not happen, by name."""

from bot.errors import Refusal


class AskClosed(Refusal):
    """This ask takes nothing more: it has closed, or it is paused."""


class TooManyOpen(Refusal):
    """As many asks are open as one person can have; the draft stays."""


class PickAgain(Refusal):
    """Whom to ask has to be looked at again; nothing was sent, and the list is one press away."""

    def __init__(self, ask: str, *, draft: bool) -> None:
        super().__init__(ask)
        self.ask = ask
        self.draft = draft


class NobodyChosen(PickAgain):
    """Nobody was picked, or more than there is room for."""


class CannotBeAsked(PickAgain):
    """Somebody who was picked can no longer be asked; the others stay picked."""


class AskUnwritten(Refusal):
    """A field that must hold something holds only blanks."""


class NoMoreTime(Refusal):
    """The wait has been made longer as often as it can be."""


class NobodyLeft(Refusal):
    """Everyone who was asked has replied: more time would bring nothing."""
