"""The kinds of channel posts about a server itself."""

WELCOME = "servers.welcome"
"""The message that says what the bot is for. Its subject is the server's id."""
BARRED = "servers.barred"
"""The notice for moderators that the welcome message can't be posted. Its subject is the channel's id."""
