"""What moderators can do when something happened."""
