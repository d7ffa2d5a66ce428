"""Does what was asked for on the pages: tries an upload, takes it in, takes a delivery back, loads the demonstration.

It runs in a process of its own. An import is the one that the command makes: ended in whatever way, it goes
on from its last chunk when it is run again.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from customerfile.base.clock import now
from customerfile.base.errors import CustomerfileError
from customerfile.base.ids import DeliveryId
from customerfile.base.told import noted_text
from customerfile.embedded import Home
from customerfile.intake.demonstrating import PEOPLE, SEED, load_demonstration, remove_demonstration
from customerfile.intake.errors import Interrupted
from customerfile.intake.importing import Listener, import_file
from customerfile.intake.opening import ImportRequest
from customerfile.intake.undoing import undo_delivery
from customerfile.intake.uploads.correcting import write_corrections
from customerfile.intake.uploads.inspecting import read_options
from customerfile.intake.uploads.storing import corrections_name, remove_copy, stored_path
from customerfile.intake.uploads.trial import try_file
from customerfile.sources import demonstration, undo_requests, uploads
from customerfile.sources.at_work import DEMONSTRATION, UNDOING, UPLOADS, alone_at
from customerfile.sources.errors import SourceBusy
from customerfile.sources.mapping import parse_mapping
from customerfile.sources.queries import all_rejects, delivery
from customerfile.sources.source_kinds import SourceKind
from customerfile.sources.uploads import UploadInfo

ATTEMPTS = 10
_GAVE_UP = noted_text(
    "The work was interrupted {attempts} times. What is in stays in. Ask whoever runs the server to look at its log,"
    " then go on from here."
).format(attempts=ATTEMPTS)


def work_at_upload(upload: int, *, home: Home) -> bool:
    """Try an upload or take it in, unless another process does. What stops it is kept with it.

    Whether it came to its end; it is to be done again, a little later, where it did not.
    """
    with alone_at(UPLOADS, upload) as is_ours:
        found = uploads.begin_attempt(upload) if is_ours else None
        if found is None:
            return is_ours
        if found.attempts > ATTEMPTS:
            uploads.tell_stopped(upload, _GAVE_UP, at=now())
            return True
        try:
            (_try if found.state == "trying" else _import)(found, home)
        except SourceBusy as busy:
            uploads.note_waiting(upload, busy.reason)
            return False
        except Interrupted:
            return False  # by the database; the next attempt goes on where this one stopped
        except CustomerfileError as problem:
            uploads.tell_stopped(upload, str(problem), at=now())
    return True


def work_at_undo(delivery_id: int, *, home: Home) -> bool:
    """Take a delivery back, unless another process does. What stops it is kept with the request.

    Whether it came to its end, as of `work_at_upload`.
    """
    with alone_at(UNDOING, delivery_id) as is_ours:
        asked = undo_requests.begin_undo_attempt(delivery_id) if is_ours else None
        if asked is None:
            return is_ours
        if asked.attempts > ATTEMPTS:
            undo_requests.tell_undo_stopped(delivery_id, _GAVE_UP)
            return True
        try:
            undo_delivery(delivery_id, home=home, by=asked.by)
        except SourceBusy:
            undo_requests.wait_to_undo(delivery_id)
            return False
        except CustomerfileError as problem:
            undo_requests.tell_undo_stopped(delivery_id, str(problem))
        else:
            undo_requests.tell_undo_done(delivery_id)
    return True


def work_at_demonstration(number: int, *, home: Home, as_owner: AbstractContextManager[None]) -> bool:
    """Load the demonstration or remove it, unless another process does. What stops it is kept with it.

    Whether it came to its end, as of `work_at_upload`.
    """
    with alone_at(DEMONSTRATION, number) as is_ours:
        asked = demonstration.begin_demonstration_attempt() if is_ours else None
        if asked is None:
            return is_ours
        if asked.attempts > ATTEMPTS:
            demonstration.tell_demonstration_stopped(_GAVE_UP)
            return True
        try:
            if asked.state == "leaving":
                remove_demonstration(home=home, by=asked.by, as_owner=as_owner)
            else:
                for _ in load_demonstration(people=PEOPLE, seed=SEED, home=home, by=asked.by):
                    pass
        except Interrupted:
            return False
        except CustomerfileError as problem:
            demonstration.tell_demonstration_stopped(str(problem))
    return True


def _try(found: UploadInfo, home: Home) -> None:
    told = try_file(_request(found, home), rows=found.rows, home=home, by=found.by)
    uploads.tell_tried(found.id, told, at=now())


def _import(found: UploadInfo, home: Home) -> None:
    if found.delivery is None or delivery(found.delivery).state in ("running", "failed"):
        listener = Listener(begun=lambda begun: uploads.note_delivery(found.id, begun))
        done = import_file(_request(found, home), home=home, by=found.by, listener=listener)
        found_delivery = done.delivery_id
    else:  # it was finished before this could be noted
        found_delivery = DeliveryId(found.delivery)
    if found_delivery is not None:
        uploads.tell_imported(found.id, stored=_keep_refused(found, found_delivery, home), at=now())
        remove_copy(home, found.stored)


def _keep_refused(found: UploadInfo, delivery_id: DeliveryId, home: Home) -> str:
    name = corrections_name(delivery_id)
    written = write_corrections(
        stored_path(home, found.stored),
        stored_path(home, name),
        name=found.file_name,
        options=read_options(found.options),
        mapping=parse_mapping(found.mapping),
        refused=all_rejects(delivery_id),
    )
    return name if written else ""


def _request(found: UploadInfo, home: Home) -> ImportRequest:
    return ImportRequest(
        path=stored_path(home, found.stored),
        source=found.source_key,
        kind_as=found.kind_as,
        source_kind=SourceKind(found.source_kind) if found.source_kind else None,
        mapping=parse_mapping(found.mapping),
        country=found.country,
        options=read_options(found.options),
        name=found.file_name,
    )
