"""The cards of `/pod`."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.ids import PersonId, ServerId
from bot.people.models import FOREVER
from bot.pods.models import Invitation, Pod, Sent, Tie
from bot.reports.models import PassageKind
from bot.ui import labels, plain, when
from bot.ui.components import Button, Card, Choice, Option, PersonChoice, Row, Tone
from bot.ui.custom_id import to
from cogs.me.boundary import cards as boundary
from cogs.me.boundary.noticing import Ties
from cogs.pod import strings
from cogs.shared.reporting.parts import report

INVITED_AT_ONCE = 5
_MOST_OPTIONS = 25
"""A select of Discord holds at most this many options."""


def pod(
    shown: Pod, server: str, resting_until: datetime | None, notice: str = "", *, close: bool = False
) -> Card:
    """Show everything about pods that concerns a person in one server.

    A waiting invitation can be answered here.
    """
    parts = [notice, strings.WHAT_IT_IS, _resting(resting_until), *_waiting(shown), *_ties(shown)]
    rows = (*_answers(shown), _verbs(shown))
    title = strings.TITLE.format(server=plain.name(server, strings.THIS_SERVER))
    return Card(title, "\n\n".join(part for part in parts if part), rows=rows, close=close)


def invite() -> Card:
    choice = PersonChoice(strings.INVITE_CHOOSE, to("pods.chosen"), most=INVITED_AT_ONCE)
    return Card(strings.INVITE_TITLE, strings.INVITE_TEXT, rows=(choice,))


def only_in_a_server(server: str) -> Card:
    """Say that somebody can be invited only in a server, because this is a direct message."""
    name = plain.name(server, "")
    text = strings.INVITE_IN_SERVER.format(server=name) if name else strings.INVITE_IN_A_SERVER
    return Card(strings.INVITE_TITLE, text)


def invited(
    sent: Sequence[Sent], names: Mapping[PersonId, str], refused: Sequence[tuple[str, str]], server: ServerId
) -> Card:
    """Confirm invitations, whatever happened to them, with a sentence to send to the people.

    refused: the names of those who were not invited, and why.
    """
    rows = (
        (Button(strings.SHOW_POD, to("pods.show", str(server))), Button(strings.INVITE, to("pods.invite"))),
    )
    why = [strings.A_REFUSED.format(name=_name(name), why=sentence) for name, sentence in refused]
    others = "\n".join((strings.NOT_INVITED, *why)) if why else ""
    if not sent:
        text = "\n\n".join((strings.NOBODY_INVITED, others))
        return Card(strings.NOBODY_INVITED_TITLE, text, rows=rows)
    called = strings.BETWEEN.join(f"**{_called(one.member, names)}**" for one in sent)
    text = strings.INVITED_TEXT.format(names=called, until=when.day(sent[0].until))
    copied = strings.TO_COPY.format(sentence=strings.SENTENCE)
    parts = [f"{text}\n{copied}\n{strings.NOT_CLOSE}", others]
    return Card(
        strings.INVITED_TITLE,
        "\n\n".join(part for part in parts if part),
        rows=rows,
        small=strings.INVITED_SMALL,
    )


def meaning(invitation: Invitation, name: str) -> Card:
    """Explain what it means to be in somebody's pod, and offer the three answers."""
    text = strings.MEANS.format(name=_name(name))
    back = Button(strings.BACK, to("pods.show", str(invitation.server)))
    never = Button(_never(name), to("pods.consider", invitation.id))
    rows = ((*_two(invitation.id), never, back, report(PassageKind.INVITATION, invitation.id)),)
    return Card(strings.MEANS_TITLE, text, rows=rows, small=strings.IF_NOT)


def before_never(invitation: Invitation, name: str, ties: Ties) -> Card:
    """Say what the inviter can notice of a boundary, before it is set."""
    back = Button(strings.BACK, to("pods.see", invitation.id))
    notice = strings.UNTELL_FIRST if ties.asks.answered else ""
    return boundary.before(name, ties, to("pods.never", invitation.id), back, notice, also=strings.STAYS_OPEN)


def change(shown: Pod) -> Card:
    """Let them choose whom to remove, or whose pod to leave.

    Whom they can remove is a member, or somebody whose invitation still waits.
    """
    members = [_tie_option(tie, tie.member, shown.names) for tie in shown.members]
    members += [
        Option(_option(one.member, shown.names), f"sent:{one.id}", strings.INVITED_OPTION)
        for one in shown.sent
    ]
    owners = [_tie_option(tie, tie.owner, shown.names) for tie in shown.owners]
    here = str(shown.server)
    # A select holds 25 options. A person in more pods than that sees the rest when they have left some.
    rows: list[Row] = [
        Choice(prompt, to(verb, here), options[:_MOST_OPTIONS])
        for prompt, verb, options in (
            (strings.REMOVE_CHOOSE, "pods.remove", members),
            (strings.LEAVE_CHOOSE, "pods.leave", owners),
        )
        if options
    ]
    rows.append(
        (Button(strings.REST, to("settings.rest", "new")), Button(strings.BACK, to("pods.show", here)))
    )
    return Card(strings.CHANGE_TITLE, strings.CHANGE_TEXT, rows=rows)


