"""Importing small texts, and looking at what came of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from customerfile.embedded import Home
from customerfile.intake.importing import Imported, import_file
from customerfile.intake.opening import ImportRequest

type Import = Callable[..., Imported]


@pytest.fixture
def bring(tmp_path: Path, test_home: Home, db: None) -> Import:
    """Import a text as a CSV file of a source, or a file that is there."""

    def bring(
        content: str | Path, *, source: str = "shop", name: str = "customers.csv", **more: object
    ) -> Imported:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        return import_file(ImportRequest(path=path, source=source, **more), home=test_home, by="tester")  # type: ignore[arg-type]

    return bring
