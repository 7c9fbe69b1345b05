"""What `/settings` says."""

COMMAND = "settings"
SETTINGS = "Your time zone, quiet hours, rest and age. They hold on every server."
ZONE_OPTION = "zone"
ZONE = "Type a city near you, like Berlin or Auckland, and choose it from the list."

TITLE = "Your settings"
SMALL = "They hold on every server, and only you see them."
ZONE_LINE = "**Time zone** · {zone}, where it is {clock} now\nDays you choose and quiet hours follow it."
NO_ZONE_LINE = (
    "**Time zone** · none yet, so we go by UTC, where it is {clock} now\n"
    "Days you choose and quiet hours follow it."
)
LOST_ZONE_LINE = (
    "**Time zone** · yours ({zone}) isn't known here any more, so I use UTC, where it is {clock} now\n"
    "Please choose one again with `Time zone`."
)
QUIET_LINE = "**Quiet hours** · {start} to {end}\nNo message is sent to you then; it comes when they end."
NO_QUIET_LINE = "**Quiet hours** · none\nHours of your day in which no message is sent to you."
REST_LINE = "**Rest** · until {until}\nNobody can ask you anything new."
REST_OPEN_LINE = "**Rest** · until you say otherwise\nNobody can ask you anything new."
NO_REST_LINE = "**Rest** · no\nA time in which nobody can ask you anything new."
MINOR_LINE = "**Age** · you said that you're under 18\nAsks, pods and pairs are for 18 and over."
GROWN_LINE = "**Age** · 18 or over, as you said\nAsks, pods and pairs are for 18 and over."
AGE_LINE = "**Age** · nothing said\nIf you're under 18, say so: there is other help for you."

ZONE_BUTTON = "Time zone"
QUIET_BUTTON = "Quiet hours"
REST_BUTTON = "Rest"
AGE_BUTTON = "Age"
BACK = "Back"

ZONE_KEPT = "Your time zone is {zone} now."
ELSEWHERE = (
    "**Check-ins** · they still follow the time of the place where you agreed to them. Should they move too?"
)
MOVE = "Move my check-ins too"
ZONE_TITLE = "Your time zone"
ZONE_TEXT = (
    "Run `/settings`, choose its option **zone**, type a city near you, and pick it from the list.\n\n"
    "Where it has no city of yours, take one that keeps the same time."
)

QUIET_TITLE = "Quiet hours"
QUIET_TEXT = (
    "If you press `Keep these hours`, no message is sent to you from **{start}** to **{end}**, in your own time. "
    "What comes then waits until they end. Nothing is lost, and `/inbox` shows it at any hour."
)
QUIET_SAME = "Both are **{start}**. Choose two different hours, or no quiet hours at all."
QUIET_FROM = "They begin at {hour}"
QUIET_TO = "They end at {hour}"
QUIET_KEEP = "Keep these hours"
QUIET_NONE = "No quiet hours"
QUIET_KEPT = "Your quiet hours are {start} to {end} now."
QUIET_GONE = "You have no quiet hours now."

REST_TITLE = "Rest"
REST_TEXT = (
    "While you rest, nobody can ask you anything new, and you drop out of what is open: to whoever asked, "
    "it looks like anyone who can't. What you set for yourself stays, and your pods stay."
)
REST_UNTIL = "You are resting until {until}."
REST_UNTIL_I_SAY = "You are resting until you say otherwise."
REST_DAY = "A day"
REST_WEEK = "A week"
REST_MONTH = "A month"
REST_OPEN = "Until I say"
REST_END = "End my rest"
REST_ENDED = "Your rest has ended. People can ask you again."
REST_BEGUN = "Rest well."

AGE_TITLE = "Your age"
AGE_TEXT = (
    "Asks, pods and pairs are for people of 18 and over. If you say that you're under 18, they close for you: "
    "what is open with others ends at once, and doesn't come back. We show you help that is for you.\n\nYou can change "
    "it after a day. Nobody else sees it: others see only that something has closed."
)
AGE_MINOR_TEXT = (
    "You said that you're under 18. If that was a mistake, or you have turned 18, say so here. "
    "It can be changed from {from_when} on."
)
MINOR = "I'm under 18"
GROWN = "I'm 18 or over"
GROWN_KEPT = "Noted: you're 18 or over."
LINES = "Who can help"
