"""How long a test waits for something that must happen, before it fails."""

PATIENCE = 120.0
"""In seconds. It is so long that only something that never ends exceeds it, however slow the machine."""
