"""What all cards of `/path` have in common."""

from collections.abc import Iterable, Sequence

from bot.content.guardrails import Matter
from bot.content.library import Library
from bot.paths.models import Path
from bot.paths.request import RequestKind
from bot.ui import plain
from bot.ui.components import Button, Card, Row, Said, Tone
from bot.ui.custom_id import to
from cogs.path import strings


def card(
    title: str,
    text: str = "",
    *,
    said: Sequence[Said] = (),
    after: str = "",
    rows: Sequence[Row] = (),
    small: str = "",
    close: bool = False,
    alone: bool = False,
) -> Card:
    """Return a card that shows a step or meetings, and so says that it shows meetings, not change.

    alone: nobody goes along with the path, so there are no meetings either.
    """
    only = strings.NOBODY_BESIDE if alone else strings.MEETINGS_ONLY
    below = "\n".join(part for part in (small, only) if part)
    return Card(title, text, said=said, after=after, rows=rows, small=below, close=close)


def heavy(library: Library, texts: Iterable[str]) -> bool:
    """Whether one of these texts may be about suicide. What was found is kept nowhere."""
    return Matter.SUICIDE in library.guardrails.heard(texts)


def spoken(text: str, library: Library, country: str | None) -> str:
    """Return a text of `data/path/` with the emergency number of the country."""
    return text.replace("{emergency}", f"**{library.emergency(country)}**")


def joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def title_of(library: Library, path: Path) -> str:
    """Return the name of the step at which a path is."""
    return library.path.steps[path.step].title


def asked_for(kind: RequestKind, text: str) -> Said:
    """Return the sentence of a request, under its kind."""
    return Said(strings.REQUEST_KINDS[kind], plain.escaped(text) if text else strings.WORDS_GONE)


def show(path: str, label: str = strings.TO_PATH) -> Button:
    return Button(label, to("paths.show", path))


def button(label: str, verb: str, path: str, word: str = "", tone: Tone = Tone.QUIET) -> Button:
    return Button(label, to(verb, path, word), tone)
