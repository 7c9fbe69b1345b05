"""The cards for editing the draft: all of its norms, one norm, and what can go wrong."""

from collections.abc import Iterable, Mapping

from bot.norms.drafts import mark
from bot.norms.models import NORMS_AT_MOST, Norm
from bot.norms.queries import NormDesk
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, Tone, pages
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.cards.home import back
from cogs.manage.norms.cards.packs import WHOLE, spoken
from cogs.norms.wording import item, many
from cogs.norms.wording import title as title_of


def norms(desk: NormDesk, notice: str = "") -> Card:
    """Show the titles of all norms in the draft, and let the moderator choose one."""
    there = desk.draft.norms
    if not there:
        row = [Button(strings.ADOPT, to("manage.packs"), Tone.CHIEF), _write(), back()]
        return Card(strings.EDIT_TITLE, "\n\n".join(filter(None, (notice, strings.EDIT_NONE))), rows=(row,))
    count = many(strings.NORMS, len(there))
    lines = [strings.LINE.format(number=n, title=title_of(one)) for n, one in enumerate(there, 1)]
    options = [
        Option(strings.LINE.format(number=n, title=plain.option(one.title, strings.UNTITLED, 60)), one.key)
        for n, one in enumerate(there, 1)
    ]
    text = (notice, strings.EDIT_TEXT.format(norms=count), _proposed(desk), "\n".join(lines))
    return Card(
        strings.EDIT_TITLE,
        "\n\n".join(part for part in text if part),
        rows=(Choice(strings.EDIT_PROMPT, to("manage.norm"), options), [_write(), back()]),
    )


def norm(desk: NormDesk, one: Norm, notice: str = "") -> Card:
    """Show one norm with its whole text, and what can be done with it."""
    there, key, seen = desk.draft.norms, one.key, mark(desk.draft.norms)
    place = there.index(one)
    up = [Button(strings.UP, to("manage.up", key, seen))] if place else []
    down = [Button(strings.DOWN, to("manage.down", key, seen))] if place + 1 < len(there) else []
    row = [*up, *down, Button(strings.RETIRE, to("manage.retire", key))]
    title = strings.NORM_TITLE.format(number=place + 1, count=len(there), title=title_of(one))
    rows = (_writing(one), row, [_all(), back()])
    return Card(title, notice, said=pages(spoken(one), WHOLE)[0], rows=rows)


def retiring(desk: NormDesk, one: Norm) -> Card:
    """Ask before a norm is retired, because its text may be nowhere else."""
    row = [
        Button(strings.RETIRE, to("manage.retired", one.key), Tone.CHIEF),
        Button(strings.KEEP, to("manage.norm", one.key)),
    ]
    return Card(strings.RETIRE_TITLE, f"{item(one)}\n\n{_still_seen(desk, one)}", rows=(row,))


def full(typed: Mapping[str, str]) -> list[Card]:
    """Say that the draft is full, and show what was typed, on as many cards as needed."""
    said = pages([(strings.YOU_WROTE, _lines(typed.values()))], WHOLE)
    title = strings.LIMIT_TITLE.format(limit=NORMS_AT_MOST)
    return [Card(title, strings.LIMIT, said=page, rows=([_all(), back()],)) for page in said]


def changed(one: Norm, typed: Mapping[str, str]) -> list[Card]:
    """Show a norm that somebody else has changed meanwhile, and what was typed, which is not stored."""
    row = [*_writing(one), _all()]
    stands = _lines((one.title, one.norm, one.why, one.kept, one.question))
    said = pages([(strings.IT_SAYS, stands), (strings.YOU_WROTE, _lines(typed.values()))], WHOLE)
    return [Card(strings.CHANGED_TITLE, strings.CHANGED, said=page, rows=(row,)) for page in said]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _proposed(desk: NormDesk) -> str:
    if desk.begun or desk.proposal is None or desk.ballot is None or desk.ballot.ends_at is None:
        return ""
    return strings.EDIT_PROPOSED.format(number=desk.proposal.number, until=when.moment(desk.ballot.ends_at))


def _still_seen(desk: NormDesk, one: Norm) -> str:
    """Say in which versions members can still read the norm after it was taken out of the draft."""
    now, proposed = (
        None if version is None or version.norm(one.key) is None else version.number
        for version in (desk.version, desk.proposal)
    )
    if now is not None and proposed is not None:
        return strings.RETIRE_BOTH.format(number=now, proposed=proposed)
    if proposed is not None:
        return strings.RETIRE_PROPOSED.format(number=proposed)
    return strings.RETIRE_NEW if now is None else strings.RETIRE_HELD.format(number=now)


def _writing(one: Norm) -> list[Button]:
    question = strings.QUESTION_AGAIN if one.question else strings.QUESTION
    return [
        Button(strings.EDIT, to("manage.write", one.key), Tone.CHIEF),
        Button(question, to("manage.ask", one.key)),
    ]


def _write() -> Button:
    return Button(strings.WRITE, to("manage.write"))


def _all() -> Button:
    return Button(strings.ALL_NORMS, to("manage.edit"))
