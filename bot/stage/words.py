"""Everything that a person reads on the stage: the pretend server's names, and the demo's page."""

SERVER = "Kitchen table"
MODERATOR_ROLE = "Moderators"
CLOSED_DMS = "Cannot send messages to this user"
