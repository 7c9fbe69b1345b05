"""`make pictures`: pictures of the bot's screens for the documentation, each with its text beside it."""
