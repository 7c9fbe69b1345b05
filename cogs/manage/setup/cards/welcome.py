"""Part 6 of the setup: the message in a channel that tells members what the bot is for."""

from bot.content.library import Library
from bot.delivery.channel_post import ChannelPost
from bot.ui.components import Button, Card, ChannelChoice, Tone
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.channels import lacking
from cogs.manage.setup.cards.part import Mode, Part
from cogs.manage.setup.here import Here, Lacks


def welcome(_library: Library, here: Here, mode: Mode) -> Part:
    """Show the message as it would read. By default it goes to the channel for norms."""
    channel = meant(here)
    quoted = "\n".join(strings.WELCOME_QUOTE.format(line=line) for line in _says(closed=here.settings.minors))
    said = [strings.WELCOME_TEXT, quoted, _where(here, channel)]
    post = [] if channel is None else [Button(strings.WELCOME_POST, leads(channel, mode), Tone.CHIEF)]
    choice = ChannelChoice(strings.WELCOME_PROMPT, to("manage.welcome_in", mode), channel)
    return Part(strings.WELCOME_TITLE, said, (choice,), chief=post[0] if post else None)


def leads(channel: int, mode: Mode) -> str:
    return to("manage.welcome", str(channel), mode)


def meant(here: Here) -> int | None:
    """Return the channel that is offered: the one chosen now, that of the last message, or that for norms."""
    if here.welcome_in is not None:
        return here.welcome_in
    usual = here.settings.norms_channel if here.lacks is not None else None
    return here.welcomed or usual


def message(post: ChannelPost, *, closed: bool) -> Card:
    """Return the message in the channel. `closed`: what is for adults is closed in this server."""
    row = [Button(strings.OUR_NORMS, to("norms.here", post.id))]
    if not closed:
        row.append(Button(strings.MY_POD, to("pods.show")))
    text = "\n\n".join(_says(closed=closed))
    return Card(strings.WELCOME_HEAD, text, rows=(row,), small=strings.WELCOME_SMALL)


def barred(post: ChannelPost) -> Card:
    """Tell moderators that the message can't be posted, and lead to the summary, which lets them choose."""
    row = [Button(strings.LOOK_AT_IT, to("manage.summary", post.id))]
    return Card("", strings.BARRED_LINE.format(channel=wording.channel(int(post.subject))), rows=(row,))


def unposted(channel: int, lacks: Lacks) -> str:
    """Say why the message can't be posted in the channel."""
    if lacks is None:
        return strings.WELCOME_NO_CHANNEL
    return "\n\n".join((strings.WELCOME_LACKS, lacking(channel, lacks), strings.WHERE))


def _where(here: Here, channel: int | None) -> str:
    if channel is None:
        return strings.WELCOME_NOWHERE
    sentence = strings.WELCOME_STANDS if channel == here.welcomed else strings.WELCOME_WHERE
    return sentence.format(channel=wording.channel(channel))


def _says(*, closed: bool) -> tuple[str, ...]:
    return strings.WELCOME_SAYS_CLOSED if closed else strings.WELCOME_SAYS
