"""What must be true of the database after every step, whatever five friends did."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.asks.models import OPEN_AT_MOST
from bot.boundaries.models import Boundary
from bot.pods.models import MEMBERS_AT_MOST
from bot.storage.driver import sqlite
from bot.storage.schema import _EPOCH
from tests.system.fixtures import Harness

Found = Iterator[str]
Subject = Callable[[Harness, str], bool]

_TOGETHER = (
    ("ties", "SELECT owner AS one, member AS two, since AS at, 0 AS held FROM ties"),
    ("invitations", "SELECT owner AS one, member AS two, made_at AS at, held FROM invitations"),
    (
        "askings",
        "SELECT asker AS one, answerer AS two, asked_at AS at, held FROM askings JOIN asks ON asks.id = ask",
    ),
    (
        "talk_requests",
        "SELECT asker AS one, person AS two, asked_at AS at, held"
        " FROM talk_requests JOIN talks ON talks.id = talk",
    ),
    (
        "path_invitations",
        "SELECT owner AS one, member AS two, made_at AS at, withheld AS held FROM path_invitations",
    ),
    (
        "path_companions",
        "SELECT owner AS one, person AS two, since AS at, 0 AS held"
        " FROM path_companions JOIN paths ON paths.id = path",
    ),
    (
        "path_requests",
        "SELECT owner AS one, by AS two, released_at AS at, withheld AS held"
        " FROM path_requests JOIN paths ON paths.id = path WHERE released_at IS NOT NULL",
    ),
    (
        "night_looks",
        "SELECT owner AS one, looker AS two, asked_at AS at, held FROM night_looks"
        " WHERE state IN ('open', 'agreed')",
    ),
    (
        "night_members",
        "SELECT asked_by AS one, person AS two, made_at AS at, held FROM night_members"
        " WHERE state = 'invited'",
    ),
    (
        "carryings",
        "SELECT author AS one, carrier AS two, asked_at AS at, held FROM carryings"
        " WHERE state IN ('open', 'agreed')",
    ),
)
_PASSING = (
    ("a reading", "SELECT askings.id, asker AS one, answerer AS two, 1 AS said FROM askings"
                  " JOIN asks ON asks.id = ask WHERE reply != 'asked' AND reply != 'cant'"),
    ("an answer", "SELECT askings.id, asker AS one, answerer AS two, 1 AS said FROM askings"
                  " JOIN asks ON asks.id = ask WHERE reply = 'answered'"),
    ("a telling of it", "SELECT askings.id, asker AS one, answerer AS two, 1 AS said FROM askings"
                        " JOIN asks ON asks.id = ask WHERE told"),
    ("a pause", "SELECT askings.id, asker AS one, answerer AS two, state AS said FROM askings"
                " JOIN asks ON asks.id = ask WHERE reply IN ('beyond', 'danger') AND state = 'paused'"
                " AND NOT EXISTS (SELECT 1 FROM askings AS other WHERE other.ask = asks.id"
                " AND other.reply IN ('beyond', 'danger') AND other.id != askings.id)"),
    ("a talk", "SELECT talk_requests.id, asker AS one, person AS two, reply AS said FROM talk_requests"
               " JOIN talks ON talks.id = talk WHERE reply IN ('today', 'tomorrow')"),
    ("a talk's answer", "SELECT talk_requests.id, asker AS one, person AS two, seen AS said"
                        " FROM talk_requests JOIN talks ON talks.id = talk"
                        " WHERE seen AND reply IN ('today', 'tomorrow')"),
    ("a text to carry", "SELECT id, author AS one, carrier AS two, given AS said FROM carryings"
                        " WHERE content IS NOT NULL"),
    ("a word of a carrier", "SELECT id, author AS one, carrier AS two, came AS said FROM carryings"
                            " WHERE came IS NOT NULL"),
)  # fmt: skip
"""Queries for what passes from one person to another: a row appears, or its `said` changes."""

Seen = dict[tuple[str, str], object]


class Invariants:
    """Compares the database with its state before the step."""

    def __init__(self, harness: Harness) -> None:
        self._harness = harness
        self._apart: dict[frozenset[str], datetime] = {}
        self._passed: Seen = {}
        self._standing: tuple[str, ...] = ()
        self._held: list[Boundary] = []
        self._set_at: dict[str, datetime] = {}
        self._brought = 0

    def found_wrong(self) -> list[str]:
        """Return every invariant that does not hold, and remember the state for the next step."""
        apart_before, self._apart = self._apart, self._parted()
        still = {pair: at for pair, at in self._apart.items() if pair in apart_before}
        wrong = [
            *self._together(),
            *self._passes(still),
            *self._told(still),
            *self._left_over(),
            *self._too_many(),
            *self._resting(),
            *self._away(),
        ]
        self._passed = dict(self._what_passed())
        return wrong

    def begins_here(self) -> None:
        """Don't look at messages that have arrived before."""
        self._brought = len(self._harness.post.brought)

    def apart(self, one: str, two: str) -> bool:
        return frozenset((one, two)) in self._apart

    # -- nobody who is parted is brought together -----------------------------------------------

    def _parted(self) -> dict[frozenset[str], datetime]:
        """Return the pairs of people with a boundary between them, and since when."""
        standing = tuple(row["id"] for row in self._harness.rows("SELECT id FROM boundaries ORDER BY id"))
        if standing != self._standing:
            self._standing, self._held = standing, self._all_held()
        since: dict[frozenset[str], datetime] = {}
        for held in self._held:
            if held.other is not None:
                # The row knows the hour alone, and the step in which it was first seen is exact.
                at = self._set_at.setdefault(held.id, self._harness.now)
                pair = frozenset((held.owner, held.other))
                since[pair] = min(at, since.get(pair, at))
        return since

    def _all_held(self) -> list[Boundary]:
        of = self._harness.services.boundaries.of
        return [held for person in self._harness.people.values() for held in self._harness.run(of(person))]

    def _together(self) -> Found:
        for table, statement in _TOGETHER:
            for row in self._harness.rows(statement):
                parted_at = self._apart.get(frozenset((row["one"], row["two"])))
                if parted_at is not None and not row["held"] and _moment(row["at"]) > parted_at:
                    yield f"{table} puts two parted people together"

    def _passes(self, still: dict[frozenset[str], datetime]) -> Found:
        for (what, id), (pair, said) in self._what_passed():
            before = self._passed.get((what, id))
            if pair in still and before != (pair, said):
                yield f"{what} passed between two parted people"

    def _what_passed(self) -> Iterator[tuple[tuple[str, str], tuple[frozenset[str], object]]]:
        for what, statement in _PASSING:
            for row in self._harness.rows(statement):
                yield (what, row["id"]), (frozenset((row["one"], row["two"])), row["said"])

    def _told(self, still: dict[frozenset[str], datetime]) -> Found:
        """A message about the other must have arrived before the boundary, or tell the end of a tie."""
        for row in self._open_messages():
            pair = frozenset((row["person"], row["other"]))
            if pair not in self._apart or row["state"] == "held":
                continue
            made_at = _moment(row["made_at"])
            arrived = row["state"] in ("sent", "shut") and made_at <= self._apart[pair]
            if not arrived and not self._ends_a_tie(row["kind"], row["person"], row["other"], made_at):
                yield f"{row['kind']} {row['state']} tells one of two parted people of the other"
        for message in self._harness.post.brought[self._brought :]:
            other = message.other or ""
            if frozenset((message.person, other)) in still and not self._ends_a_tie(
                message.kind, message.person, other, message.made_at
            ):
                yield f"{message.kind} was brought to one of two parted people"
        self._brought = len(self._harness.post.brought)

    def _ends_a_tie(self, kind: str, person: str, other: str, made_at: datetime) -> bool:
        """Return whether it tells the end of a tie to a person who had set no boundary by then."""
        return kind == "pods.ended" and not any(
            (held.owner, held.other) == (person, other) and held.made_at < made_at for held in self._held
        )

    def _open_messages(self) -> list[sqlite.Row]:
        return self._harness.rows(
            "SELECT * FROM outbox WHERE ended_at IS NULL AND state != 'gone' ORDER BY rowid"
        )

    # -- nothing waits for what is over ---------------------------------------------------------

    def _left_over(self) -> Found:
        handlers = self._harness.services.agenda._handlers
        for row in self._harness.rows("SELECT * FROM agenda"):
            kind, subject = row["kind"], row["subject"]
            if kind not in handlers:
                yield f"nobody handles {kind}"
            if row["tries"] or row["parked"]:
                yield f"a handler of {kind} raised: {row['parked']}"
            if not self._stands(TIMER_SUBJECTS[kind], subject):
                yield f"{kind} will ring for what is over"
        for row in self._open_messages():
            if not self._stands(MESSAGE_SUBJECTS[row["kind"]], row["subject"]):
                yield f"{row['kind']} ({row['state']}) tells of what is over"

    def _stands(self, statement: str, subject: str) -> bool:
        return not statement or bool(self._harness.rows(statement, subject))

    # -- limits, rest, leaving ------------------------------------------------------------------

    def _too_many(self) -> Found:
        for statement, most, what in _LIMITS:
            for row in self._harness.rows(statement):
                if row["many"] > most:
                    yield f"{row['many']} {what}"

    def _resting(self) -> Found:
        for row in self._harness.rows(_ASKED_IN_REST, _micros(self._harness.now), _micros(self._harness.now)):
            yield f"{row['what']}: somebody who rests was asked"

    def _away(self) -> Found:
        for name in self._harness.away & self._harness.people.keys():
            person = self._harness.people[name]
            for what, statement in _TIES_THERE:
                if self._harness.rows(statement, *[person] * statement.count("?")):
                    yield f"{what} of somebody who left the server"


