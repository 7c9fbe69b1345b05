"""What `/night` says. Its longer texts are in `data/night/`, and the form in `data/forms/night.toml`.

What is shown during a night is short, because whoever reads it may be drunk, or running.
"""

COMMAND = "night"
NIGHT = "Plan a night out while you're sober: who looks out for you, and how you get home."

# -- buttons ------------------------------------------------------------------------------------------

PLAN = "Plan a night"
ITS_A_PLAN = "It's a plan"
COUNT_ME_IN = "Count me in"
NOT_ME = "No thanks"
INVITE = "Invite friends"
POST_IT = "Post it"
WHO_LOOKS_OUT = "Who looks out for me"
MY_CARD = "My card"
MORE = "More"
MORE_TITLE = "What would you like to do?"
MORE_CHOOSE = "Choose one"
MORE_OPTIONS = {
    "invite": "Invite friends",
    "post": "Post it in this channel",
    "choose": "Who looks out for me",
    "after": "Who I look out for",
    "home": "Ask me whether I'm home",
    "check": "Ask me how I am",
    "card": "My card",
    "plan": "Plan another night",
    "leave": "Leave this night",
}
BACK = "Back"
LEAVE = "Leave this night"
YES_LEAVE = "Yes, leave"
STAY = "Stay in"
LOOK_OUT = "I'll look out for them"
CANT = "I can't"
NEVER = "Never from {name}"
NEVER_UNNAMED = "Never from them"
TAKE_BACK = "Take it back"
YES_STOP = "Yes, tell them"
THEIR_CARD = "Their card"
HAND = "I need a hand"
FINE = "I'm fine"
OUT = "Still out, ask later"
HOME = "I'm home"
RIGHT_NOW = "Emergency numbers"
WAS_FINE = "It was fine"
HURT = "Something happened to me"
OFF = "Something I did feels off"
THANKS = "Say thanks"
KEEP = "Keep it for next time"
SHOW_CARD = "Show my card"
KEPT_CARD = "My kept card"
CHANGE = "Change it"
TO_NIGHT = "Back to the night"
TO_NIGHTS = "My nights"
SET_ZONE = "Set my time zone"
DELETE_KEPT = "Delete my kept card"

# -- planning -----------------------------------------------------------------------------------------

PLAN_TITLE = "When is it?"
NO_ZONE = "I don't know your time zone yet, so press `Set my time zone` first."
WHICH_TITLE = "Which night?"
WHICH = "You have planned more than one."
WHICH_CHOOSE = "Choose a night"
DAY = "Which night?"
LAST_NIGHT = "Tonight, since yesterday"
"""For somebody who plans it after midnight."""
DATE = "{weekday}, {day} {month}"
NIGHT_OPTION = "{date}, {start} to {end}"
TONIGHT = "Tonight"
TOMORROW = "Tomorrow"
FROM = "From when?"
FROM_OPTION = "From {time}"
UNTIL = "Until when, roughly?"
UNTIL_OPTION = "Until about {time}"
CLOCK_AGAIN = "{time}, after the clocks change"
"""In a list of times, for the second of two that look the same."""
ZONE = "These are times in {zone}. Everybody sees them in their own time."
WHEN = "From {start} to {end}"
PLANNED = "It's planned. Invite your friends, or post it here with `More`. When one of them is in, you choose who looks out for you. Your card takes a minute."
JOINED = "You're in. Choose who looks out for you, or nobody."

HOME_TITLE = "Your night"
TITLE_ON = "Your night is on"
WITH = "With {names}"
ALONE = "You don't see anybody else in it yet."
"""Not "nobody else is in it": somebody may have set a boundary."""
APART = "You've set a boundary with {name}. They don't see that you're in this night, and nothing passes between you here."
LOOKS_OUT = "**{name}** looks out for you."
HASNT = "**{name}** hasn't said yes."
"""The same for no answer, for a no, and for a boundary."""
NOBODY_LOOKS_OUT = "Nobody looks out for you yet."
YOU_LOOK_OUT = "You look out for **{name}**."
WAY_HOME = "I ask you at {time} whether you're home."
WAY_HOME_ALONE = "I ask you at {time} whether you're home. If you don't answer, nobody is told."
NO_WAY_HOME = "I don't ask yet whether you're home. You can change that with `More`."
CHECK_AT = "I ask you at {time} how you are."
NO_CARD = "Your card is empty."
HAS_CARD = "Your card is ready."
LOCKED = "The night has begun, so your card stays as you wrote it. From {time} you can keep it for next time. If somebody shouldn't read it any longer, take it back from them under `Who looks out for me`."
CARD_EMPTY = "Their card is empty."
CARD_LIMIT = "Their limit"
CARD_NOTICE = "What you'll notice"
CARD_WORDS = "What to say or do"
CARD_WAY = "How they get home"
MY_LIMIT, MY_NOTICE, MY_WORDS, MY_WAY = (
    "My limit",
    "What you'll notice before I overdo it",
    "What to say or do then",
    "How I get home",
)

