"""Crashes: the bot is killed at random moments under load, and between any two steps of a scenario."""