def which(servers: Mapping[ServerId, str]) -> Card:
    """Ask which server is meant, in a direct message to somebody who shares several servers with the bot."""
    options = [
        Option(plain.option(name, strings.SOME_SERVER), str(id)) for id, name in list(servers.items())[:25]
    ]
    choice = Choice(strings.WHICH_CHOOSE, to("pods.show"), options)
    return Card(strings.WHICH_TITLE, strings.WHICH_TEXT, rows=(choice,))


def joined(name: str, server: ServerId | None) -> Card:
    rows = ((Button(strings.SHOW_POD, to("pods.show", str(server or ""))),),)
    return Card(strings.JOINED_TITLE, strings.JOINED.format(name=_name(name)), rows=rows)


def ended(server: ServerId | None) -> Card:
    """Open a message of an earlier version, which named somebody. The name is not shown any more."""
    rows = ((Button(strings.SHOW_POD, to("pods.show", str(server or ""))),),)
    return Card(strings.ENDED_TITLE, strings.ENDED, rows=rows)


def yourself() -> Card:
    think = Button(strings.THINK, to("think.open"))
    return Card(strings.YOURSELF_TITLE, strings.YOURSELF, rows=((think,),))


def full(limit: int) -> Card:
    return Card(strings.FULL_TITLE, strings.FULL.format(limit=limit))


def line(sentence: str, name: str) -> str:
    """Return the sentence with somebody's name in it; if they have none here, it says that they left."""
    return sentence.format(name=_name(name))


# -- parts ------------------------------------------------------------------------------------------


def _resting(until: datetime | None) -> str:
    if until is None:
        return ""
    return strings.RESTING_OPEN if until >= FOREVER else strings.RESTING.format(until=when.moment(until))


def _waiting(shown: Pod) -> list[str]:
    match shown.invitations:
        case ():
            return []
        case (one,):
            return [strings.INVITED_YOU.format(name=_called(one.owner, shown.names))]
        case many:
            return [strings.MANY_INVITED.format(count=len(many))]


def _ties(shown: Pod) -> list[str]:
    members = [_called(tie.member, shown.names) for tie in shown.members]
    parts = [f"{strings.ASKED_BY_ME}\n{strings.BETWEEN.join(members) or strings.NOBODY_YET}"]
    if shown.sent:
        lines = [
            strings.A_SENT.format(name=_called(one.member, shown.names), until=when.day(one.until))
            for one in shown.sent
        ]
        parts.append("\n".join((strings.WAITING, *lines)))
    if shown.owners:
        owners = [_called(tie.owner, shown.names) for tie in shown.owners]
        parts.append(f"{strings.I_ANSWER}\n{strings.BETWEEN.join(owners)}")
    return parts


def _answers(shown: Pod) -> Sequence[Choice | Sequence[Button]]:
    match shown.invitations:
        case ():
            return ()
        case (one,):
            return ((*_two(one.id), Button(strings.SEE, to("pods.see", one.id))),)
        case many:
            options = [Option(_option(one.owner, shown.names), one.id) for one in many[:_MOST_OPTIONS]]
            return (Choice(strings.CHOOSE_INVITATION, to("pods.see"), options),)


def _two(id: str) -> Sequence[Button]:
    return (
        Button(strings.ACCEPT, to("pods.accept", id), Tone.CHIEF),
        Button(strings.NO_THANKS, to("pods.decline", id)),
    )


def _verbs(shown: Pod) -> Sequence[Button]:
    here = str(shown.server)
    tone = Tone.QUIET if shown.invitations else Tone.CHIEF
    invite = Button(strings.INVITE, to("pods.invite", here), tone)
    if shown.members or shown.sent or shown.owners:
        return (invite, Button(strings.CHANGE, to("pods.change", here)))
    return (invite,)


def _tie_option(tie: Tie, whom: PersonId, names: Mapping[PersonId, str]) -> Option:
    return Option(_option(whom, names), f"tie:{tie.id}")


def _option(person: PersonId, names: Mapping[PersonId, str]) -> str:
    return labels.option(names.get(person, ""))


def _called(person: PersonId, names: Mapping[PersonId, str]) -> str:
    return _name(names.get(person, ""))


def _name(name: str) -> str:
    return labels.name(name)


def _never(name: str) -> str:
    return strings.NEVER.format(name=name) if name else strings.NEVER_UNNAMED
