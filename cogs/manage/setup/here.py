"""The state of a server, collected for the cards of its setup."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.norms.models import Norm
from bot.norms.queries import NormDesk
from bot.servers.models import LocalLine, Server

Lacks = tuple[str, ...] | None
"""Permissions that are missing in a channel, by discord.py's names; None where there is no such channel."""


@dataclass(frozen=True, slots=True)
class Here:
    """`lacks`, `mods_lacks`: of the channel for norms, and of the moderators'."""

    settings: Server
    desk: NormDesk
    lacks: Lacks = None
    mods_lacks: Lacks = None
    local: Sequence[LocalLine] = ()

    @property
    def begun(self) -> bool:
        """Whether anybody has set up anything here yet."""
        return (
            self.settings != Server(self.settings.id)
            or bool(self.local)
            or self.desk.begun
            or self.desk.proposal is not None
            or self.desk.version is not None
        )

    @property
    def drafted(self) -> Sequence[Norm]:
        """Return the drafted norms, if they differ from the present version."""
        return self.desk.draft.norms if self.desk.begun else ()

    @property
    def ready_to_put(self) -> bool:
        """Return whether there is a draft that differs from the present version."""
        standing = [one.norms for one in (self.desk.version, self.desk.proposal) if one is not None]
        return bool(self.drafted) and self.desk.draft.norms not in standing
