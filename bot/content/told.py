"""The file of `/told`: four topics for people who were told something, and the short cards of each."""

from bot.content.models import LABEL_MOST, CardText, Part, Written, within
from bot.content.texts import Turn, turn_of

TOPICS = ("hurt", "friend", "did", "group")
"""The keys of the topics."""
TABS = ("now", "week", "self")
"""The keys of the cards that every topic has, in this order. Others may stand between them."""


class Hearing(Part, frozen=True):
    """One of the topics, and its short cards, each a tab: first now, and last yourself."""

    key: str
    label: str
    tabs: tuple[Turn, ...]

    def __post_init__(self) -> None:
        within(self.label, LABEL_MOST, "the label")
        keys = [tab.key for tab in self.tabs]
        if tuple(key for key in keys if key in TABS) != TABS or (keys[0], keys[-1]) != (TABS[0], TABS[-1]):
            raise ValueError(f"the tabs of {self.key} are {TABS}, and others between them")

    def tab(self, key: str) -> Turn:
        """Return the card with that key. Raises KeyError."""
        return turn_of(self.tabs, key)


class Told(Written, frozen=True):
    """What to do after being told something, in four topics."""

    card: CardText
    topics: tuple[Hearing, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if tuple(topic.key for topic in self.topics) != TOPICS:
            raise ValueError(f"the topics are {TOPICS}")

    def topic(self, key: str) -> Hearing:
        """Return the topic with that key. Raises KeyError."""
        return dict(zip(TOPICS, self.topics, strict=True))[key]
