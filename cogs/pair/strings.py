"""What `/pair` says; its forms are in `data/forms/`, its questions in `data/prompts/`."""

COMMAND = "pair"
DESCRIPTION = "Two people check in with each other, each about something of their own."
START, START_WHAT = "start", "Ask somebody to check in with you for a while."
SHOW, SHOW_WHAT = "show", "Your pairs: when you're asked next, and what you wrote for each other."
CHANGE, CHANGE_WHAT = "change", "Suggest another day, time or length."
PAUSE, PAUSE_WHAT = "pause", "Stop the check-ins for both of you for a while."
RESUME, RESUME_WHAT = "resume", "Start again before your pause is over."
END, END_WHAT = "end", "End a pair right away. You don't need a reason."
HISTORY, HISTORY_WHAT = "history", "Look back at your own answers, month by month."
PARTNER = "The person you'd like to check in with."
CADENCE = "How often I ask you both."
DAY = "The day of the week, or of the month."
AT = "The time of day by your own clock, like 18:00."
WEEKS = "For how many weeks, 4 to 52. It's 12 if you leave this out."
ZONE = "Your time zone: type a city near you, like Berlin or Auckland."

# -- the schedule -----------------------------------------------------------------------------------

CADENCES = {
    "weekly": "every week",
    "twice": "twice a week",
    "fortnight": "every two weeks",
    "monthly": "every month",
}
AND = "{first} and {second}"
OF_MONTH = "day {day}"
LAST_OF_MONTH = "last day"
ON_LAST_OF_MONTH = "the last day"
TERMS = "{cadence} on {day} at {at}, for {weeks} weeks"
CADENCE_PROMPT = "How often?"
DAY_PROMPT = "On which day?"
EARLY_PROMPT = "On which day? 1 to 15"
LATE_PROMPT = "On which day? 16 to 28, or the last"
AT_PROMPT = "At what hour, by your own clock?"
WEEKS_PROMPT = "For how long?"
SOME_WEEKS = "{weeks} weeks"
BAD_TERMS_TITLE = "I can't use that day or time"
BAD_TERMS = (
    "For every month, a day is a number from 1 to 28, or `last`. Otherwise it's a weekday. A time looks like `18:00`, and the length is 4 to 52 weeks. "
    "Nothing was changed, so just try again. While you type, a list opens with everything that you can pick."
)

# -- a pair -----------------------------------------------------------------------------------------

NONE_TITLE = "You have no pair here yet"
NONE = (
    "A pair is two people who check in with each other for a while. Each of you works on something of your own, "
    "and I ask you both how it's going. To ask somebody, use `/pair start`."
)
WHICH_TITLE = "Which pair do you mean?"
WHICH_PROMPT = "Choose one"
WITH = "With {name}"
WAITS_FOR = "{name}, who hasn't answered yet"
ASKS_YOU = "{name}, who is asking you"
TITLE = "You and {name}"
STANDS = "{schedule}. The last check-in is on {last}."
STANDS_PAUSED = "{schedule}."
NEXT_AT = "Your next check-in is at {at}. {name} is asked at the same time of day by their own clock."
NEXT_NONE = "You have no check-in ahead of you."
LOST_ZONE = (
    "I don't know your time zone ({zone}) any more, so I use UTC for your check-ins. Choose it again in `/settings`, "
    "and then press `Move my check-ins too`."
)
PAUSED_UNTIL = "It's paused until {until}. I won't ask either of you before then."
THEIRS = "{name} wrote this for you. When you notice the signs, you can say the sentence."
MINE = "This is what {name} can read of yours."
AIM = "Working on"
SIGNS = "What you might notice first"
SAY = "What you can say then"
TO_CHECK = "My check-in"
SHARED_BUTTON = "What they shared"
MY_WORDS = "What I wrote"
THEIR_WORDS = "What they wrote"
CHANGE_BUTTON = "Change"
PAUSE_BUTTON = "Pause"
RESUME_BUTTON = "Resume"
END_BUTTON = "End"
FILE_BUTTON = "Calendar file"
HISTORY_BUTTON = "History"
SHOW_BUTTON = "Show the pair"
BACK = "Back"
OFFERED = "**{name} suggests a change:** {schedule}, starting once you agree."
OFFERED_RENEW = "**{name} would like to keep going:** {schedule}, starting once you agree."
AGREE = "Agree"
AS_IS = "Keep it as it is"
I_PUT = "You suggested a change: {schedule}. {name} hasn't answered yet."
CHANGE_TITLE = "Change your check-ins"
CHANGE_TEXT = "Right now it's {now}.\nYou'd suggest {then}. Nothing changes until {name} agrees, and the weeks count from then."
PUT = "Suggest it"
SETTLED_TITLE = "How it is now"
PAUSE_TITLE = "Pause until when?"
PAUSE_TEXT = (
    "I won't ask either of you during the pause. The check-ins that are left come after it. "
    "{name} will see that you paused, but not why."
)
PAUSES = {"7": "In a week", "14": "In two weeks", "28": "In four weeks", "56": "In eight weeks"}
PAUSED_TITLE = "{name} paused your check-ins"
PAUSED_TEXT = "I won't ask either of you until {until}. There's nothing you need to do."
NOTHING_LEFT_TITLE = "There's nothing left to pause"
NOTHING_LEFT = "You've had all your check-ins. With `/pair change` you can suggest more of them, and with `/pair end` you can end the pair."
BY_OTHER_TITLE = "It's paused until {until}"
BY_OTHER = (
    "The other person paused it, so only they can start again sooner. You can end the pair at any time."
)
END_TITLE = "End this pair?"
END_TEXT = (
    "It ends right away, for both of you. {name} reads that your pair has ended, and nothing else. "
    "I delete what you wrote for each other now, and your own notes after 7 days."
)
END_SURE = "End it now"
KEEP = "Keep it"
ENDED_TITLE = "Your pair with {name} has ended"
ENDED_UNNAMED_TITLE = "One of your pairs has ended"
ENDED_OWN = "You don't owe anybody a reason. Your own answers stay in `/pair history` for 7 days."
ENDED = "There's nothing you need to do. Your own answers stay in `/pair history` for 7 days after the end."
CLOSED_TITLE = "This is closed"
CLOSED = "There's nothing left to do here. To see what's still open, use `/pair show`."
LAPSED_TITLE = "Your request to {name} has run out"
LAPSED_UNNAMED_TITLE = "Your request has run out"
LAPSED = (
    "It was open for 14 days, and there can be many reasons why nobody answered. I've deleted what you wrote. "
    "With `/pair start` you can ask somebody else."
)
FILE_TITLE = "For your own calendar"
FILE_TEXT = 'This file has your check-ins at your own local time. Each one is only called "{title}", and you can give it another name.'
FILE_NAME = "reminder.ics"
EVENT = "Reminder"
NO_FILE_TITLE = "Nothing is planned right now"
NO_FILE = (
    "You have no check-in ahead of you that I could put in a calendar. `/pair show` says how things are."
)
ZONES_TITLE = "Your check-ins have moved"
ZONES_MOVED = "From now on, I ask you at the agreed time in your new time zone."

