"""What it costs: `python -m tests.bench`. Each bar is a ratio within one run: the machine hardly matters."""
