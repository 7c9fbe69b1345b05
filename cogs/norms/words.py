"""What is said about norms to members."""

COMMAND = "norms"
DESCRIPTION = "What this group agreed on. Say that you're in, or suggest something."
