"""The REST side: every request meets faults and rate limits, takes effect, and is recorded."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

from aiohttp import web

from tests.wire.connections import hang_up, reset, until_gone
from tests.wire.errors import ApiError
from tests.wire.faults import Fault, FaultKind, Faults
from tests.wire.limits import Limits, Verdict
from tests.wire.records import Records
from tests.wire.state import TOKEN

BASE = "/api/v10"
_OPEN = ("/interactions/", "/webhooks/")
"""Where the token in the path is enough."""
_PUBLIC = "/gateway"
"""What Discord tells everybody."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request: the parts of its path by name, its query, its body, and its files' sizes by name."""

    parts: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[str, int]

    def id(self, part: str) -> int:
        return int(self.parts[part])


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any


Effect = Callable[[Call], Any]
"""Does what a request asks for, and returns the body of the answer (None for 204). May raise ApiError."""


class Rest:
    """Wraps each route's effect."""

    def __init__(self, faults: Faults, limits: Limits, records: Records) -> None:
        self.faults = faults
        self.limits = limits
        self.records = records

    def route(self, method: str, template: str, effect: Effect) -> web.RouteDef:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._handle(request, template, effect)

        return web.route(method, BASE + template, handle)

    async def _handle(self, request: web.Request, template: str, effect: Effect) -> web.StreamResponse:
        path = request.path.removeprefix(BASE)
        try:
            call = await _read(request)
        except ConnectionError:
            return web.Response()
        main_id = next(iter(call.parts.values()), "")
        slow, other = self._faults(request.method, path)
        await self._pause(slow, effect=False)
        verdict = self.limits.check(request.method, template, path, main_id)
        answer = None
        if verdict.retry_after is not None:
            answer = _limited(verdict.retry_after, verdict.everywhere)
        elif not _may(request, path):
            answer = Answer(401, {"message": "401: Unauthorized", "code": 0})
        elif other is None or other.effect:
            answer = _done(effect, call)
            await self._pause(slow, effect=True)
        status = answer.status if answer is not None and other is None else _status(other)
        told = None if answer is None else answer.body
        self.records.add(self.limits.now(), request.method, path, template, call.body, status, told)
        if other is not None:
            return await _inflict(request, other, answer)
        assert answer is not None
        response = _respond(answer, verdict)
        response.headers["Date"] = formatdate(self.limits.now(), usegmt=True)
        return response

    def _faults(self, method: str, path: str) -> tuple[list[Fault], Fault | None]:
        met = self.faults.meets(method, path)
        if met:
            self.records.change()
        slow = [one for one in met if one.kind is FaultKind.SLOW]
        return slow, next((one for one in met if one.kind is not FaultKind.SLOW), None)

    async def _pause(self, slow: list[Fault], *, effect: bool) -> None:
        for fault in slow:
            if fault.effect is effect:
                await self.faults.pause(fault)


async def _read(request: web.Request) -> Call:
    files: dict[str, int] = {}
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        body = json.loads(str(form["payload_json"])) if "payload_json" in form else None
        for part in form.values():
            if isinstance(part, web.FileField):
                files[part.filename] = len(part.file.read())
    else:
        body = json.loads(await request.read() or b"null")
    return Call(dict(request.match_info), dict(request.query), body, files)


def _may(request: web.Request, path: str) -> bool:
    return request.headers.get("Authorization") == f"Bot {TOKEN}" or path == _PUBLIC or path.startswith(_OPEN)


def _done(effect: Effect, call: Call) -> Answer:
    try:
        body = effect(call)
    except ApiError as error:
        return Answer(error.status, {"code": error.code, "message": error.message})
    return Answer(204 if body is None else 200, body)


def _limited(retry_after: float, everywhere: bool) -> Answer:
    told = {
        "message": "You are being rate limited.",
        "retry_after": round(retry_after, 3),
        "global": everywhere,
    }
    return Answer(429, told)


def _status(fault: Fault | None) -> int:
    return fault.status if fault is not None and fault.kind is FaultKind.ANSWER else 0


async def _inflict(request: web.Request, fault: Fault, answer: Answer | None) -> web.StreamResponse:
    match fault.kind:
        case FaultKind.ANSWER if fault.status == 429:
            return _respond(_limited(fault.retry_after, fault.everywhere), Verdict({}))
        case FaultKind.ANSWER:
            return _respond(Answer(fault.status, {"code": fault.code, "message": fault.message}), Verdict({}))
        case FaultKind.SILENCE:
            await until_gone(request)
        case FaultKind.HANG_UP:
            hang_up(request)
        case FaultKind.HALF:
            body = json.dumps({} if answer is None else answer.body).encode()
            response = web.StreamResponse(headers={"content-type": "application/json"})
            response.content_length = len(body) + 1
            await response.prepare(request)
            await response.write(body[: len(body) // 2])
            reset(request)
        case _:
            reset(request)
    return web.Response()


def _respond(answer: Answer, verdict: Verdict) -> web.Response:
    headers = dict(verdict.headers)
    if answer.status == 429:
        # discord.py takes a 429 without `Via` for a block by Cloudflare.
        headers |= {"Via": "1.1 google", "Retry-After": str(int(answer.body["retry_after"]) + 1)}
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    # If the type had a charset, discord.py would leave the body as text.
    headers["content-type"] = "application/json"
    return web.Response(body=json.dumps(answer.body).encode(), status=answer.status, headers=headers)
