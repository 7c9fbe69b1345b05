"""What is said about norms to members."""

COMMAND = "norms"
DESCRIPTION = "What this group agreed on. Say that you're in, or suggest something."

# Buttons.
IN = "I'm in"
OUT = "I'm not in any more"
CONCERN = "I have a concern"
SUGGEST = "Suggest"
SENT_LIST = "What I sent"
READ_ALL = "Read them all"
PROPOSAL = "What is proposed"
WHAT_CHANGES = "What would change"
SHOW = "Show our norms"
STANDS_NOW = "What stands now"
BACK = "Back"
NEXT = "Next"
OPEN = "Open"
WHY = "Why"
WRITE = "Write it"
EDIT = "Edit"
SEND = "Send"
SEND_BARE = "Send without my text"
DISCARD = "Discard"
TAKE_BACK = "Take it back"
MOVE_TO = "Make it about version {number}"
MOVE_AWAY = "Make it a suggestion"

# Which server.
WHICH_TITLE = "Which server?"
WHICH = "Norms belong to one server, and we share several."
WHICH_PROMPT = "Choose a server"
SOME_SERVER = "A server"
IN_SERVER = "In **{server}**."

# A version.
TITLE = "Version {number} of our norms"
THE_NORMS = "The norms"
THE_CHANGES = "What changes against version {number}"
PAGE = "Page {page} of {pages}"
NUMBERED = "Norm {number}"
PROPOSED = "Proposed to everyone here."
AGREED = "Agreed on by the group on {day}: {counts}."
PUBLISHED = "Published on {day} by those who run this server, without asking everyone first."
NOT_AGREED = "Not agreed on: {counts}. It needed at least {least}, and {share} of those who press."
WITHDRAWN = "Taken back on {day} by those who run this server."
REPLACED = "Replaced by version {number}."
HOLDS_STILL = "Version {number} holds as before."
RULE = "Agreed on when at least {least}, and {share} of those who press, by {until}."
YOU_IN = "**You're in for version {number}.**"
YOU_WERE_IN = "You were in for version {was}. This is version {number}."
YOU_CONCERN = "**You have a concern about version {number}.**"
NEXT_ONE = "**Version {number} is proposed.** It isn't agreed on yet, and you can say what you think of it."

COUNT_IN = ("{count} is in", "{count} are in")
COUNT_CONCERN = ("{count} has a concern", "{count} have a concern")
COUNTED_IN = ("{count} was in", "{count} were in")
COUNTED_CONCERN = ("{count} had a concern", "{count} had a concern")
COUNT = "{counts}."
BOTH = "{one}, {other}"
NOBODY_YET = "Nobody has answered yet."

# What changes.
ADDED = "**Added: {title}**\n{norm}"
CHANGED = "**Changed: {title}**"
CALLED = "It was called: {title}"
WAS = "Was: {norm}"
NOW = "Now: {norm}"
REWORDED = "What is said about it has changed: {parts}."
PARTS = {"why": "why", "kept": "what keeping it looks like", "question": "the question"}
RETIRED = "**Retired: {title}**\n{norm}"
MOVED = "**Moved: {title}**"
STAYS = ("One norm stays as it is.", "{count} norms stay as they are.")
ITEM = "**{title}**\n{norm}"
BETWEEN = ", "
AND = " and "

NORM_TITLE = "A norm of version {number}"
NORM_WHY = "Why"
NORM_KEPT = "What keeping it looks like"
NORM_QUESTION = "To talk about"

NONE_TITLE = "Nothing is agreed on here yet"
NONE = (
    "When those who run this server put norms to everyone, they are shown here, and you say whether you're in. "
    "Is there something that this group should agree on?"
)

# `I'm in`.
IN_TITLE = "You're in for version {number}"
IN_TEXT = "You can undo it at any time. When the norms change, you are asked anew."
ALREADY_IN = "You were in already, and nothing has changed."
IN_STILL_CONCERN = (
    "The concern that you sent stays with those who have it, and counts no more. `Take it back`, "
    "in what you sent, removes it."
)
OUT_TITLE = "You're not in for version {number}"
OUT_TEXT = "You are not counted among those who are in. Nobody is told."
OUT_STILL_CONCERN = "The concern that you sent counts again."
LATE = "**Version {number} can't be answered any more.** This is what stands now."
LATE_NONE = "**Version {number} can't be answered any more.**"
LATE_TITLE = "That version stands no more"
LATE_TEXT = "It was replaced, taken back, or not agreed on. `/norms` shows what stands now."

