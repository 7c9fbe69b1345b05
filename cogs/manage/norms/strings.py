"""What is said to moderators about norms; the forms are in `data/forms/`, the packs in `data/norms/`."""

# Counted things, as (for one, for any other number).
NORMS = ("{count} norm", "{count} norms")
CHANGES = ("{count} change", "{count} changes")
NOTHING_SAID = "nobody is in yet"
NOBODY_ANSWERED = "nobody had answered"
NOBODY_WAS_IN = "nobody was in"

HOME = "Overview"
NORMS_HEADING = "The norms"
NEXT = "Next"
BACK = "Back"
MORE = "More"
PAGE = "{number} of {count}"
LINE = "{number}. {title}"

# -- where things stand -----------------------------------------------------------------------------
TITLE = "Norms"
NOTHING = "Your group hasn't agreed on anything here yet. A pack gives you nine or ten norms to start with, and you can change whatever doesn't fit."
NOT_YET = "Your group hasn't agreed on any norms yet."
IN_FORCE = "**Your norms are version {number}**, with {norms}, since {day}. So far: {said}."
STANDS = "**Members are answering version {number}.** So far: {said}. {rule}"
DRAFT = "**Your draft** has {changes}, and only moderators can see it."
FIRST_DRAFT = "**Your draft** has {norms}, and only moderators can see it."
DRAFT_SAME = "**Your draft** says the same as the norms you have."
DRAFT_EMPTY = "**Your draft** is empty, so take a pack or write a norm."
WITHDRAWN = "**You took back version {number}**, and nobody can answer it any more."
NOT_RATIFIED = (
    "**Not enough members were in for version {number}**: {said}. You can change your draft and ask again."
)
WAITS = (
    "**{count} message is waiting for you**: a concern or a suggestion.",
    "**{count} messages are waiting for you**: concerns and suggestions.",
)
ADOPT = "Take a pack"
WRITE = "Write one"
EDIT = "Edit"
PREVIEW = "Preview"
PUT = "Ask the members"
PUBLISH = "Publish without asking"
DISCARD = "Discard the draft"
WITHDRAW = "Take it back"
VERSIONS = "Versions"
WAITING = "What's waiting"
DISCARD_TITLE = "Discard the draft?"
DISCARD_TEXT = "Everything that you and the other moderators have written in it will be deleted, and what members see stays as it is."
DISCARD_SURE = "Discard it"
KEEP = "Keep it"
DISCARDED = "I've deleted the draft, and what members see stays as it is."

# -- packs ------------------------------------------------------------------------------------------
PACKS_TITLE = "Take a pack"
PACKS_TEXT = "Each pack is a first draft, written for one kind of group, so have a look at one. Nothing happens until you press `Take these`."
PACK_LINE = "**{title}** · {about}"
PACK_PROMPT = "Which pack?"
PACK_SMALL = "Members don't see any of it until you ask them."
PACK_LOOK = "Read one norm in full"
TAKE = "Take these"
PACKS = "Packs"
ALL = "The whole pack"
TAKEN = "These norms are in your draft now. Change what doesn't fit, and then ask the members."
REPLACES_TITLE = "Replace what's in your draft?"
REPLACES_TEXT = (
    "If you go on, these {new} replace the {norms} in your draft. What members see stays as it is."
)
REPLACE = "Replace them"

# -- writing and editing ----------------------------------------------------------------------------
EDIT_TITLE = "Edit the norms"
EDIT_TEXT = (
    "You have {norms}, in this order, and only moderators see what you change until you ask the members."
)
EDIT_PROPOSED = "Members can answer version {number} until {until}, and these are its norms. If you change something, that starts a draft that can replace it."
EDIT_NONE = "There aren't any norms yet, so take a pack or write one."
EDIT_PROMPT = "Which norm?"
NORM_TITLE = "{number} of {count}: {title}"
NORM_FRESH = "I've saved this in your draft, where only moderators see it."
THE_NORM = "The norm"
WHY = "Why"
KEPT = "What keeping it looks like"
QUESTION_HEADING = "To talk about"
QUESTION = "Add a question"
QUESTION_AGAIN = "Change the question"
UP = "Up"
DOWN = "Down"
RETIRE = "Drop it"
ALL_NORMS = "All norms"
RETIRE_TITLE = "Drop this norm?"
RETIRE_HELD = "It won't be in the next version. Until then, members still see it in version {number}, the norms you have now."
RETIRE_PROPOSED = "It won't be in the next version. Until then, members still see it in version {number}, which they're answering."
RETIRE_BOTH = (
    "It won't be in the next version. Until then, members still see it in version {number}, the norms you have now, and in version "
    "{proposed}, which they're answering."
)
RETIRE_NEW = "It's only in your draft, so its text will be deleted."
RETIRED = "I've taken it out of your draft."
LIMIT_TITLE = "You have {limit} norms already"
LIMIT = "People can't keep more than that in mind, so please drop one first. If you typed something, you can copy it from below."
YOU_WROTE = "You wrote"
CHANGED_TITLE = "Another moderator changed this norm in the meantime"
CHANGED = "You can see how it reads now, and below it what you typed, so that you can copy it. `Edit` opens the norm as it is now."
IT_SAYS = "It now says"

