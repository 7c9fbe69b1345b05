"""Plumbline: what it knows. The cogs speak Discord, and `data` is what we say."""

__version__ = "0.1.0"
