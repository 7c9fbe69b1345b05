"""Rate limits as Discord has them: a bucket for each route and its main id, and one for everything."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

EXEMPT = ("/interactions/", "/webhooks/")
"""Answers to interactions don't count towards the limit for everything."""


@dataclass(frozen=True, slots=True)
class RouteLimit:
    """So many requests in so many seconds, for each channel, server or webhook. `*` is any."""

    method: str
    route: str
    requests: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers of its answer."""

    headers: dict[str, str]
    retry_after: float | None = None
    everywhere: bool = False


@dataclass(slots=True)
class _Window:
    ends: float = 0.0
    used: int = 0


@dataclass(slots=True)
class Limits:
    """Without `routes` and `total` there are no limits and no headers, which is the default.

    total: how many requests there may be in `total_seconds`; Discord allows 50 in one second.
    """

    now: Callable[[], float]
    routes: list[RouteLimit] = field(default_factory=list)
    total: int | None = None
    total_seconds: float = 1.0
    refused: Counter[str] = field(default_factory=Counter)
    """How many requests were answered with 429, by "global" and by route."""
    _windows: dict[str, _Window] = field(default_factory=dict)

    def check(self, method: str, route: str, path: str, main_id: str) -> Verdict:
        """Count a request, and say whether it is one too many. The main id is that of a channel, say."""
        if self.total is not None and not path.startswith(EXEMPT):
            window = self._window("", self.total_seconds)
            if window.used >= self.total:
                self.refused["global"] += 1
                headers = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
                return Verdict(headers, window.ends - self.now(), everywhere=True)
            window.used += 1
        limit = next((one for one in self.routes if _fits(one, method, route)), None)
        return Verdict({}) if limit is None else self._check_route(limit, method, route, main_id)

    def _check_route(self, limit: RouteLimit, method: str, route: str, main_id: str) -> Verdict:
        bucket = hashlib.md5(f"{method} {route}".encode(), usedforsecurity=False).hexdigest()
        window = self._window(f"{bucket}:{main_id}", limit.seconds)
        left = max(0.0, window.ends - self.now())
        over = window.used >= limit.requests
        window.used += not over
        headers = {
            "X-RateLimit-Bucket": bucket,
            "X-RateLimit-Limit": str(limit.requests),
            "X-RateLimit-Remaining": str(limit.requests - window.used),
            "X-RateLimit-Reset": f"{window.ends:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
        }
        if over:
            self.refused[f"{method} {route}"] += 1
            return Verdict(headers | {"X-RateLimit-Scope": "user"}, left)
        return Verdict(headers)

    def _window(self, key: str, seconds: float) -> _Window:
        window = self._windows.setdefault(key, _Window())
        if window.ends <= self.now():
            window.ends, window.used = self.now() + seconds, 0
        return window


def _fits(limit: RouteLimit, method: str, route: str) -> bool:
    return limit.method in ("*", method) and limit.route in ("*", route)
