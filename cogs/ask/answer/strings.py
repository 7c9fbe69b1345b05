"""What an answerer reads."""

TIME_TITLE = "{name} has a question for you"
TIME = (
    "What it's about: **{kind}**.\n\n"
    "It may be hard to read. It may be about someone you know, or about something that was done to you. "
    "You can say no, and you don't owe a reason. If you think it's about you or someone close to you, or somebody has "
    "told you about something that {name} did, you don't have to read it: press `This is about me or someone close`."
)
TIME_UNTIL = "If you answer by {until}, {name} gets it in time."
READ_IT = "Read it"
NOT_NOW = "Not now"
CANT = "I can't"
ANSWER = "Answer"
CLOSE = "This is about me or someone close"
BEYOND = "This is beyond me"
TEXT_TITLE = "{name} asks"
LATER_TITLE = "Not now"
LATER = "It stays in your `/inbox`, and you can read it there when you're ready."
LATER_REMINDED = "It stays in your `/inbox`. I'll remind you once, on {at}."
CANT_TITLE = "That's fine"
CANT_TEXT = "{name} will see that you can't this time. I don't ask you for a reason, and I don't give one."
HIDDEN_TITLE = "It's hidden"
HIDDEN = (
    "I've hidden this text from you, and {name} just sees the ordinary \"can't\". "
    "You don't have to do anything about it.\n\n"
    "**If it happened to you,** `Support`, then `I was hurt`, is for you. It's your story, even if somebody else has "
    "written about it. Other friends may have been asked too, and I can't tell you who. You don't have to answer "
    "anyone who brings it up.\n\n"
    "**If it's about someone close to you,** don't bring it up with them, don't let {name} know that you recognised "
    "it, and don't ask around. If they come to you, listen. `Support`, then `Someone told me`, is for you.\n\n"
    "**If it's about something you did,** don't write to anyone who may be part of it, don't try to find out who "
    "talked, and delete nothing. "
    "`Support`, then `I'm worried about what I did`, is for you.\n\n"
    "`Set a boundary` keeps Plumbline from connecting you and {name}. First I'll show you what they can notice."
)
HIDDEN_CLOSED = (
    "I've hidden this text from you. You don't have to do anything about it.\n\n"
    "**If it happened to you,** `Support`, then `I was hurt`, is for you. It's your story, even if somebody else has "
    "written about it. Other friends may have been asked too, and I can't tell you who. You don't have to answer "
    "anyone who brings it up.\n\n"
    "**If it's about someone close to you,** don't bring it up with them, don't let the person who asked know that you "
    "recognised it, and don't ask around. If they come to you, listen. `Support`, then `Someone told me`, is for you.\n\n"
    "**If it's about something you did,** don't write to anyone who may be part of it, don't try to find out who "
    "talked, and delete nothing. "
    "`Support`, then `I'm worried about what I did`, is for you.\n\n"
    "If you want distance from somebody, `/boundary` keeps Plumbline from connecting the two of you."
)
BOUNDARY = "Set a boundary"

# -- this is beyond me ------------------------------------------------------------------------------

BEYOND_TITLE = "This is beyond me"
BEYOND_DANGER = "**If somebody may be in danger now, call {emergency}.** `Somebody may be in danger` shows what else you can do."
BEYOND_TEXT = (
    "**`Tell them`:** in one to three hours, or when their quiet hours end, I tell {name} that someone they asked thinks "
    "this needs more than friends can do in writing. The ask pauses for everyone, and I show {name} who else could help."
)
BEYOND_ALONE = "You're the last person who could still answer, so {name} will know that it was you."
BEYOND_OTHERS = "If the others have replied by then, {name} will know that it was you."
BEYOND_CANT = "**`Just say I can't`:** {name} only sees the ordinary \"can't\"."
IN_DANGER = "Somebody may be in danger"
TELL_THEM = "Tell them"
JUST_CANT = "Just say I can't"
TOLD_TITLE = "I'll tell them"
TOLD = (
    "In one to three hours, or when their quiet hours end, I tell {name} that this needs more than friends can do in writing. "
    "If it turns out that somebody may be in danger, don't wait for that: press the button below.\n\n"
    "You did what a friend can do in writing. `Support` is for you too."
)
DANGER_TITLE = "Somebody may be in danger"
DANGER_CALL = (
    "**Call {emergency}.** Say where they are and what you're worried about. "
    "You don't have to be sure, and you don't need anyone's permission."
)
DANGER = (
    "**If you're worried about {name},** you can ask them: \"Are you thinking about suicide?\" Asking doesn't make it "
    "likelier. Stay with them, and call together. `Support`, then `Right now`, has the numbers.\n\n"
    "**`Tell them now`:** I tell {name} that someone they asked thinks somebody may be in danger, and I show them the "
    "number to call. If they have quiet hours now, my message waits until those end. They may guess that it was you. Don't press it if {name} is the danger, or if "
    "knowing could make it worse."
)
TELL_NOW = "Tell them now"
DANGER_TOLD_TITLE = "Don't wait for my message"
DANGER_TOLD = (
    "{name} may not see anything from me for hours, or at all. If you can reach them another way, or someone who is "
    "near, do that now. There's nothing more for you to do in this ask.\n\n"
    "It can be a lot to have read this. `Support` is for you too."
)
DANGER_CLOSED = (
    "This ask is closed, so I can't tell anyone through it. You can still call, "
    "or get someone who is near to go to them. `Support` is for you too."
)

# -- the answer -------------------------------------------------------------------------------------

ANSWERED_TITLE = "Your answer is with {name}"
ANSWERED = (
    "Nobody else who was asked can see it. Please don't pass on what you read, unless somebody may be in danger. "
    "And please don't try to find out who it's about.\n\n"
    "If it weighs on you, there's something you can always say: "
    "\"I'm carrying something heavy that isn't mine to tell.\" `Support` is for you too."
)
ANSWER_UNWRITTEN = (
    "The first two fields need a few words: what it may have been like for them, and one next step. "
    "What you typed is still here: press `Edit`."
)
ANSWER_UNWRITTEN_OTHERS = (
    "The first two fields need a few words: what the person who was hurt may need, and one next step. "
    "What you typed is still here: press `Edit`."
)
