"""Helplines in words: one helpline, and all those of a support page."""

from collections.abc import Sequence
from datetime import datetime

from bot.content.helplines import Care, Country, Helpline, SupportPage, SupportPart
from bot.servers.models import LocalLine
from bot.ui import plain
from cogs.shared.support import strings


def told(page: SupportPage, now: datetime, local: Sequence[LocalLine] = ()) -> str:
    """Return the text of a support page, without its title and closing.

    local: the helplines of the server, which come after those of the country.
    """
    return "\n\n".join(text for text in (page.intro, listed(page, now, local)) if text)


def listed(page: SupportPage, now: datetime, local: Sequence[LocalLine] = ()) -> str:
    """Return only the helplines of a page.

    The introduction is left out, because it names buttons of another card.
    """
    parts = [_part(part, now) for part in page.parts]
    if behind := [one for one in local if page.topic in one.topics]:
        parts += [strings.LOCAL, *(_local(one) for one in behind)]
    parts += [_part(part, now) for part in page.further]
    return "\n\n".join(text for text in parts if text)


def care(country: Country) -> str:
    """Return where somebody can get care in that country."""
    return "\n\n".join(_care(one) for one in country.care)


def _care(one: Care) -> str:
    head = strings.BETWEEN.join(text for text in (strings.NAME.format(name=one.name), one.area) if text)
    phone = [strings.CALL.format(phone=one.phone)] if one.phone else []
    page = [strings.PAGE.format(page=one.page)] if one.page else []
    return "\n".join(text for text in (head, one.what, strings.BETWEEN.join([*phone, *page])) if text)


def _local(one: LocalLine) -> str:
    """Return a local helpline as a moderator wrote it. Nothing in it can format, link or mention."""
    name = strings.NAME.format(name=plain.escaped(one.name))
    return "\n".join((name, plain.escaped(one.whom), plain.escaped(one.reach)))


def _part(part: SupportPart, now: datetime) -> str:
    head = f"**{part.heading}**" if part.heading else ""
    top = "\n".join(text for text in (head, part.text) if text)
    return "\n\n".join(text for text in (top, *(_line(line, now) for line in part.lines)) if text)


def _line(line: Helpline, now: datetime) -> str:
    name = (strings.NAME_IS_PAGE if line.name == line.page else strings.NAME).format(name=line.name)
    head = strings.BETWEEN.join(text for text in (name, line.area) if text)
    reach = strings.BETWEEN.join(_ways(line))
    return "\n".join(text for text in (head, line.who, reach, _hours(line, now)) if text)


def _ways(line: Helpline) -> list[str]:
    ways = []
    if line.phone and line.phone == line.text:
        ways.append(strings.CALL_OR_TEXT.format(phone=line.phone))
    else:
        ways += [strings.CALL.format(phone=line.phone)] if line.phone else []
        ways += [strings.TEXT.format(text=line.text)] if line.text else []
    ways += [strings.WHATSAPP.format(whatsapp=line.whatsapp)] if line.whatsapp else []
    return [*ways, strings.PAGE.format(page=line.page)] if line.page not in ("", line.name) else ways


def _hours(line: Helpline, now: datetime) -> str:
    if line.hours.always or (is_open := line.hours.open_at(now)) is None:
        return line.hours.words
    return strings.BETWEEN.join([line.hours.words, strings.OPEN if is_open else strings.CLOSED])
