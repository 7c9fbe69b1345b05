"""Norms, and what changed in them, as text on a card: moderators' own words, escaped, never cut."""

from collections.abc import Sequence

from bot.norms.model import TITLE, Change, Kind, Norm
from bot.ui import plain
from bot.ui.look import PAGE, Said
from cogs.manage.norms import words


def counted(of: tuple[str, str], count: int) -> str:
    """A number of things, in the words for one or for several."""
    return of[count != 1].format(count=count)


def said(yes: int, concerns: int) -> str:
    """What members have answered."""
    if not yes + concerns:
        return words.NOTHING_SAID
    return words.SAID.format(yes=counted(words.PEOPLE_IN, yes), concerns=counted(words.CONCERNS, concerns))


def title(norm: Norm) -> str:
    """Inside a line of ours: whole, on one line, and in its own direction."""
    return f"\u2068{plain.escaped(plain.option(norm.title, TITLE))}\u2069"


def item(number: int, norm: Norm) -> str:
    """The norm in one sentence, under its title."""
    return words.ITEM.format(number=number, title=title(norm), norm=plain.escaped(norm.norm))


def items(norms: Sequence[Norm]) -> list[str]:
    return [item(number, norm) for number, norm in enumerate(norms, 1)]


def change(one: Change, norms: Sequence[Norm]) -> str:
    """What became of one norm; `norms` are those that stand now."""
    head = words.CHANGE.format(kind=words.KINDS[one.kind], title=title(one.norm))
    match one.kind:
        case Kind.ADDED:
            below = [plain.escaped(one.norm.norm)]
        case Kind.MOVED:
            below = [words.MOVED_TO.format(number=norms.index(one.norm) + 1)]
        case Kind.CHANGED if one.was is not None:
            below = _altered(one.was, one.norm)
        case _:
            below = []
    return "\n".join((head, *below))


def leaves(blocks: Sequence[str], room: int = PAGE) -> list[str]:
    """Blocks laid on as many pages as they need, each whole; one empty page for none."""
    pages = [""]
    for block in blocks:
        longer = f"{pages[-1]}\n\n{block}" if pages[-1] else block
        if len(longer) > room and pages[-1]:
            pages.append(block)
        else:
            pages[-1] = longer
    return pages


def leaf(pages: Sequence[str], number: int, heading: str) -> list[Said]:
    """One of the pages, by its number; nothing where it is empty."""
    return [Said(heading, pages[number])] if pages[number] else []


def at(pages: Sequence[object], number: str) -> int:
    """The page that a button names, kept within those there are."""
    return min(int(number) if number.isdecimal() else 0, len(pages) - 1)


def _altered(was: Norm, now: Norm) -> list[str]:
    told = []
    if was.title != now.title:
        told.append(words.CALLED.format(title=title(was)))
    if was.norm != now.norm:
        told.append(words.WAS.format(norm=plain.escaped(was.norm)))
        told.append(words.IS.format(norm=plain.escaped(now.norm)))
    parts = [name for key, name in words.PARTS.items() if getattr(was, key) != getattr(now, key)]
    if parts:
        told.append(words.ALSO.format(parts=", ".join(parts)))
    return told
