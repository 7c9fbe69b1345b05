"""Why something about norms is refused."""

from bot.errors import NotYours, Refusal


class NoNorms(Refusal):
    """The draft has no norms."""


class NothingChanged(Refusal):
    """The draft is the same as what is in force or proposed."""


class NoChannel(Refusal):
    """No channel for norms has been chosen."""


class NormUnwritten(Refusal):
    """The norm has no words. `key` is that of a norm in the draft, or empty."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NormGone(NotYours):
    """The norm isn't in the draft. Another moderator may have taken it out meanwhile."""


class OverTaken(Refusal):
    """Somebody else has changed the draft meanwhile, so its current state must be shown first."""


class StandsNoMore(Refusal):
    """This version can no longer be answered: it was replaced, withdrawn or not agreed on."""


class NotWritten(Refusal):
    """The note has no text."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class NobodyReads(Refusal):
    """No moderator is left who would read it."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note
