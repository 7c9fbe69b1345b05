"""The files of `data/callin/`: what happened, and ways to speak up, for each setting in two voices."""

from enum import StrEnum

from bot.content.models import LABEL_MOST, Part, Written, placeholders, within

LEAD_MOST = 60
WORDS_MOST = 200
ADVICE_MOST = 300
FIRST_MOST = 420


class What(StrEnum):
    """What happened. Each has a file of that name."""

    JOKE = "joke"
    DRINKS = "drinks"
    NO = "no"
    TOLD = "told"
    RUMOUR = "rumour"
    WARNING = "warning"
    DRUNK = "drunk"
    FOLLOWED = "followed"


class Setting(StrEnum):
    """When and where to say it: while it happens, afterwards in private, or in writing."""

    NOW = "now"
    LATER = "later"
    CHAT = "chat"


class Voice(StrEnum):
    """GENTLE lets the person step back by themselves. STRAIGHT says what they did and what must stop."""

    GENTLE = "gentle"
    STRAIGHT = "straight"


class Does(StrEnum):
    """What a way does: distracts, brings in somebody else, or says it directly."""

    DISTRACT = "distract"
    DELEGATE = "delegate"
    SAY = "say"


class Way(Part, frozen=True):
    """One way to say it: to whom, and the words, which people can copy."""

    does: Does
    lead: str
    words: str

    def __post_init__(self) -> None:
        within(self.lead, LEAD_MOST, "what leads to the words")
        _copied(self.words)


class CallinVoice(Part, frozen=True):
    """Two or three ways in one voice, and what to say if they don't work."""

    ways: tuple[Way, ...]
    brushed_off: str

    def __post_init__(self) -> None:
        if not 2 <= len(self.ways) <= 3:
            raise ValueError(f"there are two or three ways to say it, not {len(self.ways)}")
        _copied(self.brushed_off)


class CallinSetting(Part, frozen=True):
    """One setting: both voices, and what not to do.

    `first` is shown above the words, if somebody may need to be looked after before anything is said.
    """

    better_not: str
    gentle: CallinVoice
    straight: CallinVoice
    first: str = ""

    def __post_init__(self) -> None:
        within(self.better_not, ADVICE_MOST, "what not to do")
        if self.first:
            within(self.first, FIRST_MOST, "what comes first")
        if unknown := placeholders(self.first) - {"emergency"}:
            raise ValueError(f"nothing fills {sorted(unknown)}")

    @property
    def gives_a_number(self) -> bool:
        """Whether `first` contains the emergency number."""
        return bool(placeholders(self.first))

    def comes_first(self, emergency: str) -> str:
        """Return `first` with the emergency number in it."""
        return self.first.replace("{emergency}", emergency)

    def said(self, voice: Voice) -> CallinVoice:
        return self.gentle if voice is Voice.GENTLE else self.straight


class Occasion(Written, frozen=True):
    """One thing that happens between friends, in its three settings."""

    label: str
    title: str
    now: CallinSetting
    later: CallinSetting
    chat: CallinSetting

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.label, LABEL_MOST, "the label")
        within(self.title, LABEL_MOST, "the title")
        for voice in Voice:
            order = [way.does for way in self.now.said(voice).ways][:2]
            if order != [Does.DISTRACT, Does.DELEGATE]:
                raise ValueError("while it happens, distract comes first and delegate second")

    def moment(self, setting: Setting) -> CallinSetting:
        return {Setting.NOW: self.now, Setting.LATER: self.later, Setting.CHAT: self.chat}[setting]


def _copied(words: str) -> None:
    """Raises ValueError unless the words fit a code block: one line, without a mark that would end it."""
    within(words, WORDS_MOST, "the words")
    if "\n" in words or "`" in words or placeholders(words):
        raise ValueError("words to copy are one plain line")
