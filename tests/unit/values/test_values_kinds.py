import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerfile.values.kinds import KINDS, display, mask, standardise
from customerfile.values.outcome import Accepted, Context, Json, Outcome, Refused

CONTEXTS = st.sampled_from(
    [Context(), Context("US", "mdy", "USD", "America/New_York"), Context("ES", "dmy", "EUR", "Europe/Madrid"),
     Context("GB"), Context("JP", "ymd", "JPY", "Asia/Tokyo"), Context("xx", "", "", "Nowhere/None")]
)  # fmt: skip
SNIPPETS = st.sampled_from(
    ["Mr ", "Smith, ", "GmbH", "@example.org", "+44", "12/11/78", "30 Feb", "€", "1.234,5", "Apt 4", " 89132", "\x00",
     "(", ")", '"', "<", "&", "-", "٤", "é", "张", "\ud83d", "\u200b", "IBAN ", "DE89", "T8:26", "Z", "of", "12345678"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(SNIPPETS, max_size=6).map("".join))
DELIVERED = st.one_of(
    TEXTS,
    st.dictionaries(
        st.sampled_from(["value", "country", "scheme", "amount", "currency", "full", "line", "city", "postcode", "unit",
                         "house_number", "street_2", "region", "given_name", "legal_form", "use"]),
        TEXTS,
        max_size=4,
    ),
)  # fmt: skip


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(raw=DELIVERED, context=CONTEXTS)
@settings(max_examples=150, deadline=None)
def test_every_kind_answers_for_every_text(kind: str, raw: str | dict[str, str], context: Context) -> None:
    outcome = standardise(kind, raw, context)
    assert_whole(outcome)
    if isinstance(outcome, Accepted):
        assert isinstance(display(kind, outcome.value), str)
        assert isinstance(mask(kind, outcome.value), str)


def assert_whole(outcome: Outcome) -> None:
    """A refusal is two sentences; an accepted value is JSON without an empty or unprintable text in it."""
    if isinstance(outcome, Refused):
        assert outcome.reason.endswith((".", "?"))
        assert outcome.remedy.endswith((".", "?", "..."))
        return
    assert json.dumps(outcome.value, ensure_ascii=False).encode()
    for part in texts_in(outcome.value):
        assert part == part.strip() != ""
        assert "\x00" not in part
    assert all(isinstance(note, str) and note for note in outcome.notes)


def texts_in(value: Json) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "kind", sorted(KINDS.keys() - {"phone", "money", "person_name", "organisation_name"})
)
@given(raw=TEXTS)
@settings(max_examples=60, deadline=None)
def test_an_accepted_text_is_standard_already(kind: str, raw: str) -> None:
    context = Context("US", "ymd", "USD")
    outcome = standardise(kind, raw, context)
    if isinstance(outcome, Accepted) and isinstance(outcome.value, str):
        again = standardise(kind, outcome.value, context)
        assert isinstance(again, Accepted)
        assert again.value == outcome.value


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        standardise("colour", "red", Context())


def test_every_kind_has_its_own_key_and_a_label() -> None:
    assert all(key == kind.key and kind.label for key, kind in KINDS.items())
    assert len({kind.label for kind in KINDS.values()}) == len(KINDS)


def test_the_mask_tells_less_than_the_value() -> None:
    for kind in KINDS:
        assert "Secretvalue" not in mask(kind, "Secretvalue")


@pytest.mark.parametrize(
    "piece", ["1 ", "a, ", "a@", "(", "4111 ", "apt 1 ", "1.", "de ", '"', "Jr ", "1-", "٤ "]
)
def test_long_repetitive_texts_are_answered(piece: str) -> None:
    text = (piece * 500)[:500]
    for kind in KINDS:
        assert_whole(standardise(kind, text, Context("US")))
        assert_whole(standardise(kind, {"line": text, "value": text, "city": text}, Context("ES")))
