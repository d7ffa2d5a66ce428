"""How far a delivery is: what its page shows while it is taken in or back."""

from __future__ import annotations

from dataclasses import dataclass

from customerfile.sources.queries import DeliveryReport
from customerfile.sources.source_figures import is_worked_at
from customerfile.sources.undo_requests import UndoAsked, undo_asked
from customerfile.sources.uploads import UploadInfo, upload_behind


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` None where the number of rows is not known. `upload`: where it came in on a page."""

    upload: UploadInfo | None
    undo: UndoAsked | None
    percent: int | None
    expected: int | None
    seconds_left: int | None
    is_held: bool

    @property
    def is_moving(self) -> bool:
        """Whether the page looks again by itself."""
        waits_for_undo = self.undo is not None and not self.undo.message
        return self.is_held or waits_for_undo or (self.upload is not None and self.upload.is_at_work)


def progress_of(report: DeliveryReport) -> Progress:
    """How far it is now."""
    upload, undo = upload_behind(report.id), undo_asked(report.id)
    is_running = report.state == "running"
    expected = upload.rows if upload and is_running else None
    percent = min(99, report.rows * 100 // expected) if expected else None
    left = None
    if expected and report.rows_per_second and expected > report.rows:
        left = round((expected - report.rows) / report.rows_per_second)
    return Progress(upload, undo, percent, expected, left, is_running and is_worked_at(report.id))
