"""What is said before a pair runs."""

BEFORE_TITLE = "What a pair is for"
DRAFT_TITLE = "When should I ask you both?"
DRAFT_WITH = "You and **{name}**: {schedule}. Each of you is asked at that time by your own clock."
DRAFT_NOBODY = "First choose somebody who also wants to change something.\n\n**When** · {schedule}. Each of you is asked at that time by your own clock."
ABOUT = "**What would you like to work on?** It can be a habit, like drinking less, or how you treat people, like stopping at the first no."
HABIT = "A habit"
PEOPLE = "How I treat people"
PARTNER_PROMPT = "Choose a member"
NEXT = "Next"
DISCARD = "Discard"
DISCARDED_TITLE = "Discarded"
DISCARDED = "I've deleted your draft, and nobody heard about it."
NOT_NOW = "Not now"
NO_THANKS = "No thanks"
EDIT = "Edit"
PROPOSED_TITLE = "Now ask them yourself"
PROPOSED = "**{name}** finds your request in `/pair show` until {until}. I don't write to them, so send them something like this:"
SENTENCE = "Would you check in with me for a while? We'd each work on something of our own. If you'd like to, run /pair show. It's fine to say no."
TO_COPY = "```\n{sentence}\n```"
PROPOSED_SMALL = (
    "They can't read your part until they've sent theirs. Until then I don't ask either of you.\n"
    "If you already asked them in the last 90 days, or a pair of yours ended early in that time, they won't see this request."
)
WAITING_TITLE = "Waiting for {name}"
TAKEN_BACK_TITLE = "Taken back"
TAKEN_BACK = "They can't see your request any more, and I've deleted what you wrote."
ASKED = "**{name}** would like to check in with you {schedule}."
ASKED_THEN = "Then you write your part. {name} can read it once you send it, and you can read theirs."
DECLINED_TITLE = "You said no thanks"
DECLINED = "I don't tell **{name}**. To them it looks as if you haven't answered."
NOT_HERE_TITLE = "They aren't in this server"
NOT_HERE = (
    "A pair belongs to one server. Pick somebody who is here too, or ask in a server where you both are."
)
IN_SERVER = (
    "You can pick somebody only in a server. Run `/pair start` in **{server}**, where both of you are."
)
IN_A_SERVER = (
    "You can pick somebody only in a server. Run `/pair start` in the server that you share with them."
)
