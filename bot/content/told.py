"""The file of `/told`: three topics for people who were told something, and the short cards of each."""

from dataclasses import dataclass

from bot.content.models import LABEL_MOST, CardText, Written, within
from bot.content.texts import Turn, turn_of

TOPICS = ("hurt", "did", "group")
"""The keys of the topics."""
TABS = ("now", "week", "self")
"""The keys of the first cards of each topic."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """One of the topics, and its short cards, each a tab: now, this week, yourself, and perhaps more."""

    key: str
    label: str
    tabs: tuple[Turn, ...]

    def __post_init__(self) -> None:
        within(self.label, LABEL_MOST, "the label")
        if tuple(tab.key for tab in self.tabs[:3]) != TABS:
            raise ValueError(f"the tabs of {self.key} begin with {TABS}")

    def tab(self, key: str) -> Turn:
        """Return the card with that key. Raises KeyError."""
        return turn_of(self.tabs, key)


@dataclass(frozen=True, slots=True)
class Told(Written):
    """What to do after being told something, in three topics."""

    card: CardText
    topics: tuple[Hearing, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if tuple(topic.key for topic in self.topics) != TOPICS:
            raise ValueError(f"the topics are {TOPICS}")

    def topic(self, key: str) -> Hearing:
        """Return the topic with that key. Raises KeyError."""
        return dict(zip(TOPICS, self.topics, strict=True))[key]
