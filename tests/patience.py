"""How long a test waits for what must happen, before it says that it never will."""

PATIENCE = 120.0
"""Seconds. What hangs, hangs for good: no machine is so slow that this is a measure of its speed."""
