"""Reminders: set, looked at, paused."""
