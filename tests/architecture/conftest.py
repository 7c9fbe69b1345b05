"""Architecture tests read the code, and run little of it."""

import pytest

from tests.architecture.sizes import long_ones


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave these tests out of coverage: with it, reading all the code takes four times as long."""
    item.add_marker(pytest.mark.uncounted)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List long files and functions below the results."""
    for line in long_ones():
        terminalreporter.write_line(f"Long: {line}")
