"""The cards of who comes along: inviting a friend, an invitation, and the message in a channel."""

from bot.content.library import Library
from bot.delivery.channel_post import ChannelPost
from bot.nights.models import Night
from bot.nights.queries import Offered
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, PersonChoice, Row, Tone
from bot.ui.custom_id import to
from cogs.me.boundary import cards as boundary
from cogs.me.boundary.noticing import Ties
from cogs.night import strings
from cogs.night.parts import back, joined, span


def invite(member: str, *, here: bool) -> Card:
    """Let them choose a friend. here: whether it is shown in the server, where members can be chosen."""
    choice: list[Row] = [PersonChoice(strings.INVITE_CHOOSE, to("nights.chosen", member))] if here else []
    text = joined(strings.INVITE_TEXT, "" if here else strings.INVITE_IN_SERVER)
    return Card(strings.INVITE_TITLE, text, rows=(*choice, (back(member),)))


def invited(member: str) -> Card:
    """Confirm an invitation, whatever became of it, with a sentence to send to the person."""
    text = f"{strings.INVITED}\n{plain.block(strings.INVITED_COPY)}"
    row = (Button(strings.INVITE, to("nights.invite", member)), back(member))
    return Card(strings.INVITED_TITLE, text, rows=(row,))


def offered(one: Offered, library: Library) -> Card:
    """Show an invitation: who would like them along, when, and what others see of them."""
    id = one.member.id
    text = joined(
        strings.OFFERED.format(name=labels.name_first(one.name)),
        span(one.night),
        library.night.before.join.body,
    )
    never = strings.NEVER.format(name=one.name) if one.name else strings.NEVER_UNNAMED
    row = (
        Button(strings.COUNT_ME_IN, to("nights.accept", id), Tone.CHIEF),
        Button(strings.NOT_ME, to("nights.decline", id)),
        Button(never, to("nights.consider", id)),
    )
    return Card(strings.OFFERED_TITLE, text, rows=(row,), small=strings.OFFERED_SMALL)


def before_never(one: Offered, ties: Ties) -> Card:
    """Say what whoever invited them can notice of a boundary, before it is set."""
    back_to = Button(strings.BACK, to("nights.see", one.member.id))
    return boundary.before(one.name, ties, to("nights.never", one.member.id), back_to, also=strings.NO_SEEN)


def declined() -> Card:
    return Card(strings.DECLINED_TITLE, strings.DECLINED)


def refused(name: str) -> Card:
    return Card(strings.REFUSED_TITLE, strings.REFUSED.format(name=labels.name(name)), close=True)


# -- in a channel -------------------------------------------------------------------------------------


def posting(member: str, library: Library) -> Card:
    """Say what everybody in the channel will see, before it is posted."""
    text = library.night.before.post
    row = (Button(strings.POST_IT, to("nights.post", member), Tone.CHIEF), back(member))
    return Card(text.title, text.body, rows=(row,))


def said(member: str, text: str) -> Card:
    return Card(strings.HOME_TITLE, text, rows=((back(member),),))


def post(night: Night, shown: ChannelPost) -> Card:
    """Show the message in a channel. It names nobody."""
    text = strings.POST.format(start=when.moment(night.starts_at), end=when.clock(night.ends_at))
    row = (Button(strings.COUNT_ME_IN, to("nights.joining", shown.id, night.id), Tone.CHIEF),)
    return Card("", text, rows=(row,))


def joining(night: Night, library: Library) -> Card:
    """Say what others see of them, before they join."""
    text = library.night.before.join
    row = (Button(strings.COUNT_ME_IN, to("nights.join", night.id), Tone.CHIEF),)
    return Card(text.title, joined(span(night), text.body), rows=(row,))
