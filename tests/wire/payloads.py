"""How Discord writes what it stores as JSON: the fields that discord.py reads, and few others."""

from tests.wire.snowflakes import iso
from tests.wire.state import BOT, DIRECT, Channel, DiscordState, Guild, Json, Member, Message, Person, Role

_VIEW_CHANNEL = 1 << 10
_GUILD: Json = {
    "icon": None, "emojis": [], "stickers": [], "threads": [], "presences": [], "voice_states": [],
    "stage_instances": [], "soundboard_sounds": [], "verification_level": 0, "explicit_content_filter": 0,
    "mfa_level": 0, "default_message_notifications": 0, "afk_timeout": 0, "nsfw_level": 0, "premium_tier": 0,
    "system_channel_flags": 0, "large": False, "premium_progress_bar_enabled": False,
}  # fmt: skip


def user(person: Person) -> Json:
    return {
        "id": str(person.id), "username": person.username, "global_name": person.global_name,
        "discriminator": "0", "avatar": None, "bot": person.bot, "public_flags": 0,
    }  # fmt: skip


def application(state: DiscordState) -> Json:
    owner = Person(1, "owner")
    return {
        "id": str(BOT), "name": "Plumbline", "description": "", "icon": None, "bot_public": True, "flags": 0,
        "bot_require_code_grant": False, "verify_key": "00", "summary": "", "owner": user(owner),
        "approximate_guild_count": len(state.guilds),
    }  # fmt: skip


def member(guild: Guild, one: Member) -> Json:
    """Return a member without the account."""
    until = one.timed_out_until
    return {
        "nick": one.nick, "avatar": None, "roles": [str(role) for role in one.roles],
        "joined_at": iso(one.joined_at), "premium_since": None, "deaf": False, "mute": False, "flags": 0,
        "pending": False, "communication_disabled_until": None if until is None else iso(until),
    }  # fmt: skip


def member_with_user(state: DiscordState, guild: Guild, one: Member) -> Json:
    return {**member(guild, one), "user": user(state.people[one.person])}


def role(one: Role) -> Json:
    return {
        "id": str(one.id), "name": one.name, "permissions": str(one.permissions), "position": one.position,
        "color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False,
        "flags": 0,
    }  # fmt: skip


def channel(state: DiscordState, one: Channel) -> Json:
    if one.kind == DIRECT:
        assert one.recipient is not None
        told = user(state.people[one.recipient])
        return {"id": str(one.id), "type": DIRECT, "flags": 0, "last_message_id": None, "recipients": [told]}
    hidden = {"id": str(BOT), "type": 1, "allow": "0", "deny": str(_VIEW_CHANNEL)}
    return {
        "id": str(one.id), "type": one.kind, "name": one.name, "position": one.position, "flags": 0,
        "guild_id": str(one.guild), "permission_overwrites": [hidden] if one.hidden else [], "nsfw": False,
        "rate_limit_per_user": 0, "parent_id": None, "topic": None, "last_message_id": None,
        **({"bitrate": 64_000, "user_limit": 0} if one.kind == 2 else {}),
        **({"available_tags": [], "default_reaction_emoji": None} if one.kind == 15 else {}),
    }  # fmt: skip


def guild(state: DiscordState, one: Guild) -> Json:
    """Return a server as GUILD_CREATE brings it: without the members intent, the bot is its only member."""
    return {
        **_GUILD, "id": str(one.id), "name": one.name, "owner_id": str(one.owner),
        "features": [*one.features], "preferred_locale": one.locale, "member_count": len(one.members),
        "joined_at": iso(one.members[BOT].joined_at),
        "members": [member_with_user(state, one, one.members[BOT])],
        "roles": [role(each) for each in one.roles.values()],
        "channels": [channel(state, each) for each in one.channels.values()],
        "guild_scheduled_events": [*one.events.values()],
    }  # fmt: skip


def message(state: DiscordState, one: Message) -> Json:
    content = one.content
    where = state.channels.get(one.channel)
    told = {
        "id": str(one.id), "channel_id": str(one.channel), "author": user(state.people[one.author]),
        "timestamp": iso(one.made_at),
        "edited_timestamp": None if one.edited_at is None else iso(one.edited_at), "type": 0, "tts": False,
        "pinned": False, "mention_everyone": False, "flags": one.flags,
        "content": content.get("content") or "",
        **{name: content.get(name) or [] for name in ("embeds", "components", "attachments")},
        "mentions": [], "mention_roles": [], "mention_channels": [],
    }  # fmt: skip
    if one.nonce is not None:
        told["nonce"] = one.nonce
    if where is not None and where.guild is not None:
        told["guild_id"] = str(where.guild)
    return told
