"""A check-in: its question, what one makes of it, and what reaches the other."""

from bot.content.library import Library
from bot.pairs.check_in import ANSWERS, CheckIn, Status, Wish
from bot.pairs.queries import Asked, Noted, Shared, Wished
from bot.ui import plain
from bot.ui.components import Button, Card, Row, Said, Tone, pages
from bot.ui.custom_id import to
from cogs.pair import wording
from cogs.pair import words as pair_words
from cogs.pair.check import words


def asked(library: Library, shown: Asked) -> Card:
    """The question and its answers; whatever was answered before can be answered otherwise."""
    one = shown.check_in
    question = words.LAST_QUESTION if one.last else library.question(one.question)
    answers = [Button(words.STATUSES[status], to("pairs.mark", one.id, status)) for status in ANSWERS]
    small = f"{words.LATE}\n{words.ONLY_YOU}" if one.late else words.ONLY_YOU
    name = wording.name(shown.name)
    text = "\n\n".join([question, *_wish(shown, name)])
    return Card(words.CHECK_TITLE.format(name=name), text, rows=(answers, _below(shown)), small=small)


def hurt(library: Library, shown: Asked) -> Card:
    """After `Slipped`, before anything else."""
    text = library.pair.hurt
    row = [
        Button(words.YES_UNSURE, to("pairs.hurt", shown.check_in.id, "yes")),
        Button(words.NO, to("pairs.hurt", shown.check_in.id, "no")),
        _other(shown),
    ]
    return Card(text.title, text.body, rows=(row,))


def answered(shown: Asked, *, kept: bool = False) -> Card:
    """What was noted; `Share` or `Keep it mine` is asked each time, and neither is chosen already.

    `kept`: they have just chosen to keep it.
    """
    one, name = shown.check_in, wording.name(shown.name)
    status = one.status or Status.SKIP
    parts = [words.NOTED[status], *_wish(shown, name), *_last(shown, name)]
    sharable = status is not Status.SKIP
    if sharable and one.shared_at is not None:
        parts.append(words.SHARED_NOW.format(name=name))
    elif sharable:
        parts.append(_kept(one, name) if kept else words.UNDECIDED)
    return Card(
        words.NOTED_TITLES[status],
        said=_said(words.NOTE, shown.note),
        after="\n\n".join(parts),
        rows=(
            *([_choices(shown, kept=kept)] if sharable else []),
            [*_ends(shown), *_below(shown, again=True)],
        ),
    )


def shared(shown: Shared) -> Card:
    """What the other shared, one a page."""
    one, last = shown.check_in, shown.number + 1 >= shown.count
    status = words.STATUSES[one.status or Status.SKIP]
    newer = [Button(words.NEWER, to("pairs.shared", one.pair, str(shown.number - 1)))] if shown.number else []
    older = [] if last else [Button(words.OLDER, to("pairs.shared", one.pair, str(shown.number + 1)))]
    row = [*newer, *older, Button(pair_words.SHOW_BUTTON, to("pairs.show", one.pair))]
    page = words.PAGE.format(number=shown.number + 1, count=shown.count)
    return Card(
        words.SHARED_TITLE.format(name=wording.name(shown.name)),
        words.SHARED_TEXT.format(status=status, day=wording.on(one.day)),
        said=_said(words.THEIR_NOTE, shown.note),
        rows=(row,),
        small=f"{page}\n{words.SHARED_SMALL}" if shown.count > 1 else words.SHARED_SMALL,
    )


def wished(library: Library, shown: Wished) -> Card:
    """The other would like to talk; or what was said to that."""
    one, name = shown.check_in, wording.name(shown.name)
    if one.wish is Wish.LATER:
        return Card(words.SAID_LATER_TITLE, words.SAID_LATER.format(name=name))
    if one.wish is Wish.NOT_NOW:
        return Card(words.SAID_NOT_NOW_TITLE, words.SAID_NOT_NOW.format(name=name))
    text = library.pair.talk.filled(name=name)
    row = [
        Button(words.YES_LATER, to("pairs.answer", one.id, Wish.LATER), Tone.CHIEF),
        Button(words.NOT_THIS_TIME, to("pairs.answer", one.id, Wish.NOT_NOW)),
    ]
    return Card(text.title, text.body, rows=(row,))


