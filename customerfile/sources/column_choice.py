"""Which column becomes which field: every column's candidates weighed by its values, then dealt out, surest
first.
"""

from collections import Counter
from dataclasses import dataclass, replace

from customerfile.base.told import told
from customerfile.definition.schema import FieldDefinition
from customerfile.sources.header_words import REPEATABLE, Suggestion, fold_header, suggestions
from customerfile.sources.mapping import ColumnMapping
from customerfile.sources.value_signs import Signs

ENOUGH = 0.5  # below this a column is left in the raw record
KEY_TARGETS = ("key", "customer.key")
_EXPECTED = {
    "email": "email",
    "phone": "phone",
    "birth_date": "date",
    "order.at": "date",
    "event.at": "date",
    "updated_at": "date",
    "gender": "gender",
    "name_prefix": "prefix",
    "iban": "iban",
    "address.postcode": "postcode",
    "address.country": "country",
    "order.quantity": "number",
    "order.unit_price": "number",
    "order.amount": "number",
    "order.discount": "number",
    "event.amount": "number",
    "agreement.opened_on": "date",
    "agreement.closed_on": "date",
    "agreement.due_on": "date",
    "agreement.balance_on": "date",
    "agreement.amount": "number",
    "agreement.balance": "number",
}
# What values alone say, of a column whose name says nothing: sign, share wanted, target, confidence.
_TELLING = (
    ("email", 0.8, "email", 0.9),
    ("iban", 0.8, "iban", 0.9),
    ("marked_phone", 0.9, "phone", 0.6),
    ("gender", 0.95, "gender", 0.5),
)
_AS_WHOLE = (
    "address.postcode",
    "address.house_number",
    "order.key",
    "order.product",
    "agreement.key",
    "agreement.number",
    "agreement.under",
    "holder.key",
    "national_id",
    "account_number",
    *KEY_TARGETS,
)


@dataclass(frozen=True, slots=True)
class Choice:
    column: str
    mapping: ColumnMapping  # without targets where the column is left out
    reason: str


def choose_columns(
    columns: tuple[str, ...], signs: dict[str, Signs], *, section: str, fields: tuple[FieldDefinition, ...]
) -> list[Choice]:
    """One choice per column, in the order of the columns. Key columns are dealt out by key_choice."""
    settled = _settled(columns, signs, section, fields)
    numbering = _Numbering(_repeated(fields))
    chosen: dict[str, Choice] = {}
    for column in columns:
        if column in settled:
            suggestion = settled[column]
            mapping = _column_mapping(column, numbering.target(suggestion), suggestion, signs[column])
            chosen[column] = Choice(column, mapping, suggestion.reason)
    _line_beside_number(chosen)
    return [chosen.get(column) or _left_out(column, section) for column in columns]


def _settled(
    columns: tuple[str, ...], signs: dict[str, Signs], section: str, fields: tuple[FieldDefinition, ...]
) -> dict[str, Suggestion]:
    """Every column's best suggestion that no surer column has taken; a single field is given once."""
    repeated = _repeated(fields)
    ranked = [
        (candidate, column)
        for column in columns
        for candidate in _candidates(column, signs[column], section, fields)
        if candidate.confidence >= ENOUGH and candidate.target not in KEY_TARGETS
    ]
    ranked.sort(key=lambda pair: -pair[0].confidence)
    settled: dict[str, Suggestion] = {}
    taken: set[tuple[str, str]] = set()
    for candidate, column in ranked:
        place = (candidate.target, _address_name(candidate))
        if column not in settled and (candidate.target in repeated or place not in taken):
            settled[column] = candidate
            taken.add(place)
    return settled


def _repeated(fields: tuple[FieldDefinition, ...]) -> set[str]:
    return {field.key for field in fields if field.multiple} | set(REPEATABLE)


