"""The summary of the setup: what is set, a select to change any of it, and what to do next."""

from bot.content.library import Library
from bot.ui import when
from bot.ui.components import Button, Card, Choice, Option, Tone
from bot.ui.custom_id import to
from cogs.manage.happened import strings as happened
from cogs.manage.local.cards import summed
from cogs.manage.norms.cards.put import DIRECT, MEMBERS
from cogs.manage.setup import strings, wording
from cogs.manage.setup.cards.part import CHANNEL, Mode, leads
from cogs.manage.setup.here import Here, Lacks


def summary(library: Library, here: Here, notice: str = "") -> Card:
    text, chief = _next(here)
    lines = (
        _country(library, here),
        _channels(here),
        strings.SUM_NORMS.format(norms=_norms(here)),
        _agreed(here),
        _asks(here),
        _welcome(here),
        summed(here.local),
    )
    parts = (notice, text, "\n".join(lines))
    options = [Option(label, value) for value, label in strings.CHANGES.items()]
    row = [*([chief] if chief else []), Button(happened.BUTTON, to("manage.happened"))]
    return Card(
        strings.SUMMARY_TITLE,
        "\n\n".join(part for part in parts if part),
        rows=(Choice(strings.CHANGE_PROMPT, to("manage.change"), options), row),
        small=strings.NEXT_REMIND,
    )


def _country(library: Library, here: Here) -> str:
    code = here.settings.country
    name = strings.SUM_NO_COUNTRY if code is None else library.country(code).name
    return strings.SUM_COUNTRY.format(country=name, minors=_minors(here))


def _minors(here: Here) -> str:
    role = here.settings.adult_role
    if here.settings.minors:
        return strings.SUM_CLOSED
    if role is None:
        return strings.SUM_NOBODY
    return strings.SUM_ROLE.format(role=wording.role(role)) if here.role_there else strings.SUM_ROLE_GONE


def _channels(here: Here) -> str:
    norms = _channel(here.settings.norms_channel, here.lacks, strings.SUM_NO_CHANNEL)
    mods = _channel(here.settings.mods_channel, here.mods_lacks, strings.SUM_NO_MODS)
    return strings.SUM_CHANNELS.format(channel=norms, mods=mods)


def _channel(id: int | None, lacks: Lacks, none: str) -> str:
    if id is None:
        return none
    if lacks is None:
        return strings.SUM_GONE
    sentence = strings.SUM_LACKS if lacks else strings.SUM_CHANNEL
    return sentence.format(channel=wording.channel(id), missing=wording.permissions(lacks))


def _norms(here: Here) -> str:
    desk, found = here.desk, []
    if desk.version is not None:
        found.append(strings.SUM_IN_FORCE.format(number=desk.version.number))
    if desk.proposal is not None and desk.ballot is not None and desk.ballot.ends_at is not None:
        until = when.moment(desk.ballot.ends_at)
        found.append(strings.SUM_PROPOSED.format(number=desk.proposal.number, until=until))
    if here.drafted:
        found.append(wording.norms(here.drafted, strings.SUM_DRAFT_ONE, strings.SUM_DRAFT))
    return strings.BETWEEN.join(found) or strings.SUM_NO_NORMS


def _agreed(here: Here) -> str:
    rule = here.settings.ratifying
    if rule.direct:
        return strings.SUM_DIRECT
    days, share = wording.days(rule.days), wording.share(rule.share)
    return strings.SUM_AGREE.format(days=days, least=rule.least_of(here.members), share=share)


def _asks(here: Here) -> str:
    wait = here.settings.newcomer_days
    waits = strings.SUM_WAIT.format(days=wording.days(wait)) if wait else strings.SUM_NO_WAIT
    return strings.SUM_ASKS.format(days=wording.days(here.settings.retention_days), wait=waits)


def _welcome(here: Here) -> str:
    where = strings.SUM_NOT_WELCOMED if here.welcomed is None else wording.channel(here.welcomed)
    return strings.SUM_WELCOME.format(where=where)


def _next(here: Here) -> tuple[str, Button | None]:
    """Return what to do next, and the button for it."""
    if here.settings.norms_channel is None:
        return strings.NEXT_CHANNEL, Button(strings.CHOOSE_CHANNEL, leads(CHANNEL, Mode.STEP), Tone.CHIEF)
    if not here.ready_to_put:
        return _after(here), Button(strings.NORMS, to("manage.norms"), Tone.CHIEF)
    if here.settings.ratifying.direct:
        return strings.NEXT_PUBLISH, Button(strings.PUBLISH, to("manage.put", DIRECT), Tone.CHIEF)
    return strings.NEXT_PUT, Button(strings.PUT, to("manage.put", MEMBERS), Tone.CHIEF)


def _after(here: Here) -> str:
    """Say what comes next when there is nothing to put to the members."""
    if here.desk.proposal is not None:
        return strings.NEXT_WAIT
    return strings.NEXT_NORMS if here.desk.version is None else strings.NEXT_KEEP
