"""The cards before a pair runs: for the person who starts it, and for the person who is asked."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.pairs.errors import PairUnwritten, ZoneUnknown
from bot.pairs.models import Pair
from bot.pairs.queries import PairDraft
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Row, Tone
from bot.ui.custom_id import to
from cogs.pair import strings as shared
from cogs.pair import wording
from cogs.pair.schedule import selects
from cogs.pair.start import strings

_MOST_OPTIONS = 25


def draft(shown: PairDraft) -> Card:
    """Show the draft with its selects, each with a default."""
    id, chosen = shown.pair.id, shown.pair.partner is not None
    text = strings.DRAFT_WITH if chosen else strings.DRAFT_NOBODY
    agreed = wording.schedule(shown.pair.schedule) if chosen else wording.sentence(shown.pair.schedule)
    whom: list[Row] = [PersonChoice(strings.PARTNER_PROMPT, to("pairs.partner", id))]
    row = [
        Button(strings.NEXT, to("pairs.before", id), Tone.CHIEF),
        Button(strings.DISCARD, to("pairs.take_back", id)),
    ]
    return Card(
        strings.DRAFT_TITLE,
        text.format(name=wording.name(shown.name), schedule=agreed),
        rows=(*([] if chosen else whom), *selects(id, shown.pair.schedule), row),
    )


def before(library: Library, shown: PairDraft) -> Card:
    """Show what either partner has to know before they write anything."""
    id = shown.pair.id
    text = library.pair.before_own if shown.mine else library.pair.before
    no = (
        Button(strings.NOT_NOW, to("pairs.take_back", id))
        if shown.mine
        else Button(strings.NO_THANKS, to("pairs.decline", id))
    )
    row = [Button(strings.GO_ON, to("pairs.form", id), Tone.CHIEF), no]
    name, agreed = wording.name(shown.name), wording.schedule(shown.pair.schedule)
    if shown.mine:
        said = strings.DRAFT_WITH.format(name=name, schedule=agreed)
        return Card(text.title, f"{text.body}\n\n{said}", rows=(row,))
    said = strings.ASKED.format(name=name, schedule=agreed)
    return Card(text.title, f"{said}\n\n{text.body}\n\n{strings.ASKED_THEN}", rows=(row,))


def proposed(pair: Pair, name: str, *, fresh: bool) -> Card:
    """Show the starter a proposal that waits, with a sentence that they can send to the partner."""
    title = strings.PROPOSED_TITLE if fresh else strings.WAITING_TITLE.format(name=wording.name(name))
    text = strings.PROPOSED.format(name=wording.name(name), until=when.day(pair.lapses_at))
    copied = strings.TO_COPY.format(sentence=strings.SENTENCE)
    row = [Button(shared.TAKE_BACK, to("pairs.take_back", pair.id))]
    return Card(title, f"{text}\n{copied}", rows=(row,), small=strings.PROPOSED_SMALL)


def to_edit(refused: PairUnwritten | ZoneUnknown) -> Card:
    """Say what in the form is missing or wrong. `Edit` opens the form as it was left."""
    unwritten = isinstance(refused, PairUnwritten)
    title = shared.UNWRITTEN_TITLE if unwritten else shared.ZONE_TITLE
    text = shared.UNWRITTEN if unwritten else shared.ZONE_TEXT
    return Card(title, text, rows=([Button(strings.EDIT, to("pairs.form", refused.pair), Tone.CHIEF)],))


def declined(name: str) -> Card:
    return Card(strings.DECLINED_TITLE, strings.DECLINED.format(name=wording.name(name)))


def gone(pair: Pair) -> Card:
    """Confirm that a draft was deleted or a proposal taken back."""
    if pair.asked_at is None:
        return Card(strings.DISCARDED_TITLE, strings.DISCARDED)
    return Card(strings.TAKEN_BACK_TITLE, strings.TAKEN_BACK)


def which(found: Sequence[tuple[str, str]], verb: str) -> Card:
    """Ask which pair is meant. `found` has the id and the wording of each."""
    options = [Option(text, id) for id, text in found[:_MOST_OPTIONS]]
    return Card(shared.WHICH_TITLE, rows=(Choice(shared.WHICH_PROMPT, to(verb), options),))


def not_here() -> Card:
    return Card(strings.NOT_HERE_TITLE, strings.NOT_HERE)


def only_in_a_server(server: str) -> Card:
    """Say that a partner can be chosen only in a server, because this is a direct message."""
    name = plain.name(server, "")
    text = strings.IN_SERVER.format(server=name) if name else strings.IN_A_SERVER
    return Card(strings.DRAFT_TITLE, text)
