"""Reminders as members see them in a channel, and how moderators learn that one cannot be posted."""

from bot.demo.client.client import DemoClient
from bot.norms.models import Norm
from bot.reminders import posts
from bot.reminders.models import ReminderKind, ReminderState
from bot.servers.models import Ratifying
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
from tests.unit.pods.fixtures import utc

FRIDAY, NEXT = utc(2026, 1, 9, 17), utc(2026, 1, 16, 17)
FRIDAY_NIGHT = utc(2026, 1, 9, 23)
"""The reminder's quiet hours have begun: a post that no channel has taken by then has failed."""
GONE = "This is closed."
HOSTILE = Norm(
    "hostile", "**A** @everyone\nשלום", "Nobody [clicks](http://x.org) <@1> here.", "`why`", "> kept", "# ask"
)


# -- a norm ---------------------------------------------------------------------------------------------


async def test_a_norm_is_posted_and_why_shows_the_rest_to_whoever_presses_it(demo: DemoClient) -> None:
    await agreed(demo)
    await on(demo)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [post] = standing(demo, ana)
    assert post.text == f"### {ASK.title}\n{ASK.norm}\n-# {strings.PUBLISHED}"
    assert post.buttons == ["Why", "Support"]
    await demo.restart()
    for why in await post.press_twice("Why"):
        assert why.ephemeral
        for part in (ASK.title, ASK.norm, ASK.why, ASK.kept, ASK.question):
            assert part in why
        assert strings.RETIRED not in why.text
    assert len(standing(demo, ana)) == 1


async def test_a_norm_is_called_agreed_on_only_if_the_members_agreed(demo: DemoClient) -> None:
    """Moderators can publish norms without asking anybody."""
    server, mo = here(demo), await person(demo, await moderator(demo))
    services = demo.bot.services
    await agreed(demo)
    await services.servers.change(server, mo, demo.now, {"ratifying": Ratifying(least=1, days=1)})
    await services.norms.drafts.adopt(mo, server, [WATER], demo.now)
    version = await services.norms.ballots.put(mo, server, demo.now, direct=False)
    await services.norms.ballots.be_in(mo, version.id, demo.now)
    await demo.skip(days=1, hours=1)
    await on(demo)
    await until(demo, FRIDAY)
    *_, post = standing(demo, await demo.member("ana"))
    assert WATER.norm in post
    assert strings.AGREED in post
    assert strings.PUBLISHED not in post.text


async def test_the_button_why_still_works_after_the_norm_is_retired(demo: DemoClient) -> None:
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


async def test_the_button_why_says_so_when_a_norm_has_no_further_text(demo: DemoClient) -> None:
    await agreed(demo, WATER)
    await on(demo)
    await until(demo, FRIDAY)
    [post] = standing(demo, await demo.member("ana"))
    assert strings.NO_MORE in (await post.press("Why")).text


async def test_a_norm_written_by_moderators_cannot_format_or_mention_anything(demo: DemoClient) -> None:
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


async def test_the_button_why_with_a_forged_id_reaches_no_norm(demo: DemoClient) -> None:
    await agreed(demo)
    ana = await demo.member("ana")
    for forged in ("x.v.k", "x", "x.", "preview.AAAAAAAAAAAAAAAA.ask"):
        assert NOT_YOURS in (await demo.forge(ana, f"v1:reminders.why:{forged}")).text


async def test_a_reminder_comes_only_after_enough_messages_and_replaces_its_last_post(
    demo: DemoClient,
) -> None:
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


async def test_a_norm_retired_just_before_it_would_be_posted_is_not_posted(demo: DemoClient) -> None:
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


async def test_a_story_is_posted_with_its_question_and_only_whoever_presses_read_sees_it(
    demo: DemoClient,
) -> None:
    await on(demo, ReminderKind.STORY)
    ana = await demo.member("ana")
    await until(demo, FRIDAY)
    [post] = standing(demo, ana)
    story = next(iter(demo.bot.services.library.stories.values()))
    assert post.text.startswith(f"### A short story: {story.topic}\n{story.question}")
    assert story_words.IN_CHANNEL in post.text
    assert "A made-up story" in post
    assert story.story.strip()[:40] not in post.text
    assert post.buttons == ["Read", "Support"]
    await demo.restart()
    for read in await post.press_twice("Read"):
        assert read.ephemeral
        assert story.story.strip()[:80] in read.text
        first = f"**{story_words.ASKED}**\n- {story_words.FELT}\n- "
        assert first in read.text
        for thought in story.consider:
            assert thought in read.text
        assert read.buttons == ["Support"]
    assert len(standing(demo, ana)) == 1


