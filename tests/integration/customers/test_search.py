"""Whatever somebody says of a customer finds them: each way of asking, on a handful of people."""

import pytest
from django.db import connection

from customerfile.access.sight import WHOLE
from customerfile.base.database import statement
from customerfile.customers.errors import SearchTooSlow
from customerfile.customers.models import Customer, Identifier
from customerfile.customers.number import customer_number
from customerfile.customers.search import search
from customerfile.customers.search.findable import identifier_digest
from customerfile.customers.search.search import find
from customerfile.embedded import home
from customerfile.vault.keystore import key_store
from customerfile.vault.sealing import Blinder
from tests.factories.customer_files import deliver, person

ANNA = person(
    "A-1",
    "Anna",
    "Meier",
    email="anna.meier@example.org",
    phone="+491711234321",
    born="1980-05-17",
    address=[{"line": "Hauptstraße 3", "city": "München", "postcode": "80331", "country": "DE"}],
)
ROBERT = person(
    "A-2",
    "Robert",
    "O'Brien",
    email="bob@example.org",
    phone="+442079460018",
    address=[{"line": "1 High Street", "city": "London", "postcode": "SW1A 1AA", "country": "GB"}],
)
JOSE = person("A-3", "José", "García López", phone="+34912345678")
ANNE = person("A-4", "Anne", "Mayer", email="anne@example.org")


@pytest.fixture
def people(db):
    rows = [ANNA, ROBERT, JOSE, ANNE]
    deliver("crm", rows)


def names(query):
    return [found.customer.display_name for found in find(query, sight=WHOLE)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("anna meier", "Anna Meier"),
        ("meier anna", "Anna Meier"),
        ("ANNA MEIER", "Anna Meier"),
        ("ana meier", "Anna Meier"),
        ("anna miere", "Anna Meier"),
        ("robrt obrien", "Robert O'Brien"),
        ("o'brien", "Robert O'Brien"),
        ("o brien", "Robert O'Brien"),
        ("bob o'brien", "Robert O'Brien"),
        ("jose garcia", "José García López"),
        ("GARCÍA", "José García López"),
        ("pepe lopez", "José García López"),
        ("anna mei", "Anna Meier"),
        ("meier münchen", "Anna Meier"),
        ("meier 80331", "Anna Meier"),
        ("muenchen meier", "Anna Meier"),
        ("SW1A 1AA obrien", "Robert O'Brien"),
        ("sw1a1aa", "Robert O'Brien"),
        ("4321", "Anna Meier"),
        ("meier 4321", "Anna Meier"),
        ("0171 1234321", "Anna Meier"),
        ("+49 (0)171 123 43 21", "Anna Meier"),
        ("0049 171 1234321", "Anna Meier"),
        ("020 7946 0018", "Robert O'Brien"),
        ("anna.meier@example.org", "Anna Meier"),
        ("ANNA.MEIER@EXAMPLE.ORG", "Anna Meier"),
        ("anna.mei", "Anna Meier"),
        ("bob@ex", "Robert O'Brien"),
        ("A-3", "José García López"),
    ],
)
def test_a_customer_is_found_by(people, query, first):
    assert names(query)[:1] == [first]


@pytest.mark.parametrize("query", ["", "   ", "zzzz", "%", "';--", "\x00", "@", "+", "()", "-", "12"])
def test_what_means_nothing_finds_nobody(people, query):
    assert names(query) == []


def test_a_very_long_query_is_cut_off(people):
    assert names("anna meier " * 500)[:1] == ["Anna Meier"]


def test_a_customer_is_found_by_number_with_or_without_leading_zeros(people):
    customer = Customer.objects.get(display_name="José García López")

    for typed in (
        customer.number,
        customer.number.lstrip("0"),
        customer.number.lower(),
        f" {customer.number} ",
    ):
        assert names(typed)[:1] == ["José García López"]


