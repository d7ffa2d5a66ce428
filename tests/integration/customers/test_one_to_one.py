"""Two lists of the same people: what is left over and unrivalled is paired off, and can be taken back."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from customerfile.access.permissions import Permission
from customerfile.cli.commands import command_line
from customerfile.customers.errors import NotOneToOne
from customerfile.customers.judging.judging import judge_pair, withdraw_act
from customerfile.customers.judging.judging_rules import change_judging_rules
from customerfile.customers.judging.one_record import set_one_record_per_customer
from customerfile.customers.judging.one_to_one import pair_off
from customerfile.customers.models import Link, ScoredPair
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.sources.models import Record
from tests.factories.customer_files import MORNING, deliver, person

pytestmark = pytest.mark.django_db

HOME = {"street": "Quince Row", "house_number": "4", "city": "Leeds", "postcode": "LS1 4AB"}
TWIN = {"born": "1980-05-17", "address": [HOME]}


def at(minutes: int):
    return MORNING + timedelta(minutes=minutes)


def lists(old, new):
    deliver("old", old)
    deliver("new", new)
    for key in ("old", "new"):
        set_one_record_per_customer(key, is_so=True, by="owner", at=at(1))


def together():
    found = {}
    for customer, key in Link.objects.filter(valid_to=None).values_list("customer", "record__key"):
        found.setdefault(customer, set()).add(key)
    return sorted(sorted(keys) for keys in found.values() if len(keys) > 1)


def test_only_candidates_are_joined_and_taken_back():
    lists(
        [person("1", "Ada", "Quistgaard", **TWIN), person("2", "Ben", "Okonedo", born="1971-02-03")],
        [person("7", "Zora", "Quistgaard", **TWIN), person("8", "Ben", "Okonedo", born="1971-02-03")],
    )
    assert together() == [["2", "8"]]
    dry = pair_off("old", "new", by="owner", at=at(2), dry_run=True)
    assert (dry.pairs, dry.acts) == ((("old/1", "new/7"),), ())
    assert together() == [["2", "8"]]
    done = pair_off("old", "new", by="owner", at=at(3))
    assert (done.pairs, done.waits) == (dry.pairs, False)
    assert together() == [["1", "7"], ["2", "8"]]
    assert pair_off("old", "new", by="owner", at=at(4)).pairs == ()
    withdraw_act(done.acts[0], may=frozenset(Permission), by="owner", at=at(5))
    assert together() == [["2", "8"]]


def test_rivals_are_left_to_people():
    lists(
        [person("1", "Ada", "Quistgaard", **TWIN)],
        [person("7", "Zora", "Quistgaard", **TWIN), person("8", "Wanda", "Quistgaard", **TWIN)],
    )
    assert pair_off("old", "new", by="owner", at=at(2)).pairs == ()


def test_a_twin_whose_sibling_is_joined_already_is_no_rival():
    lists(
        [person("1", "Ada", "Quistgaard", **TWIN), person("2", "Wanda", "Quistgaard", **TWIN)],
        [person("7", "Zora", "Quistgaard", **TWIN), person("8", "Wanda", "Quistgaard", **TWIN)],
    )
    assert together() == [["2", "8"]]
    assert pair_off("old", "new", by="owner", at=at(2)).pairs == (("old/1", "new/7"),)


def test_what_a_person_said_stands():
    lists([person("1", "Ada", "Quistgaard", **TWIN)], [person("7", "Zora", "Quistgaard", **TWIN)])
    one, other = Record.objects.order_by("id").values_list("id", flat=True)
    judge_pair(one, other, verdict=Verdict.NOT_A_MATCH, by="owner", at=at(2))
    assert pair_off("old", "new", by="owner", at=at(3)).pairs == ()


def test_where_two_people_decide_it_waits():
    lists([person("1", "Ada", "Quistgaard", **TWIN)], [person("7", "Zora", "Quistgaard", **TWIN)])
    change_judging_rules(people_needed=2, by="owner", at=at(2))
    assert pair_off("old", "new", by="owner", at=at(3)).waits
    assert together() == []
    assert not pair_off("old", "new", by="colleague", at=at(4)).waits
    assert together() == [["1", "7"]]


@pytest.mark.parametrize(("one", "other"), [("old", "old"), ("old", "nowhere"), ("old", "new")])
def test_lists_that_cannot_be_paired_off(one: str, other: str):
    deliver("old", [person("1", "Ada", "Quistgaard")])
    deliver("new", [person("7", "Ada", "Quistgaard")])
    with pytest.raises(NotOneToOne):
        pair_off(one, other, by="owner", at=at(1))


def test_pairs_scored_by_an_earlier_model_are_scored_anew_first():
    lists([person("1", "Ada", "Quistgaard", **TWIN)], [person("7", "Zora", "Quistgaard", **TWIN)])
    ScoredPair.objects.update(model_hash="earlier")
    with pytest.raises(NotOneToOne, match="scored by an earlier match model"):
        pair_off("old", "new", by="owner", at=at(2))


def test_by_command():
    lists([person("1", "Ada", "Quistgaard", **TWIN)], [person("7", "Zora", "Quistgaard", **TWIN)])
    told = CliRunner().invoke(command_line("match"), ["match", "one-to-one", "old", "new"])
    assert "1 pair of records are one customer now.\n  old/1 and new/7\n" in told.output
    assert "To take it back: customerfile withdraw-judgement" in told.output
    assert together() == [["1", "7"]]
