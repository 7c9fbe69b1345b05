"""What is said to moderators about norms; the forms are in `data/forms/`, the packs in `data/norms/`."""

# Counted things, as (for one, for any other number).
NORMS = ("{count} norm", "{count} norms")
CHANGES = ("{count} change", "{count} changes")
NOTHING_SAID = "no answers"

HOME = "Overview"
NORMS_HEADING = "The norms"
NEXT = "Next"
BACK = "Back"
MORE = "More"
PAGE = "{number} of {count}"
LINE = "{number}. {title}"

# -- where things stand -----------------------------------------------------------------------------
TITLE = "Norms"
NOTHING = "Nothing is agreed on here yet. A pack gives you six to ten norms to begin with; you change what doesn't fit."
NOT_YET = "Nothing is in force here yet."
IN_FORCE = "**Version {number}** is in force since {day}: {norms}, {said}."
STANDS = "**Version {number}** is proposed: {said}. {rule}"
DRAFT = "**The draft** has {changes}. Only moderators see it."
FIRST_DRAFT = "**The draft** has {norms}. Only moderators see it."
DRAFT_SAME = "**The draft** says what is in force already."
DRAFT_EMPTY = "**The draft** holds no norm. Adopt a pack, or write one."
WITHDRAWN = "**Version {number}** is withdrawn."
NOT_RATIFIED = "**Version {number}** was not ratified: {said}."
WAITS = (
    "**{count} waits** for you: a concern or a suggestion.",
    "**{count} wait** for you: concerns and suggestions.",
)
ADOPT = "Adopt a pack"
WRITE = "Write one"
EDIT = "Edit"
PREVIEW = "Preview"
PUT = "Put it to the members"
PUBLISH = "Publish it"
DISCARD = "Discard the draft"
WITHDRAW = "Withdraw"
VERSIONS = "Versions"
WAITING = "What waits"
DISCARD_TITLE = "Discard the draft?"
DISCARD_TEXT = "Whatever was written and changed in it, by anyone who moderates here, is gone then. What members see stays as it is."
DISCARD_SURE = "Discard it"
KEEP = "Keep it"
DISCARDED = "The draft is gone. What members see stays as it is."

# -- packs ------------------------------------------------------------------------------------------
PACKS_TITLE = "Adopt a pack"
PACKS_TEXT = "Each was written to be changed. Look at one; nothing is taken before you say so."
PACK_LINE = "**{title}** · {about}"
PACK_PROMPT = "Which pack?"
PACK_SMALL = "Members see nothing of it before you put it to them."
PACK_LOOK = "Look closer at one"
TAKE = "Take these"
PACKS = "Packs"
ALL = "The whole pack"
TAKEN = "These are the draft now. Change what doesn't fit, then put them to the members."
REPLACES_TITLE = "Replace what the draft holds?"
REPLACES_TEXT = (
    "The draft holds {norms}. These {new} take their place in it. What members see stays as it is."
)
REPLACE = "Replace them"

# -- writing and editing ----------------------------------------------------------------------------
EDIT_TITLE = "Edit the norms"
EDIT_TEXT = "{norms}, in this order. Only moderators see a change before it is put to the members."
EDIT_PROPOSED = "They are those of version {number}, which stands until {until}. A change begins a draft that can replace it."
EDIT_NONE = "There is no norm yet. Adopt a pack, or write one."
EDIT_PROMPT = "Which norm?"
NORM_TITLE = "{number} of {count}: {title}"
NORM_FRESH = "It is in the draft."
THE_NORM = "The norm"
WHY = "Why"
KEPT = "What keeping it looks like"
QUESTION = "Its question"
UP = "Up"
DOWN = "Down"
RETIRE = "Retire"
ALL_NORMS = "All norms"
RETIRE_TITLE = "Retire this norm?"
RETIRE_HELD = "It is left out of the next version. What members have before them keeps it until then."
RETIRE_NEW = "It stands in the draft alone, so its text is gone then."
RETIRED = "It is left out of the draft."
LIMIT_TITLE = "There are {limit} norms already"
LIMIT = "More than that nobody keeps in mind. Retire one first. If you typed something, it is below, to copy."
YOU_WROTE = "You wrote"
CHANGED_TITLE = "Somebody else changed this norm meanwhile"
CHANGED = "First comes how it reads now, then what you typed, to copy. `Edit` opens it as it is now."
IT_SAYS = "It reads now"

# -- preview, and what changed ----------------------------------------------------------------------
PREVIEW_SMALL = "This is how it will stand in the channel, with `I'm in`, `I have a concern` and `Read them all` below it."
READ_ALL = "Read them all"
READ_TITLE = "All of them, as members will read them"
WHAT_CHANGED = "What changed"
CHANGES_TITLE = "What changed"
SINCE = "Against version {number}, which is in force."
SINCE_NONE = "Nothing is in force yet: all of it is new."

