"""The laws read the code, and run little of it."""

import pytest

from tests.architecture.sizes import long_ones


def pytest_itemcollected(item: pytest.Item) -> None:
    """While coverage looks, to read all of it takes four times as long."""
    item.add_marker(pytest.mark.uncounted)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what is long, below the results."""
    for line in long_ones():
        terminalreporter.write_line(f"Long: {line}")