_CURRENT = (
    "SELECT 1 FROM talks JOIN talk_requests ON talk = talks.id WHERE talks.id = ?"
    " AND place = (SELECT max(place) FROM talk_requests AS later WHERE later.talk = talks.id)"
)
"""A talk with its current request."""
_OPEN_PATH = "SELECT 1 FROM paths WHERE id = ? AND state = 'open'"
_IN_NIGHT = "SELECT 1 FROM night_members WHERE id = ? AND state = 'in'"
TIMER_SUBJECTS = {
    "people.roll_call": "",
    "people.strangers": "",
    "boundaries.parted": "SELECT 1 FROM boundaries WHERE id = ?",
    "asks.part": "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE askings.id = ?"
    " AND reply NOT IN ('answered', 'cant') AND NOT parted AND state IN ('open', 'paused')",
    "talks.part": "SELECT 1 FROM talks WHERE id = ? AND state IN ('waiting', 'agreed', 'followed')",
    "pairs.part": "SELECT 1 FROM pairs WHERE id = ? AND state != 'ended'",
    "pods.lapse": "SELECT 1 FROM invitations WHERE id = ? AND state = 'open'",
    "pods.forget": "SELECT 1 FROM invitations WHERE id = ?",
    "pods.part": "SELECT 1 FROM ties WHERE id = ?1 UNION SELECT 1 FROM invitations WHERE id = ?1",
    "asks.draft_ends": "SELECT 1 FROM asks WHERE id = ? AND state = 'draft'",
    "asks.message_ends": "SELECT 1 FROM asks WHERE id = ? AND state = 'draft'",
    "asks.ends": "SELECT 1 FROM asks WHERE id = ? AND state = 'open' AND over_at IS NULL",
    "asks.unread": "SELECT 1 FROM asks WHERE id = ? AND state = 'open' AND over_at IS NOT NULL",
    "asks.closes": "SELECT 1 FROM asks WHERE id = ? AND (state = 'paused' OR state = 'open'"
    " AND over_at IS NOT NULL)",
    "asks.destroyed": "SELECT 1 FROM asks WHERE id = ? AND state = 'closed'",
    "asks.reminded": "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE askings.id = ?"
    " AND reply IN ('asked', 'reading') AND NOT parted AND state = 'open'",
    "asks.beyond": "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE askings.id = ?"
    " AND (reply = 'beyond' OR held AND reply = 'danger') AND state = 'open'",
    "talks.lapse": f"{_CURRENT} AND (state = 'waiting' OR state = 'agreed' AND held)",
    "talks.follow": "SELECT 1 FROM talks WHERE id = ? AND state = 'agreed'",
    "pairs.ask": "SELECT 1 FROM pair_sides JOIN pairs ON pairs.id = pair WHERE pair_sides.id = ?"
    " AND state = 'running'",
    "pairs.silent": "SELECT 1 FROM pair_sides JOIN pairs ON pairs.id = pair WHERE pair_sides.id = ?"
    " AND state = 'running'",
    "pairs.round_ends": "SELECT 1 FROM check_ins JOIN pairs ON pairs.id = pair WHERE check_ins.id = ?"
    " AND state = 'running'",
    "pairs.lapse": "SELECT 1 FROM pairs WHERE id = ? AND state IN ('draft', 'proposed')",
    "pairs.ends": "SELECT 1 FROM pairs WHERE id = ? AND state = 'running'",
    "pairs.resume": "SELECT 1 FROM pairs WHERE id = ? AND state = 'running'",
    "pairs.notes_end": "SELECT 1 FROM pairs WHERE id = ? AND state = 'ended'",
    "pairs.forget": "SELECT 1 FROM pairs WHERE id = ? AND state = 'ended'",
    "contact.remind": "SELECT 1 FROM contact_alarms WHERE id = ?",
    "delivery.delete_dms": "SELECT 1 FROM dm_deletions WHERE id = ?",
    "talks.go": "SELECT 1 FROM talks WHERE id = ? AND goes_at IS NOT NULL",
    "nights.starts": "SELECT 1 FROM nights WHERE id = ?",
    "nights.noon": "SELECT 1 FROM nights WHERE id = ?",
    "nights.destroy": "SELECT 1 FROM nights WHERE id = ?",
    "nights.check": f"{_IN_NIGHT} AND check_at IS NOT NULL",
    "nights.home": f"{_IN_NIGHT} AND home_at IS NOT NULL AND home_said_at IS NULL",
    "nights.missed": f"{_IN_NIGHT} AND home_asked_at IS NOT NULL AND home_said_at IS NULL",
    "nights.part": "SELECT 1 FROM night_members WHERE id = ? AND state = 'invited'",
    "nights.card": "SELECT 1 FROM night_cards WHERE id = ?",
    "terms.goes": "SELECT 1 FROM terms WHERE id = ?",
    "terms.lapse": "SELECT 1 FROM carryings WHERE id = ? AND state = 'open'",
    "terms.forget": "SELECT 1 FROM carryings WHERE id = ? AND state IN ('closed', 'ended')",
    "terms.part": "SELECT 1 FROM carryings WHERE id = ? AND held",
    "plans.ask": "SELECT 1 FROM plans WHERE id = ? AND state IN ('set', 'keeping', 'still')",
    "plans.go": "SELECT 1 FROM plans WHERE id = ? AND goes_at IS NOT NULL",
    "servers.forget": "SELECT 1 FROM servers WHERE id = ? AND gone_at IS NOT NULL",
    "insights.month": "",
    "norms.ballot_ends": "SELECT 1 FROM norm_ballots WHERE version = ? AND state = 'open'",
    "norms.note_goes": "SELECT 1 FROM norm_notes WHERE id = ?",
    "reports.goes": "SELECT 1 FROM reports WHERE id = ?",
    "reports.bar_ends": "SELECT 1 FROM bars WHERE id = ?",
    "reports.quotas_end": "",
    "reminders.due": "SELECT 1 FROM reminders WHERE id = ? AND state = 'on'",
    "reminders.event": "SELECT 1 FROM reminder_events WHERE id = ? AND NOT told",
    "vault.rewrap": "",
    "paths.meet": f"{_OPEN_PATH} AND next_at IS NOT NULL AND waits_until IS NULL",
    "paths.waits": f"{_OPEN_PATH} AND waits_until IS NOT NULL",
    "paths.destroy": "SELECT 1 FROM paths WHERE id = ? AND state = 'closed'",
    "paths.forget": "SELECT 1 FROM paths WHERE id = ? AND state = 'closed' AND begun_at IS NOT NULL",
    "paths.look": "SELECT 1 FROM path_commitments JOIN paths ON paths.id = path"
    " WHERE path_commitments.id = ? AND state = 'open'",
    "paths.term": "SELECT 1 FROM path_companions WHERE id = ?",
    "paths.lapse": "SELECT 1 FROM path_invitations WHERE id = ? AND state = 'open'",
    "paths.invitation_goes": "SELECT 1 FROM path_invitations WHERE id = ?",
    "paths.part": "SELECT 1 FROM path_companions WHERE id = ?1"
    " UNION SELECT 1 FROM path_invitations WHERE id = ?1",
}
"""For each kind of timer, a query for its subject. A kind that is not listed here fails the test."""

