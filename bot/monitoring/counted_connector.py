"""The bot's connections to Discord while metrics are on: aiohttp's own, which count the requests over them.

aiohttp's tracing can count them too, but makes each request cost a fifth more: it builds the URL twice more,
and awaits a signal at each of six steps. docs/benchmarks.md says how that is measured.
"""

from collections.abc import Callable

import aiohttp
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

OnAnswer = Callable[[str, aiohttp.ClientResponse | None], None]
"""Called for each request, with its method and the answer that has begun; None if there was none."""


class CountedConnector(aiohttp.TCPConnector):
    """Connections like those that discord.py opens by itself: as many at once as there are requests."""

    def __init__(self, on_answer: OnAnswer) -> None:
        super().__init__(limit=0)
        self._on_answer = on_answer
        self._response_class = _counted(on_answer)

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own name for it
    ) -> Connection:
        req.response_class = self._response_class
        try:
            return await super().connect(req, traces, timeout)
        except BaseException:
            self._on_answer(req.method, None)
            raise


def _counted(on_answer: OnAnswer) -> type[aiohttp.ClientResponse]:
    """Return a class of answers that are counted as soon as they begin.

    Each connector has its own, because aiohttp passes twelve arguments to an answer, and to take one more
    would cost as much as all of the rest.
    """

    class CountedResponse(aiohttp.ClientResponse):
        async def start(self, connection: Connection) -> aiohttp.ClientResponse:
            try:
                await super().start(connection)
            except BaseException:
                on_answer(self.method, None)
                raise
            on_answer(self.method, self)
            return self

    return CountedResponse
