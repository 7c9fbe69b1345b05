"""The text that people read in the demo, except the page's template: names, notes, terminal output."""

BOT = "Plumbline"
SERVER = "Kitchen table"
MODERATOR_ROLE = "Moderators"
CLOSED_DMS = "Cannot send messages to this user"

NEW = "new here, no pod yet"
IN_PODS = "has a pod"
CLOSED = "has a pod, closed DMs"
MODERATES = "moderator"

READY = "Plumbline's demo is at http://127.0.0.1:{port} (Ctrl-C ends it; nothing is kept)"
ENDED = "The demo has ended, and its files are gone."

NOT_FROM_HERE = "This can be pressed on the demo's own page only."
NO_SUCH = "There is no such member, command or message any more."
COULD_NOT = "The pretend server refused that: {why}"
EMPTY = "There is nothing to post yet."
