"""Moderators cannot see what members ask and answer, their pairs, or their boundaries."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient, demo_client
from bot.ids import ServerId, new_id
from bot.people.models import DiscordUser
from bot.ui.router import Audience
from cogs.manage import strings
from tests.system.conftest import walking
from tests.system.journeys import WAYS
from tests.system.presser import presser
from tests.system.walk import Walk

PUBLIC = ("norms", "manage")
"""In parts of the walk with such names, moderators are told something, so its text may be shown to them."""
JOINED = "nights.join: name of "
"""Whoever joins a night in a channel sees the names of those who are in it, moderators like anybody."""
LOOKS_AT = ("ask", "talk", "check_ins")
"""After these parts of the walk there are texts of all kinds, so every verb is pressed with every id."""


async def test_no_press_and_no_command_shows_a_moderator_what_members_wrote(tmp_path: Path) -> None:
    async with walking(tmp_path) as walk:
        mo = await presser(walk, tmp_path, "mo")
        leaks: list[str] = []
        for way in WAYS:
            before = tuple(walk.canaries)
            await way(walk)
            await walk.demo.settle()
            if way.__name__.startswith(PUBLIC):
                mo.public(before)
            leaks += await mo.press_what_was_shown()
            if way.__name__ in LOOKS_AT:
                leaks += await mo.press_everything()
            if way.__name__ == "ask":
                await _sees_what_is_hers(walk, tmp_path)
        leaks += await mo.give_every_command()
        assert [leak for leak in leaks if not leak.startswith(JOINED)] == []
        assert mo.pressed > 10_000


async def _sees_what_is_hers(walk: Walk, state: Path) -> None:
    """Check that the search works: by the same presses Ana gets the texts that she wrote or was sent."""
    ana = await presser(walk, state, "ana")
    found = await ana.press_everything()
    assert {one.partition(": ")[2] for one in found} >= {
        *("the third draft: what", "the fourth draft: felt", "the answer of ben: impact", "name of dan"),
    }  # fmt: skip


@pytest.fixture
async def demo() -> AsyncIterator[DemoClient]:
    async with demo_client() as opened:
        yield opened


async def test_manage_is_shown_to_nobody_without_manage_server(demo: DemoClient) -> None:
    ana, mo = await demo.member("ana"), await demo.member("mo", moderator=True)
    assert "manage" not in _commands(demo, ana, demo.general.id)
    assert "manage" in _commands(demo, mo, demo.general.id)
    [told] = [one.json for one in demo.requests if one.method == "PUT" and one.path.endswith("/commands")]
    [manage] = [one for one in cast(list[dict[str, Any]], told) if one["name"] == "manage"]
    assert manage["default_member_permissions"] == discord.Permissions(manage_guild=True).value
    assert manage["contexts"] == [0]
    assert [one["name"] for one in manage["options"]] == [
        "setup",
        "norms",
        "reminders",
        "reports",
        "insights",
        "log",
    ]


def _commands(demo: DemoClient, member: MemberActor, channel: int) -> set[str]:
    """Return the commands that Discord offers to the member in the channel."""
    backend = demo.env.backend
    return {one["name"] for one in backend.visible_commands(user_id=member.id, channel_id=channel)}


def _show_to_everyone(demo: DemoClient, command: str) -> None:
    backend = demo.env.backend
    found = backend.find_command(command, None)
    assert found is not None
    everyone = {"id": str(demo.server.id), "type": 1, "permission": True}
    backend.set_command_permissions(demo.server.id, int(found["id"]), [everyone])


async def test_each_command_and_verb_for_moderators_refuses_other_members(demo: DemoClient) -> None:
    """They are refused even if the server's settings show the command to everyone."""
    ana, router = await demo.member("ana"), demo.bot.services.router
    _show_to_everyone(demo, "manage")
    for name in ("setup", "norms", "reminders", "reports", "insights", "log"):
        assert strings.NOT_A_MODERATOR in (await demo.slash(ana, f"manage {name}")).text
    verbs = [verb for verb, (_, entry) in router._handlers.items() if entry is Audience.MODERATORS]
    assert {verb for verb in router.verbs if verb.startswith("manage.")} == set(verbs)
    for verb in verbs:
        assert strings.NOT_A_MODERATOR in (await demo.forge(ana, f"v1:{verb}:{new_id()}")).text
        assert strings.NOT_A_MODERATOR in (await demo.forge_form(ana, f"v1:{verb}:", {"x": "y"})).text
    server, ana_id = ServerId(demo.server.id), DiscordUser(ana.id, "Ana", ServerId(demo.server.id))
    person = await demo.bot.services.people.meet(ana_id, demo.now)
    services = demo.bot.services
    assert person not in await demo.bot.db.read(lambda tx: services.servers.moderators(tx, server))
