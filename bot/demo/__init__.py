"""The pretend server: what `plumbline demo` shows, and what the tests play on. Needs the `demo` extra."""

from bot.demo.virtual_time import follow_virtual_time

__all__ = ["follow_virtual_time"]
