"""Crashes: the bot is killed at random moments under load, and at every point where it can leave work half done."""
