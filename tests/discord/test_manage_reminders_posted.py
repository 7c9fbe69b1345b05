"""Reminders as members meet them in a channel; and how moderators find out that one can't be posted."""

from bot.demo.client.client import DemoClient
from bot.norms.models import Norm
from bot.reminders import posts
from bot.reminders.models import ReminderKind, ReminderState
from cogs.manage.reminders import strings
from cogs.shared.stories import strings as story_words
from tests.discord.reminding import (
    ASK,
    CHANGED,
    NOT_YOURS,
    WATER,
    agreed,
    begun,
    channel_without,
    event,
    here,
    home,
    moderator,
    move,
    on,
    person,
    said,
    stamp,
    standing,
    until,
)
from tests.unit.reminders.fixtures import utc

FRIDAY, NEXT = utc(2026, 1, 9, 17), utc(2026, 1, 16, 17)
GONE = "This has closed."
HOSTILE = Norm(
    "hostile", "**A** @everyone\nשלום", "Nobody [clicks](http://x.org) <@1> here.", "`why`", "> kept", "# ask"
)


# -- a norm ---------------------------------------------------------------------------------------------


async def test_a_norm_with_why_for_everyone(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [post] = standing(demo, ana)
    assert post.text == f"### {ASK.title}\n{ASK.norm}\n-# {strings.AGREED}"
    assert post.buttons == ["Why", "Support"]
    await demo.restart()
    for why in await post.press_twice("Why"):
        assert why.ephemeral
        for part in (ASK.title, ASK.norm, ASK.why, ASK.kept, ASK.question):
            assert part in why
        assert strings.RETIRED not in why.text
    assert len(standing(demo, ana)) == 1


async def test_why_still_answers_once_the_norm_is_retired(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [post] = standing(demo, ana)
    await agreed(demo, WATER)
    await demo.restart()
    why = await post.press("Why")
    assert ASK.why in why
    assert strings.RETIRED in why.text


async def test_of_a_norm_without_more_there_is_no_more_to_say(demo: DemoClient) -> None:
    await agreed(demo, WATER)
    await on(demo)
    await until(demo, FRIDAY)
    [post] = standing(demo, await demo.member("ana"))
    assert strings.NO_MORE in (await post.press("Why")).text


async def test_moderators_text_formats_and_mentions_nothing(demo: DemoClient) -> None:
    await agreed(demo, HOSTILE)
    await on(demo)
    await until(demo, FRIDAY)
    [post] = standing(demo, await demo.member("ana"))
    for text in (post.text, (await post.press("Why")).text):
        assert "**A**" not in text
        assert "@everyone" not in text
        assert "<@1>" not in text
        assert "](http" not in text
        assert "שלום" in text


async def test_why_reaches_no_norm_of_another_server(demo: DemoClient) -> None:
    await agreed(demo)
    ana = await demo.member("ana")
    for forged in ("x.v.k", "x", "x.", "preview.AAAAAAAAAAAAAAAA.ask"):
        assert NOT_YOURS in (await demo.forge(ana, f"v1:reminders.why:{forged}")).text


async def test_only_after_enough_was_said_and_in_the_place_of_its_last(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo, at_least=3)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [first] = standing(demo, ana)
    for number in range(2):
        await demo.say(ana, str(number))
    await until(demo, NEXT)
    assert [one.message.id for one in standing(demo, ana)] == [first.message.id]
    await demo.say(ana, "enough")
    await until(demo, utc(2026, 1, 23, 17))
    [second] = standing(demo, ana)
    assert first.gone
    assert WATER.norm in second


async def test_a_norm_retired_just_before_it_would_come_does_not_come(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo)
    ana = await demo.member("ana")
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=500, times=1)
    await until(demo, FRIDAY)
    assert not standing(demo, ana)
    await agreed(demo, WATER)
    await demo.skip(minutes=5)
    assert not [text for _, text in said(demo).values() if ASK.norm in text]
    await until(demo, NEXT)
    assert len([text for _, text in said(demo).values() if WATER.norm in text]) == 1


# -- a story --------------------------------------------------------------------------------------------


async def test_a_story_is_a_closed_line_until_somebody_reads_it(demo: DemoClient) -> None:
    await on(demo, ReminderKind.STORY)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [post] = standing(demo, ana)
    story = next(iter(demo.bot.services.library.stories.values()))
    assert post.text == f"A short story about {story.topic}"
    assert post.buttons == ["Read", "Support"]
    await demo.restart()
    for read in await post.press_twice("Read"):
        assert read.ephemeral
        assert story.story.strip()[:80] in read.text
        assert story_words.ASKED in read.text
        for thought in story.consider:
            assert thought in read.text
        assert read.buttons == ["Support"]
    assert len(standing(demo, ana)) == 1


async def test_a_story_can_be_read_from_its_preview(demo: DemoClient) -> None:
    mo = await moderator(demo)
    preview = await (await begun(demo, mo, "A short story in turn")).press("Preview")
    assert story_words.ASKED in (await preview.press("Read")).text


async def test_a_story_that_is_told_no_more(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert story_words.GONE_TITLE in (await demo.forge(ana, "v1:stories.read:x.nothing")).text


async def test_every_story_fits_its_card(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    stories = demo.bot.services.library.stories
    longest = max(stories.values(), key=lambda one: len(one.story) + sum(map(len, one.consider)))
    assert longest.story.strip()[-60:] in (await demo.forge(ana, f"v1:stories.read:{longest.key}")).text


# -- before an event ------------------------------------------------------------------------------------


async def test_before_an_event_under_the_name_it_has_by_then(demo: DemoClient) -> None:
    await agreed(demo)
    id = await on(demo, ReminderKind.EVENT)
    ana = await demo.member("ana")
    made = event(demo, "Games", 2026, 1, 9, 18)
    await demo.settle()
    move(demo, made, 2026, 1, 10, 18)
    demo.env.backend.edit_scheduled_event(demo.server.id, made, {"name": "**Fête** @here \u202e"})
    await demo.settle()
    await until(demo, utc(2026, 1, 10, 16, 59))
    assert not standing(demo, ana)
    await until(demo, utc(2026, 1, 10, 17))
    [post] = standing(demo, ana)
    assert post.text.startswith("### Before \u2068\\*\\*Fête\\*\\* @\u200bhere\u2069:\n**Ask first**")
    assert (await demo.bot.services.reminders.queries.show(here(demo), id, demo.now)).reminder.turn == 1


async def test_events_of_before_a_restart_and_of_during_it(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo, ReminderKind.EVENT)
    ana = await demo.member("ana")
    kept, dropped = event(demo, "Kept", 2026, 1, 9, 18), event(demo, "Dropped", 2026, 1, 10, 18)
    await demo.settle()
    events, close = demo.env.backend.guilds[demo.server.id].scheduled_events, demo.bot.close

    async def meanwhile() -> None:
        """Change events while the bot is off, so that it hears nothing."""
        await close()
        del events[dropped]
        events[kept].scheduled_start_time = utc(2026, 1, 11, 18).isoformat()

    demo.bot.close = meanwhile
    await demo.restart()
    shown = (await demo.bot.services.reminders.queries.home(here(demo), demo.now)).shown
    assert shown[0].times == (utc(2026, 1, 11, 17),)
    await until(demo, utc(2026, 1, 12, 0))
    [post] = standing(demo, ana)
    assert "Kept" in post


async def test_an_event_called_off_as_its_message_is_on_its_way(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo, ReminderKind.EVENT)
    ana, made = await demo.member("ana"), event(demo, "Games", 2026, 1, 9, 18)
    await demo.settle()
    demo.env.inject_error("POST", f"/channels/{demo.general.id}/messages", status=500, times=1)
    await until(demo, FRIDAY)
    demo.env.backend.delete_scheduled_event(demo.server.id, made)
    await demo.settle()
    await demo.skip(minutes=10)
    assert not standing(demo, ana)


# -- a channel that is closed ---------------------------------------------------------------------------


async def test_what_is_missing_is_named_before_it_begins(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = (
        await moderator(demo),
        channel_without(demo, "attic", send_messages=False, read_message_history=False),
    )
    await demo.settle()
    card = await (await begun(demo, mo)).choose([attic], which="rem_channel")
    for said_so in (f"In <#{attic.id}> Plumbline still needs Send Messages, Read Message History", "`Start`"):
        assert said_so in card
    card = await card.press("Start")
    assert "Send Messages" in card
    assert strings.STATE_NEW in card.text
    assert strings.TROUBLE in (await home(demo, mo)).text


async def test_a_channel_that_is_gone_can_be_replaced(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic")
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": demo.general.id}
    )
    id = await on(demo, channel=attic.id)
    demo.env.backend.delete_channel(attic.id)
    await demo.settle()
    assert strings.TROUBLE in (await home(demo, mo)).text
    await until(demo, FRIDAY)
    # The post in the moderators' channel says only that there is something to look at.
    [line] = [one for one in standing(demo, mo, demo.general) if strings.BARRED_LINE in one.text]
    assert line.buttons == ["Look at it", "Support"]
    card = await line.press("Look at it")
    assert card.ephemeral
    assert strings.CHANNEL_GONE_HERE in card.text
    assert strings.STATE_BARRED in card.text
    edit = await card.press("Change")
    assert strings.CHANNEL_GONE in edit.text
    done = await (await edit.choose([demo.general], which="rem_channel")).press("Done")
    card = await done.press("Resume")
    assert f"Next: {stamp(2026, 1, 16, 17)}" in card.text
    await demo.skip(seconds=5)
    assert line.gone
    await until(demo, NEXT)
    assert ASK.norm in standing(demo, mo)[-1]
    shown = await demo.bot.services.reminders.queries.show(here(demo), id, demo.now)
    assert shown.reminder.state is ReminderState.ON


async def test_where_there_is_no_such_channel_whoever_set_it_is_told_once(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", view_channel=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": None}
    )
    id = await on(demo, channel=attic.id)
    await until(demo, FRIDAY)
    [line] = demo.dms(mo)
    assert line.text == CHANGED
    listed = await demo.slash(mo, "inbox")
    assert strings.IN_BARRED in listed.text
    await demo.restart()
    card = await line.press("Open")
    assert f"<#{attic.id}>" in card.text
    assert "`/manage reminders`" in card.text
    await until(demo, NEXT)
    assert [one.text for one in demo.dms(mo)] == [GONE]
    assert strings.IN_BARRED not in (await demo.slash(mo, "inbox")).text
    shown = await (await home(demo, mo)).press("Open")
    assert "View Channel" in shown
    # `Resume` alone does not help there: it says what would.
    assert strings.STATE_BARRED in (await shown.press("Resume")).text
    assert (
        await demo.bot.services.reminders.queries.show(here(demo), id, demo.now)
    ).reminder.state is ReminderState.BARRED


async def test_nobody_else_opens_the_moderators_post(demo: DemoClient) -> None:
    await agreed(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    attic = channel_without(demo, "attic", view_channel=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": demo.general.id}
    )
    await on(demo, channel=attic.id)
    await until(demo, FRIDAY)
    [line] = standing(demo, ana)
    assert strings.BARRED_LINE in line.text
    assert "This is for those who run the server" in (await line.press("Look at it")).text


# -- a server that goes ---------------------------------------------------------------------------------


async def test_nothing_is_posted_where_the_bot_is_no_more(demo: DemoClient) -> None:
    await agreed(demo)
    id = await on(demo)
    await on(demo, ReminderKind.EVENT)
    event(demo, "Games", 2026, 1, 9, 18)
    await demo.settle()
    services, server = demo.bot.services, here(demo)
    await services.servers.left(server, demo.now)
    before = len(demo.requests)
    await until(demo, NEXT)
    assert not [one for one in demo.requests[before:] if "/messages" in one.path]
    assert not await demo.bot.db.read(lambda tx: services.channel_posts.waiting(tx, posts.REMINDER, id))
    await services.servers.returned(server, demo.now)
    await until(demo, utc(2026, 1, 23, 17))
    assert ASK.norm in standing(demo, await demo.member("ana"))[-1]


async def test_a_channel_that_is_open_again_is_gone_on_with(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", send_messages=False)
    await on(demo, channel=attic.id)
    await until(demo, FRIDAY)
    everyone = demo.server.default_role.id
    demo.env.backend.delete_overwrite(attic.id, everyone)
    await demo.settle()
    card = await (await home(demo, mo)).press("Open")
    assert strings.STATE_BARRED in card.text
    assert "still needs" not in card
    assert f"Next: {stamp(2026, 1, 16, 17)}" in (await card.press("Resume")).text
    await until(demo, NEXT)
    assert len(standing(demo, mo, attic)) == 1


async def test_a_moderator_is_told_nothing_new_where_it_goes_on_already(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", send_messages=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": None}
    )
    id = await on(demo, channel=attic.id)
    await until(demo, FRIDAY)
    [line] = demo.dms(mo)
    await demo.bot.services.reminders.resume(here(demo), id, await person(demo, mo), demo.now)
    await demo.skip(seconds=5)
    assert line.text == GONE
