"""What `/manage setup` says."""

STEP = "Step {number} of {all} · {title}"
BACK = "Back"
NEXT = "Next"
DONE = "Done"
BETWEEN = ", "

# -- 1: country and age -----------------------------------------------------------------------------

COUNTRY_TITLE = "Country and age"
INTRO = (
    "I help friends ask each other hard questions while things are still small, and I keep what you've agreed on in sight. Setting me up "
    "takes six short steps. Everything you choose is saved at once."
)
INTRO_SMALL = (
    "The Support button is on every card, for everyone here. It's for somebody who was hurt, or who is worried about what they "
    "did, and it leads to helplines. It isn't help with the bot."
)
COUNTRY = "**Country** · Support shows this country's helplines first. Anyone can switch to another country."
COUNTRY_NONE = "**Country** · you haven't chosen one yet, so Support asks everyone which country they're in."
COUNTRY_OTHER = (
    "**Country** · I don't have helplines for yours yet, so Support asks everyone which country they're in."
)
COUNTRY_PROMPT = "Choose your country"
AGE_NO = (
    "**Age** · are there members under 18? Unless you choose something else below, I take it that there aren't. If you don't know, "
    "choose `Yes, and adults have a role`."
)
AGE_ROLE = (
    "**Age** · some members are under 18. Only people with the role {role} can start or join an ask, a pod, a pair or a path. I look at somebody's roles whenever they "
    "use me here. If they lose this role, what they've already started goes on, but they can't start anything new."
)
AGE_ASKS_ROLE = "**Age** · which role do your adults have? Until you choose it, nothing changes. Nothing that's open now ends."
AGE_ROLE_GONE = "**Age** · somebody deleted the role you chose, so nobody here can start or join an ask, a pod, a pair or a path. Please choose another one."
AGE_EVERYONE = "Everyone on this server has that role. Please choose one that only your adults have."
AGE_YES = (
    "**Age** · some members are under 18, so asks, pods, pairs, paths, plans and nights are closed on this server. Norms, boundaries and help are "
    "still open to everyone."
)
MINORS_PROMPT = "Are there members under 18 here?"
MINORS = {
    "no": ("No", "Asks, pods, pairs, paths, plans and nights are for everyone who says they're 18 or over."),
    "role": (
        "Yes, and adults have a role",
        "Only people with that role can start or join an ask, a pod, a pair, a path or a night.",
    ),
    "yes": (
        "Yes",
        "Asks, pods, pairs, paths, plans and nights close here. I'll tell you what ends before it does.",
    ),
}
ROLE_PROMPT = "The role that your adults have"
CLOSE_TITLE = "Close asks, pods, pairs, paths, plans and nights here?"
CLOSE_TEXT = (
    "If you close them, every ask, talk, pair and path that's open on this server ends right away, for everyone in it. What somebody here carries for another person with `/terms` is taken back. Nights out that haven't begun end. One that is on runs out, because it may be needed. Plans that somebody "
    "made after an ask or a talk here are deleted too. None of this comes back if you change your answer later. I don't tell members why, so "
    "it may help if you do.\n\n"
    "If your adults have a role of their own, you can keep all this open for them instead. Then nothing ends. "
    "Either way, norms, boundaries and help stay open to everyone."
)
CLOSE = "Close them"
ADULTS_ROLE = "Our adults have a role"
KEEP_OPEN = "Change nothing"

# -- 2: channels ------------------------------------------------------------------------------------

CHANNEL_TITLE = "Channels"
CHANNEL_NONE = (
    "**For norms** · choose a channel that everyone reads. That's where members see your norms and answer "
    "them. I don't post anything until you tell me to."
)
CHANNEL = "**For norms** · members see your norms in {channel} and answer them there. I don't post anything until you tell me to."
CHANNEL_PROMPT = "Channel for norms"
READY = "I have all the permissions I need there."
LACKS = "**In {channel} I still need:** {missing}."
WHERE = (
    "You can give me these in Server Settings > Roles > Plumbline > Permissions, for all channels at once. Or open the settings "
    "of that channel, go to Edit Channel > Permissions, and add Plumbline. It works right away."
)
NO_SUCH_CHANNEL = "**For norms** · the channel you chose is gone. Please choose another one."
MODS_NONE = (
    "**For moderators** · you can leave this empty. If you choose a channel, I tell you there when I can't post "
    "something. I don't mention concerns and suggestions there. I message the moderators they were sent to."
)
MODS = (
    "**For moderators** · I tell you in {channel} when I can't post something. I don't mention concerns and "
    "suggestions there. I message the moderators they were sent to."
)
MODS_GONE = (
    "**For moderators** · the channel you chose is gone. You can choose another one or leave it empty."
)
MODS_PROMPT = "Channel for moderators"
NO_MODS = "No moderators' channel"
PERMISSIONS = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}

