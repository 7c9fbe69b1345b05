"""The refusals of this slice."""

from bot.errors import Refusal


class AskClosed(Refusal):
    """The ask has closed or is paused, so nothing can be added to it."""


class TooManyOpen(Refusal):
    """The person has as many open asks as are allowed. The draft is kept."""


class PickAgain(Refusal):
    """Nothing was sent, and the people must be picked again.

    ask: the id of the ask. draft: whether it is still a draft.
    """

    def __init__(self, ask: str, *, draft: bool) -> None:
        super().__init__(ask)
        self.ask = ask
        self.draft = draft


class NobodyChosen(PickAgain):
    """Nobody was picked, or more people than are allowed."""


class CannotBeAsked(PickAgain):
    """Somebody who was picked can no longer be asked. The others stay picked."""


class AskUnwritten(Refusal):
    """A required field is blank."""


class NoMoreTime(Refusal):
    """The wait has been extended as often as is allowed."""


class NobodyLeft(Refusal):
    """Everyone who was asked has replied, so more time would not help."""
