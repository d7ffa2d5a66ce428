"""The public sets with known truth as canonical records, through the standardisers an import uses."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from customerfile.values.addresses import standardise_address
from customerfile.values.codes import standardise_gender
from customerfile.values.dates import standardise_birth_date
from customerfile.values.emails import standardise_email
from customerfile.values.identifiers import checked_kind, document_kind
from customerfile.values.names import standardise_name
from customerfile.values.organisations import standardise_organisation_name
from customerfile.values.outcome import Accepted, Context, Outcome
from customerfile.values.person_names import standardise_person_name
from customerfile.values.phones import standardise_phone
from customerfile.values.regions import region_code

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "er"
AUSTRALIA, UNITED_STATES = Context("AU", "dmy"), Context("US", "mdy")
FEBRL_ADDRESS = {
    "street": "address_1", "house_number": "street_number", "street_2": "address_2", "city": "suburb",
    "region": "state", "postcode": "postcode",
}  # fmt: skip
SENZING_ADDRESS = {
    "full": "ADDR_FULL", "line": "ADDR_LINE1", "city": "ADDR_CITY", "region": "ADDR_STATE",
    "postcode": "ADDR_POSTAL_CODE", "country": "ADDR_COUNTRY",
}  # fmt: skip

type Canonical = dict[str, Any]
type Row = Mapping[str, str]
type Standardiser = Callable[[Any, Context], Outcome]

national_id, passport, licence = (
    checked_kind("national_id"),
    document_kind("passport"),
    document_kind("driving_licence"),
)


def febrl(number: str) -> tuple[list[Canonical], list[str]]:
    """A FEBRL set: canonical records and the true person of each."""
    rows = list(_rows(DATA / "febrl" / f"dataset{number}.csv"))
    return [_febrl_record(row) for row in rows], [row["rec_id"].split("-")[1] for row in rows]


def senzing() -> tuple[list[Canonical], list[str]]:
    """The Senzing demonstration customers and the true cluster of each."""
    folder = DATA / "senzing" / "demo"
    key = {
        (row["DATA_SOURCE"], row["RECORD_ID"]): row["CLUSTER_ID"]
        for row in _rows(folder / "actual_truthset_key.csv")
    }
    rows = list(_rows(folder / "customers.csv"))
    return [_senzing_record(row) for row in rows], [key["CUSTOMERS", row["RECORD_ID"]] for row in rows]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {name.strip(): (value or "").strip() for name, value in row.items() if name}


def _febrl_record(row: Row) -> Canonical:
    context = AUSTRALIA
    born = row["date_of_birth"]
    record = {
        "kind": "person",
        "given_name": _one(standardise_name, row["given_name"], context),
        "family_name": _one(standardise_name, row["surname"], context),
        "birth_date": _one(
            standardise_birth_date, f"{born[:4]}-{born[4:6]}-{born[6:]}" if born else "", context
        ),
        "address": _many(standardise_address, _parts(row, FEBRL_ADDRESS), context),
        "national_id": _many(national_id, row["soc_sec_id"], context),
    }
    return {field: value for field, value in record.items() if value}


def _senzing_record(row: Row) -> Canonical:
    context = UNITED_STATES
    record: Canonical = {
        "birth_date": _one(standardise_birth_date, row["DATE_OF_BIRTH"], context),
        "gender": _one(standardise_gender, row["GENDER"], context),
        "email": _many(standardise_email, row["EMAIL_ADDRESS"], context),
        "phone": _many(standardise_phone, row["PHONE_NUMBER"], context),
        "address": _many(standardise_address, _parts(row, SENZING_ADDRESS), context),
        "national_id": _many(national_id, row["SSN_NUMBER"], context)
        + _many(national_id, _with(row["NATIONAL_ID_NUMBER"], country=row["NATIONAL_ID_COUNTRY"]), context),
        "passport": _many(passport, _with(row["PASSPORT_NUMBER"], country=row["PASSPORT_COUNTRY"]), context),
        "driving_licence": _many(
            licence,
            _with(row["DRIVERS_LICENSE_NUMBER"], region=region_code(row["DRIVERS_LICENSE_STATE"], "US")),
            context,
        ),
        **_senzing_names(row, context),
    }
    return {field: value for field, value in record.items() if value}


def _senzing_names(row: Row, context: Context) -> Canonical:
    organisation = row["PRIMARY_NAME_ORG"]
    if organisation:
        found = _one(standardise_organisation_name, organisation, context)
        return {
            "kind": "organisation",
            **(found if isinstance(found, dict) else {"organisation_name": found}),
        }
    full = row["PRIMARY_NAME_FULL"] or row["NATIVE_NAME_FULL"]
    if full:
        return {"kind": "person", **(_one(standardise_person_name, full, context) or {})}
    names = {
        "given_name": "PRIMARY_NAME_FIRST",
        "middle_name": "PRIMARY_NAME_MIDDLE",
        "family_name": "PRIMARY_NAME_LAST",
    }
    return {"kind": "person"} | {
        field: _one(standardise_name, row[column], context) for field, column in names.items()
    }


def _parts(row: Row, columns: Mapping[str, str]) -> dict[str, str]:
    return {part: row[column] for part, column in columns.items() if row[column]}


def _with(value: str, **more: str) -> dict[str, str]:
    return {"value": value, **{name: text for name, text in more.items() if text}} if value else {}


def _one(standardiser: Standardiser, raw: Any, context: Context) -> Any:
    """The standard value, or None where there is none or it is refused."""
    outcome = standardiser(raw, context) if raw else None
    return outcome.value if isinstance(outcome, Accepted) else None


def _many(standardiser: Standardiser, raw: Any, context: Context) -> list[Any]:
    value = _one(standardiser, raw, context)
    if not value:
        return []
    return [value if isinstance(value, dict) else {"value": value}]
