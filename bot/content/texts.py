"""The files of `data/guidance/` and `data/prompts/`. A missing key is found at start, not during use."""

from collections.abc import Iterable

from bot.content.guardrails import Matter
from bot.content.models import (
    CARD_MOST,
    LABEL_MOST,
    CardText,
    ChoiceText,
    Part,
    Written,
    placeholders,
    within,
)

FEWEST_QUESTIONS = 20
QUESTION_MOST = 160
TODAY_MOST = 400


class BeforeTexts(Written, frozen=True):
    """The text before the first ask. People consent to its `version`."""

    version: int
    card: CardText
    one_day: str
    many_days: str

    def shown(self, days: int) -> CardText:
        """Return the card for a server that deletes an ask `days` days after it closes."""
        said = self.one_day if days == 1 else self.many_days.replace("{days}", str(days))
        return self.card.filled(days=said)


class Grave(Part, frozen=True):
    """A sentence for each fact of the checklist of `/ask`, gravest first."""

    no: str
    drunk: str
    scared: str
    sex: str

    def __post_init__(self) -> None:
        for text in (self.no, self.drunk, self.scared, self.sex):
            within(text, CARD_MOST // 3, "a sentence")

    def gravest(self, ticked: Iterable[str]) -> str:
        """Return the sentence for the gravest of the facts that were ticked; empty if there is none."""
        facts = {*ticked}
        return next((getattr(self, one) for one in self.__struct_fields__ if one in facts), "")


class AnsweringTexts(Written, frozen=True):
    """What stands beside an ask. `others` is for asks about what somebody else did."""

    card: CardText
    others: CardText


class TalkTexts(Written, frozen=True):
    """The texts for what friends should talk about in person rather than in writing.

    did, seen: what to say of a fact that the asker did or saw. sexual: the same for a kind without facts.
    unsent: why nothing is sent to friends. noticed, saw, friend: for somebody who did something, who saw
    something, and whose friend did something. offered, after: the same for each thing a talk can be about.
    """

    did: Grave
    seen: Grave
    sexual: str
    unsent: str
    noticed: CardText
    saw: CardText
    friend: CardText
    unsafe: CardText
    accused: CardText
    under_18: CardText
    named: CardText
    offered: CardText
    offered_others: CardText
    offered_hard: CardText
    nobody: CardText
    did_you: CardText
    after_others: CardText
    after_hard: CardText


class ThinkTexts(Written, frozen=True):
    """`Think it through`: one card for each question, in order."""

    pages: tuple[CardText, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if len(self.pages) != 4:
            raise ValueError("there are four questions to think through")


class PairTexts(Written, frozen=True):
    """The texts about pairs: before one begins, to each partner, and in a check-in."""

    before: CardText
    before_own: CardText
    talk: CardText
    hurt: CardText


class Questions(Written, frozen=True):
    """The questions of one kind for check-ins, in the order in which they are asked."""

    questions: tuple[str, ...]

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        said = [question.strip() for question in self.questions]
        if len(said) < FEWEST_QUESTIONS:
            raise ValueError(f"there are {len(said)} questions, at least {FEWEST_QUESTIONS} are needed")
        for question in said:
            if not 1 <= len(question) <= QUESTION_MOST:
                raise ValueError(f"a question has 1 to {QUESTION_MOST} characters, not {len(question)}")
        if len({question.casefold() for question in said}) < len(said):
            raise ValueError("two questions are the same")


class Short(Written, frozen=True):
    """A file that contains one card."""

    card: CardText


class TermsTexts(Written, frozen=True):
    """The cards of somebody who writes down what they want from a person who hurt them.

    known, unknown: what `{operator}` becomes, with a name and without one.
    """

    known: str
    unknown: str
    first: CardText
    first_alone: CardText
    wants: CardText
    then: CardText
    then_alone: CardText
    myself: CardText
    choose: CardText
    before: CardText

    def begins(self, operator: str) -> CardText:
        """Return the first card, which says who runs this bot. `operator` is escaped, and may be empty."""
        who = self.known.replace("{name}", operator) if operator else self.unknown
        return self.first.filled(operator=who)


class CarrierTexts(Written, frozen=True):
    """For whoever is asked to carry somebody's terms, and for whoever carries them.

    how, there: how to carry them, before going to somebody and when saying it.
    """

    asked: CardText
    how: CardText
    there: CardText


class ListeningTexts(Written, frozen=True):
    """What helps somebody who listens: to what a friend did, to what they saw or heard, to something hard."""

    card: CardText
    others: CardText
    hard: CardText


class AlongsideTexts(Written, frozen=True):
    """More help after what somebody typed: a sentence for each matter that it may be about."""

    title: str
    intro: str
    suicide: str
    danger: str
    minor: str
    force: str
    talk: str
    closing: str

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        all_of_it = (self.intro, *(getattr(self, one) for one in Matter), self.talk, self.closing)
        for text in all_of_it:
            within(text, CARD_MOST // len(all_of_it) * 2, "a sentence")
            if unknown := placeholders(text) - {"emergency"}:
                raise ValueError(f"nothing fills {sorted(unknown)}")

    def card(self, matters: Iterable[Matter], emergency: str, *, talk: bool) -> CardText:
        """Return the card for these matters. `talk`: whether there is somebody whom they can ask to talk."""
        said = [self.intro, *(getattr(self, one) for one in matters), *([self.talk] if talk else [])]
        return CardText(self.title, "\n\n".join(said).replace("{emergency}", emergency))


class Turn(Part, frozen=True):
    """A button and the card that it opens. Its key is one of a fixed list."""

    key: str
    label: str
    card: CardText


class ContactTexts(Written, frozen=True):
    """ "Should I check on them?": the question, its four answers, and what is said 12 hours later."""

    card: CardText
    choices: tuple[Turn, ...]
    later: CardText

    def choice(self, key: str) -> Turn:
        """Return the answer with that key. Raises KeyError."""
        return turn_of(self.choices, key)


class NextSteps(Written, frozen=True):
    """What a person can do after a talk. It is a fixed list, so that nothing about a talk is written down."""

    card: CardText
    choices: tuple[ChoiceText, ...]


class Opening(Part, frozen=True):
    """The title of a support page, the text under it, and what somebody can do today without any line.

    call: what is said only where helplines of the country follow.
    """

    title: str
    intro: str
    today: str = ""
    call: str = ""


HURT_PAGES = ("body", "telling", "want", "others", "ask")
"""The keys of the pages behind `I was hurt`, in their order."""


class HurtPage(Part, frozen=True):
    """A page behind `I was hurt`: its button, its card, and what they can do today."""

    key: str
    label: str
    card: CardText
    today: str

    def __post_init__(self) -> None:
        within(self.label, LABEL_MOST, "the label")
        within(self.today, TODAY_MOST, "what to do today")
        if unknown := placeholders(self.today) - {"emergency"}:
            raise ValueError(f"nothing fills {sorted(unknown)}")


class SupportTexts(Written, frozen=True):
    """The texts around the helplines on the pages of `/support`, and the pages behind `I was hurt`."""

    hurt: Opening
    pages: tuple[HurtPage, ...]
    care: str
    told: Opening
    worried: Opening
    now: Opening
    under_18: Opening
    myself: Opening
    friend: Opening
    tonight: Opening
    danger: Opening
    one_thing: Opening
    anywhere: str
    listing: str
    none: str
    none_hurt: str
    otherwise_hurt: str
    otherwise: str
    otherwise_anywhere: str
    closing: str

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        if tuple(page.key for page in self.pages) != HURT_PAGES:
            raise ValueError(f"the pages are {HURT_PAGES}")

    def page(self, key: str) -> HurtPage:
        """Return the page behind `I was hurt` with that key. Raises KeyError."""
        return dict(zip(HURT_PAGES, self.pages, strict=True))[key]


def turn_of(turns: Iterable[Turn], key: str) -> Turn:
    """Return the turn with that key. Raises KeyError."""
    for turn in turns:
        if turn.key == key:
            return turn
    raise KeyError(key)
