"""JSON Lines: one object per line. Numbers keep the digits they are written with; a broken line is a faulty row."""

import json
from collections.abc import Iterator

from customerfile.base.told import noted_text
from customerfile.sources.faults import EmptyFile
from customerfile.sources.readers.batching import batched
from customerfile.sources.readers.flatten import Nested, flatten
from customerfile.sources.readers.header import refuse_too_many
from customerfile.sources.readers.text import TextFile
from customerfile.sources.rows import Detected, RawRow, ReadOptions, RowStream

# The library orjson is faster, but reads whole numbers over 64 bits and all decimals as binary floats.
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
_REMEDY = noted_text("Write one JSON object per line, in UTF-8.")

type _Parsed = tuple[int, str, dict[str, str | None] | None, str]  # line, text, columns, fault


def open_json_lines(text: TextFile, options: ReadOptions, *, compression: str) -> RowStream:
    """The columns are all keys of all lines, in the order in which they first come; the file is read twice."""
    columns, count = _columns(text)
    notes = text.notes if count else (*text.notes, noted_text("No line holds an object that can be read."))
    return RowStream(
        columns=columns,
        detected=Detected(format="jsonl", compression=compression, encoding=text.encoding, notes=notes),
        batches=lambda: _batches(text, columns, options.batch_rows),
        estimated_rows=count,
    )


def _columns(text: TextFile) -> tuple[tuple[str, ...], int]:
    names: dict[str, None] = {}
    count = lines = 0
    for _, _, columns, _ in _parsed(text):
        lines += 1
        if columns is not None:
            count += 1
            names.update(dict.fromkeys(columns))
            refuse_too_many(len(names), text.limits)
    if not lines:
        raise EmptyFile("The file holds no lines.", "Export it again and look at it before you import it.")
    return tuple(names), count


def _batches(text: TextFile, columns: tuple[str, ...], size: int) -> Iterator[list[RawRow]]:
    return batched((_row(parsed, columns) for parsed in _parsed(text)), size, text.limits)


def _row(parsed: _Parsed, columns: tuple[str, ...]) -> RawRow:
    line, shown, found, fault = parsed
    if found is None:
        return RawRow(line, (), shown, fault, _REMEDY)
    return RawRow(line, tuple([found.get(column) for column in columns]), shown)


def _parsed(text: TextFile) -> Iterator[_Parsed]:
    line = 0
    for block in text.blocks():
        for raw in block:
            line += 1
            stripped = raw.strip()
            if stripped:
                yield _parse(line, stripped, text)


def _parse(line: int, raw: str, text: TextFile) -> _Parsed:
    if text.mark.search(raw):
        return (
            line,
            text.shown(raw),
            None,
            noted_text("The line holds NUL bytes or bytes that are not {encoding}.").format(
                encoding=text.encoding.upper()
            ),
        )
    try:
        value: Nested = _DECODER.decode(raw)
        found = flatten(value) if isinstance(value, dict) else None
    except json.JSONDecodeError as error:
        reason = noted_text("The line is not JSON: {problem} at character {place}.")
        return line, text.shown(raw), None, reason.format(problem=error.msg, place=error.pos + 1)
    except RecursionError:
        return line, text.shown(raw), None, noted_text("The line is nested too deeply.")
    if found is None:
        return line, text.shown(raw), None, noted_text("The line is not a JSON object.")
    if any(cell and text.mark.search(cell) for cell in found.values()) or any(map(text.mark.search, found)):
        return (
            line,
            text.shown(raw),
            None,
            noted_text("The line holds NUL or half of a character, which no text may hold."),
        )
    return line, raw, found, ""
