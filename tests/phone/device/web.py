"""The link between the phone and the pages that its screen shows: commands, answers, files."""

from __future__ import annotations

import asyncio
import itertools
import queue
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.apps.garden.server import GardenServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SYSTEM = Path(__file__).parents[1] / "system"
_ANSWER_LIMIT_S = 5.0


class Web:
    """Serves the application and the system's page around it, and talks with the latter."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._commands: queue.Queue[Mapping[str, Any]] = queue.Queue()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self.garden = GardenServer({"/system/": _SYSTEM})
        self.garden.streams["/commands"] = self._stream
        self.garden.posts["/answer"] = self._answered

    async def ask(self, command: str, **facts: object) -> Any:
        """Let the system's page do something, and give what it answers.

        Raises:
            TimeoutError: it does not answer.
        """
        number = next(self._numbers)
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._waiting[number] = answer
        self._commands.put({"number": number, "command": command, **facts})
        try:
            return await asyncio.wait_for(answer, _ANSWER_LIMIT_S)
        finally:
            del self._waiting[number]

    def _stream(self) -> Iterator[Mapping[str, Any]]:
        """Only the page that was opened last gets commands."""
        commands = self._commands = queue.Queue()
        while True:
            yield commands.get()

    def _answered(self, body: Any) -> None:
        waiting = self._waiting.get(body["number"])
        if waiting is not None:
            self._loop.call_soon_threadsafe(_settle, waiting, body["answer"])


def _settle(future: asyncio.Future[Any], answer: object) -> None:
    if not future.done():
        future.set_result(answer)
