"""Sending an interaction to the bot as Discord would, past the checks of what a person can reach."""

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
    """Hand the bot one interaction; its answer is there once the environment has settled."""
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
    """What is emitted inside is finished by the bot when this ends."""
    with internals.operation(env, "interaction"):
        yield
        await internals.settle(env, "INTERACTION_CREATE")
