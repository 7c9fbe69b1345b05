"""The town of the talks: in it, people write down what they will do."""

from tests.unit.talks.conftest import town

__all__ = ["town"]
