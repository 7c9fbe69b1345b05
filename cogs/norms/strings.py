"""What is said about norms to members."""

COMMAND = "norms"
DESCRIPTION = "Read what this group has agreed on, say that you're in, or suggest something."

# Buttons.
IN = "I'm in"
OUT = "I'm not in any more"
CONCERN = "I have a concern"
SUGGEST = "Suggest"
SENT_LIST = "What I sent"
READ_ALL = "Read them all"
PROPOSAL = "What's proposed"
WHAT_CHANGES = "What would change"
SHOW = "Show our norms"
STANDS_NOW = "Our norms now"
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
MY_POD = "Set up my pod"

# Which server.
WHICH_TITLE = "Which server?"
WHICH = "Each server has its own norms, and you and I share several servers."
WHICH_PROMPT = "Choose a server"
SOME_SERVER = "A server"
IN_SERVER = "These are from **{server}**."

# A version.
TITLE = "Our norms, version {number}"
THE_NORMS = "The norms"
THE_CHANGES = "What would be different from version {number}"
PAGE = "Page {page} of {pages}"
NUMBERED = "Norm {number}"
PROPOSED = "The moderators suggest this, and they'd like to know what everyone thinks."
AGREED = "We agreed on this on {day}: {counts}."
PUBLISHED = "The moderators published this on {day}, without asking everyone first."
TOO_FEW = "Not enough people were in this time: {yes}, and it takes {least}."
TOO_SMALL_A_SHARE = "Not enough of those who answered were in this time: {counts}, and it takes {share}."
HAD_CONCERNS = ("One person had a concern.", "{count} people had a concern.")
WITHDRAWN = "The moderators took this back on {day}."
REPLACED = "Version {number} has replaced this one."
HOLDS_STILL = "Version {number} still counts."
RULE = "It's agreed if at least {least}, and {share} of those who answer, are in by {until}."
PEOPLE = ("{count} person", "{count} people")
YOU_IN = "**You're in for version {number}.**"
YOU_WERE_IN = "You were in for version {was}. This is version {number}, so please have a look again."
YOU_CONCERN = "**You have a concern about version {number}.**"
NEXT_ONE = (
    "**Version {number} is proposed.** We haven't agreed on it yet, and you can say what you think of it."
)

COUNT_IN = ("{count} person is in", "{count} people are in")
COUNT_CONCERN = ("{count} has a concern", "{count} have a concern")
COUNTED_IN = ("{count} person was in", "{count} people were in")
COUNTED_CONCERN = ("{count} had a concern", "{count} had a concern")
COUNT = "{counts}."
BOTH = "{one}, {other}"
NOBODY_YET = "Nobody is in yet."

# What changes.
ADDED = "**New: {title}**\n{norm}"
CHANGED = "**Changed: {title}**"
CALLED = "Before, it was called: {title}"
WAS = "Before: {norm}"
NOW = "Now: {norm}"
REWORDED = "These parts are different: {parts}."
PARTS = {"why": "why it's there", "kept": "what keeping it looks like", "question": "what to talk about"}
RETIRED = "**Dropped: {title}**\n{norm}"
MOVED = "**Moved: {title}**"
STAYS = ("One norm stays as it is.", "{count} norms stay as they are.")
ITEM = "**{title}**\n{norm}"
BETWEEN = ", "
AND = " and "

NORM_TITLE = "A norm from version {number}"
NORM_WHY = "Why"
NORM_KEPT = "What keeping it looks like"
NORM_QUESTION = "To talk about"

NONE_TITLE = "We haven't agreed on anything here yet"
NONE = (
    "When the moderators propose norms, you'll see them here and can say whether you're in. Is there something you'd like this group "
    "to agree on? You can tell them with `Suggest`."
)

# `I'm in`.
IN_TITLE = "You're in for version {number}"
IN_TEXT = "{count} You can change your mind at any time, and I'll ask you again when the norms change."
IN_POD = (
    "Agreeing is one half. The other is having a few friends you can check things with, before anything is wrong. `Set up my pod` "
    "lets you ask them now."
)
ALREADY_IN = "You were in already, so nothing has changed. {count}"
IN_STILL_SENT = "The moderators you picked still have the concern you sent. If you'd like it gone, open `What I sent` and press `Take it back`."
IN_STILL_CONCERN = (
    "The moderators you picked still have the concern you sent, but I don't count it any more. If you'd like it gone, open "
    "`What I sent` and press `Take it back`."
)
OUT_TITLE = "You're not in for version {number}"
OUT_TEXT = "I don't say who, but the number in the channel goes down by one. {count}"
OUT_STILL_CONCERN = "The concern you sent counts again when the vote ends."
LATE = "**You can't answer version {number} any more.** This is what we have now."
LATE_NONE = "**You can't answer version {number} any more.**"
LATE_TITLE = "These norms have changed since"
LATE_TEXT = "That version was replaced or taken back, or not enough people were in. `/norms` shows you what this group has now."

