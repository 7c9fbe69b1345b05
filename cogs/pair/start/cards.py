"""The cards before a pair runs: for the person who starts it, and for the person who is asked."""

from collections.abc import Sequence

from bot.content.library import Library
from bot.pairs.errors import PairUnwritten, ZoneUnknown
from bot.pairs.models import About, Pair
from bot.pairs.queries import PairDraft
from bot.reports.models import PassageKind
from bot.ui import plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Row, Tone
from bot.ui.custom_id import to
from cogs.pair import strings as shared
from cogs.pair import wording
from cogs.pair.schedule import selects
from cogs.pair.start import strings
from cogs.shared.reporting.parts import report

_MOST_OPTIONS = 25


def draft(shown: PairDraft) -> Card:
    """Show the draft with its selects, each with a default, and let them choose what their aim is about."""
    id, chosen = shown.pair.id, shown.pair.partner is not None
    text = strings.DRAFT_WITH if chosen else strings.DRAFT_NOBODY
    agreed = wording.schedule(shown.pair.schedule) if chosen else wording.sentence(shown.pair.schedule)
    whom: list[Row] = [PersonChoice(strings.PARTNER_PROMPT, to("pairs.partner", id))]
    back = [Button(shared.BACK, to("pairs.before", id))] if chosen else []
    row = [*_abouts(id), *back, Button(strings.DISCARD, to("pairs.take_back", id))]
    said = text.format(name=wording.name(shown.name), schedule=agreed)
    return Card(
        strings.DRAFT_TITLE,
        f"{said}\n\n{strings.ABOUT}",
        rows=(*([] if chosen else whom), *selects(id, shown.pair.schedule), row),
    )


def before(library: Library, shown: PairDraft, *, whole: bool) -> Card:
    """Show what a pair is for, and what they agree to, before either partner chooses or writes anything.

    whole: the schedule is settled, so that the form comes next.
    """
    id, name = shown.pair.id, wording.name(shown.name)
    agreed = wording.schedule(shown.pair.schedule)
    if not shown.mine:
        text, no = library.pair.before, Button(strings.NO_THANKS, to("pairs.decline", id))
        said = strings.ASKED.format(name=name, schedule=agreed)
        then = strings.ASKED_THEN.format(name=name)
        parts = [said, text.body, strings.ABOUT, then]
        return Card(
            text.title, "\n\n".join(parts), rows=([*_abouts(id), no, report(PassageKind.PROPOSAL, id)],)
        )
    text, no = library.pair.before_own, Button(strings.NOT_NOW, to("pairs.take_back", id))
    if not whole:
        row = [Button(strings.NEXT, to("pairs.draft", id), Tone.CHIEF), no]
        return Card(text.title, text.body, rows=(row,))
    said = strings.DRAFT_WITH.format(name=name, schedule=agreed)
    return Card(text.title, "\n\n".join([text.body, said, strings.ABOUT]), rows=([*_abouts(id), no],))


def _abouts(id: str) -> list[Button]:
    """Return the buttons that open the form, by what their aim is about."""
    return [
        Button(strings.HABIT, to("pairs.form", id, About.HABIT)),
        Button(strings.PEOPLE, to("pairs.form", id, About.PEOPLE)),
    ]


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
    return Card(strings.BEFORE_TITLE, text)