# The message in the channel.
POST_SMALL = "No names are shown. `/norms` has it at any time."
MORE = ("And one more: `Read them all`.", "And {count} more: `Read them all`.")
RESULT_YES = "Version {number} of our norms is agreed on"
RESULT_YES_TEXT = "{counts}. From now on, this is what we go by."
RESULT_NO = "Version {number} of our norms is not agreed on"
RESULT_NO_TEXT = "{counts}. It needed at least {least}, and {share} of those who press."
WAITS_TITLE = "Something waits in `/manage norms`"
WAITS = "`Open` shows you what was sent to you."

# Writing to moderators.
CONCERN_TITLE = "A concern about version {number}"
CONCERN_UNKNOWN = "A concern"
SUGGESTION_TITLE = "A suggestion"
GOES_TO = "It goes to {names}, with your name."
GOES_TO_NOBODY = (
    "Nobody is ticked who would read it. You can write now, and tick somebody before you send it; a friend you trust "
    "may be a better first reader."
)
KNOWN = (
    "Below are those who run this server, as far as Plumbline knows them: those who have used `/manage` here. "
    "Untick anyone who should not read it."
)
AND_MORE = "{count} more, all named below"
COUNTS = (
    "Once sent, it counts as a concern about version {number}. `Send without my text` tells them only that you "
    "have one."
)
READERS_PROMPT = "Who reads it"
NOBODY_TICKED = (
    "Somebody has to read it, so those who were ticked still are. If none of them should, `Discard` it; "
    "a friend you trust may be a better first reader."
)
NOBODY_KNOWN = (
    "Plumbline does not know yet who runs this server: nobody else has used `/manage` here. You can write now. "
    "It is kept for 7 days after you last wrote, in `/inbox` and in `/norms`, and can be sent once one of them has."
)
KEPT = "Until you send it, only you see it. It is kept for 7 days after you last wrote."
YOUR_WORDS = "What you wrote"
OUTDATED_NEWER = "Version {number} can't be answered any more. Version {newer} can."
OUTDATED = "Version {number} can't be answered any more. What you wrote can still be sent as a suggestion."

TOO_LATE_TITLE = "It was sent before this came in"
TOO_LATE = (
    "What you typed now is not part of it, and is kept nowhere. `Take it back` to begin anew, or `Suggest`."
)
SENT_TITLE = "Sent"
SENT = "{names} can read it, with your name."
SENT_NOBODY = "None of those whom it was sent to can read it here any more."
SENT_BARE = "They are told that you have one, and nothing else."
SENT_COUNTS = "It counts as a concern about version {number}."
SENT_SEEN_TO = "One of them has marked it as seen to."
SENT_SMALL = "Plumbline doesn't carry answers back. They may come to you themselves. It goes after 90 days."
TAKEN_TITLE = "Taken back"
TAKEN = "It is gone for them too, and counts no more. What was read can't be unread."
DISCARDED_TITLE = "Discarded"
DISCARDED = "Nothing of it is kept, and nobody has seen it."
NOT_WRITTEN_TITLE = "There is nothing in it yet"
NOT_WRITTEN = "Write a sentence or two first. Nothing has been sent."
NOBODY_TITLE = "Nobody is left who would read it"
NOBODY = "Nobody is ticked any more who runs this server. Open it again and look who does; nothing is lost."
OPEN_AGAIN = "Open it again"

LIST_TITLE = "What you sent to those who run this server"
LIST_NONE = "Nothing of yours is with them. `Suggest` writes to them."
LIST_DRAFT = "**{what}** · not sent yet"
LIST_SENT = "**{what}** · sent {day}"
LIST_DONE = "**{what}** · seen to"
INBOX_DRAFT = "**{what}**, begun and not sent. It is kept for 7 days after you last wrote."

UNTITLED = "A norm without a title"
