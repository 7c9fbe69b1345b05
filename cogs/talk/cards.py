"""The cards of a talk: for the asker in each state, and for the person who is asked."""

from datetime import datetime

from bot.content.helplines import Country, Fit, SupportPage, SupportPart, SupportTopic
from bot.content.library import WORLD, Library
from bot.content.models import CardText
from bot.talks.models import Reply, TalkAbout, TalkState
from bot.talks.queries import Offered, TalkView
from bot.ui import labels, when
from bot.ui.components import Button, Card, Choice, Option, Row, Tone
from bot.ui.custom_id import to
from cogs.shared.plans import cards as plan_cards
from cogs.shared.plans.parts import what_ill_do
from cogs.shared.support import helplines
from cogs.shared.support.cards import whose
from cogs.talk import strings


def asker(
    library: Library, view: TalkView, me: str, country: str | None, now: datetime, about: TalkAbout
) -> Card:
    """Show the asker the state of their talk.

    me: the asker's own name in this server. about: what it is about, if they choose whom to ask.
    """
    state = None if view.talk is None else view.talk.state
    match state:
        case None | TalkState.FREE:
            return _choosing(library, view, me, country, now, about)
        case TalkState.WAITING:
            return _waiting(view)
        case TalkState.AGREED:
            return _agreed(view)
        case TalkState.FOLLOWED:
            return _did_you(library, view)
        case TalkState.TALKED:
            return _talked(library, view)
        case TalkState.CLOSED:
            return Card(strings.OVER_TITLE, strings.OVER, rows=([_talk(view)],))


def not_yet(view: TalkView) -> Card:
    """After `Not yet`: say when they are asked once more, or that they are not asked again."""
    if view.again_at is not None:
        text = strings.ASKED_AGAIN.format(at=when.moment(view.again_at))
        return Card(strings.ASKED_AGAIN_TITLE, text, rows=([_did(strings.THEY_COULDNT, view, "couldnt")],))
    return Card(strings.RESTS_TITLE, strings.RESTS, rows=([_talk(view)],))


def taken_back(view: TalkView) -> Card:
    return Card(strings.TAKEN_BACK_TITLE, strings.TAKEN_BACK, rows=([_talk(view), *_think(_about(view))],))


def offered(library: Library, shown: Offered, country: Country) -> Card:
    """Show somebody what they are asked and how to listen, or what they have answered."""
    name = _name(shown.name)
    listening = _listening(library, shown.about).filled(emergency=f"**{country.emergency}**")
    after = f"### {listening.title}\n{listening.body}"
    reply = shown.request.reply
    if reply is not None:
        text = (strings.SAID_CANT if reply is Reply.CANT else strings.SAID_TIME).format(name=name)
        if reply is Reply.CANT:
            never = Button(strings.BOUNDARY, to("talks.never", shown.request.id))
            return Card(
                strings.SAID_TITLES[reply],
                f"{text}\n\n{strings.SAID_NEVER.format(name=name)}",
                rows=([never],),
            )
        cant = Button(strings.CANT_AFTER_ALL, to("talks.answer", shown.request.id, Reply.CANT))
        row = [cant] if shown.agreed else []
        text = f"{text} {strings.SAID_STOP}" if shown.agreed else text
        return Card(strings.SAID_TITLES[reply], text, after=after, rows=(row,), small=whose(country))
    asked = _line(library, shown.about).filled(name=name)
    answers = [
        Button(label, to("talks.answer", shown.request.id, word), tone)
        for label, word, tone in (
            (strings.TODAY, Reply.TODAY, Tone.CHIEF),
            (strings.TOMORROW, Reply.TOMORROW, Tone.CHIEF),
            (strings.CANT, Reply.CANT, Tone.QUIET),
        )
    ]
    until = strings.OFFERED_SMALL.format(name=name, until=when.moment(shown.request.lapses_at))
    small = f"{until}\n{whose(country)}"
    return Card(asked.title, asked.body, after=after, rows=(answers,), small=small)


def never_anyway() -> Card:
    """Lead to `/boundary` where the request to talk has gone, and with it the person."""
    row = [Button(strings.BOUNDARY, to("boundaries.add"))]
    return Card(strings.CLOSED_TITLE, strings.NEVER_ANYWAY, rows=(row,))


def cannot(server: int, about: str) -> Card:
    again = Button(strings.TALK, to("talks.open", str(server), about))
    return Card(strings.CANNOT_TITLE, strings.CANNOT, rows=([again],))


def waits(view: TalkView) -> str:
    """Return the talk in one line, for `/inbox`."""
    if view.talk is None or view.talk.state is TalkState.FREE:
        return strings.IN_FREE
    sentence = strings.IN_WAITING if view.talk.state is TalkState.WAITING else strings.IN_SOON
    return sentence.format(name=_name(view.name), until=when.moment(view.talk.current.lapses_at))


