"""What tests of the log share."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from bot import logs


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """Yield a function that returns what was written to stderr; then undo what `logs.begin` has set."""
    for module, hook in ((sys, "excepthook"), (sys, "unraisablehook"), (threading, "excepthook")):
        monkeypatch.setattr(module, hook, getattr(module, hook))
    monkeypatch.setattr(logs._expected, "of", logs._expected.of)
    names = ["", *logs.OURS, *logs._NEVER_BELOW]
    before = {name: logging.getLogger(name).level for name in names}
    handlers = logging.getLogger().handlers[:]
    yield lambda: capsys.readouterr().err
    logging.captureWarnings(False)
    logging.getLogger().handlers[:] = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)