def about_talking(shown: Asked) -> Card:
    """What the other said, to the one who would like to."""
    text = "\n\n".join(_wish(shown, wording.name(shown.name)))
    return Card(words.ANSWERED_TITLE, text, rows=([_show(shown)],))


def own(shown: Noted) -> Card:
    """One's own notes, one a page, and whether the other can read each."""
    one, name = shown.check_in, wording.name(shown.name)
    shares = one.shared_at is not None and shown.running
    status = words.STATUSES[one.status or Status.SKIP]
    mine = [Button(words.KEEP_MINE, to("pairs.unshare", one.id))] if shares else []
    return Card(
        words.NOTES_TITLE,
        words.SHARED_TEXT.format(status=status, day=wording.on(one.day)),
        said=_said(words.NOTE, shown.note),
        after=words.SHARED_THEN.format(name=name) if shares else _kept(one, name),
        rows=([*_turning(one.pair, "pairs.notes", shown.number, shown.count), *mine],),
        small=words.PAGE.format(number=shown.number + 1, count=shown.count) if shown.count > 1 else "",
    )


def _kept(one: CheckIn, name: str) -> str:
    """What was shared at some time may have been read: that it is theirs alone would be a false comfort."""
    return words.TAKEN_NOW.format(name=name) if one.told else words.KEPT_NOW


def _turning(pair: str, verb: str, number: int, count: int) -> list[Button]:
    newer = [Button(words.NEWER, to(verb, pair, str(number - 1)))] if number else []
    older = [Button(words.OLDER, to(verb, pair, str(number + 1)))] if number + 1 < count else []
    return [*newer, *older]


def _said(heading: str, note: str) -> list[Said]:
    [page] = pages([(heading, note)])
    return page


def _choices(shown: Asked, *, kept: bool) -> Row:
    one = shown.check_in
    add = Button(words.CHANGE_NOTE if shown.note else words.ADD_NOTE, to("pairs.note", one.id))
    short = plain.option(shown.name, 60)
    label = words.SHARE.format(name=short) if short else words.SHARE_UNNAMED
    share = [] if one.shared_at is not None else [Button(label, to("pairs.share", one.id))]
    keep = [] if kept else [Button(words.KEEP_MINE, to("pairs.keep", one.id))]
    return [add, *share, *keep]


def _wish(shown: Asked, name: str) -> list[str]:
    said = {
        Wish.ASKED: words.WISHED,
        Wish.LATER: words.WISH_LATER,
        Wish.NOT_NOW: words.WISH_NOT_NOW,
    }
    wish = shown.check_in.heard
    return [] if wish is None else [said[wish].format(name=name)]


def _last(shown: Asked, name: str) -> list[str]:
    if not shown.check_in.last or shown.next_at is not None:
        return []
    return [pair_words.RENEWING.format(name=name) if shown.renewing else words.LAST_TEXT]


def _ends(shown: Asked) -> list[Button]:
    """After the last check-in."""
    one = shown.check_in
    if not one.last or shown.next_at is not None:
        return []
    renew = [] if shown.renewing else [Button(words.RENEW, to("pairs.renew", one.id), Tone.CHIEF)]
    return [*renew, Button(words.CLOSE, to("pairs.ending", one.pair))]


def _below(shown: Asked, *, again: bool = False) -> list[Button]:
    one = shown.check_in
    talk = [Button(words.TALK, to("pairs.wish", one.id))] if one.wish is None else []
    return [*([_other(shown)] if again else []), *talk, _show(shown)]


def _other(shown: Asked) -> Button:
    return Button(words.OTHER_ANSWER, to("pairs.check", shown.check_in.id, "again"))


def _show(shown: Asked) -> Button:
    return Button(pair_words.SHOW_BUTTON, to("pairs.show", shown.check_in.pair))
