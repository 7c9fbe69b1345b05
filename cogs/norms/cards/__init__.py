"""The cards on which members see norms, and write to moderators."""
