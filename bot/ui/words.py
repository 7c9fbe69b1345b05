"""Sentences that belong to no slice: on every card, and when something goes wrong."""

SUPPORT = "Support"
YOU_WROTE = "What you wrote"
WENT_WRONG_TITLE = "That did not work"
WENT_WRONG = (
    "Something went wrong on our side. Please try again in a moment. "
    "If you had typed something, it is shown here: copy it first."
)
