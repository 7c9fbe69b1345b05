"""A test harness for terms: authors and carriers by their names."""

from functools import partial

from sqlalchemy import select

from bot.delivery.outbox import MessageState, OutboxMessage
from bot.delivery.tables import outbox
from bot.ids import PersonId
from bot.people.models import DiscordUser
from bot.scheduling.tables import agenda
from bot.storage.tx import Tx
from bot.terms import carrying_store
from bot.terms.models import Carrying, Outcome, TermsText, Want
from bot.terms.queries import Asked, Carried, TermsView
from bot.terms.service import Terms
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

TEXT = TermsText.of([Want.CONTACT, Want.HELP], "I'd like not to meet you at movie night.")
OTHER = TermsText.of([Want.NOTHING], "I'd like nothing from you any more.")


class Harness(PodHarness):
    """The harness of the pods, with methods for terms."""

    @property
    def terms(self) -> Terms:
        return self.services.terms

    async def keep(self, by: str, text: TermsText = TEXT, *, instead: bool = False) -> TermsView:
        return await self.terms.keep(await self.person(by), text, self.now, instead=instead)

    async def change(self, by: str, text: TermsText = OTHER) -> TermsView:
        return await self.terms.rewrite(await self.person(by), text, self.now)

    async def home(self, by: str) -> TermsView:
        return await self.terms.show(await self.person(by), self.now)

    async def ask(self, by: str, whom: str, user: DiscordUser | None = None) -> Asked:
        server = HERE if user is None or user.server is None else user.server
        whose = user or self.discord_user(whom)
        return await self.terms.carriers.ask(await self.person(by), server, whose, self.now)

    async def accept(self, by: str, id: str) -> Carried:
        return await self.terms.carrying.accept(await self.person(by), id, self.now)

    async def agreed(self, author: str = "ana", carrier: str = "bo", *, told: bool = True) -> str:
        """Let somebody keep terms and somebody agree to carry them. Return the carrying's id."""
        await self.keep(author)
        id = (await self.ask(author, carrier)).carrying.id
        await self.accept(carrier, id)
        if told:
            await self.home(author)
        return id

    async def let(self, by: str, id: str) -> Asked:
        view = await self.home(by)
        return await self.terms.carriers.let(await self.person(by), id, view.own.written, self.now)

    async def let_read(self, author: str = "ana", carrier: str = "bo", *, read: bool = True) -> str:
        """Do the same, and let the carrier read it. Return the carrying's id."""
        id = await self.agreed(author, carrier)
        await self.let(author, id)
        if read:
            await self.read(carrier, id)
        return id

    async def read(self, by: str, id: str) -> Carried:
        return await self.terms.carrying.read(await self.person(by), id, self.now)

    async def say(self, by: str, id: str, outcome: Outcome = Outcome.BROUGHT) -> Carried:
        return await self.terms.carrying.say(await self.person(by), id, outcome, self.now)

    async def came(self, by: str, id: str) -> Outcome | None:
        """Open the word about how it went."""
        return (await self.terms.carriers.see_what_came(await self.person(by), id, self.now))[1]

    async def hand_back(self, by: str, id: str) -> Carried:
        return await self.terms.carrying.hand_back(await self.person(by), id, self.now)

    async def withdraw(self, by: str, id: str) -> Asked:
        return await self.terms.carriers.withdraw(await self.person(by), id, self.now)

    async def waiting(self, name: str) -> list[Carried]:
        return await self.terms.carrying.waiting(await self.person(name), self.now)

    async def carrying(self, id: str) -> Carrying | None:
        return await self.db.read(lambda tx: carrying_store.get(tx, id))

    async def apart(self, owner: str, other: str) -> None:
        """Set a boundary; the parting that follows from it has not happened yet."""
        await self.boundaries.set(await self.person(owner), await self.person(other), self.now)

    async def kinds(self, name: str) -> list[str]:
        """Return the kinds of messages about terms that /inbox lists for them."""
        return sorted(one.kind for one in await self.messages(name) if one.kind.startswith("terms."))

    async def timers(self) -> set[tuple[str, str]]:
        """Return (kind, subject) of every timer of terms."""
        rows = await self.db.read(lambda tx: tx.all(select(agenda.c.kind, agenda.c.subject)))
        return {(row.kind, row.subject) for row in rows if row.kind.startswith("terms.")}

    async def unclosed(self) -> list[OutboxMessage]:
        """Return every open message about terms to anybody, including withheld ones."""
        return await self.db.read(partial(_unclosed))


async def _unclosed(tx: Tx) -> list[OutboxMessage]:
    rows = await tx.all(select(outbox).where(outbox.c.ended_at.is_(None)))
    return [
        OutboxMessage(
            row.id, PersonId(row.person), row.kind, row.subject, row.server, row.other,
            MessageState(row.state),
            row.made_at, row.nonce, row.due_at,
        )
        for row in rows
        if row.kind.startswith("terms.")
    ]  # fmt: skip
