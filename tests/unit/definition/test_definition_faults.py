"""A wrong definition is refused with file, line, reason and remedy; all faults at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customerfile.definition.errors import DefinitionFault, WrongDefinition
from customerfile.definition.loading import parse_definition


def faults(text: str) -> tuple[DefinitionFault, ...]:
    with pytest.raises(WrongDefinition) as refused:
        parse_definition(text, file="mine.yaml")
    return refused.value.faults


FIELD = "fields:\n  shoe_size:\n    label: Shoe size\n    type: number\n    purposes: [service]\n"
EVENT = "event_types:\n  Shoe Fitted:\n    label: Fitting\n    category: interaction\n"


@pytest.mark.parametrize(
    ("text", "line", "reason", "remedy"),
    [
        (
            FIELD + "    lable: Size\n",
            6,
            '"lable" is not an attribute of "shoe_size".',
            'Did you mean "label"?',
        ),
        (FIELD.replace("number", "numbr"), 4, 'The type "numbr" does not exist.', 'Did you mean "number"?'),
        (
            FIELD.replace("    label: Shoe size\n", ""),
            2,
            'The field "shoe_size" has no label.',
            "Add, for example, `label: Shoe size`.",
        ),
        (
            FIELD.replace("[service]", "[servise]"),
            5,
            'The purpose "servise" is not declared.',
            'Did you mean "service"?',
        ),
        (
            FIELD.replace("[service]", "\n      - service\n      - markting"),
            7,
            'The purpose "markting" is not declared.',
            'Did you mean "marketing"?',
        ),
        (
            FIELD.replace("    purposes: [service]\n", ""),
            2,
            'The field "shoe_size" has no purpose; what nobody needs must not be kept.',
            "Add, for example, `purposes: [service]`, or remove the field.",
        ),
        (
            FIELD + "  shoe_size: {label: Again}\n",
            6,
            '"shoe_size" is already declared in line 2.',
            "Keep one of the two, or join them.",
        ),
        (
            FIELD + "    retention: contcat\n",
            6,
            'The retention class "contcat" is not declared.',
            'Did you mean "contact"?',
        ),
        (
            FIELD + "    survivorship: newest\n",
            6,
            '"newest" is not possible here.',
            "Known are: source_priority, most_recent, most_frequent, most_complete, confirmed_first, "
            "collect_all.",
        ),
        (
            FIELD + "    multiple: true\n    survivorship: most_recent\n",
            7,
            '"shoe_size" holds several values, but most_recent keeps a single one.',
            "Write `survivorship: collect_all`, or `multiple: false`.",
        ),
        (
            FIELD + "    survivorship: collect_all\n",
            6,
            '"shoe_size" holds a single value, but collect_all keeps several.',
            "Write `multiple: true`, or choose a rule such as most_recent.",
        ),
        (
            FIELD + "    privacy: sealed\n    mask: none\n",
            7,
            '"shoe_size" is sealed but would be shown in full.',
            "Write `mask: last4` or `mask: all`.",
        ),
        (
            FIELD + "    privacy: sealed\n    mask: all\n    search: name\n",
            8,
            '"shoe_size" is sealed and cannot be searched by its text.',
            "Write `search: identifier` to find whole numbers, or remove `search`.",
        ),
        (
            FIELD + "    privacy: forbidden\n    required: true\n",
            7,
            '"shoe_size" is forbidden and required at once.',
            "Remove `required`.",
        ),
        (
            FIELD.replace("number", "identifier") + "    privacy: forbidden\n    entry: at_once\n",
            7,
            '"shoe_size" is forbidden and cannot be asked for.',
            "Remove `entry`.",
        ),
        (
            FIELD + "    required: true\n    entry: more\n",
            7,
            '"shoe_size" is required, so whoever enters a customer has to be asked for it.',
            "Write `entry: required`, or remove `entry`.",
        ),
        (
            FIELD.replace("number", "identifier") + "    privacy: forbidden\n    match: weak_identifier\n",
            7,
            '"shoe_size" is forbidden and cannot be compared.',
            "Remove `match`.",
        ),
        (
            FIELD + "    match: email\n",
            6,
            "A field compared as email cannot be of type number.",
            "Use the type email, or remove `match`.",
        ),
        (
            FIELD.replace("number", "choice"),
            2,
            'The choices of "shoe_size" are missing.',
            "Add, for example, `choices: [small, large]`.",
        ),
        (
            FIELD + "    choices: [small, large]\n",
            6,
            '"shoe_size" has choices but is of type number.',
            "Write `type: choice`.",
        ),
        (
            FIELD.replace("number", "text") + "    validator: '[0-9'\n    validator_hint: digits\n",
            6,
            "The validator is not a regular expression: unterminated character set at position 0.",
            "Correct or remove it.",
        ),
        (
            FIELD.replace("number", "text") + "    validator: '[0-9]+'\n",
            6,
            "The validator has no hint to show when it refuses a value.",
            "Add, for example, `validator_hint: two letters, then four digits`.",
        ),
        (
            FIELD + "    validator: '[0-9]+'\n    validator_hint: digits\n",
            6,
            "A validator is for text, not for number.",
            "Remove it: the type has its own rule.",
        ),
        (
            FIELD + "    applies_to: [dog]\n",
            6,
            '"shoe_size" applies to persons, organisations or both.',
            "Write [person], [organisation] or [person, organisation].",
        ),
        (
            FIELD + "    multiple: 'true'\n",
            6,
            "A yes-or-no value is expected here.",
            "Write true or false, without quotes.",
        ),
        (
            FIELD.replace("shoe_size:", "Shoe-Size:"),
            2,
            '"Shoe-Size" is not a usable field key.',
            "Use small letters, digits and underscores, starting with a letter, 63 at most.",
        ),
        (
            FIELD.replace("shoe_size:", "kind:"),
            2,
            'The key "kind" is used by the program itself.',
            "Choose another key.",
        ),
        (
            "fields:\n  email:\n    type: text\n",
            3,
            '"email" must stay of type email: matching and search read it.',
            "Declare a field of your own beside it.",
        ),
        (
            EVENT.replace("Shoe Fitted", "shoe"),
            2,
            '"shoe" is not an Object Action name.',
            'Write the thing, then what happened to it, each word with a capital: "Order Completed".',
        ),
        (
            EVENT + "    properties:\n      size: number\n      place: txt\n",
            7,
            '"txt", the type of "place", does not exist.',
            'Did you mean "text"?',
        ),
        (
            EVENT + "    properties: {size: {type: number, require: true}}\n",
            5,
            '"require" is not an attribute of "size".',
            'Did you mean "required"?',
        ),
        (
            EVENT + "    privacy: sealed\n",
            5,
            "An event cannot be sealed.",
            "Use personal, or keep it as a sealed field.",
        ),
        (
            EVENT.replace("interaction", "interactoin"),
            4,
            '"interactoin" is not possible here.',
            'Did you mean "interaction"?',
        ),
        (
            "purposes:\n  fun:\n    label: Have fun\n    lawful_basis: fun\n",
            4,
            '"fun" is not possible here.',
            "Known are: consent, contract, legal_obligation, vital_interests, public_task, "
            "legitimate_interests.",
        ),
        (
            "retention_classes:\n  contact:\n    months: forever\n",
            3,
            "A whole number is expected here.",
            "Write digits only, 9999 at most.",
        ),
        (
            "retention_classes:\n  contact:\n    months: 0\n",
            3,
            'The retention class "contact" needs its months, from 1 to 1200.',
            "Write, for example, months: 36.",
        ),
        ("packs:\n  - base\n  - retial\n", 3, 'There is no pack "retial".', 'Did you mean "retail"?'),
        ("feilds:\n  a: b\n", 1, 'There is no section "feilds".', 'Did you mean "fields"?'),
        ("fields: [a]\n", 1, 'The section "fields" holds no declarations.', "Indent them below it, by key."),
        (
            "fields:\n  shoe_size: 3\n",
            2,
            '"shoe_size" holds no attributes.',
            "Indent them below it, as in `label: Shoe size`.",
        ),
        (
            "remove:\n  fields: [eduction]\n",
            2,
            'There is no "eduction" to remove.',
            'Did you mean "education"?',
        ),
        (
            "remove:\n  fields:\n    - family_name\n",
            3,
            '"family_name" cannot be removed: no customer can be shown without a name.',
            "Keep it.",
        ),
        (
            "remove:\n  fields: [education]\nfields:\n  education: {label: School}\n",
            2,
            '"education" is removed here and declared in line 4.',
            "Keep one of the two.",
        ),
        (
            "remove:\n  retention_classes: [behaviour]\n  event_types: []\n",
            2,
            'The retention class "behaviour" is still used by Email Opened, Email Link Clicked, '
            "Email Bounced, Page Viewed, Form Submitted, Search Performed, Content Viewed, Content Liked, "
            "Content Shared.",
            "Give these another class, or keep this one.",
        ),
        (
            "remove:\n  fields: [tag]\n  purposes:\n    - personalisation\n",
            4,
            'The field "interest" would be left without a purpose.',
            "Remove the field as well, or give it another purpose.",
        ),
        ("- base\n", 1, "A definition is a list of sections.", 'Start with "packs: [base]".'),
        ("packs: [base]\n---\npacks: [bank]\n", 2, "A second document starts here.", "Keep one per file."),
        ("packs: *all\n", 1, "The alias *all is not allowed.", "Write the value out again."),
        (
            'fields:\n  shoe_size: {label: "a\\0b", type: text, purposes: [service]}\n',
            2,
            "The text holds a control character.",
            "Remove it.",
        ),
        (
            "packs: [base]\n# \x00\n",
            2,
            "There is a character that YAML does not allow.",
            "Remove the control character.",
        ),
        ("fields:\n  ? [a]\n  : b\n", 2, "A key is a single word, not a list.", "Write a plain word."),
    ],
)
def test_a_fault_names_its_line_and_its_remedy(text: str, line: int, reason: str, remedy: str) -> None:
    assert faults(text)[0] == DefinitionFault("mine.yaml", line, reason, remedy)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("packs: [base\nfields: {}\n", 2),
        ("fields:\n\tshoe_size: {}\n", 2),
        ("fields:\n  a: b: c\n", 2),
        ("fields:\n  a: 'open\n", 3),
    ],
)
def test_broken_yaml_is_refused_in_its_line(text: str, line: int) -> None:
    (fault,) = faults(text)

    assert (fault.line, fault.reason[:22]) == (line, "This is not valid YAML")


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    found = faults(
        "packs: [retial]\n"
        "fields:\n"
        "  shoe_size: {lable: Size, type: numbr}\n"
        "  shoe_size: {}\n"
        "event_types:\n"
        "  fitted: {}\n"
        "colour: red\n"
    )

    assert [fault.line for fault in found] == [1, 3, 3, 3, 3, 4, 6, 6, 6, 7]


@pytest.mark.parametrize("key", ["key", "order", "event", "full_name"])
def test_words_that_mappings_use_are_no_field_keys(key: str) -> None:
    assert (
        faults(FIELD.replace("shoe_size", key))[0].reason == f'The key "{key}" is used by the program itself.'
    )


def test_a_mistyped_key_of_a_pack_is_recognised() -> None:
    (fault,) = faults("fields:\n  familly_name: {label: Surname}\n")

    assert fault.line == 2
    assert fault.remedy == 'Did you mean "family_name"? A new field needs a label, a type and purposes.'


def test_an_unreadable_value_is_told_once() -> None:
    assert len(faults(FIELD.replace("label: Shoe size", "label: [Shoe]"))) == 1


def test_a_fault_reads_like_a_compiler_message() -> None:
    fault = DefinitionFault("mine.yaml", 3, "It is wrong.", "Mend it.")

    assert str(fault) == "mine.yaml:3: It is wrong. Mend it."
    assert (
        str(DefinitionFault("mine.yaml", 0, "It is gone.", "Find it.")) == "mine.yaml: It is gone. Find it."
    )


def test_a_yaml_bomb_is_refused_at_its_first_alias() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]

    assert faults("l0: &l0 [lol]\n" + "\n".join(levels))[0].reason == "The alias *l0 is not allowed."


@pytest.mark.parametrize(
    "text", ["[" * 5000, "a:\n" + "".join(" " * n + "- \n" for n in range(2, 400)), "{a: " * 300]
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert faults(text)


def test_too_long_a_text_is_refused_without_being_read() -> None:
    assert faults("#" * 1_048_577)[0].reason == "The file is larger than 1048576 characters."


@given(st.text(alphabet="abt:-[]{}&*?|>'\"%@`!#,\n\t 01\x00", max_size=60))
def test_no_text_brings_it_down(text: str) -> None:
    try:
        parse_definition(text, file="mine.yaml")
    except WrongDefinition as refused:
        lacking = [fault for fault in refused.faults if not (fault.reason and fault.remedy)]
    else:
        lacking = []
    assert lacking == []


_ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        [
            "label",
            "type",
            "group",
            "privacy",
            "purposes",
            "multiple",
            "match",
            "choices",
            "validator",
            "mask",
            "search",
        ]
    ),
    st.sampled_from(
        [
            "text",
            "email",
            "choice",
            "sealed",
            "forbidden",
            "[service]",
            "[]",
            "true",
            "none",
            "all",
            "last4",
            "name",
            "'('",
            "{}",
            "~",
        ]
    ),
)


@given(_ATTRIBUTES)
def test_any_mixture_of_attributes_is_taken_or_refused_with_remedies(attributes: dict[str, str]) -> None:
    body = "".join(f"    {name}: {value}\n" for name, value in attributes.items())
    try:
        parse_definition(f"fields:\n  shoe_size:\n{body or '    {}'}", file="mine.yaml")
    except WrongDefinition as refused:
        lacking = [fault for fault in refused.faults if fault.line < 2 or not fault.remedy]
    else:
        lacking = []
    assert lacking == []
