"""The files of `data/norms/` and `data/vignettes/`: norms to agree on, and stories to talk about."""

from bot.content.models import Part, Written, steady, within

PACKS = ("friends", "parties", "gaming", "society", "house", "team")
"""The codes of the packs, in the order in which they are offered. Each has a file of that name."""
TITLE_MOST = 50
NORM_MOST = 300
QUESTION_MOST = 200
TOPIC_MOST = 60
STORY_MOST = 900


class PackNorm(Part, frozen=True):
    """One norm of a pack: its text, its reason, what keeping it looks like, and what to talk about."""

    title: str
    norm: str
    why: str
    kept: str
    question: str

    def __post_init__(self) -> None:
        within(self.title, TITLE_MOST, "the title")
        within(self.norm, NORM_MOST, "the norm")
        within(self.why, 400, "its why")
        within(self.kept, 400, "what keeping it looks like")
        within(self.question, QUESTION_MOST, "the question")


class Pack(Written, frozen=True):
    """Six to ten norms for one kind of group, in order. The code is the file's name."""

    code: str
    title: str
    about: str
    norms: tuple[PackNorm, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.title, TITLE_MOST, "the title")
        within(self.about, 200, "for whom it is")
        if not 6 <= len(self.norms) <= 10:
            raise ValueError(f"a pack has six to ten norms, not {len(self.norms)}")
        if len({norm.title.casefold() for norm in self.norms}) < len(self.norms):
            raise ValueError("two norms have the same title")


class Story(Part, frozen=True):
    """Something that could have happened here, to talk about.

    topic: its title. question: what a channel can talk about without opening the story.
    false_alarm: whether nobody in it crossed a line.
    """

    key: str
    topic: str
    story: str
    consider: tuple[str, ...]
    question: str
    false_alarm: bool = False

    def __post_init__(self) -> None:
        steady(self.key)
        within(self.topic, TOPIC_MOST, "the topic")
        within(self.story, STORY_MOST, "the story")
        within(self.question, QUESTION_MOST, "the question")
        if not 2 <= len(self.consider) <= 3:
            raise ValueError(f"there are two or three things to consider, not {len(self.consider)}")
        for thought in self.consider:
            within(thought, QUESTION_MOST, "a thing to consider")


class Stories(Written, frozen=True):
    """The stories of one theme, in order."""

    stories: tuple[Story, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if not self.stories:
            raise ValueError("a file has a story at least")
