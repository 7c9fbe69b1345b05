"""What an export says: the names of its parts, and what stands in them in words."""

TITLE = "What Plumbline holds about you"
INTRO = (
    "You asked for this on {day}. It has what Plumbline keeps about you, and your own words. What other people wrote is theirs, "
    "so it isn't in here. Dates and times are in UTC. Only your quiet hours, and the hour at which a pair checks in, are in your own time zone."
)
PART = "Part {number}. The export was too large for one file, so it comes in parts."
EMPTY = "Nothing."
YES, NO = "yes", "no"
NO_LONGER_KEPT = "no longer kept"
SCHEMA_TITLE = "An export of Plumbline"

TABLES = {
    "asks": "What you asked your friends, and drafts",
    "askings": "Asks from friends that you opened, and your answers",
    "talks": "When you asked somebody to talk",
    "talk_requests": "Talks that you agreed to",
    "pairs": "Your pairs",
    "pair_sides": "What you wrote for a partner",
    "check_ins": "Your check-ins",
    "pair_changes": "Changes to a schedule that you suggested or began",
    "ties": "Pods: yours, and those you are in",
    "invitations": "Invitations to pods",
    "plans": "What you plan to do",
    "norm_versions": "Norms that you proposed or published",
    "norm_stands": "Your answers to norms",
    "norm_drafts": "Drafts of norms that you changed last",
    "norm_notes": "What you wrote to moderators",
    "norm_readers": "Notes from members that were sent to you as a moderator",
    "reports": "Reports that you made to moderators",
    "report_readers": "Reports that were sent to you as a moderator",
    "bars": "Times you stopped somebody from starting things",
    "reminders": "Reminders in channels that you set",
    "moderators": "Servers where you used `/manage`",
    "adults": "Whether you had a server's role for adults when you were last seen",
    "config_log": "Settings that you changed",
    "contact_alarms": "A reminder before you write to somebody",
    "boundaries": "People you set a boundary with",
    "outbox": "Messages from me to you",
    "people": "Your account and your settings",
    "names": "Your name in servers where you used me",
    "consents": "What you agreed to",
}
"""The heading of each table that is exported."""

COLUMNS = {
    "about": "what it is about",
    "action": "what you'll do",
    "asked_at": "asked on",
    "at": "on",
    "cadence": "how often",
    "came": "you used me there",
    "changed_at": "changed on",
    "closed_at": "closed on",
    "closes_at": "could be answered until",
    "day": "day",
    "day_at": "day",
    "did_at": "done on",
    "content": "what you wrote",
    "different": "what you'd do differently",
    "discord_id": "your Discord account",
    "done_at": "marked as done on",
    "ended_at": "ended on",
    "ends_at": "waits for answers until",
    "goes_at": "deleted on",
    "holds": "you had it",
    "kind": "kind",
    "kept_days": "kept for so many days after it closed",
    "late": "asked late",
    "made_at": "made on",
    "message": "the message it began with",
    "minor_since": "you told me you're under 18 on",
    "minute": "at",
    "month": "asked about it after so many months",
    "moved_to": "moved to",
    "name": "name",
    "next_at": "next check-in at",
    "next_day": "next check-in on",
    "note": "note",
    "now": "new value",
    "number": "number",
    "opened_at": "opened on",
    "other": "who",
    "quiet_end": "quiet hours end at",
    "quiet_start": "quiet hours begin at",
    "proposed": "suggested to your partner",
    "question": "number of the question",
    "reason": "why",
    "reads": "sent to you",
    "report": "report",
    "renew": "to go on after the last check-in",
    "reply": "your reply",
    "resting_until": "resting until",
    "seen_at": "last seen on",
    "sent_at": "sent on",
    "server": "server",
    "setting": "setting",
    "shared_at": "shared on",
    "since": "since",
    "stand": "your answer",
    "state": "state",
    "status": "how it went",
    "stay_away": "what you stay away from",
    "text": "text",
    "until": "until",
    "username": "username",
    "version": "version",
    "was": "earlier value",
    "weeks": "for how many weeks",
    "words": "what you wrote",
    "zone": "time zone",
}
"""What each exported column is called."""

PARTS = {
    "aim": "what you want to change",
    "asking": "what you'd like to know",
    "felt": "what they said or did, and may have felt",
    "impact": "what it may have been like for them",
    "missing": "what you can't tell from here",
    "offer": "what you offered",
    "reason": "why you reported it",
    "signs": "what others may notice",
    "step": "a next step",
    "what": "what you did",
    "words": "what a partner can say",
    "zone": "time zone as you typed it",
}
"""What each part of a text with several fields is called."""

TIMES_OF_DAY = ("minute", "quiet_end", "quiet_start")
"""The columns that hold minutes since midnight."""
LEFT_OUT = (
    "check_ins.question",
    "norm_notes.version",
    "norm_readers.note",
    "norm_stands.version",
    "report_readers.report",
)
"""What only programs need, such as ids. It is in the JSON, and not on the page."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_OF_MONTH, LAST_DAY = "day {day} of the month", "the last day of the month"
_CADENCES = {
    "weekly": "weekly",
    "twice": "twice a week",
    "fortnight": "every two weeks",
    "monthly": "monthly",
}
VALUES = {
    "asks.state": {"draft": "not sent", "open": "open", "paused": "paused", "closed": "closed"},
    "asks.kind": {
        "off": "something felt off",
        "said": "something you said",
        "pushed": "you pushed, or kept going",
        "saw": "something you saw",
        "named": "a friend of yours did something",
    },
    "talks.about": {
        "did": "something you did",
        "others": "something you saw or heard of",
        "hard": "something hard",
    },
    "talk_requests.reply": {"today": "today", "tomorrow": "tomorrow"},
    "pairs.state": {
        "draft": "not sent",
        "proposed": "waits for an answer",
        "running": "running",
        "ended": "ended",
    },
    "pairs.cadence": _CADENCES,
    "pair_changes.cadence": _CADENCES,
    "pair_sides.about": {"habit": "a habit", "people": "how you treat people"},
    "check_ins.status": {
        "on_track": "on track",
        "hard": "hard",
        "slipped": "off track",
        "skip": "skipped",
        "unasked": "not asked",
    },
    "plans.state": {
        "wants_day": "without a day",
        "set": "has a day",
        "asked": "waits for you to say whether you did it",
        "keeping": "done",
        "still": "done, and waits for you to say whether you still do it",
        "ended": "ended",
    },
    "norm_stands.stand": {"in": "I'm in", "concern": "a concern"},
    "norm_notes.kind": {"concern": "a concern", "suggestion": "a suggestion"},
    "norm_notes.state": {"draft": "not sent", "sent": "sent", "done": "marked as done"},
    "reports.state": {"draft": "not sent", "sent": "sent", "done": "marked as done"},
    "bars.state": {"proposed": "suggested", "holds": "holds"},
    "reminders.kind": {"norm": "a norm", "story": "a story", "event": "before an event"},
    "consents.text": {
        "ask": "how asking friends works",
        "ask.days": "for how many days a text is kept",
        "settings.adult": "that you're 18 or older",
    },
}
"""What each value means, by table and column, where the value itself is a word for programs."""
FEATURES = {
    "asks": "about an ask",
    "contact": "about a text that you may send now",
    "norms": "about norms",
    "pairs": "about a pair",
    "plans": "about a plan of yours",
    "pods": "about a pod",
    "reminders": "about reminders",
    "reports": "about a report or a bar",
    "servers": "about a server's settings",
    "talks": "about a talk",
}
"""What a message was about, by the first part of its kind."""
