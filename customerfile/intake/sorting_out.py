"""What becomes of events that the quarantine knows, or has to take: exactly once by their keys there too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from customerfile.base.bulk import Cursor
from customerfile.base.told import noted_text
from customerfile.intake.orders import PreparedEvent
from customerfile.intake.producing import Chunk
from customerfile.sources.staging import Arrival, RejectedRow
from customerfile.timeline.quarantine import (
    Held,
    HeldEvent,
    MendedEvent,
    SaidEvent,
    held_under,
    hold_events,
    is_in_use,
    keep_mended,
    mark_released,
    replace_waiting,
)


@dataclass(slots=True)
class SortedOut:
    """The events to be recorded; how many delivered rows are on the timeline as they were released before."""

    arrival: Arrival
    there: dict[str, list[Held]]
    events: list[PreparedEvent] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    unchanged: int = 0
    _new: list[HeldEvent] = field(default_factory=list)
    _waiting: int = 0  # that waited before and came again

    def write(self, cursor: Cursor, recorded: Sequence[PreparedEvent]) -> int:
        """Bring the quarantine up to what was recorded just now; gives how many delivered rows wait in it."""
        self._release([each.mended for each in recorded if each.mended], cursor)
        self._replace([each.event.key for each in recorded if not each.mended], cursor)
        self._replace([each.event.key for each in self._new], cursor)
        hold_events(cursor, self._new, arrival=self.arrival)
        return len(self._new) + self._waiting

    def add(self, event: PreparedEvent) -> None:
        """An event that can be recorded, unless what was said of it was discarded."""
        before = self._same(event.mended.event) if event.mended else None
        if before and before.state == "discarded":
            self.rejected.append(_discarded(event.event.key, event.line))
        else:
            self.events.append(event)

    def hold(self, each: HeldEvent) -> None:
        """An event that has to wait, unless it does already."""
        before = self._same(each.event)
        state = before.state if before else ""
        if state == "waiting":
            self._waiting += 1
        elif state == "released":
            self.unchanged += 1
        elif state == "discarded":
            self.rejected.append(_discarded(each.event.key, each.event.line))
        else:
            self._new.append(each)

    def _same(self, event: SaidEvent) -> Held | None:
        """The row of the quarantine that says the very same, the newest where there are several."""
        same = [each for each in self.there.get(event.key, ()) if each.digest == event.digest]
        return same[-1] if same else None

    def _release(self, mended: Sequence[MendedEvent], cursor: Cursor) -> None:
        known = {each.event.key: self._same(each.event) for each in mended}
        waiting = [
            (before.id, each.rules)
            for each in mended
            if (before := known[each.event.key]) and before.state == "waiting"
        ]
        mark_released(cursor, waiting, delivery_id=self.arrival.delivery_id)
        self._replace([each.event.key for each in mended], cursor)
        new = [
            each for each in mended if (before := known[each.event.key]) is None or before.state == "replaced"
        ]
        keep_mended(cursor, [each for each in new if each.rules], arrival=self.arrival)

    def _replace(self, keys: Iterable[str], cursor: Cursor) -> None:
        ids = [each.id for key in keys for each in self.there.get(key, ()) if each.state == "waiting"]
        replace_waiting(cursor, ids, delivery_id=self.arrival.delivery_id)


def sort_out(cursor: Cursor, chunk: Chunk, *, arrival: Arrival) -> SortedOut:
    """Hold the events of a chunk against the quarantine."""
    keys = [*(each.event.key for each in chunk.events), *(each.event.key for each in chunk.held)]
    in_use = is_in_use(cursor, arrival.source_id)
    found = SortedOut(arrival, held_under(cursor, keys, source_id=arrival.source_id) if in_use else {})
    for event in chunk.events:
        found.add(event)
    for each in chunk.held:
        found.hold(each)
    return found


def _discarded(key: str, line: int) -> RejectedRow:
    return RejectedRow(
        line=line,
        scope="row",
        key=key,
        field="event.key",
        text=key,
        reason=noted_text("The event {key} was discarded from quarantine.").format(key=key),
        remedy=noted_text("Put it back there if it was discarded by mistake."),
    )
