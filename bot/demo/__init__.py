"""The pretend server that `plumbline demo` shows and the tests use. Needs the `demo` extra."""
