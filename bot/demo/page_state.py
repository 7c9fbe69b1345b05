"""The state that the demo's page shows: the members, what is new for them, and the menus."""

from typing import Any

from simcord import MemberActor
from simcord.backend.models import Message
from simcord.enums import AppCommandType

from bot.demo.cast import CAST
from bot.demo.server import DemoServer

_OFFERED = 15
"""So many of #general's last posts are offered to a message's menu."""
_PREVIEW = 60
"""Characters of a post in that list."""


def page_state(demo_server: DemoServer, members: dict[str, MemberActor]) -> dict[str, Any]:
    """Return what the page shows, as JSON."""
    names = {member.id: name for name, member in members.items()}
    return {
        "now": demo_server.now.isoformat(timespec="seconds"),
        "members": [
            {
                "name": part.name,
                "shown": part.shown,
                "note": part.note,
                "latest": _latest(demo_server, members[part.name]),
            }
            for part in CAST
        ],
        "messages": [
            {"id": str(post.id), "by": names.get(post.author_id, ""), "text": _short(post.content)}
            for post in demo_server.posts()[-_OFFERED:]
        ],
        "menus": _menus(demo_server),
    }


def _latest(demo_server: DemoServer, member: MemberActor) -> dict[str, str]:
    """Return the newest message of the bot that this member sees, by channel; "" if there is none."""
    return {
        "general": _newest(demo_server, demo_server.general.id, member),
        "dms": _newest(demo_server, member.user.dm_channel.id, member),
    }


def _newest(demo_server: DemoServer, channel_id: int, member: MemberActor) -> str:
    written: dict[int, Message] = demo_server.env.backend.messages.get(channel_id, {})
    bot_id = demo_server.env.backend.bot_user.id
    seen = [one.id for one in written.values() if one.author_id == bot_id and one.visible_to(member.id)]
    return str(max(seen)) if seen else ""


def _menus(demo_server: DemoServer) -> list[dict[str, str]]:
    """Return the bot's menu commands. SimCord's page has no menus, so the demo's page offers them."""
    kinds = {int(AppCommandType.USER): "member", int(AppCommandType.MESSAGE): "message"}
    registered = demo_server.env.backend.commands.get(None, {})
    return [{"name": name, "kind": kinds[kind]} for name, kind in sorted(registered) if kind in kinds]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _PREVIEW else line[: _PREVIEW - 1] + "…"
