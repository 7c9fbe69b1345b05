"""What `/pair` says; its forms are in `data/forms/`, its questions in `data/prompts/`."""

COMMAND = "pair"
DESCRIPTION = "Check in with a partner, each about something of your own."
START, START_WHAT = "start", "Ask someone to be your partner for a while."
SHOW, SHOW_WHAT = "show", "Your pairs, what waits in them, and what you may say to each other."
CHANGE, CHANGE_WHAT = "change", "Suggest another day, hour or length."
PAUSE, PAUSE_WHAT = "pause", "No check-ins for either of you until a day."
RESUME, RESUME_WHAT = "resume", "Go on before that day."
END, END_WHAT = "end", "End a pair at once, without a reason."
HISTORY, HISTORY_WHAT = "history", "Your own months, as a calendar and in words."
PARTNER = "The member you would like to check in with."
CADENCE = "How often."
DAY = "A day of the week, or of the month."
AT = "The hour of your own day, like 18:00."
WEEKS = "How many weeks, 4 to 52; 12 if you leave it out."
ZONE = "Your time zone: type a city near you, like Berlin or Auckland."

# -- terms ------------------------------------------------------------------------------------------

CADENCES = {
    "weekly": "every week",
    "twice": "twice a week",
    "fortnight": "every two weeks",
    "monthly": "every month",
}
AND = "{first} and {second}"
OF_MONTH = "day {day}"
LAST_OF_MONTH = "last day"
TERMS = "{cadence}, {day}, at {at}, for {weeks} weeks"
CADENCE_PROMPT = "How often?"
DAY_PROMPT = "On which day?"
EARLY_PROMPT = "On which day? 1 to 15"
LATE_PROMPT = "On which day? 16 to 28, or the last"
AT_PROMPT = "At which hour of your own day?"
WEEKS_PROMPT = "For how long?"
SOME_WEEKS = "{weeks} weeks"
BAD_TERMS_TITLE = "That can't be chosen"
BAD_TERMS = (
    "A day is a weekday, or for every month 1 to 28 or `last`; an hour is like `18:00`; the length is 4 to 52 weeks. "
    "The lists that open while you type have them all. Nothing was changed."
)

# -- a pair -----------------------------------------------------------------------------------------

NONE_TITLE = "You are in no pair here"
NONE = (
    "A pair is two people who each want to change something of their own, and are asked about it at an agreed hour. "
    "`/pair start` asks somebody to be yours."
)
WHICH_TITLE = "Which pair?"
WHICH_PROMPT = "Choose one"
WITH = "With {name}"
WAITS_FOR = "{name}, who hasn't answered yet"
ASKS_YOU = "{name}, who asks you"
TITLE = "You and {name}"
STANDS = "{schedule}. The last check-in is on {last}."
NEXT_AT = "Your next check-in is at {at}. {name} is asked at the same hour of their own day."
NEXT_NONE = "No other check-in is due."
LOST_ZONE = (
    "Your time zone ({zone}) isn't known here any more, so I use UTC for your check-ins. Choose one again in `/settings`, "
    "and press `Move my check-ins too` there."
)
PAUSED_UNTIL = "It pauses until {until}. Nobody is asked before."
THEIRS = "{name} wrote this for you. It is yours to remember, and to say when you see the signs."
MINE = "You wrote this for {name}."
AIM = "Working on"
SIGNS = "What may be seen before"
SAY = "What may be said then"
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
OFFERED = "**{name} suggests:** {schedule}, counted from when you agree."
OFFERED_RENEW = "**{name} would like to go on:** {schedule}, counted from when you agree."
AGREE = "Agree"
AS_IS = "Keep it as it is"
I_PUT = "You suggested: {schedule}. It waits for {name}."
CHANGE_TITLE = "Other terms"
CHANGE_TEXT = "Now: {now}.\nYour suggestion: {then}, counted from when {name} agrees. Nothing changes before."
PUT = "Suggest it"
SETTLED_TITLE = "How it stands now"
PAUSE_TITLE = "Pause until when?"
PAUSE_TEXT = "Neither of you is asked until then; the check-ins that are left follow. {name} is told that it pauses, and no reason."
PAUSES = {"7": "In a week", "14": "In two weeks", "28": "In four weeks", "56": "In eight weeks"}
PAUSED_TITLE = "{name} paused the pair"
PAUSED_TEXT = "Until {until} neither of you is asked. Nothing is needed from you."
NOTHING_LEFT_TITLE = "There is nothing to pause"
NOTHING_LEFT = "No check-in is left. `/pair change` suggests to go on, `/pair end` ends it."
BY_OTHER_TITLE = "It pauses until {until}"
BY_OTHER = "Your partner paused it, and only they can go on earlier. You can end it at any time."
END_TITLE = "End it?"
END_TEXT = (
    'It ends at once, for you both. {name} reads one sentence: "This pair has closed. Nothing is needed from you." '
    "What you each wrote for the other is gone then; your own notes go after 7 days."
)
END_SURE = "End it now"
KEEP = "Keep it"
ENDED_TITLE = "This pair has closed"
ENDED_OWN = "It has ended, and no reason is owed. Your own months stay in `/pair history` for 7 days."
ENDED = "Nothing is needed from you."
CLOSED_TITLE = "This has closed"
CLOSED = "It takes nothing more. There is nothing you need to do."
LAPSED_TITLE = "Nobody took it up"
LAPSED = (
    "The 14 days are over. That can have many reasons. What you wrote is gone; `/pair start` begins another."
)
FILE_TITLE = "For your own calendar"
FILE_TEXT = 'Your check-ins, in your own time. The title says only "{title}"; put there what you like.'
FILE_NAME = "reminder.ics"
EVENT = "Reminder"
NO_FILE_TITLE = "Nothing is scheduled"
NO_FILE = "There is no check-in to put into a calendar right now."
ZONES_TITLE = "Moved"
ZONES_MOVED = "Your check-ins follow your time zone now."