def test_a_merged_number_leads_to_the_customer_that_took_it_over(people):
    survivor = Customer.objects.get(display_name="Anna Meier")
    gone = Customer.objects.get(display_name="Anne Mayer")
    again = Customer.objects.get(display_name="Robert O'Brien")
    Customer.objects.filter(id=gone.id).update(state="merged", merged_into=survivor)
    Customer.objects.filter(id=again.id).update(state="merged", merged_into=gone)

    assert [found.customer.id for found in find(again.number, sight=WHOLE)][:1] == [survivor.id]


def test_an_open_and_a_sealed_identifier_are_found_however_they_are_spaced(people):
    customer = Customer.objects.get(display_name="Robert O'Brien")
    blinder = Blinder(key_store(home().keys).index_key)
    Identifier.objects.create(
        customer=customer,
        digest=identifier_digest("DE136695976"),
        field="vat_number",
        scheme="de.vat",
        shown="DE136695976",
    )
    Identifier.objects.create(
        customer=customer,
        digest=blinder.digest("GB82WEST12345698765432"),
        field="iban",
        scheme="iban",
        shown="•••• 5432",
    )

    assert [found.matched for found in find("de 136 695 976", sight=WHOLE)][:1] == [
        ("vat number DE136695976",)
    ]
    assert [found.matched for found in find("GB82 WEST 1234 5698 7654 32", sight=WHOLE)][:1] == [
        ("iban •••• 5432",)
    ]


def test_every_answer_says_what_matched(people):
    assert find("ana meier", sight=WHOLE)[0].matched == ('given name "ana" ~ "Anna"', 'family name "Meier"')
    assert find("meier 4321", sight=WHOLE)[0].matched == ('family name "Meier"', "phone ends 4321")
    assert find("bob sw1a", sight=WHOLE)[0].matched == ('given name "bob" ~ "Robert"', 'postcode "SW1A 1AA"')


def test_more_words_come_first_then_exact_then_slips(people):
    assert names("anna meier") == ["Anna Meier", "Anne Mayer"]
    assert names("anne mayer") == ["Anne Mayer", "Anna Meier"]


def test_equals_are_ordered_by_their_number(db):
    deliver(
        "crm",
        [
            person(f"K{n}", "Ida", "Berg", born=f"19{n}-01-01", email=f"ida{n}@example.org")
            for n in range(50, 65)
        ],
    )

    found = [each.customer.id for each in find("ida berg", sight=WHOLE)]

    assert len(found) == 10
    assert found == sorted(found)
    assert [each.customer.id for each in find("ida berg", limit=3, sight=WHOLE)] == found[:3]


def test_a_search_takes_at_most_four_statements_and_a_setting(people, django_assert_max_num_queries):
    for query in ("anna meier", "ana meire münchen", "4321", "anna.meier@example.org", "GB82 WEST 1234"):
        with django_assert_max_num_queries(5):
            find(query, sight=WHOLE)


@pytest.mark.parametrize("name", ["find_keys", "find_words", "find_postings", "find_summaries"])
def test_one_plan_of_a_statement_serves_all_searches(people, name):
    for _ in range(8):
        find("ana meier 4321", sight=WHOLE)

    purpose = statement("customerfile.customers.search", name).partition("\n")[0]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans > 0, custom_plans FROM pg_prepared_statements"
            " WHERE starts_with(statement, %s)",
            (purpose,),
        )
        assert cursor.fetchall() == [(True, 0)]


def test_a_search_that_the_database_stops_is_told_as_too_slow(people, monkeypatch):
    monkeypatch.setattr(search, "statement", lambda package, name: "SELECT pg_sleep(60)")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 10")

    with pytest.raises(SearchTooSlow):
        find("anna meier", sight=WHOLE)


def test_no_search_reads_a_whole_table_of_people(people):
    plans = []

    def explain(execute, sql, params, many, context):
        if sql.startswith("SET "):
            return execute(sql, params, many, context)
        with connection.connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            plans.extend(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        for query in ("ana meire münchen", "meier 4321", "anna.meier@example.org", customer_number(1)):
            find(query, sight=WHOLE)

    read_whole = [line for line in plans if "Seq Scan" in line and " on source" not in line]
    assert read_whole == []
