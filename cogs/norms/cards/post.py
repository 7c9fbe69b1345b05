"""The messages about norms in channels. Everybody sees them, so they contain no names of members."""

from bot.delivery.channel_post import ChannelPost
from bot.norms.models import VersionState
from bot.norms.queries import Put
from bot.ui.components import Button, Card, Said, Tone
from bot.ui.custom_id import to
from cogs.norms import strings, wording

_ROOM = 2600
"""The most characters of norms in one message. The rest is left for the bot's own text."""


def ballot(put: Put, post: ChannelPost) -> Card:
    """Show a version as it was put to the members, with its state and the counts."""
    blocks = [wording.item(one) for one in put.version.norms]
    heading = strings.THE_NORMS
    if put.before is not None:
        blocks, heading = wording.changed(put), strings.THE_CHANGES.format(number=put.before.number)
    shown, *further = wording.paged(blocks, _ROOM)
    more = sum(len(page) for page in further)
    below = (wording.many(strings.MORE, more) if more else "", wording.count(put), wording.rule(put))
    return Card(
        strings.TITLE.format(number=put.version.number),
        _state(put),
        said=[Said(heading, "\n\n".join(shown))],
        after="\n\n".join(part for part in below if part),
        rows=(_buttons(put, post),),
        small=strings.POST_SMALL,
    )


def result(put: Put, post: ChannelPost) -> Card:
    """Show how a proposal ended."""
    ballot, number = put.ballot, put.version.number
    row = [_all(post)]
    if ballot.state is VersionState.RATIFIED:
        said = wording.counts(ballot.yes, ballot.concerns, past=True)
        return Card(
            strings.RESULT_YES.format(number=number), strings.RESULT_YES_TEXT.format(counts=said), rows=(row,)
        )
    text = f"{wording.not_agreed(put)}{_holds(put)} {strings.RESULT_NO_NEXT}"
    return Card(strings.RESULT_NO.format(number=number), text, rows=(row,))


def _state(put: Put) -> str:
    ended = put.ballot.state in (VersionState.NOT_RATIFIED, VersionState.WITHDRAWN)
    return wording.state(put) + (_holds(put) if ended else "")


def _holds(put: Put) -> str:
    return "" if put.before is None else f" {strings.HOLDS_STILL.format(number=put.before.number)}"


def _buttons(put: Put, post: ChannelPost) -> list[Button]:
    id = put.version.id
    if not wording.counting(put):
        return [_all(post)]
    concern = (
        [Button(strings.CONCERN, to("norms.concern", id))] if put.ballot.state is VersionState.OPEN else []
    )
    return [Button(strings.IN, to("norms.in", id), Tone.CHIEF), *concern, _all(post)]


def _all(post: ChannelPost) -> Button:
    """Return the button for all norms.

    Its custom_id holds the post's id, by which delivery can find the message.
    """
    return Button(strings.READ_ALL, to("norms.all", post.id))
