"""The cards about packs: all packs, one pack, one norm, and the question before a draft is replaced."""

from collections.abc import Iterable

from bot.content.packs import Pack
from bot.norms.drafts import of_pack
from bot.norms.models import Norm
from bot.norms.queries import NormDesk
from bot.ui import plain
from bot.ui.components import Button, Card, Choice, Option, Tone, pages
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.cards.home import back
from cogs.manage.norms.wording import Leaves
from cogs.norms.wording import item, many


def packs(found: Iterable[Pack]) -> Card:
    found = tuple(found)
    lines = [strings.PACK_LINE.format(title=one.title, about=one.about) for one in found]
    options = [Option(plain.option(one.title, one.code, 100), one.code) for one in found]
    choice = Choice(strings.PACK_PROMPT, to("manage.pack"), options)
    text = "\n\n".join((strings.PACKS_TEXT, *lines))
    return Card(strings.PACKS_TITLE, text, rows=(choice, [back()]), small=strings.PACK_SMALL)


def pack(one: Pack, number: str) -> Card:
    """Show the norms of a pack in short, and let the moderator choose one to read whole."""
    norms = of_pack(one)
    found = Leaves([item(norm) for norm in norms], number)
    options = [
        Option(strings.LINE.format(number=place, title=norm.title), str(place))
        for place, norm in enumerate(norms, 1)
    ]
    row = [_take(one), Button(strings.PACKS, to("manage.packs"))]
    return Card(
        one.title,
        one.about,
        said=found.said(strings.NORMS_HEADING),
        rows=(
            Choice(strings.PACK_LOOK, to("manage.pack_norm", one.code), options),
            found.turning("manage.pack", one.code),
            row,
        ),
        small=found.small(strings.PACK_SMALL),
    )


def pack_norm(one: Pack, norm: Norm, number: int) -> Card:
    """Show one norm of a pack with its whole text."""
    row = [Button(strings.ALL, to("manage.pack", one.code)), _take(one)]
    return Card(
        strings.LINE.format(number=number, title=norm.title),
        said=pages(spoken(norm), WHOLE)[0],
        rows=(row,),
    )


def replaces(one: Pack, desk: NormDesk, seen: str) -> Card:
    """Ask before the norms in the draft are replaced."""
    text = strings.REPLACES_TEXT.format(norms=many(strings.NORMS, len(desk.draft.norms)), new=len(one.norms))
    row = [
        Button(strings.REPLACE, to("manage.take", one.code, seen), Tone.CHIEF),
        Button(strings.KEEP, to("manage.norms")),
    ]
    return Card(strings.REPLACES_TITLE, text, rows=(row,))


WHOLE = 3000
"""Room for a whole norm after escaping, beside the bot's own text, so that it is never split over cards."""


def spoken(norm: Norm) -> list[tuple[str, str]]:
    """Return (heading, words as typed) for each part of a norm except its title."""
    return [
        (strings.THE_NORM, norm.norm),
        (strings.WHY, norm.why),
        (strings.KEPT, norm.kept),
        (strings.QUESTION_HEADING, norm.question),
    ]


def _take(one: Pack) -> Button:
    return Button(strings.TAKE, to("manage.take", one.code), Tone.CHIEF)
