"""What `/boundary` says."""

COMMAND = "boundary"
BOUNDARY = "Choose people Plumbline won't connect you with. They aren't told."

TITLE = "Boundaries"
INTRO = "Is there somebody you don't want to meet through Plumbline? You don't need a reason."
HOLDS = "Plumbline won't connect the two of you and won't tell them. They could still guess."
TEXT = f"If you set a boundary, {HOLDS}"
FIRST = "It starts the moment you set it, on every server. Before that, I'll show you what they can notice."
LIMITS = (
    "A boundary doesn't stop messages or shared channels. Discord's Block stops their direct messages, and they can "
    "notice it. In shared channels they can still read what you write. It doesn't stop them from asking other friends about something that "
    "involves you, either. It holds for one account: from another one, they can reach you until you set a boundary there too."
)
NONE = "You haven't set any."
SMALL = (
    "You can set up to {most}. Moderators and the other person can't see your boundaries. Whoever runs this bot could, if they set out to. `/about` says "
    "who that is, or who to ask."
)
WHEN_DONE = "If somebody else may look at your screen, press `Close` when you're done."

ADD = "Add"
SHOW_NAMES = "Show names"
BACK = "Back"
FURTHER = "Next"
EARLIER = "Back to the first"

ADD_TITLE = "Who is it?"
ADD_TEXT = "Choose the person. Nothing is set yet: the next card shows what they can notice."
ADD_CHOOSE = "Choose a member"
ADD_IN_SERVER = "You can only choose somebody from inside a server. Run `/boundary` in **{server}**. Nobody else sees it there either."
ADD_IN_A_SERVER = "You can only choose somebody from inside a server. Run `/boundary` in a server you share with them. Nobody else sees it there either."

BEFORE_TITLE = "Before you set it"
BEFORE = "If you set a boundary, Plumbline won't connect you with **{name}** and won't tell them."
NOTICE = "**What they can notice**"
POD_ANSWERS = (
    "- Within a day, your name is gone from the list of people they can ask, as if you had left their pod."
)
POD_ASKS = "- Within a day, your name is gone from the list of people who can ask them, as if you had removed them from your pod."
POD_INVITED = "- Your invitation is gone from their `/pod` at once."
PAIR = (
    "- Within a day, your pair ends, as if you had ended it. They get a message that something has changed. Until then, they can "
    "read what you wrote when the pair began."
)
PAIR_SUGGESTED = "- Your suggestion to check in together is gone for them at once."
PATH_ACCOMPANIED = (
    "- Within a day, they don't go along on your path any more. They read that, and no reason. Until then, they see what you had "
    "written by now."
)
PATH_ACCOMPANIES = (
    "- Within a day, you don't go along on their path any more, as if you had stopped. If they don't know of your yes yet, it "
    "happens at once, and looks as if you hadn't answered."
)
PATH_BESIDE = (
    "- Within a day, you don't go along on the path that you both go along with, as if you had stopped."
)
PATH_INVITED = "- Your invitation to go along on your path is gone for them at once."
ASKING = (
    "- If they haven't opened your question yet, it closes at once, and your name is gone from the list of people who can ask them too. "
    "It looks as if you had removed them from your pod. If they have opened it, that happens within a day. Until then they can still say that it "
    "needs more than friends can do in writing. Then it pauses, and I don't tell you who said so."
)
ASKED = "- Within a day, they see that you can't answer their question. That happens when your name is gone from the list of people they can ask."
TALK_ASKING = "- If they haven't answered your request to talk, it's gone for them at once. If they've said yes, it ends within a day."
TALK_ASKED = "- Within a day, they see that you can't talk with them, even if you had said yes."
ANSWERED = (
    "- An answer from you that I've told them of stays with them. If I haven't told them yet, I won't: within a day, they see that "
    "you can't answer."
)
CARRIED = (
    "- What you asked them to carry is gone from their screen within a day, and at once if they haven't read it. They see that it was taken back. "
    "If you'd like it gone now, take it back in `/terms` first."
)
CARRIES = (
    "- Within a day, they see that you don't carry their words any more, as if you had handed them back."
)
NIGHT_LOOKS = (
    "- For a night out, one of you looks out for the other. That ends at once, and they're told that you aren't in the plan any more, as if you had "
    "left. Nobody may count on somebody who gets no message."
)
NIGHT_TOGETHER = "- You're both in a night out. From now on, your name isn't in it for them, as if you had left. You stay in it, and you still see theirs."
NIGHT_WISHED = (
    "- What you asked them about a night out, and they haven't answered yet, is gone for them within a day."
)
UNTELL_FIRST = (
    "If you don't want them to keep your answers, press `Take back my answers` first. I delete them at once, and it looks as if you "
    "couldn't answer. If they've seen your answer, they'll notice that it's gone."
)
NOTHING = "As far as I can tell from what you see, they won't notice anything."
STAYS = "Nothing new from you reaches them. They still know what they've already read."
GUESS = (
    "What takes up to a day happens at random times, so the moment tells them little. They could still guess."
)
SET = "Set the boundary"
UNTELL = "Take back my answers"
UNTOLD = "Your answers are taken back."
NOTHING_UNTOLD = "You have no answers with them that you could take back."

ADDED = (
    "The boundary is set. Plumbline won't connect you with **{name}** any more, and won't tell them. You can take it back here, or "
    "later with `/boundary`."
)
TAKE_BACK = "Take it back"
NAMES_TITLE = "Your boundaries"
A_NAME = "**{name}** · set {day}"
REMOVE_CHOOSE = "Remove one"
REMOVED = "The boundary is gone. Pods, pairs and questions that ended don't come back, and what it kept from the two of you while it was set won't arrive later."

YOURSELF = "That's you, and a boundary is always between you and somebody else. Nothing was set, so choose another person."
A_BOT = "That's a bot. Plumbline only connects people, so you don't need a boundary here. Nothing was set."
