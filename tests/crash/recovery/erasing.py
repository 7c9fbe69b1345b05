"""People who erase everything, and what must not be found after a restore of them and of what was deleted."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.ids import PersonId
from bot.vault.deletion_file import Batch, DeletionFile, State
from bot.vault.deletion_log import DeletionNames
from bot.vault.sealing import PERSON_CASE
from bot.vault.store import DataKey
from cogs.me.privacy import strings
from tests.crash.friend import Friend
from tests.crash.snapshot import Snapshot

_PEOPLE = "SELECT id FROM people UNION SELECT id FROM strangers"


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who has erased everything.

    person: the id that they had until then. last: the last message on this Discord at that time.
    """

    name: str
    account: int
    person: str
    last: int


async def erase(friend: Friend) -> bool:
    """Press Erase in `/privacy`, and again. Return whether the bot says that it is done."""
    sure = await friend.press(await friend.slash("privacy"), "privacy.erase")
    done = await friend.press(sure, "privacy.erase_go")
    return strings.ERASED_TITLE in done.text


def about(files: Snapshot, person: str) -> set[str]:
    """Return the ids of everything that has to do with a person."""
    people = {str(id) for (id,) in map(tuple, files.rows(_PEOPLE))}
    rows = [dict(row) for table in files.tables for row in files.rows(f'SELECT * FROM "{table}"')]
    naming = [row for row in rows if person in row.values()]
    found = {value for row in naming for value in row.values() if isinstance(value, str)} - people
    return found | {str(row["id"]) for row in rows if "id" in row and found & {*_texts(row)}}


def traces(files: Snapshot, erased: Erased) -> Iterator[str]:
    """Yield where somebody who was erased can still be found."""
    if files.has("SELECT 1 FROM people WHERE id = ?", files.person(erased.account)):
        yield f"{erased.name}, who was erased, is known"
    for table in files.tables:
        for row in files.rows(f'SELECT * FROM "{table}"'):
            for column in row.keys():  # noqa: SIM118 - a row of SQLite is not a mapping
                if erased.person in str(row[column]):
                    yield f"{erased.name}, who was erased, is in {table}.{column}"


def undeleted(files: Snapshot, log: Path, *, started: bool) -> Iterator[str]:
    """Yield what the deletion log names and the files still have.

    People are erased when the bot starts. Until then it needs their account to find their direct messages.
    """
    names, deleted = DeletionNames(files.vault.ring), _deleted(files, log)
    keys = {name for batch in deleted for name in batch.keys}
    persons = {name for batch in deleted for name in batch.persons}
    for row in files.rows("SELECT * FROM data_keys"):
        one = DataKey(row["case"], PersonId(row["author"]), (row["ring_key"], row["wrapped"]))
        needed = one.case == PERSON_CASE + one.author and names.of_person(one.author) in persons
        key = files.vault.data_key(one)
        if key is not None and names.of_key(one.case, one.author, key) in keys and (started or not needed):
            yield f"a key that was deleted is there: {one.case} of {one.author}"
    for (person,) in map(tuple, files.rows(_PEOPLE) if started else ()):
        if names.of_person(PersonId(person)) in persons:
            yield f"somebody who was erased is there: {person}"


def _deleted(files: Snapshot, log: Path) -> list[Batch]:
    batches = DeletionFile(log, files.vault.ring).batches()
    return [one for one in batches if one.state is not State.UNDONE]


def _texts(row: dict[str, object]) -> Iterator[str]:
    return (value for value in row.values() if isinstance(value, str))
