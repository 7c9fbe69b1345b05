"""What is said around a plan; the forms are in `data/forms/plan.toml` and `different.toml`."""

PLAN = "What I'll do"
DIFFERENT = "What is different now"
STAY_AWAY = "What I stay away from"
I_DID_IT = "I did it"
NOT_YET = "Not yet"
CHANGED_MY_MIND = "Changed my mind"
STILL_DOING_IT = "Still doing it"
AGAIN = "It happened again"
AGAIN_TITLE = "It happened again"
AGAIN_TEXT = (
    "First: is anyone hurt, or in danger now? `Support` has the number to call.\n\n"
    "If not, leave the other person alone for now. Tell somebody you trust what happened, out loud and today. "
    "Then think about what you could do differently, and when. If you have a pod, `/ask` lets you ask them."
)
THINK = "Think it through"
STOP = "Stop asking"
EDIT = "Edit"
ANOTHER = "Write another"
CONTACT = "Contact?"
MY_PLANS = "My plans"
TOGETHER = "Ask someone to keep at it with me"

TITLE = "Your plan"
WHICH_DAY = "**On which day should I ask you how it went?** I'll ask at 18:00 that day."
WHICH_DAY_SMALL = "Nobody else sees this. If you don't choose a day, I'll delete it on {until}."
CHOOSE_DAY = "Choose a day"
ANOTHER_DAY = "Choose another day"
SET = "I'll ask you how it went on {at}."
KEPT = (
    "Nobody else sees this. I keep your words until I've asked about them for the last time. `{button}` deletes "
    "them sooner."
)
NO_ZONE = "I don't know your time zone yet, so that's 18:00 in UTC. You can set it in `/settings`."

HOW_TITLE = "How did it go?"
HOW = "This is what you wanted to do. Did you do it?"
HOW_SMALL = "Nobody else sees what you press. If you don't answer, I'll delete this after {until}."
LATER_TITLE = "Which day instead?"
LATER = "That happens. Choose another day, or press `Edit` and make it smaller: something you can do in one evening."
DID_TITLE = "From here on"
DID = (
    "What counts is what stays different. So I'll ask you about it after 1, 3 and 6 months. "
    "The next time is {at}."
)
STILL_TITLE = "Still doing it?"
STILL = "This is what you wrote back then. What would somebody who watched you say?"
STILL_LAST = "This is the last time I ask. After your answer I'll delete your words."
KEEPING_TITLE = "Noted"
KEEPING = "I'll ask you again on {at}."
LAST_TITLE = "That was the last question"
LAST = (
    "I've deleted your words, and I won't ask about them any more. What comes next is up to you. If it happens again, `/ask` and "
    "`/plan` are here."
)
CHANGED_TITLE = "Plans change"
CHANGED = "I won't ask about this one, and I've deleted what you wrote. When you know what fits better, write another."
STOPPED_TITLE = "I won't ask again"
STOPPED = (
    "I've deleted what you wrote. If something happens that you're not sure about, you can use `/ask` or write a "
    "new plan."
)
ENDED_TITLE = "This plan has ended"
ENDED = "I won't ask about it any more, and its words are deleted. If you'd like to go on, write another."
ENDED_TYPED = (
    "The plan ended before this arrived, so what you just typed wasn't saved. Here it is, so you can copy it."
)
STANDS_TITLE = "You've answered this already"
STANDS = "Your plan stays as it is, and what you just typed wasn't saved. Here it is, so you can copy it."

UNWRITTEN_TITLE = "It needs a few words"
UNWRITTEN = (
    "Nothing was saved, because the field was empty. One small thing that you can do yourself is enough."
)
DIFFERENT_UNWRITTEN = "Both fields need a few words, so nothing is saved yet. Your plan is still open: press `I did it` to fill them in."
NO_DAY_TITLE = "You can't choose that day"
NO_DAY = "Your plan hasn't changed. Please choose one of the days in the list."

# -- in /inbox --------------------------------------------------------------------------------------

IN_DAY = "The day of your plan is here. How did it go?"
IN_STILL = "You said something would be different. Is it still?"
IN_WANTS_DAY = "Your plan doesn't have a day yet."
IN_SET = "Your plan: I'll ask you how it went on {at}."
IN_KEEPING = "What is different: I'll ask you again on {at}."
