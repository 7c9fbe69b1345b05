"""A database that older code wrote still opens, and every button of that time still shows the same.

`recorded/make.py` says what the recording is, and how it was made.
"""

import logging
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.system.recorded import recording
from tests.system.recorded.recording import Press, Shown
from tests.system.recorded.replay import Replay, lines
from tests.system.walk import WENT_WRONG

CAME_LATER = {
    *("asks.begin", "asks.danger", "asks.tell_danger", "boundaries.set", "boundaries.untell", "cards.close"),
    *("help.first", "help.need", "manage.change", "manage.happened", "manage.post_again"),
    *("manage.rem_limits", "manage.set_adults", "manage.welcome", "manage.welcome_in", "norms.here"),
    *("pairs.tonight", "plans.again", "plans.begin", "plans.list", "plans.start"),
    *("aside.afraid", "aside.cited"),
    *("nights.accept", "nights.agree", "nights.cant", "nights.card", "nights.check_at"),
    *("nights.choose", "nights.chosen", "nights.consider", "nights.consider_wish", "nights.day"),
    *("nights.decline", "nights.edit", "nights.fine", "nights.forget", "nights.friend", "nights.from"),
    *("nights.hand", "nights.home", "nights.home_at", "nights.invite", "nights.join"),
    *("nights.joining", "nights.keep", "nights.kept", "nights.leave", "nights.more", "nights.never"),
    *("nights.never_wish", "nights.noon", "nights.open", "nights.out", "nights.pick", "nights.plan"),
    *("nights.planned", "nights.post", "nights.quick", "nights.see", "nights.settle", "nights.show"),
    *("nights.stop", "nights.stopping", "nights.take_back", "nights.thanks", "nights.until"),
    *("nights.which", "nights.wish", "nights.wished", "nights.write", "nights.zone"),
    *("paths.accept", "paths.add", "paths.adult", "paths.again", "paths.again_now", "paths.agree"),
    *("paths.agree_when", "paths.back", "paths.cadence", "paths.chosen", "paths.closing", "paths.commitment"),
    *("paths.companions", "paths.consider", "paths.day", "paths.decline", "paths.disagree", "paths.edit"),
    *("paths.end", "paths.ending", "paths.enter", "paths.entering", "paths.facts", "paths.hand_back"),
    *(
        "paths.hour",
        "paths.keep",
        "paths.kind",
        "paths.leave",
        "paths.leaving",
        "paths.meetings",
        "paths.met",
    ),
    *("paths.more", "paths.never", "paths.over", "paths.questions", "paths.ready", "paths.remove"),
    *("paths.request", "paths.requests", "paths.rewrite", "paths.said", "paths.see", "paths.sense"),
    *("paths.settle", "paths.show", "paths.start", "paths.stay", "paths.tell", "paths.unclose"),
    *("paths.unready", "paths.vote", "paths.weekday", "paths.without", "paths.write", "paths.zone"),
    *("pods.change", "pods.consider", "pods.setup", "support.page", "talks.never"),
    *("privacy.show", "privacy.held", "privacy.held_all", "privacy.export", "privacy.get", "privacy.get_all"),
    *("privacy.dms", "privacy.dms_go", "privacy.erase", "privacy.erase_go"),
    *("reports.begin", "reports.go", "reports.draft", "reports.pick", "reports.readers", "reports.write"),
    *("reports.written", "reports.send", "reports.discard"),
    *("manage.reports", "manage.report", "manage.report_done", "manage.report_again", "manage.bars"),
    *("manage.bar", "manage.bar_pick", "manage.bar_picked", "manage.bar_write", "manage.bar_wrote"),
    *("terms.open", "terms.begin", "terms.wants", "terms.plain", "terms.wrote", "terms.edit", "terms.mine"),
    *("terms.receiving", "terms.keep", "terms.carry", "terms.home", "terms.text", "terms.change"),
    *("terms.rewants", "terms.rewords", "terms.rewrote", "terms.remove", "terms.removed", "terms.choose"),
    *("terms.chosen", "terms.withdraw", "terms.before", "terms.let", "terms.came", "terms.tells"),
    *("terms.see", "terms.accept", "terms.decline", "terms.consider", "terms.never", "terms.carried"),
    *("terms.says", "terms.back", "terms.hand_back", "terms.ask"),
    *("manage.bar_show", "manage.bar_confirm", "manage.bar_lift", "manage.notes_done", "manage.note_again"),
}
"""Verbs that are newer than the recording, so that no button in it has them."""
NOTHING = "### There is nothing here for you to open"
TOLD_AT_MOST = 5


async def test_each_recorded_press_still_shows_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old, before = recording.load(), recording.load_screens()
    async with Replay(old, tmp_path).opened() as replay:
        now = [shown async for _, shown in replay.all()]
        verbs = replay.demo.bot.services.router.verbs

    errors = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert not [f"{one.name}: {one.getMessage()}" for one in errors if one.name.startswith(("bot.", "cogs."))]
    assert not [press for press, shown in zip(old.presses, now, strict=True) if WENT_WRONG in str(shown)]
    pressed = {press.verb for press in old.presses}
    assert (verbs - pressed, pressed - verbs) == (CAME_LATER, set())
    changed = [told(*one) for one in zip(old.presses, before, now, strict=True) if one[1] != one[2]]
    assert not changed, f"{len(changed)} screens changed:\n" + "\n".join(changed[:TOLD_AT_MOST])


def test_each_verb_in_the_recording_opens_something_at_least_once() -> None:
    """A verb that always shows that there is nothing would show the same if its handler were broken."""
    presses = recording.load().presses
    opening = zip(presses, recording.load_screens(), strict=True)
    assert {press.verb for press in presses} == {
        press.verb for press, shown in opening if NOTHING not in str(shown)
    }


def told(press: Press, before: Shown, now: Shown) -> str:
    """Return the difference, line by line."""
    return f"{press}\n" + "".join(unified_diff(lines(before), lines(now), "before", "now", n=1))
