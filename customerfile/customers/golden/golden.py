"""Makes one customer's golden record from the records linked to it, with the record behind each value.

Pure. The same records always give the same golden record, whatever their order.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from customerfile.base.ids import RecordId
from customerfile.customers.golden.corrections import Correction, Made, by_field, word_on
from customerfile.customers.golden.survivorship import Offer, Standing, choose, collect, standing_of
from customerfile.definition.schema import FileDefinition, Survivorship

type Canonical = dict[str, Any]
# field -> the record behind each of its values (one for a single field)
type Origins = dict[str, list[RecordId]]


class LinkedRecord(NamedTuple):
    """A record as survivorship sees it, with the corrections that hang on it."""

    record_id: RecordId
    canonical: Canonical
    priority: int
    as_of: datetime
    corrections: tuple[Correction, ...] = ()


type _Said = tuple[Any, LinkedRecord]  # what a record says of a field


class GoldenRecord(NamedTuple):
    """`corrected`: of a field's values, how many people stated; they come first."""

    kind: str
    values: Canonical
    origins: Origins
    corrected: Mapping[str, int]


class GoldenRules:
    """The survivorship rules of one definition, looked up by field."""

    def __init__(self, definition: FileDefinition) -> None:
        self._rules: Mapping[str, Survivorship] = {
            field.key: field.survivorship for field in definition.fields
        }
        self._names = {key: rule.value for key, rule in self._rules.items()}

    def golden_record(self, records: Sequence[LinkedRecord]) -> GoldenRecord:
        """The golden record of at least one record."""
        said: dict[str, list[_Said]] = {}
        for record in sorted(records, key=_standing):
            for key, value in record.canonical.items():
                if key in said:
                    said[key].append((value, record))
                else:
                    said[key] = [(value, record)]
        kinds = said.pop("kind")
        kind = kinds[0][0] if _agree(kinds) else choose(_offers(kinds), Survivorship.MOST_FREQUENT).value
        made = by_field((each, record.record_id) for record in records for each in record.corrections)
        values: Canonical = {}
        origins: Origins = {}
        corrected: dict[str, int] = {}
        for key in sorted(said.keys() | made.keys()):
            if key in made:
                corrected[key] = self._settle_corrected(key, said.get(key, ()), made[key], values, origins)
            else:
                self._settle(key, said[key], values, origins)
        return GoldenRecord(str(kind), values, origins, corrected)

    def rule(self, key: str) -> Survivorship:
        """The rule of a field; the most recent value for one that the definition no longer has."""
        return self._rules.get(key, Survivorship.MOST_RECENT)

    def rule_name(self, key: str) -> str:
        """The rule as it is stored."""
        return self._names.get(key, Survivorship.MOST_RECENT.value)

    def _settle(self, key: str, said: list[_Said], values: Canonical, origins: Origins) -> None:
        value, record = said[0]
        if type(value) is list:
            if len(value) == 1 and _agree(said):
                values[key], origins[key] = value, [record.record_id]
                return
            found = collect(_offers(said))
            values[key] = [value for value, _ in found]
            origins[key] = [record_id for _, record_id in found]
        elif len(said) == 1:
            values[key], origins[key] = value, [record.record_id]
        elif (rule := self.rule(key)) is Survivorship.MOST_RECENT:
            value, record = max(said, key=_moment)
            values[key], origins[key] = value, [record.record_id]
        elif _agree(said):
            values[key], origins[key] = value, [record.record_id]
        else:
            chosen = choose(_offers(said), rule)
            values[key], origins[key] = chosen.value, [chosen.record_id]

    def _settle_corrected(
        self, key: str, said: Sequence[_Said], made: Sequence[Made], values: Canonical, origins: Origins
    ) -> int:
        """Settle a field that people corrected; gives how many of its values are theirs."""
        word = word_on(made)
        left = word.left(_offers(said))
        if any(
            isinstance(each, list)
            for each in (*(value for value, _ in said), *(one.value for one, _ in made))
        ):
            found = [*word.stated, *collect(left)]
            if found:
                values[key] = [value for value, _ in found]
                origins[key] = [record_id for _, record_id in found]
            return len(word.stated)
        if word.stated:
            values[key], origins[key] = word.stated[0].value, [word.stated[0].record_id]
            return 1
        if left:
            chosen = choose(left, self.rule(key))
            values[key], origins[key] = chosen.value, [chosen.record_id]
        return 0


def _agree(said: Sequence[_Said]) -> bool:
    """Whether all say the same."""
    value = said[0][0]
    return [other for other, _ in said].count(value) == len(said)  # sooner than one by one


def _moment(said: _Said) -> datetime:
    return said[1].as_of


def _offers(said: Sequence[_Said]) -> list[Offer]:
    return [Offer(value, record.record_id, -record.as_of.timestamp()) for value, record in said]


def _standing(record: LinkedRecord) -> Standing:
    return standing_of(record.record_id, record.priority, record.as_of)
