"""Reads files of agreements: one row is an agreement, who holds it in which role, or both.

Several files of one delivery are joined by their keys, in any order: accounts, who may use them, loans on them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from customerfile.base.told import noted_text
from customerfile.definition.schema import AgreementKind, FileDefinition, PropertyDefinition
from customerfile.holdings.recording import Contradiction, StatedAgreement, StatedRole
from customerfile.holdings.roles import Role, role_called
from customerfile.holdings.states import Status, status_called
from customerfile.intake.fields import Unusable, cards_in, money_of, standard_of
from customerfile.intake.preparing import Preparer
from customerfile.sources.mapper import MappedRow
from customerfile.sources.rows import RawRow, RowStream
from customerfile.sources.staging import RejectedRow
from customerfile.values.folding import fold
from customerfile.values.kinds import KINDS
from customerfile.values.outcome import Context, Json

_TERM = "agreement.term."
_TEXTS = {"number": "agreement.number", "product": "agreement.product"}
_DATES = {name: f"agreement.{name}" for name in ("opened_on", "closed_on", "due_on")}
_JOINT = "|"  # between the parts of a role's key that is made
_UNNAMED = "XXX"  # the currency of amounts that name none


@dataclass(frozen=True, slots=True)
class AgreementChunk:
    rows: int
    agreements: tuple[StatedAgreement, ...]
    rejected: tuple[RejectedRow, ...]


def agreement_chunks(
    made: Preparer, stream: RowStream, *, targets: Iterable[str]
) -> Iterator[AgreementChunk]:
    """One chunk per batch of the file. `targets`: all that its columns and constants are mapped to."""
    reader = AgreementReader(made, frozenset(targets))
    for batch in stream.batches():
        agreements: list[StatedAgreement] = []
        rejected: list[RejectedRow] = []
        for row in batch:
            try:
                agreements.append(reader.read(row))
            except Unusable as refusal:
                rejected.append(refusal.rejected(row))
        yield AgreementChunk(len(batch), tuple(agreements), tuple(rejected))


class AgreementReader:
    """Reads the rows of one file."""

    def __init__(self, made: Preparer, targets: frozenset[str]) -> None:
        self._made = made
        self._context: Context = made.context
        self._targets = targets
        self._kinds = _by_name(made.definition)
        self._states_terms = any(target.startswith(_TERM) for target in targets)

    def read(self, row: RawRow) -> StatedAgreement:
        """What a row says. Raises Unusable."""
        cards_in(row)
        mapped = self._made.mapper.map(row)
        kind = self._kind(mapped, "agreement.kind")
        key = mapped.first("agreement.key")
        if not key:
            raise Unusable(
                "agreement.key",
                "The row does not name its agreement.",
                "Map the column with the agreement's key to it.",
            )
        said, role = self._said(mapped, kind), self._role(mapped, key)
        return StatedAgreement(row.line, kind.key, key, None if role and not said else said, role)

    def _kind(self, mapped: MappedRow, field: str) -> AgreementKind:
        name = mapped.first(field)
        found = self._kinds.get(fold(name.replace("_", " ")))
        if found is None:
            known = ", ".join(sorted({kind.key for kind in self._kinds.values()}))
            raise Unusable(
                field,
                noted_text('The kind of agreement "{name}" is not in the file definition.').format(name=name)
                if name
                else noted_text("The row does not say which kind of agreement it is."),
                noted_text("Use one of: {kinds}; or add the kind to the definition.").format(kinds=known)
                if known
                else noted_text("Add kinds of agreement to the definition, or a pack that has some."),
            )
        return found

    def _said(self, mapped: MappedRow, kind: AgreementKind) -> dict[str, Any]:
        """What the row says of the agreement itself, by the names of `Content`; {} where it says nothing."""
        said: dict[str, Any] = {
            name: mapped.first(target) for name, target in _TEXTS.items() if target in self._targets
        }
        for name, target in _DATES.items():
            if target in self._targets:
                said[name] = self._day(mapped, target)
        if "agreement.status" in self._targets:
            said["status"] = _status(mapped.first("agreement.status"))
        said |= self._money(mapped) | self._under(mapped)
        if self._states_terms:
            said["terms"] = self._terms(mapped, kind)
        return said

    def _money(self, mapped: MappedRow) -> dict[str, Any]:
        said: dict[str, Any] = {}
        currencies = set()
        for name in ("amount", "balance"):
            if f"agreement.{name}" in self._targets:
                amount, currency = money_of(f"agreement.{name}", mapped, self._context)
                said[name] = amount
                if amount is not None:
                    currencies.add(currency or _UNNAMED)
        if len(currencies) > 1:
            raise Unusable(
                "agreement.currency",
                "Amount and balance of the row are in two currencies.",
                "An agreement has one currency: correct the row.",
            )
        if currencies:
            said["currency"] = currencies.pop()
        if "agreement.balance_on" in self._targets:
            said["balance_on"] = self._day(mapped, "agreement.balance_on")
        return said

    def _under(self, mapped: MappedRow) -> dict[str, Any]:
        """The agreement that this one belongs to, or the role whose holder it belongs to."""
        under, role = mapped.first("agreement.under"), mapped.first("agreement.under_role")
        if not {"agreement.under", "agreement.under_role"} & self._targets:
            return {}
        if not under and not role:
            return {"under_kind": "", "under_key": "", "under_role": ""}
        kind = self._kind(mapped, "agreement.under_kind").key
        return {"under_kind": kind, "under_key": under, "under_role": role}

    def _terms(self, mapped: MappedRow, kind: AgreementKind) -> dict[str, Json]:
        declared = {term.key: term for term in kind.terms}
        stated = {
            target.removeprefix(_TERM): mapped.first(target)
            for target in self._targets
            if target.startswith(_TERM)
        }
        unknown = sorted(name for name, text in stated.items() if text and name not in declared)
        if unknown:
            raise _unknown_term(unknown[0], kind)
        for term in kind.terms:
            if term.required and not stated.get(term.key):
                raise Unusable(
                    _TERM + term.key,
                    noted_text('The term "{term}" is required and is missing.').format(term=term.key),
                    "Fill it in, or say in the definition that it is not required.",
                )
        return {
            name: self._term(declared[name], text) if text else None
            for name, text in stated.items()
            if name in declared
        }

    def _term(self, declared: PropertyDefinition, text: str) -> Json:
        if declared.type not in KINDS:  # lists and objects are kept as they are written
            return text
        return standard_of(declared.type, text, self._context, f"{_TERM}{declared.key}")

    def _role(self, mapped: MappedRow, agreement: str) -> StatedRole | None:
        """Who holds it. Without a column for it, whom a row names is the owner."""
        if not mapped.key:
            return None
        called = mapped.first("holder.role")
        role = role_called(called) if called else Role.OWNER
        if role is None:
            raise Unusable(
                "holder.role",
                noted_text('No role is called "{role}".').format(role=called),
                noted_text("Say in the mapping which it means, under values; there are: {roles}.").format(
                    roles=", ".join(Role)
                ),
            )
        key = mapped.first("holder.key") or _JOINT.join((agreement, mapped.key, role))
        beginning, end = self._day(mapped, "holder.from"), self._day(mapped, "holder.to")
        return StatedRole(key, mapped.key, role.value, beginning, end)

    def _day(self, mapped: MappedRow, field: str) -> date | None:
        text = mapped.first(field)
        if not text:
            return None
        read = str(standard_of("date", text, self._context, field))
        try:
            return date.fromisoformat(read)
        except ValueError as problem:
            raise Unusable(
                field,
                "This is not a whole date.",
                "Write year, month and day, for example 2026-03-31.",
            ) from problem


def contradiction(refused: Contradiction) -> RejectedRow:
    """The refusal of a row that says something else than an earlier row of the same file."""
    row, about = refused
    return RejectedRow(
        line=row.line,
        scope="row",
        key=row.key,
        field=f"agreement.{about}",
        reason=noted_text("An earlier line of the file says otherwise of {kind} {key}: {about}.").format(
            kind=row.kind, key=row.key, about=about
        ),
        remedy=noted_text("Correct one of the two lines."),
    )


def _status(text: str) -> str:
    status = status_called(text) if text else None
    if text and status is None:
        raise Unusable(
            "agreement.status",
            noted_text('No state is called "{state}".').format(state=text),
            noted_text("Say in the mapping which it means, under values; there are: {states}.").format(
                states=", ".join(Status)
            ),
        )
    return status.value if status else ""


def _unknown_term(name: str, kind: AgreementKind) -> Unusable:
    return Unusable(
        _TERM + name,
        noted_text('The kind "{kind}" has no term "{term}".').format(kind=kind.key, term=name),
        noted_text("Use one of: {terms}; add it to the definition; or leave the column out.").format(
            terms=", ".join(term.key for term in kind.terms)
        ),
    )


def _by_name(definition: FileDefinition) -> dict[str, AgreementKind]:
    """The kinds by their keys and labels."""
    by_label = {fold(kind.label): kind for kind in definition.agreement_kinds}
    return by_label | {fold(kind.key.replace("_", " ")): kind for kind in definition.agreement_kinds}