# The message in the channel.
POST_SMALL = (
    "I show only numbers here, and not who is in. If you send a concern, the moderators you choose see your name, and I count it when the "
    "vote ends. You can read all of this in `/norms` at any time."
)
MORE = (
    "There's one more. Press `Read them all` to see it.",
    "There are {count} more. Press `Read them all` to see them.",
)
RESULT_YES = "We've agreed on version {number} of our norms"
RESULT_YES_TEXT = "{counts}. From now on, this is how we do things here."
RESULT_NO = "We haven't agreed on version {number} of our norms yet"
RESULT_NO_NEXT = "`/norms` lets you suggest changes."

# Writing to moderators.
CONCERN_TITLE = "A concern about version {number}"
CONCERN_UNKNOWN = "A concern"
SUGGESTION_TITLE = "A suggestion"
GOES_TO = "This goes to {names}, with your name."
GOES_TO_NOBODY = (
    "You haven't ticked anyone who would read this. You can write it now and tick somebody before you send it. If you don't trust any "
    "of them with it, a friend may be a better first reader."
)
KNOWN = "Below are the moderators I know: the people who have used `/manage` here. Untick anyone who shouldn't read this."
AND_MORE = "{count} more, who are all listed below"
COUNTS = (
    "Once you send it, it's a concern about version {number}, and a concern counts as not being in. I don't show it before the vote "
    "ends. The result then says how many people had a concern, and everyone can read that, also moderators you've unticked. If you "
    "only want to ask something, use `Suggest` in `/norms`. With `Send without my text` the people you picked only learn that you have "
    "a concern."
)
COUNTS_NOWHERE = (
    "The vote on version {number} is over, so this isn't counted anywhere. With `Send without my text` the people you picked only "
    "learn that you have a concern."
)
READERS_PROMPT = "Who reads it"
NOBODY_TICKED = (
    "Somebody has to read it, so I've left the ticks as they were. If you don't want any of these people to see it, press `Discard`. "
    "A friend you trust may be a better first reader."
)
NOBODY_KNOWN = (
    "I don't know yet who moderates this server, because nobody else has used `/manage` here. You can write it now. I'll keep it for 7 "
    "days after you last wrote, in `/inbox` and in `/norms`, and you can send it once one of them has used it."
)
KEPT = "Until you send it, only you can see it. I keep it for 7 days after you last wrote."
YOUR_WORDS = "What you wrote"
OUTDATED_NEWER = "You can't answer version {number} any more, but you can make this about version {newer}."
OUTDATED = "You can't answer version {number} any more. What you wrote is still here, and you can send it as a suggestion."

TOO_LATE_TITLE = "You had sent it before this arrived"
TOO_LATE = (
    "What you typed just now isn't part of it, and I don't keep it, so please copy it if you need it. You can press `Take it back` and "
    "start over, or send it as a suggestion."
)
SENT_TITLE = "Sent"
SENT = "{names} can read it, with your name."
SENT_NOBODY = "Nobody you sent it to can read it here any more."
SENT_BARE = "They learn that you have a concern, and nothing else."
SENT_COUNTS = "It counts as a concern about version {number}, so as not being in. I show that number when the vote has ended, and not before."
SENT_SEEN_TO = "One of them has marked it as done."
SENT_SMALL = "I can't bring you an answer, but they may come and talk to you. I'll delete it after 90 days."
TAKEN_TITLE = "Taken back"
TAKEN = "They can't open it any more, and I don't count it. They may have read it before."
TAKEN_IN_AGAIN = "You were in before you sent it, and now you are again."
DISCARDED_TITLE = "Discarded"
DISCARDED = "I've deleted it, and nobody has seen it."
NOT_WRITTEN_TITLE = "There's nothing in it yet"
NOT_WRITTEN = "Please write a sentence or two first. I haven't sent anything."
NOBODY_TITLE = "Nobody is left to read it"
NOBODY = "None of the people you ticked moderates this server any more. Open it again to see who does. What you wrote is still here."
OPEN_AGAIN = "Open it again"

LIST_TITLE = "What you sent to the moderators"
LIST_NONE = "You haven't sent them anything. With `Suggest` you can write to them."
LIST_DRAFT = "**{what}** · not sent yet"
LIST_SENT = "**{what}** · sent {day}"
LIST_DONE = "**{what}** · marked as done"
INBOX_DRAFT = "**{what}** that you haven't sent. I keep it for 7 days after you last wrote."

UNTITLED = "A norm without a title"
