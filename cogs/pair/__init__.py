"""`/pair`: two partners in accountability."""