HOME_BY_TITLE = "Shall I ask whether you're home?"
HOME_BY_CHOOSE = "I'll be home by"
DONT_ASK = "Don't ask me"
HOME_BY_BODY = (
    "Choose when you'll be home. Half an hour after that I ask whether you are. If you haven't answered after another half hour, I tell "
    "the people who look out for you, and ask them to call you. If I wasn't running, I may ask up to three hours late, and I say so."
)
HOME_BY_NOBODY = "Nobody has said yes to looking out for you, so for now there's nobody I'd tell."
CHECK_TITLE = "Shall I ask you how you are?"
CHECK = "Choose a time in the middle of the night, when you might need it. You can answer with one press. If you don't answer, I tell nobody."
CHECK_CHOOSE = "Ask me at"

INVITE_TITLE = "Who goes out with you?"
INVITE_TEXT = "Choose a friend. They find it in their `/inbox`. You don't see whether they've said no."
INVITE_CHOOSE = "Choose a member"
INVITE_IN_SERVER = "You can only choose somebody inside a server. Run `/night` there."
OFFERED_TITLE = "A night out"
OFFERED = "**{name}** would like you along."
OFFERED_SMALL = "If you press `No thanks`, they aren't told. `Never from …` sets a boundary, and first shows you what they could notice."
WISHED_SMALL = "`Never from …` sets a boundary, and first shows you what they could notice."
NO_SEEN = "- They don't see whether you've answered."
STAYS_OPEN = "- They still see that you haven't said yes to looking out for them."
INVITED_TITLE = "Now tell them yourself"
INVITED = "I send them no message. Sometimes there's nothing in their `/inbox`, and I can't tell you why. You can copy this:"
INVITED_COPY = (
    "We're planning a night out with Plumbline. If you're in, type /inbox in our server. It's fine to say no."
)
INVITATION_ENTRY = "{name} would like you along for a night out, {start}."
NOT_ASKED = "I won't ask you."
WISH_ENTRY = "{name} would like you to look out for them on a night out."
AGREED_ENTRY = "{name} looks out for you on your night out."
CHOOSE_PERSON = "Choose somebody"
CHOOSE_NOBODY = "There's nobody in this night you could choose yet. Invite your friends first."
ASKED = "I've asked **{name}**. You'll see it here when they say yes. Until then, don't count on it."
TAKEN_BACK = "You've taken it back."
AFTER_TITLE = "Who you look out for"
AFTER_NOBODY = "You don't look out for anybody in this night."
STOP_CHOOSE = "I can't look out for … any more"
STOPPING_TITLE = "Stop looking out for {name}?"
STOPPING = "I tell them at once, so that they can ask somebody else. You don't see their card any more."
AGREED = "I message you at once if they press `I need a hand`, in your quiet hours too, until noon after the night. Leave messages from me switched on, and the sound of your phone."
DECLINED_TITLE = "OK"
DECLINED = "They aren't told. To them it looks as if you haven't answered."
REFUSED_TITLE = "OK"
REFUSED = "From now on, I don't connect the two of you, and I don't tell **{name}**. You can change it in `/boundary`."

LEAVING_TITLE = "Leave this night?"
LEAVING = "Your card is deleted. Whoever looks out for you, and whoever you look out for, is told at once not to count on you. The others don't see your name any more."
LEFT_TITLE = "You've left this night"
LEFT = "Your card is deleted, and I don't ask you anything about this night."
STOPPED_TITLE = "You don't look out for {name} any more"
STOPPED = "I've told them, so that they can ask somebody else."

