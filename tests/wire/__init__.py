"""A Discord on this machine, in a process of its own, for tests that run `plumbline run` as a program.

The server (`python -m tests.wire`) knows nothing of the bot. Tests steer it with `client.py`.
"""