TEST = "Send a test message"
TEST_TITLE = "Just a test"
TEST_TEXT = "A moderator checked whether I can post here, and I can. You don't need to do anything, and it's fine to delete this."
TEST_CAME = "**The test message arrived** in {channel}. You can delete it there."
TEST_NOT = "**I couldn't send the test message.** Discord doesn't let me post in {channel}."
TEST_LACKS = "**I didn't send the test message**, because I'm still missing something there:"
TEST_GONE = "**I couldn't send the test message**, because that channel is gone. Please choose another one."
TEST_UNSURE = "**Discord didn't say whether the test message arrived.** Have a look in {channel}. If it isn't there, try again in a minute."

# -- 3: a pack --------------------------------------------------------------------------------------

PACK_TITLE = "Norms to start with"
PACK_TEXT = (
    "Norms are what your group agrees on about how you treat each other. A pack is a first draft of them. You can change every "
    "word, and nobody else sees it until you post it."
)
PACK_PROMPT = "Look at a pack"
DRAFT_NONE = "Your draft is empty. You can go on without a pack and write your own later, in `/manage norms`."
DRAFT_ONE = "There is **one norm** in your draft."
DRAFT = "There are **{count} norms** in your draft."
PROPOSED = "Members are answering **version {number}** right now."
IN_FORCE = "Your group's norms are **version {number}**."
PREVIEW = "**{title}**\n{norm}"
PREVIEW_SMALL = (
    "Each norm also says why it's there and what keeping it can look like. You can change all of that too."
)
REPLACES_ONE = (
    "If you take this pack, it replaces the one norm in your draft. What members see stays as it is."
)
REPLACES = (
    "If you take this pack, it replaces the {count} norms in your draft. What members see stays as it is."
)
TAKE = "Take this pack"
OTHERS = "Other packs"

# -- 4: how norms are agreed on ---------------------------------------------------------------------

AGREE_TITLE = "How your group agrees"
AGREE = (
    "I post your norms, and each member can press `I'm in` or `I have a concern`. After **{days}** it's agreed if **at least {least}** "
    "people are in, and **{share}** of those who answered. A concern counts as not being in. Somebody who only wants to ask something "
    "can use `Suggest`."
)
BY_SIZE = "That's a fifth of the {members} members I can count here."
BY_SIZE_SMALL = "In a bigger group I'd ask for a fifth of the members, and never for more than {most}."
BY_SIZE_LARGE = "I never ask for more than that, however many members there are."
SMALL_GROUP = "If fewer than {least} of you are likely to answer, choose a smaller number below."
DIRECT = (
    "Your norms count as soon as you publish them, and the channel says that you didn't ask everyone first. Members can still press "
    "`I'm in`, or send you a suggestion."
)
WAY_PROMPT = "Who decides"
WAYS = {"asked": "The members agree first", "direct": "Moderators publish them"}
LEAST_PROMPT = "How many people must be in"
LEAST = "At least {least} must be in"
LEAST_BY_SIZE = "A fifth of all ({least} now)"
SHARE_PROMPT = "Share of those who answer"
SHARE = "And {share} agree"
SHARES = {
    50: "half",
    60: "three fifths",
    67: "two thirds",
    75: "three quarters",
    90: "nine tenths",
    100: "all",
}
PERCENT = "{share}%"
DAYS_PROMPT = "For how long"
WITHIN = "They have {days}"
ONE_DAY = "1 day"
DAYS = "{days} days"

# -- 5: asks ----------------------------------------------------------------------------------------

ASKS_TITLE = "Asks"
WHAT_IS_AN_ASK = (
    "**An ask** is how somebody checks with friends whether they were out of line. They write down what they did, and pick one to three "
    "people from their pod: friends who have said yes to being asked. Those friends answer, and I don't show it to anyone else here. "
    "You can't read somebody's ask unless you're in their pod and they pick you. Whoever runs this bot could."
)
KEPT = (
    "**What they wrote** · I delete it {days} after an ask closes. A shorter time counts at once, for all of them. A longer one counts "
    "for asks that somebody begins after it, and I ask everyone first."
)
WAIT = (
    "**New members** · they can start an ask {days} after they joined. They can use Support and answer "
    "their friends from the first day."
)
NO_WAIT = "**New members** · they can start an ask on their first day."
ASKS_CLOSED = "**Asks are closed here**, because some members are under 18. What you choose below counts if you open them again."
KEPT_PROMPT = "How long an ask is kept"
KEPT_OPTION = "Deleted {days} after it closes"
WAIT_PROMPT = "How long new members wait"
WAIT_OPTION = "New members wait {days}"
NO_WAIT_OPTION = "New members don't wait"

# -- 6: the welcome message -------------------------------------------------------------------------

