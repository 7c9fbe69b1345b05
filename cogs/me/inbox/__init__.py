"""`/inbox`: all that waits."""
