"""The shipped packs: sound alone and together, whatever their order, and carrying what was promised."""

from itertools import combinations

import pytest

from customerfile.definition.errors import UnknownPack
from customerfile.definition.loading import PACK_NAMES, load_packs, pack_label
from customerfile.definition.rules import FIELD_TYPES
from customerfile.definition.schema import FieldDefinition, MatchRole, PrivacyClass, Survivorship
from customerfile.values.kinds import KINDS

TRADES = [name for name in PACK_NAMES if name != "base"]
ALL = load_packs(PACK_NAMES)


@pytest.mark.parametrize("name", PACK_NAMES)
def test_every_pack_loads_on_its_own(name: str) -> None:
    definition = load_packs([name])

    assert definition.packs == tuple(dict.fromkeys(("base", name)))
    assert definition.version == 0
    assert pack_label(name)


@pytest.mark.parametrize(("first", "second"), list(combinations(TRADES, 2)))
def test_the_order_of_packs_changes_no_declaration(first: str, second: str) -> None:
    one, other = load_packs([first, second]), load_packs([second, first])

    assert {f.key: _unordered(f) for f in one.fields} == {f.key: _unordered(f) for f in other.fields}
    assert set(one.event_types) == set(other.event_types)
    assert set(one.purposes) == set(other.purposes)
    assert set(one.retention_classes) == set(other.retention_classes)


def _unordered(field: FieldDefinition) -> tuple[object, ...]:
    purposes = frozenset(field.purposes)
    return (purposes, field.retention, field.pack, field.label, field.mask, field.match)


def test_an_unknown_pack_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownPack) as refused:
        load_packs(["retale"])

    assert refused.value.remedy == 'Did you mean "retail"?'


@pytest.mark.parametrize(
    "key",
    [
        "name_prefix",
        "given_name",
        "middle_name",
        "family_name",
        "name_suffix",
        "nickname",
        "organisation_name",
        "legal_form",
        "trading_name",
        "contact_person",
        "email",
        "phone",
        "address",
        "website",
        "birth_date",
        "gender",
        "occupation",
        "industry",
        "language",
        "national_id",
        "tax_id",
        "vat_number",
        "registration_number",
        "passport",
        "driving_licence",
        "customer_number",
        "account_number",
        "iban",
        "region",
        "price_range",
        "marital_status",
        "household_size",
        "education",
        "income_band",
        "segment",
        "nationality",
        "social_profile",
        "note",
    ],
)
def test_the_base_pack_knows_who_a_customer_is(key: str) -> None:
    assert load_packs([]).field(key).pack == "base"


@pytest.mark.parametrize(
    ("pack", "event"),
    [
        ("base", "Call Logged"),
        ("base", "Note Added"),
        ("base", "Email Received"),
        ("base", "Meeting Held"),
        ("retail", "Order Completed"),
        ("retail", "Order Refunded"),
        ("retail", "Product Viewed"),
        ("bank", "Payment Booked"),
        ("bank", "Loan Granted"),
        ("nonprofit", "Donation Received"),
        ("nonprofit", "Pledge Made"),
        ("services", "Service Performed"),
        ("services", "Subscription Started"),
        ("services", "Usage Recorded"),
        ("professional", "Invoice Sent"),
        ("professional", "Project Started"),
    ],
)
def test_each_trade_brings_its_events(pack: str, event: str) -> None:
    assert load_packs([pack]).event_type(event).pack == pack


def test_persons_and_organisations_live_in_one_file() -> None:
    assert ALL.field("given_name").applies_to == ("person",)
    assert ALL.field("organisation_name").applies_to == ("organisation",)
    assert ALL.field("email").applies_to == ("person", "organisation")


@pytest.mark.parametrize("key", ["national_id", "tax_id", "passport", "driving_licence", "iban"])
def test_identity_numbers_are_sealed_masked_and_erased_early_unless_a_bank_must_keep_them(key: str) -> None:
    everywhere, bank = load_packs([]).field(key), load_packs(["bank"]).field(key)

    assert (everywhere.privacy, everywhere.mask) == (PrivacyClass.SEALED, "last4")
    assert everywhere.search == "identifier"  # by its keyed digest
    assert everywhere.retention == "identity"
    assert bank.retention == "due_diligence"
    assert set(everywhere.purposes) < set(bank.purposes)


@pytest.mark.parametrize("key", ["payment_card_number", "card_security_code", "password"])
def test_what_must_never_be_kept_is_known_in_order_to_be_refused(key: str) -> None:
    field = ALL.field(key)

    assert (field.privacy, field.match, field.search) == (PrivacyClass.FORBIDDEN, MatchRole.NONE, "none")


@pytest.mark.parametrize("field", ALL.fields, ids=lambda field: field.key)
def test_every_field_serves_a_purpose_and_ends(field: FieldDefinition) -> None:
    assert field.purposes
    assert field.retention in {kept.key for kept in ALL.retention_classes}
    assert field.multiple == (field.survivorship is Survivorship.COLLECT_ALL)


def test_every_type_has_its_reader() -> None:
    assert set(FIELD_TYPES) == set(KINDS) - {
        "person_name"
    }  # a full name is read into the fields of its parts


def test_a_definition_is_read_once() -> None:
    assert load_packs(["base", "retail"]) is load_packs(["retail", "base", "retail"])


def test_what_is_not_declared_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        ALL.field("shoe_colour")
    with pytest.raises(KeyError):
        ALL.event_type("Shoe Tied")
