"""What is said around a check-in; its questions are in `data/prompts/`."""

CHECK_TITLE = "Your check-in with {name}"
LATE = "It comes late; that was on our side."
ONLY_YOU = "Only you see what you answer, unless you share it."
LAST_QUESTION = "This is the last one. What has changed since you began?"
STATUSES = {"on_track": "On track", "hard": "Hard week", "slipped": "Slipped", "skip": "Skip"}
UNASKED = "not asked"
UNANSWERED = "no answer"
TALK = "I'd like to talk"
YES_UNSURE = "Yes, or I'm not sure"
NO = "No"
NOTED_TITLES = {
    "on_track": "On track",
    "hard": "A hard week",
    "slipped": "Slipped",
    "skip": "Skipped",
}
NOTED = {
    "on_track": "Noted. What helped is worth a line, if you like.",
    "hard": "Noted. A hard week is part of it.",
    "slipped": "Noted. It counts that you say so. What happened right before it?",
    "skip": "Noted. Skipping needs no reason.",
}
UNDECIDED = "Nothing of this is shared yet."
SHARED_NOW = "This is shared: **{name}** can read it, and you can take it back at any time."
KEPT_NOW = "It is yours alone."
TAKEN_NOW = "**{name}** can't open it any more. What was read before can't be unread."
SHARED_THEN = "**{name}** can read this."
NOTES_TITLE = "Your notes"
NO_NOTES = "You have written no note here, and shared nothing, that is still kept."
NOTE = "Your note"
THEIR_NOTE = "Their note"
NO_NOTE_TITLE = "The note is empty"
NO_NOTE = "Write a word or two, or leave it without a note. Nothing was changed."
ADD_NOTE = "Add a note"
CHANGE_NOTE = "Change the note"
SHARE = "Share with {name}"
SHARE_UNNAMED = "Share with them"
KEEP_MINE = "Keep it mine"
OTHER_ANSWER = "Another answer"
WISHED = "**{name}** can read that you would like to talk, if they take questions now. Only their answer comes back."
WISH_LATER = "**{name}** said: yes, later. Find the hour between you."
WISH_NOT_NOW = "**{name}** said: not this time. That can have many reasons."
RENEW = "Renew"
CLOSE = "Close"
LAST_TEXT = (
    "This was the last check-in. `Renew` asks for as many again; without it, the pair closes by itself."
)
SHARED_TITLE = "{name} shared this"
SHARED_TEXT = "**{status}**, on {day}"
SHARED_SMALL = "It is theirs: it goes no further than you."
PAGE = "{number} of {count}"
NEWER = "Newer"
OLDER = "Older"
YES_LATER = "Yes, later"
NOT_THIS_TIME = "Not this time"
SAID_LATER_TITLE = "You said: yes, later"
SAID_LATER = "**{name}** hears that. Find the hour between you."
SAID_NOT_NOW_TITLE = "You said: not this time"
SAID_NOT_NOW = "**{name}** hears that, and no reason."
ANSWERED_TITLE = "About talking"