WELCOME_TITLE = "Tell your group"
WELCOME_TEXT = "People use me more when they know what I'm for. I can post this in a channel you choose, with buttons below it:"
WELCOME_QUOTE = "> {line}"
WELCOME_WHERE = "It goes to {channel}."
WELCOME_NOWHERE = "Choose the channel below."
WELCOME_STANDS = "There is one in {channel} already. If you post it there again, the new one replaces it."
WELCOME_PROMPT = "Channel for the welcome message"
WELCOME_POST = "Post the welcome"
WELCOME_COMES = "**I'm posting the welcome in {channel}.** If that doesn't work, I'll tell the moderators."
WELCOME_NO_CHANNEL = (
    "I didn't post the welcome, because the channel for it is gone. Please choose another one."
)
WELCOME_LACKS = "I didn't post the welcome yet."

WELCOME_HEAD = "What Plumbline is for"
_SUPPORT = (
    "If somebody hurt you, if a friend told you something, or if you're worried about what you did, `Support` shows you who you can call "
    "and what you can do first."
)
WELCOME_SAYS = (
    "I'm here for the awkward moments between friends, and to keep in sight what this group has agreed on.",
    "Not sure whether you were out of line? You can ask a few friends who said yes to being asked. That's your pod.",
    _SUPPORT,
)
WELCOME_SAYS_CLOSED = (
    "I'm here for the awkward moments between friends, and to keep in sight what this group has agreed on.",
    "With `Our norms` you can read it, say what you think of it, and suggest something.",
    _SUPPORT,
)
WELCOME_SMALL = "When you press a button, only you can see what I reply."
OUR_NORMS = "Our norms"
MY_POD = "Set up my pod"

BARRED_LINE = "I couldn't post the welcome message in {channel}. Please check that I may see that channel and write there."
LOOK_AT_IT = "Look at it"
BARRED_TITLE = "I couldn't post the welcome message"
BARRED_TEXT = (
    "Somebody deleted {channel}, or I may not see it or write there. In the server, `/manage setup` lets you choose another channel "
    "and post the message again."
)
IN_BARRED = "I couldn't post the welcome message in its channel."

# -- the summary ------------------------------------------------------------------------------------

SUMMARY_TITLE = "How this server is set up"
CHANGE_PROMPT = "Change something"
LOCAL = "local"
CHANGES = {
    "1": "Country and age",
    "2": "Channels",
    "local": "Local help",
    "3": "Norms to start with",
    "4": "How your group agrees",
    "5": "Asks",
    "6": "Welcome message",
}
"""What can be changed from the summary: the number of the part, or `LOCAL`."""
SUM_COUNTRY = "**Country** · {country}\n**Under 18** · {minors}"
SUM_NO_COUNTRY = "not chosen, so Support asks"
SUM_NOBODY = "no (if you don't know, change this)"
SUM_CLOSED = "some, so asks, pods, pairs, paths, plans and nights are closed"
SUM_ROLE = "some; adults have {role}"
SUM_ROLE_GONE = "some; the role for adults is gone"
SUM_CHANNELS = "**Channel for norms** · {channel}\n**For moderators** · {mods}"
SUM_CHANNEL = "{channel}"
SUM_NO_CHANNEL = "none yet"
SUM_LACKS = "{channel}, where I still need {missing}"
SUM_GONE = "the channel you chose is gone"
SUM_NO_MODS = "none"
SUM_NORMS = "**Norms** · {norms}"
SUM_NO_NORMS = "none yet"
SUM_DRAFT_ONE = "a draft of one norm"
SUM_DRAFT = "a draft of {count} norms"
SUM_PROPOSED = "members are answering version {number} until {until}"
SUM_IN_FORCE = "version {number}"
SUM_AGREE = "**Agreed on if** · {least} or more people, and {share} of those who answer, are in after {days}"
SUM_DIRECT = "**Who decides** · moderators"
SUM_ASKS = "**Asks** · deleted {days} after they close\n**New members** · {wait}"
SUM_WAIT = "can start an ask after {days}"
SUM_NO_WAIT = "can start an ask at once"
SUM_WELCOME = "**Welcome message** · {where}"
SUM_NOT_WELCOMED = "not posted"
NEXT_CHANNEL = "**Next** · choose a channel for your norms. Without one, members can't see them."
NEXT_PUT = "**Next** · read your draft once more, and ask the members what they think of it."
NEXT_PUBLISH = (
    "**Next** · read your draft once more, and publish it. The channel will say that moderators published it."
)
NEXT_WAIT = "**Next** · your members are answering. `Norms` shows you the count, and what they've sent you if they have a concern."
NEXT_KEEP = "**Next** · your norms are there. `/manage reminders` can bring one of them back to a channel now and then."
NEXT_NORMS = (
    "**Next** · press `Norms` to take a pack or write your own. You'll find it later in `/manage norms`."
)
NORMS = "Norms"
NEXT_REMIND = (
    "Later, `/manage reminders` can bring one norm or story back to a channel now and then. To see what to do when somebody tells "
    "you that something happened, use `/told`."
)
CHOOSE_CHANNEL = "Choose a channel"
PUT = "Ask the members"
PUBLISH = "Publish without asking"
