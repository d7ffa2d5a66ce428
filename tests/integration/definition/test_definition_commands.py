"""`customerfile definition` at the terminal: what it prints, what it changes, how it exits."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from customerfile.cli.commands import command_line
from customerfile.definition import usage
from customerfile.definition.loading import parse_definition
from customerfile.definition.queries import current_definition

pytestmark = pytest.mark.django_db

SHOES = "packs: [retail]\nfields:\n  shoe_size: {label: Shoe size, type: number, purposes: [service]}\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command_line("definition"), ["definition", *map(str, arguments)])


@pytest.fixture
def shoes(tmp_path: Path) -> Path:
    file = tmp_path / "shoes.yaml"
    file.write_text(SHOES)
    return file


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    file = tmp_path / "plain.yaml"
    file.write_text("packs: [retail]\n")
    return file


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    file = tmp_path / "wrong.yaml"
    file.write_text(SHOES.replace("number", "numbr"))
    return file


def test_show_prints_tables() -> None:
    result = run("show")

    assert result.exit_code == 0
    assert "Packs: base, retail (nothing applied yet)" in result.output
    assert "family_name" in result.output


def test_show_json_is_the_whole_definition() -> None:
    shown = json.loads(run("show", "--json").output)

    assert shown["version"] == 0
    assert [field["key"] for field in shown["fields"]] == [f.key for f in current_definition().fields]


def test_show_yaml_can_be_applied_again(shoes: Path) -> None:
    run("apply", shoes)
    written = run("show", "--yaml").output

    assert parse_definition(written, file="shown.yaml").fields == current_definition().fields


def test_check_says_that_a_file_is_right(shoes: Path) -> None:
    result = run("check", shoes)

    assert (result.exit_code, result.output) == (0, f"{shoes} is right: 59 fields, 58 event types.\n")
    assert current_definition().version == 0


def test_check_says_what_is_wrong_and_exits_with_2(wrong: Path) -> None:
    result = run("check", wrong)

    assert result.exit_code == 2
    assert f'{wrong}:3: The type "numbr" does not exist. Did you mean "number"?' in result.output


def test_faults_as_json(wrong: Path) -> None:
    result = run("apply", wrong, "--json")

    assert result.exit_code == 2
    assert json.loads(result.output) == {
        "ok": False,
        "faults": [
            {
                "file": str(wrong),
                "line": 3,
                "reason": 'The type "numbr" does not exist.',
                "remedy": 'Did you mean "number"?',
            }
        ],
    }
    assert current_definition().version == 0


def test_a_missing_file_exits_with_2(tmp_path: Path) -> None:
    result = run("check", tmp_path / "absent.yaml")

    assert result.exit_code == 2
    assert "The file cannot be read: No such file or directory." in result.output


def test_apply_makes_it_run(shoes: Path) -> None:
    result = run("apply", shoes)

    assert result.exit_code == 0
    assert result.output == "Version 1 of the definition is running.\n  The field shoe_size is new.\n"
    assert current_definition().version == 1


def test_apply_again_says_that_nothing_has_changed(shoes: Path) -> None:
    run("apply", shoes)

    assert run("apply", shoes).output == "Version 1 of the definition is running.\nNothing has changed.\n"


def test_a_dry_run_changes_nothing(shoes: Path) -> None:
    result = run("apply", shoes, "--dry-run", "--json")

    assert json.loads(result.output) == {
        "ok": True,
        "applied": False,
        "changes": ["The field shoe_size is new."],
        "losses": [],
    }
    assert current_definition().version == 0


def test_a_loss_needs_a_yes(monkeypatch: pytest.MonkeyPatch, shoes: Path, plain: Path) -> None:
    monkeypatch.setattr(usage, "_counters", [lambda key: 3 if key == "shoe_size" else 0])
    run("apply", shoes)
    refused = run("apply", plain)

    assert refused.exit_code == 1
    assert '"Shoe size" (shoe_size) is removed (3 stored values).' in refused.output
    assert current_definition().version == 1

    accepted = run("apply", plain, "--yes", "--json")
    assert accepted.exit_code == 0
    assert json.loads(accepted.output)["losses"] == ['"Shoe size" (shoe_size) is removed (3 stored values).']
    assert current_definition().version == 2


@pytest.mark.parametrize(("answer", "exit_code", "version"), [("y\n", 0, 2), ("n\n", 1, 1)])
def test_a_person_at_the_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, shoes: Path, plain: Path, answer: str, exit_code: int, version: int
) -> None:
    monkeypatch.setattr(usage, "_counters", [lambda key: 3 if key == "shoe_size" else 0])
    run("apply", shoes)
    monkeypatch.setattr("customerfile.cli.definition_commands._is_interactive", lambda: True)
    result = CliRunner().invoke(command_line("definition"), ["definition", "apply", str(plain)], input=answer)

    assert result.exit_code == exit_code
    assert "Apply it all the same?" in result.output
    assert current_definition().version == version
