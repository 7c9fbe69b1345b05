"""The six members of the demo's server. Each is there so that one can try something else."""

from msgspec import Struct
from simcord import MemberActor

from bot.demo import strings
from bot.demo.server import DemoServer


class CastMember(Struct, frozen=True):
    """A member of the demo: short name, display name, and what one can try with them."""

    name: str
    shown: str
    note: str
    moderator: bool = False
    friends: bool = False
    """In the pod of each other such member."""
    closed: bool = False
    """The bot cannot write to them."""


CAST = (
    CastMember("wren", "Wren", strings.NEW),
    CastMember("noor", "Noor", strings.IN_PODS, friends=True),
    CastMember("mateo", "Mateo", strings.IN_A_PAIR, friends=True),
    CastMember("ife", "Ifẹ 🌿", strings.IN_A_PAIR, friends=True),
    CastMember("daniel", "דניאל", strings.CLOSED, friends=True, closed=True),
    CastMember("tamsin", "Tamsin", strings.MODERATES, moderator=True),
)


async def join_cast(demo_server: DemoServer) -> dict[str, MemberActor]:
    """Let all of them join the server. Return them by their short names."""
    members: dict[str, MemberActor] = {}
    for part in CAST:
        member = await demo_server.member(part.name, shown=part.shown, moderator=part.moderator)
        if part.closed:
            demo_server.close_dms(member)
        members[part.name] = member
    return members