def _choosing(
    library: Library, view: TalkView, me: str, country: str | None, now: datetime, about: TalkAbout
) -> Card:
    cant = "" if view.talk is None else strings.CANT_NOW.format(name=_name(view.name))
    back = [] if view.talk is None else [_take_back(view)]
    if not view.others:
        return _nobody(library, view, cant, country, now, about)
    quoted, _, _ = _line(library, about).filled(name=labels.name(me)).body.partition("\n\n")
    text = f"{cant} {strings.NEXT}" if cant else strings.ASK.format(who=strings.WHO[about], offered=quoted)
    title = strings.CANT_TITLE if cant else strings.ASK_TITLE
    options = [Option(labels.option(name), person) for person, name in view.others]
    choice = Choice(strings.CHOOSE, to("talks.ask", str(view.server), about), options)
    hurt = Button(strings.DONE_TO_ME, to("talks.open", str(view.server), TalkAbout.HARD))
    instead = [hurt] if about is TalkAbout.DID else []
    return Card(title, text, rows=(choice, [*back, *_think(about), *instead]))


def _nobody(
    library: Library, view: TalkView, cant: str, country: str | None, now: datetime, about: TalkAbout
) -> Card:
    card = library.talk.nobody
    text = "\n\n".join(part for part in (cant, card.body) if part)
    place = library.country(country)
    did = about is TalkAbout.DID
    own = place.behind(SupportTopic.WORRIED) if did and place.code != WORLD else ()
    found = tuple(line for line in own if line.fits is not Fit.ONE_THING)
    page = SupportPage(
        place, SupportTopic.WORRIED, card.title, strings.A_LINE, (SupportPart("", "", found),), ""
    )
    after = helplines.told(page, now) if found else ""
    check = [Button(strings.CHECK_ON_THEM, to("contact.open"))] if did else []
    meanwhile = [
        *_think(about),
        *check,
        Button(strings.SET_UP_POD, to("pods.invite", str(view.server))),
    ]
    small = library.support_texts.closing if found else ""
    return Card(card.title, text, after=after, rows=(meanwhile,), small=small)


def _waiting(view: TalkView) -> Card:
    assert view.talk is not None
    until = when.moment(view.talk.current.lapses_at)
    text = f"{strings.WAITING.format(until=until)}\n\n{strings.MEANWHILE}"
    title = strings.WAITING_TITLE.format(name=_name(view.name))
    return Card(title, text, rows=([_take_back(view), *_think(_about(view))],))


def _agreed(view: TalkView) -> Card:
    assert view.talk is not None
    assert view.talk.day is not None
    name = _name(view.name)
    about = view.talk.about
    text = strings.AGREED.format(
        name=name, day=when.day(view.talk.day), begin=strings.BEGIN[about], how=strings.HOW[about]
    )
    row = [_did(strings.THEY_COULDNT, view, "couldnt"), *_think(about)]
    return Card(strings.AGREED_TITLE.format(name=name), text, rows=(row,), small=strings.AGREED_SMALL)


def _did_you(library: Library, view: TalkView) -> Card:
    card = library.talk.did_you
    answers: Row = [
        _did(strings.YES, view, "yes"),
        _did(strings.NOT_YET, view, "not_yet"),
        _did(strings.THEY_COULDNT, view, "couldnt"),
    ]
    return Card(card.title, card.body, rows=(answers,))


def _talked(library: Library, view: TalkView) -> Card:
    """Show what can come next. Only for what the asker did is there a list of steps."""
    match _about(view):
        case TalkAbout.DID:
            return plan_cards.steps(library.steps, _id(view))
        case TalkAbout.OTHERS:
            card = library.talk.after_others
        case TalkAbout.HARD:
            card = library.talk.after_hard
    return Card(card.title, card.body, rows=([what_ill_do()],))


def _line(library: Library, about: TalkAbout) -> CardText:
    """Return what the person reads who is asked. Its first paragraph is also shown to the asker."""
    texts = library.talk
    return {
        TalkAbout.DID: texts.offered,
        TalkAbout.OTHERS: texts.offered_others,
        TalkAbout.HARD: texts.offered_hard,
    }[about]


def _listening(library: Library, about: TalkAbout) -> CardText:
    texts = library.listening
    return {TalkAbout.DID: texts.card, TalkAbout.OTHERS: texts.others, TalkAbout.HARD: texts.hard}[about]


def _about(view: TalkView) -> TalkAbout:
    return TalkAbout.HARD if view.talk is None else view.talk.about


def _id(view: TalkView) -> str:
    return "" if view.talk is None else view.talk.id


def _did(label: str, view: TalkView, word: str) -> Button:
    return Button(label, to("talks.did", _id(view), word))


def _take_back(view: TalkView) -> Button:
    return Button(strings.TAKE_BACK, to("talks.take_back", _id(view)))


def _talk(view: TalkView) -> Button:
    return Button(strings.TALK, to("talks.open", str(view.server), _about(view)))


def _think(about: TalkAbout) -> list[Button]:
    """Return what the asker can do alone. The four questions begin with what they did themselves."""
    questions = [Button(strings.THINK, to("think.open"))] if about is TalkAbout.DID else []
    return [*questions, what_ill_do()]


def _name(name: str) -> str:
    return labels.name(name)
