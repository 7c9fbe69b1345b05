"""Ending the connection of a request in ways that aiohttp doesn't offer."""

import asyncio
import socket
import struct

from aiohttp import web

_LINGER = struct.pack("ii", 1, 0)


def reset(request: web.BaseRequest) -> None:
    """Reset the connection: the client gets "connection reset by peer"."""
    if request.transport is not None:
        handle: socket.socket | None = request.transport.get_extra_info("socket")
        if handle is not None:
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
        request.transport.abort()


def hang_up(request: web.BaseRequest) -> None:
    """Close the connection in order, without an answer."""
    if request.transport is not None:
        request.transport.close()


async def until_gone(request: web.BaseRequest) -> None:
    """Wait until the client has closed the connection."""
    while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110 - aiohttp has no event for it
        await asyncio.sleep(0.1)
