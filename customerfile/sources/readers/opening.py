"""The one way into the readers: looks at the content first and at the name last, and opens the right reader."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from customerfile.base.told import told
from customerfile.sources.faults import EmptyFile, UnreadableFile
from customerfile.sources.readers.children import open_spreadsheet, open_vcards
from customerfile.sources.readers.delimited import open_delimited
from customerfile.sources.readers.inflate import open_bytes, plain_copy, sniff_compression
from customerfile.sources.readers.json_lines import open_json_lines
from customerfile.sources.readers.limits import DEFAULT_LIMITS, ReadLimits
from customerfile.sources.readers.parquet import open_parquet
from customerfile.sources.readers.sniffing import FORMATS, sniff_format
from customerfile.sources.readers.text import open_text
from customerfile.sources.rows import ReadOptions, RowStream

_HEAD_BYTES = 4096
_NO_OPTIONS = ReadOptions()


def open_file(
    path: Path, options: ReadOptions = _NO_OPTIONS, *, name: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> RowStream:
    """Open a delivered file. `name` is its original name, where `path` is a copy. Raises a ReadFault.

    Close the stream when done: an inflated copy may lie beside the file.
    """
    compression = sniff_compression(path)
    with open_bytes(path, limits) as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise EmptyFile(
            "The file is empty.", "Export it again; an export of nothing often means a wrong filter."
        )
    file_format = options.format or sniff_format(head, (name or path.name).lower())
    if file_format not in FORMATS:
        raise UnreadableFile(
            told('No format is called "{format}".', format=file_format),
            told("Use one of: {choices}.", choices=", ".join(FORMATS)),
        )
    if file_format in ("xlsx", "vcard", "parquet"):
        return _open_whole(path, options, file_format, limits=limits)
    text = open_text(path, options.encoding, limits)
    if file_format == "jsonl":
        return open_json_lines(text, options, compression=compression)
    return open_delimited(text, options, file_format=file_format, compression=compression)


def _open_whole(path: Path, options: ReadOptions, file_format: str, *, limits: ReadLimits) -> RowStream:
    """Formats that are read out of order, or by a child: they need the plain bytes in a file."""
    compression = sniff_compression(path)
    opener = {"xlsx": open_spreadsheet, "vcard": open_vcards, "parquet": open_parquet}[file_format]
    with ExitStack() as stack:
        plain = stack.enter_context(plain_copy(path, limits))
        stream = opener(plain, options, compression=compression, limits=limits)
        return replace(stream, close=stack.pop_all().close)
