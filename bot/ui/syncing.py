"""Register the commands with Discord, only if they have changed, since it allows 200 new ones a day."""

import hashlib
import json
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.logs import get_logger
from bot.ui.discord_errors import Rejected, ending, seen

log = get_logger(__name__)


async def sync(tree: "app_commands.CommandTree[Any]", told: Path) -> bool:
    """Sync the tree if its hash differs from the one in the file `told`; return whether it was synced.

    If Discord refuses the commands, the ones it has stay, and the next start tries again. If the file can't
    be written, the next start syncs them again, which changes nothing.
    """
    client: discord.Client = tree.client
    written = json.dumps([client.application_id, payload(tree)], sort_keys=True, default=str)
    digest = hashlib.sha256(written.encode()).hexdigest().encode()
    if told.exists() and told.read_bytes() == digest:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, discord.RateLimited) as error:
        if not _refused(error):
            raise
        log.error("Discord refused the commands; it keeps the ones it has", error=error, **seen(error))
        return False
    try:
        told.write_bytes(digest)
    except OSError as error:
        log.warning("It could not be noted which commands Discord has", error=error)
    return True


def payload(tree: "app_commands.CommandTree[Any]") -> list[dict[str, Any]]:
    """Return the commands as they are sent to Discord."""
    return [dict(command.to_dict(tree)) for command in tree.get_commands()]


def _refused(error: discord.HTTPException | discord.RateLimited) -> bool:
    """Return whether Discord answered and wants no other try now."""
    if isinstance(error, discord.RateLimited) or error.status == 429:
        return True
    return isinstance(ending(error), Rejected)
