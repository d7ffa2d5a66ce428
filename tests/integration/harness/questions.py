"""Every way of asking, derived from the map of addresses, the description of the interface and the list of commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.urls import URLPattern, get_resolver, reverse
from typer.testing import CliRunner

from customerfile.access.errors import NotAllowed
from customerfile.access.permissions import Permission
from customerfile.api.interface import api
from customerfile.cli.commands import command_line
from customerfile.cli.permissions import NEEDED
from customerfile.web.permissions import OPEN, declared
from tests.integration.harness.askers import Asker
from tests.integration.harness.held import Held

_HTMX = {"HX-Request": "true"}
_SEARCHES = {"search", "merge-find"}  # pages that search in a POST; every other POST changes something
_ALIKE = {
    "kind": "person",
    "given_name.1": "Bugiven",
    "email.1": "bumail@example.org",
    "birth_date.1": "1927-05-17",
}
_READING_POSTS = {"search_customers", "explain_pair_of_records"}
_READING_COMMANDS = {
    "find", "show", "links", "export", "deliveries", "rejects", "judgements", "review", "agreement", "watch list",
    "holdings waiting", "quarantine list", "quarantine rules",
    "relationships list", "source list", "definition show", "match common", "match explain", "match models",
    "audit show", "token list", "user list", "role list", "webhook list", "webhook log",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: whether it was a refusal for want of a permission, and all of its text."""

    refused: bool
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """One way of asking. `name` is of the page, operation or command; `reads`: nothing is changed by it."""

    channel: str
    name: str
    about: str
    needs: Permission | None
    reads: bool
    ask: Callable[[Asker], Answer]

    def __str__(self) -> str:
        return f"{self.channel} {self.name} {self.about}".strip()


def questions(held: Held, folder: Path) -> list[Question]:
    """All of them."""
    return [*_pages(held), *_operations(held), *_commands(held, folder)]


# pages


def page_patterns() -> list[URLPattern]:
    """Every address of a page."""
    return list(_patterns(get_resolver().url_patterns))


def _patterns(entries: list) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        elif not entry.namespace:
            yield from _patterns(entry.url_patterns)


def _pages(held: Held) -> Iterator[Question]:
    for pattern in page_patterns():
        needs = declared(pattern.callback)
        if needs == OPEN:
            continue
        for about, arguments in _arguments(pattern, held):
            address = reverse(pattern.name, kwargs=arguments)
            yield Question("page", pattern.name, about, needs, True, _get(address))
            yield Question("fragment", pattern.name, about, needs, True, _get(address, _HTMX))
            if "?" not in address and pattern.name == "customer":
                yield Question("history", pattern.name, about, needs, True, _get(f"{address}?on=2027-01-01"))
            if pattern.name == "customers":
                for cursor in ("after", "before"):
                    asked = f"{address}?{cursor}={held.other.pk}"
                    yield Question("sort", pattern.name, cursor, needs, True, _get(asked))
            if pattern.name == "check-entry":
                yield Question("typing", pattern.name, about, needs, True, _type(address))
            if pattern.name in _SEARCHES:
                for query in _queries(held) if pattern.name == "search" else ["bufamily"]:
                    yield Question("type-ahead", pattern.name, query, needs, True, _search(address, query))


def _arguments(pattern: URLPattern, held: Held) -> Iterator[tuple[str, dict[str, object]]]:
    """What an address may be about: of one's own branch, and of another one's."""
    left, right = held.records
    given = {
        "number": held.own.number, "other": held.other.number, "record_id": left, "delivery_id": held.delivery,
        "relationship": held.relationship, "act": held.act, "hit": held.hit, "left": left, "right": right,
        "figure_id": held.figure, "username": "read-only", "token": 1, "field": "given_name",
    }  # fmt: skip
    names = list(pattern.pattern.converters)
    own = {name: given.get(name, 1) for name in names}
    yield ("own" if names else ""), own
    if "number" in names:
        yield (
            "other",
            own | {"number": held.other.number} | ({"other": held.own.number} if "other" in names else {}),
        )


def _queries(held: Held) -> list[str]:
    """Every word that gives a value away, some beginnings of them, and the numbers."""
    asked = {canary.text for canary in held.canaries}
    return sorted(asked | {text[:5] for text in asked if "f" in text} | {held.own.number, held.other.number})


def _get(address: str, headers: dict[str, str] | None = None) -> Callable[[Asker], Answer]:
    def ask(asker: Asker) -> Answer:
        answer = asker.browser.get(address, headers=headers or {})
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answer(answer.status_code == 403, content.decode(errors="replace"))

    return ask


def _search(address: str, query: str) -> Callable[[Asker], Answer]:
    def ask(asker: Asker) -> Answer:
        answer = asker.browser.post(address, {"q": query}, headers=_HTMX)
        echoed = answer.content.decode().replace(query, "")
        return Answer(answer.status_code == 403, echoed)

    return ask


def _type(address: str) -> Callable[[Asker], Answer]:
    """Somebody types what makes a customer alike; what they typed themselves is left out of the answer."""

    def ask(asker: Asker) -> Answer:
        answer = asker.browser.post(address, _ALIKE, headers=_HTMX)
        text = answer.content.decode()
        for typed in _ALIKE.values():
            text = text.replace(typed, "")
        return Answer(answer.status_code == 403, text)

    return ask


# the interface for programs


