"""A faster copy for SimCord: its payloads are JSON."""

from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from simcord import components, gateway
from simcord.http import router

_PLAIN = frozenset({str, int, float, bool, type(None)})


def copy_quickly() -> None:
    """Replace SimCord's `copy.deepcopy`, which took a tenth of each action. A second call changes nothing."""
    components.__dict__["deepcopy"] = copied
    for module in (gateway, router):
        module.__dict__["copy"] = SimpleNamespace(deepcopy=copied)


def copied(value: Any) -> Any:
    """Return the same as `deepcopy` does, for JSON."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is dict:
        return {key: copied(one) for key, one in value.items()}
    if kind is list:
        return [copied(one) for one in value]
    return deepcopy(value)
