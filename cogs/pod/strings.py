"""What `/pod` says."""

COMMAND = "pod"
POD = "A few people you can check things with, and the people who can check things with you."
MENU = "Invite to my pod"

TITLE = "Your pod in {server}"
THIS_SERVER = "this server"
WHAT_IT_IS = (
    "Your pod is a few people who said yes to being asked now and then: did that joke go too far, did I push, what "
    "would you do? You pick them, and I don't show anybody else who they are."
)
ASKED_BY_ME = "**You can ask**"
NOBODY_YET = "Nobody yet. Invite two or three people who would tell you the truth. It's easiest before you need them. If you need them now, it isn't too late."
WAITING = "**You invited**"
I_ANSWER = "**These people can ask you**"
A_SENT = "{name}: no answer yet. I'll show this line until {until}."
BETWEEN = ", "
RESTING = "You're resting until {until}, so nobody can ask you anything new."
RESTING_OPEN = "You're resting until you say otherwise, so nobody can ask you anything new."

INVITED_YOU = "**{name}** would like you in their pod, to check things with you now and then."
MANY_INVITED = "**{count} people** would like you in their pods, to check things with you now and then."
CHOOSE_INVITATION = "See who it is"

INVITE = "Invite"
CHANGE = "Remove or leave"
REST = "Rest"
BACK = "Back"
SEE = "What it means"
ACCEPT = "Accept"
NO_THANKS = "No thanks"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
SHOW_POD = "Show my pod"

INVITE_TITLE = "Who could you ask?"
INVITE_TEXT = (
    "Choose up to five people. Think of friends who would tell you the truth, and who you'd believe.\n\n"
    "If this is about something that happened, don't invite the person you may have hurt, or anyone close to them.\n\n"
    "I don't send them anything. Each of them finds the invitation in their own `/pod` and can say no, and I won't tell "
    "you if they do."
)
INVITE_CHOOSE = "Choose up to five members"
INVITE_IN_SERVER = (
    "You can only invite people from inside a server. Run `/pod` in **{server}**, or open somebody's menu there and "
    "choose Apps, then **Invite to my pod**."
)
INVITE_IN_A_SERVER = (
    "You can only invite people from inside a server. Run `/pod` in a server you share with them."
)
INVITED_TITLE = "Now tell them yourself"
INVITED_TEXT = (
    "Until {until}, your invitation is in the `/pod` of {names}. I don't write to anyone, so send them this:"
)
NOT_CLOSE = (
    "If one of them may be somebody you hurt, or is close to them, don't send it. Take the invitation back with "
    "`Remove or leave` in `/pod`."
)
INVITED_SMALL = (
    "The same person gets at most one invitation from you in 90 days. If you invited them before, they may not see "
    "a new one."
)
SENTENCE = (
    "I'm picking a few people to check things with now and then, and I'd like you to be one of them. "
    "If you're up for it, type /pod in our server."
)
TO_COPY = "```\n{sentence}\n```"
NOT_INVITED = "**Not invited**"
A_REFUSED = "{name}: {why}"
NOBODY_INVITED_TITLE = "Nobody was invited"
NOBODY_INVITED = "You can choose other people, or see who is in your pod."
WHY_YOURSELF = "that's you."
WHY_A_BOT = "that's a bot, and only people can be in a pod."
WHY_ALREADY = "they're in your pod already."
WHY_TOO_OFTEN = "you've invited a lot lately. Wait a while before you try again."
WHY_OWN_CHOICE = (
    "you chose something that keeps me from it. When you're alone, look in `/settings` and `/boundary`."
)
WHY_FULL = "your pod is full. It holds {limit} people, counting open invitations."

MEANS_TITLE = "What it means"
MEANS = (
    "**{name}** would like to check things with you now and then, like “was I out of line there?”\n\n"
    "- You decide each time whether to read it and whether to answer. `Not now` and `I can't` need no reason.\n"
    "- If you answer, you say what it may have been like for the other person, and one next step. You don't have to "
    "judge your friend, and you don't have to agree with them.\n"
    "- They'll know which answer is yours. The other people they ask won't see it.\n"
    "- It only goes one way. If you'd like to ask them things too, invite them.\n"
    "- You can leave at any time, or take a break in `/settings`. You won't be asked why."
)
IF_NOT = (
    "If you press `No thanks`, they aren't told: they just see no answer. The button beside it is for a boundary, and "
    "it first shows you what they can notice."
)

STAYS_OPEN = "- Their invitation looks as if you haven't answered it."
UNTELL_FIRST = "If you'd like to take back your answers to them first, use `/boundary` instead."

ACCEPTED = "**{name}** can ask you now. I'll let them know you said yes."
DECLINED = "You said no. I won't tell **{name}**: they only see that there's no answer."
REFUSED = (
    "From now on, Plumbline won't connect you with **{name}**, and won't tell them. They could still guess. "
    "You can see this or take it back in `/boundary`."
)
CHANGE_TITLE = "Remove or leave"
CHANGE_TEXT = (
    "Nobody is asked for a reason and nobody gets a message. The name is simply gone from both your lists, and an "
    "open invitation is taken back."
)
REMOVE_CHOOSE = "Remove somebody from my pod"
INVITED_OPTION = "Invited, no answer yet"
LEAVE_CHOOSE = "Leave somebody's pod"
REMOVED = "**{name}** isn't in your pod any more."
TAKEN_BACK = "Your invitation to **{name}** is taken back."
TAKEN_BACK_BEFORE = "That invitation doesn't wait for an answer any more."
LEFT = "You've left the pod of **{name}**. They can't ask you any more."

WHICH_TITLE = "Which server?"
WHICH_TEXT = "You have a separate pod in each server. Which one would you like to see?"
WHICH_CHOOSE = "Choose a server"
SOME_SERVER = "A server"

JOINED_ENTRY = "**{name}** said yes: you can ask them now."
JOINED_TITLE = "Somebody said yes"
JOINED = "**{name}** said you can check things with them. When you're not sure about something, run `/ask` and pick them."
ENDED_ENTRY = "Something in your pods has changed."
ENDED_TITLE = "Your pods have changed"
ENDED = (
    "Somebody isn't on one of your lists any more. `/pod` shows who is there now. This happens all the time, "
    "and you don't have to do anything about it."
)
INVITED_ENTRY = "**{name}** would like you in their pod."

YOURSELF_TITLE = "That's you"
YOURSELF = "You can't invite yourself, so nobody was invited. Choose somebody else, or use `Think it through` to look at something on your own."
THINK = "Think it through"
A_BOT_TITLE = "That's a bot"
A_BOT = "Only people can be in a pod, so nobody was invited. Choose somebody else."
ALREADY_TITLE = "They're in your pod already"
ALREADY = "They said yes before, so you can ask them whenever you like. There's nothing more to do."
OWN_CHOICE_TITLE = "I haven't invited them"
OWN_CHOICE = (
    "That's because of something you chose yourself. I don't say here what it is, since somebody may look at your screen. "
    "When you're alone, look in `/settings` and `/boundary`. I told them nothing."
)
FULL_TITLE = "Your pod is full"
FULL = (
    "A pod holds {limit} people, counting open invitations, so nobody was added. Use `Remove or leave` in `/pod` to make room, then "
    "invite them again."
)
CLOSED_TITLE = "This invitation is closed"
CLOSED = (
    "You can't accept it any more. If you'd still like to be there for each other, tell them, and one of you can "
    "send a new one."
)
