"""Wording for the log: an entry as a sentence, and the whole log as a file."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO
from types import MappingProxyType

from bot.content.helplines import SupportTopic
from bot.content.library import Library
from bot.ids import PersonId
from bot.reports.bars import BEGUN_ALONE, BEGUN_TOGETHER, LIFTED, BarView
from bot.reports.models import LASTS
from bot.servers.local import ADDED, CHANGED, REMOVED
from bot.servers.models import BY_SIZE, LogEntry
from bot.ui import labels, plain
from bot.ui.when import day, moment
from cogs.manage.local.cards import titles
from cogs.manage.log import strings

Names = Mapping[PersonId, str]
Bars = Mapping[str, BarView]
"""The bars that still hold, by the ids that stand in the log."""
NO_BARS: Bars = MappingProxyType({})

NOTHING = "_"
"""The value that stands in the log for "not set"."""
OF_BARS = (BEGUN_TOGETHER, BEGUN_ALONE, LIFTED)
_LONGEST = 120
_LONGEST_REASON = 300
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run a cell that begins with one of these as a formula."""


class Wording:
    """Turns entries into sentences, with countries by their names."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages = titles(library.support_texts)
        self._values: dict[str, Callable[[str], str]] = {
            "retention_days": _days,
            "newcomer_days": _days,
            "ratify_days": _days,
            "country": self._country,
            "norms_channel": _channel,
            "mods_channel": _channel,
            "ratify_direct": lambda value: _either(value, strings.AT_ONCE, strings.BY_MEMBERS),
            "ratify_share": lambda value: strings.SHARE.format(count=value),
            "ratify_least": _least,
            "adult_role": _role,
        }

    def line(self, entry: LogEntry, names: Names, bars: Bars = NO_BARS) -> str:
        return strings.ENTRY.format(at=moment(entry.at), said=self.sentence(entry, names, bars))

    def sentence(self, entry: LogEntry, names: Names, bars: Bars = NO_BARS) -> str:
        """Return an entry as a sentence, such as "{name} set the country to Ireland"."""
        who = labels.name_first(names.get(entry.who, ""))
        if entry.setting in OF_BARS:
            return _bar(entry, who, bars)
        if entry.setting in strings.SENTENCES:
            said = self._local if entry.setting in (ADDED, CHANGED, REMOVED) else _plain
            was, now = (strings.NONE if value == NOTHING else said(value) for value in (entry.was, entry.now))
            return strings.SENTENCES[entry.setting].format(who=who, was=was, now=now)
        if entry.setting == "minors":
            return _either(entry.now, strings.CLOSED, strings.OPENED).format(who=who)
        if entry.setting == "welcome_posted":
            return strings.WELCOMED.format(who=who, now=_channel(entry.now))
        setting = strings.SETTINGS.get(entry.setting) or strings.PLAIN.format(
            setting=plain.option(entry.setting, strings.NONE)
        )
        sentence = strings.SET if entry.was == NOTHING else strings.CHANGED
        if entry.now == NOTHING:
            sentence = strings.CLEARED
        was, now = self._value(entry.setting, entry.was), self._value(entry.setting, entry.now)
        return sentence.format(who=who, setting=setting, was=was, now=now)

    def _local(self, value: str) -> str:
        """Return a helpline, as `LocalLine.spoken` wrote it, with the names of its pages."""
        line, _, keys = value.rpartition(" · ")
        shown = [self._pages[topic] for topic in SupportTopic if topic in keys.split(", ")]
        sentence = strings.LOCAL if shown else strings.LOCAL_NOWHERE
        return sentence.format(line=_plain(line), pages=strings.BETWEEN.join(shown))

    def _value(self, setting: str, value: str) -> str:
        if value == NOTHING:
            return strings.NOT_SET
        said = self._values.get(setting)
        return _plain(value) if said is None else said(value)

    def _country(self, code: str) -> str:
        known = self._library.by_code.get(code)
        return plain.escaped(code) if known is None else known.name


def bars_in(entries: Sequence[LogEntry]) -> list[str]:
    """Return the ids of the bars that these entries are about."""
    return [one.now if one.was == NOTHING else one.was for one in entries if one.setting in OF_BARS]


def file(entries: Sequence[LogEntry], names: Names, bars: Bars = NO_BARS) -> bytes:
    """Return the log as CSV. It begins with a byte order mark, so that spreadsheets recognise UTF-8."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(strings.COLUMNS)
    for one in entries:
        who = labels.cell(names.get(one.who, ""))
        was, now = ("" if value == NOTHING else value for value in (one.was, one.now))
        if one.setting in OF_BARS:
            # The id of a bar means nothing to a reader. Its reason is kept as long as it holds.
            was, now = "", bars[now].reason if now in bars else ""
        rows.writerow([_cell(text) for text in (one.at.isoformat(), who, one.setting, was, now)])
    return written.getvalue().encode("utf-8-sig")


def _bar(entry: LogEntry, who: str, bars: Bars) -> str:
    """Return the sentence about a bar. Whom it is about and its reason are known as long as it holds."""
    holds = bars.get(entry.now)
    name = strings.SOMEBODY if holds is None else labels.name(holds.name)
    reason = (
        strings.BAR_OVER
        if holds is None
        else strings.BAR_REASON.format(reason=_plain(holds.reason, _LONGEST_REASON))
    )
    until = day(entry.at + LASTS)
    return strings.SENTENCES[entry.setting].format(who=who, name=name, until=until, reason=reason)


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: str, most: int = _LONGEST) -> str:
    return plain.escaped(plain.option(value, strings.NOT_SET, most))


def _channel(value: str) -> str:
    return strings.CHANNEL.format(id=value) if value.isdecimal() else plain.escaped(value)


def _role(value: str) -> str:
    return strings.ROLE.format(id=value) if value.isdecimal() else plain.escaped(value)


def _least(value: str) -> str:
    if value == str(BY_SIZE):
        return strings.BY_SIZE
    return _counted(value, strings.PERSON, strings.PEOPLE)


def _either(value: str, yes: str, no: str) -> str:
    return yes if value == str(True) else no


def _days(value: str) -> str:
    return _counted(value, strings.DAY, strings.DAYS)


def _counted(value: str, one: str, more: str) -> str:
    return one if value == "1" else more.format(count=value)