# -- preview, and what changed ----------------------------------------------------------------------
PREVIEW_SMALL = "This is how members will see it in the channel, with their own buttons below it."
READ_ALL = "Read them all"
READ_TITLE = "All the norms, as members will read them"
WHAT_CHANGED = "What changed"
CHANGES_TITLE = "What changed"
SINCE = "This is what's different from version {number}, the norms you have now."
SINCE_NONE = "Your group hasn't agreed on any norms yet, so all of this is new."

# -- asking the members -----------------------------------------------------------------------------
PUT_TITLE = "Ask the members about version {number}"
PUBLISH_TITLE = "Publish version {number} without asking"
PUT_TEXT = "I'll post {norms} in {channel}. Members can press `I'm in` or `I have a concern`. {rule}"
PUBLISH_TEXT = (
    "This skips asking the members, and the channel will say so. The version has {norms}, it counts right away, and I'll post it in "
    "{channel}. Members can still press `I'm in`, or write to you in `/norms`."
)
AGAINST = "That's {changes} compared with version {number}."
REPLACING = (
    "This replaces version {number}, which members could answer until {until}. I'll keep what they answered with that version, and ask "
    "everyone again about the new one."
)
ENDING_THE_VOTE = (
    "This ends the vote on version {number}, which members could answer until {until}. I'll keep what they answered with that version, "
    "and I won't ask them again about this one."
)
PUBLISH_SMALL = "You can change the channel in `/manage setup`."
PUT_SMALL = (
    "You can change the channel, how many people must be in, and how long they have in `/manage setup`."
)
POST = "Post it"
POSTED_TITLE = "Version {number}"
POSTED = "I'm posting it in {channel}. If that doesn't work, I'll tell the moderators."
IS_PUT = "Members can answer until {until}. You can see the count in `/manage norms`."
IS_PUBLISHED = "These are your norms now, and everyone can read them in `/norms`."
WITHDRAW_TITLE = "Take back version {number}?"
WITHDRAW_TEXT = (
    "Members could still answer it until {until}. So far: {said}. If you take it back, nobody can answer it any more, and its message "
    "says so. I'll keep its text for you, and the norms you have now stay as they are."
)
WITHDRAW_SURE = "Take it back"

# -- versions ---------------------------------------------------------------------------------------
VERSION_TITLE = "Version {number}"
NO_VERSION_TITLE = "There's no version yet"
NO_VERSION = (
    "Each time you ask the members or publish norms, I keep the exact text here, with how they answered."
)
WAS_PUT = "You asked the members about it on {day}."
WAS_PUBLISHED = "You published it on {day}, without asking the members first."
STATES = {
    "open": "They can answer until {until}. So far: {said}.",
    "ratified": "Your group agreed on it on {closed}: {said}.",
    "published": "Members: {said}.",
    "not ratified": "Not enough members were in by {closed}: {said}.",
    "replaced": "A newer version replaced it on {closed}: {said}.",
    "withdrawn": "You took it back on {closed}: {said}.",
}
NOW = "These are your norms now."
AGAINST_BEFORE = "Compared with version {number}, the norms you had then, this is what it changed:"
AGAINST_NONE = "Your group had no norms before, so all of it was new."
NO_CHANGE = "It changed nothing."
CHANGED_HEADING = "Norm by norm"
ITS_NORMS = "Read its norms"
NEWER = "Newer"
OLDER = "Older"
ABOUT_IT = "Back to the version"
VERSION_SMALL = "Nobody can change the text of a version afterwards."

