"""What `/ask` says. The forms' wording is in `data/forms/`, longer texts in `data/guidance/`."""

COMMAND = "ask"
DESCRIPTION = "Was I out of line? Ask one to three friends, privately."
MENU = "Ask my pod about this"

# -- 1 and 2: before anything is written ------------------------------------------------------------

CONTINUE = "Continue, I'm 18+"
UNDER_18 = "I'm under 18"
THINK = "Think it through"
INVITE = "Invite"
ALONE = (
    "Nobody has agreed to be asked by you yet. You can write now. "
    "We keep it for 7 days while you ask someone to be in your pod."
)
WRITTEN_TITLE = "Something you wrote is still here"
WRITTEN = "You last changed it on {when}, and did not send it."
GO_ON = "Go on with it"
START_ANEW = "Write something new"

AWAY = "Nobody in your pod can be asked right now. You can write now. We keep it for 7 days."
KIND_TITLE = "What is it about?"
KIND_TEXT = "Pick what comes closest. Nothing is sent before you have seen it."
KIND_PROMPT = "What is it about?"
KINDS = {
    "said": "Something I said or joked about",
    "pushed": "I pushed, or kept going",
    "saw": "I saw something and don't know what to do",
    "named": "A friend of mine was named",
    "sexual": "Something sexual happened and I'm not sure they wanted it",
    "hurt": "Someone says I hurt them",
    "unsafe": "Somebody may be unsafe now",
    "minor": "Somebody under 18 is involved",
}
MESSAGE = "The message you picked"
MESSAGE_LONG = "It is longer than the form's first field, so it is shown here, to copy from."

FACTS_TITLE = "Did any of this happen?"
FACTS_TEXT = "Tick all that did, and all that you're not sure of. This is not kept."
FACTS_PROMPT = "Did any of this happen?"
FACTS = {
    "sex": "Sex or sexual touch",
    "no": "They said no, pulled away, froze or went quiet, and it went on",
    "drunk": "Somebody was very drunk or asleep",
    "scared": "Somebody was scared",
    "none": "None of these",
}
ASKED_TITLE = "A friend of mine was named"
ASKED_TEXT = "Did they say that you may talk about it with others?"
THEY = "They: the one who told you that they were hurt."
YES = "Yes, they said so"
NO = "No, or I haven't asked"
BACK = "Back"
NEXT = "Next"
TALK = "Ask someone to talk"
CHECK_ON_THEM = "Should I check on them?"

# -- 3 and 4: the form and its preview --------------------------------------------------------------

EDIT = "Edit"
SEND = "Send"
DISCARD = "Discard"
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = (
    "The first two fields need a few words. What you typed is kept. `Edit` opens the form as you left it."
)
PREVIEW_TITLE = "As they will see it"
PREVIEW_ABOUT = "About: {kind}"
WHAT = {
    "said": "What I said",
    "pushed": "What I did",
    "saw": "What I saw",
    "named": "What I don't know how to do",
}
FELT = "What they said or did, and may have felt"
FELT_NAMED = "What they asked for, and may feel now"
ASKING = "What I'm asking"
BETTER = "Would their answer change if you added something? `Edit` opens it again."
WHOM_PROMPT = "Who should read it? One to three"
WHOM = (
    "**Who should read it?** Is one of these someone who tells you what you don't want to hear? "
    "Not the person it is about, nor someone close to them."
)
NOBODY_TO_ASK = (
    "**Nobody in your pod can be asked right now.** This is kept in `/inbox` until {until}. "
    "`Invite` shows how to ask someone to be in your pod."
)
UNTIL = "They have until {until}; in somebody's quiet hours, a little longer."
NO_ZONE = "Times follow UTC until you set your time zone in `/settings`."
WAITS = {"noon": "By noon", "tonight": "By tonight", "days": "In 3 days"}
SAME_AS = "Is this the same thing as on {day}?"
SAME_OPENS = (
    "`Same` opens that one, with what came and any plan of yours; what you just typed is kept as a draft."
)
SAME = "Same"
SAME_KEPT_TITLE = "What you just wrote is kept"
SAME_KEPT = "It stays in `/inbox` as a draft, for 7 days at most."
DISCARDED_TITLE = "Discarded"
DISCARDED = "Nothing of it is kept."
PAGE = "Page {page} of {pages}"

# -- after `Send` -----------------------------------------------------------------------------------

