"""The links of a few people against truth files: what is measured, what is left out, what is refused."""

import gzip
import json

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from customerfile.audit.models import ReadEntry
from customerfile.base.charts import ChartNotWritten
from customerfile.base.errors import CustomerfileError
from customerfile.cli.commands import command_line
from customerfile.customers.models import Customer
from customerfile.customers.whole_file.evaluation import ComparedRecord, TruthKey, evaluate
from customerfile.customers.whole_file.truth import BadTruth, RefusedRow
from customerfile.matching.evaluation import Quality
from customerfile.matching.model import default_model
from tests.factories.customer_files import deliver, person

ANNA = {"email": "anna@example.org", "phone": "+442079460018", "born": "1980-05-17"}
RIGHT = "source,key,entity\ncrm,A-1,anna\nshop,77,anna\ncrm,A-2,ben\n"
MIXED = "source,key,entity\ncrm,A-1,anna\nshop,77,anne\ncrm,A-2,ben\n"
SPREAD = "source,key,entity\ncrm,A-1,anna\nshop,77,anna\ncrm,A-2,anna\n"


@pytest.fixture
def people(db):
    deliver("crm", [person("A-1", "Anna", "Meier", **ANNA), person("A-2", "Ben", "Okafor")])
    deliver("shop", [person("77", "Anna", "Meier", **ANNA), person("78", "Carla", "Diaz")])
    return Customer.objects.get(display_name="Anna Meier")


