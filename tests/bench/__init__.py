"""Benchmarks: `python -m tests.bench`. Each limit is a ratio within one run, so machines hardly matter."""
