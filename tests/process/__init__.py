"""`plumbline run` as a process of its own, against the Discord of `tests/wire/`."""