_ASKING = "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE askings.id = ? AND state = 'open'"
_RUNNING = "SELECT 1 FROM pairs WHERE id = ? AND state = 'running'"
_CHECK_IN = (
    "SELECT 1 FROM check_ins JOIN pairs ON pairs.id = pair WHERE check_ins.id = ? AND state = 'running'"
)
_OPEN_ASK = "SELECT 1 FROM asks WHERE id = ? AND state = 'open'"
MESSAGE_SUBJECTS = {
    "pods.joined": "SELECT 1 FROM ties WHERE id = ?",
    "pods.ended": "",
    "asks.asked": f"{_ASKING} AND reply IN ('asked', 'reading') AND NOT parted",
    "asks.again": f"{_ASKING} AND reply IN ('asked', 'reading') AND NOT parted",
    "asks.cant": f"{_ASKING} AND (reply = 'cant' OR parted)",
    "asks.came": f"{_ASKING} AND reply IN ('answered', 'withheld')",
    "asks.nobody": f"{_OPEN_ASK} AND over_at IS NOT NULL",
    "asks.over": f"{_OPEN_ASK} AND over_at IS NOT NULL",
    "asks.unread": f"{_OPEN_ASK} AND over_at IS NOT NULL",
    "asks.paused": "SELECT 1 FROM asks WHERE id = ? AND state = 'paused'",
    "talks.asked": "SELECT 1 FROM talk_requests JOIN talks ON talks.id = talk"
    " WHERE talk_requests.id = ? AND reply IS NULL AND state = 'waiting'",
    "talks.agreed": "SELECT 1 FROM talks WHERE id = ? AND state = 'agreed'",
    "talks.cant": "SELECT 1 FROM talks WHERE id = ? AND state = 'free'",
    "talks.did_you": "SELECT 1 FROM talks WHERE id = ? AND state = 'followed'",
    "nights.wish": "SELECT 1 FROM night_looks WHERE id = ? AND state = 'open'",
    "nights.agreed": "SELECT 1 FROM night_looks WHERE id = ? AND state = 'agreed'",
    "nights.gone": "SELECT 1 FROM night_looks WHERE id = ?",
    "nights.thanks": "SELECT 1 FROM night_looks WHERE id = ?",
    "nights.start": _IN_NIGHT,
    "nights.check": _IN_NIGHT,
    "nights.home": f"{_IN_NIGHT} AND home_asked_at IS NOT NULL AND home_said_at IS NULL",
    "nights.noon": _IN_NIGHT,
    "nights.missed": f"{_IN_NIGHT} AND missed_at IS NOT NULL",
    "nights.heard": _IN_NIGHT,
    "nights.hand": "SELECT 1 FROM night_hands WHERE id = ?",
    "terms.agreed": "SELECT 1 FROM carryings WHERE id = ? AND state = 'agreed'",
    "terms.let": "SELECT 1 FROM carryings WHERE id = ? AND state = 'agreed'",
    "terms.changed": "SELECT 1 FROM carryings WHERE id = ? AND state = 'agreed' AND stale",
    "terms.came": "SELECT 1 FROM carryings WHERE id = ? AND state = 'agreed'",
    "terms.ended": "SELECT 1 FROM carryings WHERE id = ? AND state = 'ended'",
    "terms.stopped": "SELECT 1 FROM carryings WHERE id = ? AND state = 'ended'",
    "plans.day": "SELECT 1 FROM plans WHERE id = ? AND state = 'asked'",
    "plans.still": "SELECT 1 FROM plans WHERE id = ? AND state = 'still'",
    "norms.waits": "SELECT 1 FROM norm_notes WHERE server = ? AND state != 'draft'",
    "reports.waits": "SELECT 1 FROM reports WHERE id = ? AND state != 'draft'",
    "reports.bar_waits": "SELECT 1 FROM bars WHERE id = ? AND state = 'proposed'",
    "pairs.check_in": _CHECK_IN,
    "pairs.shared": _CHECK_IN,
    "pairs.wish": _CHECK_IN,
    "pairs.later": _CHECK_IN,
    "pairs.not_now": _CHECK_IN,
    "pairs.missed": "SELECT 1 FROM pair_sides JOIN pairs ON pairs.id = pair WHERE pair_sides.id = ?"
    " AND state = 'running'",
    "pairs.silent": "SELECT 1 FROM pair_sides JOIN pairs ON pairs.id = pair WHERE pair_sides.id = ?"
    " AND state = 'running'",
    "pairs.begun": _RUNNING,
    "pairs.change": _RUNNING,
    "pairs.settled": _RUNNING,
    "pairs.paused": _RUNNING,
    "pairs.lapsed": "",
    "pairs.ended": "",
    "contact.ready": "",
    "paths.joined": "SELECT 1 FROM path_companions WHERE id = ?",
    "paths.term": "SELECT 1 FROM path_companions WHERE id = ?",
    "paths.met": "SELECT 1 FROM path_answers WHERE id = ?",
    "paths.told": "SELECT 1 FROM path_answers WHERE id = ? AND told",
    "paths.look": "SELECT 1 FROM path_commitments JOIN paths ON paths.id = path"
    " WHERE path_commitments.id = ? AND state = 'open'",
    "paths.entered": "SELECT 1 FROM path_requests WHERE id = ?",
    "paths.asked": "SELECT 1 FROM path_requests WHERE id = ? AND released_at IS NOT NULL",
    "paths.ready": f"{_OPEN_PATH} AND ready_at IS NOT NULL",
    "paths.changed": _OPEN_PATH,
    "paths.closed": "",
    "reminders.barred": "SELECT 1 FROM reminders WHERE id = ? AND state = 'barred'",
}
"""For each kind of message, a query for the row that it is about. The end of a tie or pair may have none."""

