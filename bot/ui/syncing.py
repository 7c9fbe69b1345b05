"""Register the commands with Discord, only if they have changed, since it allows 200 new ones a day."""

import hashlib
import json
from pathlib import Path
from typing import Any

import discord
from discord import app_commands


async def sync(tree: "app_commands.CommandTree[Any]", told: Path) -> bool:
    """Sync the tree if its hash differs from the one in the file `told`; return whether it was synced."""
    client: discord.Client = tree.client
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    written = json.dumps([client.application_id, payload], sort_keys=True, default=str)
    digest = hashlib.sha256(written.encode()).hexdigest()
    if told.exists() and told.read_text() == digest:
        return False
    await tree.sync()
    told.write_text(digest)
    return True
