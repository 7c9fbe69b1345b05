"""The rules of Plumbline. `cogs` holds its Discord commands, and `data` its texts."""

__version__ = "0.1.0"
