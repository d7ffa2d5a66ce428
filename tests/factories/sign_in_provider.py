"""A small provider for single sign-on (OpenID Connect) on loopback, as strict about clients, codes and PKCE as others.

`spoil` lets it answer wrongly, so that tests see it refused.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "customerfile", "s3cret:%"
KEY, FOREIGN_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


@dataclass
class SmallProvider:
    """`claims`: what it says of whoever comes. `codes`: those given out and not taken back yet, with what was asked."""

    issuer: str
    claims: dict[str, Any]
    spoil: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    key: rsa.RSAPrivateKey = KEY
    described: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.described

    def keys(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def sign_in(self, address: str) -> str:
        """Whoever comes with this address is let in: where they are sent back to."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def tokens(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The tokens for a code, once; None where the client, the code, the address or the verifier is not right."""
        who = ":".join(unquote(each) for each in base64.b64decode(authorization[6:]).decode().split(":"))
        asked = self.codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if who != f"{CLIENT}:{SECRET}" or asked is None or sent["grant_type"] != "authorization_code":
            return None
        if asked["redirect_uri"] != sent["redirect_uri"] or asked["code_challenge"] != challenge:
            return None
        at = int(time())
        said = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": at,
            "exp": at + 60,
            "nonce": asked["nonce"],
            "auth_time": at,
        }
        token = jwt.encode(self.spoil(said | self.claims), self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}


@contextmanager
def small_provider(**claims: Any) -> Iterator[SmallProvider]:
    """A provider that answers until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    found = SmallProvider(f"http://127.0.0.1:{server.server_port}", claims)
    server.provider = found  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: SmallProvider = self.server.provider  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        if path == "/authorize":
            self.send_response(302)
            self.send_header("Location", provider.sign_in(self.path))
            self.end_headers()
            return
        pages = {"/.well-known/openid-configuration": provider.description, "/keys": provider.keys}
        self._answer(pages[path]() if path in pages else None)

    def do_POST(self) -> None:
        provider: SmallProvider = self.server.provider  # type: ignore[attr-defined]
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self._answer(provider.tokens(sent, self.headers.get("Authorization", "")))

    def _answer(self, told: dict[str, Any] | None) -> None:
        body = json.dumps(told or {"error": "invalid_grant"}).encode()
        self.send_response(200 if told else 400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""
