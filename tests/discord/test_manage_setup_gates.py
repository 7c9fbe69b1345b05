"""Only moderators can set up a server, and only with the values that are offered."""

import discord
import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.ids import ServerId
from bot.servers.models import Server
from cogs.manage import strings
from tests.discord.setting_up import (
    FRIENDS,
    NOT_YOURS,
    TEST,
    at,
    changed,
    drafted,
    moderator,
    posts,
    services,
    settings,
)

SETTERS = {
    "set_country": "ie", "set_minors": "no", "set_channel": "", "set_mods": "", "no_mods": None,
    "set_way": "direct", "set_least": "3", "set_share": "75", "set_days": "14", "set_kept": "1",
    "set_wait": "0", "set_adults": "1", "welcome_in": "",
}  # fmt: skip
"""Each verb that sets something, with a value that a moderator could choose; "" stands for a channel's id."""
OTHERS = (
    "step:1.step",
    "summary:",
    "test:step",
    "take_pack:friends-0.step",
    "change:",
    "welcome:1.step",
    "happened:",
)


async def forged(demo: DemoClient, member: MemberActor, verb: str, value: str | None) -> str:
    values = None if value is None else [value or str(demo.general.id)]
    shown = await demo.forge(member, f"v1:manage.{verb}:step", values)
    return shown.text


async def test_without_manage_server_nothing_can_be_seen_or_set(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    for verb, value in SETTERS.items():
        assert strings.NOT_A_MODERATOR_TITLE in await forged(demo, ana, verb, value), verb
    for verb in OTHERS:
        assert strings.NOT_A_MODERATOR_TITLE in await demo.forge(ana, f"v1:manage.{verb}"), verb
    assert strings.NOT_A_MODERATOR_TITLE in await demo.forge(ana, "v1:manage.see_pack:step", ["friends"])
    assert await settings(demo) == Server((await settings(demo)).id)
    assert await changed(demo) == []
    assert await drafted(demo) == []
    assert posts(demo) == []


async def test_every_verb_of_the_set_up_that_is_tried_here_exists(demo: DemoClient) -> None:
    mine = {
        f"manage.{verb}"
        for verb in (*SETTERS, "step", "summary", "test", "see_pack", "take_pack", "change", "welcome")
    }
    assert mine <= services(demo).router.verbs


async def test_a_moderator_who_lost_the_role_finds_the_card_closed(demo: DemoClient) -> None:
    card = await (await at(demo, 2)).choose(demo.general, which="norms")
    demo.env.backend.get_member(demo.server.id, card.member.id).role_ids.clear()
    assert strings.NOT_A_MODERATOR_TITLE in await card.press(TEST)
    assert posts(demo) == []


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("set_country:step", ["xx"]),
        ("set_country:step", []),
        ("set_minors:step", ["perhaps"]),
        ("set_adults:step", ["1"]),
        ("set_adults:step", []),
        ("change:", ["7"]),
        ("welcome:1.other", None),
        ("welcome:x.step", None),
        ("welcome_in:step", ["1"]),
        ("set_channel:step", ["1"]),
        ("set_channel:step", ["general"]),
        ("set_mods:step", ["1"]),
        ("set_way:step", ["by force"]),
        ("set_least:step", ["501"]),
        ("set_share:step", ["1"]),
        ("set_days:step", ["365"]),
        ("set_kept:step", ["31"]),
        ("set_kept:step", ["-1"]),
        ("set_wait:step", ["99"]),
        ("set_wait:other", ["0"]),
        ("step:7.step", None),
        ("step:1.other", None),
        ("step:.step", None),
        ("test:", None),
    ],
)
async def test_values_that_were_not_offered_are_not_set(
    demo: DemoClient, verb: str, values: list[str] | None
) -> None:
    mo = await moderator(demo)
    assert NOT_YOURS in await demo.forge(mo, f"v1:manage.{verb}", values)
    assert await changed(demo) == []


async def test_a_channel_of_another_server_cannot_be_chosen(demo: DemoClient) -> None:
    elsewhere = demo.env.create_guild("Elsewhere")
    theirs = elsewhere.create_text_channel("theirs")
    await demo.settle()
    mo = await moderator(demo)
    for verb in ("set_channel", "set_mods"):
        assert NOT_YOURS in await demo.forge(mo, f"v1:manage.{verb}:step", [str(theirs.id)])
    assert (await settings(demo)).norms_channel is None


async def test_a_moderator_of_two_servers_sets_up_only_the_one_they_are_in(demo: DemoClient) -> None:
    """The same person moderates two servers: what is pressed in one changes only that one."""
    mo = await moderator(demo)
    elsewhere = demo.env.create_guild("Elsewhere")
    role = elsewhere.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    there = elsewhere.create_text_channel("there")
    twin = elsewhere.add_member(mo.user, roles=(role,))
    await demo.settle()
    card = await demo.slash(twin, "manage setup", channel=there)
    await card.choose("Ireland", which="country")
    card = await (await card.press("Next")).press("Next")
    await (await card.choose(FRIENDS)).press("Take this pack")
    assert await settings(demo) == Server((await settings(demo)).id)
    assert await drafted(demo) == []
    assert services(demo).servers.country(ServerId(elsewhere.id)) == "ie"


async def test_two_moderators_at_the_same_time_do_not_lose_each_others_changes(demo: DemoClient) -> None:
    other = await demo.member("lee", moderator=True)
    mine = await at(demo, 4)
    theirs = await demo.slash(other, "manage setup")
    await mine.choose("At least 3 must be in", which="How many")
    await theirs.choose("Ireland", which="country")
    await mine.choose("They have 14 days", which="how long")
    held = await settings(demo)
    assert (held.country, held.ratifying.least, held.ratifying.days) == ("ie", 3, 14)
    assert len(await changed(demo)) == 3
