"""An interaction is answered within three seconds, however long the work takes."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.ui import strings
from bot.ui.components import Attached, Card
from bot.ui.form import Field, Form
from bot.ui.reply import PATIENCE, InteractionReply
from tests.virtual_clock import virtual_clock

CARD = Card("Here it is")
FORM = Form("v1:a.b:", "A form", "", [Field("one", "One", 10)])


class Response:
    """A fake of discord.py's response, which can be used only once."""

    def __init__(self, met: Callable[[str], None], told: list[str]) -> None:
        self._met = met
        self._told = told
        self._done = False

    def is_done(self) -> bool:
        return self._done

    async def _say(self, what: str) -> None:
        await asyncio.sleep(0)
        assert not self._done, "answered twice"
        self._met(what.partition(":")[0])
        self._done = True
        self._told.append(what)

    async def send_message(self, **sent: Any) -> None:
        await self._say(f"sent{_files(sent)}")

    async def edit_message(self, **sent: Any) -> None:
        await self._say(f"edited{_files(sent)}")

    async def send_modal(self, _: Any) -> None:
        await self._say("form")

    async def defer(self, *, thinking: bool = False, ephemeral: bool = False) -> None:
        assert ephemeral == thinking
        await self._say("thinking" if thinking else "deferred")


class Pressed:
    """A fake interaction: with a command, or with a card that only one person sees.

    `refused` holds the codes with which the next requests of a kind fail.
    """

    type = discord.InteractionType.component

    def __init__(self, own: bool, **refused: list[int]) -> None:
        self.told: list[str] = []
        self.refused = refused
        self.extras: dict[str, Any] = {}
        self.response = Response(self._met, self.told)
        self.message = SimpleNamespace(flags=SimpleNamespace(ephemeral=True)) if own else None
        self.followup = SimpleNamespace(send=self._follow)

    async def _follow(self, **sent: Any) -> SimpleNamespace:
        assert sent["ephemeral"]
        assert sent["wait"]
        self._met("followed")
        self.told.append(f"followed: {_title(sent['view'])}")
        return SimpleNamespace(edit=self._edit_followed)

    async def _edit_followed(self, **sent: Any) -> None:
        self._met("edited_followed")
        self.told.append(f"edited followed: {_title(sent['view'])}")

    async def edit_original_response(self, **sent: Any) -> None:
        self._met("original")
        self.told.append(f"original{_files(sent)}")

    async def delete_original_response(self) -> None:
        self._met("deleted")
        self.told.append("deleted")

    def _met(self, what: str) -> None:
        if self.refused.get(what):
            answer = SimpleNamespace(status=404, reason="")
            raise discord.HTTPException(answer, {"code": self.refused[what].pop(0), "message": "no"})


def _files(sent: dict[str, Any]) -> str:
    return "".join(f": {one.filename}" for one in sent.get("attachments", sent.get("files", ())))


def _title(view: Any) -> str:
    texts = [one.content for one in view.walk_children() if isinstance(one, discord.ui.TextDisplay)]
    return str(texts[0]).splitlines()[0].lstrip("# ")


def reply_to(pressed: Any) -> InteractionReply:
    return InteractionReply.to(pressed)


@pytest.mark.parametrize(("own", "told"), [(True, ["edited"]), (False, ["sent"])])
@virtual_clock
async def test_a_card_that_is_shown_in_time_is_the_answer(own: bool, told: list[str]) -> None:
    pressed = Pressed(own)
    await reply_to(pressed).show(CARD)
    await asyncio.sleep(PATIENCE + 1)
    assert pressed.told == told


@pytest.mark.parametrize(
    ("own", "told"), [(True, ["deferred", "original"]), (False, ["thinking", "original"])]
)
@virtual_clock
async def test_a_late_interaction_is_deferred_first_and_the_card_then_takes_its_place(
    own: bool, told: list[str]
) -> None:
    pressed = Pressed(own)
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.show(CARD)
    assert pressed.told == told


@virtual_clock
async def test_a_late_additional_card_does_not_replace_the_pressed_card() -> None:
    pressed = Pressed(own=True)
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.add(CARD)
    assert pressed.told == ["deferred", "followed: Here it is"]


@virtual_clock
async def test_a_second_card_is_sent_as_a_follow_up() -> None:
    pressed = Pressed(own=False)
    reply = reply_to(pressed)
    await reply.show(CARD)
    await reply.add(CARD)
    assert pressed.told == ["sent", "followed: Here it is"]


@pytest.mark.parametrize("late", [False, True])
@virtual_clock
async def test_closing_deletes_the_card_that_was_pressed(late: bool) -> None:
    pressed = Pressed(own=True)
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1 if late else 0)
    await reply.close()
    await asyncio.sleep(PATIENCE + 1)
    assert pressed.told == ["deferred", "deleted"]


