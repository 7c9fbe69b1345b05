"""What an answerer reads."""

TIME_TITLE = "{name} asks about: {kind}"
TIME = "It may be hard to read, or about someone you know. You owe no reason."
TIME_UNTIL = "An answer by {until} would reach them in time."
READ_IT = "Read it"
NOT_NOW = "Not now"
CANT = "I can't"
ANSWER = "Answer"
CLOSE = "This is about me or someone close"
BEYOND = "This is beyond me"
TEXT_TITLE = "{name} asks"
LATER_TITLE = "Not now"
LATER = "It stays in `/inbox`."
LATER_REMINDED = "It stays in `/inbox`. You are reminded once, on {at}."
CANT_TITLE = "That is fine"
CANT_TEXT = "{name} sees that you can't. No reason is given."
HIDDEN_TITLE = "It is hidden"
HIDDEN = (
    'The text is gone from here, and {name} sees the ordinary "can\'t". '
    "You don't have to do anything about it.\n\n"
    "If you want distance, `Set a boundary` keeps Plumbline from connecting the two of you. It is set at once, and "
    "you can take it back, also in `/boundary`. If this was done to you, or to someone you love, `Support` is for you."
)
HIDDEN_CLOSED = (
    "The text is gone from here. You don't have to do anything about it.\n\n"
    "If you want distance, `/boundary` keeps Plumbline from connecting you with whom you choose. "
    "If this was done to you, or to someone you love, `Support` is for you."
)
BOUNDARY = "Set a boundary"
BOUNDARY_SET_TITLE = "The boundary is set"
BOUNDARY_WITH = "It is a boundary with **{name}**."
BEYOND_TITLE = "This is beyond me"
BEYOND_TEXT = (
    "`Tell them`: in one to three hours {name} hears that someone they asked thinks this needs more than "
    "friends in writing. The ask pauses for everyone, and they are shown who else could help."
)
BEYOND_ALONE = "Nobody else's answer is awaited, so {name} will know that it was you."
BEYOND_OTHERS = "If the others have replied by then, {name} will know that it was you."
BEYOND_CANT = "`Just say I can't`: {name} sees the ordinary \"can't\", and nothing else."
TELL_THEM = "Tell them"
JUST_CANT = "Just say I can't"
TOLD_TITLE = "They will hear"
TOLD = (
    "In one to three hours {name} hears that this needs more than friends in writing. "
    "You did not have to carry it alone, and you don't now: `Support` is for you too."
)
ANSWERED_TITLE = "Your answer is with {name}"
ANSWERED = (
    "Nobody else who was asked can see it. What you read here stays theirs: don't pass it on, and don't go to "
    "the person it is about."
)
ANSWER_UNWRITTEN = (
    "What it may have been like for them, and one next step: both need a few words. What you typed is kept. "
    "`Edit` opens the form as you left it."
)
