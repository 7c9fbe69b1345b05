"""What `Local help` says to moderators."""

TITLE = "Local help"
TEXT = (
    "Up to three services near your members. They stand in `/support` here, below the country's own lines and "
    "never in their place, marked as added by this server. Call each once yourself before you add it."
)
NONE = "None yet."
ENTRY = "**{name}**\n{whom}"
CHANGE = "Change"
ADD = "Add one"
SETUP = "Set-up"
LINE_TITLE = "A local line"
LINE = "**{name}**\n{whom}\n{reach}"
FRESH = "This is how members see it."
WHERE = (
    "It stands behind the doors chosen here. Choose `I'm worried about what I did` only for a service that "
    "talks with people about what they themselves did."
)
NOWHERE = "It stands behind no door yet: nobody sees it."
WHERE_PROMPT = "Behind which doors"
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
