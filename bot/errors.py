"""Refusals: why something did not happen, by name. The sentence for each is a cog's."""


class Refusal(Exception):
    """Something that a person asked for and that the rules do not allow; carries no text."""


class NotYours(Refusal):
    """There is no such thing, or it is not theirs: the two are never told apart."""


class AlreadyDone(Refusal):
    """A move whose row has already moved on: a second press finds it done."""


class TooMany(Refusal):
    """A limit is reached."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit
