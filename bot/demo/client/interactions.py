"""Send an interaction to the bot as Discord does, even if the person can't see the button."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from simcord import Env, InteractionResult, MemberActor, UserHandle
from simcord.backend import serializers
from simcord.backend.models import Message
from simcord.enums import InteractionType
from simcord.interactions import base_payload

from bot.demo import simcord_internals as internals


def emit(
    env: Env,
    actor: MemberActor | UserHandle,
    kind: InteractionType,
    channel_id: int,
    data: dict[str, Any],
    source: Message | None,
) -> InteractionResult:
    """Hand the bot one interaction. Its answer is there as soon as the environment has settled."""
    guild = actor.guild.id if isinstance(actor, MemberActor) else None
    record, payload = base_payload(
        env.backend, type=kind, channel_id=channel_id, guild_id=guild, user_id=actor.id, data=data
    )
    if source is not None:
        record.source_message_id = source.id
        payload["message"] = dict(serializers.message_payload(env.backend, source))
    env.backend.emit("INTERACTION_CREATE", payload)
    return InteractionResult(env, record)


@asynccontextmanager
async def settled(env: Env) -> AsyncIterator[None]:
    """When this ends, the bot has finished what was emitted inside."""
    with internals.operation(env, "interaction"):
        yield
        await internals.settle(env, "INTERACTION_CREATE")
