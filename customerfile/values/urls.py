"""Web addresses: scheme and host in lower case, https assumed where none is written; nothing but http and
https."""

import re
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import idna

from customerfile.base.told import noted_text
from customerfile.values.outcome import Accepted, Context, Outcome, Refused
from customerfile.values.text import clean, plain

LONGEST_URL = 2000
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:(?!\d)")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
_REMEDY = noted_text("Write it as https://www.example.org/page.")
NOT_A_URL = Refused("This is not the address of a web page.", _REMEDY)
NOT_WEB = Refused("Only web addresses that begin with http or https can be kept.", _REMEDY)


def standardise_url(raw: str | dict[str, str], context: Context) -> Outcome:
    """ "https://www.example.org/page"."""
    return _url(plain(raw))


@lru_cache(1 << 12)
def _url(raw: str) -> Outcome:
    text = clean(raw, LONGEST_URL)
    if isinstance(text, Refused):
        return text
    if " " in text or "@" in text.partition("?")[0]:
        return NOT_A_URL
    notes: tuple[str, ...] = ()
    if not _SCHEME.match(text):
        text, notes = f"https://{text.removeprefix('//')}", (noted_text("https:// put before it"),)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return NOT_A_URL
    if parts.scheme not in ("http", "https"):
        return NOT_WEB
    ascii_host = _ascii_host(host)
    if not ascii_host:
        return NOT_A_URL
    netloc = f"{ascii_host}:{port}" if port else ascii_host
    return Accepted(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, parts.fragment)), notes)


def _ascii_host(host: str) -> str:
    """The host in ASCII and lower case, or "" where it is none."""
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return ""
    return host if _HOST.fullmatch(host) else ""
