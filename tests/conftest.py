"""Settings for all tests: how they are run, and when coverage is paused."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests import databases, no_fsync, statement_cache
from tests.coverage_scope import coverage_paused, import_everything

# A deadline and the check "too slow" would measure the machine: only tests/bench asserts timings, as ratios.
# In CI the examples are the same at each run, so that what fails there also fails on your own machine.
# A failing example is made smaller only on your own machine, because that can take minutes.
settings.register_profile(
    "plumbline",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize="CI" in os.environ,
    phases=[one for one in Phase if one is not Phase.shrink or "CI" not in os.environ],
)
settings.load_profile("plumbline")

statement_cache.share()
no_fsync.allow()

_servers_opened: set[str] = set()
_tables_begun: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=(databases.SQLITE, databases.POSTGRES), default=databases.SQLITE)


def pytest_configure(config: pytest.Config) -> None:
    databases.engine = config.getoption("engine")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are cores: each worker waits a tenth of its time for something else."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the long tests first, so that at the end no core is idle while another runs the last of them.

    On PostgreSQL, leave out what is about SQLite.
    """
    items.sort(key=lambda item: item.get_closest_marker("uncounted") is None)
    if databases.engine == databases.POSTGRES:
        for item in items:
            for marker in item.iter_markers("sqlite"):
                # It is about a file, a query plan or a statement that only SQLite has; the marker says which.
                item.add_marker(pytest.mark.skip(reason=f"SQLite alone: {marker.args[0]}"))


def pytest_collection_finish() -> None:
    """Let the garbage collector look only at what tests make, not again and again at all that was imported.

    A closed pretend server is a cycle of some 10,000 objects: one collection frees it, instead of a hundred.
    """
    import_everything()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Pause coverage in tests marked `uncounted`, and in all but the first row of a parametrized test.

    Both run code that other tests have run already.
    """
    test, row, _ = item.nodeid.partition("[")
    again = bool(row) and test in _tables_begun
    _tables_begun.add(test)
    with coverage_paused(again or item.get_closest_marker("uncounted") is not None):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Measure only the first opening of a pretend server in each process: all open in the same way."""
    server = fixturedef.baseid if fixturedef.argname == "demo" else ""
    with coverage_paused(server in _servers_opened):
        try:
            return (yield)
        finally:
            _servers_opened.update({server} - {""})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Pause coverage while the fixture `demo` closes; servers that close within a test are measured."""
    with coverage_paused("demo" in getattr(item, "fixturenames", ())):
        return (yield)
