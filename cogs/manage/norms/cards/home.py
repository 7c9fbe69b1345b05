"""The first card of `/manage norms`: the state of a server's norms, and everything that can be done next."""

from msgspec import Struct

from bot.norms.models import VersionState
from bot.norms.queries import NormDesk, Put
from bot.ui import when
from bot.ui.components import Button, Card, Row, Tone
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.wording import said
from cogs.manage.setup.wording import channel
from cogs.norms.wording import many, rule

_CAME_TO_NOTHING = {
    VersionState.WITHDRAWN: strings.WITHDRAWN,
    VersionState.NOT_RATIFIED: strings.NOT_RATIFIED,
}


class NormsState(Struct, frozen=True):
    """The draft, the version in force, the newest one, and whether norms are usually published at once."""

    desk: NormDesk
    current: Put | None
    newest: Put | None
    direct: bool
    channel: int | None = None
    seen: bool = True
    """Whether members can see the newest version's message as it should be."""


def home(now: NormsState, notice: str = "") -> Card:
    lines = (
        notice,
        *_in_force(now),
        *_fallen(now),
        *_proposal(now),
        *_unseen(now),
        *_draft(now.desk),
        *_waits(now.desk),
    )
    rows = (_again(now), _putting(now), _looking(now.desk), _making(now.desk), _more(now))
    return Card(strings.TITLE, "\n\n".join(line for line in lines if line), rows=rows)


def discarding() -> Card:
    """Ask before the draft is deleted, because what was typed will be lost."""
    row = [
        Button(strings.DISCARD_SURE, to("manage.discarded"), Tone.CHIEF),
        Button(strings.KEEP, to("manage.norms")),
    ]
    return Card(strings.DISCARD_TITLE, strings.DISCARD_TEXT, rows=(row,))


def back() -> Button:
    return Button(strings.HOME, to("manage.norms"))


def fresh(desk: NormDesk) -> bool:
    """Return whether the draft differs from both the version in force and the proposal."""
    before = [one.norms for one in (desk.version, desk.proposal) if one is not None]
    return desk.begun and bool(desk.draft.norms) and desk.draft.norms not in before


# -- lines of text ----------------------------------------------------------------------------------


def _in_force(now: NormsState) -> list[str]:
    current = now.current
    if current is None:
        empty = not now.desk.begun and now.newest is None
        return [strings.NOTHING if empty else strings.NOT_YET]
    return [
        strings.IN_FORCE.format(
            number=current.version.number,
            day=when.day(current.ballot.closed_at or current.ballot.opened_at),
            norms=many(strings.NORMS, len(current.version.norms)),
            said=said(current.yes),
        )
    ]


def _fallen(now: NormsState) -> list[str]:
    put = now.newest
    text = None if put is None else _CAME_TO_NOTHING.get(put.ballot.state)
    if put is None or text is None:
        return []
    return [text.format(number=put.version.number, said=said(put.yes, put.concerns, put.ballot.state))]


def _proposal(now: NormsState) -> list[str]:
    put = now.newest
    if put is None or put.ballot.state is not VersionState.OPEN:
        return []
    told = strings.STANDS.format(
        number=put.version.number, said=said(put.yes), rule=rule(put)
    )  # fmt: skip
    return [told]


def _unseen(now: NormsState) -> list[str]:
    if now.seen or now.newest is None:
        return []
    number = now.newest.version.number
    if now.channel is None:
        return [strings.UNSEEN_NO_CHANNEL.format(number=number)]
    there = channel(now.channel)
    return [strings.UNSEEN.format(number=number, channel=there, button=strings.POST_AGAIN)]


def _draft(desk: NormDesk) -> list[str]:
    if not desk.begun:
        return []
    if not desk.draft.norms:
        return [strings.DRAFT_EMPTY]
    if not desk.changes:
        return [strings.DRAFT_SAME]
    if desk.version is None:
        return [strings.FIRST_DRAFT.format(norms=many(strings.NORMS, len(desk.draft.norms)))]
    return [strings.DRAFT.format(changes=many(strings.CHANGES, len(desk.changes)))]


def _waits(desk: NormDesk) -> list[str]:
    return [many(strings.WAITS, desk.waiting)] if desk.waiting else []


# -- buttons: at most three in a row, because a phone shows no more side by side ----------------------


def _again(now: NormsState) -> Row:
    if now.seen or now.newest is None or now.channel is None:
        return []
    return [Button(strings.POST_AGAIN, to("manage.post_again", str(now.newest.version.number)), Tone.CHIEF)]


def _putting(now: NormsState) -> Row:
    if not fresh(now.desk):
        return []
    put, publish = (Tone.QUIET, Tone.CHIEF) if now.direct else (Tone.CHIEF, Tone.QUIET)
    buttons = [
        Button(strings.PUT, to("manage.put", "members"), put),
        Button(strings.PUBLISH, to("manage.put", "direct"), publish),
    ]
    return buttons[::-1] if now.direct else buttons


def _looking(desk: NormDesk) -> Row:
    if not desk.begun:
        return []
    preview = [Button(strings.PREVIEW, to("manage.preview"))] if fresh(desk) else []
    return [*preview, Button(strings.DISCARD, to("manage.discard"))]


def _making(desk: NormDesk) -> Row:
    first = Tone.QUIET if desk.draft.norms else Tone.CHIEF
    edit = [Button(strings.EDIT, to("manage.edit"))] if desk.draft.norms else []
    return [
        *edit,
        Button(strings.ADOPT, to("manage.packs"), first),
        Button(strings.WRITE, to("manage.write")),
    ]


def _more(now: NormsState) -> Row:
    desk = now.desk
    waiting = [Button(strings.WAITING, to("manage.waiting"))] if desk.waiting or desk.done else []
    proposal = desk.proposal
    withdraw = (
        [] if proposal is None else [Button(strings.WITHDRAW, to("manage.withdraw", str(proposal.number)))]
    )
    versions = [] if now.newest is None else [Button(strings.VERSIONS, to("manage.versions"))]
    return [*waiting, *withdraw, *versions]