@pytest.fixture
def compare(people, tmp_path):
    def compare(text: str, name: str = "truth.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return evaluate(tmp_path / name, model=default_model())

    return compare


def test_right_links_are_perfect_and_records_without_a_truth_are_left_out(compare):
    found = compare(RIGHT)

    measures = found.measures
    assert (measures.records, measures.customers, measures.entities, found.unnamed_count) == (3, 2, 2, 1)
    assert measures.pairwise == measures.cluster == measures.b_cubed == Quality(1.0, 1.0, 1.0)
    assert (found.mixed, found.spread, found.unknown, found.refused) == ((), (), (), ())


def test_a_customer_of_two_entities_is_named_with_its_records(compare, people):
    found = compare(MIXED)

    assert (found.measures.pairs_wrong, found.measures.one_wrong_in) == (1, 1.0)
    (worst,) = found.mixed
    assert (worst.id, worst.number, worst.entity_count) == (people.id, people.number, 2)
    assert worst.records == (
        ComparedRecord("crm", "A-1", people.number, "anna"),
        ComparedRecord("shop", "77", people.number, "anne"),
    )


def test_an_entity_under_two_customers_is_named_with_its_records(compare):
    found = compare(SPREAD)

    assert found.measures.pairwise == Quality(1.0, 1 / 3, 0.5)
    (worst,) = found.spread
    assert (worst.entity, worst.customer_count) == ("anna", 2)
    assert [(each.source, each.key) for each in worst.records] == [
        ("crm", "A-1"),
        ("crm", "A-2"),
        ("shop", "77"),
    ]


def test_the_curve_counts_scored_pairs_against_all_true_pairs(compare):
    found = compare(SPREAD)

    (point,) = found.curve
    assert (point.pairs, point.right, point.precision, point.recall) == (1, 1, 1.0, 1 / 3)
    assert point.weight >= default_model().thresholds.link
    assert found.thresholds["link"].pairs == found.thresholds["review"].pairs == 1


def test_records_that_the_file_does_not_know_are_told(compare):
    found = compare(RIGHT + "crm,A-9,ben\ncrm,A-8,dora\n")

    assert found.unknown == (TruthKey("crm", "A-9"), TruthKey("crm", "A-8"))
    assert found.measures.records == 3


def test_rows_that_cannot_be_used_are_told_and_the_others_compared(compare):
    found = compare(RIGHT + "crm,,ben\n")

    assert found.refused == (RefusedRow(5, "It does not name all of source, key and entity."),)
    assert found.measures.records == 3


def test_the_same_row_twice_counts_once_and_columns_may_stand_anywhere(compare):
    found = compare("entity;note;KEY;source\nanna;x;A-1;crm\nanna;;77;shop\nanna;;A-1;crm\n")

    assert (found.measures.records, found.measures.pairs_true) == (2, 1)


def test_an_evaluation_leaves_nothing_behind(compare):
    assert compare(RIGHT).measures == compare(RIGHT).measures


def test_truth_files_may_be_compressed(people, tmp_path):
    zipped, packed = tmp_path / "truth.csv.gz", tmp_path / "truth.csv.zst"
    zipped.write_bytes(gzip.compress(RIGHT.encode()))
    packed.write_bytes(pa.compress(RIGHT.encode(), codec="zstd", asbytes=True))

    assert [evaluate(each, model=default_model()).measures.records for each in (zipped, packed)] == [3, 3]


@pytest.mark.parametrize(
    ("text", "reason", "remedy"),
    [
        ("a,key,b\n1,2,3\n", "no column source and no column entity; it has a, key, b", "source,key,entity"),
        ("source,key,entity\n", "names no record", "Give each row"),
        ("source,key,entity\ncrm,,x\n", "Line 2: It does not name all", "Give each row"),
        (RIGHT + "crm,A-1,ben\n", "two entities: crm/A-1 (lines 2 and 5)", "Keep one row"),
        (RIGHT + "erp,1,x\n", "does not have: erp. It has crm, shop.", "import that source first"),
        (
            "source,key,entity\ncrm,9,x\n",
            "None of the truth's records is in the file, for example crm/9",
            "keys",
        ),
    ],
)
def test_a_truth_file_that_nothing_can_be_compared_with_is_refused(compare, text, reason, remedy):
    with pytest.raises(BadTruth) as refused:
        compare(text)

    assert reason in refused.value.reason
    assert remedy in refused.value.remedy


def test_an_empty_file_is_refused(compare):
    with pytest.raises(CustomerfileError, match="The file is empty"):
        compare("")


def run(*words):
    return CliRunner().invoke(command_line("match"), ["match", "evaluate", *map(str, words)])


def test_the_command_tells_measures_thresholds_and_the_worst(compare, people, tmp_path):
    compare(MIXED + "crm,A-9,eve\n")

    told = run(tmp_path / "truth.csv")

    assert told.exit_code == 0
    assert "3 records compared: 2 customers, 3 entities" in told.stdout
    assert "1 of the truth: crm/A-9" in told.stdout
    assert "Of 1 pairs that were joined 1 are wrong: 1 in 1." in told.stdout
    assert "anna: crm/A-1; anne: shop/77" in told.stdout
    assert ReadEntry.objects.get().customer_ids == [people.id]


def test_the_command_answers_in_json(compare, tmp_path):
    compare(SPREAD)

    told = json.loads(run(tmp_path / "truth.csv", "--json").stdout)

    assert told["measures"]["pairwise"] == {"precision": 1.0, "recall": 1 / 3, "f1": 0.5}
    assert (told["spread"][0]["entity"], told["curve"][0]["pairs"], list(told["thresholds"])) == (
        "anna", 1, ["review", "link"],
    )  # fmt: skip


@pytest.mark.parametrize(("name", "begins"), [("curve.svg", b"<svg"), ("curve.png", b"\x89PNG")])
def test_the_command_draws_the_curve(compare, tmp_path, name, begins):
    compare(SPREAD)

    told = run(tmp_path / "truth.csv", "--chart", tmp_path / name)

    assert told.exit_code == 0
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("curve.pdf", "A chart cannot be written to curve.pdf."), ("none/curve.svg", "There is no folder ")],
)
def test_a_chart_that_cannot_be_written_is_refused_before_anything_is_compared(
    compare, tmp_path, name, reason
):
    compare(RIGHT)

    told = run(tmp_path / "truth.csv", "--chart", tmp_path / name)

    assert isinstance(told.exception, ChartNotWritten)
    assert told.exception.reason.startswith(reason)
    assert told.stdout == ""
