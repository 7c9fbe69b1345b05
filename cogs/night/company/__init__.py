"""Who comes along: invitations, and the message in a channel."""
