"""What `/ask` says. The forms' wording is in `data/forms/`, longer texts in `data/guidance/`."""

COMMAND = "ask"
DESCRIPTION = "Was I out of line? Ask one to three friends, privately."
MENU = "Ask my pod about this"

# -- 1 and 2: before anything is written ------------------------------------------------------------

CONTINUE = "Continue, I'm 18+"
UNDER_18 = "I'm under 18"
THINK = "Think it through"
SET_UP_POD = "Set up my pod"
ALONE = (
    "**Nobody is in your pod yet,** so there's nobody to send this to today. You can write it now, and I'll keep "
    "it for 7 days while you invite someone. For `Think it through` you need nobody but yourself."
)
AWAY = (
    "**Nobody in your pod can be asked right now.** You can write it now, and I'll keep it for 7 days. "
    "For `Think it through` you need nobody but yourself."
)
WRITTEN_TITLE = "Something you wrote is still here"
WRITTEN = "You last changed it on {when}, and you haven't sent it."
GO_ON = "Go on with it"
WRITE_NEW = "Write something new"

KIND_TITLE = "What is it about?"
KIND_TEXT = (
    "Pick the closest one. I send nothing until you've read it over and pressed `Send`.\n\n"
    "If something you did was sexual and went on after a no, or scared somebody, pick `I pushed, or kept going`, "
    "even if it began as a joke."
)
KIND_PROMPT = "What is it about?"
KINDS = {
    "off": "Something felt off, and I'm not sure why",
    "said": "Something I said or joked about",
    "pushed": "I pushed, or kept going",
    "saw": "I saw something and don't know what to do",
    "named": "A friend of mine did something",
    "sexual": "Something sexual happened and I'm not sure they wanted it",
    "hurt": "Someone says I hurt them",
    "unsafe": "Somebody may be unsafe now",
    "minor": "Somebody under 18 is involved",
}
MESSAGE = "The message you picked"
MESSAGE_LONG = "It's too long for the first field of the form, so here it is for you to copy from."

FACTS_TITLE = "Did any of this happen?"
FACTS_TEXT = (
    "Tick everything that happened, and anything you're not sure about. "
    "I only use it to decide what to show you next, and I don't keep it."
)
FACTS_PROMPT = "Did any of this happen?"
FACTS = {
    "sex": "Sex or sexual touch (a kiss counts)",
    "no": "They said no, pulled away, froze or went quiet, and it went on",
    "drunk": "Somebody was very drunk or asleep",
    "scared": "Somebody was scared",
    "none": "None of these",
}
ASKED_TITLE = "A friend of mine did something"
ASKED_TEXT = "Did the person who was hurt say you may talk about it with your friends?"
YES = "Yes, they said so"
NO = "No, or I haven't asked"
BACK = "Back"
NEXT = "Next"
TALK = "Ask someone to talk"
WHAT_TO_SAY = "What to say and do"
CHECK_ON_THEM = "Should I check on them?"

# -- 3 and 4: the form and its preview --------------------------------------------------------------

