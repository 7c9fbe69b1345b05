"""Part 3 of the setup: a pack of norms to begin with."""

from bot.content.library import Library
from bot.content.packs import Pack
from bot.norms.drafts import mark
from bot.ui import plain
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import PACK, Mode, Part, leads
from cogs.manage.setup.here import Here

_ABOUT = 100
"""The most characters of the second line of an option."""


def packs(library: Library, here: Here, mode: Mode) -> Part:
    version, proposal = here.desk.version, here.desk.proposal
    said = [strings.PACK_TEXT]
    if version is not None:
        said.append(strings.IN_FORCE.format(number=version.number))
    if proposal is not None:
        said.append(strings.PROPOSED.format(number=proposal.number))
    if here.drafted:
        said.append(wording.norms(here.drafted, strings.DRAFT_ONE, strings.DRAFT))
    elif version is None and proposal is None:
        said.append(strings.DRAFT_NONE)
    options = [
        Option(one.title, code, plain.option(one.about, one.title, _ABOUT))
        for code, one in library.packs.items()
    ]
    return Part(
        strings.PACK_TITLE, said, (Choice(strings.PACK_PROMPT, to("manage.see_pack", mode), options),)
    )


def preview(pack: Pack, here: Here, mode: Mode) -> Card:
    """Show every norm of a pack.

    The custom_id of `Take` holds the mark of the draft, because another moderator may change the draft
    meanwhile.
    """
    said = "\n\n".join(strings.PREVIEW.format(title=one.title, norm=one.norm) for one in pack.norms)
    replaces = wording.norms(here.drafted, strings.REPLACES_ONE, strings.REPLACES) if here.drafted else ""
    seen = f"{pack.code}-{mark(here.desk.draft.norms)}"
    row = [
        Button(strings.TAKE, to("manage.take_pack", seen, mode), Tone.CHIEF),
        Button(strings.OTHERS, leads(PACK, mode)),
    ]
    text = "\n\n".join((pack.about, said))
    return Card(pack.title, text, after=replaces, rows=(row,), small=strings.PREVIEW_SMALL)
