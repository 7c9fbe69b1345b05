"""The text that people read in the demo, except the page's template: names, notes, what members wrote."""

BOT = "Plumbline"
SERVER = "Kitchen table"
MODERATOR_ROLE = "Moderators"
CLOSED_DMS = "Cannot send messages to this user"

NEW = "new here, no pod yet"
IN_PODS = "has a pod"
IN_A_PAIR = "has a pod and a partner"
CLOSED = "has a pod, DMs are off"
MODERATES = "moderator"

READY = "Plumbline's demo is ready: open http://127.0.0.1:{port} in your browser. Ctrl-C ends it, and nothing is kept."
ENDED = "The demo has ended, and its files are gone."

NOT_FROM_HERE = "That only works on the demo's own page. Open it again and press it there."
NO_SUCH = "That member, command or message isn't there any more. Reload the page and choose again."
COULD_NOT = "The pretend server didn't take that, and this is why: {why}"
EMPTY = "There is nothing to post yet. Write something first, and then post it."
NOTHING_NEW = "Four weeks have passed, and the bot had nothing to say."

YESTERDAY = (
    ("noor", "who can bring the big pot when we cook on Saturday?"),
    ("mateo", "I can, if somebody gives me a lift there and back"),
    ("tamsin", "I'll drive you both, I'm not drinking this week anyway"),
)
TODAY = (
    ("ife", "let's ask Wren along this time, they're new and don't know us yet"),
    ("noor", "yes, good idea. @Wren, would you like to come at seven?"),
)
"""What members wrote in #general: who, and what."""

AIM_OF_IFE = (
    "I let people finish before I answer.",
    "I get louder, and I start sentences with \u201cno, but\u201d.",
    "Ask me what the other person just said.",
)
AIM_OF_MATEO = (
    "I stop at two beers when we go out.",
    "I order for everyone and go quiet about going home.",
    "Say \u201cwater?\u201d and come outside with me for a minute.",
)
ASK_OF_DANIEL = (
    "At dinner I told the story of Noor's driving test again, with all the voices. It was the third time.",
    "Noor laughed at first. Then she looked at her plate and said she was tired.",
    "Was that still teasing, or was I putting her down in front of everyone?",
)
"""Aim, signs and words of two partners; and what happened, how it seemed to feel, and the question."""
