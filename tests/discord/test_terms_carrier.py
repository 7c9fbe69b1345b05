"""`/terms` with a carrier: asking, letting them read it, how it went, and every way in which it ends."""

import re

import pytest
from simcord import MemberActor

from bot.demo.client.client import DemoClient
from bot.demo.client.screen import Screen
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.reports.bars import Bars
from cogs.help import strings as help_words
from cogs.terms import strings
from cogs.terms.carry import strings as carrier_words
from tests.discord.stateless import fits
from tests.discord.terming import WORDS, agreed, ask, asked, carried, inbox, kept, let, newest, written
from tests.system.row_changes import dumped

READY, CHANGED, CLOSED = "Something is waiting for you.", "Something here has changed.", "This is closed."


async def two(demo: DemoClient) -> tuple[MemberActor, MemberActor]:
    return await demo.member("ana"), await demo.member("ben")


async def met(demo: DemoClient, member: MemberActor) -> PersonId:
    user = DiscordUser(member.id, member.name.title(), ServerId(demo.server.id))
    person: PersonId = await demo.bot.services.people.meet(user, demo.now)
    return person


def texts(demo: DemoClient, member: MemberActor) -> list[str]:
    return [one.text for one in demo.dms(member)]


async def home(demo: DemoClient, member: MemberActor) -> Screen:
    return await demo.slash(member, "terms")


# -- asking -------------------------------------------------------------------------------------------


