"""The figures of a small file, each worked out by hand."""

from datetime import timedelta

import pytest
from django.db import connection

from customerfile.audit.models import AuditEntry
from customerfile.customers.models import Customer
from customerfile.quality.measuring import is_due, measure_quality
from customerfile.quality.models import QualityFigure, QualityRun
from customerfile.sources.operations import ensure_source
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.staging import RejectedRow
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db
AT = MORNING + timedelta(days=300)
LATELY = AT - timedelta(days=10)


def _figure(field: str, measure: str, source: str = "") -> tuple[float, int, int, list[str]]:
    run = QualityRun.objects.latest("pk")
    found = QualityFigure.objects.get(run=run, source=source, field=field, measure=measure)
    names = dict(Customer.objects.values_list("pk", "display_name"))
    return found.value, found.measured, found.affected, [names[each] for each in found.customers]


def _bring() -> None:
    refused = RejectedRow(2, "value", "No e-mail address.", key="B", field="email", text="b at example.org")
    deliver(
        "shop",
        [
            person("A", "Ada", "Arnold", email="ada@example.org", born="1970-01-02"),
            person("A2", "Ada", "Arnold", email="ada@example.org", born="1970-01-02"),
            person("B", "Bea", "Brand", phone="+442079460000"),
        ],
        rejected=[refused],
    )
    deliver("till", [person("C", "Cem", "Cole", phone="+442079460000")], at=LATELY)


def test_empty_file_is_measured():
    measure_quality(by="olive", at=AT)
    assert QualityFigure.objects.count() == 0


def test_completeness_names_who_lacks_it():
    _bring()
    measure_quality(by="olive", at=AT)
    value, measured, affected, names = _figure("email", "completeness")
    assert (round(value, 3), measured, affected, names) == (0.333, 3, 2, ["Bea Brand", "Cem Cole"])
    assert _figure("email", "completeness", "shop")[1:3] == (3, 1)


def test_refused_values_are_not_valid():
    _bring()
    measure_quality(by="olive", at=AT)
    value, measured, affected, names = _figure("email", "validity", "shop")
    assert (round(value, 3), measured, affected, names) == (0.667, 3, 1, ["Bea Brand"])
    assert _figure("email", "validity")[1:] == (3, 1, ["Bea Brand"])
    assert _figure("", "validity")[3] == ["Bea Brand"]


def test_refusal_of_a_version_that_was_replaced_counts_no_longer():
    _bring()
    deliver("shop", [person("B", "Bea", "Brand", email="bea@example.org")], at=LATELY)
    measure_quality(by="olive", at=AT)
    assert _figure("email", "validity", "shop")[:3] == (1.0, 3, 0)


def test_second_record_of_a_customer_in_one_source_is_a_duplicate():
    _bring()
    measure_quality(by="olive", at=AT)
    value, measured, affected, names = _figure("", "duplication", "shop")
    assert (round(value, 3), measured, affected, names) == (0.333, 3, 1, ["Ada Arnold"])
    assert _figure("", "duplication", "till")[:3] == (0.0, 1, 0)


def test_value_of_two_customers_is_shared():
    _bring()
    measure_quality(by="olive", at=AT)
    assert _figure("phone", "duplication") == (1.0, 2, 2, ["Bea Brand", "Cem Cole"])
    assert _figure("email", "duplication") == (0.0, 1, 0, [])


def test_age_is_since_somebody_said_it():
    _bring()
    measure_quality(by="olive", at=AT)
    assert _figure("email", "age")[0] == 300
    assert _figure("phone", "age", "till")[0] == 10
    assert _figure("phone", "age")[2:] == (1, ["Bea Brand"])


def test_whom_nobody_confirmed_is_a_work_list_the_longest_ago_first():
    _bring()
    deliver("shop", [person("B", "Bea", "Brand")], at=MORNING + timedelta(days=1))
    measure_quality(by="olive", at=AT)
    value, measured, affected, names = _figure("", "unconfirmed")
    assert (round(value, 3), measured, affected, names) == (0.667, 3, 2, ["Ada Arnold", "Bea Brand"])


def test_list_that_customers_are_held_against_is_no_source_of_theirs():
    ensure_source("sanctions", country="", by="tests", at=MORNING, kind=SourceKind.WATCH_LIST)
    deliver("sanctions", [person("L", "Lou", "Lister")])
    measure_quality(by="olive", at=AT)
    assert not QualityFigure.objects.filter(source="sanctions").exists()


def test_large_file_is_sampled_and_small_sources_are_read_whole():
    from customerfile.quality import sampling

    people = [person(f"K{number}", f"Given{number}", f"Family{number}") for number in range(60)]
    deliver("shop", people)
    deliver("till", [person("C", "Cem", "Cole")], at=LATELY)
    small = sampling.SMALL_SOURCE
    assert small > 60
    measure_quality(by="olive", at=AT, most=20)
    run = QualityRun.objects.get()
    assert (run.customers, run.records, run.records_measured) == (61, 61, 61)
    assert 0 < run.customers_measured < 61
    figure = QualityFigure.objects.get(source="", field="given_name", measure="completeness")
    assert (figure.value, figure.population) == (1.0, 61)


def test_sample_is_as_large_where_most_internal_numbers_are_of_nobody():
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('customer_id_seq', nextval('customer_id_seq') + 10000)")
        cursor.execute("SELECT setval('record_id_seq', nextval('record_id_seq') + 10000)")
    deliver("shop", [person(f"K{number}", f"Given{number}", f"Family{number}") for number in range(60)])
    measure_quality(by="olive", at=AT, most=20)
    assert QualityRun.objects.get().customers_measured == 20


def test_earlier_runs_keep_their_numbers_and_forget_whom_they_were_of():
    _bring()
    first, second = (measure_quality(by="olive", at=AT + timedelta(days=day)) for day in (0, 1))
    assert QualityFigure.objects.filter(run=first).exclude(customers=[]).count() == 0
    assert QualityFigure.objects.filter(run=first).count() == QualityFigure.objects.filter(run=second).count()
    assert QualityFigure.objects.filter(run=second).exclude(customers=[]).exists()


def test_measuring_is_written_down_and_due_once_a_day():
    assert is_due(AT)
    run = measure_quality(by="olive", at=AT)
    entry = AuditEntry.objects.get(code="quality.file.measured")
    assert (entry.by, entry.subject) == ("olive", f"quality_run:{run}")
    assert not is_due(AT + timedelta(hours=23))
    assert is_due(AT + timedelta(hours=25))


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [("measure", "'beauty'", "quality_measure_known"), ("affected", "9", "quality_affected_of_measured")],
)
def test_database_refuses_what_is_no_figure(column: str, value: str, constraint: str):
    _bring()
    measure_quality(by="olive", at=AT)
    with pytest.raises(Exception, match=constraint), connection.cursor() as cursor:
        cursor.execute(f"UPDATE quality_figure SET {column} = {value} WHERE measured = 3")