EDIT = "Edit"
SEND = "Send"
DISCARD = "Discard"
UNWRITTEN_TITLE = "A few words are missing"
UNWRITTEN = (
    "The first two fields need a few words, or your friends can't answer you well. "
    "What you typed is still here: press `Edit`."
)
PREVIEW_TITLE = "What your friends will read"
PREVIEW_ABOUT = "About: {kind}"
WHAT = {
    "off": "What I did or said",
    "said": "What I said",
    "pushed": "What I did",
    "saw": "What I saw",
    "named": "Where I'm stuck",
}
FELT = "What they said or did, and may have felt"
FELT_OF = {
    "saw": "What the person it happened to said or did",
    "named": "What the person who was hurt wants",
}
ASKING = "What I'd like to know"
BETTER = "Did you leave out anything that would change their answer? `Edit` opens it again."
BETTER_OF = {
    "saw": (
        "It's the story of the person it happened to. If you can ask them first, do. If not, leave out what only they "
        "should tell, and names and places. `Edit` opens it again."
    ),
    "named": "Is there anything in here that only the person who was hurt should tell? With `Edit` you can take it out.",
}
WHO_PROMPT = "Who should read it? One to three"
WHO = (
    "**Who should read it?** Pick someone who tells you what you don't want to hear. "
    "Don't pick the person you may have hurt, or anyone close to them."
)
WHO_OF_OTHERS = (
    "**Who should read it?** Pick someone who stays calm and keeps things to themselves. "
    "Don't pick the person who was hurt, the person who did it, or anyone close to either."
)
NOBODY_TO_ASK = (
    "**There's nobody you can send this to right now.** What you wrote stays in `/inbox` until {until}. "
    "`Set up my pod` lets you invite someone, and for `Think it through` you need nobody but yourself."
)
NOBODY_TO_ASK_OTHERS = (
    "**There's nobody you can send this to right now.** What you wrote stays in `/inbox` until {until}. "
    "`Set up my pod` lets you invite someone, and `Support` has people you can call today."
)
UNTIL = "They have until {until} to answer. If that falls in somebody's quiet hours, I wait until the next morning."
KEPT_FOR = (
    "I delete it and the answers one day after it has closed.",
    "I delete it and the answers {days} days after it has closed.",
)
NO_ZONE = "These times are in UTC until you set your time zone in `/settings`."
WAITS = {"noon": "By noon", "tonight": "By tonight", "days": "In 3 days"}
SAME_AS = "Is this the same thing as on {day}?"
SAME_OPENS = "`Open the earlier one` shows who replied then, with any answers and your plan. What you just typed stays in `/inbox`."
SAME = "Open the earlier one"
SAME_KEPT_TITLE = "What you just wrote is still here"
SAME_KEPT = "It's a draft in your `/inbox`, and I keep it for up to 7 days."
DISCARDED_TITLE = "Discarded"
DISCARDED = (
    "Your draft is deleted, and I kept nothing of it. You can start again with `/ask` whenever you like."
)
PAGE = "Page {page} of {pages}"

# -- after `Send` -----------------------------------------------------------------------------------

SENT_TITLE = "Sent"
STATUS_TITLE = "Your ask"
ASKED_LINE = "{name}: {reply}"
REPLIES = {"asked": "no answer yet", "answered": "answered", "cant": "can't"}
NO_ANSWER = "no answer"
WHILE_YOU_WAIT = "While you wait, leave the other person alone."
WAITING = (
    "They have until {until} to answer, or a little longer if that falls in their quiet hours. "
    "You can wait for everyone, or read the answers you already have."
)
WAITING_NONE = (
    "They have until {until} to answer, or a little longer if that falls in their quiet hours. "
    "When the first answer is there, you'll find it in `/inbox`."
)
OVER = (
    "The wait is over, and you can read the answers. "
    "Once you've read them your ask is closed, and nobody can add to it."
)
NOBODY_TITLE = "Nobody could answer this time"
NOBODY = "That can have many reasons: people have hard weeks of their own."
NOBODY_OTHERS = "You can pick someone else from your pod."
NOBODY_MORE = "`More time` gives the people who haven't answered until {until}."
NOBODY_INVITE = "Nobody else in your pod can be asked right now. `Set up my pod` lets you invite someone."
NOBODY_LINE = "You don't have to wait for your friends, either: `Support` lists helplines that you can call."
PAUSED_TITLE = "Your ask is paused"
PAUSED = (
    "Someone you asked on {day} thinks this needs more than friends can do in writing. They may be right, and "
    "it was still worth asking. Nobody can add to your ask now, and it closes on {until}."
)
PAUSED_DANGER = (
    "Someone you asked on {day} thinks that somebody may be in danger now. They don't have to be sure to say so, "
    "and you don't have to be sure to call. Nobody can add to your ask now, and it closes on {until}."
)
DANGER_FIRST = (
    "**If anyone may be in danger now, call {emergency}.** "
    "If you're thinking about suicide, press `Support`, then `Right now`. Everything else on this card can wait."
)
DANGER_FIRST_OTHERS = (
    "**If anyone may be in danger now, call {emergency}.** Say where they are and what you're worried about. "
    "If you're in danger yourself, or you're thinking about suicide, press `Support`, then `Right now`."
)
PAUSED_ALOUD = "From here, say it out loud instead of in writing."
PAUSED_CAME = "You can read the answers you got, now and after it closes."
CLOSED_TEXT = "It's closed. I keep what was written until {until}, and then I delete it."
WITHDRAWN_TITLE = "Withdrawn"
WITHDRAWN = "Your ask is closed for everyone. I keep what was written until {until}, and then I delete it."
SURE_TITLE = "Withdraw it?"
SURE = "Nobody can answer after that. The people you asked will only see that it's closed."
WITHDRAW = "Withdraw"
KEEP = "Keep it open"
READ_SOME = "Read what has come"
READ = "Read"
MORE_TIME = "More time"
OTHERS_PROMPT = "Ask someone else"

