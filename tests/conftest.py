"""What holds for all tests: how they are run, and where coverage looks away."""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests import no_fsync, statement_cache
from tests.coverage_scope import coverage_paused, import_everything

# A deadline would measure the machine, and so would "too slow": timings are asserted in tests/bench alone,
# as ratios. In CI the examples are the same at each run, so that what fails there fails at home. Only at
# home is a failing example made smaller: that can take minutes.
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


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: each waits a tenth of its time, for the disk or another process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: else one core works on the last of them while the other has nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("uncounted") is None)


def pytest_collection_finish() -> None:
    """Let the collector look at what a test makes, not again and again at all that was imported.

    A closed pretend server is a ring of some 10,000 objects: they go in one round, and not in a hundred.
    """
    import_everything()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """`uncounted` tests go a thousand times through what others are about; of a table one row counts."""
    test, row, _ = item.nodeid.partition("[")
    again = bool(row) and test in _tables_begun
    _tables_begun.add(test)
    with coverage_paused(again or item.get_closest_marker("uncounted") is not None):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Each pretend server opens in the same way: in each process the first is counted."""
    server = fixturedef.baseid if fixturedef.argname == "demo" else ""
    with coverage_paused(server in _servers_opened):
        try:
            return (yield)
        finally:
            _servers_opened.update({server} - {""})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """The pretend servers that close within a test are counted."""
    with coverage_paused("demo" in getattr(item, "fixturenames", ())):
        return (yield)
