"""What `plumbline` says in a terminal: to the person who runs it."""

import math

HOW_TO_GET_A_TOKEN = (
    "To get one, make an application in the Discord developer portal (https://discord.com/developers/applications), "
    "open its page Bot, and press Reset Token. Then write it after PLUMBLINE_TOKEN= in the file .env. If you'd "
    "rather keep it in a file of its own, write that file's path after PLUMBLINE_TOKEN_FILE=."
)
NO_TOKEN = f"Plumbline needs a bot token to connect to Discord, and you haven't set one. {HOW_TO_GET_A_TOKEN} To try the bot without a token, run: plumbline demo"
TOKEN_TWICE = "PLUMBLINE_TOKEN and PLUMBLINE_TOKEN_FILE are both set. Remove one of them."
TOKEN_ODD = (
    f"The token should be a single word, and yours has spaces or line breaks in it. {HOW_TO_GET_A_TOKEN}"
)
TOKEN_SHAPE = "A bot's token has three parts with dots between them, and this one doesn't. Check that you didn't copy another secret."
TOKEN_REFUSED = f"Discord doesn't accept the token. Somebody may have reset it. {HOW_TO_GET_A_TOKEN}"
TOKEN_FILE_UNREADABLE = "PLUMBLINE_TOKEN_FILE should be the path of a text file that Plumbline may read."
ENV_FILE_UNREADABLE = "Plumbline can't read the file .env. Save it as text in UTF-8."

_SHOULD_BE = {
    "token": "the bot's token from the Discord developer portal",
    "token_file": "the path of a file with the bot's token in it",
    "state_dir": "the path of a folder for the database and the key file",
    "key_file": "the path of the key file",
    "deletions": "the path of the deletion log",
    "backup_key": "a public key for backups, which begins with age1 (plumbline keys backup makes one)",
    "log_level": "one of DEBUG, INFO, WARNING or ERROR",
    "log_format": "either text or json",
    "requests_per_second": "a whole number from 1 to 45",
    "new_dms_per_minute": "a whole number from 1 to 60",
    "operator": "a name of at most 100 characters, which people see in /about",
    "source_url": "the http or https address of the source code, or empty",
}


def should_be(field: str, prefix: str) -> str:
    return f"{prefix}{field.upper()} should be {_SHOULD_BE[field]}."


CLI = "Plumbline: was I out of line? A Discord bot for groups of friends."
DEMO = "Try the bot in your browser, on a pretend server. It needs no token, and nothing is kept."
PORT = "The port on 127.0.0.1 where the page is served."
RUN = "Connect to Discord, and keep running until you stop it."
CHECK = "Look for mistakes in this configuration, without connecting to anything."
KEYS = "Show where the key file is."
ROTATE = "Make a new key. From its next start on, the bot encrypts what it stores with that key."
BACKUP = "Copy the database to a file. The bot may keep running. You have to copy the key file yourself."
RESTORE = (
    "Put a backup back in place. Stop the bot first, and move any database that is there out of the way."
)
OUTBOX = "Show what is waiting to be delivered, what didn't arrive, and why. It shows no names."
OUTBOX_KIND = "Show only deliveries of this kind, such as asks.asked."
OUTBOX_SERVER = "Show only deliveries in the server with this id."
TARGET = "The file to write. It must not exist yet."
SOURCE = "A file that you made with backup."

DEMO_NOT_INSTALLED = (
    "The demo needs some packages that aren't installed. Run make demo, or: pip install 'plumbline[demo]'"
)
PORT_TAKEN = (
    "Port {port} is taken by another program. Choose another one, for example: plumbline demo --port 8091"
)
ALREADY_RUNNING = "Another Plumbline runs on this database. Stop it first, or choose another folder with PLUMBLINE_STATE_DIR."
TOO_MANY_LOGINS = (
    "Plumbline has logged in to Discord too often since yesterday. If it went on, Discord would reset its token. "
    "It can log in again from {until:%Y-%m-%d %H:%M} UTC on. Look in the log to see why each connection ended."
)
UNREACHABLE = "Plumbline can't reach Discord, or Discord has an outage. Check your network and https://discordstatus.com, then try again."


