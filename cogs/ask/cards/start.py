"""The first cards of `/ask`: what to know before, what kind of thing it is about, and other kinds of help."""

from collections.abc import Sequence

from bot.asks.eligibility import Around
from bot.asks.models import Ask, AskKind
from bot.asks.queries import Beginning
from bot.content.library import Library
from bot.content.models import CardText
from bot.ids import ServerId
from bot.talks.models import TalkAbout
from bot.ui import when
from bot.ui.components import Button, Card, Choice, Option, Tone, pages
from bot.ui.custom_id import to
from cogs.ask import strings
from cogs.ask.cards.alone import (
    alone,
    by_themselves,
    check_on_them,
    set_up_pod,
    think,
    what_to_say,
)
from cogs.me.settings import strings as settings
from cogs.shared.plans.parts import what_ill_do
from cogs.shared.support.cards import whose


def before_you_write(library: Library, beginning: Beginning) -> Card:
    """Show what somebody has to know before their first ask."""
    text = library.before.shown(beginning.days)
    id = beginning.ask.id
    row = [
        # The version and the days make sure that they agree to the text that they have seen.
        Button(
            strings.CONTINUE, to("asks.agree", id, f"{library.before.version}-{beginning.days}"), Tone.CHIEF
        ),
        Button(strings.UNDER_18, to("asks.minor", id)),
        think(),
    ]
    someone = beginning.around is Around.SOMEONE
    meanwhile = [] if someone else [what_ill_do(), check_on_them(), set_up_pod(beginning.ask.server)]
    return Card(text.title, _around(text.body, beginning.around), rows=(row, meanwhile))


def sure_under_18(ask: Ask) -> Card:
    """Say what ends, in the words of `/settings`, before somebody says that they are under 18."""
    row = [
        Button(strings.UNDER_18, to("asks.minor", ask.id, "sure")),
        # Any version but the current one shows the card from which they came.
        Button(strings.BACK, to("asks.agree", ask.id, "back")),
    ]
    return Card(settings.AGE_TITLE, settings.AGE_TEXT, rows=(row,))


def kinds(ask: Ask, around: Around) -> Card:
    """Ask which kind of thing the ask is about."""
    options = [Option(label, value) for value, label in strings.KINDS.items()]
    choice = Choice(strings.KIND_PROMPT, to("asks.kind", ask.id), options)
    text = _around(strings.KIND_TEXT, around)
    row = [think()] if around is Around.SOMEONE else alone(ask.server)
    return Card(strings.KIND_TITLE, text, rows=(choice, row))


def still_here(written: Ask, ask: Ask) -> Card:
    """Say that a draft with text is still kept: they can go on with it, or write something new."""
    text = strings.WRITTEN.format(when=when.moment(written.made_at))
    row = [
        Button(strings.GO_ON, to("asks.draft", written.id), Tone.CHIEF),
        Button(strings.WRITE_NEW, to("asks.back", ask.id)),
        Button(strings.DISCARD, to("asks.discard", written.id)),
    ]
    return Card(strings.WRITTEN_TITLE, text, rows=(row,))


def message(text: str) -> list[Card]:
    """Show a message that is too long for the form, so that it can be copied from there."""
    return [Card("", strings.MESSAGE_LONG, said=page) for page in pages([(strings.MESSAGE, text)])]


def facts(ask: Ask, kind: str) -> Card:
    """Show the checklist of facts.

    Facts, and not labels, decide whether something goes to friends in writing.
    """
    options = [Option(label, value) for value, label in strings.FACTS.items()]
    choice = Choice(strings.FACTS_PROMPT, to("asks.facts", ask.id, kind), options, most=len(options))
    return Card(strings.FACTS_TITLE, strings.FACTS_TEXT, rows=(choice, [_back(ask)]))


def did_they_say(ask: Ask) -> Card:
    """Ask whether the person who was hurt agreed that others hear of it.

    It is for when a friend of the asker's did something.
    """
    row = [
        Button(strings.YES, to("asks.may_tell", ask.id, "yes")),
        Button(strings.NO, to("asks.may_tell", ask.id, "no")),
        _back(ask),
    ]
    return Card(strings.ASKED_TITLE, strings.ASKED_TEXT, rows=(row,))


def ask_them_first(library: Library, country: str | None, ask: Ask) -> Card:
    text = library.talk.named
    told = what_to_say(library.country(country).code)
    return Card(text.title, text.body, rows=([told, _back(ask)],)).within(country)


def talk(
    library: Library,
    country: str | None,
    server: ServerId,
    *,
    kind: AskKind | None = None,
    lead: str = "",
    came: str = "",
    back_to: Ask | None = None,
) -> Card:
    """Show the card that leads to talking in person.

    kind: what they asked about. Unless it is about what somebody else did, they may have hurt a person.
    lead: the text that says why the card is shown; it comes after the first paragraph, which is about what
    can't wait. came: the id of an ask whose answers can be read, or empty.
    back_to: the draft to which `Back` leads.
    """
    match kind:
        case AskKind.SAW:
            card, about = library.talk.saw, TalkAbout.OTHERS
        case AskKind.NAMED:
            card, about = library.talk.friend, TalkAbout.OTHERS
        case _:
            card, about = library.talk.noticed, TalkAbout.DID
    text = card.filled(emergency=f"**{library.emergency(country)}**")
    row = [_talk(server, about), *by_themselves(kind, library.country(country).code)]
    read = [Button(strings.READ_SOME, to("asks.read", came, "0"))] if came else []
    urgent, _, rest = text.body.partition("\n\n")
    body = "\n\n".join(part for part in (urgent, lead, rest) if part)
    small = whose(library.country(country))
    back = [_back(back_to)] if back_to is not None else []
    return Card(text.title, body, rows=(row, read, back), small=small).within(country)


def gravest(library: Library, ticked: Sequence[str], *, saw: bool) -> str:
    """Return what to say first about the facts that were ticked."""
    facts = library.talk.seen if saw else library.talk.did
    return facts.gravest(ticked)


def unsafe(library: Library, country: str | None, ask: Ask) -> Card:
    """Show what to do now. The helplines for right now come on a card of their own."""
    text = library.talk.unsafe.filled(emergency=f"**{library.emergency(country)}**")
    small = whose(library.country(country))
    aloud = Button(strings.TALK, to("talks.open", str(ask.server), TalkAbout.HARD))
    return Card(text.title, text.body, rows=([aloud, _back(ask)],), small=small).within(country)


def accused(library: Library, ask: Ask) -> Card:
    text = library.talk.accused
    row = [_talk(ask.server, TalkAbout.DID), check_on_them(), think(), what_ill_do()]
    return Card(text.title, text.body, rows=(row, [_back(ask)]))


def under_18(text: CardText, lines: str, ask: Ask, small: str) -> Card:
    """Show helplines because somebody under 18 is involved. No talk among friends is offered."""
    return Card(text.title, f"{text.body}\n\n{lines}", rows=([_back(ask)],), small=small)


def _around(text: str, around: Around) -> str:
    said = {Around.SOMEONE: "", Around.AWAY: strings.AWAY, Around.NOBODY: strings.ALONE}[around]
    return f"{text}\n\n{said}" if said else text


def _talk(server: ServerId, about: TalkAbout) -> Button:
    return Button(strings.TALK, to("talks.open", str(server), about), Tone.CHIEF)


def _back(ask: Ask) -> Button:
    return Button(strings.BACK, to("asks.back", ask.id))