BEGUN_TITLE = "You and {name} are a pair"
BEGUN = "You have both written yours. The first check-in comes at {at}."
TAKE_BACK = "Take it back"
MISSED_TITLE = "Two check-ins went by"
MISSED = "That happens. Nobody was told. The next one comes at {at}, and you can skip it too."
SILENT_TITLE = "Does it still fit?"
SILENT = "Another day or hour, a pause, or an end: each is fine, and none needs a reason. Nobody was told that you were quiet."
RENEWING = "You said that you would go on. It goes on if **{name}** says so too."

# -- in /inbox --------------------------------------------------------------------------------------

IN_CHECK = "Your check-in waits."
IN_SHARED = "**{name}** shared something with you."
IN_WISH = "**{name}** would like to talk."
IN_LATER = "**{name}** answered about talking."
IN_MISSED = "Two check-ins went by."
IN_SILENT = "Does your pair still fit?"
IN_BEGUN = "You and **{name}** are a pair."
IN_LAPSED = "What you asked of somebody was not taken up."
IN_CHANGE = "**{name}** suggests other terms."
IN_SETTLED = "The terms of your pair were looked at."
IN_PAUSED = "**{name}** paused your pair."
IN_ENDED = "A pair has closed."
IN_PROPOSED = "**{name}** would like to check in with you."
IN_DRAFT = "A pair that you began, kept until {until}."

# -- refusals ---------------------------------------------------------------------------------------

YOURSELF_TITLE = "That's you"
YOURSELF = "A pair takes two. Choose somebody else; for a quiet look of your own, `Think it through`."
THINK = "Think it through"
BOT_TITLE = "That's a bot"
BOT = "Only people can be a partner. Choose somebody else."
BOUNDARY_TITLE = "You set a boundary with them"
BOUNDARY = "Take it back in `/boundary` first, if you want to ask them. They were never told of it."
BOUNDARIES = "Boundaries"
PAIRED_TITLE = "There is one already"
PAIRED = "The two of you are a pair here, or one waits for the other's answer."
FULL_TITLE = "You have {limit} pairs"
FULL = "That is as many as there can be, those that wait for an answer included. End one, or take one back, to make room."
NO_PARTNER_TITLE = "Nobody is chosen yet"
NO_PARTNER = "Choose a member on the card first."
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = (
    "Each of the first three needs a few words. What you typed is kept. `Edit` opens the form as you left it."
)
ZONE_TITLE = "There is no time zone of that name"
ZONE_TEXT = (
    "Name a city near you, like Berlin or Auckland; where yours is not known, one that keeps the same time. "
    "The rest of what you typed is kept. `Edit` opens the form as you left it."
)