# -- putting it to the members ----------------------------------------------------------------------
PUT_TITLE = "Put version {number} to the members"
PUBLISH_TITLE = "Publish version {number}"
PUT_TEXT = "{norms}, in {channel}, with `I'm in` and `I have a concern`. {rule}"
PUBLISH_TEXT = "In force at once: {norms}. {channel} says so, and members can still say `I'm in`, or that they have a concern."
AGAINST = "That is {changes} against version {number}."
REPLACING = (
    "This replaces version {number}, which stands until {until}: what was said to it stays with it, "
    "and everyone is asked again."
)
PUT_SMALL = "Channel, threshold and days are set in `/manage setup`."
POST = "Post it"
POSTED_TITLE = "Version {number}"
POSTED = "I'm posting it in {channel}. If that doesn't work, I'll tell the moderators."
IS_PUT = "It stands until {until}. `/manage norms` shows the count."
IS_PUBLISHED = "It is in force. `/norms` shows it to everyone."
WITHDRAW_TITLE = "Withdraw version {number}?"
WITHDRAW_TEXT = (
    "It stands until {until}: {said}. Withdrawn, it takes no more answers, and its message says so. "
    "Its text stays here, and what is in force stays in force."
)
WITHDRAW_SURE = "Withdraw it"

# -- versions ---------------------------------------------------------------------------------------
VERSION_TITLE = "Version {number}"
NO_VERSION_TITLE = "No version yet"
NO_VERSION = "What is put to the members is kept here, word for word, with what came of it."
WAS_PUT = "Put to the members on {day}."
WAS_PUBLISHED = "Published on {day}, without asking first."
STATES = {
    "open": "It stands until {until}: {said}.",
    "ratified": "Ratified on {closed}: {said}.",
    "published": "Members: {said}.",
    "not ratified": "Not ratified on {closed}: {said}.",
    "replaced": "Replaced on {closed} by a newer version: {said}.",
    "withdrawn": "Withdrawn on {closed}: {said}.",
}
NOW = "It is in force now."
AGAINST_BEFORE = "What changed against version {number}, in force when it was put:"
AGAINST_NONE = "Nothing was in force before: all of it was new."
NO_CHANGE = "Nothing."
CHANGED_HEADING = "Norm by norm"
ITS_NORMS = "Its norms"
NEWER = "Newer"
OLDER = "Older"
ABOUT_IT = "About it"
VERSION_SMALL = "What a version says never changes."

# -- what waits -------------------------------------------------------------------------------------
NOTHING_WAITS_TITLE = "Nothing waits for you"
NOTHING_WAITS = "Concerns and suggestions that name you as a reader come here."
CONCERN_TITLE = "A concern, {number} of {count}"
SUGGESTION_TITLE = "A suggestion, {number} of {count}"
FROM = "From **{name}**, on {day}."
ABOUT_VERSION = "It is about version {number}."
NO_CONCERN_TEXT = "They have a concern and chose to send no text."
NO_SUGGESTION_TEXT = "There is no text with it."
THEIR_WORDS = "Their words"
WAITING_SMALL = "`Done` takes it off everyone's list. It is deleted 90 days after it was sent."
DONE = "Done"
UNTITLED = "no title"

# -- refusals ---------------------------------------------------------------------------------------
NO_NORMS_TITLE = "There is no norm yet"
NO_NORMS = "Adopt a pack, or write one. Then it can be put to the members."
NOTHING_CHANGED_TITLE = "There is nothing new to put"
NOTHING_CHANGED = "The draft says what members have before them already. Change something first."
OVER_TAKEN_TITLE = "Somebody else changed it meanwhile"
OVER_TAKEN = "Nothing was done. Look at how it stands now, and press again if you still want it."
LOOK = "How it stands now"
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = "A norm needs at least one sentence. Nothing was changed."
NO_CHANNEL_TITLE = "In which channel?"
NO_CHANNEL = "Norms need a channel that members read. It can be changed in `/manage setup`."
GONE_TITLE = "The channel for norms is gone"
GONE = "It was deleted, or Plumbline can't see it. Choose another one."
LACKS_TITLE = "Something is missing there"
LACKS = "In {channel} Plumbline still needs {missing}."
OR_ANOTHER = "Or choose another channel."
CHANNEL_PROMPT = "The channel for norms"
LOOK_AGAIN = "Look again"

# -- when a message can't be shown ------------------------------------------------------------------
UNSEEN = (
    "**Members can't see version {number}.** I couldn't post it in {channel}, or its message there is out of date. "
    "Check that I may see that channel and write there, or choose another one in `/manage setup`. Then press `{button}`."
)
UNSEEN_NO_CHANNEL = (
    "**Members can't see version {number}.** There is no channel for norms. Choose one in `/manage setup`."
)
POST_AGAIN = "Post it again"
POSTS_AGAIN = "I'm posting it now."
BARRED_LINE = "I can't post about your norms in {channel}, so members can't see the message. `/manage norms` says what to do."
LOOK_AT_IT = "Look at it"
BARRED_TITLE = "A message about norms can't be posted"
BARRED_TEXT = (
    "I can't post in {channel}: it was deleted, or I may not see it or write there. "
    "In the server, `/manage norms` shows what members can't see, and lets you post it again."
)
IN_BARRED = "I can't post a message about norms in its channel."