async def test_whoever_is_asked_is_not_written_to_and_finds_it_in_their_inbox(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    shown = await asked(demo, ana, ben)
    assert strings.SENTENCE in shown
    await demo.skip(hours=1)
    assert not any(one.path.startswith(("/channels", "/users/@me/channels")) for one in demo.requests)
    card = await inbox(demo, ben)
    assert "Somebody hurt **\u2068Ana\u2069**" in card
    assert WORDS not in card
    assert card.buttons == ["I'll carry it", "No thanks", "Never from Ana", "Support", "Close"]
    assert "Report" not in card.buttons


async def test_somebody_can_be_chosen_in_a_server_only(demo: DemoClient) -> None:
    ana = await demo.member("ana")
    await kept(demo, ana)
    dm = await (await demo.slash(ana, "terms", dm=True)).press("Somebody carries it")
    assert f"Run `/terms` in **\u2068{demo.server.name}\u2069**." in dm


async def test_nobody_can_choose_themselves_a_bot_or_somebody_they_set_a_boundary_with(
    demo: DemoClient,
) -> None:
    ana, ben = await two(demo)
    choosing = await (await kept(demo, ana)).press("Somebody carries it")
    assert strings.YOURSELF_TITLE in await choosing.choose([ana])
    await demo.bot.services.boundaries.set(await met(demo, ana), await met(demo, ben), demo.now)
    assert strings.OWN_TITLE in await ask(choosing, ben)
    bot = demo.bot.user.id
    assert strings.A_BOT_TITLE in await demo.forge(ana, f"v1:terms.ask:{bot}")
    assert strings.YOURSELF_TITLE in await demo.forge(ana, f"v1:terms.ask:{ana.id}")


async def test_nobody_is_asked_before_a_second_press(demo: DemoClient) -> None:
    """In a list of members, a finger easily touches the wrong name."""
    ana, ben = await two(demo)
    before = await (await kept(demo, ana)).press("Somebody carries it")
    chosen = await before.choose([ben])
    assert "You chose **\u2068Ben \\(@\u200bben\\)\u2069**. Nobody has been asked yet." in chosen
    assert chosen.buttons == ["Ask Ben", "Choose somebody else", "Support", "Close"]
    assert fits(chosen)
    assert "Nothing is waiting" in await demo.slash(ben, "inbox")
    assert strings.ONLY_YOU in await home(demo, ana)
    again = await chosen.press("Choose somebody else")
    assert strings.CHOOSE in again.placeholders
    shown = await (await again.choose([ben])).press("Ask Ben")
    assert strings.ASKED_TITLE in shown
    assert "you still decide whether they read it" in shown
    assert shown.buttons == ["Back", "Stop asking them", "Support", "Close"]
    assert "Somebody hurt" in await inbox(demo, ben)


async def test_choosing_stores_nothing_about_who_was_chosen(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    choosing = await (await kept(demo, ana)).press("Somebody carries it")
    before = await demo.bot.db.read(dumped)
    await choosing.choose([ben])
    assert await demo.bot.db.read(dumped) == before


async def test_asking_twice_asks_once_and_also_after_a_restart(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    chosen = await (await (await kept(demo, ana)).press("Somebody carries it")).choose([ben])
    await demo.restart()
    for shown in await chosen.press_twice("Ask Ben"):
        assert strings.ASKED_TITLE in shown
    assert str(await demo.slash(ben, "inbox")).count("has a question for you") == 1


async def test_the_button_that_asks_is_of_whoever_keeps_something_and_names_a_member(
    demo: DemoClient,
) -> None:
    """Anybody can send any id. What comes tells nothing about who has used the bot."""
    ana, ben = await two(demo)
    chosen = await (await (await kept(demo, ana)).press("Somebody carries it")).choose([ben])
    leads = chosen.custom_id("Ask Ben")
    eve = await demo.member("eve")
    assert strings.NONE_TITLE in await demo.forge(eve, leads), "somebody else presses it, who keeps nothing"
    assert "Nothing is waiting" in await demo.slash(ben, "inbox")
    used, never = await demo.member("used"), await demo.member("never")
    await demo.slash(used, "inbox")
    await demo.leave(used)
    await demo.leave(never)
    for account in (used.id, never.id, 1, 10**40):
        assert strings.NOT_HERE_TITLE in await demo.forge(ana, f"v1:terms.ask:{account}")
    for wrong in ("", "ben", "-1", "١x"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, f"v1:terms.ask:{wrong}")
    assert strings.ONLY_YOU in await home(demo, ana)


async def test_whoever_has_left_since_is_not_asked_and_somebody_else_can_be_chosen(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    chosen = await (await (await kept(demo, ana)).press("Somebody carries it")).choose([ben])
    await demo.leave(ben)
    refused = await chosen.press("Ask Ben")
    assert strings.NOT_HERE_TITLE in refused
    again = await refused.press("Choose somebody else")
    assert strings.ASKED_TITLE in await ask(again, await demo.member("cleo"))


async def test_choosing_says_until_when_to_wait_for_an_answer(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    choosing = await (await kept(demo, ana)).press("Somebody carries it")
    [day] = re.findall(r"If you hear nothing by (<t:\d+:D>|\S+ \w+ \d+), take it as a no", choosing.text)
    for said in ("take it as a no", "isn't asked again for a while", "They may ask you who it's for"):
        assert said in choosing
    assert day in await ask(choosing, ben)


async def test_a_bar_does_not_touch_it(demo: DemoClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def barred(*_: object) -> None:
        raise AssertionError("nothing of `/terms` asks for a bar")

    monkeypatch.setattr(Bars, "require_free", barred)
    ana, ben = await two(demo)
    assert WORDS in await carried(demo, ana, ben)


async def test_a_no_and_no_answer_look_the_same(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await asked(demo, ana, ben)
    before = (await home(demo, ana)).text
    declined = await (await inbox(demo, ben)).press("No thanks")
    assert carrier_words.DECLINED_TITLE in declined
    assert (await home(demo, ana)).text == before
    assert demo.dms(ana) == []
    await demo.skip(days=14)
    assert strings.ONLY_YOU in await home(demo, ana)


async def test_never_first_says_what_they_can_notice_and_then_sets_a_boundary(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await asked(demo, ana, ben)
    card = await inbox(demo, ben)
    before = await card.press("Never from Ana")
    assert carrier_words.STAYS_OPEN in before
    card = await before.press("Back")
    assert "Somebody hurt" in card
    accept = card.custom_id("I'll carry it")
    before = await card.press("Never from Ana")
    assert carrier_words.REFUSED_TITLE in await before.press("Set the boundary")
    assert strings.OVER_TITLE in await demo.forge(ben, accept)
    assert "I have no answer to show you yet" in await home(demo, ana)


async def test_an_answer_that_comes_too_late_says_so(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await asked(demo, ana, ben)
    card = await inbox(demo, ben)
    leads = [card.custom_id(label) for label in ("I'll carry it", "No thanks", "Never from Ana")]
    await (await home(demo, ana)).press("Stop asking them")
    for custom_id in leads:
        assert strings.OVER_TITLE in await demo.forge(ben, custom_id)


# -- from a yes to the text ---------------------------------------------------------------------------


async def test_from_a_yes_to_the_text_and_a_word_about_it(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    yes = await agreed(demo, ana, ben)
    assert "There's nothing to read yet." in yes
    assert WORDS not in await inbox(demo, ben)
    told = await newest(demo, ana)
    assert "said yes" in told
    assert texts(demo, ana) == [CLOSED]
    before = await told.press("Let the person you asked read it …")
    for said in (
        "open on their screen stays until they close it",
        "will probably guess",
        "What could that person do then?",
        "Is tonight a bad day?",
        WORDS,
    ):
        assert said in before
    assert before.buttons == [
        *("Let them read it", "Not yet", "What they may say with it"),
        *("Support", "Close"),
    ]
    out = await before.press("What they may say with it")
    assert "Ana" not in out
    assert WORDS not in out
    assert WORDS in before, "it opens beside the card"
    assert WORDS not in await inbox(demo, ben)
    assert strings.LET_NOW in await before.press("Let them read it")
    read = await newest(demo, ben)
    assert WORDS in read
    assert "Before you go" in read
    assert "When you say it" in read
    assert "Report" not in read.buttons, "it can be handed back instead"
    assert fits(read)
    assert "I've kept “They keep to it, as far as I know”" in await read.choose(
        "They keep to it, as far as I know"
    )
    await demo.skip(minutes=5)
    assert texts(demo, ana) == [CLOSED], "no message unless they ask for it"
    came = await (await home(demo, ana)).press("See how it went")
    assert "keeps to it, as far as they know" in came


async def test_whoever_ticks_it_gets_a_message_that_says_nothing(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    ticked = await (await home(demo, ana)).press("Message me when there's news")
    await read.choose("Partly")
    came = await newest(demo, ana)
    assert "some of it" in came
    assert set(texts(demo, ana)) <= {READY, CLOSED}
    unticked = await ticked.press("Don't message me")
    assert "Message me when there's news" in unticked.buttons
    count = len(demo.dms(ana))
    await read.choose("They don't")
    await demo.skip(minutes=5)
    assert len(demo.dms(ana)) == count


@pytest.mark.parametrize("word", carrier_words.OUTCOMES.values())
async def test_each_word_can_be_left_and_is_seen_only_when_it_is_opened(demo: DemoClient, word: str) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    said = await read.choose(word)
    assert f"“{word}”" in said
    assert "tell \u2068Ana\u2069 yourself" in said
    assert fits(said)
    shown = await home(demo, ana)
    assert "has said how it went" in shown
    assert strings.LET_TELL not in shown
    came = await shown.press("See how it went")
    assert fits(came)
    assert "Ben" in came


async def test_the_text_with_its_longest_words_fits_on_cards(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    long = "*_~`|<>[]()#" * 125
    then = await written(demo, ana, long, *strings.WANTS.values())
    await ask(await then.press("Somebody carries it"), ben)
    await (await inbox(demo, ben)).press("I'll carry it")
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    assert [fits(card) for card in (before, *before.followups)] == [True, True]
    await before.press("Let them read it")
    read = await newest(demo, ben)
    shown = "".join(card.text for card in (read, *read.followups)).replace("\\", "")
    assert shown.count("~") == 125
    assert all(fits(card) for card in (read, *read.followups))


async def test_a_changed_text_has_to_be_let_again(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await carried(demo, ana, ben)
    change = await (await home(demo, ana)).press("Change it")
    assert "can't open it any more until you let them again" in change
    assert "three times" not in change, "the limit is said when it is reached"
    form = await change.press("Only change the words")
    changed = await form.submit({"want": "Other words."})
    assert "You've changed it, so" in changed
    told = await newest(demo, ben)
    assert "has changed it" in told
    assert WORDS not in told
    assert "Other words." not in await inbox(demo, ben)
    await let(demo, ana)
    assert "Other words." in await newest(demo, ben)


async def test_letting_has_a_limit_that_says_what_is_kept_and_when_it_goes_on(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await carried(demo, ana, ben)
    for number in range(3):
        form = await (await (await home(demo, ana)).press("Change it")).press("Only change the words")
        await form.submit({"want": f"Other words {number}."})
        last = await let(demo, ana)
    assert strings.OFTEN_TITLE in last
    assert "up to three times in a day" in last
    assert "You can let them again from" in last
    assert fits(last)
    assert "Other words 2." in await (await last.press("Back")).press("Read it again")
    assert "Other words" not in await inbox(demo, ben)
    await demo.skip(hours=26)
    await let(demo, ana)
    assert "Other words 2." in await newest(demo, ben)


async def test_an_old_card_lets_nothing_through_that_was_not_on_it(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await agreed(demo, ana, ben)
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    form = await (await (await home(demo, ana)).press("Change it")).press("Only change the words")
    await form.submit({"want": "Other words."})
    refused = await before.press("Let them read it")
    assert strings.NEW_TITLE in refused
    assert "Other words." in await refused.press("Look at it")
    assert "Other words." not in await inbox(demo, ben)


# -- somebody looks at the screen ---------------------------------------------------------------------


async def test_no_name_stands_in_the_inbox_or_on_the_first_card_until_read_it_again(demo: DemoClient) -> None:
    """A partner who sees either doesn't learn who helps them."""
    ana, ben = await two(demo)
    await asked(demo, ana, ben)
    seen = []

    async def looks(screen: Screen) -> Screen:
        seen.append(f"{screen}")
        return screen

    shown = await (await looks(await home(demo, ana))).press("Read it again")
    assert "You asked **\u2068Ben\u2069** to carry it." in shown
    await (await inbox(demo, ben)).press("I'll carry it")
    waits = await looks(await demo.slash(ana, "inbox"))
    assert "The person you asked said yes." in waits
    await looks(await waits.press("Open"))
    shown = await (await looks(await home(demo, ana))).press("Read it again")
    assert "**\u2068Ben\u2069** carries it." in shown
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    assert "Ben" in before
    await looks(await before.press("Let them read it"))
    await looks(await (await home(demo, ana)).press("Message me when there's news"))
    await (await newest(demo, ben)).choose("Partly")
    await looks(await demo.slash(ana, "inbox"))
    await looks(await home(demo, ana))
    form = await (await (await home(demo, ana)).press("Change it")).press("Only change the words")
    await looks(await form.submit({"want": "Other words."}))
    await (await (await inbox(demo, ben)).press("Hand it back")).press("Hand it back")
    await looks(await demo.slash(ana, "inbox"))
    assert "doesn't carry it any more" in await looks(await home(demo, ana))
    assert len(seen) == 11
    assert [one for one in seen if "Ben" in one] == []


async def test_the_inbox_of_a_carrier_names_nobody(demo: DemoClient) -> None:
    """Whoever looks over their shoulder doesn't learn whose words they carry."""
    ana, ben = await two(demo)
    seen = []

    async def waits(sentence: str) -> None:
        inbox = await demo.slash(ben, "inbox")
        assert sentence in inbox
        seen.append(inbox)

    await asked(demo, ana, ben)
    await waits(carrier_words.IN_ASKED)
    await (await inbox(demo, ben)).press("I'll carry it")
    await waits(carrier_words.IN_CARRIED)
    await let(demo, ana)
    await waits(carrier_words.IN_LET)
    await inbox(demo, ben)
    form = await (await (await home(demo, ana)).press("Change it")).press("Only change the words")
    await form.submit({"want": "Other words."})
    await waits(carrier_words.IN_CHANGED)
    await inbox(demo, ben)
    await (await home(demo, ana)).press("They needn't carry it any more")
    await waits(carrier_words.IN_ENDED)
    assert [one for one in seen if "Ana" in one or "hard" in one] == []


async def test_a_carrier_reads_what_to_do_about_threats_with_the_number(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    services, server = demo.bot.services, ServerId(demo.server.id)
    await services.servers.change(server, await met(demo, ana), demo.now, {"country": "nz"})
    read = await carried(demo, ana, ben)
    assert "if that person threatens anyone" in read
    assert "also call **111**" in read
    assert "The number is for **New Zealand**" in read
    for part in ("except a helpline, for yourself", "leave the phone in your pocket", "Look here again"):
        assert part in read
    shown = await read.choose("They don't")
    assert "They may get no message about it" in shown
    asking = await shown.press("Hand it back")
    assert "for three months" in asking
    assert "that you won't go" in asking


# -- how it ends --------------------------------------------------------------------------------------


async def test_what_was_taken_back_cannot_be_opened_again_and_the_texts_say_what_stays(
    demo: DemoClient,
) -> None:
    """Discord lets the bot take no open card off somebody else's screen."""
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    shown = await (await home(demo, ana)).press("They needn't carry it any more")
    assert "aren't told why" in shown
    assert "A card that's open on their screen stays until they close it" in shown
    back = read.custom_id("Hand it back")
    for again in (await read.choose("Partly"), await demo.forge(ben, back)):
        assert strings.OVER_TITLE in again
        assert WORDS not in again
    told = await newest(demo, ben)
    assert carrier_words.TAKEN_TITLE in told
    assert texts(demo, ben)[-1] == CLOSED
    assert "Nothing is waiting" in await demo.slash(ben, "inbox")


async def test_a_carrier_can_hand_it_back_and_the_author_is_told_that_much(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    read = await (await read.press("Hand it back")).press("Back")
    assert WORDS in read
    assert carrier_words.HANDED_TITLE in await (await read.press("Hand it back")).press("Hand it back")
    told = await newest(demo, ana)
    assert "doesn't carry it any more" in told
    assert CHANGED in texts(demo, ana) or CLOSED in texts(demo, ana)
    cleo = await demo.member("cleo")
    choosing = await (await home(demo, ana)).press("Ask somebody else")
    assert strings.ASKED_TITLE in await ask(choosing, cleo)


async def test_asking_somebody_else_takes_it_from_the_first(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    choosing = await (await home(demo, ana)).press("Ask somebody else")
    assert "If you ask somebody else" in choosing
    cleo = await demo.member("cleo")
    chosen = await choosing.choose([cleo])
    assert "If you ask somebody else" in chosen
    await chosen.press("Ask Cleo")
    assert strings.OVER_TITLE in await read.press("Hand it back")


async def test_somebody_who_has_left_is_noticed_before_it_is_let(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await agreed(demo, ana, ben)
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    await demo.leave(ben)
    assert strings.OVER_TITLE in await before.press("Let them read it")
    assert "doesn't carry it any more" in await home(demo, ana)


async def test_an_author_who_has_left_is_noticed_before_it_is_read(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await agreed(demo, ana, ben)
    await let(demo, ana)
    await demo.leave(ana)
    shown = await demo.slash(ben, "inbox")
    opened = await shown.press("Open")
    assert WORDS not in opened


# -- edges --------------------------------------------------------------------------------------------


async def test_it_works_with_closed_direct_messages(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    for member in (ana, ben):
        demo.close_dms(member)
    await agreed(demo, ana, ben)
    await let(demo, ana)
    await demo.skip(minutes=5)
    assert demo.dms(ben) == []
    assert WORDS in await inbox(demo, ben)
    assert "can read it" in await home(demo, ana)


async def test_every_step_works_after_a_restart(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    shown = await written(demo, ana)
    await demo.restart()
    choosing = await shown.press("Somebody carries it")
    await demo.restart()
    chosen = await choosing.choose([ben])
    await demo.restart()
    await chosen.press("Ask Ben")
    card = await inbox(demo, ben)
    await demo.restart()
    await card.press("I'll carry it")
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    await demo.restart()
    await before.press("Let them read it")
    read = await newest(demo, ben)
    await demo.restart()
    await read.choose("Brought")
    asking = await read.press("Hand it back")
    await demo.restart()
    assert carrier_words.HANDED_TITLE in await asking.press("Hand it back")


async def test_pressing_anything_twice_does_it_once(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await asked(demo, ana, ben)
    await (await inbox(demo, ben)).press_twice("I'll carry it")
    before = await (await home(demo, ana)).press("Let the person you asked read it …")
    await before.press_twice("Let them read it")
    await demo.skip(minutes=5)
    assert texts(demo, ana) in ([READY], [CLOSED])
    assert texts(demo, ben) == [READY]
    await (await home(demo, ana)).press_twice("They needn't carry it any more")
    await demo.skip(minutes=5)
    assert texts(demo, ben).count(CHANGED) == 1


async def test_somebody_elses_press_finds_nothing(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    eve = await demo.member("eve")
    shown = await home(demo, ana)
    ids = [one for screen in (read, shown) for one in screen.custom_ids if one.startswith("v1:terms.")]
    named = [one for one in ids if len(one.rpartition(":")[2]) == 16]
    assert len(named) >= 3
    for custom_id in named:
        assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, custom_id)
    carrying = read.custom_id("Hand it back").rpartition(":")[2]
    for verb in ("let", "before", "withdraw", "came", "see", "accept", "decline", "never", "carried", "says"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(eve, f"v1:terms.{verb}:{carrying}")
    for verb in ("let", "before", "withdraw", "came"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(ben, f"v1:terms.{verb}:{carrying}")
    for verb in ("see", "accept", "decline", "carried", "says", "hand_back"):
        assert help_words.NOT_YOURS_TITLE in await demo.forge(ana, f"v1:terms.{verb}:{carrying}")


@pytest.mark.parametrize("name", ["x" * 32, "عمر‎ \u202eابن", "*bold* `code` @everyone"])
async def test_long_right_to_left_and_marked_names_are_shown_plainly(demo: DemoClient, name: str) -> None:
    ana = await demo.member("ana", shown=name)
    ben = await demo.member("ben", shown=name[::-1])
    card_of_ben = await asked(demo, ana, ben)
    card = await inbox(demo, ben)
    never = next(one for one in card.buttons if one.startswith("Never from"))
    before = await card.press(never)
    assert "\u202e" not in f"{card_of_ben} {before}"
    card = await before.press("Back")
    assert "\u202e" not in card.text
    assert fits(card)
    asking = await (await card.press("I'll carry it")).press("Hand it back")
    assert fits(asking)


async def test_whoever_rests_is_not_written_to_and_can_read_it(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    await agreed(demo, ana, ben)
    await (await (await demo.slash(ben, "settings")).press("Rest")).press("A day")
    await let(demo, ana)
    await demo.skip(minutes=5)
    assert demo.dms(ben) == []
    assert WORDS in await inbox(demo, ben)


async def test_the_card_for_whoever_it_is_brought_to_can_be_read_by_anybody(demo: DemoClient) -> None:
    ana, ben = await two(demo)
    read = await carried(demo, ana, ben)
    card = await read.press("Words to learn")
    assert "Words to learn" in card
    assert "Ana" not in card
    assert fits(card)
