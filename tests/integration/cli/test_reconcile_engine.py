"""What `customerfile match reconcile` asks of its engine options, and says where Spark cannot be had."""

import pytest
from typer.testing import CliRunner

from customerfile.cli.commands import command_line
from customerfile.matching.batch import engines
from customerfile.matching.batch.errors import NoSpark
from tests.factories.customer_files import deliver, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def reconcile():
    return lambda *words: CliRunner().invoke(command_line(), ["match", "reconcile", *words])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--spark-master", "local[2]"), "go with --engine spark"),
        (("--engine", "spark", "--shared-folder", "/nowhere"), "does not exist"),
        (("--engine", "hadoop"), "'duckdb', 'spark'"),
    ],
)
def test_options_that_do_not_fit(reconcile, words, told):
    found = reconcile(*words)
    assert found.exit_code == 2
    assert told in " ".join(found.output.replace("│", " ").split())


def test_without_the_extra_nothing_is_begun(reconcile, monkeypatch, test_home):
    deliver("shop", [person("1", "Maria", "Okonkwo")])
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    found = reconcile("--engine", "spark")
    assert isinstance(found.exception, NoSpark)
    assert found.exception.remedy.startswith(
        "Install it beside Customerfile: pip install 'customerfile[spark]'."
    )
