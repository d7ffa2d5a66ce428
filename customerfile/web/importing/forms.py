"""What is said of a file: where it comes from, what its rows are, how it is to be read."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from customerfile.sources.mapping import KINDS_AS
from customerfile.sources.queries import SourceReport
from customerfile.sources.source_kinds import SourceKind
from customerfile.values.folding import fold
from customerfile.web.reading import reader_locale

KIND_WORDS = {
    "customers": gettext_noop("customers, one row each"),
    "purchases": gettext_noop("orders or order lines"),
    "events": gettext_noop("events: calls, visits, notes"),
    "agreements": gettext_noop("agreements: accounts, loans, subscriptions, and who holds them"),
}
SOURCE_KIND_WORDS = {
    SourceKind.CUSTOMERS: gettext_noop("customers of ours"),
    SourceKind.REFERENCE: gettext_noop("reference data, held against customers"),
    SourceKind.WATCH_LIST: gettext_noop("a watch list, held against customers"),
}
_ENCODINGS = ("utf-8", "cp1252", "iso-8859-15", "cp1250", "utf-16", "mac-roman", "shift_jis", "gb18030")
_DELIMITERS = (
    (",", gettext_lazy("comma")),
    (";", gettext_lazy("semicolon")),
    ("\t", gettext_lazy("tab")),
    ("|", gettext_lazy("bar")),
)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY = 63
_SELECT = {"class": "form-select"}
_TEXT = {"class": "form-control", "autocomplete": "off"}


def countries() -> list[tuple[str, str]]:
    """The countries by code, in the order of their names, and that none is said."""
    names = reader_locale().territories
    real = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return [("", gettext("not said")), *sorted(real, key=lambda pair: fold(pair[1]))]


def key_from(name: str) -> str:
    """The key of a source from what people call it: "Shop in Köln" -> "shop-in-koln"."""
    return _NOT_PLAIN.sub("-", fold(name).lower()).strip("-")[:_LONGEST_KEY].strip("-")


class FileForm(forms.Form):
    """A source, one that is there or a new one, and what its rows are."""

    source = forms.ChoiceField(required=False, widget=forms.Select(_SELECT))
    name = forms.CharField(required=False, max_length=100, widget=forms.TextInput(_TEXT))
    source_kind = forms.ChoiceField(
        choices=[(kind.value, gettext_lazy(words)) for kind, words in SOURCE_KIND_WORDS.items()],
        required=False,
        widget=forms.Select(_SELECT),
    )
    priority = forms.IntegerField(
        required=False, min_value=1, max_value=1000, widget=forms.NumberInput({"class": "form-control"})
    )
    kind_as = forms.ChoiceField(
        choices=[(kind, gettext_lazy(KIND_WORDS[kind])) for kind in KINDS_AS], widget=forms.Select(_SELECT)
    )
    country = forms.ChoiceField(choices=countries, required=False, widget=forms.Select(_SELECT))
    header = forms.ChoiceField(
        choices=[("", gettext_lazy("as found")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        required=False,
        widget=forms.Select(_SELECT),
    )
    sheet = forms.CharField(required=False, max_length=100, widget=forms.TextInput(_TEXT))
    encoding = forms.ChoiceField(
        choices=[("", gettext_lazy("as found")), *((each, each) for each in _ENCODINGS)],
        required=False,
        widget=forms.Select(_SELECT),
    )
    delimiter = forms.ChoiceField(
        choices=[("", gettext_lazy("as found")), *_DELIMITERS], required=False, widget=forms.Select(_SELECT)
    )

    def __init__(self, *arguments: Any, known: tuple[SourceReport, ...], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._known = {each.key: each for each in known}
        there = [(each.key, each.name) for each in known]
        self.fields["source"].choices = [("", gettext("a new one")), *there]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new source has a name of its own; lists hold people, no orders."""
        told: dict[str, Any] = super().clean() or {}
        found = self._known.get(told.get("source", ""))
        if found is None:
            self._clean_new(told)
        else:
            told["source_kind"] = found.kind
        if SourceKind(told.get("source_kind") or "customers").is_list and told.get("kind_as") != "customers":
            self.add_error(
                "kind_as",
                gettext("A list holds people and organisations: choose customers, or another source."),
            )
        return told

    def _clean_new(self, told: dict[str, Any]) -> None:
        key = key_from(told.get("name", ""))
        if not told.get("name"):
            self.add_error("name", gettext("Give the new source a name, or choose one that is there."))
        elif not key:
            self.add_error(
                "name",
                gettext("A name needs at least one Latin letter or digit, as its key is made of them."),
            )
        elif key in self._known:
            told_key = gettext("There is a source {key} already: choose it above, or give another name.")
            self.add_error("name", told_key.format(key=key))
        told["new_key"] = key

    def options(self, before: dict[str, Any]) -> dict[str, Any]:
        """How the file is to be read; what a form cannot say is left as it was."""
        told = self.cleaned_data
        header = {"yes": True, "no": False}.get(told["header"])
        asked = {"header": header, **{key: told[key] for key in ("sheet", "encoding", "delimiter")}}
        kept = {key: value for key, value in before.items() if key not in asked}
        return kept | {key: value for key, value in asked.items() if value not in ("", None)}
