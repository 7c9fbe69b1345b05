"""What stands around a story; the stories are in `data/vignettes/`."""

CLOSED = "A short story about {topic}"
READ = "Read"
ASKED = "What might the other person have felt?"
CONSIDER = "- {thought}"
SMALL = "There is no right answer, and nobody sees that you read it."
GONE_TITLE = "This story is not told any more"
GONE = "`/norms` shows what this group agreed on, and takes suggestions."
