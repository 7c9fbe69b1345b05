"""The cards of companions: whom to choose, an invitation, and what it asks of somebody."""

from collections.abc import Mapping

from bot.content.library import Library
from bot.ids import PersonId
from bot.paths.invitations import Offered
from bot.paths.models import COMPANIONS_AT_MOST
from bot.paths.queries import OwnView
from bot.pods.models import Sent
from bot.ui import labels, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Row
from bot.ui.custom_id import to
from cogs.me.boundary import cards as boundary
from cogs.me.boundary.noticing import Ties
from cogs.path import strings
from cogs.path.parts import card, joined, show
from cogs.shared.calendar.wording import month_name


def companions(library: Library, view: OwnView, notice: str = "", *, here: bool = True) -> Card:
    """Show who goes along and who was invited. here: whether it is shown in the server, to invite there."""
    lines = [f"- **{labels.name(view.names.get(one.person, ''))}**" for one in view.companions]
    sent = [
        strings.A_SENT.format(name=labels.name(view.names.get(one.member, "")), until=when.day(one.until))
        for one in view.sent
    ]
    waiting = "\n".join((strings.INVITED, *sent)) if sent else ""
    text = joined(notice or library.path.companion.choosing, "\n".join(lines) or strings.NOBODY_YET, waiting)
    rows: list[Row] = []
    if here and len(view.companions) + len(view.sent) < COMPANIONS_AT_MOST:
        rows.append(PersonChoice(strings.INVITE_CHOOSE, to("paths.chosen", view.path.id)))
    options = [
        Option(labels.option(view.names.get(one.person, "")), f"place:{one.id}") for one in view.companions
    ]
    options += [
        Option(labels.option(view.names.get(one.member, "")), f"sent:{one.id}", strings.INVITED_OPTION)
        for one in view.sent
    ]
    if options:
        rows.append(Choice(strings.REMOVE_CHOOSE, to("paths.remove", view.path.id), options))
    rows.append((show(view.path.id),))
    small = strings.INVITE_NOTE if here else f"{strings.INVITE_NOTE}\n{strings.INVITE_IN_SERVER}"
    return card(strings.COMPANIONS_TITLE, text, rows=rows, small=small)


def without(name: str, place: str, path: str) -> Card:
    """Ask whether they really want to go on without somebody: it's one wrong touch in a list."""
    row = (
        Button(strings.GO_WITHOUT, to("paths.without", place)),
        Button(strings.BACK, to("paths.companions", path)),
    )
    return Card(strings.WITHOUT_TITLE.format(name=name), strings.WITHOUT.format(name=name), rows=(row,))


def invited(sent: Sent, names: Mapping[PersonId, str], path: str) -> Card:
    """Confirm an invitation, whatever happened to it, with a sentence to send to the person."""
    name = labels.name(names.get(sent.member, ""))
    text = joined(
        strings.INVITED_TEXT.format(until=when.day(sent.until), name=name),
        strings.TO_COPY.format(sentence=strings.SENTENCE),
    )
    row = (Button(strings.COMPANIONS, to("paths.companions", path)), show(path))
    return Card(strings.INVITED_TITLE, text, rows=(row,), small=strings.INVITED_SMALL)


def offered(library: Library, one: Offered, notice: str) -> Card:
    """Show an invitation: who asks, what it asks of a companion, and whether there was a path before."""
    id, name = one.invitation.id, one.name
    earlier = "" if one.ended_at is None else strings.EARLIER.format(
        month=month_name(one.ended_at.year, one.ended_at.month - 1)
    )  # fmt: skip
    text = joined(strings.OFFERED.format(name=labels.name(name)), notice, earlier)
    never = strings.NEVER.format(name=name) if name else strings.NEVER_UNNAMED
    row = (
        Button(strings.ACCEPT, to("paths.accept", id)),
        Button(strings.NO_THANKS, to("paths.decline", id)),
        Button(never, to("paths.consider", id)),
    )
    return Card(library.path.companion.title, text, rows=(row,), small=strings.OFFERED_SMALL)


def before_never(one: Offered, ties: Ties) -> Card:
    """Say what the inviter can notice of a boundary, before it is set."""
    id = one.invitation.id
    back = Button(strings.BACK, to("paths.see", id))
    return boundary.before(one.name, ties, to("paths.never", id), back, also=strings.STAYS_OPEN)


def joined_by(name: str, path: str) -> Card:
    """Open the message that somebody agreed to go along."""
    return Card(strings.JOINED_TITLE, strings.JOINED.format(name=labels.name(name)), rows=((show(path),),))


def declined(name: str) -> Card:
    return Card(strings.DECLINED_TITLE, strings.DECLINED.format(name=labels.name(name)))


def refused(name: str) -> Card:
    text = strings.REFUSED.format(name=labels.name(name))
    return Card(strings.REFUSED_TITLE, text, close=True)
