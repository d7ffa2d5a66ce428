"""The examples in the explanation are right definitions."""

import re
from pathlib import Path

import pytest

from customerfile.definition.loading import parse_definition

PAGE = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "file-definition.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_right_definition(example: str) -> None:
    assert parse_definition(example, file="example.yaml").packs[0] == "base"


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 3