def too_many_requests(seconds: float | None) -> str:
    wait = "later" if seconds is None else f"in {max(1, math.ceil(seconds / 60))} min"
    return (
        "Discord is turning away requests from this bot or from this network for a while, because there were too many. "
        f"Start Plumbline again {wait}. Other programs that use the same token or address count as well."
    )


REJECTED = (
    "Discord answered, but it refused a request that Plumbline needs to start. The HTTP status was {status}, and Discord's error code {code}. "
    "If Discord named the fields that it refused, you'll find them in the log. You can look up error codes at "
    "https://discord.com/developers/docs/topics/opcodes-and-status-codes."
)
CLOSED_FOR_GOOD = (
    "Discord closed the connection with code {code}, and trying again wouldn't help. You can look up close codes at "
    "https://discord.com/developers/docs/topics/opcodes-and-status-codes."
)
DISK_FULL = (
    "{path} can't be written, because the disk is full or read only. Make room, and start Plumbline again."
)
DISK_FAILING = "{path} can't be used, because the disk reports errors. Look at the system's log, and start Plumbline again."
DATABASE_LOCKED = "{path} is locked by another program. Close the program that has the file open, and start Plumbline again."
UNREADABLE = "Plumbline can't use one of its own texts. Install Plumbline again. {what}"

KEY_KEEP = "Keep a copy of it somewhere else. Without the key file, nobody can read what people wrote."
KEY_NONE_YET = "The first run makes the key file: {path}"
KEY_AT = f"The key file: {{path}}\n{KEY_KEEP}"
KEY_ROTATED = f"There is a new key in {{path}}. Restart the bot, and copy the file again. {KEY_KEEP}"
KEY_UNUSABLE = "{path} isn't a key file. Put your copy of the key file in its place."
KEY_NONE_TO_ROTATE = "There is no key file at {path} yet. The first run makes it."

BACKED_UP = (
    "The database is copied to {target}. To read it you also need the key file: {keys}\n"
    "The copy still holds what the bot will delete from the original. Delete your copies after as many days as you keep asks."
)
RESTORED = (
    "The database is back: {target}. You can only read it with the key file it was written with: {keys}\n"
    "What was deleted since that copy was made is back too. The next run deletes everything that is due."
)
NO_DATABASE = (
    "There is no database at {source}. Run this in the bot's own folder, or set PLUMBLINE_STATE_DIR."
)
NOT_ALLOWED = "You may not read {path} as this user. Use the account that the bot runs under, for example: sudo -u plumbline plumbline check"
NOT_OVERWRITTEN = "{target} already exists, and Plumbline won't overwrite it. Move it out of the way first."
NOT_A_DATABASE = "{source} isn't a complete Plumbline database."
CANNOT_WRITE = "Plumbline can't write {target}."
NO_ROOM = "{target} wasn't written, because the disk is full. Make room, and try again."

