"""What is said before a pair runs."""

DRAFT_TITLE = "A pair"
DRAFT_WITH = "With **{name}**: {schedule}. Each of you is asked at that hour of your own day."
DRAFT_NOBODY = (
    "Choose someone who also wants to change something. {schedule}, at that hour of each one's own day."
)
PARTNER_PROMPT = "Choose a member"
NEXT = "Next"
DISCARD = "Discard"
DISCARDED_TITLE = "Discarded"
DISCARDED = "Nothing of it is kept, and nobody was told."
GO_ON = "Go on"
NOT_NOW = "Not now"
NO_THANKS = "No thanks"
EDIT = "Edit"
PROPOSED_TITLE = "Now ask them yourself"
PROPOSED = (
    "**{name}** finds it in their `/pair show` until {until}, if nothing of the kind came to an end between you in the last 90 days. "
    "Plumbline doesn't write to them. Send them this yourself:"
)
SENTENCE = (
    "Would you check in with me for a while, each of us about something of our own? If yes, run /pair show."
)
TO_COPY = "```\n{sentence}\n```"
PROPOSED_SMALL = (
    "Nothing is scheduled before you both have written yours. What you wrote is shown to them only then."
)
WAITING_TITLE = "Waiting for {name}"
TAKEN_BACK_TITLE = "Taken back"
TAKEN_BACK = "It waits no more. What you wrote is gone."
ASKED = "**{name}** would like to check in with you: {schedule}. Each of you is asked at that hour of your own day."
ASKED_THEN = (
    "`Go on` opens a form for yours. They read it once you send it, and you read theirs. You can end it at any time, "
    "without a reason."
)
DECLINED_TITLE = "Done"
DECLINED = "**{name}** is told nothing: to them it looks like no answer."
NOT_HERE_TITLE = "They aren't in this server"
NOT_HERE = (
    "A pair belongs to one server. Choose somebody who is here too, or ask in a server where you both are."
)
IN_SERVER = (
    "Choosing somebody new works in a server only. Run `/pair start` in **{server}**, where both of you are."
)
IN_A_SERVER = (
    "Choosing somebody new works in a server only. Run `/pair start` in the server that you share with them."
)
