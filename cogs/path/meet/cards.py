"""The cards of meetings: when they are, and the private questions after each."""

from bot.content.library import Library
from bot.paths.answer import Sense
from bot.paths.commitment import Word
from bot.paths.queries import AnswerView, ToldView
from bot.paths.schedule import CADENCES, MONTH_DAYS, MeetingSchedule
from bot.scheduling.cadence import LAST, Cadence
from bot.ui import labels, plain
from bot.ui.components import Button, Card, Choice, Option, Row, Said, Tone
from bot.ui.custom_id import to
from cogs.path import strings
from cogs.path.meet.chosen import Chosen
from cogs.path.parts import button, card, heavy, joined, show, spoken
from cogs.shared.calendar.strings import WEEKDAYS
from cogs.shared.calendar.wording import clock


def schedule(path: str, chosen: Chosen, made: MeetingSchedule | None) -> Card:
    """Let the person choose how often, on which day and at what time they meet.

    made: the schedule that is chosen; None if no time zone is known for it yet.
    """
    word = chosen.word
    cadences = [Option(strings.CADENCES[one], one, chosen=one is chosen.cadence) for one in CADENCES]
    days = MONTH_DAYS if chosen.cadence is Cadence.MONTHLY else tuple(range(7))
    day_options = [Option(_day(chosen.cadence, day), str(day), chosen=day == chosen.day) for day in days]
    hours = [
        Option(clock(60 * hour), str(60 * hour), chosen=60 * hour == chosen.minute) for hour in range(24)
    ]
    agree = [] if made is None else [Button(strings.AGREED, to("paths.agree_when", path, word), Tone.CHIEF)]
    zone = Button(strings.SET_ZONE, to("paths.zone", path, word))
    rows: list[Row] = [
        Choice(strings.CADENCE_PROMPT, to("paths.cadence", path, word), cadences),
        Choice(strings.DAY_PROMPT, to("paths.weekday", path, word), day_options),
        Choice(strings.HOUR_PROMPT, to("paths.hour", path, word), hours),
        (*agree, zone, show(path)),
    ]
    text = strings.WHEN_NO_ZONE if made is None else strings.WHEN.format(zone=made.zone.replace("_", " "))
    return card(strings.WHEN_TITLE, text, rows=rows)


def after(library: Library, view: AnswerView, said: Word | None = None) -> Card:
    """Ask what comes next about a meeting: whether they met, and then each commitment or how it goes.

    said: what the person on the path has just said of the commitment before.
    """
    answer = view.answer
    if answer.met is None:
        row = (
            button(strings.WE_MET, "paths.met", answer.id, "yes", Tone.CHIEF),
            button(strings.WE_DIDNT, "paths.met", answer.id, "no"),
        )
        text = strings.MET_ALONE if answer.alone else strings.MET_TEXT
        return card(strings.MET_TITLE, text, rows=(row, (show(view.path.id),)), small=strings.MET_PRIVATE)
    notice = strings.NOT_HIDDEN if said is Word.NOT_HELD else "" if answer.met else strings.DIDNT_MEET
    return _held(library, view, notice) if view.own else _sense(view, notice)


def sensed(library: Library, view: AnswerView, country: str | None) -> Card:
    """Answer what a companion said of how it goes. Telling the others is theirs to choose."""
    sense, texts = view.answer.sense, library.path.companion
    tell: list[Button] = []
    if sense is not None and sense.can_be_told and not view.answer.told:
        tell = [button(strings.TELL_OTHERS, "paths.tell", view.answer.id)]
    told = strings.TOLD_THEM if view.answer.told else ""
    small = strings.TELLING if tell else ""
    row = (*tell, show(view.path.id))
    match sense:
        case Sense.UNSURE:
            text = joined(told, spoken(texts.unsure, library, country))
            return Card(strings.UNSURE_TITLE, text, rows=(row,), small=small)
        case Sense.WORRIED:
            text = joined(told, spoken(texts.worried, library, country))
            row = (*tell, Button(strings.AFRAID, to("aside.afraid")), show(view.path.id))
            return Card(strings.WORRIED_TITLE, text, rows=(row,), small=small)
        case _:
            return Card(strings.ALL_SAID_TITLE, strings.GOING_ON, rows=((show(view.path.id),),))


def told(library: Library, view: ToldView, country: str | None) -> Card:
    """Show what another companion chose to tell."""
    sense = view.answer.sense or Sense.UNSURE
    name = labels.name(view.name)
    line = strings.TOLD_LINES.get(sense, "").format(name=labels.name_first(view.name))
    after = spoken(library.path.companion.worried, library, country) if sense is Sense.WORRIED else ""
    row = (Button(strings.AFRAID, to("aside.afraid")), show(view.answer.path))
    return Card(
        strings.TOLD_TITLE,
        joined(line, strings.TOLD_NOTE.format(name=f"**{name}**")),
        after=after,
        rows=(row,),
    )


# -- parts ------------------------------------------------------------------------------------------


def _held(library: Library, view: AnswerView, notice: str) -> Card:
    if view.next is None:
        return card(strings.ALL_SAID_TITLE, joined(notice, strings.ALL_SAID), rows=((show(view.path.id),),))
    one, text = view.next
    dark = heavy(library, [text])
    words = (
        {strings.LEAVE_IT: Word.LEFT} if dark else {strings.HELD: Word.HELD, strings.NOT_HELD: Word.NOT_HELD}
    )
    said = [button(label, "paths.said", one.id, word) for label, word in words.items()]
    change = button(strings.CHANGE if dark else strings.CHANGED, "paths.edit", one.id, "met")
    return card(
        strings.MET_TITLE,
        joined(notice, strings.STILL_SO if dark else strings.HOW_HELD),
        said=[Said(strings.KIND_LABELS[one.about], plain.escaped(text))],
        rows=((*said, change), (show(view.path.id),)),
        small=strings.MET_PRIVATE,
    )


def _sense(view: AnswerView, notice: str) -> Card:
    buttons = [button(label, "paths.sense", view.answer.id, sense) for sense, label in strings.SENSES.items()]
    rows = (buttons[:2], buttons[2:], (show(view.path.id),))
    ask = strings.AFTER_MET if view.answer.met else strings.HOW_IS_IT
    return card(strings.MET_TITLE, joined(notice, ask), rows=rows, small=strings.MET_PRIVATE)


def _day(cadence: Cadence, day: int) -> str:
    if cadence is not Cadence.MONTHLY:
        return WEEKDAYS[day]
    if day == LAST:
        return strings.LAST_DAY
    return strings.MONTH_DAY.format(day=_ordinal(day))


def _ordinal(day: int) -> str:
    ending = strings.ORDINALS.get(0 if 10 < day % 100 < 14 else day % 10, strings.ORDINALS[0])
    return f"{day}{ending}"
