"""What somebody changes in a mapping, column by column. What they leave as it is keeps all that a form cannot show."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from customerfile.sources.column_choice import KEY_TARGETS
from customerfile.sources.mapping import ColumnMapping, Mapping
from customerfile.sources.targets import parse_target

_GROUP = re.compile(r"\[\d+\]")
TOGETHER = "+"  # between targets of one column, as a form shows them


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What is chosen for a column. `target`: without group numbers, "" to leave it out. `is_key`: names the record."""

    column: str
    target: str
    use: str = ""
    is_key: bool = False


def choices_of(mapping: Mapping, columns: Sequence[str]) -> tuple[ColumnChoice, ...]:
    """A mapping as choices, one per column of the file."""
    mapped = {each.column: each for each in mapping.columns}
    return tuple(_choice(column, mapped.get(column), column in mapping.key) for column in columns)


def edited(mapping: Mapping, choices: Sequence[ColumnChoice], *, repeatable: Collection[str]) -> Mapping:
    """The mapping with these choices. `repeatable`: the fields that a record may have several of."""
    before = {each.column: each for each in mapping.columns}
    former = {each.column: each for each in choices_of(mapping, [each.column for each in choices])}
    key_target = "key" if mapping.kind_as == "customers" else "customer.key"
    kept = {
        each.column: _targets(before[each.column])
        for each in choices
        if each.column in before and _is_same(each, former[each.column])
    }
    numbers = _Numbers(repeatable, [(before[column], targets) for column, targets in kept.items()])
    made: list[ColumnMapping] = []
    for each in choices:
        if each.column in kept:
            base = replace(before[each.column], targets=kept[each.column])
        else:
            targets = numbers.targets(each)
            base = ColumnMapping(each.column, targets, use=each.use if targets else "")
        if each.is_key:
            base = replace(base, targets=(key_target, *base.targets))
        if base.targets:
            made.append(base)
    key = tuple(each.column for each in choices if each.is_key)
    is_as_before = set(key) == set(mapping.key)
    return replace(
        mapping,
        columns=tuple(made),
        key=mapping.key if is_as_before else key,
        generated_key=(is_as_before and mapping.generated_key)
        or (mapping.kind_as == "customers" and not key),
    )


def _choice(column: str, mapped: ColumnMapping | None, is_key: bool) -> ColumnChoice:
    if mapped is None:
        return ColumnChoice(column, "", is_key=is_key)
    shown = TOGETHER.join(_GROUP.sub("", text) for text in _targets(mapped))
    return ColumnChoice(column, shown, mapped.use, is_key)


def _targets(mapped: ColumnMapping) -> tuple[str, ...]:
    return tuple(text for text in mapped.targets if text not in KEY_TARGETS)


def _is_same(one: ColumnChoice, other: ColumnChoice) -> bool:
    return (one.target, one.use) == (other.target, other.use)


class _Numbers:
    """Gives newly chosen phones, addresses and the like a number of their own; parts of one address share theirs."""

    def __init__(
        self, repeatable: Collection[str], kept: Sequence[tuple[ColumnMapping, tuple[str, ...]]]
    ) -> None:
        self._repeatable = {*repeatable, "address"}
        self._taken: dict[str, set[int]] = {}
        self._addresses: dict[int, tuple[str, set[str]]] = {}
        for column, targets in kept:
            for target in map(parse_target, targets):
                self._take(target.field, target.group, target.part, column.use)

    def targets(self, choice: ColumnChoice) -> tuple[str, ...]:
        return tuple(self._numbered(text, choice.use) for text in choice.target.split(TOGETHER) if text)

    def _numbered(self, text: str, use: str) -> str:
        target = parse_target(text)
        if not target.declared or target.field not in self._repeatable:
            return text
        group = self._group(target.field, target.part, use)
        self._take(target.field, group, target.part, use)
        return text if group == 1 else text.replace(target.field, f"{target.field}[{group}]", 1)

    def _group(self, field: str, part: str, use: str) -> int:
        if field == "address":
            for number, (of, parts) in sorted(self._addresses.items()):
                if of == use and part not in parts:
                    return number
        return max(self._taken.get(field, ()), default=0) + 1

    def _take(self, field: str, group: int, part: str, use: str) -> None:
        self._taken.setdefault(field, set()).add(group)
        if field == "address":
            _, parts = self._addresses.setdefault(group, (use, set()))
            parts.add(part)
