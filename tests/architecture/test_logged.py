"""What our code logs: a sentence that is always the same, and values whose names are known to be harmless."""

import ast
from collections.abc import Iterator

from bot.log_redaction import KEYS_OF_TEXT
from tests.architecture.tree import Source, sources, walked

NUMBERS = {
    "count", "down_seconds", "errno", "instance", "keys", "left", "pause_seconds", "persons", "seconds",
    "servers", "shard", "status", "tries", "was_plain",
}  # fmt: skip
"""The names of values that are numbers. The log's second wall replaces a text under such a name."""
OF_THE_DEMO = {"problem"}
"""The demo has no log file: what it says is about the pretend server, for whoever works on it."""
HANDED_OVER = {"bot/delivery/engine.py": "sentence", "bot/logs.py": "sentence"}
"""Where a function gets its sentence from its callers, in the same file."""
METHODS = {"debug", "info", "warning", "error", "critical", "failure", "exception", "log"}


def logging_calls(source: Source) -> Iterator[ast.Call]:
    for node in walked(source.tree()):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if ast.unparse(node.func.value) in ("log", "self") and node.func.attr in METHODS:
                yield node
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "level":
            yield node


CALLS = [(source, call) for source in sources("bot", "cogs") for call in logging_calls(source)]


def test_our_code_logs_sentences_that_are_always_the_same() -> None:
    for source, call in CALLS:
        sentence = call.args[1 if ast.unparse(call.func) == "log.log" else 0]
        if not (isinstance(sentence, ast.Constant) and isinstance(sentence.value, str)):
            assert ast.unparse(sentence) == HANDED_OVER.get(source.path), (source.path, ast.unparse(call))


def test_every_value_that_is_logged_has_a_name_that_the_second_wall_knows() -> None:
    for source, call in CALLS:
        names = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
        known = KEYS_OF_TEXT | NUMBERS | (OF_THE_DEMO if source.path.startswith("bot/demo/") else set())
        assert names <= known, (source.path, ast.unparse(call))


def test_only_the_log_itself_uses_the_standard_library() -> None:
    used = {
        (source.path, ast.unparse(node.func))
        for source in sources("bot", "cogs")
        for node in walked(source.tree())
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("logging.", "warnings.warn"))
        if source.path not in ("bot/logs.py", "bot/log_repeats.py")
    }
    assert used == {("bot/process_end.py", "logging.shutdown")}


def test_the_search_for_what_is_logged_finds_it() -> None:
    assert len(CALLS) > 40
