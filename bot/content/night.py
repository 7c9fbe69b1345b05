"""The files of `data/night/`: what is read sober, what is read at night, and what is read the day after."""

from msgspec import Struct

from bot.content.models import CardText, Part, Written, placeholders, within

SOBER_MOST = 720
"""The most characters of a card that is read before a night."""
AT_NIGHT_MOST = 240
"""The most characters of a card that somebody must be able to read in ten seconds after drinking."""
QUICK_LABEL_MOST = 32
WORDS_MOST = 80


def _short(card: CardText, most: int, what: str) -> None:
    within(card.body, most, what)


class BeforeNight(Written, frozen=True):
    """What is read sober: before planning, posting, joining, choosing, saying yes, and writing a card."""

    home: CardText
    post: CardText
    join: CardText
    choose: CardText
    look: CardText
    card: CardText
    again: CardText

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        for name in ("home", "post", "join", "choose", "look", "card", "again"):
            _short(getattr(self, name), SOBER_MOST, name)


class DuringNight(Written, frozen=True):
    """What is read at night. Each asks for one decision, and is short."""

    start: CardText
    check: CardText
    home: CardText
    home_told: CardText
    home_alone: CardText
    out: CardText
    out_alone: CardText
    out_late: CardText
    fine: CardText
    arrived: CardText
    calling: CardText
    reached: CardText
    nobody: CardText
    friend: CardText
    missed: CardText
    still_out: CardText
    got_home: CardText
    gone: CardText

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        for name in self.__struct_fields__:
            card = getattr(self, name)
            if isinstance(card, CardText):
                _short(card, AT_NIGHT_MOST, name)
        if "emergency" not in self.nobody.needs:
            raise ValueError("who is reached by nobody is told a number")


class QuickText(Part, frozen=True):
    """What a friend does and says in one of three things that happen.

    label: what its button says to a friend. own: the same for whoever it happens to.
    """

    label: str
    own: str
    title: str
    do: str
    words: tuple[str, ...]

    def __post_init__(self) -> None:
        within(self.label, QUICK_LABEL_MOST, "the label")
        within(self.own, QUICK_LABEL_MOST, "the label for oneself")
        within(self.do, SOBER_MOST, "what to do")
        if placeholders(self.do) - {"emergency"}:
            raise ValueError("only the emergency number is filled in")
        for one in self.words:
            within(one, WORDS_MOST, "the words")
            if "\n" in one or "`" in one or placeholders(one):
                raise ValueError("words to copy are one plain line")


class QuickTexts(Written, frozen=True):
    """What a friend can do and say, by what happens."""

    drunk: QuickText
    pressed: QuickText
    followed: QuickText

    def of(self, key: str) -> QuickText:
        """Return the text of that name. Raises KeyError."""
        return {"drunk": self.drunk, "pressed": self.pressed, "followed": self.followed}[key]


class AfterNight(Written, frozen=True):
    """What is asked the day after, and what is said then."""

    noon: CardText
    missed_home: CardText
    fine: CardText
    thanks: CardText
    over: CardText


class NightTexts(Struct, frozen=True):
    """All of `data/night/`."""

    before: BeforeNight
    during: DuringNight
    quick: QuickTexts
    after: AfterNight

    @property
    def files(self) -> tuple[Written, ...]:
        return (self.before, self.during, self.quick, self.after)
