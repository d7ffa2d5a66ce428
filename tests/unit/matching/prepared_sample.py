"""Invented records that stand for what preparation does: names of many kinds, contact points, dates, numbers, firms."""

from typing import Any

from matching_people import home, identity, organisation, person

SAMPLE: tuple[dict[str, Any], ...] = (
    person(given_name="Anna Maria", family_name="Meyer-Lang", middle_name="Rose", birth_date="1980-05-17"),
    person(given_name="Dr. William J.", family_name="O'Brien Jr.", name_suffix="III", gender="male"),
    person(given_name="Bill", family_name="de la Cruz", gender="female", birth_date="1980-05"),
    person(given_name="M. Jose", family_name="García y López", birth_date="1900-01-01"),
    person(given_name="J.", family_name="van der Berg", birth_date="--05-17"),
    person(given_name="Шамиль", family_name="Ахмедов", middle_name="Петрович"),
    person(given_name="Σοφία", family_name="Παπαδοπούλου"),
    person(given_name="秀英", family_name="王"),
    person(given_name="محمد", family_name="الحسن"),
    person(given_name="Łukasz", family_name="Wiśniewski", address=home(street="ul. Długa", city="Łódź")),
    person(given_name="Jürgen", family_name="Groß", address=home(street="Hauptstraße", house_number="12 a")),
    person(given_name="Guðrún", family_name="Jónsdóttir", address=home(unit="Flat 3", postcode="101")),
    person(given_name="Nguyễn", family_name="Thị Minh Khai", phone="+84 90 123 45 67"),
    person(given_name="Ann", family_name="Lee", email="Ann.Lee@Example.org", phone="+44 20 7946 0018;ext=5"),
    person(given_name="Ann", family_name="Lee", email="info@example.org", phone="7946018"),
    person(given_name="Ann", email="ann@gmail.com", national_id=identity("219-09-9999")),
    person(family_name="Shaw", national_id=identity("A123", "au.other"), iban=identity("GB82 WEST", "iban")),
    person(passport=[{"scheme": "gb.passport", "digest": 77, "near": [5, 6]}], account_number="00-12 34"),
    person(given_name="Ann", address=home(house_number="", street="Rose Cottage", postcode="LS1 4AB")),
    person(given_name="Ann", address=home(street="12 Mill Ln", house_number="", city="", postcode="")),
    organisation("Müller & Söhne GmbH", email="sales@mueller.example.org", address=home()),
    organisation("International Business Machines Corp.", trading_name="IBM", address=home(postcode="")),
    organisation(
        "The Green Café Ltd", vat_number=identity("GB 123 4567 89", "gb.vat"), phone="+442079460018"
    ),
    organisation("ООО «Ромашка»", registration_number=identity("1027700132195", "ru.ogrn")),
    {"kind": "person"},
)
