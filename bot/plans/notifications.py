"""What owners of plans are asked. The subject of both is the plan."""

DAY = "plans.day"
"""On its day: did they do it?"""
STILL = "plans.still"
"""Months after: are they still doing it?"""
KINDS = (DAY, STILL)
