"""Reminders as members meet them in a channel; and how moderators find out that one can't be posted."""

from bot.norms.models import Norm
from bot.reminders import posts
from bot.reminders.models import ReminderKind, ReminderState
from bot.stage.theatre import Theatre
from cogs.manage.reminders import strings
from cogs.shared.stories import strings as story_words
from tests.discord.reminding import (
    ASK,
    CHANGED,
    NOT_YOURS,
    WATER,
    agreed,
    begun,
    event,
    here,
    home,
    moderator,
    move,
    on,
    person,
    room,
    said,
    stamp,
    standing,
    until,
)
from tests.unit.reminders.town import utc

FRIDAY, NEXT = utc(2026, 1, 9, 17), utc(2026, 1, 16, 17)
GONE = "This has closed."
HOSTILE = Norm(
    "hostile", "**A** @everyone\nשלום", "Nobody [clicks](http://x.org) <@1> here.", "`why`", "> kept", "# ask"
)


# -- a norm ---------------------------------------------------------------------------------------------


async def test_a_norm_with_why_for_everyone(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre)
    ana = await theatre.member("ana")
    await until(theatre, FRIDAY)
    [post] = standing(theatre, ana)
    assert post.text == f"### {ASK.title}\n{ASK.norm}\n-# {strings.AGREED}"
    assert post.buttons == ["Why", "Support"]
    await theatre.restart()
    for why in await post.press_twice("Why"):
        assert why.ephemeral
        for part in (ASK.title, ASK.norm, ASK.why, ASK.kept, ASK.question):
            assert part in why
        assert strings.RETIRED not in why.text
    assert len(standing(theatre, ana)) == 1


async def test_why_still_answers_once_the_norm_is_retired(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre)
    ana = await theatre.member("ana")
    await until(theatre, FRIDAY)
    [post] = standing(theatre, ana)
    await agreed(theatre, WATER)
    await theatre.restart()
    why = await post.press("Why")
    assert ASK.why in why
    assert strings.RETIRED in why.text


async def test_of_a_norm_without_more_there_is_no_more_to_say(theatre: Theatre) -> None:
    await agreed(theatre, WATER)
    await on(theatre)
    await until(theatre, FRIDAY)
    [post] = standing(theatre, await theatre.member("ana"))
    assert strings.NO_MORE in (await post.press("Why")).text


async def test_moderators_text_formats_and_mentions_nothing(theatre: Theatre) -> None:
    await agreed(theatre, HOSTILE)
    await on(theatre)
    await until(theatre, FRIDAY)
    [post] = standing(theatre, await theatre.member("ana"))
    for text in (post.text, (await post.press("Why")).text):
        assert "**A**" not in text
        assert "@everyone" not in text
        assert "<@1>" not in text
        assert "](http" not in text
        assert "שלום" in text


async def test_why_reaches_no_norm_of_another_server(theatre: Theatre) -> None:
    await agreed(theatre)
    ana = await theatre.member("ana")
    for forged in ("x.v.k", "x", "x.", "preview.AAAAAAAAAAAAAAAA.ask"):
        assert NOT_YOURS in (await theatre.forge(ana, f"v1:reminders.why:{forged}")).text


async def test_only_after_enough_was_said_and_in_the_place_of_its_last(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre, at_least=3)
    ana = await theatre.member("ana")
    await until(theatre, FRIDAY)
    [first] = standing(theatre, ana)
    for number in range(2):
        await theatre.say(ana, str(number))
    await until(theatre, NEXT)
    assert [one.message.id for one in standing(theatre, ana)] == [first.message.id]
    await theatre.say(ana, "enough")
    await until(theatre, utc(2026, 1, 23, 17))
    [second] = standing(theatre, ana)
    assert first.gone
    assert WATER.norm in second


async def test_a_norm_retired_just_before_it_would_come_does_not_come(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre)
    ana = await theatre.member("ana")
    theatre.env.inject_error("POST", f"/channels/{theatre.general.id}/messages", status=500, times=1)
    await until(theatre, FRIDAY)
    assert not standing(theatre, ana)
    await agreed(theatre, WATER)
    await theatre.skip(minutes=5)
    assert not [text for _, text in said(theatre).values() if ASK.norm in text]
    await until(theatre, NEXT)
    assert len([text for _, text in said(theatre).values() if WATER.norm in text]) == 1


# -- a story --------------------------------------------------------------------------------------------


async def test_a_story_is_a_closed_line_until_somebody_reads_it(theatre: Theatre) -> None:
    await on(theatre, ReminderKind.STORY)
    ana = await theatre.member("ana")
    await until(theatre, FRIDAY)
    [post] = standing(theatre, ana)
    story = next(iter(theatre.bot.services.library.stories.values()))
    assert post.text == f"A short story about {story.topic}"
    assert post.buttons == ["Read", "Support"]
    await theatre.restart()
    for read in await post.press_twice("Read"):
        assert read.ephemeral
        assert story.story.strip()[:80] in read.text
        assert story_words.ASKED in read.text
        for thought in story.consider:
            assert thought in read.text
        assert read.buttons == ["Support"]
    assert len(standing(theatre, ana)) == 1


