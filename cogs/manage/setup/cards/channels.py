"""Part 2 of the setup: the channel for norms, and the channel for moderators."""

from bot.content.library import Library
from bot.ui.components import Button, ChannelChoice
from bot.ui.custom_id import to
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import Mode, Part
from cogs.manage.setup.here import Here


def channels(_library: Library, here: Here, mode: Mode) -> Part:
    norms, mods = here.settings.norms_channel, here.settings.mods_channel
    said = [*_norms(here), *_mods(here)]
    if here.lacks or here.mods_lacks:
        said.append(strings.WHERE)
    test = [] if norms is None else [Button(strings.TEST, to("manage.test", mode))]
    none = [] if mods is None else [Button(strings.NO_MODS, to("manage.no_mods", mode))]
    return Part(
        strings.CHANNEL_TITLE,
        said,
        (
            ChannelChoice(strings.CHANNEL_PROMPT, to("manage.set_channel", mode), _there(norms, here.lacks)),
            ChannelChoice(strings.MODS_PROMPT, to("manage.set_mods", mode), _there(mods, here.mods_lacks)),
            [*test, *none],
        ),
    )


def lacking(channel: int, missing: tuple[str, ...]) -> str:
    return strings.LACKS.format(channel=wording.channel(channel), missing=wording.permissions(missing))


def _norms(here: Here) -> list[str]:
    channel = here.settings.norms_channel
    if channel is None:
        return [strings.CHANNEL_NONE]
    if here.lacks is None:
        return [strings.NO_SUCH_CHANNEL]
    fit = lacking(channel, here.lacks) if here.lacks else strings.READY
    return [strings.CHANNEL.format(channel=wording.channel(channel)), fit]


def _mods(here: Here) -> list[str]:
    channel = here.settings.mods_channel
    if channel is None:
        return [strings.MODS_NONE]
    if here.mods_lacks is None:
        return [strings.MODS_GONE]
    fit = [lacking(channel, here.mods_lacks)] if here.mods_lacks else []
    return [strings.MODS.format(channel=wording.channel(channel)), *fit]


def _there(channel: int | None, lacks: tuple[str, ...] | None) -> int | None:
    """Return the channel to preselect; None if it was deleted, because Discord would refuse the card."""
    return None if lacks is None else channel
