"""`python -m tests.soak.virtual_day`: a day of 200 servers and 5,000 people in a few minutes, run by hand.

The whole bot runs on the pretend server of the demo, whose clock is moved from one due thing to the next. In
each hour some people run commands, and some ask a friend, who answers; check-ins and posts are due all day.
"""

import argparse
import asyncio
import random
import resource
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from simcord import ChannelHandle, MemberActor

from bot.demo import simcord_internals as internals
from bot.demo.client.client import DemoClient
from bot.demo.joining import LONG_SINCE, joined
from bot.demo.server import run_demo_server
from bot.demo.temporary_bot import bot_in
from bot.ids import PersonId, ServerId
from bot.pairs.models import PairText
from bot.pairs.schedule import Cadence, PairSchedule
from bot.people.models import DiscordUser
from bot.reminders.models import ReminderKind
from bot.services import Services
from tests.database_file import open_file
from tests.discord import asking

COMMANDS = ("help", "inbox", "pod", "support", "settings", "norms", "pair show", "about")
SEED = 24
_AIMS = PairText("what I work on", "what you may see", "what you may say", "UTC")


@dataclass(frozen=True, slots=True)
class Server:
    """One pretend server. Its first two members are a pair, and the next two ask each other."""

    id: ServerId
    channel: ChannelHandle
    members: list[MemberActor]


@dataclass(slots=True)
class Day:
    """Lets a day pass, and counts what happens in it."""

    demo: DemoClient
    servers: list[Server]
    chance: random.Random
    done: Counter[str] = field(default_factory=Counter)

    async def hour(self, commands: int, asks: int) -> None:
        """Let people do these things, spread over an hour."""
        acts = ["command"] * commands + ["ask"] * asks
        self.chance.shuffle(acts)
        for act in acts:
            server = self.chance.choice(self.servers)
            await (self._command(server) if act == "command" else self._ask(server))
            await self.demo.demo_server.skip(timedelta(hours=1) / len(acts))

    async def _command(self, server: Server) -> None:
        member, command = self.chance.choice(server.members), self.chance.choice(COMMANDS)
        await self.demo.slash(member, command, channel=server.channel)
        self.done["commands"] += 1

    async def _ask(self, server: Server) -> None:
        """Ask a friend, who answers, and read the answer."""
        ana, bo = server.members[2:4]
        shown = await self.demo.slash(ana, "ask", channel=server.channel)
        for label in (asking.CONTINUE, "Write something new"):
            if label in shown.buttons:
                shown = await shown.press(label)
        shown = await (await shown.choose(asking.SAID)).submit(asking.TYPED)
        await (await shown.choose([_name(bo)])).press("Send")
        await self.demo.demo_server.skip(timedelta(seconds=10))
        opened = await self.demo.dms(bo)[-1].press("Open")
        await (await (await opened.press("Read it")).press("Answer")).submit(asking.ANSWER)
        await self.demo.demo_server.skip(timedelta(seconds=10))
        await (await self.demo.dms(ana)[-1].press("Open")).press("Read")
        self.done["asks, from the draft to the answer"] += 1


