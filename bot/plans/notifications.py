"""The kinds of outbox messages about plans. The subject of both is the plan's id."""

DAY = "plans.day"
"""On its day: did they do it?"""
STILL = "plans.still"
"""Months after: are they still doing it?"""
KINDS = (DAY, STILL)
