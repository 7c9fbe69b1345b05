"""Every comment that silences a check says why, on the same line."""

import re
import tokenize
from io import StringIO

import pytest

from tests.architecture.tree import Source, sources

SILENCERS = re.compile(r"#\s*(?:pragma: no (?:cover|branch)|noqa|type:\s*ignore|nosec)", re.I)
MARK = re.compile(
    r"#\s*(?:pragma: no (?:cover|branch)|noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?"
    r"|type:\s*ignore(?:\[[\w,\s-]*\])?|nosec)",
    re.I,
)


def silenced(source: Source) -> list[str]:
    """Return the lines that silence a check without a reason of at least two words."""
    comments = (
        token
        for token in tokenize.generate_tokens(StringIO(source.text).readline)
        if token.type == tokenize.COMMENT and SILENCERS.search(token.string)
    )
    return [
        f"{source.path}:{token.start[0]} {token.string}"
        for token in comments
        if len(re.findall(r"\w+", MARK.sub("", token.string))) < 2
    ]


def test_every_silenced_check_has_its_reason() -> None:
    assert not [line for one in sources("bot", "cogs", "data", "tests") for line in silenced(one)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("x = 1  # type: ignore[arg-type]", True),
        ("x = 1  # noqa: E501, F401", True),
        ("x = 1  # pragma: no cover", True),
        ("x = 1  # noqa", True),
        ("x = 1  # type: ignore[arg-type]  # the stub forgets None", False),
        ("x = 1  # pragma: no cover: only Windows comes here", False),
        ("x = '# noqa'", False),
    ],
)
def test_a_silenced_check_is_found_only_if_it_has_no_reason(line: str, found: bool) -> None:
    assert bool(silenced(Source("x.py", line + "\n"))) is found
