"""The laws read the code, and run little of it."""

import pytest


def pytest_itemcollected(item: pytest.Item) -> None:
    """While coverage looks, to read all of it takes four times as long."""
    item.add_marker(pytest.mark.uncounted)