ANSWERS_TITLE = "The answers"
ANSWERS_LINE = "Your friends only heard your side, so these are their guesses. The people who were there may see it differently."
ANSWERS_LINE_OF = {
    "saw": (
        "Your friends weren't there, so these are their guesses. What happens next is up to the person it happened to."
    ),
    "named": (
        "Your friends only know what you wrote, so these are their guesses. What happens next is up to the person who "
        "was hurt."
    ),
}
ANSWER_HEADING = "{name}: {part}"
IMPACT = "What it may have been like for them"
IMPACT_OTHERS = "What the person who was hurt may need"
STEP = "One next step"
MISSING = "What might be missing"
OFFER = "What I can offer"
PLAN = "What I'll do"
NOTHING_CAME = (
    "Nobody has answered yet. You can still decide what you'll do, or think about whether to check on them."
)
NOTHING_CAME_OTHERS = "Nobody has answered yet. You can still decide what you'll do, or ask the person who was hurt what they want."

# -- refusals ---------------------------------------------------------------------------------------

CLOSED_TITLE = "This ask is closed"
CLOSED = "Nobody can add to it now, so there's nothing left for you to do here."
NEW_HERE_TITLE = "You joined not long ago"
NEW_HERE = (
    "You can ask your pod here from {at} on. New members wait a little, so that people know who they're answering.\n\n"
    "You don't have to wait with the rest. `Think it through` asks you four questions, you can invite people to your "
    "pod already, and friends who ask you something can have your answer."
)
TOO_SOON = "This wasn't sent. What you wrote is still here, and you can send it from {at} on."
KEPT_ENOUGH = "I keep it in `/inbox` until {until}."
KEPT_TOO_SHORT = (
    "I keep it in `/inbox` until {until}, which is sooner. To keep it for 7 more days, open it with `Edit` and "
    "submit it again."
)
TO_DRAFT = "Back to it"
TOO_MANY_TITLE = "Three are open already"
TOO_MANY = (
    "You can have three asks open at a time. This one wasn't sent, and it's a draft in `/inbox` now. "
    "Once you've read or withdrawn one of the others there, you can send it."
)
NOBODY_CHOSEN_TITLE = "Nobody is picked yet"
NOBODY_CHOSEN = "Pick one to three people from your pod, and then press `Send`."
CANNOT_TITLE = "Someone you picked can't be asked now"
CANNOT = "The list has changed since you opened it, so I haven't asked anyone. What you wrote is still here."
LOOK_AGAIN = "Look again"
NO_MORE_TITLE = "It has waited three times"
NO_MORE = (
    "You've given it more time twice, and that's as long as an ask can wait. "
    "You can read the answers, ask someone else, or withdraw it."
)
NOBODY_LEFT_TITLE = "Everyone has replied"
NOBODY_LEFT = (
    "More time wouldn't bring you another answer. You can read the answers, ask someone else, or withdraw it."
)

# -- in /inbox --------------------------------------------------------------------------------------

IN_ASKED = "**{name}** has a question for you."
IN_AGAIN = (
    "**{name}** still has a question for you, and half the time is over. It's still all right to say no."
)
IN_CAME = "Someone has answered your ask."
IN_OVER = "The wait for your ask is over, and you can read the answers."
IN_NOBODY = "Nobody could answer your ask this time."
IN_UNREAD = "Your ask is still open. You can read the answers, or ask someone else."
IN_CANT = "Someone you asked can't answer."
IN_PAUSED = "Your ask is paused."
IN_DRAFT = "A draft you haven't sent. I keep it until {until}."
IN_ANSWERS = "Your ask from {day}."

NOT_OWN_TITLE = "Somebody else wrote this message"
NOT_OWN = (
    "You can only ask your pod about a message that you wrote. For anything else, there's `/ask`. "
    "If their message bothers you, `Call this in` is in the same menu."
)
NO_WORDS_TITLE = "There is no text in it"
NO_WORDS = "I can only put a message's own text into an ask. You can start without one: use `/ask`."