def _address_name(candidate: Suggestion) -> str:
    """Parts of the same use (or the same number) make one address."""
    return (candidate.use or str(candidate.group or "")) if candidate.target.startswith("address.") else ""


def _line_beside_number(chosen: dict[str, Choice]) -> None:
    """A street line whose house number stands in a column of its own is the street alone."""
    targets = {target for choice in chosen.values() for target in choice.mapping.targets}
    for column, choice in chosen.items():
        (target, *_) = choice.mapping.targets
        if target.endswith(".line") and target.replace(".line", ".house_number") in targets:
            mapping = replace(choice.mapping, targets=(target.replace(".line", ".street"),))
            chosen[column] = replace(choice, mapping=mapping)


def _candidates(
    column: str, signs: Signs, section: str, fields: tuple[FieldDefinition, ...]
) -> list[Suggestion]:
    if _is_czech_birth_number(column, signs):
        return [
            Suggestion(
                "birth_date",
                0.85,
                told("birth numbers: birth date and sex"),
                transform="czech_birth_number",
            )
        ]
    named = [_weighed(one, signs) for one in suggestions(column, section, fields)]
    if any(one.confidence >= ENOUGH for one in named):
        return named
    return [
        Suggestion(
            target, confidence, told("{share:.0f}% of the values look like it", share=100 * signs.share(sign))
        )
        for sign, wanted, target, confidence in _TELLING
        if signs.filled and signs.share(sign) >= wanted and not (sign == "gender" and signs.distinct < 2)
    ]


def _weighed(one: Suggestion, signs: Signs) -> Suggestion:
    """Values that fit make a name surer; values that do not fit make it doubtful."""
    sign = _EXPECTED.get(one.target)
    if sign is None or not signs.filled:
        return one
    share = signs.share(sign)
    if share >= 0.8:
        return replace(
            one,
            confidence=min(0.99, one.confidence + 0.04),
            reason=told("{reason}, and the values fit", reason=one.reason),
        )
    if share < 0.3:
        return replace(
            one,
            confidence=one.confidence * 0.4,
            reason=told("{reason}, but the values do not fit", reason=one.reason),
        )
    return one


def _is_czech_birth_number(column: str, signs: Signs) -> bool:
    named = fold_header(column) in ("birth number", "rodne cislo", "rc", "personal number")
    return named and signs.share("czech_birth_number") >= 0.8


class _Numbering:
    """Gives phones, addresses and other repeated fields their group numbers, in the order of the columns."""

    def __init__(self, repeated: set[str]) -> None:
        self._repeated = repeated
        self._given: Counter[str] = Counter()
        self._addresses: dict[str, int] = {}

    def target(self, suggestion: Suggestion) -> str:
        field, _, part = suggestion.target.partition(".")
        if field == "address":
            group = self._addresses.setdefault(_address_name(suggestion), len(self._addresses) + 1)
            return f"address.{part}" if group == 1 else f"address[{group}].{part}"
        if field not in self._repeated:
            return suggestion.target
        self._given[field] += 1
        return field if self._given[field] == 1 else f"{field}[{self._given[field]}]"


def _column_mapping(column: str, target: str, candidate: Suggestion, signs: Signs) -> ColumnMapping:
    transform = ""
    if candidate.transform:
        return ColumnMapping(column, ("birth_date", "gender"), candidate.transform, confidence=0.85)
    if candidate.target in _AS_WHOLE and signs.share("zero_decimal") >= 0.9:
        transform = "strip_decimal"
    return ColumnMapping(column, (target,), transform, use=candidate.use, confidence=candidate.confidence)


def _left_out(column: str, section: str) -> Choice:
    if section == "events":
        name = fold_header(column).replace(" ", "_")
        if name:
            return Choice(
                column,
                ColumnMapping(column, (f"event.property.{name}",), confidence=0.5),
                told("kept as a property"),
            )
    return Choice(
        column, ColumnMapping(column, (), confidence=0.0), told("not understood: kept in the raw record")
    )
