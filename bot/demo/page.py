"""The demo's own page. It is served on 127.0.0.1 only, and nothing but a press on it changes anything."""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from string import Template
from typing import Any

import simcord
from aiohttp import web

from bot.demo import strings
from bot.demo.session import DemoSession, RequestRefused

_HERE = Path(__file__).parent
_STYLE = _HERE / "page.css"
_SCRIPT = _HERE / "page.js"
_EMOJI = Path(simcord.__file__).parent / "preview" / "static" / "fonts" / "noto-color-emoji-v2.051.ttf"
"""SimCord's own font, for computers that have none with pictures in it. Names may contain them."""
_HOURS = {"hour": 1, "day": 24, "week": 168}
_POLICY = (
    "default-src 'none'; font-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; frame-src http://127.0.0.1:*; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DemoPage:
    """Every change needs a POST from the page's own origin, with the token of this run."""

    def __init__(self, session: DemoSession, port: int) -> None:
        self._session = session
        self._token = secrets.token_urlsafe(32)
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.origins = {f"http://{host}" for host in self._hosts}

    def app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard], client_max_size=16 * 1024)
        app.router.add_get("/", self._page)
        app.router.add_get("/page.css", self._style)
        app.router.add_get("/page.js", self._script)
        app.router.add_get("/emoji.ttf", self._emoji)
        app.router.add_get("/state", self._state)
        app.router.add_post("/skip", self._skip)
        app.router.add_post("/restart", self._restart)
        app.router.add_post("/say", self._say)
        app.router.add_post("/menu", self._menu)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse requests of other pages: they have another origin, and don't know the token."""
        changing = request.method not in ("GET", "HEAD")
        asked = (
            request.headers.get("X-Plumbline-Token", "")
            if request.path == "/state" or changing
            else self._token
        )
        honest = hmac.compare_digest(asked.encode(), self._token.encode())
        origin = request.headers.get("Origin")
        if request.host not in self._hosts or not honest or (changing and origin not in self.origins):
            return web.json_response({"problem": strings.NOT_FROM_HERE}, status=403, headers=_HEADERS)
        try:
            answer = await handler(request)
        except RequestRefused as refused:
            return web.json_response({"problem": str(refused)}, status=409, headers=_HEADERS)
        answer.headers.update(_HEADERS)
        return answer

    async def _page(self, _: web.Request) -> web.Response:
        page = Template((_HERE / "page.html").read_text(encoding="utf-8"))
        return web.Response(text=page.substitute(token=self._token), content_type="text/html")

    async def _style(self, _: web.Request) -> web.Response:
        return web.Response(text=_STYLE.read_text(encoding="utf-8"), content_type="text/css")

    async def _script(self, _: web.Request) -> web.Response:
        return web.Response(text=_SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")

    async def _emoji(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(_EMOJI)

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(self._session.state())

    async def _skip(self, request: web.Request) -> web.Response:
        span = str((await _sent(request)).get("span"))
        if span not in {"next", *_HOURS}:
            raise web.HTTPBadRequest
        await (self._session.skip_to_news() if span == "next" else self._session.skip(_HOURS[span]))
        return await self._state(request)

    async def _restart(self, request: web.Request) -> web.Response:
        await self._session.restart()
        return await self._state(request)

    async def _say(self, request: web.Request) -> web.Response:
        sent = await _sent(request)
        await self._session.say(str(sent.get("member")), str(sent.get("text", "")))
        return await self._state(request)

    async def _menu(self, request: web.Request) -> web.Response:
        sent = await _sent(request)
        await self._session.use_menu(
            str(sent.get("member")), str(sent.get("command")), str(sent.get("target"))
        )
        return await self._state(request)


async def _sent(request: web.Request) -> dict[str, Any]:
    try:
        sent = await request.json()
    except ValueError:
        raise web.HTTPBadRequest from None
    if not isinstance(sent, dict):
        raise web.HTTPBadRequest
    return sent
