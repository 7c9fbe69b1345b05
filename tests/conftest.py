"""What holds for all tests."""

import os

from hypothesis import settings

# A deadline would measure the machine: timings are asserted in tests/bench alone, as ratios.
# In CI the examples are the same at each run, so that what fails there fails at home.
settings.register_profile("plumbline", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("plumbline")
