"""What is said about reminders, to moderators and in channels."""

# -- in channels ------------------------------------------------------------------------------------

WHY = "Why"
AGREED = "We agreed on this here, and you can read all of it in `/norms`."
PUBLISHED = "One of this server's norms. `/norms` has all of them."
BEFORE_EVENT = "Before {event}:"
SOME_EVENT = "the next event"
EVENT_NORM = "**{title}**\n{norm}"
NIGHT_OFFER = (
    "{event}: do you want to plan that night together? You agree who looks out for you, and how you get home."
)
PLAN_TOGETHER = "Plan it together"
WHY_TITLE = "**Why**\n{text}"
KEPT_TITLE = "**What keeping it looks like**\n{text}"
QUESTION_TITLE = "**Worth talking about**\n{text}"
NO_MORE = "Nobody has written down why yet, but you can suggest something in `/norms`."
RETIRED = "This norm has been dropped since. You can read the ones this group has now in `/norms`."
BARRED_LINE = "I paused a reminder, because I can't post in its channel any more. Press the button to see which one it is and what you can do."
LOOK = "Look at it"

# -- all of them ------------------------------------------------------------------------------------

HOME_TITLE = "Reminders"
HOME = (
    "People read reminders that are rare. So unless you choose otherwise, I post one only when people have been talking in the channel. "
    "One before events comes either way. I delete the one before it."
)
HOME_EMPTY = (
    "You don't have any reminders yet. A reminder brings one norm or one story back to a channel, once a week at most or before events. Unless you choose "
    "otherwise, I post a weekly or monthly one only when people have been talking there. I delete the one before it."
)
NO_NORMS = (
    "**Your group hasn't got any norms yet**, so I can't post any. You can write some in `/manage norms`."
)
ITEM = "**{title}** in {channel}\n{when}\n{limits}\n{state}"
LOST_ZONE = (
    "I don't know the time zone {zone} any more, so I'm using UTC for this reminder. To choose another one, press `Change`, then "
    "`Time zone`."
)
OPEN = "Open"
ADD = "Add"
REST_ALL = "Pause all for a month"
ALL_REST = "I've paused all of them for a month. To start one earlier, open it and press `Resume`."
FULL_TITLE = "You have as many reminders as I can keep"
FULL = (
    "A server can have {limit} reminders, because people stop reading more than that. Remove one in `/manage reminders` before you add "
    "another."
)

# -- one --------------------------------------------------------------------------------------------

TITLES = {
    "norm": "One norm at a time",
    "story": "One short story at a time",
    "event": "A norm before events",
    "night": "Planning the night before events",
}
KIND_TITLE = "What would you like to bring back?"
KIND_TEXT = (
    "**One norm at a time** · I post its title and its sentence, and people can press `Why` to read more.\n\n"
    "**A norm before events** · I do the same some time before each scheduled event of this server.\n\n"
    "**Planning the night before events** · Some time before each event, I ask in one line whether people want to plan that night together "
    "with `/night`, and agree on who looks out for them.\n\n"
    "**One short story at a time** · I post its title and a question to talk about, and people can press `Read`. The "
    "stories are made up, and some are hard: pressure for sex, sexual assault, stalking, nude pictures passed on, and one about a child in the family. Don't post them "
    "where people under 18 read. If something has happened in your group, pause them for a while, because they can come too close."
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
AFTER_NONE = "even if nobody has written"
QUIET = "never from {start} to {end}"
QUIET_ZONED = "never from {start} to {end} ({zone})"
LOGGED = "{when}, in {channel}"
LOGGED_PAUSED = "{when}, in {channel}, paused"
LOGGED_UNTIL = "{when}, in {channel}, paused until {until}"
SOMEWHERE = "a channel that is gone"

STATE_NEW = "You haven't started it yet"
STATE_PAUSED = "Paused"
STATE_BARRED = "Paused, because I couldn't post there"
STATE_REST = "Paused until {until}"
NEXT = "Next: {at}"
NO_EVENT = "There's no event coming up that it could go before"
EVENT_QUIET = "If a reminder would fall in the quiet hours, and the event begins before they end, I skip it."
MOVES = "{at} is in the quiet hours, so I post at {end}."
ZONE_IS_UTC = "**Time zone** · UTC. If your group's clocks show another time, press `Time zone`."
TROUBLE = "**I'm missing a permission in its channel**"

START, DISCARD = "Start", "Discard"
DONE = "Done"
CHANGE = "Change"
PREVIEW = "Preview"
PAUSE, RESUME, REST = "Pause", "Resume", "Pause for a month"
SKIP = "Skip the next"
SKIP_STORY = "Skip this story"
TIMES = "The next five times"
REMOVE = "Remove"
BACK = "Back"
ZONE = "Time zone"
LIMITS = "Limits"

EDIT_TEXT = "**When** · {when}\n**Where** · {channel}\n**Limits** · {limits}"
EDIT_SMALL = "You can change any of this later, and everything you choose is saved at once."
LIMITS_TITLE = "Limits"
LIMITS_TEXT = "A reminder in an empty channel is only noise. I can wait until people have been talking, and stay silent at night.\n\n**Now** · {limits}"
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
LEAST_NONE = "Also when it's quiet"
QUIET_PROMPT = "Quiet hours?"
QUIET_OPTION = "Never from {start} to {end}"
QUIET_NONE = "At any hour"

LACKS = "In {channel} I still need {missing}."
CHANNEL_GONE = "Its channel is gone, or I can't see it, so please choose another one."
CHANNEL_GONE_HERE = "Its channel is gone, or I can't see it, so press `Change` to choose another one."
THEN = "Then press `{button}`."

TIMES_TITLE = "The next five times"
TIMES_TEXT = "{times}\n\nI only post this one {after}."
TIMES_ALWAYS = "{times}"
TIME = "- {at}"
TIME_EVENT = "- {at}, before {event}"
TIMES_NONE = "While it's paused, I won't post it."
TIMES_NO_EVENT = (
    "There's no event coming up that it could go before. When somebody creates one, I'll post it, unless it would fall in the quiet hours "
    "and the event begins before they end."
)

REMOVE_TITLE = "Remove this reminder?"
REMOVE_TEXT = "I'll stop posting it, and I'll delete the last one in {channel}."
REMOVE_SURE = "Remove it"
KEEP = "Keep it"
REMOVED = "I've removed the reminder. If its last message is still in the channel, I'm deleting it."

NOTHING_TITLE = "There's nothing to show yet"
NOTHING = "Your group hasn't got any norms yet, but you can write some in `/manage norms`, and this reminder will show them one at a time."

ZONE_TITLE = "Time zone"
ZONE_ABOVE = (
    "Type a city near you, like Berlin or Auckland. If I don't know it, try another one with the same time. If you need help with "
    "something else, there's `/support`."
)
ZONE_FIELD = "City or zone"
ZONE_WHICH_TITLE = "Which of these do you mean?"
ZONE_WHICH = "I know several time zones with a name like that."
ZONE_PROMPT = "Choose one"
ZONE_NONE_TITLE = "I don't know a time zone with that name"
ZONE_NONE = "Press `Edit` to try another city."
EDIT = "Edit"

BARRED_TITLE = "I paused a reminder"
BARRED = (
    "I can't post in {channel} any more. Somebody deleted it, or I'm missing a permission. In the server, open `/manage reminders` to "
    "see what's missing and where you can grant it. Then press `Resume`."
)
BARRED_OVER = "Somebody has started it again already, so there's nothing left for you to do."
IN_BARRED = "I paused a reminder, because I can't post in its channel."
