"""What `/pod` says."""

COMMAND = "pod"
POD = "The people you can ask when you're not sure, and those you agreed to answer."
MENU = "Invite to my pod"

TITLE = "Your pod in {server}"
THIS_SERVER = "this server"
WHAT_IT_IS = (
    "People who said yes to being asked by you, when you're not sure you were out of line. "
    "It works one way: whoever you want to ask, you invite."
)
ASKED_BY_ME = "**You can ask**"
NOBODY_YET = "Nobody yet. Think of two or three who tell you what you don't want to hear."
WAITING = "**You asked them to join**"
I_ANSWER = "**You agreed to answer**"
A_MEMBER = "{name}"
A_SENT = "{name}, no answer yet. It shows until {until}."
BETWEEN = ", "
RESTING = "You are resting until {until}: nobody can ask you."
RESTING_OPEN = "You are resting until you say otherwise: nobody can ask you."

INVITED_YOU = "**{name}** asks whether they can ask you, when they're not sure they were out of line."
MANY_INVITED = "**{count} people** ask whether they can ask you."
CHOOSE_INVITATION = "See who"

INVITE = "Invite"
REMOVE = "Remove"
LEAVE = "Leave"
REST = "Rest"
BACK = "Back"
SEE = "See what that means"
ACCEPT = "Accept"
NO_THANKS = "No thanks"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
SHOW_POD = "Show my pod"
BOUNDARIES = "Boundaries"

INVITE_TITLE = "Who could you ask?"
INVITE_TEXT = (
    "Someone who would tell you the truth, and whom you'd believe. They see the invitation when they run `/pod`: "
    "nothing is sent to them. They can say no, and you won't be told."
)
INVITE_CHOOSE = "Choose a member"
INVITE_IN_SERVER = (
    "Choosing somebody new works in a server only. Run `/pod` in **{server}**, or open their menu there: "
    "Apps, then **Invite to my pod**."
)
INVITE_IN_A_SERVER = (
    "Choosing somebody new works in a server only. Run `/pod` in the server that you share with them."
)
INVITED_TITLE = "Now ask them yourself"
INVITED_TEXT = (
    "**{name}** finds the invitation in their `/pod` until {until}, if none went to them in the last 90 days. "
    "Plumbline doesn't write to them. Send them this yourself:"
)
SENTENCE = "Would you be someone I can ask when I'm not sure I was out of line? If yes, run /pod."
TO_COPY = "```\n{sentence}\n```"

MEANS_TITLE = "What that means"
MEANS = (
    "**{name}** would like to be able to ask you: was I out of line?\n\n"
    "- Now and then they may ask for your time. You choose, each time, whether to read it and whether to answer. "
    "`Not now` and `I can't` need no reason.\n"
    "- You'd say what it may have been like for the other person, and one next step. Nobody asks you to decide "
    "who they are, and you needn't agree with them.\n"
    "- They know who you are, and you know who they are. Other people they ask don't see your answer.\n"
    "- It works one way. To ask them too, invite them.\n"
    "- You can leave at any time, or rest in `/settings`. No reason is asked."
)
IF_NOT = (
    "`No thanks` tells them nothing: it looks like no answer. The button beside it sets a boundary, "
    "which you can take back in `/boundary`."
)

ACCEPTED = "**{name}** can ask you now. They are told that you said yes."
DECLINED = "Done. **{name}** is told nothing: to them it looks like no answer."
REFUSED = (
    "Done. Plumbline won't connect the two of you, and won't tell **{name}**. They could still guess. "
    "You find this in `/boundary`."
)
REMOVE_TITLE = "Who is no longer in it?"
REMOVE_TEXT = (
    "No reason is asked. They see that the tie ended. An invitation that waits is simply taken back."
)
REMOVE_CHOOSE = "Remove someone"
INVITED_OPTION = "Invited, no answer yet"
LEAVE_TITLE = "Whose pod do you leave?"
LEAVE_TEXT = "No reason is asked. They see that the tie ended, and can't ask you any more."
LEAVE_CHOOSE = "Leave someone's pod"
REMOVED = "**{name}** is no longer in your pod."
TAKEN_BACK = "The invitation to **{name}** is taken back."
LEFT = "You are no longer in the pod of **{name}**."

WHICH_TITLE = "Which server?"
WHICH_TEXT = "A pod belongs to one server, and we share several."
WHICH_CHOOSE = "Choose a server"
SOME_SERVER = "A server"

JOINED_ENTRY = "**{name}** said yes: you can ask them."
JOINED_TITLE = "Someone said yes"
JOINED = "**{name}** agreed to be asked by you. When you're not sure, `/ask` lets you choose them."
ENDED_ENTRY = "A tie between you and **{name}** ended."
ENDED_TITLE = "A tie ended"
ENDED = (
    "Something that tied you and **{name}** in a pod has ended; `/pod` shows what stands. "
    "No reason is given, and none is needed. Nothing is asked of you."
)
INVITED_ENTRY = "**{name}** invites you to their pod."

YOURSELF_TITLE = "That's you"
YOURSELF = "A pod is for other people's eyes. Choose somebody else; for a quiet look of your own, `Think it through`."
THINK = "Think it through"
A_BOT_TITLE = "That's a bot"
A_BOT = "Only people can be asked. Choose somebody else."
ALREADY_TITLE = "They are there already"
ALREADY = "They already agreed to be asked by you. There is nothing more to do."
OWN_BOUNDARY_TITLE = "You set a boundary with them"
OWN_BOUNDARY = "Take it back in `/boundary` first, if you want to invite them. They were never told of it."
FULL_TITLE = "Your pod is full"
FULL = (
    "A pod holds {limit} people, with those who were invited and may still answer. "
    "`Remove` someone, or take an invitation back, to make room."
)
CLOSED_TITLE = "This invitation has closed"
CLOSED = (
    "It waits no more. If you'd like to be asked by each other, one of you can invite the other again later."
)
