"""Sends one message by HTTP to an address that was checked, within a time that is kept. It follows nothing.

Invariants: a socket is opened only to an address for which the rule was asked, by number; no proxy of the environment
is used; nothing takes longer than the limit, however slowly the other side speaks.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import monotonic

from customerfile.base.told import noted_text, told
from customerfile.webhooks.addresses import OwnNetwork, Target, refusal, target
from customerfile.webhooks.errors import EndpointNotPossible

SECONDS = 15.0
_SAID = 200  # characters of an answer that are kept

type Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an attempt. `status` is None where no answer came, and `fault` says why."""

    status: int | None
    said: str
    fault: str
    milliseconds: int
    wish: timedelta | None = None

    @property
    def is_accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing any more."""
        return self.status == 410


class _Refused(Exception):
    """None of the addresses may be connected to."""


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system finds them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def post(
    url: str,
    body: str,
    headers: Mapping[str, str],
    own: OwnNetwork,
    *,
    resolve: Resolve = addresses_of,
    seconds: float = SECONDS,
) -> Answer:
    """Send a body; what came of it. What goes wrong on the way never raises."""
    began = monotonic()
    line = _Line(seconds)
    status, said, wish, fault = None, "", None, ""
    try:
        with line.ending():
            response = _exchange(line, target(url), body, headers, own, resolve)
            line.require_time()  # headers that were cut off by its end look whole
            status, wish = response.status, _wish(response)
            said = _said(response)
    except (_Refused, EndpointNotPossible) as problem:
        fault = str(problem)
    except (OSError, HTTPException, ValueError) as problem:
        fault = "" if status else line.fault_of(problem)
    return Answer(status, said, fault, round((monotonic() - began) * 1000), wish)


@cache
def tls() -> ssl.SSLContext:
    """How connections are encrypted: by the certificates that the machine trusts, or those in SSL_CERT_FILE."""
    return ssl.create_default_context()


class _Line:
    """The socket of one exchange, shut when its time is over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = monotonic() + seconds
        self._is_over = False
        self._socket: socket.socket | None = None

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Shut the line when its time is over, and close it at the end of the block."""
        watch = threading.Timer(self._seconds, self._shut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
            if self._socket is not None:
                self._socket.close()

    def connect(self, where: Target, address: str) -> socket.socket:
        """A connection to this address, encrypted where that is asked for. Raises OSError."""
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError
        made = socket.create_connection((address, where.port), timeout=left)
        self._hold(made)
        if not where.is_encrypted:
            return made
        wrapped = tls().wrap_socket(made, server_hostname=where.host, do_handshake_on_connect=False)
        self._hold(wrapped)
        wrapped.do_handshake()
        return wrapped

    def require_time(self) -> None:
        """Raises TimeoutError where the time is over."""
        if self._is_over:
            raise TimeoutError

    def fault_of(self, problem: Exception) -> str:
        """What was wrong, in words."""
        if self._is_over or isinstance(problem, TimeoutError):
            return told("No answer within {seconds} seconds.", seconds=f"{self._seconds:g}")
        if isinstance(problem, socket.gaierror):
            return noted_text("The host is not known.")
        if isinstance(problem, ssl.SSLCertVerificationError):
            return told("The certificate is not to be trusted: {why}.", why=problem.verify_message)
        if isinstance(problem, ssl.SSLError):
            return noted_text("No encrypted connection came about.")
        if isinstance(problem, ConnectionRefusedError):
            return noted_text("Nothing listens there.")
        if isinstance(problem, OSError):
            return told("The connection failed: {why}.", why=problem.strerror or type(problem).__name__)
        return noted_text("The answer is no HTTP.")

    def _hold(self, made: socket.socket) -> None:
        self._socket = made
        if self._is_over:
            self._shut()

    def _shut(self) -> None:
        self._is_over = True
        if self._socket is not None:
            with suppress(
                OSError
            ):  # the plain shutdown: that of an encrypted socket would let others read on
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def _exchange(
    line: _Line, where: Target, body: str, headers: Mapping[str, str], own: OwnNetwork, resolve: Resolve
) -> HTTPResponse:
    connection = HTTPConnection(where.host, where.port)
    connection.sock = _connected(line, where, own, resolve)
    connection.request(
        "POST",
        where.path,
        body.encode(),
        {"Host": where.authority, "Connection": "close", "Content-Type": "application/json", **headers},
    )
    return connection.getresponse()


def _connected(line: _Line, where: Target, own: OwnNetwork, resolve: Resolve) -> socket.socket:
    """A connection to the first address that may be connected to and answers."""
    failed: Exception | None = None
    for address in resolve(where.host, where.port):
        why_not = refusal(where, address, own)
        if why_not:
            failed = failed or _Refused(why_not)
            continue
        try:
            return line.connect(where, address)
        except OSError as problem:
            failed = problem
    raise failed or _Refused(told("{host} has no address.", host=where.host))


def _said(response: HTTPResponse) -> str:
    """The start of what was answered, as far as it came at once."""
    text = response.read1(_SAID * 4).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else " " for sign in text)[:_SAID].strip()


def _wish(response: HTTPResponse) -> timedelta | None:
    """How long the receiver asks to be left alone; only its form in seconds is read."""
    asked = response.headers.get("Retry-After", "").strip()
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 8 else None
