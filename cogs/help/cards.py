"""The cards of `/help` and `/about`, and of the refusals that can occur in any cog."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.errors import NotYours
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.help import strings
from cogs.shared.pods.parts import set_up_pod
from cogs.shared.support import strings as support_words

_SOURCES_ON_A_CARD = 20


def first(names: Collection[str]) -> Card:
    """Say what Plumbline is for and what to do first. `names` are all commands and menus that exist."""
    text = "\n\n".join((strings.HURT, strings.INTRO, strings.THINK, strings.FIRST))
    rows = (_needs(names, None), (_think(), set_up_pod(Tone.CHIEF)))
    return Card(strings.TITLE, text, rows=rows)


def need(number: int, names: Collection[str], menus: Collection[str]) -> Card:
    """List the commands and menus for one need. `menus` are the menus among `names`.

    Raises NotYours if there is no such need.
    """
    offered = _offered(names)
    if number not in offered:
        raise NotYours
    title, here = offered[number]
    alone = title == strings.UNSURE
    lines = [strings.THINK_LINE] if alone else []
    text = "\n\n".join([*lines, *(_line(name, name in menus) for name in here)])
    small = strings.MENUS if any(name in menus for name in here) else ""
    think = [_think()] if alone else []
    rows = (_needs(names, number), (*think, Button(strings.BACK, to("help.first"))))
    return Card(title, text, rows=rows, small=small)


def about(facts: Sequence[str], reviewed: bool, credited: Sequence[str], page: int) -> Card:
    """Say what Plumbline is, and list one page of the sources that `data/` names."""
    first = page * _SOURCES_ON_A_CARD
    here = [
        strings.A_SOURCE.format(source=plain.escaped(one)) for one in credited[first:][:_SOURCES_ON_A_CARD]
    ]
    sentence = strings.REVIEWED if reviewed else strings.NOT_REVIEWED
    head = () if page else (strings.ABOUT_TEXT, "\n".join(facts))
    text = "\n\n".join((*head, sentence, "\n".join(here)))
    back = [Button(strings.BACK, to("about.page", str(page - 1)))] if page else []
    ahead = first + _SOURCES_ON_A_CARD < len(credited)
    further = [Button(strings.NEXT, to("about.page", str(page + 1)))] if ahead else []
    return Card(strings.ABOUT_TITLE, text, rows=((*back, *further),))


def facts(version: str, operator: str, source_url: str) -> list[str]:
    told = [strings.VERSION.format(version=version)]
    told.append(
        strings.OPERATOR.format(operator=plain.escaped(operator)) if operator else strings.NO_OPERATOR
    )
    if source_url:
        told.append(strings.SOURCE.format(url=source_url))
    return [*told, strings.LICENSE]


def under_18() -> Card:
    return Card(
        strings.MINOR_TITLE, strings.MINOR, rows=((Button(strings.MINOR_LINES, to("support.under18")),),)
    )


def which(servers: Sequence[str]) -> Card:
    """List the servers that may be meant, as far as their names are known."""
    names = [name for name in (plain.name(server, "") for server in servers) if name]
    if not names:
        return Card(strings.WHICH_TITLE, strings.WHICH_UNNAMED)
    named = strings.BETWEEN.join(f"**{name}**" for name in names)
    return Card(strings.WHICH_TITLE, strings.WHICH.format(servers=named))


def not_yet(at: datetime) -> Card:
    return Card(strings.NOT_YET_TITLE, strings.NOT_YET.format(at=when.moment(at)))


def _think() -> Button:
    return Button(support_words.THINK, to("think.open"))


def _needs(names: Collection[str], here: int | None) -> Choice:
    options = [
        Option(title, str(number), chosen=number == here) for number, (title, _) in _offered(names).items()
    ]
    return Choice(strings.CHOOSE, to("help.need"), options)


def _offered(names: Collection[str]) -> dict[int, tuple[str, list[str]]]:
    """Return the needs for which something exists, with its names, by the position of the need."""
    there = [[name for name in offered if name in names] for offered in strings.GROUPS.values()]
    return {
        number: (title, here)
        for number, (title, here) in enumerate(zip(strings.GROUPS, there, strict=True))
        if here
    }


def _line(name: str, menu: bool) -> str:
    sentence = strings.MENU_LINE if menu else strings.COMMAND_LINE
    return sentence.format(name=strings.TYPED.get(name, name), what=strings.WHAT[name])


def too_many_drafts(limit: int) -> Card:
    """Say that nothing was added, and where drafts can be sent or discarded."""
    row = [Button(strings.INBOX, to("inbox.show"), Tone.CHIEF)]
    return Card(strings.DRAFTS_TITLE.format(limit=limit), strings.DRAFTS.format(limit=limit), rows=(row,))
