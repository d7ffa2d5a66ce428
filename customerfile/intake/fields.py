"""Reads the values of events and order lines: moments, numbers and money. What cannot be read is refused in words."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from customerfile.base.told import noted_text
from customerfile.sources.mapper import MappedRow
from customerfile.sources.rows import RawRow
from customerfile.sources.staging import RejectedRow
from customerfile.timeline.partitions import FIRST_YEAR, LAST_YEAR, is_in_range
from customerfile.values.cards import mask_cards, row_may_hold_card
from customerfile.values.kinds import standardise
from customerfile.values.outcome import Context, Json, Refused

_TOO_MUCH = Decimal(10) ** 15  # the database keeps one digit more, for sums and rounding


class Unusable(Exception):
    """A row that cannot become an event, with the field, the reason and the remedy."""

    def __init__(self, field: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.field, self.reason, self.remedy = field, reason, remedy

    def rejected(self, row: RawRow) -> RejectedRow:
        """The refusal to keep. A card number in the row is masked."""
        text = mask_cards(row.text or " | ".join(value or "" for value in row.values))
        return RejectedRow(row.line, "row", self.reason, self.remedy, field=self.field, text=text)


def cards_in(row: RawRow) -> None:
    """Refuse a row that could not be read, or that holds a payment card number."""
    if row.fault:
        raise Unusable("", row.fault, row.remedy)
    text = "\x1f".join([value or "" for value in row.values])
    if row_may_hold_card(text) and any(value and mask_cards(value) != value for value in row.values):
        raise Unusable(
            "",
            "The row holds a payment card number, which is never stored.",
            "Take the number out of the row; keep your payment provider's token instead.",
        )


def instant_of(field: str, mapped: MappedRow, context: Context) -> datetime:
    """The moment under a field. Refused where there is none, or it lies outside 1900-2100."""
    raw = mapped.first(field)
    if not raw:
        raise Unusable(field, "The row does not say when it happened.", "Map the column with the date to it.")
    moment = datetime.fromisoformat(str(standard_of("instant", raw, context, field)))
    if not is_in_range(moment):
        raise Unusable(
            field,
            noted_text("The year {year} cannot be right.").format(year=moment.year),
            noted_text("Use a year from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR),
        )
    return moment


def decimal_of(field: str, mapped: MappedRow, context: Context, *, default: Decimal) -> Decimal:
    """The number under a field, or the default where there is none."""
    raw = mapped.first(field)
    return Decimal(str(standard_of("number", raw, context, field))) if raw else default


def money_of(field: str, mapped: MappedRow, context: Context) -> tuple[Decimal | None, str]:
    """The amount under a field with its currency: written beside it, in the row's currency column, or the source's."""
    raw = mapped.first(field)
    if not raw:
        return None, ""
    beside = field.partition(".")[0] + ".currency"
    named = mapped.first(beside)
    value = standard_of("money", raw, _in_currency(named, context, beside) if named else context, field)
    if not isinstance(value, dict):
        raise Unusable(field, "The amount cannot be read.", "Write it in digits.")
    amount = Decimal(str(value["amount"]))
    if abs(amount) >= _TOO_MUCH:
        raise Unusable(
            field, "The amount has more digits than can be kept.", "Check whether two numbers run together."
        )
    return amount, str(value.get("currency", ""))


@lru_cache(maxsize=1000)
def _in_currency(named: str, context: Context, field: str) -> Context:
    """The context of a row that names its currency in a column of its own."""
    return replace(context, currency=str(standard_of("currency", named, context, field)))


def standard_of(kind: str, raw: str, context: Context, field: str) -> Json:
    """A text as a value of some kind. Refused where it cannot be read so."""
    outcome = _cached(kind, raw, context)
    if isinstance(outcome, Refused):
        raise Unusable(field, outcome.reason, outcome.remedy)
    return outcome.value


_cached = lru_cache(maxsize=100_000)(standardise)
