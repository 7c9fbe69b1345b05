"""People who have three friends and a draft that is ready to be sent, made by the real services."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.app import Plumbline, build
from bot.asks.models import AskKind, AskText
from bot.ids import PersonId, ServerId
from bot.people.models import DiscordUser
from bot.services import Services
from bot.settings import Settings
from bot.storage.migrate import upgrade
from bot.storage.tx import Tx

NOON = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
SERVER = ServerId(300)
FRIENDS = 3
_PLAN = "I'll leave early, and tell Noor before. " * 5
_WORDS = AskText("I told a joke about her accent. " * 20, "She went quiet. " * 20, "Was it cruel? " * 5)


async def opened(state: Path) -> Plumbline:
    """Return the whole bot with its database but without Discord: no dispatcher and no Wakeup runs."""
    bot = build(Settings(_env_file=None, state_dir=state), now=lambda: NOON)
    await upgrade(bot.db)
    await bot.services.servers.load()
    return bot


async def ready(services: Services, number: int) -> tuple[PersonId, str]:
    """Make the asker with this number. Return their id and that of their draft."""
    asker, *friends = [
        DiscordUser(1000 * (number + 1) + at, f"Friend {at}", SERVER) for at in range(FRIENDS + 1)
    ]
    by = await services.people.meet(asker, NOON)
    people = []
    for friend in friends:
        people.append(await services.people.meet(friend, NOON))
        invitation = await services.pods.invitations.invite(by, SERVER, friend, NOON)
        await services.pods.invitations.accept(people[-1], invitation.id, NOON)
    draft = (await services.asks.drafts.begin(by, SERVER, 1, NOON)).ask.id
    await services.asks.drafts.write(by, draft, AskKind.SAID, _WORDS, NOON)
    await services.asks.drafts.pick(by, draft, people, NOON)
    return by, draft


async def plans(bot: Plumbline, owner: PersonId, many: int, day: int = 30) -> None:
    """Make so many plans of one person, each for the day so many days later; 0 for no day."""
    for first in range(0, many, 100):
        await bot.db.write(partial(_some_plans, bot, owner, first, min(100, many - first), day))


async def _some_plans(bot: Plumbline, owner: PersonId, first: int, many: int, day: int, tx: Tx) -> None:
    for number in range(first, first + many):
        await bot.services.plans.make(tx, owner, f"{owner}/{number}", SERVER, _PLAN, day or None, NOON)