BEGUN_TITLE = "You and {name} are a pair"
BEGUN = "You've both written your part. I'll ask you for the first time at {at}."
TAKE_BACK = "Take it back"
MISSED_TITLE = "Two check-ins went by"
MISSED = "That happens, and nobody else was told. The next one is at {at}, and you can skip it too."
SILENT_TITLE = "Does this still suit you?"
SILENT = (
    "You could pick another time, take a break, or end it. You don't need a reason for any of these. "
    "I haven't told anybody that you've been quiet."
)
RENEWING = "You said you'd like to keep going. If **{name}** says so too, I'll go on asking you both."

# -- in /inbox --------------------------------------------------------------------------------------

IN_CHECK = "Your check-in is waiting."
IN_SHARED = "**{name}** shared something with you."
IN_WISH = "**{name}** would like to talk."
IN_LATER = "**{name}** answered about talking."
IN_MISSED = "Two check-ins went by."
IN_SILENT = "Does your pair still suit you?"
IN_BEGUN = "You and **{name}** are a pair."
IN_LAPSED = "Nobody answered a request of yours."
IN_CHANGE = "**{name}** suggests a change."
IN_SETTLED = "You and **{name}** settled how your pair goes on."
IN_PAUSED = "**{name}** paused your check-ins."
IN_ENDED = "One of your pairs has ended."
IN_PROPOSED = "**{name}** would like to check in with you."
IN_DRAFT = "You began to set up a pair. I keep it until {until}."

# -- refusals ---------------------------------------------------------------------------------------

YOURSELF_TITLE = "That's you"
YOURSELF = "A pair needs two people, so pick somebody else. To look at something on your own, press `Think it through`."
THINK = "Think it through"
BOT_TITLE = "That's a bot"
BOT = "A pair is for two people, so pick somebody else."
OWN_CHOICE_TITLE = "I haven't asked them"
OWN_CHOICE = (
    "That's because of something you chose yourself. I don't say here what it is, since somebody may look at your screen. "
    "When you're alone, look in `/settings` and `/boundary`. I told them nothing."
)
PAIRED_TITLE = "There's already a pair or a request"
PAIRED = "The two of you are a pair here, or one of you has asked the other. You can look at it now."
FULL_TITLE = "You have {limit} pairs"
FULL = "That's the most you can have, and requests without an answer count too. To make room, end one or take one back."
NO_PARTNER_TITLE = "You haven't picked anybody yet"
NO_PARTNER = "Go back to the card and choose a member first."
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = (
    "Each of the first three fields needs a few words. What you typed is still there when you press `Edit`."
)
ZONE_TITLE = "I don't know that time zone"
ZONE_TEXT = (
    "Type a city near you, like Berlin or Auckland. If I don't know yours, try a bigger one where it's the same time. "
    "What you typed is still there when you press `Edit`."
)
