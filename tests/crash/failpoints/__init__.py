"""Failpoints: every place where the bot can be killed between two steps, found by running through a scenario."""