# -- during -------------------------------------------------------------------------------------------

REACHED = "**{name}** has my message. I can't see whether they've read it."
NOT_REACHED = "**{name}** doesn't get my messages. Call them."
TRYING = "**{name}**: I'm sending it."
NOT_YET_REACHED = "**{name}** hasn't got my message yet. Call them."
QUICK = "What is it? They see it too."
TOLD_QUICK = "I've told them: **{what}**."
THEY_PRESSED = "They pressed: **{what}**"
SAY = "You can say:"
TOLD_HOME = "I've told the people who look out for you."
LATE = "I'm late with this, because I wasn't running."
ASKED_START, ASKED_CHECK, ASKED_HOME, ASKED_NOON = (
    "Your night has begun. How are you?",
    "You wanted me to ask how you are.",
    "Are you home?",
    "How was the night?",
)
HAND_ENTRY = "{name} needs a hand now."
MISSED_ENTRY = "{name} hasn't said they're home."
HEARD_ENTRY = "There's news about a friend you look out for."
GONE_ENTRY = "Something about your night has changed."
THANKS_ENTRY = "{name} says thanks."
LATE_CARD = "I couldn't look everything up just now, so this may be a few minutes old."
CALM_TITLE = "You look out for {name}"
ALREADY_HOME = "They've said they're home."
LEFT_SINCE = "They've left the night since, so I can't show you their card any more."
CALLED_AT = "They pressed `I need a hand` at {time}."

# -- afterwards ---------------------------------------------------------------------------------------

AFTER_NIGHT_TITLE = "The day after"
THANKED = "I've told those who looked out for you. Just that: thanks."
THANKS_GOES = "`Say thanks` goes to {names}."
KEPT = "It's kept. Next time, your card begins with it."
KEPT_TITLE = "Your card for next time"
KEPT_NONE = "You don't keep a card. After a night, I ask whether you'd like to."
KEPT_DELETED = "It's deleted."
GOES = "Everything about this night is deleted at {time}."

# -- in the channel -----------------------------------------------------------------------------------

POST = "A night out, {start} to {end}. If you're coming, press `Count me in`. You can plan with me who looks out for you."
POSTED = "It's on its way to {channel}."
CANT_POST = (
    "I can't post in {channel}: {missing} is missing there. Ask a moderator, or invite your friends by name."
)
NOT_A_CHANNEL = "I can only post in a channel of a server. Run `/night` in the channel where it should be."
ANOTHER_SERVER = "This night belongs to another server, so I can only post it there. Run `/night` in a channel of that server."

# -- refusals -----------------------------------------------------------------------------------------

NO_SUCH_HOURS = (
    "A night lasts between one and eighteen hours, and begins in the next two weeks. Choose other times."
)
FULL_TITLE = "Six is the most"
FULL = (
    "A night is for up to six people. If you're more, plan a second one: it's easier to keep an eye on a few."
)
ONE_AT_A_TIME_TITLE = "You're in another night at that time"
ONE_AT_A_TIME = "I can only ask about one night at a time. Leave that night first. Nothing is lost here."
CARD_LOCKED_TITLE = "Your card is locked"
CARD_LOCKED = (
    "The night has begun, so it stays as you wrote it sober. If something has changed, tell your friends."
)
NO_TIME_TITLE = "That time doesn't fit"
A_BOT_TITLE = "That's a bot"
A_BOT = "Only people can be in a night, so nobody was invited."
YOURSELF_TITLE = "That's you"
OWN_TITLE = "I haven't asked them"
INVITATION_CLOSED_TITLE = "This is closed"
INVITATION_CLOSED = "You can't say yes to it any more. If you'd like to be in it, tell your friend, and they can invite you again."
LOOK_CLOSED_TITLE = "This is over"
LOOK_CLOSED = "It was taken back, or the night is over. If you think a friend needs you, call them."
HOURS_TITLE = "That doesn't fit"
HOME_PAST = "That time has passed. Choose a later one."
YOURSELF = "You can't choose yourself. Choose somebody who'd come and get you."
OWN_BOUNDARY = (
    "That's because of something you chose yourself. I don't say here what it is, since somebody may look at your screen. "
    "When you're alone, look in `/settings` and `/boundary`. I told them nothing."
)
