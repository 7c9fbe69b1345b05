"""What holds for all tests."""

import gc
import os
import sys

from hypothesis import settings

# A deadline would measure the machine: timings are asserted in tests/bench alone, as ratios.
# In CI the examples are the same at each run, so that what fails there fails at home.
settings.register_profile("plumbline", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("plumbline")

# discord.py loads each room anew for each bot: without bytecode a stage takes half as long again to open.
sys.dont_write_bytecode = False


def pytest_collection_finish() -> None:
    """Let the collector look at what a test makes, not again and again at all that was imported.

    A finished stage is a ring of some 10,000 objects: they go in one round, and not in a hundred.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
