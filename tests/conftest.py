"""Settings for all tests: how they are run, and where coverage is switched off."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from tests import statements, throwaway
from tests.looking import look_at_imports, looking_away

# A deadline would measure the machine, and so would "too slow": timings are asserted in tests/bench alone,
# as ratios. In CI the examples are the same at each run, so that what fails there fails at home.
settings.register_profile(
    "plumbline",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize="CI" in os.environ,
)
settings.load_profile("plumbline")

statements.share()
throwaway.allow()

_demos_opened: set[str] = set()
_tables_begun: set[str] = set()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Use one worker more than there are cores: each waits a tenth of its time for the disk or a process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long tests first: otherwise one core works on the last of them while the other is idle."""
    items.sort(key=lambda item: item.get_closest_marker("uncounted") is None)


def pytest_collection_finish() -> None:
    """Let the garbage collector look at what tests make, not again and again at everything imported.

    A closed pretend server is a cycle of some 10,000 objects: free them in one pass, not in a hundred.
    """
    look_at_imports()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no `uncounted` tests, which repeat what others test, and only one row of a parametrized one."""
    test, row, _ = item.nodeid.partition("[")
    again = bool(row) and test in _tables_begun
    _tables_begun.add(test)
    with looking_away(again or item.get_closest_marker("uncounted") is not None):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Every pretend server opens in the same way: in each process only the first is measured."""
    stage = fixturedef.baseid if fixturedef.argname == "demo" else ""
    with looking_away(stage in _demos_opened):
        try:
            return (yield)
        finally:
            _demos_opened.update({stage} - {""})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Closing the server is measured only in tests that close it themselves."""
    with looking_away("demo" in getattr(item, "fixturenames", ())):
        return (yield)
