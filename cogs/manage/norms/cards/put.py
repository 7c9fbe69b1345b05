"""The cards for putting the draft to the members: a preview, what changes, what follows, and the result."""

from datetime import datetime

from msgspec.structs import replace

from bot.delivery.channel_post import ChannelPost
from bot.ids import PersonId
from bot.norms import posts
from bot.norms.models import Ballot, Version, VersionState
from bot.norms.queries import NormDesk, Put
from bot.servers.models import Server
from bot.ui import when
from bot.ui.components import Button, Card, ChannelChoice, Tone
from bot.ui.custom_id import to
from cogs.manage.norms import strings
from cogs.manage.norms.cards.home import back
from cogs.manage.norms.wording import Leaves, said
from cogs.manage.setup import strings as granting
from cogs.manage.setup.wording import channel, permissions
from cogs.norms.cards import post as members
from cogs.norms.wording import changed, item, many, rule

MEMBERS, DIRECT = "members", "direct"
"""The two ways to put a version: members answer it first, or it is in force at once."""


def as_put(
    desk: NormDesk, number: int, server: Server, now: datetime, *, direct: bool, members: int | None
) -> Put:
    """Return the draft as the version that it would become if it were put now."""
    version = Version("", server.id, number, now, PersonId(""), desk.draft.norms)
    ballot = Ballot.on(version, server.ratifying, now, direct=direct, members=members)
    return Put(version, ballot, desk.version, desk.changes, 0, 0)


def preview(put: Put) -> Card:
    """Show the message of the channel as it would look. Its buttons are the moderator's, not the members'."""
    post = ChannelPost.to(put.version.server, 0, posts.BALLOT, put.version.id, put.version.made_at)
    whole = Button(strings.READ_ALL, to("manage.read"))
    rows = ([whole, *_changes(put)], [_on(put), back()])
    return replace(members.ballot(put, post), rows=rows, small=strings.PREVIEW_SMALL)


def read(put: Put, number: str) -> Card:
    """Show all norms of the draft, as members will read them."""
    found = Leaves([item(norm) for norm in put.version.norms], number)
    row = [Button(strings.PREVIEW, to("manage.preview")), *_changes(put), back()]
    return Card(
        strings.READ_TITLE,
        said=found.said(strings.NORMS_HEADING),
        rows=(found.turning("manage.read"), row),
        small=found.small(),
    )


def changes(put: Put, number: str) -> Card:
    """Show how the draft differs from the version in force."""
    found = Leaves([] if put.before is None else changed(put), number)
    since = strings.SINCE_NONE if put.before is None else strings.SINCE.format(number=put.before.number)
    row = [Button(strings.PREVIEW, to("manage.preview")), back()]
    return Card(
        strings.CHANGES_TITLE,
        since,
        said=found.said(strings.CHANGED_HEADING),
        rows=(found.turning("manage.changes"), row),
        small=found.small(),
    )


def putting(put: Put, desk: NormDesk, server: Server, seen: str, notice: str = "") -> Card:
    """Say what happens when the version is put, and ask for the last press."""
    direct = put.ballot.state is VersionState.PUBLISHED
    follows = (strings.PUBLISH_TEXT if direct else strings.PUT_TEXT).format(
        norms=many(strings.NORMS, len(put.version.norms)),
        channel=channel(server.norms_channel or 0),
        rule=rule(put),
    )
    row = [
        Button(strings.POST, to("manage.post", DIRECT if direct else MEMBERS, seen), Tone.CHIEF),
        Button(strings.PREVIEW, to("manage.preview")),
        back(),
    ]
    title = (strings.PUBLISH_TITLE if direct else strings.PUT_TITLE).format(number=put.version.number)
    text = "\n\n".join(
        part for part in (notice, follows, *_against(put), *_replacing(desk, direct=direct)) if part
    )
    return Card(title, text, rows=(row,), small=strings.PUBLISH_SMALL if direct else strings.PUT_SMALL)


def posted(put: Put, norms_channel: int | None) -> Card:
    """Say that the version was put to the members. A second press shows the same card."""
    where = strings.POSTED.format(channel=channel(norms_channel or 0))
    stands = strings.IS_PUT.format(until=_until(put.ballot))
    then = strings.IS_PUBLISHED if put.ballot.state is VersionState.PUBLISHED else stands
    return Card(strings.POSTED_TITLE.format(number=put.version.number), f"{where} {then}", rows=([back()],))


def withdrawing(desk: NormDesk, ballot: Ballot, number: int) -> Card:
    row = [
        Button(strings.WITHDRAW_SURE, to("manage.withdrawn", str(number)), Tone.CHIEF),
        Button(strings.KEEP, to("manage.norms")),
    ]
    text = strings.WITHDRAW_TEXT.format(until=_until(ballot), said=said(desk.yes))
    return Card(strings.WITHDRAW_TITLE.format(number=number), text, rows=(row,))


# -- the channel ------------------------------------------------------------------------------------


def no_channel(how: str = "", *, gone: bool = False) -> Card:
    """Say that no channel for norms is chosen, or with `gone` that the chosen one was deleted."""
    title, text = (
        (strings.GONE_TITLE, strings.GONE) if gone else (strings.NO_CHANNEL_TITLE, strings.NO_CHANNEL)
    )
    return Card(title, text, rows=(_channels(how, None), [back()]))


def lacks(how: str, norms_channel: int, missing: tuple[str, ...]) -> Card:
    lacking = strings.LACKS.format(channel=channel(norms_channel), missing=permissions(missing))
    text = "\n\n".join((lacking, granting.WHERE, strings.OR_ANOTHER))
    row = [Button(strings.LOOK_AGAIN, to("manage.put", how), Tone.CHIEF), back()]
    return Card(strings.LACKS_TITLE, text, rows=(_channels(how, norms_channel), row))


def _channels(how: str, chosen: int | None) -> ChannelChoice:
    return ChannelChoice(strings.CHANNEL_PROMPT, to("manage.norms_channel", how), chosen)


# -- parts ------------------------------------------------------------------------------------------


def _on(put: Put) -> Button:
    direct = put.ballot.state is VersionState.PUBLISHED
    label, how = (strings.PUBLISH, DIRECT) if direct else (strings.PUT, MEMBERS)
    return Button(label, to("manage.put", how), Tone.CHIEF)


def _changes(put: Put) -> list[Button]:
    return [] if put.before is None else [Button(strings.WHAT_CHANGED, to("manage.changes"))]


def _against(put: Put) -> list[str]:
    if put.before is None:
        return []
    return [strings.AGAINST.format(changes=many(strings.CHANGES, len(put.changes)), number=put.before.number)]


def _replacing(desk: NormDesk, *, direct: bool) -> list[str]:
    if desk.proposal is None or desk.ballot is None:
        return []
    sentence = strings.ENDING_THE_VOTE if direct else strings.REPLACING
    return [sentence.format(number=desk.proposal.number, until=_until(desk.ballot))]


def _until(ballot: Ballot) -> str:
    return "" if ballot.ends_at is None else when.moment(ballot.ends_at)