_LIMITS = (
    (
        "SELECT count(*) AS many FROM asks WHERE state IN ('open', 'paused') GROUP BY asker",
        OPEN_AT_MOST,
        "open asks of one person",
    ),
    (
        "SELECT count(*) AS many FROM askings JOIN asks ON asks.id = ask WHERE state IN ('open', 'paused')"
        # One that a boundary keeps from its answerer doesn't count: they could notice the boundary by it.
        " AND reply != 'cant' AND NOT parted AND NOT (held AND reply = 'asked')"
        " GROUP BY CASE WHEN asker < answerer THEN asker ELSE answerer END,"
        " CASE WHEN asker < answerer THEN answerer ELSE asker END",
        1,
        "open asks between the same two",
    ),
    (
        "SELECT count(*) AS many FROM talks WHERE state NOT IN ('talked', 'closed') GROUP BY asker",
        1,
        "open talks of one person",
    ),
    (
        "SELECT count(*) AS many FROM carryings WHERE state IN ('open', 'agreed') GROUP BY author",
        1,
        "carriers of one person's terms",
    ),
    ("SELECT count(*) AS many FROM ties GROUP BY owner, server", MEMBERS_AT_MOST, "people in one pod"),
)
_ASKED_IN_REST = """
SELECT 'an ask' AS what FROM askings JOIN asks ON asks.id = ask JOIN people ON people.id = answerer
WHERE resting_until > ? AND reply IN ('asked', 'reading') AND state IN ('open', 'paused')
UNION ALL
SELECT 'a talk' FROM talk_requests JOIN talks ON talks.id = talk JOIN people ON people.id = person
WHERE resting_until > ? AND reply IS NULL AND state = 'waiting'
"""
_TIES_THERE = (
    ("a path", "SELECT 1 FROM paths WHERE owner = ? AND state = 'open'"),
    ("a place beside a path", "SELECT 1 FROM path_companions WHERE person = ?"),
    (
        "an invitation to a path",
        "SELECT 1 FROM path_invitations WHERE (owner = ? OR member = ?) AND state = 'open'",
    ),
    ("a tie", "SELECT 1 FROM ties WHERE owner = ? OR member = ?"),
    ("an invitation", "SELECT 1 FROM invitations WHERE (owner = ? OR member = ?) AND state = 'open'"),
    ("an open ask", "SELECT 1 FROM asks WHERE asker = ? AND state != 'closed'"),
    (
        "an answer",
        "SELECT 1 FROM askings JOIN asks ON asks.id = ask WHERE answerer = ? AND state != 'closed'"
        " AND reply IN ('asked', 'reading', 'beyond')",
    ),
    ("a talk", "SELECT 1 FROM talks WHERE asker = ?"),
    ("what is carried", "SELECT 1 FROM carryings WHERE (author = ? OR carrier = ?) AND state = 'agreed'"),
    (
        "a request",
        "SELECT 1 FROM talk_requests JOIN talks ON talks.id = talk WHERE person = ? AND reply IS NULL"
        " AND state = 'waiting'",
    ),
)


def _moment(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
