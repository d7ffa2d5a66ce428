"""Says in words why a customer was found: 'family name "Meyer" ~ "Meier"', 'phone ends 4321'. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from customerfile.base.told import noted_text, told
from customerfile.customers.search.answers import Answer, KeyHit, StoredWord
from customerfile.customers.search.findable import NAME_FIELDS
from customerfile.customers.search.words import How, Query
from customerfile.values.folding import fold

_FIELDS = {
    "given_name": noted_text("given name"),
    "middle_name": noted_text("middle name"),
    "family_name": noted_text("family name"),
    "nickname": noted_text("nickname"),
    "organisation_name": noted_text("organisation name"),
    "trading_name": noted_text("trading name"),
    "contact_person": noted_text("contact person"),
}


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
        return told('{place} "{word}"', place=label, word=shown)
    begun = f"{typed}…" if answer.source.how is How.PREFIX else typed
    return told('{place} "{typed}" ~ "{word}"', place=label, typed=begun, word=shown)


def _key_reason(hit: KeyHit) -> str:
    digits = "".join(filter(str.isdigit, hit.typed))
    match hit.kind:
        case "phone":
            if len(digits) < len(hit.shown) - 3:
                return told("phone ends {digits}", digits=digits[-4:])
            return told("phone {number}", number=hit.shown)
        case "email":
            return told("e-mail {address}", address=hit.shown)
        case "number":
            return told("customer number {number}", number=hit.shown)
        case "record":
            return told("record {key}", key=hit.shown)
        case _:
            field, _, shown = hit.shown.partition(" ")
            return f"{_field_words(field)} {shown}"


def _field_words(key: str) -> str:
    return told(_FIELDS.get(key, key.replace("_", " ")))


def _name(word: StoredWord, golden: Mapping[str, Any]) -> tuple[str, str]:
    """Where the word stands now; a word of an older or other record stands in no golden name."""
    for key in NAME_FIELDS:
        for text in _texts(golden.get(key)):
            for shown in text.split():
                if word.token in fold(shown).split():
                    return _field_words(key), shown.strip(".,;()\"'")
    return told("name on a record"), word.token


def _place(word: StoredWord, golden: Mapping[str, Any]) -> tuple[str, str]:
    for address in golden.get("address", ()):
        postcode = address.get("postcode", "")
        if word.token in (fold(postcode).replace(" ", ""), *fold(postcode).split()):
            return told("postcode"), postcode
        if word.token in fold(address.get("city", "")).split():
            return told("town"), address["city"]
    return told("place on a record"), word.token


def _texts(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return [str(item["value"]) for item in value if isinstance(item, dict) and "value" in item]
    return ()
