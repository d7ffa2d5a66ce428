"""Somebody who is signed in at a running server: opens pages and sends their forms, without a browser."""

import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

_HIDDEN = re.compile(r'<input type="hidden" name="([\w.]+)" value="([^"]*)"')


class Visitor:
    """Signs in by a link."""

    def __init__(self, link: str) -> None:
        self.start = "{0.scheme}://{0.netloc}".format(urlsplit(link))
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        path = urlsplit(link).path
        self.send(path, self.form(path))

    def form(self, path: str) -> dict[str, str]:
        """What the last form of a page carries unseen."""
        return hidden(self._opener.open(self.start + path).read().decode())

    def send(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """Status, address and text of where it leads."""
        headers = {"Origin": self.start, "Referer": self.start + path}
        request = Request(self.start + path, urlencode(fields).encode(), headers)
        try:
            answer = self._opener.open(request)
        except HTTPError as refused:
            answer = refused
        return answer.status, answer.url, answer.read().decode()


def hidden(page: str) -> dict[str, str]:
    """What the last form of a page carries unseen."""
    return dict(_HIDDEN.findall(page.rpartition("<form")[2]))
