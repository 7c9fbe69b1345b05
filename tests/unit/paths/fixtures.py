"""A test harness for paths: Ana on a path, and the people who accompany it, by name."""

from datetime import datetime, timedelta

from bot.delivery.outbox_message import OutboxMessage
from bot.ids import PersonId
from bot.paths import notifications, store
from bot.paths.answer import Sense
from bot.paths.commitment import About, Commitment
from bot.paths.models import Companion, Path
from bot.paths.queries import AnswerView, BesideView, OwnView
from bot.paths.request import Request, RequestKind
from bot.paths.schedule import MeetingSchedule
from bot.paths.service import Paths
from bot.paths.vote import Said
from bot.pods.models import Sent
from bot.scheduling.cadence import Cadence
from tests.unit.pods.fixtures import HERE
from tests.unit.pods.fixtures import Harness as PodHarness

BERLIN = "Europe/Berlin"
MONTHLY = MeetingSchedule(BERLIN, Cadence.MONTHLY, 13, 18 * 60)
FORTNIGHT = MeetingSchedule(BERLIN, Cadence.FORTNIGHT, 6, 18 * 60)
LONG_AGO = timedelta(days=400)


class Harness(PodHarness):
    """The harness of the pods, with methods for paths. Timers run when due."""

    @property
    def paths(self) -> Paths:
        return self.services.paths

    async def wait(self, **span: float) -> None:
        """Let time pass; each timer runs at the time at which it is due."""
        await self.wait_until(self.now + timedelta(**span))

    async def wait_until(self, at: datetime) -> None:
        while (due := await self.agenda.next_due()) is not None and due <= at:
            self.now = max(due, self.now)
            await self.agenda.run_due(self.now)
        self.now = max(at, self.now)

    # -- alone ----------------------------------------------------------------------------------

    async def start(self, name: str = "ana") -> Path:
        return await self.paths.start(await self.person(name), HERE, self.now)

    async def commit(
        self, name: str, text: str = "no parties until March", about: About = About.EVENTS
    ) -> Commitment:
        path = await self.start(name)
        return await self.paths.commitments.add(await self.person(name), path.id, about, text, self.now)

    async def view(self, name: str = "ana", id: str = "") -> OwnView:
        id = id or (await self.start(name)).id
        return await self.paths.queries.show(await self.person(name), id, self.now)

    # -- companions -----------------------------------------------------------------------------

    async def ask(self, by: str, whom: str) -> Sent:
        path = await self.start(by)
        person = await self.person(by)
        return await self.paths.invitations.invite(person, path.id, self.discord_user(whom), self.now)

    async def join(self, by: str, whom: str, *, told: bool = True) -> Companion:
        """Let somebody agree to accompany a path. told: its owner has opened the message about it."""
        sent = await self.ask(by, whom)
        member = await self.person(whom)
        joined = await self.paths.invitations.accept(member, sent.id, self.now - LONG_AGO, self.now)
        if told:
            await self.paths.read(await self.person(by), notifications.JOINED, joined.id, self.now)
        return joined

    async def accompanied(self, by: str, *whom: str, schedule: MeetingSchedule = MONTHLY) -> str:
        """Start a path with these companions at the second step; return its id."""
        id = (await self.start(by)).id
        for name in whom:
            await self.join(by, name)
        await self.paths.steps.go_on(await self.person(by), id, schedule, self.now)
        for name in (by, *whom):
            await self.read_all(name)
        return id

    async def beside(self, name: str, id: str) -> BesideView:
        return await self.paths.queries.show_beside(await self.person(name), id)

    # -- meetings -------------------------------------------------------------------------------

    async def meeting(self, id: str) -> None:
        """Let time pass until everybody was asked about the next meeting."""
        path = (await self.path_of(id)).next_at
        assert path is not None
        await self.wait_until(path + timedelta(hours=2))

    async def path_of(self, id: str) -> Path:
        found = await self.db.read(lambda tx: store.get(tx, id))
        assert found is not None
        return found

    async def asked(self, name: str) -> str | None:
        """Return the id of the question that they were asked after the last meeting."""
        found = [one.subject for one in await self.messages(name) if one.kind == notifications.MET]
        return found[0] if found else None

    async def met(self, *names: str, met: bool = True) -> None:
        """Let these people say whether they met."""
        for name in names:
            id = await self.asked(name)
            assert id is not None, f"{name} was not asked"
            await self.paths.meetings.met(await self.person(name), id, met, self.now)

    async def sense(self, name: str, answer: str, sense: Sense) -> AnswerView:
        return await self.paths.meetings.sense(await self.person(name), answer, sense, self.now)

    async def hold(self, id: str, owner: str = "ana", many: int = 2) -> None:
        """Hold so many meetings with the owner."""
        while many:
            await self.meeting(id)
            if await self.asked(owner) is not None:
                await self.met(owner)
                many -= 1

    async def move_on(self, id: str, owner: str, *companions: str) -> Path:
        """Hold two meetings, and let the path go on with all of these companions."""
        await self.hold(id, owner)
        await self.paths.steps.ready(await self.person(owner), id, self.now)
        for name in companions:
            await self.vote(name, id)
        return await self.path_of(id)

    async def vote(self, name: str, id: str, said: Said = Said.YES) -> Path:
        return await self.paths.steps.vote(await self.person(name), id, said, self.now)

    # -- requests -------------------------------------------------------------------------------

    async def request(
        self, name: str, id: str, kind: RequestKind = RequestKind.ANSWER, text: str = "an answer"
    ) -> Request:
        return await self.paths.requests.enter(await self.person(name), id, kind, text, self.now)

    async def hand_back(self, name: str, id: str) -> bool:
        """Let a companion say that a request should be handed back; return whether it is gone."""
        person = await self.person(name)
        return (await self.paths.requests.hand_back(person, id, self.now))[1]

    async def kinds(self, name: str) -> list[str]:
        return sorted(one.kind for one in await self.messages(name))

    async def all_messages(self, person: PersonId) -> list[OutboxMessage]:
        return await self.db.read(lambda tx: self.outbox.listed(tx, person))
