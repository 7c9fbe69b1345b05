"""The cards of a check-in: its question, what was answered, and what the partner gets to see."""

from datetime import datetime

from bot.content.library import Library
from bot.pairs.check_in import ANSWERS, CheckIn, CheckInStatus, Wish
from bot.pairs.queries import CheckInView, Noted, Shared, Wished
from bot.reports.models import PassageKind
from bot.ui import labels, when
from bot.ui.components import Button, Card, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.pair import strings as pair_words
from cogs.pair import wording
from cogs.pair.check import strings
from cogs.shared.reporting.parts import report


def asked(library: Library, shown: CheckInView, now: datetime) -> Card:
    """Show the aim, and ask how it has been going. An answer that was given before can be changed."""
    one, name = shown.check_in, wording.name(shown.name)
    answers = [
        Button(wording.answer(status, shown.about), to("pairs.mark", one.id, status)) for status in ANSWERS
    ]
    last = [strings.LAST] if one.last else []
    parts = [*last, *_moved(one, now), *_wish(shown, name), strings.HOW]
    # The question to think about is small, so that the buttons answer the question right above them.
    small = [question(library, one), *([strings.LATE] if one.late else []), strings.ONLY_YOU]
    return Card(
        strings.CHECK_TITLE.format(name=name),
        said=_aim(shown),
        after="\n\n".join(parts),
        rows=(answers, [*_tonight(shown), *_below(shown)]),
        small="\n".join(small),
    )


def tonight(shown: CheckInView, at: datetime) -> Card:
    """Say when they are asked again."""
    text = strings.TONIGHT_TEXT.format(at=when.moment(at), name=wording.name(shown.name))
    answer = Button(strings.ANSWER_NOW, to("pairs.check", shown.check_in.id))
    return Card(strings.TONIGHT_TITLE, text, rows=([answer, _show(shown)],))


def hurt(library: Library, shown: CheckInView) -> Card:
    """Ask, before anything else about it, whether somebody was hurt. Nothing is stored yet."""
    text = library.pair.hurt
    row = [
        Button(strings.YES_UNSURE, to("pairs.hurt", shown.check_in.id, "yes")),
        Button(strings.NO, to("pairs.hurt", shown.check_in.id, "no")),
        _other(shown),
    ]
    return Card(text.title, text.body, rows=(row,))


def answered(library: Library, shown: CheckInView, *, kept: bool = False) -> Card:
    """Show what was answered, still with the aim and the question to think about.

    Each time ask again whether to share it or to keep it, with neither chosen already.
    kept: they have just chosen to keep it.
    """
    one, name = shown.check_in, wording.name(shown.name)
    status = one.status or CheckInStatus.SKIP
    noted = wording.noted(status, shown.about)
    parts = [noted, question(library, one), *_wish(shown, name), *_last(shown, name)]
    sharable = status is not CheckInStatus.SKIP
    if sharable and one.shared_at is not None:
        parts.append(strings.SHARED_NOW.format(name=name))
    elif sharable:
        parts.append(_kept(one, name) if kept else strings.UNDECIDED)
    return Card(
        wording.answer(status, shown.about) if sharable else strings.WORDS[CheckInStatus.SKIP],
        said=[*_aim(shown), *_said(strings.NOTE, shown.note)],
        after="\n\n".join(parts),
        rows=(
            *([_choices(shown, kept=kept)] if sharable else []),
            [*_ends(shown), *_below(shown, again=True)],
        ),
    )


def shared(library: Library, shown: Shared) -> Card:
    """Show what the partner shared, one check-in on each page."""
    one, last = shown.check_in, shown.number + 1 >= shown.count
    status = wording.answer(one.status or CheckInStatus.SKIP, shown.about)
    then = [strings.QUESTION.format(question=_asked(library, one))] if shown.note else []
    text = "\n".join([strings.SHARED_TEXT.format(status=status, day=wording.on(one.day)), *then])
    newer = (
        [Button(strings.NEWER, to("pairs.shared", one.pair, str(shown.number - 1)))] if shown.number else []
    )
    older = [] if last else [Button(strings.OLDER, to("pairs.shared", one.pair, str(shown.number + 1)))]
    theirs = [report(PassageKind.NOTE, one.id)] if shown.note else []
    row = [*newer, *older, Button(pair_words.SHOW_BUTTON, to("pairs.show", one.pair)), *theirs]
    page = strings.PAGE.format(number=shown.number + 1, count=shown.count)
    return Card(
        strings.SHARED_TITLE.format(name=wording.name(shown.name)),
        text,
        said=_said(strings.THEIR_NOTE, shown.note),
        rows=(row,),
        small=f"{page}\n{strings.SHARED_SMALL}" if shown.count > 1 else strings.SHARED_SMALL,
    )


def wished(library: Library, shown: Wished) -> Card:
    """Say that the partner would like to talk, or what this person has answered to that."""
    one, name = shown.check_in, wording.name(shown.name)
    if one.wish is Wish.LATER:
        return Card(strings.SAID_LATER_TITLE, strings.SAID_LATER.format(name=name))
    if one.wish is Wish.NOT_NOW:
        return Card(strings.SAID_NOT_NOW_TITLE, strings.SAID_NOT_NOW.format(name=name))
    text = library.pair.talk.filled(name=name)
    row = [
        Button(strings.YES_LATER, to("pairs.answer", one.id, Wish.LATER), Tone.CHIEF),
        Button(strings.NOT_THIS_TIME, to("pairs.answer", one.id, Wish.NOT_NOW)),
    ]
    return Card(text.title, text.body, rows=(row,))


