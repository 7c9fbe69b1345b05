"""The refusals that all slices share. The cogs have the sentence for each."""


class Refusal(Exception):
    """A person asked for something that the rules don't allow. A refusal carries no text."""


class NotYours(Refusal):
    """There is no such thing, or it is not theirs. Which of the two is not revealed."""


class AlreadyDone(Refusal):
    """The row has changed since it was read, or what was asked for is done already."""


DRAFTS_AT_MOST = 10
"""How many drafts of one sort a person can have."""


class TooMany(Refusal):
    """A limit has been reached."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooManyDrafts(TooMany):
    """They have as many unsent drafts with text as are kept. What they typed now is shown to them."""

    def __init__(self) -> None:
        super().__init__(DRAFTS_AT_MOST)
