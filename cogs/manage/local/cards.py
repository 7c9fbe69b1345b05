"""The local helplines of a server: all of them, and one of them."""

from collections.abc import Sequence

from bot.content.helplines import SupportTopic
from bot.content.texts import SupportTexts
from bot.servers.models import MOST_LOCAL_LINES, LocalLine
from bot.ui import plain
from bot.ui.components import Beside, Button, Card, Choice, Option, Tone, said
from bot.ui.custom_id import to
from cogs.manage.local import strings


def local(lines: Sequence[LocalLine], notice: str = "") -> Card:
    """Show all local helplines, each with a button to change it."""
    text = "\n\n".join(part for part in (notice, strings.TEXT, "" if lines else strings.NONE) if part)
    rows = [_beside(one) for one in lines]
    add = [Button(strings.ADD, to("manage.local_add"), Tone.CHIEF)] if len(lines) < MOST_LOCAL_LINES else []
    return Card(strings.TITLE, text, rows=(*rows, [*add, Button(strings.SETUP, to("manage.summary"))]))


def line(one: LocalLine, support: SupportTexts, notice: str = "") -> Card:
    """Show one helpline as members see it, and let the moderator choose its topics."""
    options = [Option(title, topic, chosen=topic in one.topics) for topic, title in titles(support).items()]
    where = strings.WHERE if one.topics else f"{strings.NOWHERE} {strings.WHERE}"
    text = "\n\n".join(part for part in (notice, _said(strings.LINE, one), where) if part)
    row = [
        Button(strings.EDIT, to("manage.local_edit", one.id)),
        Button(strings.REMOVE, to("manage.local_remove", one.id)),
        Button(strings.BACK, to("manage.local")),
    ]
    topics = Choice(
        strings.WHERE_PROMPT, to("manage.local_doors", one.id), options, least=0, most=len(options)
    )
    return Card(strings.LINE_TITLE, text, rows=(topics, row))


def titles(support: SupportTexts) -> dict[SupportTopic, str]:
    """Return the titles of the pages of `/support`."""
    return {
        SupportTopic.HURT: support.hurt.title,
        SupportTopic.TOLD: support.told.title,
        SupportTopic.WORRIED: support.worried.title,
        SupportTopic.NOW: support.now.title,
    }


def full(typed: Sequence[str] = ()) -> Card:
    """Say that the server has as many helplines as are allowed, and show what was typed."""
    told = [said(strings.YOU_WROTE, "\n".join(typed))] if typed else []
    return Card(strings.FULL_TITLE, strings.FULL, said=told, rows=(_back(),))


def unwritten() -> Card:
    return Card(strings.UNWRITTEN_TITLE, strings.UNWRITTEN, rows=(_back(),))


def summed(lines: Sequence[LocalLine]) -> str:
    """Return the line about local helplines in the summary of the setup."""
    names = (
        strings.BETWEEN.join(plain.name(one.name, strings.LINE_TITLE) for one in lines) or strings.SUM_NONE
    )
    return strings.SUM.format(lines=names)


def _beside(one: LocalLine) -> Beside:
    return Beside(_said(strings.ENTRY, one), Button(strings.CHANGE, to("manage.local_line", one.id)))


def _said(sentence: str, one: LocalLine) -> str:
    name, reach, who = (plain.escaped(text) for text in (one.name, one.reach, one.whom))
    return sentence.format(name=name, reach=reach, who=who)


def _back() -> list[Button]:
    return [Button(strings.BACK, to("manage.local"))]
