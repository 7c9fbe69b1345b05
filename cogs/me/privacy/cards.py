"""The cards of `/privacy`."""

from collections.abc import Iterable, Sequence

from bot.privacy import strings as export_strings
from bot.privacy.models import Consequence
from bot.privacy.service import Held
from bot.ui.components import Attached, Button, Card, Tone
from bot.ui.custom_id import to
from cogs.me.privacy import strings

SENTENCES = {
    Consequence.ASKS_CLOSE: strings.ASKS_CLOSE,
    Consequence.ANSWERS_GO: strings.ANSWERS_GO,
    Consequence.CANT_ANSWER: strings.CANT_ANSWER,
    Consequence.TALKS_END: strings.TALKS_END,
    Consequence.PAIRS_END: strings.PAIRS_END,
    Consequence.PATH_CLOSES: strings.PATH_CLOSES,
    Consequence.COMPANION_GOES: strings.COMPANION_GOES,
    Consequence.REQUESTS_GO: strings.REQUESTS_GO,
    Consequence.PODS_LEFT: strings.PODS_LEFT,
    Consequence.INVITATIONS_CLOSE: strings.INVITATIONS_CLOSE,
    Consequence.NO_NAME: strings.NO_NAME,
    Consequence.TERMS_GO: strings.TERMS_GO,
    Consequence.CARRYING_ENDS: strings.CARRYING_ENDS,
    Consequence.NIGHT_LEFT: strings.NIGHT_LEFT,
    Consequence.NORMS_UNCOUNTED: strings.NORMS_UNCOUNTED,
    Consequence.NOTES_GO: strings.NOTES_GO,
    Consequence.REPORTS_GO: strings.REPORTS_GO,
    Consequence.LOG_STAYS: strings.LOG_STAYS,
    Consequence.REMINDERS_STAY: strings.REMINDERS_STAY,
}
BACK = Button(strings.BACK, to("privacy.show"))


def privacy() -> Card:
    rows = (
        (Button(strings.HELD, to("privacy.held"), Tone.CHIEF), Button(strings.EXPORT, to("privacy.export"))),
        (Button(strings.DMS, to("privacy.dms")), Button(strings.ERASE, to("privacy.erase"))),
    )
    return Card(strings.TITLE, strings.INTRO, rows=rows, close=True)


def unknown() -> Card:
    return Card(strings.TITLE, strings.UNKNOWN, close=True)


def held(found: Sequence[Held], *, shown: bool) -> Card:
    """Say what is held, table by table. What is shown only if it is asked for stands behind `Show`."""
    lines = [
        strings.HELD_LINE.format(what=export_strings.TABLES[one.table], count=one.count)
        for one in found
        if shown or not one.asked_for
    ]
    text = "\n".join(lines) or strings.HELD_NOTHING
    if not shown:
        text = f"{text}\n\n{strings.HIDDEN}"
    show = [] if shown else [Button(strings.SHOW, to("privacy.held_all"))]
    return Card(strings.HELD_TITLE, text, rows=((*show, BACK),), small=strings.HELD_SMALL, close=True)


def export() -> Card:
    rows = (
        (
            Button(strings.EXPORT_GO, to("privacy.get"), Tone.CHIEF),
            Button(strings.EXPORT_GO_ALL, to("privacy.get_all")),
            BACK,
        ),
    )
    text = f"{strings.EXPORT_TEXT}\n\n{strings.EXPORT_LEFT_OUT}"
    return Card(strings.EXPORT_TITLE, text, rows=rows, close=True)


def exported(content: bytes, number: int, *, alone: bool) -> Card:
    """Show a part of the export with its file."""
    name = strings.FILE if alone else strings.FILE_PART.format(number=number)
    text = strings.EXPORTED if alone else f"{strings.EXPORTED_PART.format(number=number)} {strings.EXPORTED}"
    return Card(strings.EXPORTED_TITLE, text, attached=Attached(name, content), close=True)


def dms() -> Card:
    rows = ((Button(strings.DMS_GO, to("privacy.dms_go"), Tone.CHIEF), BACK),)
    return Card(strings.DMS_TITLE, strings.DMS_TEXT, rows=rows, close=True)


def dms_under_way(*, any_sent: bool) -> Card:
    if any_sent:
        return Card(strings.DMS_UNDER_WAY_TITLE, strings.DMS_UNDER_WAY, rows=((BACK,),), close=True)
    return Card(strings.DMS_TITLE, strings.DMS_NONE, rows=((BACK,),), close=True)


def erase(consequences: Iterable[Consequence]) -> Card:
    lines = "\n".join(f"- {SENTENCES[one]}" for one in consequences)
    seen = strings.ERASE_SEEN.format(lines=lines) if lines else strings.ERASE_SEEN_NOTHING
    text = "\n\n".join((strings.ERASE_TEXT, strings.ERASE_STAYS, seen, strings.ERASE_QUIET))
    rows = ((Button(strings.ERASE_GO, to("privacy.erase_go")), BACK),)
    return Card(strings.ERASE_TITLE, text, rows=rows, close=True)


def erased() -> Card:
    """Say that it is done. Its buttons store nothing, so that the bot doesn't know them again at once."""
    return Card(strings.ERASED_TITLE, strings.ERASED, close=True)
