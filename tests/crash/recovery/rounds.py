"""The rounds: back up a bot in use, destroy its machine, restore it on another one, and look at it."""

import asyncio
import os
import random
import re
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot import strings
from tests.crash.actors import asks, pairs
from tests.crash.actors.settings import QUIET_HOURS, be_quiet
from tests.crash.friend import Friend, NotOffered
from tests.crash.inspection import Broken, Inspection, refuse
from tests.crash.load import CALMS_AFTER, MODERATOR, Load, Playing
from tests.crash.process import Running, Starter, starter
from tests.crash.recovery import erasing
from tests.crash.recovery.erasing import Erased
from tests.crash.recovery.machine import Machine
from tests.crash.recovery.runbook import Runbook
from tests.crash.snapshot import DATABASE, in_use, snapshot_of
from tests.crash.submissions import Followed, Kept, missing
from tests.process.waiting import until
from tests.wire.client import wire
from tests.wire.faults import FaultKind
from tests.wire.state import BOT

FIRST, ENOUGH = 40, 12
"""How much is acknowledged before the first backup, and between two steps of a round."""
LONGEST = 10.0
"""How many seconds a step waits for that. What people still can do may have come to an end."""
LATER = 0.5
"""How many seconds a bot goes on at most after the last copy of the deletion log."""
ERASE_AT_MOST = 2
"""How many people erase everything in a round."""
HOUR = 3600.0
PASSES = (0.0, 2 * HOUR, 36 * HOUR)
"""How much time passes at most between the end of a machine and the restore."""
LOG = "deletions.log"
_REACHED = "SELECT id FROM people WHERE dm_channel IS NOT NULL"
"""People to whom a channel for direct messages was opened. Of others nobody knows after a restore."""


class Course(Enum):
    """What happens in a round, besides what happens in each."""

    KILLED = (
        "the bot is killed while the backup is made, in quiet hours; Discord deletes no messages afterwards"
    )
    LOG_LOST = "the deletion log is lost with the machine"
    ROTATED = "the keys are rotated after the backup"
    REHEARSED = "a restore is rehearsed, by hand and by the command, while people use the bot"


