"""The path of the person on it."""
