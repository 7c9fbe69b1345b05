"""What moderators see of norms."""
