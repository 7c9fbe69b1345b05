"""`/manage reports`: what was sent to this moderator, and bars."""