CHECK_WRONG = "wrong"
CHECK_RIGHT = "ok"
CHECK_WARNED = "note"
SETTINGS_FINE = "the settings"
TOKEN_FINE = "the token looks right; only plumbline run shows whether Discord accepts it"
STATE_FINE = "the state folder {path}"
STATE_NONE_YET = "the state folder {path}, which the first run will make"
STATE_OPEN = "Other users of this machine can look into {path}. To stop that, run: chmod 700 {path}"
STATE_SHUT = "{path} should be a folder that Plumbline may write in."
KEYS_FINE = "the key file {path}"
KEYS_OPEN = "Other users of this machine can read {path}. To stop that, run: chmod 600 {path}"
KEYS_MISSING = (
    "The database is there, but its key file {path} isn't. Put your copy of the key file in its place."
)
KEYS_SHUT = "{path} should be a file that Plumbline may read."
DATABASE_FINE = "the database {path}"
DATABASE_NONE_YET = "the database {path}, which the first run will make"
DATABASE_BROKEN = "{path} is damaged. Stop the bot, move the file somewhere else, and restore a backup."
DATABASE_UNREADABLE = "{path} can't be read right now. Either another program has locked it, or the disk reports errors. Try again later."
DATABASE_NEWER = "{path} was written by a newer Plumbline. Install that version, or restore an older backup."
DATABASE_OLDER = (
    "the database is from an older version; the next run updates it, and keeps a copy until that is done"
)
DATABASE_NOT_CURRENT = "{path} is damaged, locked by another program, or from another version. To find out which, run: plumbline check"
KIND_UNKNOWN = "There's no delivery called {kind}. These have happened so far: {known}."
PARKED = (
    "Plumbline has given up on timers called {kind}: {count}. Every try failed with {error}. What they were meant to do, such as "
    "deleting something, hasn't been done. The log says when. Please report it as a bug."
)
PARKED_NONE = "no timer has been given up on"
LINES_FINE = "the helplines and texts"
COLUMNS = {
    "hurt": "lines for people who were hurt",
    "crisis": "lines about suicide",
    "worried": "lines for people who worry about what they did",
    "care": "care without the police",
    "emergency": "an emergency number",
}
COUNTRY_HAS = "{country} has: {has}"
COUNTRY_LACKS = "{country} has: {has}; missing: {lacks}"
COLUMNS_BETWEEN = ", "
LINES_OLD = "{country}, {name}: last checked on {seen_on}, more than 180 days ago"
DELIVERIES_FINE = "no delivery fails"
DELIVERIES_STUCK = "deliveries that keep failing or didn't arrive: {count}. To see why, run: plumbline outbox"

OUTBOX_FAILED = "What didn't arrive in the last 14 days, the latest first:"
OUTBOX_WAITING = "What is waiting, the oldest first:"
OUTBOX_COUNTS = "How deliveries ended in the last 30 days, in all servers:"
OUTBOX_COUNT = "  {kind:<22} {outcome:<24} {code:>6}  {many:>8}"
OUTBOX_WAITS = "  {kind:<22} {many:>8} waiting, the oldest since {oldest}"
OUTBOX_ONE = "  {made_at}  {what} {kind}, id {id}{server}"
OUTBOX_IN_SERVER = ", server {server}"
OUTBOX_MORE = "  and {count} more. Use --kind or --server to see only some of them."
OUTBOX_TRIED_ONCE = "Plumbline tried once."
OUTBOX_TRIED = "Plumbline tried {tries} times."
OUTBOX_SINCE = "It has been failing since {since}."
OUTBOX_ENDED = "It gave up at {since}."
OUTBOX_NEXT = "The next try is at {at}."
OUTBOX_NONE = "nothing"
OUTBOX_MEANS = (
    "Everything else was sent, or was no longer needed. People find all that is open for them in /inbox."
)
OUTBOX_STATES = {
    "new channel": "This person gets their first DM, and those are sent a few at a time.",
    "later": "It isn't time yet: it was meant for later, or they have quiet hours.",
    "due": "It is due now, or being sent right now.",
    "failing": "Plumbline will try again.",
    "outdated": "The message in the channel says something out of date. Plumbline edits it when something changes in that server.",
    "refused": "Plumbline couldn't post it, and has told the moderators.",
    "missing": "The person, channel or message it was for is gone.",
}
OUTBOX_IN_INBOX = "They'll find it only in their /inbox."
NO_ANSWER = "Discord didn't answer."
CODE_UNKNOWN = "Discord answered with {code}."
CODES = {
    10003: "Discord can't find the channel any more (10003).",
    10004: "Discord can't find the server, or it is unavailable (10004).",
    10007: "One of the two people has left the server (10007).",
    10008: "Somebody deleted the message (10008).",
    10013: "The account was deleted (10013).",
    40003: "The bot opened too many DM channels in a short time (40003).",
    50001: "The bot can't see the channel (50001).",
    50007: "They don't accept direct messages from the bot (50007).",
    50008: "Channels like this one take no messages (50008).",
    50013: "The bot lacks a permission in that channel, or is timed out there (50013).",
    50035: "Discord doesn't accept what the bot sends. This is a bug, so please report it (50035).",
    50278: "They and the bot no longer share a server (50278).",
}
"""What Discord's codes mean for whoever runs the bot."""