async def test_a_story_can_be_read_from_its_preview(theatre: Theatre) -> None:
    mo = await moderator(theatre)
    preview = await (await begun(theatre, mo, "A short story in turn")).press("Preview")
    assert story_words.ASKED in (await preview.press("Read")).text


async def test_a_story_that_is_told_no_more(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    assert story_words.GONE_TITLE in (await theatre.forge(ana, "v1:stories.read:x.nothing")).text


async def test_every_story_fits_its_card(theatre: Theatre) -> None:
    ana = await theatre.member("ana")
    stories = theatre.bot.services.library.stories
    longest = max(stories.values(), key=lambda one: len(one.story) + sum(map(len, one.consider)))
    assert longest.story.strip()[-60:] in (await theatre.forge(ana, f"v1:stories.read:{longest.key}")).text


# -- before an event ------------------------------------------------------------------------------------


async def test_before_an_event_under_the_name_it_has_by_then(theatre: Theatre) -> None:
    await agreed(theatre)
    id = await on(theatre, ReminderKind.EVENT)
    ana = await theatre.member("ana")
    made = event(theatre, "Games", 2026, 1, 9, 18)
    await theatre.settle()
    move(theatre, made, 2026, 1, 10, 18)
    theatre.env.backend.edit_scheduled_event(theatre.server.id, made, {"name": "**Fête** @here \u202e"})
    await theatre.settle()
    await until(theatre, utc(2026, 1, 10, 16, 59))
    assert not standing(theatre, ana)
    await until(theatre, utc(2026, 1, 10, 17))
    [post] = standing(theatre, ana)
    assert post.text.startswith("### Before \u2068\\*\\*Fête\\*\\* @\u200bhere\u2069:\n**Ask first**")
    assert (
        await theatre.bot.services.reminders.queries.show(here(theatre), id, theatre.now)
    ).reminder.turn == 1


async def test_events_of_before_a_restart_and_of_during_it(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre, ReminderKind.EVENT)
    ana = await theatre.member("ana")
    kept, dropped = event(theatre, "Kept", 2026, 1, 9, 18), event(theatre, "Dropped", 2026, 1, 10, 18)
    await theatre.settle()
    events, close = theatre.env.backend.guilds[theatre.server.id].scheduled_events, theatre.bot.close

    async def meanwhile() -> None:
        """What Discord tells nobody, since nobody is there."""
        await close()
        del events[dropped]
        events[kept].scheduled_start_time = utc(2026, 1, 11, 18).isoformat()

    theatre.bot.close = meanwhile
    await theatre.restart()
    shown = (await theatre.bot.services.reminders.queries.home(here(theatre), theatre.now)).shown
    assert shown[0].times == (utc(2026, 1, 11, 17),)
    await until(theatre, utc(2026, 1, 12, 0))
    [post] = standing(theatre, ana)
    assert "Kept" in post


async def test_an_event_called_off_as_its_message_is_on_its_way(theatre: Theatre) -> None:
    await agreed(theatre)
    await on(theatre, ReminderKind.EVENT)
    ana, made = await theatre.member("ana"), event(theatre, "Games", 2026, 1, 9, 18)
    await theatre.settle()
    theatre.env.inject_error("POST", f"/channels/{theatre.general.id}/messages", status=500, times=1)
    await until(theatre, FRIDAY)
    theatre.env.backend.delete_scheduled_event(theatre.server.id, made)
    await theatre.settle()
    await theatre.skip(minutes=10)
    assert not standing(theatre, ana)


# -- a channel that is closed ---------------------------------------------------------------------------


async def test_what_is_missing_is_named_before_it_begins(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, attic = (
        await moderator(theatre),
        room(theatre, "attic", send_messages=False, read_message_history=False),
    )
    await theatre.settle()
    card = await (await begun(theatre, mo)).choose([attic], which="rem_channel")
    for said_so in (f"In <#{attic.id}> Plumbline still needs Send Messages, Read Message History", "`Start`"):
        assert said_so in card
    card = await card.press("Start")
    assert "Send Messages" in card
    assert strings.STATE_NEW in card.text
    assert strings.TROUBLE in (await home(theatre, mo)).text


async def test_a_channel_that_is_gone_can_be_replaced(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, attic = await moderator(theatre), room(theatre, "attic")
    await theatre.bot.services.servers.change(
        here(theatre), await person(theatre, mo), theatre.now, {"mods_channel": theatre.general.id}
    )
    id = await on(theatre, channel=attic.id)
    theatre.env.backend.delete_channel(attic.id)
    await theatre.settle()
    assert strings.TROUBLE in (await home(theatre, mo)).text
    await until(theatre, FRIDAY)
    # In the moderators' channel stands that something is to be looked at, and not what.
    [line] = [one for one in standing(theatre, mo, theatre.general) if strings.BARRED_LINE in one.text]
    assert line.buttons == ["Look at it", "Support"]
    card = await line.press("Look at it")
    assert card.ephemeral
    assert strings.CHANNEL_GONE_HERE in card.text
    assert strings.STATE_BARRED in card.text
    edit = await card.press("Change")
    assert strings.CHANNEL_GONE in edit.text
    done = await (await edit.choose([theatre.general], which="rem_channel")).press("Done")
    card = await done.press("Resume")
    assert f"Next: {stamp(2026, 1, 16, 17)}" in card.text
    await theatre.skip(seconds=5)
    assert line.gone
    await until(theatre, NEXT)
    assert ASK.norm in standing(theatre, mo)[-1]
    shown = await theatre.bot.services.reminders.queries.show(here(theatre), id, theatre.now)
    assert shown.reminder.state is ReminderState.ON


async def test_where_there_is_no_such_channel_whoever_set_it_is_told_once(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, attic = await moderator(theatre), room(theatre, "attic", view_channel=False)
    await theatre.bot.services.servers.change(
        here(theatre), await person(theatre, mo), theatre.now, {"mods_channel": None}
    )
    id = await on(theatre, channel=attic.id)
    await until(theatre, FRIDAY)
    [line] = theatre.dms(mo)
    assert line.text == CHANGED
    listed = await theatre.slash(mo, "inbox")
    assert strings.IN_BARRED in listed.text
    await theatre.restart()
    card = await line.press("Open")
    assert f"<#{attic.id}>" in card.text
    assert "`/manage reminders`" in card.text
    await until(theatre, NEXT)
    assert [one.text for one in theatre.dms(mo)] == [GONE]
    assert strings.IN_BARRED not in (await theatre.slash(mo, "inbox")).text
    shown = await (await home(theatre, mo)).press("Open")
    assert "View Channel" in shown
    # `Resume` alone does not help there: it says what would.
    assert strings.STATE_BARRED in (await shown.press("Resume")).text
    assert (
        await theatre.bot.services.reminders.queries.show(here(theatre), id, theatre.now)
    ).reminder.state is ReminderState.BARRED


async def test_nobody_else_opens_the_moderators_line(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, ana = await moderator(theatre), await theatre.member("ana")
    attic = room(theatre, "attic", view_channel=False)
    await theatre.bot.services.servers.change(
        here(theatre), await person(theatre, mo), theatre.now, {"mods_channel": theatre.general.id}
    )
    await on(theatre, channel=attic.id)
    await until(theatre, FRIDAY)
    [line] = standing(theatre, ana)
    assert strings.BARRED_LINE in line.text
    assert "This is for those who run the server" in (await line.press("Look at it")).text


# -- a server that goes ---------------------------------------------------------------------------------


async def test_nothing_is_posted_where_the_bot_is_no_more(theatre: Theatre) -> None:
    await agreed(theatre)
    id = await on(theatre)
    await on(theatre, ReminderKind.EVENT)
    event(theatre, "Games", 2026, 1, 9, 18)
    await theatre.settle()
    services, server = theatre.bot.services, here(theatre)
    await services.servers.left(server, theatre.now)
    before = len(theatre.requests)
    await until(theatre, NEXT)
    assert not [one for one in theatre.requests[before:] if "/messages" in one.path]
    assert not await theatre.bot.db.read(lambda tx: services.channel_posts.waiting(tx, posts.REMINDER, id))
    await services.servers.returned(server, theatre.now)
    await until(theatre, utc(2026, 1, 23, 17))
    assert ASK.norm in standing(theatre, await theatre.member("ana"))[-1]


async def test_a_channel_that_is_open_again_is_gone_on_with(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, attic = await moderator(theatre), room(theatre, "attic", send_messages=False)
    await on(theatre, channel=attic.id)
    await until(theatre, FRIDAY)
    everyone = theatre.server.default_role.id
    theatre.env.backend.delete_overwrite(attic.id, everyone)
    await theatre.settle()
    card = await (await home(theatre, mo)).press("Open")
    assert strings.STATE_BARRED in card.text
    assert "still needs" not in card
    assert f"Next: {stamp(2026, 1, 16, 17)}" in (await card.press("Resume")).text
    await until(theatre, NEXT)
    assert len(standing(theatre, mo, attic)) == 1


async def test_a_moderator_is_told_nothing_new_where_it_goes_on_already(theatre: Theatre) -> None:
    await agreed(theatre)
    mo, attic = await moderator(theatre), room(theatre, "attic", send_messages=False)
    await theatre.bot.services.servers.change(
        here(theatre), await person(theatre, mo), theatre.now, {"mods_channel": None}
    )
    id = await on(theatre, channel=attic.id)
    await until(theatre, FRIDAY)
    [line] = theatre.dms(mo)
    await theatre.bot.services.reminders.resume(here(theatre), id, await person(theatre, mo), theatre.now)
    await theatre.skip(seconds=5)
    assert line.text == GONE
