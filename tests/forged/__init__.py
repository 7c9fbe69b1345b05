"""Interactions that no honest client sends: each gets one plain answer, which tells nothing."""
