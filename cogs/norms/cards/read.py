"""The cards on which members read norms: a version in pages, its changes, and one norm with all its text."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.ids import ServerId
from bot.norms.models import Norm, Stand, VersionState
from bot.norms.queries import NormsShown, Put, StandAnswer
from bot.ui import plain
from bot.ui.components import Button, Card, Choice, Option, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.norms import strings, wording

_MOST_OPTIONS = 25
_WHOLE = 3000
"""Room for all parts of one norm after escaping."""


class Seen(Struct, frozen=True):
    """What one member sees of a server's norms."""

    view: NormsShown
    sent: bool
    """Whether the member has written a note to moderators, sent or not."""
    where: str = ""
    """The server's name, if the card must show it."""


def norms(put: Put, seen: Seen, number: int = 0, notice: str = "") -> Card:
    """Show one page of a version: the title and the sentence of each norm, and a select to read one whole."""
    laid = _laid(put)
    number = min(number, len(laid) - 1)
    here = laid[number]
    options = [
        Option(plain.option(norm.title, strings.NUMBERED.format(number=at), 90), norm.key)
        for at, norm in enumerate(here, 1)
    ]
    text = "\n\n".join(wording.item(norm) for norm in here)
    return Card(
        strings.TITLE.format(number=put.version.number),
        _head(put, seen, notice),
        said=[Said(strings.THE_NORMS, text)],
        after=_after(put, seen),
        rows=[Choice(strings.WHY, to("norms.why", put.version.id), options), *_rows(put, seen, changes=False),
              *_turning("norms.page", put, number, len(laid))],
        small=_page(number, len(laid)),
    )  # fmt: skip


def changes(put: Put, seen: Seen, number: int = 0, notice: str = "") -> Card:
    """Show what a version changes in the one before it.

    If there was none before, show the norms themselves.
    """
    if put.before is None:
        return norms(put, seen, number, notice)
    laid = wording.paged(wording.changed(put))
    number = min(number, len(laid) - 1)
    heading = strings.THE_CHANGES.format(number=put.before.number)
    return Card(
        strings.TITLE.format(number=put.version.number),
        _head(put, seen, notice),
        said=[Said(heading, "\n\n".join(laid[number]))],
        after=_after(put, seen),
        rows=[*_rows(put, seen, changes=True), *_turning("norms.changes", put, number, len(laid))],
        small=_page(number, len(laid)),
    )


def norm(put: Put, one: Norm) -> Card:
    """Show one norm with its whole text."""
    at = next(page for page, there in enumerate(_laid(put)) if one in there)
    told = [(strings.NORM_WHY, one.why), (strings.NORM_KEPT, one.kept), (strings.NORM_QUESTION, one.question)]
    first = Said(wording.title(one), plain.escaped(one.norm))
    [below] = pages(told, _WHOLE)
    row = [Button(strings.BACK, to("norms.page", put.version.id, str(at)))]
    return Card(strings.NORM_TITLE.format(number=put.version.number), said=[first, *below], rows=(row,))


def none(server: ServerId, seen: Seen, notice: str = "") -> Card:
    """Say that no version is in force and none is proposed."""
    text = "\n\n".join(part for part in (notice, _where(seen), strings.NONE) if part)
    row = [_suggest(server, Tone.CHIEF), *_sent(server, seen)]
    return Card(strings.NONE_TITLE, text, rows=(row,))


def which(servers: Mapping[ServerId, str]) -> Card:
    """Ask which server is meant, in a direct message to somebody who shares several servers with the bot."""
    options = [
        Option(plain.option(name, strings.SOME_SERVER), str(id))
        for id, name in list(servers.items())[:_MOST_OPTIONS]
    ]
    return Card(
        strings.WHICH_TITLE, strings.WHICH, rows=(Choice(strings.WHICH_PROMPT, to("norms.show"), options),)
    )


def answered(answer: StandAnswer, *, pods: bool) -> Card:
    """Confirm `I'm in`, or that it was taken back, with the count as it is now.

    pods: whether pods are open in that server. If so, the card suggests one.
    """
    count = _counted(answer)
    number, id = answer.version.number, answer.version.id
    read = Button(strings.READ_ALL, to("norms.page", id, "0"))
    if answer.stand is Stand.IN:
        told = [(strings.IN_TEXT if answer.fresh else strings.ALREADY_IN).format(count=count)]
        told += [_still(answer)] if answer.concern else []
        row = [Button(strings.OUT, to("norms.out", id)), read]
        server = str(answer.version.server)
        row += [Button(strings.SENT_LIST, to("norms.sent", server, "0"))] * answer.concern
        if pods:
            told.append(strings.IN_POD)
            row.insert(0, Button(strings.MY_POD, to("pods.show", server), Tone.CHIEF))
        return Card(strings.IN_TITLE.format(number=number), "\n\n".join(told), rows=(row,))
    told = [
        strings.OUT_TEXT.format(count=count),
        *([strings.OUT_STILL_CONCERN] if answer.voting and answer.stand is Stand.CONCERN else []),
    ]
    row = [Button(strings.IN, to("norms.in", id)), read]
    return Card(strings.OUT_TITLE.format(number=number), "\n\n".join(told), rows=(row,))