async def settled_in(demo: DemoClient, servers: int, people: int) -> list[Server]:
    """Make the servers with their people, all of whom have used the bot."""
    made = []
    for number in range(servers):
        guild = demo.env.create_guild(f"server {number}")
        channel = guild.create_text_channel("general")
        users = [
            demo.env.create_user(f"p{number}x{one}", global_name=f"P {one}")
            for one in range(people // servers)
        ]
        members = [joined(demo.env, guild, user, (), LONG_SINCE) for user in users]
        made.append(Server(ServerId(guild.id), channel, members))
        await demo.settle()
    return made


async def begun(demo: DemoClient, servers: list[Server]) -> None:
    """Let the bot know everybody; make pairs with check-ins, and posts, that are due all through the day."""
    services: Services = demo.bot.services
    for number, server in enumerate(servers):
        persons = [await _met(services, server, member, demo.now) for member in server.members]
        at = demo.now + timedelta(days=1) * (number + 0.5) / len(servers)
        await _pair(services, server, persons, demo.now, at)
        await _post(services, server, persons[4], demo.now, at)
        invited = _user(server, server.members[3])
        sent = await services.pods.invitations.invite(persons[2], server.id, invited, demo.now)
        tie = await services.pods.invitations.accept(persons[3], sent.id, demo.now)
        await services.messages.close(persons[2], tie.id, demo.now)
    await demo.settle()


async def _met(services: Services, server: Server, member: MemberActor, now: datetime) -> PersonId:
    person = await services.people.meet(_user(server, member), now)
    await services.people.keep_channel(person, member.user.dm_channel.id)
    return person


async def _pair(
    services: Services, server: Server, persons: list[PersonId], now: datetime, at: datetime
) -> None:
    """Let two people have agreed on a pair two days ago, whose first check-in is then."""
    then, proposals = now - timedelta(days=2), services.pairs.proposals
    schedule = PairSchedule(Cadence.WEEKLY, at.weekday(), at.hour * 60 + at.minute, 12)
    partner = _user(server, server.members[1])
    id = (await proposals.begin(persons[0], server.id, schedule, partner, then)).pair.id
    for person in persons[:2]:
        await proposals.write(person, id, _AIMS, "UTC")
        await proposals.send(person, id, then)


async def _post(services: Services, server: Server, moderator: PersonId, now: datetime, at: datetime) -> None:
    reminders = services.reminders
    shown = await reminders.add(server.id, moderator, ReminderKind.STORY, server.channel.id, "UTC", now)
    when = {
        "day": at.weekday(), "minute": at.hour * 60 + at.minute, "at_least": 0, "quiet_from": None,
        "quiet_to": None,
    }  # fmt: skip
    await reminders.change(server.id, shown.reminder.id, moderator, now, when)
    await reminders.resume(server.id, shown.reminder.id, moderator, now)


def _user(server: Server, member: MemberActor) -> DiscordUser:
    return DiscordUser(member.id, _name(member), server.id)


def _name(member: MemberActor) -> str:
    return str(member.user.global_name)


async def day(servers: int, people: int, hours: int, commands: int, asks: int, state: Path) -> str:
    """Return a line of figures."""
    async with run_demo_server(bot_in(None, state)) as opened:
        demo = DemoClient(opened)
        everywhere = await settled_in(demo, servers, people)
        await begun(demo, everywhere)
        before, held = len(demo.requests), _memory()
        wall, cpu = time.perf_counter(), time.process_time()
        passing = Day(demo, everywhere, random.Random(SEED))
        for hour in range(hours):
            await passing.hour(commands, asks)
            print(f"hour {hour + 1}: {time.perf_counter() - wall:.0f} s", file=sys.stderr)
        errors = internals.unseen_errors(demo.env)
        sent = Counter(one.path.split("/")[1] for one in demo.requests[before:] if one.method == "POST")
        figures = (
            f"virtual day: {hours} h, {servers} servers, {people} people; "
            f"{time.perf_counter() - wall:.0f} s, {time.process_time() - cpu:.0f} s of CPU with SimCord; "
            f"{dict(passing.done)}; "
            f"messages {sent['channels']}, answers {sent['interactions']}; "
            f"memory {held} to {_memory()} MiB with SimCord; {len(errors)} errors"
        )
    return f"{figures}; {_left(state)}"


def _memory() -> int:
    """Return the most MiB that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _left(state: Path) -> str:
    with closing(open_file(state / "plumbline.db")) as file:
        kinds = file.execute("SELECT kind, state, count(*) FROM outbox GROUP BY kind, state").fetchall()
        parked = file.execute("SELECT count(*) FROM agenda WHERE parked IS NOT NULL").fetchone()[0]
    return f"outbox {[tuple(one) for one in kinds]}; {parked} timers gave up"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak.virtual_day")
    parser.add_argument("--servers", type=int, default=200)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--commands", type=int, default=60, help="in each hour")
    parser.add_argument("--asks", type=int, default=8, help="in each hour")
    told = parser.parse_args()
    with TemporaryDirectory(prefix="plumbline-day-") as state:
        print(asyncio.run(day(told.servers, told.people, told.hours, told.commands, told.asks, Path(state))))


if __name__ == "__main__":
    main()