@pytest.mark.parametrize(("code", "logged"), [(10008, 0), (10015, 0), (50001, 1)])
@virtual_clock
async def test_closing_a_card_that_is_gone_is_no_error_and_any_other_failure_is_logged(
    code: int, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    pressed = Pressed(own=True, deleted=[code])
    await reply_to(pressed).close()
    assert pressed.told == ["deferred"]
    assert len([one for one in caplog.records if "could not be closed" in str(one.msg)]) == logged


@virtual_clock
async def test_opening_a_form_also_updates_the_card_behind_it() -> None:
    pressed = Pressed(own=True)
    await reply_to(pressed).ask(FORM, CARD)
    assert pressed.told == ["form", "original"]


@virtual_clock
async def test_a_form_opens_although_the_card_behind_it_cannot_be_updated() -> None:
    pressed = Pressed(own=True, original=[10008])
    await reply_to(pressed).ask(FORM, CARD)
    assert pressed.told == ["form"]


@virtual_clock
async def test_the_person_is_told_when_it_is_too_late_to_open_a_form() -> None:
    pressed = Pressed(own=True)
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.ask(FORM, None)
    assert pressed.told == ["deferred", f"followed: {strings.AGAIN_TITLE}"]


@pytest.mark.parametrize("code", [10008, 50035])
@pytest.mark.parametrize("own", [True, False])
@virtual_clock
async def test_a_card_that_cannot_take_the_place_of_a_dismissed_one_is_sent_as_a_new_one(
    own: bool, code: int
) -> None:
    pressed = Pressed(own, original=[code])
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.show(CARD)
    assert pressed.told[1:] == ["followed: Here it is"]


@virtual_clock
async def test_a_card_that_discord_refuses_is_replaced_by_one_that_says_what_was_done_is_kept() -> None:
    pressed = Pressed(own=True, original=[50035], followed=[50035])
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.show(CARD)
    assert pressed.told == ["deferred", f"followed: {strings.NOT_SHOWN_TITLE}"]


@pytest.mark.parametrize("own", [True, False])
@virtual_clock
async def test_when_nothing_can_be_shown_any_more_no_error_is_raised(own: bool) -> None:
    pressed = Pressed(own, sent=[10062], edited=[10062], original=[10015], followed=[10015, 10015])
    await reply_to(pressed).show(CARD)
    late = reply_to(pressed_late := Pressed(own, original=[10015], followed=[10015, 10015]))
    await asyncio.sleep(PATIENCE + 1)
    await late.show(CARD)

    assert pressed.told == []
    assert len(pressed_late.told) == 1


@virtual_clock
async def test_an_interaction_that_cannot_be_deferred_is_handled_all_the_same() -> None:
    pressed = Pressed(own=True, deferred=[10062], edited=[10062])
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.show(CARD)
    assert pressed.told == []


@virtual_clock
async def test_a_form_that_discord_refuses_is_answered_with_a_card() -> None:
    pressed = Pressed(own=True, form=[50035])
    await reply_to(pressed).ask(FORM, CARD)
    assert pressed.told == ["sent"]


@virtual_clock
async def test_a_form_that_was_sent_is_never_answered_with_another_form() -> None:
    pressed = Pressed(own=True)
    pressed.type = discord.InteractionType.modal_submit
    await reply_to(pressed).ask(FORM, CARD)
    assert pressed.told == ["sent"]


@virtual_clock
async def test_one_interaction_has_one_reply() -> None:
    pressed = Pressed(own=True)
    first, second = reply_to(pressed), reply_to(pressed)
    assert first is second
    await asyncio.gather(first.show(CARD), second.add(CARD))
    assert pressed.told == ["edited", "followed: Here it is"]


@virtual_clock
async def test_a_picture_that_will_not_be_drawn_changes_no_card() -> None:
    """A newer card may have taken its place by then."""

    async def not_drawn() -> None:
        await asyncio.sleep(5)

    pressed = Pressed(own=True)
    await reply_to(pressed).show_with(CARD, not_drawn())
    assert pressed.told == ["edited"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.1, ["edited: picture.png"]), (5, ["edited", "original: picture.png"])]
)
@pytest.mark.parametrize("own", [True, False])
@virtual_clock
async def test_a_picture_that_takes_long_follows_its_card(own: bool, seconds: float, told: list[str]) -> None:
    async def drawn() -> Attached:
        await asyncio.sleep(seconds)
        return Attached("picture.png", b"", "a picture")

    pressed = Pressed(own)
    await reply_to(pressed).show_with(CARD, drawn())
    assert pressed.told == [one if own else one.replace("edited", "sent") for one in told]


# -- a card that changes ------------------------------------------------------------------------------


@virtual_clock
async def test_a_card_that_was_shown_is_changed() -> None:
    pressed = Pressed(own=True)
    await reply_to(pressed).show(CARD)
    assert await reply_to(pressed).refresh(Card("Now this"))
    assert pressed.told == ["edited", "original"]


@virtual_clock
async def test_a_card_that_had_to_be_sent_anew_is_the_one_that_changes() -> None:
    pressed = Pressed(own=True, original=[10008])
    reply = reply_to(pressed)
    await asyncio.sleep(PATIENCE + 1)
    await reply.show(CARD)
    assert await reply.refresh(Card("Now this"))
    assert pressed.told == ["deferred", "followed: Here it is", "edited followed: Now this"]


@virtual_clock
async def test_a_card_that_is_gone_is_not_changed_and_nothing_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pressed = Pressed(own=True, original=[10008])
    await reply_to(pressed).show(CARD)
    assert not await reply_to(pressed).refresh(CARD)
    assert caplog.text == ""


@virtual_clock
async def test_before_a_card_is_shown_there_is_none_to_change() -> None:
    pressed = Pressed(own=True)
    reply = reply_to(pressed)
    assert not await reply.refresh(CARD)
    await asyncio.sleep(PATIENCE + 1)
    assert not await reply.refresh(CARD)
    assert pressed.told == ["deferred"]


@virtual_clock
async def test_a_change_that_fails_for_once_is_logged_and_the_card_is_still_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pressed = Pressed(own=True, original=[50001])
    await reply_to(pressed).show(CARD)
    assert await reply_to(pressed).refresh(CARD)
    assert "A card was not refreshed" in caplog.text
