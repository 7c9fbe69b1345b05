"""The custom_ids of components and forms: `v1:<slice>.<verb>:<argument>[.<word>]`."""

from msgspec import Struct

_VERSION = "v1"
_LONGEST = 100


class CustomId(Struct, frozen=True):
    """A custom_id in its parts.

    verb: `slice.verb`. argument: a random id or one of a fixed list of states. word: one of a fixed list.
    """

    verb: str
    argument: str = ""
    word: str = ""

    @property
    def text(self) -> str:
        """The text for Discord. Raises ValueError if it is longer than 100 characters."""
        written = f"{_VERSION}:{self.verb}:{self.argument}" + (f".{self.word}" if self.word else "")
        if len(written) > _LONGEST:
            raise ValueError(f"a custom_id of {len(written)} characters: {self.verb}")
        return written

    @classmethod
    def read(cls, custom_id: str) -> "CustomId | None":
        """Parse a custom_id; return None if it is not one of ours."""
        version, _, rest = custom_id.partition(":")
        verb, colon, state = rest.partition(":")
        if version != _VERSION or not colon or "." not in verb:
            return None
        argument, _, word = state.partition(".")
        return cls(verb, argument, word)


def to(verb: str, argument: str = "", word: str = "") -> str:
    """Return the custom_id for this verb."""
    return CustomId(verb, argument, word).text
