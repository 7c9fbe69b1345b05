"""Where a button or a form leads: `v1:<slice>.<verb>:<argument>[.<word>]`."""

from dataclasses import dataclass

_VERSION = "v1"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class CustomId:
    """`verb` is `slice.verb`; `argument` a random id or a closed state; `word` one of a closed list."""

    verb: str
    argument: str = ""
    word: str = ""

    @property
    def text(self) -> str:
        """As Discord keeps it. Raises ValueError for one of over 100 characters."""
        written = f"{_VERSION}:{self.verb}:{self.argument}" + (f".{self.word}" if self.word else "")
        if len(written) > _LONGEST:
            raise ValueError(f"a custom_id of {len(written)} characters: {self.verb}")
        return written

    @classmethod
    def read(cls, custom_id: str) -> "CustomId | None":
        """A custom_id taken apart; None for one that is not ours."""
        version, _, rest = custom_id.partition(":")
        verb, colon, state = rest.partition(":")
        if version != _VERSION or not colon or "." not in verb:
            return None
        argument, _, word = state.partition(".")
        return cls(verb, argument, word)


def to(verb: str, argument: str = "", word: str = "") -> str:
    """The custom_id that leads there."""
    return CustomId(verb, argument, word).text
