"""What the bot says about its own health. docs/OPERATIONS.md says what to do about each alarm."""

SILENT = "Nothing has come from Discord for {minutes} minutes."
STORAGE = "Nothing can be stored: {why}."
DATABASE_SLOW = "the database hasn't answered for half a minute"
DISK = (
    "The disk with the state folder has {megabytes} MB left, which is too little for a copy of the database."
)
OVERDUE = "{kind} has been due for {minutes} minutes, and nobody has taken it up."
CLOCK_AHEAD = "This machine's clock is {seconds} seconds ahead of Discord's."
CLOCK_BEHIND = "This machine's clock is {seconds} seconds behind Discord's."
LOGINS = "The bot may log in {count} more times today. When none is left, it stops."
BACKUP = "No backup has been made for {hours} hours."
REHEARSAL = "No restore has been rehearsed for {days} days."

WELL = "All is well."
PHASE = "It is {phase}."
CONNECTED = "{connected} of {shards} connections to Discord are ready."
READY = "It is ready."
NOT_READY = "It isn't ready."
