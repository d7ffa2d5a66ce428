"""Changes and losses between two definitions, in words; a loss only where something is stored."""

import pytest

from customerfile.definition import usage
from customerfile.definition.changes import describe_changes
from customerfile.definition.loading import load_packs, parse_definition
from customerfile.definition.losses import describe_losses
from customerfile.definition.schema import FileDefinition

OWN = """
packs: [retail]
purposes:
  fitting: {label: Fit shoes, lawful_basis: consent}
fields:
  shoe_size: {label: Shoe size, type: choice, choices: [small, large], purposes: [service, fitting]}
  pet: {label: Pets, type: text, purposes: [service], multiple: true}
  door_code: {label: Door code, type: text, purposes: [service], privacy: sealed, mask: all}
event_types:
  Shoe Fitted: {label: Fitting, category: interaction, properties: {size: number, place: text}}
"""


def parsed(text: str) -> FileDefinition:
    return parse_definition(text, file="mine.yaml")


def losses(before: str, after: str, **held: int) -> tuple[str, ...]:
    counts = {key.replace("__", ":").replace("Shoe_Fitted", "Shoe Fitted"): n for key, n in held.items()}
    return describe_losses(parsed(before), parsed(after), lambda key: counts.get(key, 0))


def test_the_same_definition_has_no_changes() -> None:
    assert describe_changes(parsed(OWN), parsed(OWN)) == ()


def test_changes_are_told_one_by_one() -> None:
    after = OWN.replace("Shoe size", "Size").replace(", multiple: true", "").replace("door_code", "gate_code")

    assert describe_changes(parsed(OWN), parsed(after)) == (
        "The field door_code is removed.",
        "The field shoe_size: label is Size instead of Shoe size.",
        "The field pet: survivorship is most_recent instead of collect_all.",
        "The field pet: multiple is false instead of true.",
        "The field gate_code is new.",
    )


def test_changed_packs_and_properties_are_told() -> None:
    after = OWN.replace("packs: [retail]", "packs: [base]").replace(
        "place: text", "place: {type: text, required: true}"
    )

    told = describe_changes(parsed(OWN), parsed(after))

    assert told[0] == "Packs: base instead of base, retail."
    assert (
        "The event type Shoe Fitted: properties is [size: number, place: text (required)] "
        "instead of [size: number, place: text]."
    ) in told


@pytest.mark.parametrize(
    ("old", "new", "held", "loss"),
    [
        (
            "  pet: {label: Pets, type: text, purposes: [service], multiple: true}\n",
            "",
            {"pet": 3},
            '"Pets" (pet) is removed (3 stored values).',
        ),
        (
            "type: choice, choices: [small, large]",
            "type: number",
            {"shoe_size": 1},
            '"Shoe size" (shoe_size) becomes number instead of choice; '
            "what cannot be read as that would be lost (1 stored value).",
        ),
        (
            ", multiple: true",
            "",
            {"pet": 2},
            '"Pets" (pet) keeps one value instead of several (2 stored values).',
        ),
        (
            ", privacy: sealed, mask: all",
            "",
            {"door_code": 2},
            '"Door code" (door_code) is no longer sealed but personal; '
            "its protection would be lost (2 stored values).",
        ),
        (
            "privacy: sealed",
            "privacy: forbidden",
            {"door_code": 2},
            '"Door code" (door_code) becomes forbidden; its values may no longer be kept (2 stored values).',
        ),
        (
            "[small, large]",
            "[small, huge]",
            {"shoe_size": 9},
            '"Shoe size" (shoe_size) no longer offers large (9 stored values).',
        ),
        (
            ", multiple: true",
            ", multiple: true, applies_to: [person]",
            {"pet": 2},
            '"Pets" (pet) no longer applies to organisations (2 stored values).',
        ),
        (
            "  Shoe Fitted: {label: Fitting, category: interaction,"
            " properties: {size: number, place: text}}\n",
            "  Shoe Sold: {label: Sale, category: interaction}\n",
            {"event__Shoe_Fitted": 5},
            '"Shoe Fitted" is removed (5 stored values).',
        ),
        (
            "size: number, ",
            "",
            {"event__Shoe_Fitted": 5},
            '"Shoe Fitted" no longer has the property size (5 stored values).',
        ),
        (
            "size: number, ",
            "size: text, ",
            {"event__Shoe_Fitted": 5},
            '"Shoe Fitted" has the property size as text instead of number (5 stored values).',
        ),
        (
            "purposes:\n  fitting: {label: Fit shoes, lawful_basis: consent}\n",
            "",
            {"purpose__fitting": 7},
            'The purpose "Fit shoes" (fitting) is removed (7 stored values).',
        ),
        (
            "event_types:",
            "retention_classes:\n  contact: {months: 12}\nevent_types:",
            {"pet": 2, "shoe_size": 1},
            "Kept 12 months from last contact instead of 36 months from last contact, and then erased: "
            "Shoe size, Pets.",
        ),
        (
            ", multiple: true",
            ", multiple: true, retention: behaviour",
            {"pet": 2},
            "Kept 25 months from collection instead of 36 months from last contact, and then erased: Pets.",
        ),
    ],
)
def test_a_loss_is_told_where_something_is_stored(
    old: str, new: str, held: dict[str, int], loss: str
) -> None:
    assert old in OWN
    after = OWN.replace(old, new).replace("[service, fitting]", "[service]")

    assert losses(OWN, after, **held) == (loss,)
    assert losses(OWN, after) == ()


@pytest.mark.parametrize(
    "widened",
    [
        OWN.replace("[small, large]", "[small, large, huge]"),
        OWN.replace("multiple: true", "multiple: true, privacy: sealed, mask: all"),
        OWN.replace("place: text", "place: text, fitter: text"),
        OWN.replace("event_types:", "retention_classes:\n  contact: {months: 48}\nevent_types:"),
        OWN.replace("packs: [retail]", "packs: [retail, services]"),
    ],
)
def test_widening_loses_nothing(widened: str) -> None:
    assert describe_losses(parsed(OWN), parsed(widened), lambda key: 1) == ()


def test_leaving_a_trade_loses_what_it_holds() -> None:
    held = {"loyalty_number": 4, "event:Order Completed": 12}
    told = describe_losses(load_packs(["retail"]), load_packs(["bank"]), lambda key: held.get(key, 0))

    assert told == (
        '"Loyalty card number" (loyalty_number) is removed (4 stored values).',
        '"Order Completed" is removed (12 stored values).',
    )


def test_counters_of_all_rooms_are_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usage, "_counters", [])

    def customers(key: str) -> int:
        return {"pet": 2}.get(key, 0)

    usage.register_counter(customers)
    usage.register_counter(customers)
    usage.register_counter(lambda key: 1)

    assert (usage.values_held("pet"), usage.values_held("shoe_size")) == (3, 1)