async def test_a_story_can_be_read_from_its_preview(demo: DemoClient) -> None:
    mo = await moderator(demo)
    preview = await (await begun(demo, mo, "One short story at a time")).press("Preview")
    assert story_words.ASKED in (await preview.press("Read")).text


async def test_a_story_that_no_longer_exists_is_said_to_be_gone(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    assert story_words.GONE_TITLE in (await demo.forge(ana, "v1:stories.read:x.nothing")).text


async def test_every_story_fits_its_card(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    stories = demo.bot.services.library.stories
    longest = max(stories.values(), key=lambda one: len(one.story) + sum(map(len, one.consider)))
    assert longest.story.strip()[-60:] in (await demo.forge(ana, f"v1:stories.read:{longest.key}")).text


# -- before an event ------------------------------------------------------------------------------------


async def test_an_event_reminder_uses_the_name_and_time_that_the_event_has_by_then(demo: DemoClient) -> None:
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


async def test_event_reminders_follow_changes_that_were_made_while_the_bot_was_off(demo: DemoClient) -> None:
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


async def test_an_event_called_off_while_its_reminder_is_being_sent_gets_no_reminder(
    demo: DemoClient,
) -> None:
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


async def test_missing_permissions_are_named_before_a_reminder_starts(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = (
        await moderator(demo),
        channel_without(demo, "attic", send_messages=False, read_message_history=False),
    )
    await demo.settle()
    card = await (await begun(demo, mo)).choose([attic], which="rem_channel")
    for said_so in (f"In <#{attic.id}> I still need Send Messages, Read Message History", "`Start`"):
        assert said_so in card
    card = await card.press("Start")
    assert "Send Messages" in card
    assert strings.STATE_NEW in card.text
    assert strings.TROUBLE in (await home(demo, mo)).text


async def test_moderators_are_told_that_a_channel_is_gone_and_can_choose_another(demo: DemoClient) -> None:
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


async def test_without_a_moderators_channel_whoever_set_the_reminder_is_told_once(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", view_channel=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": None}
    )
    id = await on(demo, channel=attic.id)
    await until(demo, FRIDAY_NIGHT)
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
    # `Resume` alone does not help here, because the bot still cannot see the channel.
    assert strings.STATE_BARRED in (await shown.press("Resume")).text
    assert (
        await demo.bot.services.reminders.queries.show(here(demo), id, demo.now)
    ).reminder.state is ReminderState.BARRED


async def test_only_moderators_can_open_the_post_in_the_moderators_channel(demo: DemoClient) -> None:
    await agreed(demo)
    mo, ana = await moderator(demo), await demo.member("ana")
    attic = channel_without(demo, "attic", view_channel=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": demo.general.id}
    )
    await on(demo, channel=attic.id)
    await until(demo, FRIDAY_NIGHT)
    [line] = standing(demo, ana)
    assert strings.BARRED_LINE in line.text
    assert "This is for the people who run the server" in (await line.press("Look at it")).text


# -- a server that goes ---------------------------------------------------------------------------------


async def test_nothing_is_posted_in_a_server_that_removed_the_bot_until_it_returns(demo: DemoClient) -> None:
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


async def test_a_reminder_can_be_resumed_when_its_channel_is_open_again(demo: DemoClient) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", send_messages=False)
    await on(demo, channel=attic.id)
    await until(demo, FRIDAY_NIGHT)
    everyone = demo.server.default_role.id
    demo.env.backend.delete_overwrite(attic.id, everyone)
    await demo.settle()
    card = await (await home(demo, mo)).press("Open")
    assert strings.STATE_BARRED in card.text
    assert "still needs" not in card
    assert f"Next: {stamp(2026, 1, 16, 17)}" in (await card.press("Resume")).text
    await until(demo, NEXT)
    assert len(standing(demo, mo, attic)) == 1


async def test_the_message_about_a_stopped_reminder_closes_when_the_reminder_is_resumed(
    demo: DemoClient,
) -> None:
    await agreed(demo)
    mo, attic = await moderator(demo), channel_without(demo, "attic", send_messages=False)
    await demo.bot.services.servers.change(
        here(demo), await person(demo, mo), demo.now, {"mods_channel": None}
    )
    id = await on(demo, channel=attic.id)
    await until(demo, FRIDAY_NIGHT)
    [line] = demo.dms(mo)
    await demo.bot.services.reminders.resume(here(demo), id, await person(demo, mo), demo.now)
    await demo.skip(seconds=5)
    assert line.text == GONE
