"""The files of `data/path/`: the steps of a path, its gate, and cards for those who are asked."""

from collections.abc import Mapping

from msgspec import Struct

from bot.content.models import CARD_MOST, LABEL_MOST, Written, placeholders, within

STEPS = ("stop", "say", "see", "repair", "change", "keep")
"""The names of the steps, each with a file."""
FEWEST_QUESTIONS = 6
QUESTION_MOST = 160
EXAMPLE_MOST = 100
"""An example stands under the field of a form, where Discord shows so many characters."""


def _checked(text: str, what: str, *fills: str) -> None:
    """Raises ValueError if a text is too long, or names what nothing fills. fills: what is filled besides."""
    within(text, CARD_MOST, what)
    if unknown := placeholders(text) - {"emergency", *fills}:
        raise ValueError(f"nothing fills {sorted(unknown)}")


class StepText(Written, frozen=True):
    """One step: its card, the questions to take to a meeting, and examples of commitments.

    short: what the person on the path does in it, for companions who are asked whether it goes on.
    beside: what companions have to know in this step; empty in most.
    commitments: a list, or in the first step one for each thing that a commitment can be about.
    """

    title: str
    short: str
    card: str
    questions: tuple[str, ...]
    commitments: tuple[str, ...] | dict[str, str]
    beside: str = ""

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.title, LABEL_MOST, "the title")
        within(self.short, LABEL_MOST, "what it is in short")
        _checked(self.card, "the card")
        _checked(self.beside or self.card, "what companions read", "name")
        if len({one.casefold() for one in self.questions}) < FEWEST_QUESTIONS:
            raise ValueError(f"a step has at least {FEWEST_QUESTIONS} questions")
        for question in self.questions:
            within(question, QUESTION_MOST, "a question")
        for example in self.examples.values():
            within(example, EXAMPLE_MOST, "an example")

    @property
    def examples(self) -> Mapping[str, str]:
        """The examples by what they are about; in the later steps, by their number."""
        if isinstance(self.commitments, dict):
            return self.commitments
        return {str(number): text for number, text in enumerate(self.commitments)}

    def example(self, about: str) -> str:
        """Return an example for a form: one about the same thing, or else the first one."""
        return self.examples.get(about) or next(iter(self.examples.values()), "")


class GateText(Written, frozen=True):
    """What is said before a path, and to each fact. The first five name why it doesn't simply go on."""

    before: str
    case: str
    minor: str
    danger: str
    no: str
    afraid: str
    none: str

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        for fact in ("before", "case", "minor", "danger", "no", "afraid", "none"):
            _checked(getattr(self, fact), fact)


class CompanionText(Written, frozen=True):
    """What a companion reads, and what the person on the path reads of the same (`choosing`, `again`)."""

    title: str
    card: str
    choosing: str
    meeting: tuple[str, ...]
    unsure: str
    worried: str
    stopping: str
    requests: str
    again: str
    again_beside: str

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.title, LABEL_MOST, "the title")
        texts = ("card", "choosing", "unsure", "worried", "stopping", "requests", "again", "again_beside")
        for name in texts:
            _checked(getattr(self, name), name)
        within("\n".join(self.meeting), CARD_MOST, "the meeting")


class AsideText(Written, frozen=True):
    """A card for somebody beside a path: who is afraid for somebody, or is told "ask my companions"."""

    title: str
    card: str

    def __post_init__(self) -> None:
        Written.__post_init__(self)
        within(self.title, LABEL_MOST, "the title")
        _checked(self.card, "the card")


class CitedText(AsideText, frozen=True):
    """The card for somebody who is told "I'm on a path", and below it what is for those who run the group."""

    group_title: str
    group: str

    def __post_init__(self) -> None:
        AsideText.__post_init__(self)
        within(self.group_title, LABEL_MOST, "the title")
        _checked(self.group, "what is for those who run the group")


class PathTexts(Struct, frozen=True):
    """All of `data/path/`."""

    steps: Mapping[str, StepText]
    gate: GateText
    companion: CompanionText
    afraid: AsideText
    cited: CitedText

    @property
    def files(self) -> tuple[Written, ...]:
        return (*self.steps.values(), self.gate, self.companion, self.afraid, self.cited)
