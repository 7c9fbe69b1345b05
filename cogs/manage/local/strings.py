"""What `Local help` says to moderators."""

TITLE = "Local help"
TEXT = (
    "Up to three services near your members, such as a counselling centre or a clinic. `/support` shows them here, "
    "below the country's own lines and marked as added by this server. Call each one yourself before you add it, and "
    "ask whom they take, and when. Do it again twice a year."
)
NONE = "None yet."
ENTRY = "**{name}**\n{whom}"
CHANGE = "Change"
ADD = "Add one"
SETUP = "Set-up"
LINE_TITLE = "A local line"
LINE = "**{name}**\n{whom}\n{reach}"
FRESH = "Saved. Members see it in `/support` from now on, like this:"
WHERE = (
    "Choose the pages of `/support` that show it. `I was hurt` shows it to people under 18 too. Take `Right now` only "
    "for one that answers day and night, and `I'm worried about what I did` only for one that talks with people "
    "about what they themselves did."
)
NOWHERE = "No page shows it yet: nobody sees it."
WHERE_PROMPT = "Which pages show it"
EDIT = "Edit"
REMOVE = "Remove"
REMOVED = "It is removed."
BACK = "Back"
FULL_TITLE = "Three are here already"
FULL = "Remove one before you add another. A short list is read; a long one isn't."
YOU_WROTE = "You wrote"
UNWRITTEN_TITLE = "Something is missing"
UNWRITTEN = (
    "A local line has a name, a way to reach it, and who it is for. `Add one` or `Edit` opens the form again."
)
LOCAL = "Local help"
SUM = "**Local help** · {lines}"
SUM_NONE = "none added"
BETWEEN = ", "
