"""People under 18 can use help, norms, boundaries, settings and the inbox; the rest is kindly refused."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.asks.models import Reply
from bot.demo.client.screen import Closed, Screen
from bot.errors import Refusal
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.storage.driver import sqlite
from bot.ui import ages
from cogs.help import strings as help_words
from tests.system import journeys, pair_journeys
from tests.system.actions import ActionChooser, done, friends_of_old
from tests.system.conftest import walking
from tests.system.fixtures import SERVER, Harness
from tests.system.walk import Walk

FOR_EVERYONE = {
    *("help", "about", "support", "told", "callin", "contact"),
    *("boundary", "settings", "inbox", "norms", "privacy", "terms", "path show"),
}
FOR_MODERATORS = "manage"
"""Whoever may use it can also set a server back from being for minors; Discord decides who may."""
MENUS_FOR_EVERYONE = {"Call this in"}
CLOSES = "cards.close"
"""The verb of `Close`, after which there is no card to look at."""
UNLESS_OPEN = {"nights.open"}
"""Verbs that open what is theirs, for as long as it is: here nothing is."""
How = Callable[[Walk], Awaitable[None]]


def kind(screen: Screen) -> bool:
    """Return whether it is the refusal for minors, and assert that such a refusal shows where help is."""
    refused = help_words.MINOR_TITLE in screen
    assert not refused or {help_words.MINOR_LINES, "Support"} <= set(screen.buttons)
    return refused


async def says_so(walk: Walk) -> None:
    await walk.press(await walk.press(await walk.slash("ana", "settings"), "Age"), "I'm under 18")


async def is_set_for_minors(walk: Walk) -> None:
    services, server = walk.demo.bot.services, ServerId(walk.demo.server.id)
    mo = await services.people.meet(DiscordUser(424242, "Mo", server), walk.demo.now)
    await services.servers.change(server, mo, walk.demo.now, {"minors": True})


@pytest.mark.parametrize("how", [says_so, is_set_for_minors])
async def test_a_minor_is_refused_each_command_and_verb_for_adults_and_no_other(
    tmp_path: Path, how: How
) -> None:
    """They say that they are under 18, or their server is set for minors, while much of theirs is open."""
    async with walking(tmp_path) as walk:
        for way in (journeys.pods, journeys.gates, journeys.drafts, journeys.ask, pair_journeys.proposals):
            await way(walk)
        await how(walk)
        ana, demo = await walk("ana"), walk.demo
        refused = {name: kind(screen) async for name, screen in commands(walk)}
        assert {name for name, said in refused.items() if not said} == FOR_EVERYONE | MENUS_FOR_EVERYONE
        for verb in sorted(demo.bot.services.router.verbs - {CLOSES}):
            shown = await demo.forge(ana, f"v1:{verb}:nothing")
            assert kind(shown) == (ages.for_adults(verb) or verb in UNLESS_OPEN), verb
        with pytest.raises(Closed):
            await demo.forge(ana, f"v1:{CLOSES}:nothing")


async def commands(walk: Walk) -> AsyncIterator[tuple[str, Screen]]:
    """Run every command as somebody who is not a moderator; yield its name and what it shows."""
    demo, ana, ben = walk.demo, await walk("ana"), await walk("ben")
    said = await demo.say(ana, "a message")
    theirs = await demo.say(ben, "another")
    for command in demo.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command) and not command.qualified_name.startswith(
            FOR_MODERATORS
        ):
            given: dict[str, Any] = (
                {"partner": ben} if any(one.required for one in command.parameters) else {}
            )
            yield command.qualified_name, await demo.slash(ana, command.qualified_name, **given)
    yield "Call this in", await demo.menu(ana, "Call this in", theirs)
    yield "Ask my pod about this", await demo.menu(ana, "Ask my pod about this", said)
    yield "Invite to my pod", await demo.menu(ana, "Invite to my pod", ben)


def test_every_verb_that_minors_may_still_use_belongs_to_a_slice_for_adults() -> None:
    """Such verbs say no, take something back or leave."""
    assert all(verb.startswith(ages.ADULT_SLICES) for verb in ages.FOR_EVERYBODY)


# -- what was open before -------------------------------------------------------------------------------


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    """Open a bot on which four friends have something of every slice open between them."""
    (tmp_path / "blank").mkdir()
    (tmp_path / "state").mkdir()
    opened = Harness(tmp_path / "state", 1, friends_of_old(tmp_path / "blank"))
    opened.now += timedelta(days=6, hours=1)
    yield opened
    opened.close()


def is_open(harness: Harness, person: str) -> dict[str, int]:
    """Return how much is open that this person takes part in, by what it is.

    Ties are not counted: they are kept, and they allow no ask.
    """
    return {what: len(harness.rows(statement, person)) for what, statement in OPEN.items()}


OPEN = {
    "asks of theirs": "SELECT 1 FROM asks WHERE asker = ? AND state NOT IN ('draft', 'closed')",
    "askings": "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE answerer = ?"
    " AND reply IN ('asked', 'reading') AND state = 'open'",
    "talks of theirs": "SELECT 1 FROM talks WHERE asker = ?",
    "requests": "SELECT 1 FROM talk_requests JOIN talks ON talks.id = talk WHERE person = ?"
    " AND state IN ('waiting', 'agreed') AND reply IS NOT 'cant'",
    "pairs": "SELECT 1 FROM pairs WHERE state != 'ended' AND ?1 IN (starter, partner)"
    " AND (state != 'proposed' OR starter = ?1)",
    "invitations": "SELECT 1 FROM invitations WHERE state = 'open' AND ? IN (owner, member)",
}  # fmt: skip


@pytest.mark.parametrize("name", ["ana", "bo", "cy", "dee"])
def test_when_somebody_says_they_are_under_18_the_others_see_ordinary_endings(
    harness: Harness, name: str
) -> None:
    me, chooser = harness.meet(name), ActionChooser(harness)
    for verb, number in (("invite", 3), ("propose", 1)):
        action = chooser.choose(verb, name, number)
        assert action is not None
        done(harness, action)
    before = is_open(harness, me)
    assert before["pairs"]
    asked = harness.rows("SELECT askings.id, asker FROM askings JOIN asks ON asks.id = ask WHERE answerer = ?"
                      " AND reply = 'asked' AND state = 'open'", me)  # fmt: skip
    partners = harness.rows("SELECT CASE starter WHEN ?1 THEN partner ELSE starter END AS who FROM pairs"
                         " WHERE state = 'running' AND ?1 IN (starter, partner)", me)  # fmt: skip
    harness.do(name, lambda h, me, now: h.preferences.say_minor(me, now))
    assert set(is_open(harness, me).values()) == {0}
    for row in asked:
        seen = harness.run(harness.services.asks.status_of(row["asker"], row["id"], harness.now))
        assert [one.reply for one in seen.asked if one.asking.id == row["id"]] == [Reply.CANT]
    for row in partners:
        assert [one["kind"] for one in _lines(harness, row["who"], "pairs.ended")] == ["pairs.ended"]
    assert not _about_what_is_over(harness)
    listed = harness.run(harness.bot.db.read(lambda tx: harness.services.outbox.listed(tx, me)))
    assert {message.kind for message in listed} <= {"pods.joined", "pods.ended"}, (
        "what was said to them, and asks nothing"
    )


def test_setting_a_server_for_minors_ends_everything_but_invitations_for_everybody(harness: Harness) -> None:
    people = [harness.meet(name) for name in ("ana", "bo", "cy", "dee")]
    partners = {row["starter"] for row in harness.rows("SELECT starter FROM pairs WHERE state = 'running'")}
    harness.do("ana", lambda h, me, now: h.servers.change(SERVER, me, now, {"minors": True}))
    for person in people:
        left = is_open(harness, person)
        assert not any(left[what] for what in left if what != "invitations"), left
    for person in partners:
        assert _lines(harness, person, "pairs.ended")
    assert not _about_what_is_over(harness)
    harness.do("ana", lambda h, me, now: h.servers.change(SERVER, me, now, {"minors": False}))
    action = ActionChooser(harness).choose("ask", "ana", 0)
    assert action is not None
    assert not isinstance(done(harness, action), Refusal)


def test_a_minors_invitation_is_taken_back_and_an_invitation_to_them_is_never_answered(
    harness: Harness,
) -> None:
    eve = harness.meet("eve")
    sent = harness.do(
        "eve", lambda h, me, now: h.pods.invitations.invite(me, SERVER, harness.discord_user("ana"), now)
    )
    got = harness.do(
        "bo", lambda h, me, now: h.pods.invitations.invite(me, SERVER, harness.discord_user("eve"), now)
    )
    assert sent is not None
    assert got is not None
    harness.do("eve", lambda h, me, now: h.preferences.say_minor(me, now))
    for name, one in (("ana", sent), ("eve", got)):
        assert harness.do(name, partial(_accept, one.id)) is None
    shown = harness.do("bo", lambda h, me, now: h.pods.show(me, SERVER, now))
    assert shown is not None
    assert [one.member for one in shown.sent] == [eve]


async def _accept(id: str, services: Services, me: PersonId, now: datetime) -> None:
    await services.pods.invitations.accept(me, id, now)


def _lines(harness: Harness, person: str, kind: str) -> list[sqlite.Row]:
    return harness.rows(
        "SELECT kind FROM outbox WHERE person = ? AND kind = ? AND ended_at IS NULL", person, kind
    )


def _about_what_is_over(harness: Harness) -> list[str]:
    """Return the kinds of open messages about something that has ended, except those that say so."""
    rows = harness.rows(
        "SELECT kind FROM outbox WHERE ended_at IS NULL AND kind NOT IN ('pairs.ended', 'pods.ended',"
        " 'asks.cant', 'talks.cant', 'asks.nobody', 'asks.over', 'pods.joined') AND ("
        " subject IN (SELECT id FROM asks WHERE state = 'closed')"
        " OR subject IN (SELECT askings.id FROM askings JOIN asks ON asks.id = ask WHERE state = 'closed')"
        " OR subject IN (SELECT id FROM pairs WHERE state = 'ended')"
        " OR subject IN (SELECT check_ins.id FROM check_ins JOIN pairs ON pairs.id = pair"
        " WHERE state = 'ended'))"
    )
    return [row["kind"] for row in rows]
