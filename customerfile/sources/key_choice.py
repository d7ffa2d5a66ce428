"""Which column names the record in its source. A key must be there and must differ; where none does, it is
generated.
"""

from dataclasses import dataclass, replace

from customerfile.base.told import told
from customerfile.sources.column_choice import ENOUGH, Choice
from customerfile.sources.header_words import fold_header, suggestions
from customerfile.sources.known_systems import KnownSystem
from customerfile.sources.value_signs import Signs

_FULL_ENOUGH = 0.9  # a few rows without a key are rows to refuse, not a reason for another key
_HALF = 0.5  # a column that calls itself the key is believed with this much
_KEY_ENDINGS = ("id", "no", "nr", "number", "key", "code", "num", "ref", "uid")
_BLANKS = ("Where the key is blank, it is made from the row's content.",)


@dataclass(frozen=True, slots=True)
class KeyChoice:
    columns: tuple[str, ...]
    target: str
    confidence: float = 0.0
    reason: str = ""
    is_generated: bool = False
    transform: str = ""
    notes: tuple[str, ...] = ()

    def settle(self, chosen: list[Choice]) -> list[Choice]:
        """The choices with the key column marked; a column may be the key and a field (an e-mail address)
        at once.
        """
        return [self._marked(one) if one.column in self.columns else one for one in chosen]

    def _marked(self, one: Choice) -> Choice:
        targets = (
            self.target,
            *(text for text in one.mapping.targets if not text.startswith("event.property.")),
        )
        mapping = replace(
            one.mapping,
            targets=targets,
            transform=one.mapping.transform or self.transform,
            confidence=max(one.mapping.confidence, self.confidence),
        )
        return Choice(one.column, mapping, self.reason)


def choose_key(
    columns: tuple[str, ...],
    signs: dict[str, Signs],
    chosen: list[Choice],
    *,
    section: str,
    wanted: KnownSystem | None,
) -> KeyChoice:
    """Of customers a unique key; of purchases and events the column that names the customer."""
    if section != "customers":
        return _customer_key(columns, signs, section)
    if wanted is not None and wanted.key and (choice := _known_key(wanted, signs)):
        return choice
    ranked = sorted(
        ((_rank(column, signs[column]), -place) for place, column in enumerate(columns)), reverse=True
    )
    (rank, place), *_ = ranked
    if rank > 0 and wanted is None:
        column = columns[-place]
        reason = told(
            "named as a key, and different in every row" if rank >= 0.9 else "different in every row"
        )
        return KeyChoice((column,), "key", rank, reason, transform=_transform(signs[column]))
    return _email_key(chosen, signs) or KeyChoice(
        (),
        "key",
        is_generated=True,
        notes=("No column names the record: the key is made from the row's content.",),
    )


def _known_key(system: KnownSystem, signs: dict[str, Signs]) -> KeyChoice | None:
    found = [signs[column] for column in system.key if column in signs]
    if len(found) < len(system.key):
        return None
    reason = told("{system} export", system=system.name)
    if system.key_else_generated:
        blank = any(sign.filled < sign.rows for sign in found)
        return KeyChoice(system.key, "key", 0.99, reason, is_generated=True, notes=_BLANKS if blank else ())
    if any(sign.rows and sign.filled / sign.rows < _FULL_ENOUGH for sign in found):
        return None
    return KeyChoice(system.key, "key", 0.99, reason)


def _rank(column: str, signs: Signs) -> float:
    """0 for no key; names that mean a key count most, then endings such as "id", then plain codes that
    differ.
    """
    named = any(
        one.target == "key" and one.confidence >= 0.85 for one in suggestions(column, "customers", ())
    )
    if not signs.rows:
        return 0.9 if named else 0.0
    if named and signs.filled >= signs.rows * _HALF and signs.distinct >= signs.filled * _HALF:
        return 0.95 if signs.is_unique else 0.9
    if signs.filled / signs.rows < _FULL_ENOUGH or signs.distinct < signs.filled * 0.98:
        return 0.0
    words = fold_header(column).split()
    is_code = signs.share("code") > 0.95 and signs.share("email") == 0 and signs.share("date") < 0.5
    if is_code and words and words[-1] in _KEY_ENDINGS:
        return 0.6 if not suggestions(column, "customers", ()) else 0.0
    return ENOUGH if is_code and column == "Column 1" else 0.0


def _customer_key(columns: tuple[str, ...], signs: dict[str, Signs], section: str) -> KeyChoice:
    for column in columns:
        if any(
            one.target == "customer.key" and one.confidence >= 0.85
            for one in suggestions(column, section, ())
        ):
            return KeyChoice(
                (column,),
                "customer.key",
                0.95,
                told("names the customer"),
                transform=_transform(signs[column]),
            )
    note = told("No column names the customer: these rows belong to nobody.")
    if section == "agreements":
        note = told("No column names a holder: another file of this source says who holds these.")
    return KeyChoice((), "customer.key", notes=(note,))


def _email_key(chosen: list[Choice], signs: dict[str, Signs]) -> KeyChoice | None:
    for one in chosen:
        sign = signs[one.column]
        if "email" in one.mapping.targets and sign.is_full and sign.is_unique:
            return KeyChoice(
                (one.column,), "key", 0.6, told("the e-mail address is there and different in every row")
            )
    return None


def _transform(signs: Signs) -> str:
    return "strip_decimal" if signs.share("zero_decimal") >= 0.9 else ""
