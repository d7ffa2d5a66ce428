"""Says in words why a customer was found: 'family name "Meyer" ~ "Meier"', 'phone ends 4321'. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.customers.search.answers import Answer, KeyHit, StoredWord
from customerfile.customers.search.findable import NAME_FIELDS
from customerfile.customers.search.words import How, Query
from customerfile.values.folding import fold


def reasons(answers: Iterable[Answer], query: Query, golden: Mapping[str, Any]) -> tuple[str, ...]:
    """One reason per answer, in the order of the query, each once."""
    ordered = sorted(answers, key=lambda answer: answer.word)
    return tuple(dict.fromkeys(_reason(answer, query, golden) for answer in ordered))


def _reason(answer: Answer, query: Query, golden: Mapping[str, Any]) -> str:
    if isinstance(answer.source, KeyHit):
        return _key_reason(answer.source)
    label, shown = _place(answer.source, golden) if answer.source.place else _name(answer.source, golden)
    typed = query.words[answer.word]
    if answer.source.how is How.EXACT:
        return f'{label} "{shown}"'
    return f'{label} "{typed}{"…" if answer.source.how is How.PREFIX else ""}" ~ "{shown}"'


def _key_reason(hit: KeyHit) -> str:
    digits = "".join(filter(str.isdigit, hit.typed))
    match hit.kind:
        case "phone":
            return f"phone ends {digits[-4:]}" if len(digits) < len(hit.shown) - 3 else f"phone {hit.shown}"
        case "email":
            return f"e-mail {hit.shown}"
        case "number":
            return f"customer number {hit.shown}"
        case "record":
            return f"record {hit.shown}"
        case _:
            field, _, shown = hit.shown.partition(" ")
            return f"{field.replace('_', ' ')} {shown}"


def _name(word: StoredWord, golden: Mapping[str, Any]) -> tuple[str, str]:
    """Where the word stands now; a word of an older or other record stands in no golden name."""
    for key in NAME_FIELDS:
        for text in _texts(golden.get(key)):
            for shown in text.split():
                if word.token in fold(shown).split():
                    return key.replace("_", " "), shown.strip(".,;()\"'")
    return "name on a record", word.token


def _place(word: StoredWord, golden: Mapping[str, Any]) -> tuple[str, str]:
    for address in golden.get("address", ()):
        postcode = address.get("postcode", "")
        if word.token in (fold(postcode).replace(" ", ""), *fold(postcode).split()):
            return "postcode", postcode
        if word.token in fold(address.get("city", "")).split():
            return "town", address["city"]
    return "place on a record", word.token


def _texts(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return [str(item["value"]) for item in value if isinstance(item, dict) and "value" in item]
    return ()
