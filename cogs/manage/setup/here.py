"""The state of a server, collected for the cards of the setup."""

from collections.abc import Sequence

from msgspec import Struct

from bot.norms.models import Norm
from bot.norms.queries import NormDesk
from bot.servers.models import LocalLine, Server

Lacks = tuple[str, ...] | None
"""The permissions that are missing in a channel, by discord.py's names; None if there is no such channel."""


class Here(Struct, frozen=True):
    """The state of a server.

    `lacks` is about the channel for norms, `mods_lacks` about the one for moderators.
    """

    settings: Server
    desk: NormDesk
    lacks: Lacks = None
    mods_lacks: Lacks = None
    local: Sequence[LocalLine] = ()
    members: int | None = None
    """How many members the server has, as far as Discord has said."""
    role_there: bool = True
    """Whether the role of the adults still exists."""
    asks_role: bool = False
    """Whether the moderator is choosing that role now."""
    welcomed: int | None = None
    """The channel with the welcome message."""
    welcome_in: int | None = None
    """The channel for the welcome message that the moderator has chosen now."""

    @property
    def begun(self) -> bool:
        """Whether anything was set up in this server before."""
        return (
            self.settings != Server(self.settings.id)
            or bool(self.local)
            or self.welcomed is not None
            or self.desk.begun
            or self.desk.proposal is not None
            or self.desk.version is not None
        )

    @property
    def drafted(self) -> Sequence[Norm]:
        """The norms of the draft; empty if there is no draft."""
        return self.desk.draft.norms if self.desk.begun else ()

    @property
    def ready_to_put(self) -> bool:
        """Whether there is a draft that differs from the group's norms and from the proposal."""
        standing = [one.norms for one in (self.desk.version, self.desk.proposal) if one is not None]
        return bool(self.drafted) and self.desk.draft.norms not in standing