def _still(answer: StandAnswer) -> str:
    """Say what becomes of the concern that moderators still have."""
    return strings.IN_STILL_CONCERN if answer.voting else strings.IN_STILL_SENT


def _counted(answer: StandAnswer) -> str:
    return strings.COUNT.format(counts=wording.counts(answer.yes)) if answer.yes else strings.NOBODY_YET


# -- parts ------------------------------------------------------------------------------------------


def _laid(put: Put) -> list[list[Norm]]:
    """Return the norms of a version, split into pages."""
    left = iter(put.version.norms)
    return [
        [next(left) for _ in page] for page in wording.paged([wording.item(one) for one in put.version.norms])
    ]


def _head(put: Put, seen: Seen, notice: str) -> str:
    told = (notice, _where(seen), f"{wording.state(put)} {wording.count(put)}".strip(), wording.rule(put))
    return "\n\n".join(part for part in told if part)


def _where(seen: Seen) -> str:
    return strings.IN_SERVER.format(server=plain.name(seen.where, strings.SOME_SERVER)) if seen.where else ""


def _after(put: Put, seen: Seen) -> str:
    """Say how the member has answered this version, and whether another version is proposed."""
    number, view = put.version.number, seen.view
    told = {
        Stand.IN: strings.YOU_IN.format(number=number),
        Stand.CONCERN: strings.YOU_CONCERN.format(number=number),
    }
    said = _said(put, seen)
    parts = [told[said]] if said is not None else []
    if said is None and wording.counting(put) and view.was_in is not None and view.was_in < number:
        parts.append(strings.YOU_WERE_IN.format(was=view.was_in, number=number))
    if view.proposal is not None and put.version == view.version:
        parts.append(strings.NEXT_ONE.format(number=view.proposal.number))
    return "\n\n".join(parts)


def _said(put: Put, seen: Seen) -> Stand | None:
    match put.version:
        case seen.view.version:
            return seen.view.stand
        case seen.view.proposal:
            return seen.view.said
    return None


def _rows(put: Put, seen: Seen, *, changes: bool) -> Sequence[Row]:
    server, id, view = put.version.server, put.version.id, seen.view
    if not wording.counting(put):
        return ([Button(strings.STANDS_NOW, to("norms.show", str(server)), Tone.CHIEF)],)
    said, proposed = _said(put, seen), put.ballot.state is VersionState.OPEN
    first = [_stand(id, said)]
    if proposed:
        first.append(Button(strings.CONCERN, to("norms.concern", id)))
    first.append(_suggest(server))
    second = _sent(server, seen)
    if put.before is not None and proposed:
        turn = Button(strings.READ_ALL, to("norms.page", id, "0"))
        second.append(turn if changes else Button(strings.WHAT_CHANGES, to("norms.changes", id, "0")))
    if proposed and view.version is not None:
        second.append(Button(strings.STANDS_NOW, to("norms.page", view.version.id, "0")))
    if not proposed and view.proposal is not None:
        second.append(Button(strings.PROPOSAL, to("norms.changes", view.proposal.id, "0"), Tone.CHIEF))
    return (first, second)


def _stand(id: str, said: Stand | None) -> Button:
    if said is Stand.IN:
        return Button(strings.OUT, to("norms.out", id))
    return Button(strings.IN, to("norms.in", id), Tone.CHIEF)


def _suggest(server: ServerId, tone: Tone = Tone.QUIET) -> Button:
    return Button(strings.SUGGEST, to("norms.suggest", str(server)), tone)


def _sent(server: ServerId, seen: Seen) -> list[Button]:
    return [Button(strings.SENT_LIST, to("norms.sent", str(server), "0"))] if seen.sent else []


def _turning(verb: str, put: Put, number: int, count: int) -> list[list[Button]]:
    back = [Button(strings.BACK, to(verb, put.version.id, str(number - 1)))] if number else []
    ahead = [Button(strings.NEXT, to(verb, put.version.id, str(number + 1)))] if number + 1 < count else []
    return [[*back, *ahead]] if count > 1 else []


def _page(number: int, count: int) -> str:
    return strings.PAGE.format(page=number + 1, pages=count) if count > 1 else ""