# -- what waits -------------------------------------------------------------------------------------
SOME_SERVER = "A server"
IN_WAITS = "A concern or a suggestion about norms that a member sent you."
WAITS_TITLE = "A member has written to you"
WAITS_TEXT = (
    "It's a concern or a suggestion about the norms of **{server}**, and they picked who can read it. Open `/manage norms` there and "
    "press `{button}`."
)
WAITS_SMALL = "Other moderators may not have been picked, so please don't assume they know of it."
NOTHING_WAITS_TITLE = "Nothing is waiting for you"
NOTHING_WAITS = (
    "When somebody sends a concern or a suggestion and picks you as a reader, you'll find it here."
)
CONCERN_TITLE = "A concern, {number} of {count}"
SUGGESTION_TITLE = "A suggestion, {number} of {count}"
FROM = "**{name}** sent you this on {day}."
ABOUT_VERSION = "It's about version {number}."
NO_CONCERN_TEXT = "They have a concern, and chose not to send any text with it."
NO_SUGGESTION_TEXT = "There's no text with it."
THEIR_WORDS = "Their words"
WAITING_SMALL = "`Done` moves it to what's done, for every moderator who can read it. I'll delete it 90 days after it was sent."
DONE_SMALL = "I'll delete it 90 days after it was sent."
DONE = "Done"
SHOW_DONE = "Show what's done"
SHOW_WAITING = "Show what's waiting"
OPEN_AGAIN = "Open it again"
MARKED_DONE = "It's marked as done."
NOTHING_DONE_TITLE = "Nothing is marked as done"
NOTHING_DONE = (
    "If one of the moderators who can read a concern or a suggestion presses `Done`, it moves here."
)
UNTITLED = "no title"

# -- refusals ---------------------------------------------------------------------------------------
NORM_GONE_TITLE = "That norm isn't in the draft any more"
NORM_GONE = (
    "Another moderator may have taken it out, or replaced the draft. I haven't changed anything. `/manage norms` shows you the draft as "
    "it is now."
)
NO_NORMS_TITLE = "There aren't any norms yet"
NO_NORMS = "Take a pack or write a norm. Then you can ask the members about it."
NOTHING_CHANGED_TITLE = "There's nothing new to ask about"
NOTHING_CHANGED = "Your draft says the same as what members see already. Change something first."
OVER_TAKEN_TITLE = "Another moderator changed it in the meantime"
OVER_TAKEN = "I didn't do anything, so please look at how it is now, and press again if you still want to."
LOOK = "How it is now"
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = "I didn't change anything, because a norm needs at least one sentence."
NO_CHANNEL_TITLE = "In which channel?"
NO_CHANNEL = "Your norms need a channel that members read. You can change it later in `/manage setup`."
GONE_TITLE = "The channel for norms is gone"
GONE = "Somebody deleted it, or I can't see it, so please choose another one."
LACKS_TITLE = "I'm missing something there"
LACKS = "In {channel} I still need {missing}."
OR_ANOTHER = "You can also choose another channel."
CHANNEL_PROMPT = "The channel for norms"
LOOK_AGAIN = "Look again"

# -- when a message can't be shown ------------------------------------------------------------------
UNSEEN = (
    "**Members can't see version {number}.** I couldn't post it in {channel}, or its message there is out of date. "
    "Check that I may see that channel and write there, or choose another one in `/manage setup`. Then press `{button}`."
)
UNSEEN_NO_CHANNEL = "**Members can't see version {number}**, because there's no channel for norms. You can choose one in `/manage setup`."
POST_AGAIN = "Post it again"
POSTS_AGAIN = "I'm posting it again now, so have a look in the channel."
BARRED_LINE = "I can't post about your norms in {channel}, so members can't see the message. You can see what to do in `/manage norms`."
LOOK_AT_IT = "Look at it"
BARRED_TITLE = "I can't post a message about norms"
BARRED_TEXT = (
    "I can't post in {channel}. Somebody deleted it, or I may not see it or write there. "
    "In the server, open `/manage norms` to see what members are missing and to post it again."
)
IN_BARRED = "I can't post a message about norms in its channel."
