"""The state that the demo's page shows: the members, what is new for them, and the menus."""

from typing import Any

from simcord import ChannelHandle, MemberActor
from simcord.backend.models import Message
from simcord.enums import AppCommandType

from bot.demo.cast import CAST, CastMember
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
                "latest": latest(demo_server, part, members[part.name]),
            }
            for part in CAST
        ],
        "messages": [
            {"id": str(post.id), "by": names.get(post.author_id, ""), "text": _short(post.content)}
            for post in demo_server.posts()[-_OFFERED:]
        ],
        "menus": _menus(demo_server),
    }


def latest(demo_server: DemoServer, part: CastMember, member: MemberActor) -> dict[str, str]:
    """Return the newest message of the bot that this member sees, by place; "" if there is none."""
    places = places_of(demo_server, part, member)
    return {place: _newest(demo_server, channel.id, member) for place, channel in places.items()}


def places_of(demo_server: DemoServer, part: CastMember, member: MemberActor) -> dict[str, ChannelHandle]:
    """Return the channels that can be opened as this member, by their names on the page."""
    mods = {"mods": demo_server.mods} if part.moderator else {}
    return {"general": demo_server.general, **mods, "dms": member.user.dm_channel}


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
