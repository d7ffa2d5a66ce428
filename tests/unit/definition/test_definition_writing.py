"""A definition written out and read back is the same: as YAML for people, as JSON for the database."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from customerfile.definition.dumping import dump_definition
from customerfile.definition.loading import PACK_NAMES, load_packs, parse_definition
from customerfile.definition.schema import FileDefinition
from customerfile.definition.stored import digest, from_document, to_document

OWN = """packs:
- base
- retail
remove:
  fields:
  - education
  event_types:
  - Cart Viewed
  purposes:
  - third_party_sharing
purposes:
  fitting:
    label: Fit shoes
    lawful_basis: contract
retention_classes:
  contact:
    label: Contact data
    months: 12
    starts: last_contact
fields:
  email:
    label: 'E-mail: the first one'
    purposes:
    - service
  shoe_size:
    label: Shoe size
    type: choice
    purposes:
    - fitting
    multiple: true
    choices:
    - '38'
    - 39½
event_types:
  Points Earned:
    properties:
      balance:
        type: integer
        required: true
      partner: text
    without:
    - order_id
  Shoe Fitted:
    label: Fitting
    category: interaction
"""


def round_trip(definition: FileDefinition) -> FileDefinition:
    return parse_definition(dump_definition(definition), file="mine.yaml")


@pytest.mark.parametrize("names", [[name] for name in PACK_NAMES] + [list(PACK_NAMES)])
def test_packs_alone_are_written_as_their_names(names: list[str]) -> None:
    definition = load_packs(names)

    assert dump_definition(definition) == "packs:\n" + "".join(f"- {name}\n" for name in definition.packs)
    assert round_trip(definition) == definition


def test_a_file_is_written_as_its_author_wrote_it() -> None:
    assert dump_definition(parse_definition(OWN, file="mine.yaml")) == OWN


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)


@settings(max_examples=40)
@given(
    label=_WORDS,
    choices=st.lists(
        _WORDS.filter(lambda word: word not in ("~", "null")), min_size=1, max_size=4, unique=True
    ),
    removed=st.sets(st.sampled_from(["education", "income_band", "tag", "interest"])),
    packs=st.sets(st.sampled_from(PACK_NAMES)),
    months=st.integers(1, 1200),
)
def test_writing_and_reading_back_changes_nothing(
    label: str, choices: list[str], removed: set[str], packs: set[str], months: int
) -> None:
    quoted = json.dumps(
        {"label": label, "type": "choice", "choices": choices, "purposes": ["service"]}, ensure_ascii=False
    )
    text = (
        f"packs: {json.dumps(sorted(packs))}\nremove: {{fields: {json.dumps(sorted(removed))}}}\n"
        f"retention_classes: {{contact: {{months: {months}}}}}\nfields: {{shoe_size: {quoted}}}\n"
    )
    definition = parse_definition(text, file="mine.yaml")

    assert round_trip(definition) == definition
    stored = json.loads(json.dumps(to_document(definition)))
    assert from_document(stored, version=0) == definition
    assert digest(stored) == digest(to_document(definition))


def test_the_stored_form_carries_its_version_apart() -> None:
    document = to_document(load_packs(["bank"]))

    assert "version" not in document
    assert from_document(document, version=3).version == 3


def test_the_digest_tells_definitions_apart() -> None:
    assert digest(to_document(load_packs(["bank"]))) != digest(to_document(load_packs(["retail"])))
