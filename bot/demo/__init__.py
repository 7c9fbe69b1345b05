"""The pretend server that `plumbline demo` shows and the tests use. Needs the `demo` extra."""

from bot.demo.virtual_time import follow_virtual_time

__all__ = ["follow_virtual_time"]
