"""The five weeks before the demo's page opens, as the members of the pretend server lived them."""

from datetime import datetime, timedelta

from simcord import MemberActor

from bot.asks.models import AskKind, AskText
from bot.demo import strings
from bot.demo.server import DemoServer
from bot.ids import PersonId, ServerId
from bot.norms.drafts import of_pack
from bot.pairs.check_in import CheckInStatus
from bot.pairs.models import About, PairText
from bot.pairs.schedule import PairSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.services import Services

_ZONE = "Etc/UTC"
_CHECKED = timedelta(hours=3)
"""How long ago the last check-in was. A week that is skipped then lands after the next one."""
_REMINDED = timedelta(hours=5)
_WEEKS = (
    (CheckInStatus.HARD, CheckInStatus.ON_TRACK),
    (CheckInStatus.ON_TRACK, None),
    (CheckInStatus.ON_TRACK, CheckInStatus.HARD),
    (CheckInStatus.ON_TRACK, CheckInStatus.ON_TRACK),
)
"""How the two partners answered so far. None: nothing was answered that week."""


class Past:
    """Lets the members do what they did, each thing at its time; the last moment is `until`."""

    def __init__(
        self,
        demo_server: DemoServer,
        services: Services,
        members: dict[str, MemberActor],
        until: datetime,
    ) -> None:
        self._demo_server = demo_server
        self._services = services
        self._members = members
        self._until = until
        self._server = ServerId(demo_server.server.id)

    async def happen(self) -> None:
        """Go from the server's first day to the present one."""
        await self._set_up()
        pair = await self._begin_pair()
        for week, answers in enumerate(_WEEKS, start=1):
            await self._wait_until(timedelta(weeks=len(_WEEKS) + 1 - week))
            for name, status in zip(("ife", "mateo"), answers, strict=True):
                await self._check_in(name, pair, status)
        await self._wait_until(timedelta(days=1))
        for name, text in strings.YESTERDAY:
            await self._say(name, text)
        await self._begin_reminder()
        await self._wait_until(timedelta(hours=4))
        for name, text in strings.TODAY:
            await self._say(name, text)
        await self._wait_until(timedelta(hours=2))
        await self._ask_to_talk("ife", "noor")
        await self._wait_until(timedelta(minutes=40))
        await self._ask("daniel", "mateo")

    # -- the group ------------------------------------------------------------------------------

    async def _set_up(self) -> None:
        """Let the moderator propose norms, and most members agree to them."""
        services, server, now = self._services, self._server, self._now
        moderator = await self._person("tamsin")
        await services.servers.seen_moderating(server, moderator, now)
        channels = {"norms_channel": self._demo_server.general.id, "mods_channel": self._demo_server.mods.id}
        await services.servers.change(server, moderator, now, {"country": "us", **channels})
        norms = of_pack(services.library.packs["friends"])
        await services.norms.drafts.adopt(moderator, server, norms, now)
        proposed = await services.norms.ballots.put(moderator, server, now, direct=False)
        await self._demo_server.skip(timedelta(minutes=5))
        for name in ("noor", "mateo", "ife", "daniel", "tamsin"):
            await services.norms.ballots.be_in(await self._person(name), proposed.id, self._now)
        await self._demo_server.settle()

    async def _begin_reminder(self) -> None:
        """Let the moderator add a weekly reminder that is due today."""
        reminders, server = self._services.reminders, self._server
        moderator, now, due = await self._person("tamsin"), self._now, self._until - _REMINDED
        added = await reminders.add(
            server, moderator, ReminderKind.NORM, self._demo_server.general.id, _ZONE, now
        )
        values = {"day": due.weekday(), "minute": _minute(due), "at_least": 0, "quiet_from": None}
        await reminders.change(server, added.reminder.id, moderator, now, {**values, "quiet_to": None})
        await reminders.resume(server, added.reminder.id, moderator, now)

    async def _say(self, name: str, text: str) -> None:
        await self._members[name].send(self._demo_server.general, text)
        await self._demo_server.skip(timedelta(minutes=3))

    # -- two friends ----------------------------------------------------------------------------

    async def _begin_pair(self) -> str:
        """Let two friends agree to check in every week; return the pair's id."""
        proposals, due = self._services.pairs.proposals, self._until - _CHECKED
        schedule = PairSchedule(day=due.weekday(), minute=_minute(due))
        starter, partner = await self._person("ife"), await self._person("mateo")
        draft = await proposals.begin(starter, self._server, schedule, self._user("mateo"), self._now)
        for person, texts in ((starter, strings.AIM_OF_IFE), (partner, strings.AIM_OF_MATEO)):
            words = PairText(*texts, zone=_ZONE)
            await proposals.write(person, draft.pair.id, words, _ZONE, About.HABIT)
            await proposals.send(person, draft.pair.id, self._now)
        await self._demo_server.settle()
        return draft.pair.id

    async def _check_in(self, name: str, pair: str, status: CheckInStatus | None) -> None:
        """Answer the newest check-in of this pair."""
        person = await self._person(name)
        latest = (await self._services.pairs.queries.show(person, pair, self._now)).open_check_in
        if latest is not None and status is not None:
            await self._services.pairs.check_ins.mark(person, latest.id, status, self._now)

    async def _ask_to_talk(self, name: str, friend: str) -> None:
        asker, asked = await self._person(name), await self._person(friend)
        await self._services.talks.ask(asker, self._server, asked, self._now)
        await self._demo_server.settle()

    async def _ask(self, name: str, friend: str) -> None:
        """Send an ask, after its consent, to one friend."""
        drafts, version = self._services.asks.drafts, self._services.library.before.version
        asker, asked = await self._person(name), await self._person(friend)
        begun = await drafts.begin(asker, self._server, version, self._now)
        ask = begun.ask.id
        await drafts.agree(asker, ask, version, begun.days, self._now)
        await drafts.write(asker, ask, AskKind.SAID, AskText(*strings.ASK_OF_DANIEL), self._now)
        await drafts.pick(asker, ask, [asked], self._now)
        await self._services.asks.send(asker, ask, self._now)
        await self._demo_server.settle()

    # -- who and when ---------------------------------------------------------------------------

    @property
    def _now(self) -> datetime:
        return self._demo_server.now

    async def _wait_until(self, before: timedelta) -> None:
        """Let time pass until this long before the page opens."""
        await self._demo_server.skip(self._until - before - self._now)

    def _user(self, name: str) -> DiscordUser:
        member = self._members[name]
        return DiscordUser(member.id, str(member.user.global_name), self._server)

    async def _person(self, name: str) -> PersonId:
        return await self._services.people.meet(self._user(name), self._now)


def _minute(at: datetime) -> int:
    """Return the last half hour, in minutes of the day."""
    return (at.hour * 60 + at.minute) // 30 * 30
