"""Interactions that no honest client sends: any custom_id, from anyone."""

from collections.abc import Mapping, Sequence
from typing import Any

from simcord import Env, InteractionResult, MemberActor, UserHandle
from simcord.backend import serializers
from simcord.backend.models import EPHEMERAL_FLAG, Message
from simcord.components import COMPONENTS_V2_FLAG
from simcord.enums import ComponentType, InteractionType

from bot.demo.client.interactions import emit, settled


async def press(
    env: Env, member: MemberActor, custom_id: str, values: Sequence[str] | None, source: Message
) -> InteractionResult:
    """Press a button, or with `values` choose in a select, as if the card `source` had it."""
    kind = ComponentType.BUTTON if values is None else ComponentType.STRING_SELECT
    data: dict[str, Any] = {"custom_id": custom_id, "component_type": kind}
    if values is not None:
        data["values"] = list(values)
    async with settled(env):
        return emit(env, member, InteractionType.MESSAGE_COMPONENT, source.channel_id, data, source)


async def form(
    env: Env, member: MemberActor, custom_id: str, fields: Mapping[str, str | Sequence[str]], source: Message
) -> InteractionResult:
    """Send a form that never opened. `fields` are named by their custom_ids; a select has a list."""
    labels = [
        {"type": ComponentType.LABEL, "id": 2 * place + 1, "component": _field(2 * place + 2, name, value)}
        for place, (name, value) in enumerate(fields.items())
    ]
    data = {"custom_id": custom_id, "components": labels}
    async with settled(env):
        return emit(env, member, InteractionType.MODAL_SUBMIT, source.channel_id, data, source)


async def again(
    env: Env, actor: MemberActor | UserHandle, data: Mapping[str, Any], source: Message
) -> InteractionResult:
    """Repeat a press, a choice or a form with exactly this data, as Discord sent it to another process."""
    kind = InteractionType.MODAL_SUBMIT if "components" in data else InteractionType.MESSAGE_COMPONENT
    async with settled(env):
        return emit(env, actor, kind, source.channel_id, dict(data), source)


def blank(env: Env, member: MemberActor, channel_id: int, *, public: bool = False) -> Message:
    """A card of the bot's with nothing on it. Only this member sees it, unless it is `public`."""
    user = dict(serializers.user_payload(env.backend.get_user(member.id)))
    asked = {"id": "1", "type": 2, "user": user, "authorizing_integration_owners": {}}
    return env.backend.create_message(
        channel_id,
        env.backend.bot_user.id,
        "",
        components=[{"type": ComponentType.TEXT_DISPLAY, "id": 1, "content": "-"}],
        flags=COMPONENTS_V2_FLAG if public else EPHEMERAL_FLAG | COMPONENTS_V2_FLAG,
        interaction_metadata=asked,
        broadcast=False,
    )


def _field(number: int, name: str, value: str | Sequence[str]) -> dict[str, Any]:
    if isinstance(value, str):
        return {"type": ComponentType.TEXT_INPUT, "id": number, "custom_id": name, "value": value}
    return {"type": ComponentType.STRING_SELECT, "id": number, "custom_id": name, "values": list(value)}
