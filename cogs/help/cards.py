"""The cards of `/help`, `/about`, and of refusals that belong to no room."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.ui import plain, when
from bot.ui.components import Button, Card
from bot.ui.custom_id import to
from cogs.help import words

_SOURCES_ON_A_CARD = 20


def everything(names: Collection[str], menus: Collection[str]) -> Card:
    """What exists, by need: of `names` all commands and menus, of which `menus` are menus."""
    parts = []
    for need, offered in words.GROUPS.items():
        lines = [_line(name, name in menus) for name in offered if name in names]
        if lines:
            parts.append("\n".join((f"**{need}**", *lines)))
    return Card(words.TITLE, "\n\n".join((words.INTRO, *parts)), small=words.SMALL)


def about(facts: Sequence[str], reviewed: bool, credited: Sequence[str], page: int) -> Card:
    """What this is, and the sources that `data/` credits, so many on a card."""
    first = page * _SOURCES_ON_A_CARD
    here = [words.A_SOURCE.format(source=plain.escaped(one)) for one in credited[first:][:_SOURCES_ON_A_CARD]]
    sentence = words.REVIEWED if reviewed else words.NOT_REVIEWED
    head = () if page else (words.ABOUT_TEXT, "\n".join(facts))
    text = "\n\n".join((*head, sentence, "\n".join(here)))
    back = [Button(words.BACK, to("about.page", str(page - 1)))] if page else []
    ahead = first + _SOURCES_ON_A_CARD < len(credited)
    further = [Button(words.NEXT, to("about.page", str(page + 1)))] if ahead else []
    return Card(words.ABOUT_TITLE, text, rows=((*back, *further),))


def facts(version: str, operator: str, source_url: str) -> list[str]:
    told = [words.VERSION.format(version=version)]
    told.append(words.OPERATOR.format(operator=plain.escaped(operator)) if operator else words.NO_OPERATOR)
    if source_url:
        told.append(words.SOURCE.format(url=source_url))
    return [*told, words.LICENSE]


def under_18() -> Card:
    return Card(words.MINOR_TITLE, words.MINOR, rows=((Button(words.MINOR_LINES, to("support.under18")),),))


def which(servers: Sequence[str]) -> Card:
    """The servers that may be meant, as far as their names are known."""
    if not servers:
        return Card(words.WHICH_TITLE, words.WHICH_UNNAMED)
    named = words.BETWEEN.join(f"**{plain.name(server)}**" for server in servers)
    return Card(words.WHICH_TITLE, words.WHICH.format(servers=named))


def not_yet(at: datetime) -> Card:
    return Card(words.NOT_YET_TITLE, words.NOT_YET.format(at=when.moment(at)))


def _line(name: str, menu: bool) -> str:
    sentence = words.MENU_LINE if menu else words.COMMAND_LINE
    return sentence.format(name=words.TYPED.get(name, name), what=words.WHAT[name])
