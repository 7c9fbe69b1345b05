"""What `plumbline` says in a terminal: to the person who runs it."""

import math

HOW_TO_GET_A_TOKEN = (
    "To get one, make an application in the Discord developer portal (https://discord.com/developers/applications), "
    "open its page Bot, and press Reset Token. Then write it after PLUMBLINE_TOKEN= in the file .env. If you'd "
    "rather keep it in a file of its own, write that file's path after PLUMBLINE_TOKEN_FILE=."
)
NO_TOKEN = f"Plumbline needs a bot token to connect to Discord, and you haven't set one. {HOW_TO_GET_A_TOKEN} To try the bot without a token, run: plumbline demo"
FIRST_RUN = (
    "Plumbline needs a bot of your own at Discord, and its token. Make an application in the Discord developer portal "
    "(https://discord.com/developers/applications), open its page Bot, and press Reset Token."
)
FIRST_RUN_TOKEN = "Paste the token here (it isn't shown), and press Enter"
FIRST_RUN_REFUSED = "Discord doesn't accept this token. Copy it once more, or press Reset Token again."
FIRST_RUN_NOT_TRIED = "So the token couldn't be tried."
FIRST_RUN_KEPT = "The token is in {path} now. Only you can read that file."
FIRST_RUN_INVITE = "To let {name} into your server, open this link: {link}\nThen somebody who may manage the server types /manage setup there. To stop the bot, press Ctrl-C."
TOKEN_TWICE = "PLUMBLINE_TOKEN and PLUMBLINE_TOKEN_FILE are both set. Remove one of them."
TOKEN_ODD = (
    f"The token should be a single word, and yours has spaces or line breaks in it. {HOW_TO_GET_A_TOKEN}"
)
TOKEN_SHAPE = "A bot's token has three parts with dots between them, and this one doesn't. Check that you didn't copy another secret."
TOKEN_REFUSED = (
    "Discord doesn't accept the token. Somebody may have reset it. To get a new one, open your application in the Discord developer "
    "portal (https://discord.com/developers/applications), then its page Bot, and press Reset Token. Put the new token where the "
    "old one is: after PLUMBLINE_TOKEN= in the file .env, or in the file that PLUMBLINE_TOKEN_FILE names."
)
TOKEN_EMPTY = "The file with the token, {path}, is empty."
TOKEN_FILE_UNREADABLE = "PLUMBLINE_TOKEN_FILE should be the path of a text file that Plumbline may read."
ENV_FILE_UNREADABLE = "Plumbline can't read the file .env. Save it as text in UTF-8."
ENV_FILE_SHUT = (
    "Plumbline may not read the file .env as this user. Give the file to the user that the bot runs under."
)

