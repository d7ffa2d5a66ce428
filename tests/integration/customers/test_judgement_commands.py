"""The commands by which people judge, merge, split and take back, and what they say where it cannot be done."""

import json

import pytest
from typer.testing import CliRunner

from customerfile.audit.models import ReadEntry
from customerfile.cli.commands import command_line
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.models import Customer, Link
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(command_line(), list(words))


@pytest.fixture
def people():
    born = {"born": "1980-05-17", "email": "anna@example.org"}
    deliver(
        "crm",
        [person("A", "Anna", "Meier", **born), person("B", "Ben", "Okafor"), person("C", "Cleo", "Ross")],
    )
    deliver("shop", [person("A/2", "Anna", "Meier", **born)])


def number(key):
    return Customer.objects.get(pk=Link.objects.get(record__key=key, valid_to=None).customer_id).number


def test_merge_and_take_it_back(people, run):
    anna, ben = number("A"), number("B")

    told = run("merge", ben, anna.lstrip("0"), "--note", "asked on the phone")
    assert (told.exit_code, f"one customer now: {anna}." in told.stdout) == (0, True)
    (act,) = json.loads(run("judgements", anna, "--json").stdout)
    assert (act["kind"], act["note"]) == ("merge", "asked on the phone")
    (word,) = act["words"]
    assert (word["left"], word["right"], word["verdict"]) == ("crm/A", "crm/B", "match")
    assert (word["stands"], word["counts"]) == (True, True)

    assert ben in run("withdraw-judgement", str(act["id"])).stdout
    assert "Nobody has judged" in run("judgements").stdout
    assert "withdrawn by" in run("judgements", "--all").stdout


def test_split_names_both_numbers(people, run):
    anna = number("A")
    done = json.loads(run("split", anna, "--record", "shop/A/2", "--json").stdout)

    assert done["customers"] == [anna, number("A/2")]
    assert "shop/A/2: not a match" in run("judgements", number("A/2")).stdout


def test_judge_says_where_the_records_stand(people, run):
    told = run("judge", "crm/B", "crm/C", "match")

    assert f"stand under customer {number('B')}." in told.stdout
    assert "stand under the customers" in run("judge", "crm/B", "crm/C", "not-a-match").stdout


def test_a_match_that_other_judgements_stand_against_says_so(people, run):
    run("judge", "crm/A", "crm/B", "match")
    run("judge", "crm/A", "crm/C", "not-a-match")

    told = " ".join(run("judge", "crm/B", "crm/C", "match").stdout.split())
    assert "Other judgements keep them apart; merge these customers to overrule them." in told
    run("merge", number("B"), number("C"))
    assert number("A") == number("B") == number("C")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("judge", "crm/B", "crm/X", "match"), "There is no record crm/X."),
        (("judge", "crm/B", "B", "match"), "There is no record B."),
        (("merge", "18", "18"), "lead to one customer already"),
        (("merge", "19", "18"), "not a customer number"),
        (("split", "18", "--record", "crm/B"), "is not one of customer 00000018"),
        (("withdraw-judgement", "77"), "There is no judgement 77."),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_remedy(people, run, words, told):
    refused = run(*(number("A") if word == "18" else word for word in words)).exception

    assert told.replace("00000018", number("A")) in refused.reason
    assert refused.remedy


def test_a_verdict_that_is_none_is_a_wrong_use(people, run):
    assert run("judge", "crm/A", "crm/B", "maybe").exit_code == 2


def test_the_review_queue_tells_why_and_how_to_answer(people, run):
    assert "Nothing waits" in run("review").stdout
    deliver("web", [person("W", "Anna", "Meier", email="anna@example.org", born="1951-02-03")])

    told = run("review").stdout
    (first, *_) = json.loads(run("review", "--json", "--claim").stdout)
    assert (
        f"customerfile judge {first['left']['name']} {first['right']['name']} match|not-a-match|unsure"
        in told
    )
    assert first["reasons"]
    assert first["veto"] in told
    assert first["claimed_by"]
    assert set(ReadEntry.objects.first().customer_ids) >= {
        first["left"]["customer_id"],
        first["right"]["customer_id"],
    }


def test_how_people_judge_is_shown_and_changed(people, run):
    assert "One person decides." in run("judging").stdout
    assert "Two people" in run("judging", "--people-needed", "2", "--size-alarm", "20").stdout
    assert json.loads(run("judging", "--json").stdout) == {"people_needed": 2, "most_records": 20}


def test_agreement_is_told(people, run):
    assert "No pair has been judged by two" in run("agreement").stdout
    one, two = Record.objects.order_by("id")[:2]
    for by in ("ann", "ben"):
        judge_pair(one.pk, two.pk, verdict=Verdict.NOT_A_MATCH, by=by, at=MORNING)

    assert "100%" in run("agreement").stdout
    assert json.loads(run("agreement", "--json").stdout)["overall"]["pair_count"] == 1
