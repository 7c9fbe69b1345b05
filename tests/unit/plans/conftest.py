"""Plans are tested with the harness of the talks."""

from tests.unit.talks.conftest import harness

__all__ = ["harness"]