def _operations(held: Held) -> Iterator[Question]:
    for path, operation in api.operations():
        (auth,) = operation.auth_callbacks
        name = operation.view_func.__name__
        for method in operation.methods:
            reads = method == "GET" or name in _READING_POSTS
            for about, address in _api_addresses(path, held):
                for body in _bodies(name, held):
                    ask = _call(method, address, body)
                    yield Question("api", name, f"{about} {body or ''}", auth.permission, reads, ask)


def _api_addresses(path: str, held: Held) -> Iterator[tuple[str, str]]:
    numbers = {"own": held.own.number, "other": held.other.number}
    for about, number in numbers.items() if "{number}" in path else [("", "")]:
        filled = path.replace("{number}", number).replace("{delivery_id}", str(held.delivery))
        yield about, "/api/v1" + re.sub(r"{act}", str(held.act), re.sub(r"{(?!act)\w+}", "1", filled))
    if path == "/customers":
        yield "cursor", f"/api/v1/customers?after={held.other.pk}"


def _bodies(name: str, held: Held) -> list[dict[str, object] | None]:
    if name == "search_customers":
        return [{"q": query, "limit": 100} for query in _queries(held)]
    if name == "explain_pair_of_records":
        return [{"left": "crm/Qokey", "right": "crm/Bukey"}]
    return [None]


def _call(method: str, address: str, body: dict[str, object] | None) -> Callable[[Asker], Answer]:
    def ask(asker: Asker) -> Answer:
        answer = asker.browser.generic(
            method, address, data=orjson.dumps(body or {}), content_type="application/json",
            headers={"Authorization": f"Bearer {asker.token}"},
        )  # fmt: skip
        return Answer(answer.status_code == 403, answer.content.decode(errors="replace"))

    return ask


# commands


def _commands(held: Held, folder: Path) -> Iterator[Question]:
    for name, needs in NEEDED.items():
        if needs is None:
            continue
        for about, arguments in _command_arguments(name, held, folder):
            ask = _run([*name.split(), *arguments], folder)
            yield Question("command", name, about, needs, name in _READING_COMMANDS, ask)


def _command_arguments(name: str, held: Held, folder: Path) -> list[tuple[str, list[str]]]:
    own, other = held.own.number, held.other.number
    each = [("own", [own]), ("other", [other])]
    given: dict[str, list[tuple[str, list[str]]]] = {
        "find": [(query, [query]) for query in _queries(held)[::4]],
        "show": [*each, *((f"{about} on", [number, "--on", "2027-01-01"]) for about, (number,) in each)],
        "relationships list": each,
        "judgements": each,
        "links": [("", ["--csv", str(folder / "out.csv")])],
        "export": [(ending, [str(folder / f"out{ending}")]) for ending in (".csv", ".jsonl")],
        "match export": [("", [str(folder / "x.json")])],
        "audit export": [("", [str(folder / "x.jsonl")])],
        "match train": [("", [str(folder / "x.json")])],
        "rejects": [("", [str(held.delivery)])],
        "match explain": [("", ["crm/Qokey", "shop/Qoshop"])],
    }
    return given.get(name) or [("", _SOMETHING.get(name, []))]


# what a command that changes something is called with by those who may not: it gets no further than the refusal
_SOMETHING = {
    "import": ["x.csv", "--source", "x"], "undo": ["1"], "correct": ["1", "given_name=x"],
    "merge": ["1", "2"], "split": ["1", "--record", "a/1"],
    "judge": ["a/1", "b/2", "match"], "withdraw-judgement": ["1"], "relationships add": ["1", "spouse", "2"],
    "relationships confirm": ["1"], "relationships dismiss": ["1"], "watch confirm": ["1"], "watch dismiss": ["1"],
    "source set": ["x", "--kind", "customers"], "definition check": ["x.yaml"],
    "definition apply": ["x.yaml"],
    "match evaluate": [__file__], "match import": [__file__],
    "match one-to-one": ["a", "b"],
    "token add": ["x", "--may", "customers.see"], "token revoke": ["1"], "user add": ["x", "--role", "owner"],
    "user role": ["x", "owner"], "user disable": ["x"], "user enable": ["x"], "user limit": ["x", "--all-branches"],
    "user sign-out": ["x"], "user reset-second-factor": ["x"], "role set": ["x", "--may", "customers.see"],
    "role reset": ["x"], "webhook add": ["https://example.org", "--type", "customer.created"], "webhook remove": ["1"],
    "webhook rotate": ["1"], "webhook on": ["1"], "webhook off": ["1"], "webhook test": ["1"], "webhook resend": ["1"],
    "audit anchor": [], "audit verify": [],
    "quarantine release": ["1"], "quarantine discard": ["1"], "quarantine take-back": ["1"], "plan check": [__file__],
}  # fmt: skip


def _run(arguments: list[str], folder: Path) -> Callable[[Asker], Answer]:
    def ask(asker: Asker) -> Answer:
        for old in folder.glob("out.*"):
            old.unlink()
        told = CliRunner().invoke(
            command_line(arguments[0]), arguments, env={"CUSTOMERFILE_USER": asker.name}
        )
        written = "".join(path.read_text() for path in folder.glob("out.*"))
        said = told.output if len(arguments) < 2 else told.output.replace(arguments[1], "")
        return Answer(isinstance(told.exception, NotAllowed), f"{said} {told.exception} {written}")

    return ask
