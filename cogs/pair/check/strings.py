"""What is said around a check-in; its questions are in `data/prompts/`."""

CHECK_TITLE = "Your check-in with {name}"
LATE = "This came late, and that was my fault."
ONLY_YOU = "I don't show anybody your answer, unless you share it."
AIM = "What you're working on"
HOW = "**How has this been going?**"
LAST = "This is your last check-in."
LAST_QUESTION = "What has changed since you began?"
TO_THINK_ABOUT = "If you'd like something to think about: {question}"
ON_TRACK, HARD, SKIP = "On track", "It's been hard", "Skip"
SLIPS = {"habit": "I slipped up", "people": "I didn't stick to it", "": "Off track"}
"""The answer that something went wrong, by what the aim is about. The last is for aims of version 0.1."""
WORDS = {"on_track": "On track", "hard": "Hard", "skip": "Skipped"}
SLIPPED = {"habit": "Slipped up", "people": "Didn't stick to it", "": "Off track"}
UNASKED = "Not asked"
UNANSWERED = "No answer"
TALK = "I'd like to talk"
YES_UNSURE = "Yes, or I'm not sure"
NO = "No"
NOTED = {
    "on_track": "What has helped? If you write it down, you'll have it for a harder time.",
    "hard": "Hard times are part of changing something. If it stays hard, a smaller step may help.",
    "skip": "You don't need a reason to skip.",
}
NOTED_SLIP = {
    "habit": "You can go on from here. It often helps to look at what happened right before.",
    "people": "What happened right before, and what could you do next time? If you find out that somebody was hurt or scared, come back and press `Another answer`.",
    "": "What happened right before, and what could you do next time? If you find out that somebody was hurt or scared, come back and press `Another answer`.",
}
UNDECIDED = "Right now I show this to nobody else. You can share it, or keep it to yourself."
SHARED_NOW = "**{name}** can read this now. You can take it back at any time."
KEPT_NOW = "I show this only to you."
TAKEN_NOW = "**{name}** can't open this any more, but they may have read it before."
SHARED_THEN = "**{name}** can read this."
NOTES_TITLE = "Your notes"
NO_NOTES = "You haven't written or shared anything here, or it has been deleted by now. You can add a note each time you answer a check-in."
NOTE = "Your note"
THEIR_NOTE = "Their note"
NO_NOTE_TITLE = "The note is empty"
NO_NOTE = "There were no words in it, so nothing was changed. Write a word or two, or go back without a note."
ADD_NOTE = "Add a note"
CHANGE_NOTE = "Change the note"
SHARE = "Share with {name}"
SHARE_UNNAMED = "Share with them"
KEEP_MINE = "Keep it mine"
OTHER_ANSWER = "Another answer"
WISHED = "You'd like to talk. **{name}** can see that, unless they're taking a break from questions. If they answer, I'll tell you."
WISH_LATER = "**{name}** would like to talk too, but later. Find a time that suits you both."
WISH_NOT_NOW = "**{name}** doesn't want to talk this time. There can be many reasons for that."
RENEW = "Keep going"
CLOSE = "End the pair"
LAST_TEXT = "This was your last check-in. If you both press `Keep going`, you'll have as many again. If not, the pair ends by itself."
SHARED_TITLE = "{name} shared this"
SHARED_TEXT = "On {day} they answered: **{status}**."
OWN_TEXT = "On {day} you answered: **{status}**."
QUESTION = "I gave them this to think about: {question}"
SHARED_SMALL = "It's theirs, so please keep it between the two of you, unless somebody may be in danger."
PAGE = "{number} of {count}"
NEWER = "Newer"
OLDER = "Older"
YES_LATER = "Yes, later"
NOT_THIS_TIME = "Not this time"
SAID_LATER_TITLE = 'You said "Yes, later"'
SAID_LATER = "Now find a time with **{name}** that suits you both. You can take as long as you need."
SAID_NOT_NOW_TITLE = 'You said "Not this time"'
SAID_NOT_NOW = "That's your answer to **{name}**, and you don't have to explain it."
ANSWERED_TITLE = "You asked to talk"
TONIGHT = "Ask me tonight"
TONIGHT_TITLE = "I'll ask you again tonight"
TONIGHT_TEXT = "I'll write to you at {at}. **{name}** isn't told that you moved it. If you'd rather answer now, you still can."
ANSWER_NOW = "Answer now"
MOVED = "You asked me to come back at {at}. If you answer now, I won't."
TOO_LATE_TITLE = "It's too late for tonight"
TOO_LATE = "I can ask again between 20:00 and 22:00, but that time is over today, or it's in your quiet hours. This check-in stays open, so you can answer it now or another day."