_SHOULD_BE = {
    "token": "the bot's token from the Discord developer portal",
    "token_file": "the path of a file with the bot's token in it",
    "state_dir": "the path of a folder for the database and the key file",
    "database_url": "the address of a PostgreSQL database, which begins with postgresql://, or empty",
    "instances": "the number of processes that are this bot together, from 1 to 64",
    "instance": "the number of this process, from 0 on: each has another one",
    "shards": "the number of shards of the whole bot, or empty",
    "key_file": "the path of the key file",
    "deletions": "the path of the deletion log",
    "backup_key": "a public key for backups, which begins with age1 (plumbline keys backup makes one)",
    "log_level": "one of DEBUG, INFO, WARNING or ERROR",
    "log_format": "either text or json",
    "monitoring": "an address and a port, such as 127.0.0.1:9464, or empty",
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
DOCTOR = (
    "Look for mistakes in this installation, without connecting to anything. plumbline check does the same."
)
DOCTOR_ONLINE = "Also ask Discord: about the token, the application's settings and the commands."
KEYS = "Show where the key file is."
KEYS_NEW = "Make the key file, for a database on a server. Copy it to every machine that uses that database."
KEYS_LIST = (
    "List the keys in the key file, and what each of them still encrypts. The keys themselves aren't shown."
)
KEYS_ADD = "Add a key that opens what others encrypt with it, and encrypts nothing yet. With several machines, copy the key file to all of them afterwards."
KEYS_USE = (
    "Encrypt with this key from now on. First every machine must have it, and have read the key file again."
)
ROTATE = "Make a new key. The bot encrypts what it stores with that key once it has read the key file again."
RETIRE = "Retire a key that the database no longer needs. It stays in the key file, so that older backups can be restored."
DESTROY = (
    "Destroy a retired key. Backups that were made while it was in use can't be read after that, by anybody."
)
YES = "Don't ask first."
KEY_NAME = "The key's name, as plumbline keys list shows it."
ERASE = (
    "Erase everything about an account, for somebody who can't do it in Discord any more. The bot has to be stopped.\n\n"
    "ACCOUNT: the number of the account. Discord shows it with Copy User ID, in its developer mode."
)
KEYS_BACKUP = "Make the pair of keys for backups. The private one is shown once, and never stored."
BACKUP = "Copy the database, encrypted to your public key. The bot may keep running. You have to copy the key file and the deletion log yourself."
BACKUP_TO = "The public key to encrypt to. By default it's PLUMBLINE_BACKUP_KEY."
BACKUP_KEEP = (
    "Afterwards, keep only the newest backup of each of so many days, weeks and months, for example 7d4w6m."
)
MOVE = (
    "Take everything from the database file to a database on a server, or back. The old side stays as it is."
)
MOVE_TO_SERVER = "Copy everything from the file in the state folder into the empty database that PLUMBLINE_DATABASE_URL names. Stop the bot first."
MOVE_TO_FILE = "Copy everything from the database that PLUMBLINE_DATABASE_URL names into a new file in the state folder. Stop every bot that uses it first."
MOVED_TO_SERVER = "{rows} rows of {tables} tables are on the server now, and each is equal to the one in {file}. Start the bot. When you've seen that it works, delete that file: what people delete from now on would stay in it."
MOVED_TO_FILE = "{rows} rows of {tables} tables are in {file} now, and each is equal to the one on the server. Unset PLUMBLINE_DATABASE_URL, and start the bot. When you've seen that it works, delete the database on the server: what people delete from now on would stay in it."
MOVED_CHANGED = (
    "From {count} of them, characters were dropped that nobody sees and that PostgreSQL can't store."
)
MOVE_NEEDS_A_SERVER = "Set PLUMBLINE_DATABASE_URL to the database on the server first. Its address isn't given to this command, because others could read it in the list of processes."
MOVE_STOP_FIRST = "A bot is using the database. Stop it first. Nothing was changed."
MOVE_NOT_CURRENT = "The database isn't one of this version. Start the bot once on the side that has the rows, so that it's upgraded, and stop it again. Nothing was changed."
MOVE_NOT_EMPTY = "There are rows on the server already, for example in the table {table}. Make an empty database for this. Nothing was changed."
MOVE_NOT_EQUAL = "What arrived in the table {table} isn't equal to what was there before, so nothing was changed. Please report this."
REHEARSE = "Restore a backup in a place of its own, to see that it works, and delete it again. The bot may keep running."
REHEARSED_SOURCE = "A file that you made with plumbline backup. Without it, a new backup is made, to a key that exists only meanwhile."
REHEARSED = "The rehearsal went well: the backup could be decrypted, its database opened with the key file and upgraded, and what was deleted since ({count} keys) deleted again. Nothing of it is left."
RESTORE = (
    "Put a backup back in place, and delete again what was deleted since it was made. Stop the bot first, put "
    "the key file in its place, and move any database that is there out of the way."
)
RESTORE_KEY_FILE = "A file with the private key for backups in it."
RESTORE_DELETIONS = "Your copy of the deletion log. By default it's the one in its place. If several instances ran, give each one's log."
RESTORE_WITHOUT = "Restore without a deletion log. What people have deleted since then is back."
HEALTH = "Ask the running bot whether all is well. It ends with 1 if something isn't, or if the bot doesn't answer."
HEALTH_NOT_SET = "PLUMBLINE_MONITORING isn't set, so the running bot can't be asked. Set it to an address and a port, such as 127.0.0.1:9464, and start the bot again."
HEALTH_ANOTHER = "Something answers at {address}, but it isn't the bot of this folder. Give each bot an address of its own (PLUMBLINE_MONITORING)."
HEALTH_NO_ANSWER = "Nothing answers at {address}. The bot isn't running, or it is stuck."
OUTBOX = "Show what is waiting to be delivered, what didn't arrive, and why. It shows no names."
OUTBOX_KIND = "Show only deliveries of this kind, such as asks.asked."
OUTBOX_SERVER = "Show only deliveries in the server with this id."
TARGET = "The file to write, which must not exist yet, or a folder."
SOURCE = "A file that you made with plumbline backup."

DEMO_NOT_INSTALLED = (
    "The demo needs some packages that aren't installed. Run make demo, or: pip install 'plumbline[demo]'"
)
PORT_TAKEN = (
    "Port {port} is taken by another program. Choose another one, for example: plumbline demo --port 8091"
)
ALREADY_RUNNING = "Another Plumbline runs on this database. Stop it first, or choose another folder with PLUMBLINE_STATE_DIR."
INSTANCE_RUNS = "Another process runs as instance {number} of this bot. Stop it first, or give this one another PLUMBLINE_INSTANCE."
INSTANCES_NEED_A_SERVER = "PLUMBLINE_INSTANCES is more than 1. Several processes need a database on a server, so set PLUMBLINE_DATABASE_URL."
INSTANCE_TOO_HIGH = "PLUMBLINE_INSTANCE should be at most {most}: instances are numbered from 0 on, and PLUMBLINE_INSTANCES says how many there are."
INSTANCES_NEED_SHARDS = "PLUMBLINE_SHARDS should be at least {least}, so that each instance has a shard, and the same for all of them."
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
KEY_THERE = "There is a key file already: {path}. Nothing was changed."
KEY_MADE = (
    f"There is a new key file: {{path}}. Copy it to every machine that uses the same database. {KEY_KEEP}"
)
KEY_AT = f"The key file: {{path}}\n{KEY_KEEP}"
KEY_ROTATED = (
    "There is a new key in {path}, with the name {name}. If the bot is running, send it SIGHUP (kill -HUP, or systemctl reload). It then encrypts "
    f"everything again, piece by piece, except for the database file, which follows at the next start. Copy the key file again. {KEY_KEEP}"
)
KEY_ADDED = "There is one more key in {path}, with the name {name}. Nothing is encrypted with it yet. Copy the key file to every machine, send each bot SIGHUP, and then run there: plumbline keys use {name}"
KEY_USED = "{name} is the current key in {path}. Send the bot SIGHUP, so that it reads the key file again. It then encrypts what it stores with that key, and wraps older data keys with it."
KEY_ROTATES_IN_TWO = "Several instances use these keys, so a new one goes to all of them before any encrypts with it. First run: plumbline keys add"
KEY_IS_RETIRED = "{name} is retired. To make a new key, run: plumbline keys add"
KEY_LINE = "{name}: {use}"
KEY_CURRENT = "the current key"
KEY_OLDER = "an older key"
KEY_RETIRED = "retired; it only opens older backups"
KEY_OPENS = "opens {count} data keys"
KEY_OPENS_FILE = "the database file is encrypted with it"
KEY_OPENS_NOTHING = "the database doesn't need it"
KEY_FILE_FIRST = "There is no key file at {path}. Put your copy of the key file in its place first."
KEY_PROGRESS = "{done} of {all} data keys are wrapped with the current key."
KEY_FILE_FOLLOWS = "The database file is encrypted with the current key at the bot's next start."
KEY_UNKNOWN = "There is no key with the name {name}. To see all of them, run: plumbline keys list"
KEY_IS_CURRENT = "{name} is the current key. To make a new one first, run: plumbline keys rotate"
KEY_IN_USE = "The database still needs the key {name}. To see what for, run: plumbline keys list"
KEY_RETIRED_NOW = (
    "The key {name} is retired. It stays in the key file, so that older backups can still be restored. "
    "When you no longer need those, run: plumbline keys destroy {name}"
)
KEY_NOT_RETIRED = "Only a retired key can be destroyed. First run: plumbline keys retire {name}"
ERASE_ASK = "Everything about the account {account} is erased in every server, as with /privacy. That can't be undone. Erase it?"
ERASED_NOTHING = "Nothing was erased."
ERASED = (
    "Everything about the account {account} is erased. The bot's direct messages to it are deleted when the bot is next started. "
    "A code for the account can stay where somebody else set a boundary, a report or a bar."
)
ERASE_UNKNOWN = "The account {account} has never used this bot, or was erased already. Nothing was changed."
KEY_DESTROY_ASK = (
    "Every backup that was made while the key {name} was in use can't be read after this, by anybody. That can't be undone. "
    "Destroy the key?"
)
KEY_DESTROYED = "The key {name} is no longer in {path}. Copies of the key file that you keep elsewhere still have it, so replace them all."
KEY_NOT_DESTROYED = "Nothing was changed."
BACKUP_PAIR = (
    "The public key. Write it into .env:\n\nPLUMBLINE_BACKUP_KEY={public}\n\n"
    "The private key. It's shown only now. Keep it somewhere else than on this machine, and not "
    "with the backups. Without it, nobody can read a backup:\n\n{private}"
)
KEY_UNUSABLE = "{path} isn't a key file. Put your copy of the key file in its place."
KEY_NONE_TO_ROTATE = "There is no key file at {path} yet. The first run makes it."

BACKED_UP = (
    "The backup is {target}. To restore it you need the private key for backups, the key file ({keys}) and the deletion log ({log}). "
    "Copy both of these somewhere else as well."
)
BACKUPS_DELETED = "Older backups that were deleted: {count}"
LINES_DELETED = "Lines of the deletion log that were older than all backups, and deleted: {count}"
BACKUP_KEY_MISSING = (
    "Plumbline needs a public key to encrypt the backup to. To make one, run: plumbline keys backup"
)
BACKUP_KEY_BAD = "The public key for backups should begin with age1. To make one, run: plumbline keys backup"
BACKUP_UNDER_WAY = "Another backup or rehearsal is under way. Try again when it's done."
BACKUP_NOT_THE_SAME = (
    "The backup couldn't be decrypted again the way it was, so it was deleted. The disk may be failing."
)
KEEP_BAD = "--keep takes days, weeks and months in this order, for example 7d4w6m, 14d or 12m."
KEEP_NEEDS_FOLDER = "With --keep, TARGET has to be a folder that exists. To make it, run: mkdir -p {target}"
STOPPED = "Stopped. Nothing was written."
RESTORED = (
    "The database is back: {target}. What was deleted since the backup was made was deleted again (data keys: {count}). "
    "Everything else is as it was then. What has become due since is done at the next start."
)
RESTORED_PERSONS = "People who erased themselves since then are erased again at the next start, before the bot answers anybody."
RESTORED_WITHOUT = (
    "The database is back: {target}. You restored it without a deletion log, so what people have deleted since the backup was made is back too. "
    "The next start deletes only what is due."
)
NO_DELETIONS = (
    "The deletion log is missing. It says what people have deleted since the backup was made. Give your copy of it with --deletions, or put it at "
    "{path}. If you have none, --without-deletions restores the backup all the same, but then everything that people have deleted since is back."
)
TWO_LOGS = "There is a deletion log at {path} already. Leave out --deletions and --without-deletions to use it, or move it away."
LOG_TOO_SHORT = (
    "This deletion log doesn't go back to when the backup was made. Look for an older copy of it. If there is none, --without-deletions restores the "
    "backup all the same (move the log away first), but then everything that people have deleted since is back."
)
DELETIONS_UNUSABLE = (
    "{path} isn't this installation's deletion log, or it's damaged. Put your copy of it in its place, or move it away. "
    "Without it, a backup that you restore brings back what people have deleted."
)
DELETIONS_NONE = "There is no deletion log at {path}."
PRIVATE_KEY_MISSING = (
    "This backup is encrypted. Give the file with the private key for backups: --key-file FILE"
)
PRIVATE_KEY_BAD = "There is no private key for backups in {path}. It begins with AGE-SECRET-KEY-1."
PRIVATE_KEY_WRONG = "{source} was encrypted to another public key, so this private key doesn't open it."
BACKUP_CUT = "{source} is cut short or was changed, so it can't be restored."
NO_DATABASE = (
    "There is no database at {source}. Run this in the bot's own folder, or set PLUMBLINE_STATE_DIR."
)
NOT_ALLOWED = "You may not read {path} as this user. Use the account that the bot runs under, for example: sudo -u plumbline plumbline check"
NOT_OVERWRITTEN = "{target} already exists, and Plumbline won't overwrite it. Move it out of the way first."
NOT_A_DATABASE = "{source} isn't a complete Plumbline database."
CANNOT_WRITE = "Plumbline can't write {target}."
NO_ROOM = "{target} wasn't written, because a disk is full: that disk, or the one with the state folder. Make room, and try again."

CHECK_WRONG = "wrong"
CHECK_RIGHT = "ok"
CHECK_WARNED = "note"
SETTINGS_FINE = "the settings"
TOKEN_FINE = "the token looks right; plumbline doctor --online shows whether Discord accepts it"
STATE_FINE = "the state folder {path}"
STATE_NONE_YET = "the state folder {path}, which the first run will make"
STATE_OPEN = "Other users of this machine can look into {path}. To stop that, run: chmod 700 {path}"
STATE_SHUT = "{path} should be a folder that Plumbline may write in."
KEYS_FINE = "the key file {path}"
KEYS_OPEN = "Other users of this machine can read {path}. To stop that, run: chmod 600 {path}"
KEYS_MISSING = (
    "The database is there, but its key file {path} isn't. Put your copy of the key file in its place."
)
KEYS_NOT_MADE = (
    "There should be a key file at {path}, the same on every machine that uses this database. If nothing has used the database yet, "
    "make one with: plumbline keys new. Otherwise put your copy of the key file in its place."
)
KEYS_OF_ANOTHER = (
    "The keys in {keys} aren't those of this database. Put the key file that belongs to it in its place."
)
SERVER_UNREACHABLE = "The database's server can't be reached, or doesn't let Plumbline in. Look at PLUMBLINE_DATABASE_URL, and whether the server runs."
SERVER_NOT_INSTALLED = "PLUMBLINE_DATABASE_URL is set, but what is needed to use it isn't installed. Install Plumbline with its extra: plumbline[postgres]."
SERVER_FINE = "the database on the server: PostgreSQL {version}, schema {revision}"
SERVER_EMPTY = "There are no tables in the database on the server yet. The first run makes them."
SERVER_OLD = "The server is PostgreSQL {version}. Plumbline needs version 15 or a later one."
SERVER_ENCODING = "The database's encoding is {encoding}. Make one with UTF8, and move to it."
SERVER_KEEPS = "The server's autovacuum is off, so what is deleted stays in its files. Switch it on."
SERVER_CLOCK = "The clocks of this machine and of the server differ by {seconds} seconds. Set them with NTP."
DATABASE_OF_SERVER = "the database that PLUMBLINE_DATABASE_URL names"
KEYS_DO_NOT_FIT = (
    "None of the keys in {keys} opens {path}. Put the key file that belongs to this database in its place. If you're sure "
    "that it is the right one, then the beginning of the database was overwritten: restore a backup."
)
KEYS_SHUT = "{path} should be a file that Plumbline may read."
DELETIONS_FINE = "the deletion log {path}"
DELETIONS_NONE_YET = "the deletion log {path}, which the next run will make"
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
BACKUPS_FINE = "the newest backup, of {at:%Y-%m-%d %H:%M} UTC"
BACKUPS_OLD = "The newest backup is of {at:%Y-%m-%d %H:%M} UTC. Look at what should make one each day."
BACKUPS_NONE = (
    "PLUMBLINE_BACKUP_KEY is set, and no backup has been made yet. To make one, run: plumbline backup FOLDER"
)
BACKUPS_NOT_SET_UP = (
    "No backups are set up: if this disk fails, everything is lost. To begin, run: plumbline keys backup"
)
DISK_FINE = "the disk, with {megabytes} MB left"
DISK_SMALL = "The disk with the state folder has {megabytes} MB left. An upgrade and a backup need room for a copy of the database."

ONLINE_TOKEN = "Discord accepts the token; the application is called {name}"
ONLINE_GATEWAY = "Discord sends what people do to the bot"
ONLINE_BY_HTTP = (
    "Discord sends what people do to a website, and not to the bot. In the developer portal, on the page General Information, "
    "empty the field Interactions Endpoint URL."
)
ONLINE_INVITABLE = "the bot can be invited with a link"
ONLINE_CODE_GRANT = "Nobody can invite the bot. In the developer portal, on the page Bot, switch off Requires OAuth2 Code Grant."
ONLINE_PUBLIC = "anybody can invite the bot; to keep it to yourself, switch off Public Bot on the page Bot"
ONLINE_PRIVATE = "only you can invite the bot"
ONLINE_SERVERS = "the bot is installed to servers only"
ONLINE_USERS = (
    "The bot can be installed to an account, where its commands don't work. In the developer portal, on the page Installation, "
    "switch off User Install."
)
ONLINE_INTENTS = "no privileged intent is switched on"
ONLINE_PRIVILEGED = "A privileged intent is switched on, and Plumbline needs none. In the developer portal, on the page Bot, switch them off."
ONLINE_TERMS = "the link to the terms of service"
ONLINE_NO_TERMS = "The application has no link to terms of service. Discord shows it to people, and wants it before it verifies a bot."
ONLINE_PRIVACY = "the link to the privacy policy"
ONLINE_NO_PRIVACY = (
    "The application has no link to a privacy policy. docs/PRIVACY.md is one that you can publish as yours."
)
ONLINE_LOGINS = "Discord takes {count} more logins today"
ONLINE_LOGINS_LOW = (
    "Discord takes only {count} more logins today. Look in the log for why the bot logs in so often."
)
ONLINE_COMMANDS = "Discord has the commands of this version"
ONLINE_NOT_IN_SYNC = "Discord doesn't have the commands of this version. The next start sends them. If it was started since, look in its log."
ONLINE_INVITE = "to invite the bot to a server, open {link}"
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
