"""What `/settings` says."""

COMMAND = "settings"
SETTINGS = "Your time zone, quiet hours, rest and age. They're the same on every server."
ZONE_OPTION = "zone"
ZONE = "Type a city near you, like Berlin or Auckland, and choose it from the list."

TITLE = "Your settings"
SMALL = "These are the same on every server. No other member can see them. Whoever runs this bot could, if they set out to."
ZONE_LINE = "**Time zone** · {zone}, where it's {clock} now\nI use it for the days you choose and for your quiet hours."
NO_ZONE_LINE = (
    "**Time zone** · not set, so I use UTC, where it's {clock} now\n"
    "I use it for the days you choose and for your quiet hours."
)
LOST_ZONE_LINE = (
    "**Time zone** · I don't know {zone} any more, so I use UTC, where it's {clock} now\n"
    "Please choose a city again with `Time zone`."
)
QUIET_LINE = "**Quiet hours** · {start} to {end}\nI don't send you anything then. It arrives when they end."
NO_QUIET_LINE = "**Quiet hours** · none\nYou can choose hours in which I don't send you anything."
REST_LINE = "**Rest** · until {until}\nUntil then, nobody can ask you anything new."
REST_OPEN_LINE = "**Rest** · until you end it\nUntil then, nobody can ask you anything new."
NO_REST_LINE = "**Rest** · no\nYou can take a break in which nobody can ask you anything new."
MINOR_LINE = "**Age** · you told me you're under 18\nAsks, pods, pairs, paths, plans and nights are for people who are 18 or over."
GROWN_LINE = "**Age** · you told me you're 18 or over\nAsks, pods, pairs, paths, plans and nights are for people who are 18 or over."
AGE_LINE = (
    "**Age** · you haven't told me\nIf you're under 18, tell me here, and I'll show you who you can call."
)

ZONE_BUTTON = "Time zone"
QUIET_BUTTON = "Quiet hours"
REST_BUTTON = "Rest"
AGE_BUTTON = "Age"
BACK = "Back"

ZONE_KEPT = "Your time zone is now {zone}."
ELSEWHERE = (
    "**Check-ins** · they still follow the time zone you agreed to them in. Should they move to this one too?"
)
MOVE = "Move my check-ins too"
ZONE_TITLE = "Your time zone"
ZONE_TEXT = (
    "Run `/settings`, choose the option **zone**, start typing a city near you, and pick it from the list.\n\n"
    "If your city isn't in the list, pick another one where the clocks show the same time."
)

QUIET_TITLE = "Quiet hours"
QUIET_TEXT = (
    "Press `Keep these hours`, and I won't send you anything from **{start}** to **{end}** in your time zone. "
    "Messages wait until the hours end, so you don't miss any. Only a night out that you're in, or in which you look out for somebody, "
    "goes through them. You can look in `/inbox` whenever you like."
)
QUIET_SAME = "Both times are **{start}**, so there would be no quiet hours. Choose two different times, or press `No quiet hours`."
QUIET_FROM = "They begin at {hour}"
QUIET_TO = "They end at {hour}"
QUIET_KEEP = "Keep these hours"
QUIET_NONE = "No quiet hours"
QUIET_KEPT = "Your quiet hours are now {start} to {end}."
QUIET_GONE = "You don't have quiet hours any more, so messages can arrive at any time."

REST_TITLE = "Rest"
REST_TEXT = (
    "While you rest, nobody can ask you anything new. If somebody is waiting for your answer, they see that you can't, "
    "the same as with anybody else who can't.\n\n"
    "Your plans, your pairs, your pod and what you carry for somebody stay as they are. How long would you like to rest?"
)
REST_UNTIL = "You're resting until {until}."
REST_UNTIL_I_SAY = "You're resting until you end it here."
REST_DAY = "A day"
REST_WEEK = "A week"
REST_MONTH = "A month"
REST_OPEN = "Until I say"
REST_END = "End my rest"
REST_ENDED = "Your rest is over, so people can ask you things again."
REST_BEGUN = "Rest well. Nobody can ask you anything new until it ends."

AGE_TITLE = "Your age"
AGE_TEXT = (
    "Asks, pods, pairs, paths, plans and nights are for people who are 18 or over. If you tell me you're under 18, they close for you: "
    "whatever you have open with others ends at once and doesn't come back, and your plans and what you keep in `/terms` are deleted. If you'd like to have them later, "
    "copy them first. I'll then show you help that is meant for you.\n\n"
    "You can change this after a day. I don't show anybody what you tell me here. They only see that something has closed."
)
AGE_MINOR_TEXT = "You told me you're under 18. If that was a mistake, or you've turned 18, you can change it here from {from_when} on."
MINOR = "I'm under 18"
GROWN = "I'm 18 or over"
GROWN_KEPT = "Thanks. I've noted that you're 18 or over."
LINES = "Who can help"