def about_talking(shown: CheckInView) -> Card:
    """Tell the person who would like to talk what the partner has answered."""
    text = "\n\n".join(_wish(shown, wording.name(shown.name)))
    return Card(strings.ANSWERED_TITLE, text, rows=([_show(shown)],))


def own(shown: Noted) -> Card:
    """Show one of their own notes on each page, and whether the partner can read it."""
    one, name = shown.check_in, labels.name_first(shown.name)
    shares = one.shared_at is not None and shown.running
    status = wording.answer(one.status or CheckInStatus.SKIP, shown.about)
    mine = [Button(pair_words.TAKE_BACK, to("pairs.unshare", one.id))] if shares else []
    return Card(
        strings.NOTES_TITLE,
        strings.OWN_TEXT.format(status=status, day=wording.on(one.day)),
        said=_said(strings.NOTE, shown.note),
        after=strings.SHARED_THEN.format(name=name) if shares else _kept(one, name),
        rows=([*_turning(one.pair, "pairs.notes", shown.number, shown.count), *mine],),
        small=strings.PAGE.format(number=shown.number + 1, count=shown.count) if shown.count > 1 else "",
    )


def _asked(library: Library, one: CheckIn) -> str:
    return strings.LAST_QUESTION if one.last else library.question(one.question)


def question(library: Library, one: CheckIn) -> str:
    """Return the question to think about, which is shown before and after the answer."""
    return strings.TO_THINK_ABOUT.format(question=_asked(library, one))


def _aim(shown: CheckInView) -> list[Said]:
    return _said(strings.AIM, shown.aim)


def _moved(one: CheckIn, now: datetime) -> list[str]:
    at = one.waits_until(now)
    return [] if at is None else [strings.MOVED.format(at=when.moment(at))]


def _tonight(shown: CheckInView) -> list[Button]:
    if shown.tonight is None:
        return []
    return [Button(strings.TONIGHT, to("pairs.tonight", shown.check_in.id))]


def _kept(one: CheckIn, name: str) -> str:
    """Say that the check-in is not shared. If it was shared before, say that the partner may have read it."""
    return strings.TAKEN_NOW.format(name=name) if one.told else strings.KEPT_NOW


def _turning(pair: str, verb: str, number: int, count: int) -> list[Button]:
    newer = [Button(strings.NEWER, to(verb, pair, str(number - 1)))] if number else []
    older = [Button(strings.OLDER, to(verb, pair, str(number + 1)))] if number + 1 < count else []
    return [*newer, *older]


def _said(heading: str, note: str) -> list[Said]:
    [page] = pages([(heading, note)])
    return page


def _choices(shown: CheckInView, *, kept: bool) -> Row:
    one = shown.check_in
    add = Button(strings.CHANGE_NOTE if shown.note else strings.ADD_NOTE, to("pairs.note", one.id))
    label = strings.SHARE.format(name=shown.name) if shown.name else strings.SHARE_UNNAMED
    share = [] if one.shared_at is not None else [Button(label, to("pairs.share", one.id))]
    mine = strings.KEEP_MINE if one.shared_at is None else pair_words.TAKE_BACK
    keep = [] if kept else [Button(mine, to("pairs.keep", one.id))]
    return [add, *share, *keep]


def _wish(shown: CheckInView, name: str) -> list[str]:
    said = {
        Wish.ASKED: strings.WISHED,
        Wish.LATER: strings.WISH_LATER,
        Wish.NOT_NOW: strings.WISH_NOT_NOW,
    }
    wish = shown.check_in.heard
    return [] if wish is None else [said[wish].format(name=name)]


def _last(shown: CheckInView, name: str) -> list[str]:
    if not shown.check_in.last or shown.next_at is not None:
        return []
    return [pair_words.RENEWING.format(name=name) if shown.renewing else strings.LAST_TEXT]


def _ends(shown: CheckInView) -> list[Button]:
    """Return the buttons after the last check-in."""
    one = shown.check_in
    if not one.last or shown.next_at is not None:
        return []
    renew = [] if shown.renewing else [Button(strings.RENEW, to("pairs.renew", one.id), Tone.CHIEF)]
    return [*renew, Button(strings.CLOSE, to("pairs.ending", one.pair))]


def _below(shown: CheckInView, *, again: bool = False) -> list[Button]:
    one = shown.check_in
    talk = [Button(strings.TALK, to("pairs.wish", one.id))] if one.wish is None else []
    return [*([_other(shown)] if again else []), *talk, _show(shown)]


def _other(shown: CheckInView) -> Button:
    return Button(strings.OTHER_ANSWER, to("pairs.check", shown.check_in.id, "again"))


def _show(shown: CheckInView) -> Button:
    return Button(pair_words.SHOW_BUTTON, to("pairs.show", shown.check_in.pair))
