"""SimCord's pages, one for each member and channel. The demo's page shows them, and they are kept in step."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, cast

from aiohttp import web
from simcord import ChannelHandle, Env, InteractionResult, MemberActor, UserHandle
from simcord.preview import Preview

from bot.demo import simcord_internals as internals

Serve = Callable[[web.Request], Awaitable[web.Response]]
_CHROME = Path(__file__).with_name("pane.css")
_CHANGED = {
    # A restart must not empty a form that somebody is filling in. On Discord it does not either.
    "/app.js": [
        (
            "snapshot.viewerId !== state.viewerId || snapshot.botGeneration !== state.botGeneration",
            "snapshot.viewerId !== state.viewerId",
        )
    ],
    # Scroll to what is new, a long card to its top. Below a card that had grown, it was out of sight. A
    # conversation that was just opened shows its newest message.
    "/timeline.js": [
        (
            "state.scrollIntent = snapshot.targetId &&",
            "state.scrollIntent = previousIds.length && snapshot.targetId &&",
        ),
        (
            ": state.scrollIntent || captureScrollIntent();",
            ': hasNewTail || !previousIds.length && ids.length ? { policy: "target", targetId: ids.at(-1) }'
            " : state.scrollIntent || captureScrollIntent();",
        ),
    ],
    "/commands.js": [
        # After the last option is chosen, Enter sends the command. It opened that option once more.
        ('target.matches(".command-chip")', 'target.matches(".command-chip, .command-mention")'),
        # Escape closes the list of choices, and then the command.
        (
            'if (event.key === "Escape") { clearPopup(); return true; }',
            'if (event.key === "Escape") {'
            " if (popup && !popupElement().hidden) clearPopup(); else exitCommand(); return true; }",
        ),
    ],
}
"""In SimCord's scripts: what stands there, and what stands there in the demo."""


class MemberPages:
    """All pages of one environment. Only one of their actions runs at a time."""

    def __init__(self, env: Env, lock: asyncio.Lock) -> None:
        self._env = env
        self._lock = lock
        self._open: list[Preview] = []
        self._drawn: dict[str, int] = {}
        internals.offer_only(_others)

    async def open(self, channel: ChannelHandle, viewer: MemberActor | UserHandle, framed_by: str) -> str:
        """Open a page of this channel for this viewer. Return its address, which is a secret."""
        internals.set_preview(self._env, None)
        preview = self._env.preview(channel, viewers=[viewer], layout="channel", locale="en-GB")
        _allow_frame(preview, framed_by)
        await preview.__aenter__()
        self._watch(preview)
        self._open.append(preview)
        internals.set_preview(self._env, cast("Preview", _Together(self._open)))
        return preview.url

    async def refresh(self, acted: Preview | None = None) -> None:
        """Show every open page what has happened, except the page that did it. The lock must be held.

        A page where nothing happened is left alone, since SimCord refuses a press on what it drew again.
        """
        for preview in self._shown():
            seen = _seen(preview)
            if seen != self._drawn.get(preview.capability) and preview is not acted:
                await preview.refresh()
            self._drawn[preview.capability] = seen

    def show_form(self, channel: ChannelHandle, member: MemberActor, answer: InteractionResult) -> None:
        """Open the form that answered a menu command. Any other answer appears by itself."""
        if answer.modal is None:
            return
        for preview in self._shown():
            if preview.channel.id == channel.id and preview.viewers[0].id == member.id:
                for page in internals.pages_of(preview):
                    page.modal, page.modal_handle = answer, "m_" + secrets.token_urlsafe(12)
                    internals.publish(preview, page)

    def _shown(self) -> Iterator[Preview]:
        """Return the pages that somebody looks at.

        One is SimCord's own, and drawing it would cost as much as any.
        """
        return (one for one in self._open if len(internals.pages_of(one)) > 1)

    def _watch(self, preview: Preview) -> None:
        act, open_page = internals.hooks_of(preview)

        def opened(viewer_id: Any = None, target_id: Any = None) -> internals.Page:
            if len(internals.pages_of(preview)) == 1:
                self._drawn[preview.capability] = _seen(preview)
            return open_page(viewer_id, target_id)

        async def one_at_a_time(context_id: str | None, body: Any) -> dict[str, Any]:
            async with self._lock:
                if isinstance(body, dict) and "bot_generation" in body:
                    # A card from before a restart can be used like any other, as on Discord.
                    body["bot_generation"] = internals.bot_generation(self._env)
                answer = await act(context_id, body)
                await self.refresh(acted=preview)
            return answer

        internals.set_hooks(preview, one_at_a_time, opened)


def _seen(preview: Preview) -> int:
    """Return a number that changes whenever the conversation looks different."""
    viewer = preview.viewers[0].id
    messages = preview.env.backend.messages.get(preview.channel.id, {}).values()
    seen = [(one.id, one.content, one.flags, one.components) for one in messages if one.visible_to(viewer)]
    return hash(json.dumps(seen))


def _others(preview: Preview) -> set[int]:
    """Return the members whom this page's viewer would choose.

    SimCord also offers the viewer, the bot, and the owner that it made for the server, whom nobody plays.
    """
    backend = preview.env.backend
    members = {one for server in backend.guilds.values() for one in server.members}
    owners = {server.owner_id for server in backend.guilds.values()}
    return members - owners - {backend.bot_user.id, preview.viewers[0].id}


class _Together:
    """Stands in for the single preview that an environment knows."""

    _closed = False

    def __init__(self, previews: list[Preview]) -> None:
        self._previews = previews

    def _mark_action_dispatched(self) -> None:
        for preview in self._previews:
            internals.mark_dispatched(preview)


def _allow_frame(preview: Preview, framed_by: str) -> None:
    """Let the demo's page show this one in a frame, without SimCord's tools around the conversation."""

    def headers(of_simcord: dict[str, str]) -> dict[str, str]:
        policy = of_simcord["Content-Security-Policy"].replace(
            "frame-ancestors 'none'", f"frame-ancestors {framed_by}"
        )
        kept = {name: value for name, value in of_simcord.items() if name != "X-Frame-Options"}
        return {**kept, "Content-Security-Policy": policy}

    def changed(serve: Serve) -> Serve:
        async def static(request: web.Request) -> web.Response:
            answer = await serve(request)
            if request.path == "/preview.css":
                answer.text = (answer.text or "") + _CHROME.read_text(encoding="utf-8")
            for was, is_now in _CHANGED.get(request.path, ()):
                answer.text = (answer.text or "").replace(was, is_now)
            return answer

        return static

    internals.serve_with(preview, headers, changed)
