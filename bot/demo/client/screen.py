"""What a member can do with the card or the form before them."""

from collections.abc import Mapping, Sequence
from typing import Any

from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage, RoleHandle, UserHandle
from simcord.backend.models import Message
from simcord.enums import ComponentType, InteractionType

from bot.demo.client import reading
from bot.demo.client.form_filling import filled
from bot.demo.client.interactions import emit, settled
from bot.demo.client.view import HasEnv, NotThere, View
from bot.demo.simcord_internals import channel_of, interaction_of

Value = str | bool | MemberActor | UserHandle | ChannelHandle | RoleHandle
Values = Value | Sequence[Value]


class Unanswered(AssertionError):
    """The bot never answered: the member would read "This interaction failed"."""


class Closed(Unanswered):
    """The card was deleted by the press, as `Close` does: there is nothing more to see."""


class Screen(View):
    """A card or a form that one member sees. Every action returns what they see next."""

    def __init__(
        self,
        demo: HasEnv,
        member: MemberActor,
        message: Message | None,
        shown: InteractionResult | None = None,
        followups: Sequence["Screen"] = (),
    ) -> None:
        super().__init__(demo, member, message, shown)
        self.followups = list(followups)

    async def press(self, label: str) -> "Screen":
        """Press the button with exactly this label, or with this custom_id."""
        return (await self._pressed(label, times=1))[0]

    async def press_twice(self, label: str) -> tuple["Screen", "Screen"]:
        """Press it twice at once: both presses reach the bot before it has answered one of them."""
        first, second = await self._pressed(label, times=2)
        return first, second

    async def choose(self, values: Values, *, which: str = "") -> "Screen":
        """Choose in a select, by labels, values or members.

        `which` is a part of the select's custom_id or placeholder, needed where the card has several.
        """
        select = self._select(which)
        found = [self._choice(select, value) for value in _listed(values)]
        response = ResponseMessage(self._demo.env, self.message)
        result = await self._actor.select(response, found, custom_id=select["custom_id"])
        return landed(self._demo, self.member, result)

    async def submit(self, values: Mapping[str, Values | None]) -> "Screen":
        """Send the form.

        Fields are named by label or custom_id. A field that is not named is sent as it opened.
        """
        if self._shown is None:
            raise NotThere(f"no form to send; before {self.member.name} is: {self!r}")
        result = await self._actor.submit_modal(self._shown, filled(self.form, values))
        return landed(self._demo, self.member, result)

    @property
    def _actor(self) -> MemberActor | UserHandle:
        """In the bot's DMs a person is no member of anything."""
        shown = self._shown
        channel = channel_of(shown) if shown is not None else self.message.channel_id
        return self.member if self._demo.env.backend.get_channel(channel).guild_id else self.member.user

    async def _pressed(self, label: str, times: int) -> list["Screen"]:
        """Press `times` times at once, and wait until the bot has finished."""
        env, message = self._demo.env, self.message
        data = {"custom_id": self.custom_id(label), "component_type": ComponentType.BUTTON}
        kind = InteractionType.MESSAGE_COMPONENT
        async with settled(env):
            results = [
                emit(env, self._actor, kind, message.channel_id, dict(data), message) for _ in range(times)
            ]
        return [landed(self._demo, self.member, result) for result in results]

    def _choice(self, select: dict[str, Any], value: Value) -> Any:
        if select["type"] != ComponentType.STRING_SELECT:
            return value
        for option in reading.options_of(select):
            if value in (option.label, option.value):
                return option.value
        raise NotThere(f"no option {value!r}; before {self.member.name} is: {self!r}")


def landed(demo: HasEnv, member: MemberActor, result: InteractionResult) -> Screen:
    """Return what the member sees after an interaction: what it opened, or the card that it changed."""
    record = interaction_of(result)
    if not record.responded:
        raise Unanswered(f"{member.name}: the bot gave no answer; {demo.env.errors_since(0)[-1:]}")
    messages = demo.env.backend.messages.get(record.channel_id, {})
    later = [Screen(demo, member, messages[one]) for one in record.followup_ids if one in messages]
    if record.modal is not None:
        return Screen(demo, member, None, result, later)
    if record.response_kind == "deferred_update" and later:
        return later[-1]
    message = messages.get(record.message_id or 0)
    if message is None:
        raise Closed(f"{member.name}: the answer was deleted")
    return Screen(demo, member, message, None, later)


def _listed(values: Values) -> list[Value]:
    return [values] if isinstance(values, Value) else list(values)
