"""Let a user join the pretend server, now or some time ago."""

from collections.abc import Sequence
from datetime import timedelta

from simcord import Env, GuildHandle, MemberActor, UserHandle
from simcord.builders import RoleHandle

LONG_SINCE = timedelta(days=30)
"""Unless told otherwise nobody is new: no server lets anybody wait longer."""


def joined(
    env: Env, server: GuildHandle, user: UserHandle, roles: Sequence[RoleHandle], ago: timedelta
) -> MemberActor:
    """Return the user as a member who joined that long ago."""
    member = server.add_member(user, roles=roles)
    env.backend.get_member(server.id, user.id).joined_at = (env.now() - ago).isoformat()
    return member
