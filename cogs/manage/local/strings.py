"""What `Local help` says to moderators."""

TITLE = "Local help"
TEXT = (
    "You can add up to three services near your members, such as a counselling centre or a clinic. `/support` "
    "shows them below the country's own helplines, and says that this server added them. Before you add one, call "
    "it yourself and ask who it is for and when it is open. Do that again twice a year."
)
NONE = "You haven't added any yet."
ENTRY = "**{name}**\n{who}"
CHANGE = "Change"
ADD = "Add one"
SETUP = "Setup"
LINE_TITLE = "A local service"
LINE = "**{name}**\n{who}\n{reach}"
FRESH = "I've saved it. From now on your members see it in `/support` like this:"
WHERE = (
    "Choose the pages of `/support` that show it. People under 18 also see what `I was hurt` shows. Choose "
    "`Right now` only for a service that answers day and night. Choose `I'm worried about what I did` only for one "
    "for people who may have hurt somebody."
)
NOWHERE = "At the moment no page shows it, so nobody sees it."
WHERE_PROMPT = "Which pages show it"
EDIT = "Edit"
REMOVE = "Remove"
REMOVED = "I've removed it, and `/support` no longer shows it."
BACK = "Back"
FULL_TITLE = "You have three already"
FULL = (
    "If you want to add another, remove one first. People read a short list, and they don't read a long one."
)
YOU_WROTE = "What you wrote"
UNWRITTEN_TITLE = "Something is missing"
UNWRITTEN = (
    "A local service needs a name, a way to reach it, and a line that says who it is for. Press `Add one` or `Edit` "
    "to open the form again."
)
LOCAL = "Local help"
SUM = "**Local help** · {lines}"
SUM_NONE = "none added"
BETWEEN = ", "
