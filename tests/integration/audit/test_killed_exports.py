"""kill -9 of an export at any moment: no file is there that the ledger does not tell, no draft that did not begin."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from types import FrameType

import pytest
from django.db import DEFAULT_DB_ALIAS, connections

from customerfile.access.sight import WHOLE, Sight
from customerfile.audit.models import AuditEntry
from customerfile.customers.whole_file.whole_base import WholeRecord
from customerfile.intake import export_files, export_ledger, exporting
from customerfile.intake.exporting import export_customers
from tests.integration.audit.conftest import empty

FOLLOWED = frozenset(module.__file__ for module in (exporting, export_files, export_ledger))
PATIENCE_SECONDS = 30
OF_THE_END = 60  # the last moments are all tried: there the entry is written and the file moved


def three_batches(sight: Sight) -> Iterator[list[WholeRecord]]:
    for number in range(3):
        yield [WholeRecord(f"{number:08}", "person", {"given_name": "Ada"})]


def _ends_at(moment: int, doing: Callable[[], object]) -> bool:
    """Do something in a process of its own that is killed at its so-maniest line; whether that line was reached."""
    child = os.fork()
    if child == 0:
        _die_at(moment, doing)
    _, status = os.waitpid(child, 0)
    assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) == signal.SIGKILL
    return os.WIFSIGNALED(status)


def _die_at(moment: int, doing: Callable[[], object]) -> None:
    passed = 0
    signal.alarm(PATIENCE_SECONDS)

    def follow(frame: FrameType, event: str, _: object) -> object:
        nonlocal passed
        if frame.f_code.co_filename not in FOLLOWED:
            return None
        passed += event == "line"
        if passed >= moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return follow

    # The parent's connection is not ours to close.
    connections[DEFAULT_DB_ALIAS] = connections[DEFAULT_DB_ALIAS].copy()
    sys.settrace(follow)
    try:
        doing()
    finally:
        os._exit(0)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_killed_at_any_moment_no_file_is_there_that_the_ledger_does_not_tell(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "whole_records", three_batches)
    path = tmp_path / "all.csv"

    def take_out() -> None:
        export_customers(path, sight=WHOLE, by="nora")

    def check() -> tuple[bool, ...]:
        codes = set(AuditEntry.objects.values_list("code", flat=True))
        told, began = "customers.file.exported" in codes, "intake.export.begun" in codes
        drafts = [name for name in os.listdir(tmp_path) if name != path.name]
        assert told or not path.exists()
        assert began or not drafts
        return began, told, path.exists()

    seen = set()
    for moment in _moments(take_out, tmp_path):
        _clear(tmp_path)
        assert _ends_at(moment, take_out)
        seen.add(check())
    assert seen == {(False, False, False), (True, False, False), (True, True, False), (True, True, True)}


def _moments(doing: Callable[[], None], folder: Path) -> list[int]:
    low, high = 1, 4096  # reached, and not
    while high - low > 1:
        middle = (low + high) // 2
        _clear(folder)
        low, high = (middle, high) if _ends_at(middle, doing) else (low, middle)
    return [*range(1, low - OF_THE_END, 7), *range(max(1, low - OF_THE_END), low + 1)]


def _clear(folder: Path) -> None:
    empty()
    rmtree(folder)
    folder.mkdir()
