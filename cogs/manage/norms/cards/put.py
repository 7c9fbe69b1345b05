"""What members will read, what that changes, and what follows when it is put to them."""

from datetime import datetime, timedelta

from bot.norms.model import Ballot, State
from bot.norms.view import Desk, Put
from bot.servers.model import Server
from bot.ui import when
from bot.ui.look import Button, Card, ChannelChoice, Row, Tone
from bot.ui.route import to
from cogs.manage.norms import wording, words
from cogs.manage.norms.cards.home import back, threshold
from cogs.manage.setup import words as granting
from cogs.manage.setup.wording import channel, permissions

MEMBERS, DIRECT = "members", "direct"
"""How a version is put: for the members to say, or in force at once."""


def preview(desk: Desk, number: str, *, direct: bool) -> Card:
    """The draft, in the order and the words in which members will have it."""
    found = wording.leaves(wording.items(desk.draft.norms))
    page = wording.at(found, number)
    changed = Button(words.WHAT_CHANGED, to("manage.changes"))
    rows = (_turning("manage.preview", page, len(found)), [changed, *_on(desk, direct=direct), back()])
    return Card(
        words.PREVIEW_TITLE,
        "" if desk.draft.norms else words.PREVIEW_EMPTY,
        said=wording.leaf(found, page, words.NORMS_HEADING),
        rows=rows,
        small=_page(page, len(found)),
    )


def changes(desk: Desk, number: str) -> Card:
    """The draft against what is in force."""
    known = () if desk.version is None else desk.changes
    found = wording.leaves([wording.change(one, desk.draft.norms) for one in known])
    page = wording.at(found, number)
    since = words.SINCE_NONE if desk.version is None else words.SINCE.format(number=desk.version.number)
    row = [Button(words.PREVIEW, to("manage.preview")), back()]
    return Card(
        words.CHANGES_TITLE,
        since if desk.changes else words.SAME,
        said=wording.leaf(found, page, words.CHANGED_HEADING),
        rows=(_turning("manage.changes", page, len(found)), row),
        small=_page(page, len(found)),
    )


def putting(desk: Desk, number: int, server: Server, how: str, seen: str, now: datetime) -> Card:
    """What follows; the version would have that number."""
    direct, rule = how == DIRECT, server.ratifying
    ballot = Ballot(
        "", server.id, State.OPEN, rule.share, rule.least, now, now + timedelta(days=rule.days)
    )  # fmt: skip
    follows = (words.PUBLISH_TEXT if direct else words.PUT_TEXT).format(
        norms=wording.counted(words.NORMS, len(desk.draft.norms)),
        channel=channel(server.norms_channel or 0),
        until=_until(ballot),
        threshold=threshold(ballot),
    )
    row = [
        Button(words.POST, to("manage.post", how, seen), Tone.CHIEF),
        Button(words.PREVIEW, to("manage.preview")),
        back(),
    ]
    title = (words.PUBLISH_TITLE if direct else words.PUT_TITLE).format(number=number)
    text = "\n\n".join((follows, *_against(desk), *_replacing(desk)))
    return Card(title, text, rows=(row,), small=words.PUT_SMALL)


def posted(put: Put, norms_channel: int | None) -> Card:
    """It is put; a second press shows the same."""
    where = words.POSTED.format(channel=channel(norms_channel or 0))
    stands = words.IS_PUT.format(until=_until(put.ballot))
    then = words.IS_PUBLISHED if put.ballot.state is State.PUBLISHED else stands
    return Card(words.POSTED_TITLE.format(number=put.version.number), f"{where} {then}", rows=([back()],))


def withdrawing(desk: Desk, ballot: Ballot, number: int) -> Card:
    said = wording.said(desk.yes, desk.concerns)
    row = [
        Button(words.WITHDRAW_SURE, to("manage.withdrawn", str(number)), Tone.CHIEF),
        Button(words.KEEP, to("manage.norms")),
    ]
    text = words.WITHDRAW_TEXT.format(until=_until(ballot), said=said)
    return Card(words.WITHDRAW_TITLE.format(number=number), text, rows=(row,))


# -- the channel ------------------------------------------------------------------------------------


def no_channel(how: str = "", *, gone: bool = False) -> Card:
    """None is set, or the one that was is not there any more."""
    title, text = (words.GONE_TITLE, words.GONE) if gone else (words.NO_CHANNEL_TITLE, words.NO_CHANNEL)
    return Card(title, text, rows=(_channels(how, None), [back()]))


def lacks(how: str, norms_channel: int, missing: tuple[str, ...]) -> Card:
    lacking = words.LACKS.format(channel=channel(norms_channel), missing=permissions(missing))
    text = "\n\n".join((lacking, granting.WHERE, words.OR_ANOTHER))
    row = [Button(words.LOOK_AGAIN, to("manage.put", how), Tone.CHIEF), back()]
    return Card(words.LACKS_TITLE, text, rows=(_channels(how, norms_channel), row))


def _channels(how: str, chosen: int | None) -> ChannelChoice:
    return ChannelChoice(words.CHANNEL_PROMPT, to("manage.norms_channel", how), chosen)


# -- parts ------------------------------------------------------------------------------------------


def _on(desk: Desk, *, direct: bool) -> list[Button]:
    if not desk.begun or not desk.changes or not desk.draft.norms:
        return []
    label, how = (words.PUBLISH, DIRECT) if direct else (words.PUT, MEMBERS)
    return [Button(label, to("manage.put", how), Tone.CHIEF)]


def _against(desk: Desk) -> list[str]:
    if desk.version is None:
        return []
    count = wording.counted(words.CHANGES, len(desk.changes))
    return [words.AGAINST.format(changes=count, number=desk.version.number)]


def _replacing(desk: Desk) -> list[str]:
    if desk.proposal is None or desk.ballot is None:
        return []
    return [words.REPLACING.format(number=desk.proposal.number, until=_until(desk.ballot))]


def _until(ballot: Ballot) -> str:
    return "" if ballot.ends_at is None else when.moment(ballot.ends_at)


def _turning(verb: str, page: int, count: int) -> Row:
    """Pages: only where there are several."""
    return [
        *([Button(words.BACK, to(verb, str(page - 1)))] if page else []),
        *([Button(words.NEXT, to(verb, str(page + 1)))] if page + 1 < count else []),
    ]


def _page(page: int, count: int) -> str:
    return words.PAGE.format(number=page + 1, count=count) if count > 1 else ""
