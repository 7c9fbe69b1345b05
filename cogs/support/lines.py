"""A helpline, and a page of them, in words."""

from datetime import datetime

from bot.guidance.lines import Line, Part, SupportPage
from cogs.support import words


def told(page: SupportPage, now: datetime) -> str:
    """All of a support page but its title and closing."""
    return "\n\n".join(text for text in (page.intro, *(_part(part, now) for part in page.parts)) if text)


def _part(part: Part, now: datetime) -> str:
    head = f"**{part.heading}**" if part.heading else ""
    top = "\n".join(text for text in (head, part.text) if text)
    return "\n\n".join(text for text in (top, *(_line(line, now) for line in part.lines)) if text)


def _line(line: Line, now: datetime) -> str:
    name = (words.NAME_IS_PAGE if line.name == line.page else words.NAME).format(name=line.name)
    head = words.BETWEEN.join(text for text in (name, line.area) if text)
    reach = words.BETWEEN.join(_ways(line))
    return "\n".join(text for text in (head, line.who, reach, _hours(line, now)) if text)


def _ways(line: Line) -> list[str]:
    ways = []
    if line.phone and line.phone == line.text:
        ways.append(words.CALL_OR_TEXT.format(phone=line.phone))
    else:
        ways += [words.CALL.format(phone=line.phone)] if line.phone else []
        ways += [words.TEXT.format(text=line.text)] if line.text else []
    return [*ways, words.PAGE.format(page=line.page)] if line.page not in ("", line.name) else ways


def _hours(line: Line, now: datetime) -> str:
    if line.hours.always or (is_open := line.hours.open_at(now)) is None:
        return line.hours.words
    return words.BETWEEN.join([line.hours.words, words.OPEN if is_open else words.CLOSED])
