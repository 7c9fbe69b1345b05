"""Meetings: when they are, and what everybody is asked after them."""
