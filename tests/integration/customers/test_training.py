"""A model learnt from a file of invented people: written, applied, learnt anew; what is refused; what it never has."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customerfile.cli.commands import command_line
from customerfile.customers.judging.judging import judge_pair
from customerfile.customers.record_names import records_named
from customerfile.customers.resolution.match_models import applied_models, current_artefact, current_model
from customerfile.customers.resolution.verdicts import Verdict
from customerfile.customers.whole_file.training import train_model
from customerfile.matching.batch.errors import NotEnoughToTrain
from customerfile.matching.model import default_model, parse_model, shipped_artefact
from tests.factories.customer_files import MORNING, Row, deliver, person
from tests.factories.many_people import Canonical, many_people

pytestmark = pytest.mark.django_db


def _people() -> list[Canonical]:
    return [canonical for _, canonical in many_people(1100)]


@pytest.fixture
def file() -> list[Canonical]:
    people = _people()
    deliver("shop", [Row(f"{place}", each, {}) for place, each in enumerate(people)])
    return people


@pytest.mark.slow
def test_a_model_is_learnt_applied_and_not_learnt_from_itself(file: list[Canonical], tmp_path: Path) -> None:
    one, other = records_named(["shop/1", "shop/900"])
    judge_pair(one, other, verdict=Verdict.NOT_A_MATCH, by="ann", at=MORNING)
    first = train_model(folder=tmp_path, at=MORNING)
    assert train_model(folder=tmp_path, at=MORNING) == first
    model, raw = parse_model(first.artefact), json.loads(first.artefact)

    shipped = json.loads(shipped_artefact())
    for part in shipped.keys() - {"card", "comparisons", "name"}:
        assert raw[part] == shipped[part]
    assert model.name == "customerfile-default-1, trained"
    assert raw["card"]["trained_from"] == f"customerfile-default-1 {default_model().hash}"
    assert raw["card"]["trained"].startswith(
        "On 2026-05-04, with expectation maximisation by Splink, on 1,100"
    )
    assert (first.learnt.records, first.learnt.judged_others) == (1100, 1)
    assert {level.comparison for level in first.learnt.moved} <= set(model.positions)

    path = tmp_path / "model.json"
    done = CliRunner().invoke(command_line(), ["match", "train", str(path), "--apply", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["tried"]["dry_run"], told["learnt"]["records"]) == (False, 1100)
    assert current_artefact() == path.read_text()
    assert [each.origin for each in applied_models()] == ["trained"]

    again = train_model(folder=tmp_path, at=MORNING)
    assert again.learnt.trained_from == "customerfile-default-1"
    assert again.learnt.moved == ()


@pytest.mark.slow
def test_no_value_of_a_record_gets_into_the_model(file: list[Canonical], tmp_path: Path) -> None:
    learnt = train_model(folder=tmp_path, at=MORNING).artefact
    assert "example.org" not in learnt
    for each in file:
        assert each["phone"][0]["value"].removeprefix("+") not in learnt
        assert each["email"][0]["value"] not in learnt


@pytest.mark.slow
def test_what_moved_is_told_and_nothing_applied(file: list[Canonical], tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    done = CliRunner().invoke(command_line(), ["match", "train", str(path)])
    assert done.exit_code == 0, done.output
    assert "Learnt from 1,100 records" in done.stdout
    assert "weight before" in done.stdout
    assert "pairs of records to be joined" in done.stdout
    assert parse_model(path.read_text()).name == "customerfile-default-1, trained"
    assert (current_model(), applied_models()) == (default_model(), ())


def test_a_small_file_is_refused_with_what_to_do_instead(tmp_path: Path) -> None:
    with pytest.raises(NotEnoughToTrain, match="the file has 0 records"):
        train_model(folder=tmp_path, at=MORNING)
    deliver("shop", [person("1", "Maria", "Okonkwo", email="maria@example.org")])
    path = tmp_path / "model.json"
    done = CliRunner().invoke(command_line(), ["match", "train", str(path)])
    assert isinstance(done.exception, NotEnoughToTrain)
    assert "the file has 1 records; training needs 1,000" in str(done.exception)
    assert "the one that ships needs no training" in str(done.exception.remedy)
    assert not path.exists()
    done = CliRunner().invoke(command_line(), ["match", "train", str(tmp_path / "nowhere" / "model.json")])
    assert (done.exit_code, "There is no folder" in done.output) == (2, True)
