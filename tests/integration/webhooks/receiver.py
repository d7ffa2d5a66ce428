"""A receiver of webhooks on loopback: real sockets, answers as told, and everything that came."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook

type Answering = Callable[["Came"], tuple[int, bytes, dict[str, str]]]


@dataclass(frozen=True)
class Came:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    def is_signed_by(self, secret: str) -> bool:
        """Whether another implementation of the convention accepts it; it also looks at the time."""
        try:
            Webhook(secret).verify(self.body, self.headers)
        except Exception:  # noqa: BLE001 - the other implementation's own
            return False
        return True


@dataclass
class Receiver:
    """What came, and how it is answered from now on."""

    url: str = ""
    came: list[Came] = field(default_factory=list)
    answering: Answering = lambda came: (200, b"", {})

    def types(self) -> list[str]:
        return [each.told["type"] for each in self.came]


@contextmanager
def receiving(
    answering: Answering | None = None, *, context: ssl.SSLContext | None = None
) -> Iterator[Receiver]:
    """A receiver that listens until the block ends, encrypted where a context is given."""
    receiver = Receiver()
    if answering:
        receiver.answering = answering

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came = Came(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.came.append(came)
            status, said, headers = receiver.answering(came)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Nothing: the tests look at what came."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    scheme = "https" if context else "http"
    receiver.url = f"{scheme}://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
