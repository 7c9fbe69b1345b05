"""What `/manage setup` says."""

STEP = "Step {number} of {all} · {title}"
BACK = "Back"
NEXT = "Next"
DONE = "Done"
BETWEEN = ", "

# -- 1: country and age -----------------------------------------------------------------------------

COUNTRY_TITLE = "Country and age"
COUNTRY = "**Country** · its help lines are shown first here. Anyone can look at another country's."
COUNTRY_NONE = "**Country** · none yet: `/support` asks everyone which one they are in."
COUNTRY_OTHER = (
    "**Country** · one whose help lines we don't have: `/support` asks everyone which one they are in."
)
COUNTRY_PROMPT = "Choose your country"
MINORS_NO = "**Age** · nobody under 18, as far as you know. Everything is open. If you learn of somebody younger, change it here."
MINORS_YES = (
    "**Age** · some are under 18. Asks, pods and pairs are closed on this server; everything else works. "
    "What was open here has ended, for everyone in it."
)
CLOSE_TITLE = "Close asks, pods and pairs here?"
CLOSE_TEXT = (
    "Asks, talks and pairs that are open on this server end at once, for everyone in them, and don't come back if you "
    "change this later. Nobody is told why: you may want to say it. Help, norms and boundaries stay open to everyone."
)
CLOSE = "Close them"
KEEP_OPEN = "Change nothing"
MINORS_PROMPT = "Are there members under 18 here?"
MINORS = {
    "no": (
        "No members under 18",
        "Asks, pods and pairs are open. `/ask` asks whether somebody is 18 or over",
    ),
    "yes": (
        "Some members are under 18",
        "Asks, pods and pairs close here. Asks, talks and pairs now open end at once, for good",
    ),
}

# -- 2: channels ------------------------------------------------------------------------------------

CHANNEL_TITLE = "The channel for norms"
CHANNEL_NONE = "Choose a channel that everyone reads. Norms are put to the members there. Nothing is posted before you say so."
CHANNEL = "Norms are put to the members in {channel}. Nothing is posted before you say so."
CHANNEL_PROMPT = "Channel for norms"
READY = "Plumbline has the permissions it needs there."
LACKS = "**In {channel} Plumbline still needs:** {missing}."
WHERE = (
    "Where to grant it: Server Settings > Roles > Plumbline > Permissions, for all channels; or in that "
    "channel's own settings, Edit Channel > Permissions, by adding Plumbline. It holds at once."
)
NO_SUCH_CHANNEL = "The channel chosen before is gone. Choose another."
MODS_NONE = (
    "**Moderators' channel** · none. If you choose one, a line there says that something waits, never what."
)
MODS = "**Moderators' channel** · {channel}. A line there says that something waits, never what."
MODS_GONE = "**Moderators' channel** · the one chosen before is gone."
MODS_PROMPT = "Channel for moderators"
NO_MODS = "No moderators' channel"
PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}

TEST = "Send a test message"
TEST_TITLE = "A test"
TEST_TEXT = (
    "Plumbline can post here. A moderator tried it out: nobody needs to do anything, and it can be deleted."
)
TEST_CAME = "**The test message arrived** in {channel}. You can delete it there."
TEST_NOT = "**The test message was not sent.** Discord doesn't let Plumbline post in {channel}."
TEST_LACKS = "**The test message was not sent**, since something is missing:"
TEST_GONE = "**The test message was not sent:** that channel is gone. Choose another."
TEST_UNSURE = "**Discord gave no clear answer.** Look into {channel}; if nothing came, try again in a minute."

# -- 3: a pack --------------------------------------------------------------------------------------

PACK_TITLE = "Norms to begin with"
PACK_TEXT = (
    "A pack is a first draft. You can change every word of it, add and leave out, before anyone else sees it."
)
PACK_PROMPT = "Look at a pack"
NOT_NOW = "Not now"
DRAFT_NONE = "Nothing is drafted yet. `Not now` goes on without a pack."
DRAFT_ONE = "In the draft now: **one norm**."
DRAFT = "In the draft now: **{count} norms**."
PROPOSED = "Before the members now: **version {number}**."
IN_FORCE = "In force: **version {number}**."
PREVIEW = "**{title}**\n{norm}"
PREVIEW_SMALL = "Why each is there, and what keeping it looks like, comes along. You can change all of it."
REPLACES_ONE = "It takes the place of the one norm in the draft. What is in force stays as it is."
REPLACES = "It takes the place of the {count} norms in the draft. What is in force stays as it is."
TAKE = "Take this pack"
OTHERS = "Other packs"

