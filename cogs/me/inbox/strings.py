"""What `/inbox` says."""

COMMAND = "inbox"
INBOX = "All that waits for you, open or missed."

TITLE = "What waits for you"
EMPTY_TITLE = "Nothing waits for you"
EMPTY = "Nobody needs anything of you here right now."
OPEN = "Open"
NEXT = "Next"
BACK = "Back"
COUNTED = "{first} to {last} of {all}"
CLOSED_TITLE = "This has closed."
CLOSED = "Nothing is needed from you. `/inbox` shows what still waits."