@dataclass
class Figures:
    """What came of all rounds.

    there: what had been acknowledged before a backup, and was there after the restore. told: what was told
    between a backup and the end of the machine, and not told again.
    """

    rounds: int = 0
    there: int = 0
    erased: int = 0
    deleted: int = 0
    told: int = 0

    def __str__(self) -> str:
        return (
            f"{self.rounds:,} restores ({self.there:,} acknowledged before and there, {self.erased:,} people "
            f"and {self.deleted:,} texts still deleted, {self.told:,} told since and not again)"
        )


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made under load.

    acknowledged: what must be in it. followed: the same, without what people undo afterwards. reached: who
    could get direct messages.
    """

    file: Path
    acknowledged: Kept
    followed: Followed
    reached: frozenset[str]


class Rounds:
    """Runs rounds one after the other. Each goes on with what the one before has restored."""

    def __init__(self, load: Load, starts: Starter, where: Path, seed: str) -> None:
        self._load = load
        self._wire = load.wire
        self._starts = starts
        self._where = where
        self._seed = seed
        self._inspection = Inspection(load, starts)
        self._book = Runbook(where / "backups", where / "elsewhere", where / "rehearsal")
        self._machine = Machine(where / "machine-0", load.wire.address)
        self._public = self._private = ""
        self._faults: list[int] = []
        self._asleep: frozenset[str] = frozenset()
        self.figures = Figures()

    async def set_up(self) -> None:
        """Make the places of the copies, and the pair of keys for backups."""
        for place in (self._book.backups, self._book.elsewhere):
            place.mkdir(parents=True)
        told = await self._types("plumbline keys backup")
        self._private = _found(r"AGE-SECRET-KEY-1\w+", told)
        self._public = _found(r"(?<=PLUMBLINE_BACKUP_KEY=)age1\w+", told)
        self._machine.configure(self._public)

    async def round(self, number: int) -> None:
        """Run one round. Raises Broken."""
        chance = random.Random(f"{self._seed} recovery {number}")
        course = [*Course][number % len(Course)]
        running, playing = await self._begin(chance)
        await self._used(ENOUGH if number else FIRST)
        if course is Course.KILLED:
            await playing.end()
            await self._night(chance)
            playing = self._play(chance)
            await self._used(2 * ENOUGH)
        running, playing, backup = await self._back_up(course, chance, running, playing)
        await self._used()
        await self._operate(course, running, backup)
        await playing.end()
        erased = await self._delete(course, chance, backup)
        playing = self._play(chance)
        await self._used()
        deletions = self._load.submissions.deletions()
        await self._types(self._book.copy)
        await asyncio.sleep(chance.uniform(0, LATER))
        await self._destroy(running, playing, backup)
        await self._load.skip(chance.uniform(0, chance.choice(PASSES)))
        if course is Course.LOG_LOST:
            await self._restore_without_log(backup)
            await self._use_restored(chance, backup.acknowledged)
        else:
            await self._types(self._book.restore(backup.file), self._private)
            await self._use_restored(chance, backup.followed.everything | deletions, erased)
            refuse([one for who in erased if who.person in backup.reached async for one in self._told(who)])
        shutil.rmtree(self._wreck)
        self.figures.rounds += 1

    # -- before the end of the machine ----------------------------------------------------------

    async def _begin(self, chance: random.Random) -> tuple[Running, Playing]:
        """Start the bot, and let everybody use it."""
        running = await self._start()
        return running, self._play(chance)

    def _play(self, chance: random.Random) -> Playing:
        """Let everybody use the bot who isn't asleep."""
        return self._load.playing(chance, self._asleep)

    async def _start(self) -> Running:
        before = await self._wire.count("readies")
        running = await self._starts.start(self._load.clock.ahead, self._machine.folder)
        connected = asyncio.create_task(self._wire.wait("readies", before + 1))
        await asyncio.wait({connected, running.exit_code}, return_when=asyncio.FIRST_COMPLETED)
        if running.exit_code.done():
            connected.cancel()
            raise Broken(f"the bot ended at its start, with {running.exit_code.result()}: {running.printed}")
        await connected
        return running

    async def _used(self, enough: int = ENOUGH) -> None:
        """Let people use the bot, until so much more is acknowledged."""
        acknowledged = self._load.submissions.acknowledged
        wanted = acknowledged.total() + enough
        for _ in range(int(LONGEST / 0.05)):
            await asyncio.sleep(0.05)
            if acknowledged.total() >= wanted:
                return

    async def _night(self, chance: random.Random) -> None:
        """Let half of the people set quiet hours and go to sleep, so that what they are to be told waits."""
        friends = self._load.friends(self._load.life(chance))
        asleep = chance.sample(friends, len(friends) // 2)
        await asyncio.gather(*(be_quiet(one) for one in asleep))
        self._asleep = frozenset(one.name for one in asleep)

    async def _back_up(
        self, course: Course, chance: random.Random, running: Running, playing: Playing
    ) -> tuple[Running, Playing, Backup]:
        """Make a backup while people use the bot. Return what runs afterwards, and the backup."""
        there = {*self._book.backups.iterdir()}
        with in_use(self._machine.state) as files:
            followed = self._load.submissions.follow(files, self._load.clock.now())
            reached = frozenset(str(id) for (id,) in map(tuple, files.rows(_REACHED)))
        making = asyncio.create_task(self._types(self._book.daily))
        if course is Course.KILLED:
            await until(lambda: self._copies(making))
            await asyncio.sleep(chance.uniform(0, 0.1))
            await self._kill(running, playing)
            await self._load.skip(QUIET_HOURS * HOUR)
            running, playing = await self._begin(chance)
        await making
        with in_use(self._machine.state) as files:
            followed.narrow(files)
        [made] = {*self._book.backups.iterdir()} - there
        return running, playing, Backup(made, followed.everything, followed, reached)

    async def _copies(self, making: "asyncio.Task[str]") -> bool:
        """Whether the command has begun to copy the database, or has ended."""
        return making.done() or any(self._machine.state.glob(f"{DATABASE}.backup*"))

    async def _operate(self, course: Course, running: Running, backup: Backup) -> None:
        """Do what else an operator does while people use the bot."""
        if course is Course.ROTATED:
            await self._types("plumbline keys rotate")
            os.kill(running.number, signal.SIGHUP)
        if course is Course.REHEARSED:
            await self._types("plumbline rehearse")
            await self._types(self._book.rehearse(backup.file), self._private)

    async def _delete(self, course: Course, chance: random.Random, backup: Backup) -> list[Erased]:
        """Let people delete what they wrote, and some of them erase everything. Return who was erased.

        Nobody does anything else meanwhile, so that it is clear what that ends for others.
        """
        await asyncio.sleep(CALMS_AFTER)
        await self._inspection.see()
        friends = [one for one in self._load.friends(self._load.life(chance)) if one.name != MODERATOR]
        chance.shuffle(friends)
        for delete in (asks.throw_away, pairs.end_one):
            for friend in friends[: len(friends) // 2]:
                with suppress(NotOffered):
                    await delete(friend)
        if course is Course.KILLED:
            path, how = "/channels/*/messages/*", {"status": 503, "times": None}
            self._faults.append(await self._wire.fault(FaultKind.ANSWER, path, "DELETE", **how))
        with in_use(self._machine.state) as files:
            known = {friend: person for friend in friends if (person := files.person(friend.account))}
        # First those to whom there are direct messages that have to be deleted.
        those = sorted(known, key=lambda friend: known[friend] not in backup.reached)
        return [await self._erase(one, known[one]) for one in those[: chance.randint(1, ERASE_AT_MOST)]]

    async def _erase(self, friend: Friend, person: str) -> Erased:
        with in_use(self._machine.state) as files:
            self._inspection.accepted.know(files)
            self._load.submissions.drop_all(erasing.about(files, person) | {str(friend.account)})
        if not await erasing.erase(friend):
            raise Broken(f"{friend.name} can't erase everything")
        return Erased(friend.name, friend.account, person, (await self._wire.messages())[-1].id)

    async def _kill(self, running: Running, playing: Playing) -> None:
        code = await running.kill()
        await playing.end()
        if code != -signal.SIGKILL:
            raise Broken(f"the bot ended by itself, with {code}: {running.printed}")
        await self._inspection.look(running, self._machine.state)

    async def _destroy(self, running: Running, playing: Playing, backup: Backup) -> None:
        """Kill the bot, and remove everything that was on its machine. Begin with another machine."""
        await self._kill(running, playing)
        with snapshot_of(self._machine.state) as files:
            assert files is not None
            backup.followed.narrow(files)
        await self._wire.call("remove_faults", ids=self._faults)
        self._machine.destroy(self._wreck)
        self._machine = Machine(self._where / f"machine-{self.figures.rounds + 1}", self._wire.address)
        self._machine.configure(self._public)

    @property
    def _wreck(self) -> Path:
        return self._where / f"wreck-{self.figures.rounds}"

    # -- afterwards -----------------------------------------------------------------------------

    async def _restore_without_log(self, backup: Backup) -> None:
        """Restore with the key file alone: that must be refused until it is said to go on without the log."""
        elsewhere = self._book.elsewhere
        (elsewhere / LOG).unlink()
        commands = self._book.restore(backup.file).replace(f"{elsewhere}/{LOG} ", "")
        refused = await self._machine.types(commands, self._load.clock.ahead, self._private)
        said = strings.NO_DELETIONS.partition(".")[0] in refused.printed
        if not refused.code or not said or (self._machine.state / DATABASE).exists():
            raise Broken(f"a restore without the deletion log was not refused: {refused.printed}")
        await self._types(commands.replace("--key-file", "--without-deletions --key-file"), self._private)

    async def _use_restored(
        self, chance: random.Random, kept: Kept, erased: list[Erased] | None = None
    ) -> None:
        """Look at the restored files before and after the bot starts on them, and let people use it.

        erased: who must still be erased. None if there is no deletion log.
        """
        log = None if erased is None else self._book.elsewhere / LOG
        with snapshot_of(self._machine.state) as restored:
            assert restored is not None
            refuse(() if restored.is_whole() else ["the restored database is damaged"])
            refuse(f"not in the backup: {one}" for one in missing(kept, restored))
            refuse(() if log is None else erasing.undeleted(restored, log, started=False))
            self._load.submissions.begin_again(kept)
            for who in erased or ():
                self._load.submissions.drop_all(erasing.about(restored, who.person))
            told = self._inspection.accepted.restored(restored, await self._wire.messages())
        running = await self._start()
        with in_use(self._machine.state) as files:
            refuse(trace for who in erased or () for trace in erasing.traces(files, who))
            refuse(() if log is None else erasing.undeleted(files, log, started=True))
        self._asleep = frozenset()
        playing = self._play(chance)
        await asyncio.gather(self._used(), self._types("plumbline check"))
        await self._kill(running, playing)
        await self._inspection.quiet(self._machine.state)
        self.figures.there += len(kept)
        self.figures.told += told
        self.figures.erased += len(erased or ())
        self.figures.deleted += sum(one.deletes for one in kept.values())

    async def _told(self, erased: Erased) -> AsyncIterator[str]:
        """Yield whether somebody still has direct messages from before they erased everything."""
        messages = await self._wire.messages(await self._wire.open_dm(erased.account))
        if left := [one for one in messages if one.author == BOT and one.id <= erased.last]:
            yield f"{erased.name}, who was erased, still has {len(left)} direct messages"

    # -- inside ---------------------------------------------------------------------------------

    async def _types(self, commands: str, pasted: str = "") -> str:
        """Let the operator type commands, and return what they print. Raises Broken if one of them fails."""
        ran = await self._machine.types(commands, self._load.clock.ahead, pasted)
        if ran.code:
            raise Broken(f"it ended with {ran.code}: {commands}\n{ran.printed}")
        return ran.printed


async def run(where: Path, seed: str, rounds: int) -> Figures:
    """Run so many rounds in a directory that is kept. Raises Broken."""
    async with wire() as discord, starter(discord.address) as starts:
        load = await Load.made(discord, random.Random(f"{seed} recovery").getrandbits(32))
        all_of_them = Rounds(load, starts, where, seed)
        await all_of_them.set_up()
        for number in range(rounds):
            try:
                await all_of_them.round(number)
            except Broken as broken:
                raise Broken(f"restore {number}, seed {seed}, in {where}: {broken}") from None
        return all_of_them.figures


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, f"{pattern} is not in: {text}"
    return found[0]
