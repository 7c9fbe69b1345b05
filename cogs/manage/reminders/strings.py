"""What is said about reminders, to moderators and in channels."""

# -- in channels ------------------------------------------------------------------------------------

WHY = "Why"
AGREED = "Agreed on here. `/norms` shows all of it."
BEFORE_EVENT = "Before {event}:"
SOME_EVENT = "the next event"
EVENT_NORM = "**{title}**\n{norm}"
WHY_TITLE = "**Why**\n{text}"
KEPT_TITLE = "**What keeping it looks like**\n{text}"
QUESTION_TITLE = "**Worth talking about**\n{text}"
NO_MORE = "Nothing more was written about it. `/norms` takes a suggestion."
RETIRED = "This has been retired since. `/norms` shows what holds now."
BARRED_LINE = (
    "A reminder is paused, since Plumbline can't post in its channel. The button says which, and what to do."
)
LOOK = "Look at it"

# -- all of them ------------------------------------------------------------------------------------

HOME_TITLE = "Reminders"
HOME = "Rare ones are read. Each comes only when enough was said since its last one, and takes the place of that."
HOME_EMPTY = (
    "None yet. A reminder shows one norm in turn, at most every week, only when people have been talking, "
    "and deletes its last one."
)
NO_NORMS = "**No norms are in force yet**, so only stories are posted. `/manage norms` is where norms begin."
ITEM = "**{title}** · {channel}\n{when}\n{state}"
LOST_ZONE = (
    "Its time zone ({zone}) isn't known here any more, so I use UTC for it. Choose one again with `Change`, "
    "then `Time zone`."
)
OPEN = "Open"
ADD = "Add"
REST_ALL = "Pause all for a month"
ALL_REST = "All are paused for a month. Each can go on earlier: open it, then `Resume`."
FULL_TITLE = "That is as many as there can be"
FULL = (
    "A server has {limit} reminders at most: more would not be read. Remove one in `/manage reminders` first."
)

# -- one --------------------------------------------------------------------------------------------

TITLES = {"norm": "A norm in turn", "story": "A short story in turn", "event": "A norm before events"}
KIND_TITLE = "What should it show?"
KIND_TEXT = (
    "**A norm in turn** · its title, one sentence, and `Why` for whoever wants more.\n\n"
    "**A norm before events** · the same, some time before each scheduled event of this server.\n\n"
    "**A short story in turn** · only its topic and `Read`. Pause stories after an incident: they can be too close."
)
KIND_PROMPT = "Choose one"

EVERY = {
    "weekly": "Every {day} at {at} ({zone})",
    "fortnight": "Every second {day} at {at} ({zone})",
    "monthly": "On {day} of each month at {at} ({zone})",
}
OF_MONTH = "day {day}"
LAST_OF_MONTH = "the last day"
BEFORE = "{before} before each event of this server"
BEFORES = {15: "15 minutes", 30: "30 minutes", 60: "1 hour", 120: "2 hours", 1440: "24 hours"}
AFTER = "after {count} messages"
AFTER_NONE = "however quiet it is"
QUIET = "never from {start} to {end}"
QUIET_ZONED = "never from {start} to {end} ({zone})"
LOGGED = "{when}, in {channel}"
LOGGED_PAUSED = "{when}, in {channel}, paused"
LOGGED_UNTIL = "{when}, in {channel}, paused until {until}"
SOMEWHERE = "a channel that is gone"

STATE_NEW = "Not begun yet"
STATE_PAUSED = "Paused"
STATE_BARRED = "Paused, since Plumbline couldn't post there"
STATE_REST = "Paused until {until}"
NEXT = "Next: {at}"
NO_EVENT = "No event is planned that it would come before"
TROUBLE = "**Something is missing in its channel**"

START, DISCARD = "Start", "Discard"
DONE = "Done"
CHANGE = "Change"
PREVIEW = "Preview"
PAUSE, RESUME, REST = "Pause", "Resume", "Pause for a month"
SKIP = "Skip the next"
TIMES = "The next five times"
REMOVE = "Remove"
BACK = "Back"
ZONE = "Time zone"

IN = "In {channel}."
EDIT_TEXT = "Each of these can be changed at any time."
CHANNEL_PROMPT = "In which channel?"
CADENCE_PROMPT = "How often?"
CADENCES = {"weekly": "Every week", "fortnight": "Every two weeks", "monthly": "Every month"}
DAY_PROMPT = "On which day?"
EARLY_PROMPT = "On which day? 1 to 15"
LATE_PROMPT = "On which day? 16 to 28, or the last"
AT_PROMPT = "At what time?"
BEFORE_PROMPT = "How long before?"
BEFORE_OPTION = "{before} before"
LEAST_PROMPT = "After how many messages?"
LEAST_OPTION = "After {count} messages since its last one"
LEAST_NONE = "However quiet it is"
QUIET_PROMPT = "Quiet hours?"
QUIET_OPTION = "Never from {start} to {end}"
QUIET_NONE = "At any hour"

LACKS = "In {channel} Plumbline still needs {missing}."
CHANNEL_GONE = "Its channel is gone, or Plumbline can't see it. Choose another."
CHANNEL_GONE_HERE = "Its channel is gone, or Plumbline can't see it. `Change` has a list of channels."
THEN = "Then press `{button}`."

TIMES_TITLE = "The next five times"
TIMES_TEXT = "{times}\n\nEach only {after}."
TIMES_ALWAYS = "{times}"
TIME = "- {at}"
TIME_EVENT = "- {at}, before {event}"
TIMES_NONE = "None is planned while it is paused."
TIMES_NO_EVENT = "No event is planned that it would come before. It follows when one is created."

REMOVE_TITLE = "Remove it?"
REMOVE_TEXT = "It stops, and its last message in {channel} is deleted."
REMOVE_SURE = "Remove it"
KEEP = "Keep it"
REMOVED = "Removed."

NOTHING_TITLE = "There is nothing to show yet"
NOTHING = "No norms are in force here. `/manage norms` is where they begin; the reminder shows one as soon as there are some."

ZONE_TITLE = "Time zone"
ZONE_ABOVE = (
    "Help is at `/support`. Name a city near you, like Berlin or Auckland; where yours is not known, one that "
    "keeps the same time."
)
ZONE_FIELD = "City or zone"
ZONE_WHICH_TITLE = "Which of these?"
ZONE_WHICH = "Several zones are called something like it."
ZONE_PROMPT = "Choose one"
ZONE_NONE_TITLE = "There is no time zone of that name"
ZONE_NONE = "`Edit` opens the form again."
EDIT = "Edit"

BARRED_TITLE = "A reminder is paused"
BARRED = (
    "Plumbline can't post in {channel} any more: it was deleted, or a permission is missing. "
    "In the server, `/manage reminders` says what is missing and where to grant it; `Resume` lets it go on."
)
BARRED_OVER = "It goes on already. Nothing is needed from you."
IN_BARRED = "A reminder is paused: its channel can't be posted in."
