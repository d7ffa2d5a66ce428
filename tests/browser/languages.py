"""What a page still says in English to somebody who reads another language."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
_ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|were|this|that|with|from|not|you|your|it|has|have|been|by)\b", re.I
)
_TEXTS = """
() => {
  const kept = (node) => !node.parentElement.closest("[translate=no], [lang=en], .mono, script, style, code, kbd");
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (kept(walker.currentNode)) found.push(walker.currentNode.textContent);
  for (const each of document.querySelectorAll("[title], [aria-label], [placeholder]"))
    if (!each.closest("[translate=no], .mono"))
      found.push(...["title", "aria-label", "placeholder"].map((name) => each.getAttribute(name) || ""));
  return [document.title, ...found].map((text) => text.trim().replace(/\\s+/g, " ")).filter(Boolean);
}
"""


def left_in_english(page: Any, *, data: frozenset[str]) -> list[str]:
    """Texts of a French page that the catalogue has French for, or that read as English. `data`: what people wrote."""
    shown = dict.fromkeys(page.evaluate(_TEXTS))
    return [
        text
        for text in shown
        if text not in data and (text in _english() or _ENGLISH.search(text)) and text not in _french()
    ]


@cache
def _english() -> frozenset[str]:
    """Whole texts of the catalogue whose French differs."""
    return frozenset(one for one, french in _catalogue() if one != french)


@cache
def _french() -> frozenset[str]:
    return frozenset(french for _, french in _catalogue())


@cache
def _catalogue() -> tuple[tuple[str, str], ...]:
    path = ROOT / "customerfile" / "web" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        messages = [each for each in read_po(file, locale="fr") if each.id]
    return tuple(
        (one, french)
        for each in messages
        for one, french in zip(
            each.id if each.pluralizable else (each.id,),
            each.string if each.pluralizable else (each.string,),
            strict=True,
        )
    )
