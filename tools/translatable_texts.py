"""Which texts of the product are translated: those of templates, Python, packs and match models, with where they stand.

Also which are not although they should be: text that stands bare in a template, and errors for people put together by
hand. Commands, the interface and the database's own messages speak English.
"""

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path

import yaml
from django.template import engines
from django.template.base import Lexer, Token, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "customerfile"
SILENT_ROOMS = ("cli", "api", "embedded", "config")  # what these say is not on pages

_ONE = {"gettext", "gettext_lazy", "gettext_noop", "noted_text", "told"}
_COUNTED = {"ngettext", "ngettext_lazy", "told_counted"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_LABELLED = ("label", "hint", "help", "words")
_READ_ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "aria-description", "label"}
_NO_PROSE = {"script", "style"}
_VALUE = "\ue000"  # stands where a template puts something in
_OWN_NAMES = {"Customerfile"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the catalogue. `many` is its plural, "" where it has none; `path` is from the project's folder."""

    one: str
    path: str
    many: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Untold:
    """A text that no reader of another language would understand."""

    path: str
    text: str


def texts() -> list[Text]:
    """Every text of the catalogue, as often as it stands somewhere."""
    found: list[Text] = []
    for path in sorted(PRODUCT.rglob("*.html")):
        found += _texts_of_template(path)
    for path in python_files():
        found += _texts_of_python(path)
    for path in sorted((PRODUCT / "definition" / "packs").glob("*.yaml")):
        found += [Text(label, _shown(path)) for label in _labels(yaml.safe_load(path.read_text("utf-8")))]
    for path in sorted((PRODUCT / "matching" / "models").glob("*.json")):
        found += [Text(words, _shown(path)) for words in _labels(json.loads(path.read_text("utf-8")))]
    return [text for text in found if re.search(r"[^\W\d_]", text.one)]


def untold() -> list[Untold]:
    """Bare texts of templates, and errors for people with values put in by hand."""
    found: list[Untold] = []
    for path in sorted(PRODUCT.rglob("*.html")):
        found += [Untold(_shown(path), text) for text in _bare(path.read_text("utf-8"))]
    for path in python_files():
        found += [Untold(_shown(path), text) for text in _put_together(ast.parse(path.read_text("utf-8")))]
    return found


def python_files() -> list[Path]:
    """The Python files whose texts come out in pages."""
    folders = (PRODUCT / room for room in SILENT_ROOMS)
    silent = tuple(f"{folder}/" for folder in folders)
    return [
        path
        for path in sorted(PRODUCT.rglob("*.py"))
        if not str(path).startswith(silent) and "migrations" not in path.parts
    ]


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _texts_of_template(path: Path) -> Iterator[Text]:
    source = path.read_text("utf-8")
    where = _shown(path)
    nodes = engines["django"].from_string(source).template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        said = node.filter_expression.var
        if isinstance(getattr(said, "literal", None), str) and said.lookups is None:
            yield Text(said.literal, where, context=_context(node))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        one, _ = node.render_token_list(node.singular)
        many, _ = node.render_token_list(node.plural) if node.plural else ("", ())
        yield Text(one, where, many, _context(node))
    for literal in re.findall(r"""_\("([^"]+)"\)""", source):
        yield Text(literal, where)


def _context(node: TranslateNode | BlockTranslateNode) -> str:
    return str(node.message_context.resolve({})) if node.message_context else ""


def _texts_of_python(path: Path) -> Iterator[Text]:
    where = _shown(path)
    for call in _calls(ast.parse(path.read_text("utf-8"))):
        name = _name(call)
        said = [list(_constants(argument)) for argument in call.args]
        if name in _ONE and said:
            yield from (Text(text, where) for text in said[0])
        elif name in _COUNTED:
            yield from (Text(one, where, many) for one, many in zip(said[0], said[1], strict=True))
        elif name in _IN_CONTEXT:
            yield from (Text(text, where, context=said[0][0]) for text in said[1])
        elif name in _told_classes():
            named = [list(_constants(each.value)) for each in call.keywords]
            yield from (Text(text, where) for text in chain(*said, *named) if " " in text)


def _put_together(tree: ast.Module) -> Iterator[str]:
    """Errors for people that hold an f-string."""
    for call in _calls(tree):
        if _name(call) in _told_classes():
            for argument in (*call.args, *(each.value for each in call.keywords)):
                if any(isinstance(part, ast.JoinedStr) for part in _parts(argument)):
                    yield ast.unparse(argument)


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Calls; `super().__init__` of an error for people counts as a call of that error."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name in _told_classes():
            for inner in ast.walk(node):
                if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "super().__init__":
                    yield ast.Call(ast.Name(node.name), inner.args, inner.keywords)
        if isinstance(node, ast.Call):
            yield node


def _name(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _parts(argument: ast.expr) -> Iterator[ast.expr]:
    """An argument, or what it may be where that depends."""
    if isinstance(argument, ast.IfExp):
        yield from _parts(argument.body)
        yield from _parts(argument.orelse)
    elif isinstance(argument, ast.BoolOp):
        for value in argument.values:
            yield from _parts(value)
    else:
        yield argument


def _constants(argument: ast.expr) -> Iterator[str]:
    for part in _parts(argument):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


@cache
def _told_classes() -> frozenset[str]:
    """The names of the errors for people, and of what says why a value is refused."""
    bases: dict[str, set[str]] = {}
    for path in sorted(PRODUCT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    found = {"CustomerfileError"}
    while more := {name for name, above in bases.items() if above & found and name not in found}:
        found |= more
    return frozenset(found | {"Refused", "Unusable"})


def _labels(value: object) -> Iterator[str]:
    """What a pack or a match model calls things."""
    if isinstance(value, dict):
        for key, held in value.items():
            if key in _LABELLED and isinstance(held, str):
                yield held
            elif key == "choices" and isinstance(held, list):
                yield from (str(choice).replace("_", " ").capitalize() for choice in held)
            else:
                yield from _labels(held)
    elif isinstance(value, list):
        for held in value:
            yield from _labels(held)


def _bare(source: str) -> list[str]:
    """Texts of a template that stand outside of the tags that translate."""
    page = _Page()
    page.feed(_without_tags(Lexer(source).tokenize()))
    page.close()
    found = [" ".join(text.replace(_VALUE, " … ").split()) for text in page.texts if _has_words(text)]
    arguments = re.findall(
        r'\|(?:default|default_if_none|yesno|add|pluralize):"([^"]*[^\W\d_][^"]*)"', source
    )
    return [*found, *arguments, *re.findall(r"\|pluralize\b", source)]


def _has_words(text: str) -> bool:
    left = text.replace(_VALUE, " ")
    for name in _OWN_NAMES:
        left = left.replace(name, " ")
    return re.search(r"[^\W\d_]", left) is not None


def _without_tags(tokens: Sequence[Token]) -> str:
    """The page with a sign where the template puts something in."""
    parts, skipped_until = [], ""
    for token in tokens:
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if skipped_until:
            skipped_until = "" if word == skipped_until else skipped_until
        elif word in ("blocktranslate", "comment"):
            skipped_until = f"end{word}"
            parts.append(_VALUE)
        elif token.token_type == TokenType.TEXT:
            parts.append(token.contents)
        elif word == "block" and token.contents.endswith("_class"):
            skipped_until = "endblock"
        elif token.token_type == TokenType.VAR or word in ("url", "static", "translate", "icon"):
            parts.append(_VALUE)
    return "".join(parts)


class _Page(HTMLParser):
    """The texts that a reader meets: between tags, and in what is read aloud or shown on hovering."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []  # tags within which nothing is prose, outermost first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag in _NO_PROSE or held.get("translate") == "no" or (self._silent and tag == self._silent[0]):
            self._silent.append(tag)
        if not self._silent:
            self.texts += [value for name, value in attrs if name in _READ_ATTRIBUTES and value]
            if tag == "input" and held.get("type") in ("submit", "button"):
                self.texts.append(held.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(data)
