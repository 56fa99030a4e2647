"""Serves the garden application and keeps its log: `python -m tests.apps.garden.server`.

The log is written by the application itself, one entry for each thing that it did because of its
user: what happened on which page to which object. Times are CLOCK_MONOTONIC in milliseconds.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_HERE = Path(__file__).parent
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class GardenServer:
    """A server on a free port of this computer; a context manager that ends it.

    Attributes:
        posts: More paths that take JSON, with what takes it.
        streams: Paths with server-sent events, with what makes them.
    """

    def __init__(self, folders: Mapping[str, Path] | None = None) -> None:
        self.folders = {"/garden/": _HERE, **(folders or {})}
        self.posts: dict[str, Callable[[Any], object]] = {"/log": self._logged}
        self.streams: dict[str, Callable[[], Iterator[Mapping[str, Any]]]] = {}
        self._log: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    @property
    def origin(self) -> str:
        """Where it is, for a browser on this computer."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def url(self, page: str = "plants", *, dark: bool = False) -> str:
        """The application, opened on `page`."""
        look = urlencode({"look": "dark" if dark else "light"})
        return f"{self.origin}/garden/index.html?{look}#{page}"

    def events(self) -> list[dict[str, Any]]:
        """The application's log so far."""
        with self._lock:
            return list(self._log)

    def clear(self) -> None:
        """Forget the log."""
        with self._lock:
            self._log.clear()

    def close(self) -> None:
        """End the server; safe to call twice."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _logged(self, entries: list[dict[str, Any]]) -> None:
        with self._lock:
            self._log += entries

    def __enter__(self) -> GardenServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Handler(BaseHTTPRequestHandler):
    owner: ClassVar[GardenServer]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/clock":
            now_ms = time.clock_gettime(time.CLOCK_MONOTONIC) * 1e3
            self._reply(200, "application/json", json.dumps(now_ms).encode())
        elif path in self.owner.streams:
            self._stream(self.owner.streams[path]())
        else:
            self._file(path)

    def do_POST(self) -> None:
        take = self.owner.posts.get(urlsplit(self.path).path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if take is None:
            self._reply(404, "text/plain", b"")
            return
        take(json.loads(body))
        self._reply(200, "application/json", b"null")

    def _file(self, path: str) -> None:
        for prefix, folder in self.owner.folders.items():
            file = (folder / path.removeprefix(prefix)).resolve()
            inside = path.startswith(prefix) and file.is_relative_to(folder.resolve())
            if inside and file.suffix in _TYPES and file.is_file():
                self._reply(200, _TYPES[file.suffix] + ";charset=utf-8", file.read_bytes())
                return
        self._reply(404, "text/plain", b"")

    def _stream(self, events: Iterator[Mapping[str, Any]]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b": open\n\n")
        try:
            for event in events:
                self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        except ConnectionError:
            return

    def _reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing; a request is no news."""


def main() -> None:
    """Serve until Ctrl-C; the log goes to standard output."""
    with GardenServer() as server:
        print(server.url(), flush=True)  # noqa: T201
        shown = 0
        while True:
            for entry in server.events()[shown:]:
                print(json.dumps(entry), flush=True)  # noqa: T201
                shown += 1
            threading.Event().wait(0.2)


if __name__ == "__main__":
    main()
