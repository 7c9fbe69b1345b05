"""How long a test waits for what must happen, before it says that it never will."""

PATIENCE = 120.0
"""In seconds. It is so long that only something that never ends exceeds it, however slow the machine."""