SENT_TITLE = "Sent"
STATUS_TITLE = "Your ask"
ASKED_LINE = "{name}: {reply}"
REPLIES = {"asked": "no answer yet", "answered": "answered", "cant": "can't"}
NO_ANSWER = "no answer"
WAITING = (
    "They have until {until}; in somebody's quiet hours, a little longer. "
    "You can wait for all, or read what has come."
)
WAITING_NONE = (
    "They have until {until}; in somebody's quiet hours, a little longer. Nothing to do until then."
)
OVER = "The wait is over. Reading closes it: then nobody can add to it."
NOBODY_TITLE = "Nobody could answer this time"
NOBODY = "That can have many reasons."
NOBODY_OTHERS = "You can ask someone else."
NOBODY_MORE = "`More time` lets those answer who have not, until {until}."
NOBODY_INVITE = (
    "Nobody else in your pod can be asked right now. `Invite` shows how to ask someone to be in it."
)
NOBODY_LINE = "Or call a helpline: `Support` shows which there are."
PAUSED_TITLE = "This is paused"
PAUSED = (
    "Someone you asked on {day} thinks that this needs more than friends in writing. They may be right, and "
    "asking was still worth it. Nobody can add to it now, and it closes on {until}."
)
PAUSED_CAME = "What had come can be read, now and after it closes."
PAUSED_THEY = 'Below, "they" means the person it happened to, not a friend you asked.'
CLOSED_TEXT = "It has closed. What was written is kept until {until}, then destroyed."
WITHDRAWN_TITLE = "Withdrawn"
WITHDRAWN = "It has closed for everyone. What was written is kept until {until}, then destroyed."
SURE_TITLE = "Withdraw it?"
SURE = "Those you asked will only see that it has closed. Nobody can answer any more."
WITHDRAW = "Withdraw"
KEEP = "Keep it open"
READ_SOME = "Read what has come"
READ = "Read"
MORE_TIME = "More time"
OTHERS_PROMPT = "Ask someone else"

ANSWERS_TITLE = "What came"
ANSWERS_LINE = "Friends' guesses, from your side only. They don't answer anyone else's account."
ANSWER_HEADING = "{name}: {part}"
IMPACT = "What it may have been like for them"
STEP = "One next step"
MISSING = "What might be missing from this telling"
OFFER = "What I can offer"
PLAN = "What I'll do"
CONTACT = "Contact?"
NOTHING_CAME = "Nothing has come yet."

# -- refusals ---------------------------------------------------------------------------------------

CLOSED_TITLE = "This has closed"
CLOSED = "It takes nothing more. There is nothing you need to do."
NEW_HERE_TITLE = "You joined not long ago"
NEW_HERE = (
    "You can ask your pod here from {at} on. Those who have just come wait a little, so that people know whom they answer.\n\n"
    "Until then `Think it through` and `/support` are open to you, and friends who ask you can have your answer."
)
TOO_SOON = "Nobody was asked by this press, and what you wrote is kept. You can send it from {at} on."
KEPT_ENOUGH = "It stays in `/inbox` until {until}."
KEPT_TOO_SHORT = "It stays in `/inbox` until {until}, which is sooner; `Edit` keeps it for 7 more days."
TO_DRAFT = "Back to it"
TOO_MANY_TITLE = "Three are open already"
TOO_MANY = "You can have three asks open at a time. Read or withdraw one in `/inbox`; this one is kept there."
NOBODY_CHOSEN_TITLE = "Nobody is picked yet"
NOBODY_CHOSEN = "Pick one to three people of your pod, then send."
CANNOT_TITLE = "Someone you picked can't be asked now"
CANNOT = "The list has changed since. Nobody was asked by this press, and what you wrote is kept."
LOOK_AGAIN = "Look again"
NO_MORE_TITLE = "It has waited three times"
NO_MORE = "An ask can be given more time twice. You can read what came, ask someone else, or withdraw it."
NOBODY_LEFT_TITLE = "Everyone has replied"
NOBODY_LEFT = "More time would bring nothing. You can read what came, ask someone else, or withdraw it."

# -- in /inbox --------------------------------------------------------------------------------------

IN_ASKED = "**{name}** asked for your time."
IN_AGAIN = "**{name}** asked for your time; half the wait is over."
IN_CAME = "An answer has come to what you asked."
IN_OVER = "The wait for what you asked is over."
IN_NOBODY = "Nobody could answer what you asked."
IN_UNREAD = "What you asked is still open: what came can be read, or someone else asked."
IN_CANT = "Someone you asked can't answer."
IN_PAUSED = "What you asked is paused."
IN_DRAFT = "A draft of yours, not sent, kept until {until}."
IN_ANSWERS = "What you asked on {day}."

NOT_OWN_TITLE = "This is somebody else's message"
NOT_OWN = "You can ask your pod about a message of your own. To ask about something else, use `/ask`."
NO_WORDS_TITLE = "There is no text in it"
NO_WORDS = "Only a message's own text can be taken along. `/ask` begins without one."