# -- 4: how norms are agreed on ---------------------------------------------------------------------

AGREE_TITLE = "How norms are agreed on"
AGREE = (
    "Norms are put to the members, who press `I'm in` or `I have a concern`. They are agreed on if, within "
    "**{days}**, **at least {least}** are in, and so are **{share}** of those who pressed."
)
DIRECT = (
    "Norms are in force as soon as you publish them. Members can still press `I'm in` or `I have a concern`."
)
SMALL_GROUP = "Are you fewer than that, or just about as many? Then choose a smaller number."
WAY_PROMPT = "How they come into force"
WAYS = {"asked": "Put to the members", "direct": "Published by moderators"}
LEAST_PROMPT = "How many must be in"
LEAST = "At least {least} must be in"
SHARE_PROMPT = "Share of those who press"
SHARE = "And {share} of presses"
SHARES = {
    50: "half",
    60: "three fifths",
    67: "two thirds",
    75: "three quarters",
    90: "nine tenths",
    100: "all",
}
PERCENT = "{share}%"
DAYS_PROMPT = "For how long"
WITHIN = "Within {days}"
ONE_DAY = "1 day"
DAYS = "{days} days"

# -- 5: asks ----------------------------------------------------------------------------------------

ASKS_TITLE = "Asks"
KEPT = (
    "**How long they are kept** · what was written goes {days} after an ask closes. "
    "A change holds for asks that close from then on."
)
WAIT = (
    "**New members** · they can start an ask {days} after they joined. "
    "`/support` and answering friends are open to them at once."
)
NO_WAIT = "**New members** · they can start an ask at once."
ASKS_CLOSED = "Asks are closed here, since some members are under 18. This holds should that change."
KEPT_PROMPT = "How long an ask is kept"
KEPT_OPTION = "Deleted {days} after it closes"
WAIT_PROMPT = "How long new members wait"
WAIT_OPTION = "New members wait {days}"
NO_WAIT_OPTION = "New members don't wait"

# -- the summary ------------------------------------------------------------------------------------

SUMMARY_TITLE = "How this server is set up"
CHANGE = "Change"
SUM_COUNTRY = "**Country** · {country}\n**Under 18** · {minors}"
SUM_NO_COUNTRY = "not set; `/support` asks"
SUM_MINORS = {False: "nobody", True: "some; asks, pods and pairs are closed"}
SUM_CHANNELS = "**Norms** · in {channel}\n**Moderators** · {mods}"
SUM_CHANNEL = "{channel}"
SUM_NO_CHANNEL = "no channel yet"
SUM_LACKS = "{channel}, where Plumbline still needs {missing}"
SUM_GONE = "a channel that is gone"
SUM_NO_MODS = "no channel"
SUM_NORMS = "**What they say** · {norms}"
SUM_NO_NORMS = "nothing yet"
SUM_DRAFT_ONE = "a draft of one norm"
SUM_DRAFT = "a draft of {count} norms"
SUM_PROPOSED = "version {number} is before the members until {until}"
SUM_IN_FORCE = "version {number} is in force"
SUM_AGREE = "**Agreed on** · within {days}, if {least} or more are in, and {share} of those who press"
SUM_DIRECT = "**Agreed on** · published by moderators"
SUM_ASKS = "**Asks** · deleted {days} after they close\n**New members** · {wait}"
SUM_WAIT = "wait {days}"
SUM_NO_WAIT = "don't wait"
NEXT_CHANNEL = "**Next** · choose the channel for norms. Without one they can't be put to anybody."
NEXT_PUT = "**Next** · look through the draft once more, and put it to the members."
NEXT_PUBLISH = "**Next** · look through the draft once more, and publish it."
NEXT_NORMS = "**Next** · `Norms`, to take a pack or to write your own. `/manage norms` opens it later."
NORMS = "Norms"
NEXT_REMIND = "`/manage reminders` then brings one norm in turn to a channel, now and then."
CHOOSE_CHANNEL = "Choose a channel"
PUT = "Put it to the members"
PUBLISH = "Publish it"
