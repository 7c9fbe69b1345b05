"""Proposing a pair, agreeing to one, and answering, noting and sharing check-ins."""

import json
from collections.abc import Sequence

from cogs.pair import strings
from cogs.pair.start import strings as start_strings
from tests.crash.actors.act import Act
from tests.crash.friend import Friend, NotOffered
from tests.crash.snapshot import Snapshot, cell

PROPOSED, AGREED, CHECKED, NOTED, SHARED, ENDED = (
    "a proposal", "an agreed pair", "a check-in", "a note of a check-in", "a shared check-in",
    "the aims of a pair that has ended",
)  # fmt: skip
TERMS = {"cadence": "weekly", "day": "Sunday", "at": "18:00", "weeks": 12}


async def propose(friend: Friend, others: Sequence[int]) -> None:
    partner = friend.chance.choice(others)
    before = await friend.slash("pair start", partner=partner, **TERMS)
    id = before.route("pairs.form").argument
    aim = f"{friend.name} works on {friend.chance.getrandbits(40):x}"
    form = await friend.press(before, "pairs.form")
    friend.writes(id, aim)
    done = await friend.submit(form, sheet(aim))
    if start_strings.PROPOSED_TITLE in done.text:
        me = friend.account

        def present(files: Snapshot) -> bool:
            stands = files.has("SELECT 1 FROM pairs WHERE id = ? AND state != 'draft'", id)
            return stands and aim_of(files, id, files.person(me)) in (aim, "")

        friend.submitted(PROPOSED, id, present)


async def agree(friend: Friend, others: Sequence[int]) -> None:
    inbox = await friend.inbox()
    shown = await friend.press(inbox, "pairs.show")
    id = shown.route("pairs.form").argument
    aim = f"{friend.name} too works on {friend.chance.getrandbits(40):x}"
    form = await friend.press(shown, "pairs.form")
    friend.writes(id, aim)
    done = await friend.submit(form, sheet(aim))
    if strings.BEGUN.partition(".")[0] in done.text:
        me = friend.account

        def present(files: Snapshot) -> bool:
            runs = files.has("SELECT 1 FROM pairs WHERE id = ? AND state IN ('running', 'ended')", id)
            return runs and aim_of(files, id, files.person(me)) in (aim, "")

        friend.submitted(AGREED, id, present)


async def check_in(friend: Friend, others: Sequence[int]) -> None:
    asked = await friend.open_one(await friend.where_messages_are(), "pairs.mark")
    word = friend.chance.choice([one.word for one in asked.routes("pairs.mark")])
    id = asked.route("pairs.mark").argument
    friend.undoes(id)
    if asked.offers("pairs.tonight") and friend.chance.random() < 0.2:
        asked = await friend.press(await friend.press(asked, "pairs.tonight"), "pairs.check")
    shown = await friend.press(asked, "pairs.mark", word=word)
    # Something that went wrong is stored only once they have said that nobody was hurt.
    if shown.offers("pairs.hurt"):
        shown = await friend.press(shown, "pairs.hurt", word="no")
    if not shown.offers("pairs.note"):
        # The pair or its round has ended meanwhile.
        return
    friend.submitted(
        CHECKED,
        id,
        lambda files: files.has("SELECT 1 FROM check_ins WHERE id = ? AND status = ?", id, word),
        days=1,
    )
    note = f"{friend.name} notes {friend.chance.getrandbits(40):x}"
    shown = await friend.submit(await friend.press(shown, "pairs.note"), {"note": note})
    if note in shown.text:
        friend.submitted(NOTED, id, lambda files: note_of(files, id) == note, days=1)
    if shown.offers("pairs.share") and friend.chance.random() < 0.6:
        shown = await friend.press(shown, "pairs.share")
        if shown.offers("pairs.note") and not shown.offers("pairs.share"):
            shared = "SELECT 1 FROM check_ins WHERE id = ? AND shared_at IS NOT NULL"
            friend.submitted(SHARED, id, lambda files: files.has(shared, id))


async def end(friend: Friend, others: Sequence[int]) -> None:
    """End a pair sometimes, so that there is room for others."""
    if friend.chance.random() < 0.9:
        raise NotOffered("a pair that they want to end")
    await end_one(friend)


async def end_one(friend: Friend) -> None:
    shown = await friend.slash("pair end")
    id = shown.route("pairs.end").argument
    done = await friend.press(shown, "pairs.end")
    if strings.ENDED_OWN in done.text:
        friend.deleted(ENDED, id, lambda files: aims_of(files, id))


def sheet(aim: str) -> dict[str, str]:
    return {"aim": aim, "signs": "I get loud", "words": "Ask me to stop", "zone": "Berlin"}


def aims_of(files: Snapshot, pair: str) -> list[str]:
    """Return what both partners work on, as far as it can be read."""
    sides = files.rows("SELECT person FROM pair_sides WHERE pair = ?", pair)
    return [aim for (person,) in map(tuple, sides) if (aim := aim_of(files, pair, person))]


def aim_of(files: Snapshot, pair: str, person: str) -> str:
    """Return what a partner works on. It is empty once the pair has ended."""
    for row in files.rows("SELECT id, written FROM pair_sides WHERE pair = ? AND person = ?", pair, person):
        text = files.opened(cell(pair, person, "pair_sides", "words", row["id"], row["written"]))
        return str(json.loads(text)["aim"]) if text else ""
    return ""


def note_of(files: Snapshot, id: str) -> str:
    for row in files.rows("SELECT pair, person, written FROM check_ins WHERE id = ?", id):
        return files.opened(
            cell(f"{row['pair']}/notes", row["person"], "check_ins", "note", id, row["written"])
        )
    return ""


ACTS = (
    Act(propose, (PROPOSED,), 2),
    Act(agree, (AGREED,), 3),
    Act(check_in, (CHECKED, NOTED, SHARED), 5),
    Act(end, (ENDED,)),
)
